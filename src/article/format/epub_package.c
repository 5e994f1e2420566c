#include "article/format/epub_package.h"

#include "article/format/html_names.h"
#include "article/format/member_path.h"
#include "article/format/xml.h"
#include "base/ascii.h"

static const char *resolved(struct epub_package *p, const char *from, struct sv reference)
{
    struct buf path = BUF_INIT;
    const char *result =
        member_path_append(&path, from, reference) ? arena_dup(&p->arena, buf_sv(&path)) : NULL;
    buf_free(&path);
    return result;
}

static struct sv kept(struct epub_package *p, struct sv v)
{
    return (struct sv){arena_dup(&p->arena, v), v.n};
}

static void open_container(void *user, const struct xml_tag *tag)
{
    struct epub_package *p = user;
    if (xml_is(tag, "rootfile") && !*p->path) {
        const char *path = resolved(p, "", xml_attribute(tag, "full-path"));
        p->path = path ? path : "";
    }
}

static void open_encryption(void *user, const struct xml_tag *tag)
{
    struct epub_package *p = user;
    const char *path =
        xml_is(tag, "CipherReference") ? resolved(p, "", xml_attribute(tag, "URI")) : NULL;
    if (path)
        index_add(&p->locked, sv_of(path), 0);
}

/* The type of an item, or of a file with this name, is that of a page. */
static bool is_page(struct sv type, const char *path)
{
    static const char *const types[] = {"application/xhtml+xml", "text/html",
                                        "text/x-oeb1-document", "application/x-dtbook+xml",
                                        "image/svg+xml"};
    static const char *const endings[] = {".xhtml", ".html", ".htm"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ascii_starts(sv_trim(type), sv_of(types[i])))
            return true;
    for (size_t i = 0; path && i < sizeof endings / sizeof *endings; i++)
        if (ascii_ends(sv_of(path), sv_of(endings[i])))
            return true;
    return false;
}

static bool is_picture(struct sv type)
{
    return ascii_starts(type, SV("image/")) || ascii_starts(type, SV("video/")) ||
           ascii_starts(type, SV("audio/"));
}

static void add_item(struct epub_package *p, const struct xml_tag *tag)
{
    struct sv type = xml_attribute(tag, "media-type");
    struct sv id = kept(p, xml_attribute(tag, "id"));
    const char *path = resolved(p, p->path, xml_attribute(tag, "href"));
    if (html_has_word(xml_attribute(tag, "properties"), "cover-image"))
        p->picture = path;
    index_add(&p->by_id, id, (uint32_t)p->items.n);
    *vec_push(&p->items) = (struct epub_item){
        .id = id,
        .path = path,
        .fallback = kept(p, xml_attribute(tag, "fallback")),
        .is_page = is_page(type, path),
        .is_contents = html_has_word(xml_attribute(tag, "properties"), "nav"),
        .is_picture = is_picture(type),
    };
}

static void open_package(void *user, const struct xml_tag *tag)
{
    struct epub_package *p = user;
    if (xml_is(tag, "item"))
        add_item(p, tag);
    else if (xml_is(tag, "meta") && sv_is(xml_attribute(tag, "name"), "cover"))
        p->cover = kept(p, xml_attribute(tag, "content"));
    else if (xml_is(tag, "itemref"))
        *vec_push(&p->spine) = (struct epub_place){kept(p, xml_attribute(tag, "idref")),
                                                   sv_is(xml_attribute(tag, "linear"), "no")};
}

static void on_close(void *user, const char *name, const char *space)
{
    (void)user, (void)name, (void)space;
}

static enum status walk(struct epub_package *p, struct archive *z, const char *member,
                        void (*on_open)(void *user, const struct xml_tag *tag), struct err *e)
{
    struct buf bytes = BUF_INIT;
    enum status status = archive_read(z, member, &bytes, e);
    if (!status) {
        const struct xml_client client = {.open = on_open, .close = on_close, .user = p};
        struct xml_fault fault;
        xml_walk(buf_sv(&bytes), NULL, &client, &fault);
    }
    buf_free(&bytes);
    return status;
}

enum status epub_package_read(struct epub_package *p, struct archive *z, struct err *e)
{
    *p = (struct epub_package){.path = ""};
    enum status status = walk(p, z, "META-INF/container.xml", open_container, e);
    if (!status && !*p->path) {
        err_set(e, STATUS_INPUT, "is a damaged EPUB file: META-INF/container.xml names no package");
        status = err_at(e, z->name, 0, 0);
    }
    if (!status)
        status = walk(p, z, p->path, open_package, e);
    if (!status && archive_has(z, "META-INF/encryption.xml"))
        status = walk(p, z, "META-INF/encryption.xml", open_encryption, e);
    return status;
}

static struct epub_item *find(const struct epub_package *p, struct sv id)
{
    const struct index_entry *entry = p->items.n ? index_find(&p->by_id, id) : NULL;
    return entry ? &p->items.at[entry->row] : NULL;
}

struct epub_item *epub_package_page(struct epub_package *p, struct sv id)
{
    enum { DEEPEST = 8 }; /* items may stand for each other in a circle */
    struct epub_item *first = find(p, id), *item = first;
    for (int i = 0; i < DEEPEST && item && !item->is_page && item->fallback.n; i++)
        item = find(p, item->fallback);
    return item && item->is_page ? item : first;
}

/* Some books name the file in place of its id. */
const char *epub_package_picture(const struct epub_package *p)
{
    const struct epub_item *item = p->cover.n ? find(p, p->cover) : NULL;
    if (p->picture)
        return p->picture;
    for (size_t i = 0; !item && p->cover.n && i < p->items.n; i++)
        if (p->items.at[i].path && sv_is(p->cover, p->items.at[i].path))
            item = &p->items.at[i];
    return item && item->is_picture ? item->path : NULL;
}

bool epub_package_is_locked(const struct epub_package *p, const char *path)
{
    return p->locked.entries.n && index_find(&p->locked, sv_of(path));
}

void epub_package_free(struct epub_package *p)
{
    vec_free(&p->items);
    vec_free(&p->spine);
    index_free(&p->by_id);
    index_free(&p->locked);
    arena_free(&p->arena);
}
