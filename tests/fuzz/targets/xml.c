/*
 * XML: tags open and close in order, texts come in order from where they are said to be, and none
 * is left out.
 */
#include "article/format/xml.h"
#include "base/utf8.h"
#include "fuzz/check.h"
#include "fuzz/target.h"

enum { BARE = 1, CHARSET = 2 };

struct walk {
    struct sv bytes;
    bool is_utf8;
    unsigned depth;
    size_t end;    /* of the last text */
    bool *is_text; /* one for each byte */
};

static void on_open(void *user, const struct xml_tag *tag)
{
    struct walk *w = user;
    w->depth++;
    if (!*tag->name || tag->count > 256)
        broken_promise("a tag \"%s\" with %zu attributes", tag->name, tag->count);
    for (size_t i = 0; i < tag->count; i++)
        if (!tag->attributes[i].name.n)
            broken_promise("an attribute of \"%s\" has no name", tag->name);
}

static void on_close(void *user, const char *name, const char *space)
{
    struct walk *w = user;
    (void)space;
    if (!w->depth--)
        broken_promise("\"%s\" is closed, but was never opened", name);
}

static void on_text(void *user, struct sv text, struct span from)
{
    struct walk *w = user;
    size_t end = (size_t)from.off + from.len;
    if (from.off < w->end || !from.len || end > w->bytes.n)
        broken_promise("a text from %u to %zu behind one that ended at %zu", from.off, end, w->end);
    bool copied = text.n == from.len && w->bytes.p[from.off] != '&' && w->bytes.p[from.off] != '\r';
    if (copied && w->is_utf8 && memcmp(text.p, w->bytes.p + from.off, text.n) != 0)
        broken_promise("the text at byte %u is not what stands there", from.off);
    memset(w->is_text + from.off, true, from.len);
    w->end = end;
}

/* Without quotes, comments and declarations, all between a '>' and the next '<' is text. */
static void check_bare(const struct walk *w)
{
    bool outside = true;
    for (size_t i = 0; i < w->bytes.n; i++) {
        if (w->bytes.p[i] == '<')
            outside = false;
        if (outside && !w->is_text[i])
            broken_promise("byte %zu is outside of markup, and no text", i);
        if (w->bytes.p[i] == '>')
            outside = true;
    }
}

static void make_bare(struct buf *bytes)
{
    for (size_t i = 0; i < bytes->n; i++)
        if (!bytes->p[i] || strchr("'\"!?", bytes->p[i]))
            bytes->p[i] = 'q';
}

static void run(struct sv input)
{
    unsigned choices = fuzz_choices(&input);
    struct buf bytes = BUF_INIT;
    struct xml_fault fault;
    buf_add_sv(&bytes, input);
    if (choices & BARE)
        make_bare(&bytes);
    struct walk w = {.bytes = buf_sv(&bytes), .is_text = mem_zalloc(bytes.n + 1)};
    bool is_valid = utf8_valid_prefix(w.bytes) == w.bytes.n;
    w.is_utf8 = choices & BARE && is_valid && !sv_starts(w.bytes, SV("\xEF\xBB\xBF"));
    const struct xml_client client = {
        .open = on_open, .close = on_close, .text = on_text, .user = &w};
    xml_walk(w.bytes, choices & CHARSET ? "windows-1252" : NULL, &client, &fault);
    if (w.depth)
        broken_promise("%u elements are not closed", w.depth);
    if (fault.line)
        check_sentence(sv_of(fault.message));
    if (w.is_utf8)
        check_bare(&w);
    free(w.is_text);
    buf_free(&bytes);
}

static void add_seeds(const struct seeds *seeds)
{
    seed_text(seeds, BARE, "<a><b>1 &lt; 2 &#225; <5 đồng</b>AT&T &foo; <c/>x</a>y</b>");
    seed_text(
        seeds, 0,
        "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE a [<!ENTITY b \"c\">]><a xmlns='D' "
        "xmlns:w=\"W\"><w:b w:c='1 > 0'>tr&aacute;i</w:b><!-- d --><![CDATA[<e> & ]]>\r\n</a>");
    seed_text(seeds, CHARSET, "<a b=1 hidden>\xE1 \x96</a><d");
    seed_bytes(seeds, 0, SV("\xFF\xFE<\0a\0>\0\xE1\x1E<\0/\0a\0>\0"));
}

const struct fuzz_target fuzz_xml = {run, add_seeds};
