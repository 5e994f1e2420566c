#include "cli/reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void reading_free(struct reading *r)
{
    layout_free(&r->text);
    text_ranges_free(&r->ranges);
    free(r->blocks);
    free(r->title);
    *r = (struct reading){.article = NULL};
}

/* ---- taking an article ---- */

static enum layout_kind kind_of(const char *kind)
{
    static const struct {
        const char *name;
        enum layout_kind kind;
    } kinds[] = {
        {"title", LAYOUT_TITLE},   {"heading", LAYOUT_HEADING}, {"date", LAYOUT_ASIDE},
        {"caption", LAYOUT_ASIDE}, {"byline", LAYOUT_ASIDE},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, kind) == 0)
            return kinds[i].kind;
    return LAYOUT_TEXT;
}

/* The title; without one, the last part of the name: "bai.txt". */
static char *title_of(const struct docbao_head *head)
{
    struct docbao_text text = head->title;
    if (!text.n) {
        text = head->name;
        const char *slash = text.n ? memrchr(text.p, '/', text.n - 1) : NULL;
        if (slash) {
            text.n -= (size_t)(slash + 1 - text.p);
            text.p = slash + 1;
        }
    }
    return mem_copy((struct sv){text.p, text.n});
}

static void load_article(struct reading *r, struct docbao_article *a)
{
    struct docbao_head head = docbao_head_of(a);
    free(r->title);
    free(r->blocks);
    layout_clear(&r->text);
    text_ranges_clear(&r->ranges);
    r->article = a;
    r->title = title_of(&head);
    r->title_end = 0;
    r->width = 0;
    r->blocks = mem_zalloc((head.blocks + 1) * sizeof *r->blocks);
    for (uint32_t i = 0; i < head.blocks; i++) {
        struct docbao_block block = docbao_block_at(a, i);
        enum layout_kind kind = kind_of(block.kind);
        layout_add(&r->text, (struct sv){block.text.p, block.text.n}, kind);
        r->blocks[i] = (struct reading_block){block.sentence0, block.sentences};
        if (kind == LAYOUT_TITLE)
            r->title_end = (uint32_t)r->text.text.n;
    }
}

/* ---- the place ---- */

static struct text_range moved(struct text_range range, uint32_t by)
{
    return (struct text_range){range.from + by, range.to + by};
}

/* As many blocks as an article may have are looked through faster than a key repeats. */
static void find_place(struct reading *r)
{
    r->heard = r->word = (struct text_range){0, 0};
    for (uint32_t i = 0; i < r->text.blocks.n; i++) {
        if (r->sentence - r->blocks[i].sentence0 >= r->blocks[i].sentences)
            continue;
        uint32_t from = r->text.blocks.at[i].from;
        r->heard = moved(text_ranges_sentence(&r->ranges, r->article, i, r->sentence), from);
        if (r->token != DOCBAO_NO_TOKEN)
            r->word = moved(text_ranges_word(&r->ranges, r->token), from);
        return;
    }
}

bool reading_go(struct reading *r, struct docbao_article *a, uint32_t sentence, uint32_t token)
{
    if (a == r->article && sentence == r->sentence && token == r->token)
        return false;
    if (a != r->article) {
        load_article(r, a);
        r->top = 0;
    }
    r->sentence = sentence;
    r->token = token;
    find_place(r);
    return true;
}

void reading_again(struct reading *r)
{
    if (!r->article)
        return;
    load_article(r, r->article);
    find_place(r);
}

/* ---- lines ---- */

static void scroll(struct reading *r, uint32_t height)
{
    const struct layout *l = &r->text;
    uint32_t third = height / 3, lines = (uint32_t)l->lines.n;
    uint32_t first = layout_line_of(l, r->heard.from);
    uint32_t last =
        layout_line_of(l, r->heard.to > r->heard.from ? r->heard.to - 1 : r->heard.from);
    if (last - first + 1 > third) { /* too long to be kept there whole: follow the words */
        if (r->word.to > r->word.from)
            first = layout_line_of(l, r->word.from);
        last = first;
    }
    if (first < r->top + third || last + third >= r->top + height)
        r->top = first > third ? first - third : 0;
    if (r->top + height > lines)
        r->top = lines > height ? lines - height : 0;
}

void reading_fit(struct reading *r, unsigned width, unsigned height)
{
    if (!r->article || !width || !height)
        return;
    if (width != r->width)
        layout_wrap(&r->text, width, true);
    r->width = width;
    if (r->text.lines.n)
        scroll(r, height);
}

bool reading_title_is_away(const struct reading *r)
{
    return !r->title_end || !r->width || layout_line_of(&r->text, r->title_end - 1) < r->top;
}
