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
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (sv_ends(type, sv_of(parts[i].ending)))
            return parts[i].part;
    return NULL;
}

static void open_relationship(void *user, const struct xml_tag *tag)
{
    const struct relationships *r = user;
    const char **part =
        xml_is(tag, "Relationship") ? part_of(r->package, xml_attribute(tag, "Type")) : NULL;
    struct buf path = BUF_INIT;
    if (part && member_path_append(&path, r->of, xml_attribute(tag, "Target")) &&
        archive_has(r->archive, path.p))
        *part = arena_dup(&r->package->arena, buf_sv(&path));
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
    const struct xml_client client = {open_relationship, close_relationship, NULL, &r};
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
    return true;
}

void docx_package_free(struct docx_package *p)
{
    arena_free(&p->arena);
}
