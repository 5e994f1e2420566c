#include "article/format/epub_package.h"

#include "article/format/member_path.h"
#include "article/format/xml.h"

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

/* Whether a list of words, such as "nav scripted", has the word. */
static bool has_word(struct sv list, const char *word)
{
    while (list.p)
        if (sv_is(sv_cut(&list, ' '), word))
            return true;
    return false;
}

static void open_package(void *user, const struct xml_tag *tag)
{
    struct epub_package *p = user;
    if (xml_is(tag, "item")) {
        struct sv type = xml_attribute(tag, "media-type");
        struct sv id = kept(p, xml_attribute(tag, "id"));
        index_add(&p->by_id, id, (uint32_t)p->items.n);
        *vec_push(&p->items) = (struct epub_item){
            .id = id,
            .path = resolved(p, p->path, xml_attribute(tag, "href")),
            .is_page = (sv_is(type, "application/xhtml+xml") || sv_is(type, "text/html")) &&
                       !has_word(xml_attribute(tag, "properties"), "nav"),
        };
    } else if (xml_is(tag, "itemref") && !sv_is(xml_attribute(tag, "linear"), "no")) {
        *vec_push(&p->spine) = kept(p, xml_attribute(tag, "idref"));
    }
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
        struct xml_client client = {.open = on_open, .close = on_close, .user = p};
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

const struct epub_item *epub_package_item(const struct epub_package *p, struct sv id)
{
    const struct index_entry *entry = p->items.n ? index_find(&p->by_id, id) : NULL;
    return entry ? &p->items.at[entry->row] : NULL;
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
