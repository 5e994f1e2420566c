#include "article/find/dateline.h"
#include "article/find/html_find.h"
#include "article/format/html_names.h"
#include "base/nfc.h"
#include "base/utf8.h"

struct sv html_line_text(const struct html_view *v, size_t i)
{
    return sv_at(v->page->a->text, v->page->lines.at[i].text);
}

bool html_inside(const struct html_view *v, size_t line, enum html_tag tag)
{
    return v->page->nodes.at[v->page->lines.at[line].node].within >> tag & 1;
}

unsigned html_hints_around(const struct html_view *v, size_t line, unsigned levels)
{
    unsigned hints = 0;
    uint32_t node = v->page->lines.at[line].node;
    for (unsigned i = 0; node && i <= levels; i++, node = v->page->nodes.at[node].parent)
        hints |= v->page->nodes.at[node].hints;
    return hints;
}

/* The next letter or digit of v from *at on, in small letters; 0: none. */
static uint32_t next_sign(struct sv v, size_t *at)
{
    while (*at < v.n) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(v, *at, v.n - *at), &code);
        *at += n ? n : 1;
        enum char_kind kind = char_kind_of(code);
        if (kind == CHAR_LETTER || kind == CHAR_DIGIT)
            return char_lower(code);
    }
    return 0;
}

int html_agree(struct sv a, struct sv b)
{
    size_t i = 0, k = 0, same = 0, more = 0;
    for (;;) {
        uint32_t x = next_sign(a, &i), y = next_sign(b, &k);
        if (!x && !y)
            return same ? 2 : 0;
        if (!x || !y) { /* one has ended: how much is left of the other? */
            do
                more++;
            while (x ? next_sign(a, &i) : next_sign(b, &k));
            return same >= 12 && more <= same ? 1 : 0;
        }
        if (x != y)
            return 0;
        same++;
    }
}

/* What invites to read or watch something else, though it is a whole sentence. */
static bool invites(struct sv text)
{
    static const char *const heads[] = {"Mời ", "MỜI ", ">>", "Xem thêm", "Đọc thêm", "XEM THÊM"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (sv_starts(text, sv_of(heads[i])))
            return true;
    return false;
}

static void look_at_line(struct html_view *v, size_t i)
{
    const struct html_line *line = &v->page->lines.at[i];
    struct html_unit l = {.u = {.text = line->text}};
    struct sv text = html_line_text(v, i);
    struct dateline d;
    shape_measure(&l.u, v->page->a->text);
    l.seen = line->tag != TAG_HIDDEN && line->tag != TAG_TITLE;
    l.linked = (uint64_t)line->linked * 10 >= (uint64_t)line->text.len * 8;
    l.bold = (uint64_t)line->bold * 10 >= (uint64_t)line->text.len * 9;
    bool shaped = shape_is_prose(&l.u);
    l.prose = shaped && !l.linked && line->linked * 2 < line->text.len && l.seen;
    if (!shaped && l.u.digits && text.n < 200) {
        l.dated = dateline_parse(text, &d);
        dateline_free(&d);
    }
    l.known =
        l.dated || !l.seen ? NULL : boilerplate_reason(&v->rules, text, shaped && !invites(text));
    *vec_push(&v->lines) = l;
}

static void add_sums(struct html_view *v)
{
    uint64_t prose = 0, letters = 0, links = 0;
    size_t n = v->lines.n;
    vec_reserve(&v->prose, n + 1);
    vec_reserve(&v->letters, n + 1);
    vec_reserve(&v->links, n + 1);
    for (size_t i = 0; i <= n; i++) {
        *vec_push(&v->prose) = prose;
        *vec_push(&v->letters) = letters;
        *vec_push(&v->links) = links;
        if (i == n || !v->lines.at[i].seen)
            continue;
        const struct html_line *line = &v->page->lines.at[i];
        prose += v->lines.at[i].prose ? line->text.len : 0;
        letters += line->text.len;
        links += line->linked < line->text.len ? line->linked : line->text.len;
    }
}

/* The text about another article: its box is small, and a linked headline stands above. */
static bool is_teaser(const struct html_view *v, size_t i)
{
    enum { LINES = 6, LEVELS = 4 };
    if (!i || !v->lines.at[i].prose || v->lines.at[i].known)
        return false;
    uint32_t node = v->page->lines.at[i].node;
    for (int level = 0; node && level < LEVELS; level++) {
        const struct html_node *box = &v->page->nodes.at[node];
        if (box->line1 - box->line0 > LINES)
            return false;
        size_t prose = 0, headlines = 0;
        for (size_t k = box->line0; k < box->line1; k++) {
            const struct html_unit *l = &v->lines.at[k];
            prose += l->prose;
            headlines += l->linked && l->u.words >= 4 && !l->known;
        }
        if (headlines)
            return prose <= 2 && headlines <= 2;
        node = box->parent;
    }
    return false;
}

void html_look(struct html_view *v, struct html_page *page)
{
    *v = (struct html_view){.page = page, .title = -1, .date = -1, .byline = -1};
    boilerplate_load(&v->rules);
    vec_reserve(&v->lines, page->lines.n);
    for (size_t i = 0; i < page->lines.n; i++)
        look_at_line(v, i);
    for (size_t i = 0; i < page->lines.n; i++)
        v->lines.at[i].teaser = is_teaser(v, i);
    add_sums(v);
}

void html_view_free(struct html_view *v)
{
    boilerplate_free(&v->rules);
    vec_free(&v->lines);
    vec_free(&v->boxes);
    vec_free(&v->prose);
    vec_free(&v->letters);
    vec_free(&v->links);
}
