#include "article/find/html_find.h"

#include "article/format/member_path.h"
#include "base/ascii.h"

enum {
    MOST = 4, /* are named: the first may be missing, or of another kind */
    FROM_HEAD = 2,
    IN_FIGURE = 1,
    IN_TEXT = 0,
    NOT = -1,
};

/* The name of the file that an address leads to. */
static void add_file_name(struct sv address, struct buf *out)
{
    struct buf path = BUF_INIT;
    struct sv rest = sv_cut(&address, '?');
    const char *scheme = rest.n ? memchr(rest.p, ':', rest.n) : NULL;
    if (scheme)
        rest = sv_from(rest, (size_t)(scheme + 1 - rest.p));
    if (member_path_append(&path, "", rest)) {
        const char *slash = strrchr(path.p, '/');
        buf_adds(out, slash ? slash + 1 : path.p);
    }
    buf_free(&path);
}

/* Whether the head of the page names this picture: a browser that saves a page keeps the names of
 * the files. */
static bool is_named_by_head(const struct search *s, const struct html_picture *p)
{
    enum { SHORTEST = 5 };
    struct buf own = BUF_INIT, named = BUF_INIT;
    if (s->page->meta.picture)
        add_file_name(sv_of(s->page->meta.picture), &named);
    add_file_name(sv_of(p->address), &own);
    bool same = own.n >= SHORTEST && ascii_same(buf_sv(&own), buf_sv(&named));
    buf_free(&own);
    buf_free(&named);
    return same;
}

/* Whether an element around it says that it is not the article's. A box without text, which has no
 * reason not to be read, may be one of advertisements. */
static bool is_in_foreign_box(const struct search *s, uint32_t node)
{
    for (; node; node = s->page->nodes.at[node].parent) {
        const struct html_node *n = &s->page->nodes.at[node];
        if (s->boxes.at[node] || (n->line0 == n->line1 && html_reason_of_node(n)))
            return true;
    }
    return false;
}

static bool is_inside(const struct search *s, uint32_t node, uint32_t around)
{
    while (node > around)
        node = s->page->nodes.at[node].parent;
    return node == around;
}

/* Behind the last line there may be a picture that is still the article's. */
static bool is_in_range(const struct search *s, const struct html_picture *p)
{
    return p->line >= s->from &&
           (p->line < s->to || (p->line == s->to && is_inside(s, p->node, s->container)));
}

static int rank_of(const struct search *s, const struct html_picture *p)
{
    const uint64_t figure = (uint64_t)1 << TAG_FIGURE;
    if (is_named_by_head(s, p))
        return FROM_HEAD;
    if (p->leads_away || !is_in_range(s, p) || is_in_foreign_box(s, p->node))
        return NOT;
    return s->page->nodes.at[p->node].within & figure ? IN_FIGURE : IN_TEXT;
}

static void add_of_rank(struct search *s, const signed char *ranks, int rank)
{
    for (size_t i = 0; i < s->page->pictures.n && s->a->pictures.n < MOST; i++) {
        struct buf path = BUF_INIT;
        const struct html_picture *p = &s->page->pictures.at[i];
        if (ranks[i] == rank && member_path_append(&path, "", sv_of(p->address)))
            *vec_push(&s->a->pictures) = arena_dup(&s->a->arena, buf_sv(&path));
        buf_free(&path);
    }
}

void html_find_pictures(struct search *s)
{
    signed char *ranks = mem_zalloc(s->page->pictures.n + 1);
    for (size_t i = 0; i < s->page->pictures.n; i++)
        ranks[i] = (signed char)rank_of(s, &s->page->pictures.at[i]);
    for (int rank = FROM_HEAD; rank > NOT; rank--)
        add_of_rank(s, ranks, rank);
    free(ranks);
}
