#include "article/format/docx_package.h"

#include "article/format/member_path.h"
#include "article/format/xml.h"

/* A file of relationships that is read. */
struct relationships {
    struct docx_package *package;
    struct archive *archive;
    const char *of; /* the member that has them; "" for the package itself */
};

/* The part with this type of relationship, whose name ends the type in every edition of the
 * standard. */
static const char **part_of(struct docx_package *p, struct sv type)
{
    const struct {
        const char *ending, **part;
    } parts[] = {
        {"/officeDocument", &p->document}, {"/core-properties", &p->properties},
        {"/numbering", &p->numbering},     {"/styles", &p->styles},
        {"/footnotes", &p->footnotes},     {"/endnotes", &p->endnotes},
        {"/comments", &p->comments},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (sv_ends(type, sv_of(parts[i].ending)))
            return parts[i].part;
    return NULL;
}

/* A part may be named more than once. */
static void add_margin(struct docx_package *p, const char *part)
{
    for (size_t i = 0; i < p->margins.n; i++)
        if (strcmp(p->margins.at[i], part) == 0)
            return;
    if (p->margins.n < DOCX_MARGINS_MOST)
        *vec_push(&p->margins) = part;
}

static void add_chunk(struct docx_package *p, struct sv id, const char *part)
{
    if (id.n && p->chunks.n < DOCX_CHUNKS_MOST)
        *vec_push(&p->chunks) = (struct docx_chunk){arena_dup(&p->arena, id), part};
}

static void open_relationship(void *user, const struct xml_tag *tag)
{
    const struct relationships *r = user;
    struct sv type = xml_is(tag, "Relationship") ? xml_attribute(tag, "Type") : (struct sv){0};
    const char **part = part_of(r->package, type);
    bool margin = sv_ends(type, SV("/header")) || sv_ends(type, SV("/footer"));
    bool chunk = sv_ends(type, SV("/aFChunk"));
    struct buf path = BUF_INIT;
    bool found = (part || margin || chunk) &&
                 member_path_append(&path, r->of, xml_attribute(tag, "Target")) &&
                 archive_has(r->archive, path.p);
    const char *kept = found ? arena_dup(&r->package->arena, buf_sv(&path)) : NULL;
    if (found && part)
        *part = kept;
    else if (found && chunk)
        add_chunk(r->package, xml_attribute(tag, "Id"), kept);
    else if (found)
        add_margin(r->package, kept);
    buf_free(&path);
}

static void close_relationship(void *user, const char *name, const char *space)
{
    (void)user, (void)name, (void)space;
}

/* Of "word/document.xml": word/_rels/document.xml.rels. */
static void read_relationships(struct docx_package *p, struct archive *z, const char *of)
{
    struct relationships r = {p, z, of};
    const struct xml_client client = {
        .open = open_relationship, .close = close_relationship, .user = &r};
    struct xml_fault fault;
    struct err e = ERR_INIT;
    struct buf name = BUF_INIT, xml = BUF_INIT;
    const char *slash = strrchr(of, '/'), *base = slash ? slash + 1 : of;
    buf_addf(&name, "%.*s_rels/%s.rels", (int)(base - of), of, base);
    /* A document can be read without. */
    if (archive_has(z, name.p) && archive_read(z, name.p, &xml, &e) == STATUS_OK)
        xml_walk(buf_sv(&xml), NULL, &client, &fault);
    err_free(&e);
    buf_free(&xml);
    buf_free(&name);
}

static const char *usual(struct archive *z, const char *found, const char *name)
{
    return found ? found : archive_has(z, name) ? name : NULL;
}

bool docx_package_read(struct docx_package *p, struct archive *z)
{
    *p = (struct docx_package){0};
    read_relationships(p, z, "");
    p->document = usual(z, p->document, "word/document.xml");
    if (!p->document || strncmp(p->document, "xl/", 3) == 0 || strncmp(p->document, "ppt/", 4) == 0)
        return false;
    read_relationships(p, z, p->document);
    p->properties = usual(z, p->properties, "docProps/core.xml");
    p->styles = usual(z, p->styles, "word/styles.xml");
    p->numbering = usual(z, p->numbering, "word/numbering.xml");
    p->footnotes = usual(z, p->footnotes, "word/footnotes.xml");
    p->endnotes = usual(z, p->endnotes, "word/endnotes.xml");
    p->comments = usual(z, p->comments, "word/comments.xml");
    return true;
}

const char *docx_package_chunk(const struct docx_package *p, struct sv id)
{
    for (size_t i = 0; i < p->chunks.n; i++)
        if (sv_is(id, p->chunks.at[i].id))
            return p->chunks.at[i].path;
    return NULL;
}

void docx_package_free(struct docx_package *p)
{
    vec_free(&p->chunks);
    vec_free(&p->margins);
    arena_free(&p->arena);
}
