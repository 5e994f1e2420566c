#include "article/find/document_page.h"

#include "article/find/pasted.h"

/* The text of the pieces, a line each, and which piece a line is. */
struct lines_of_pieces {
    struct article article; /* only for the search: its text is `text` */
    struct buf text;
    VEC(struct span) spans;
    VEC(uint32_t) pieces;
};

static void add_piece(struct lines_of_pieces *l, struct sv text, uint32_t piece)
{
    struct sv trimmed = sv_trim(text);
    if (!trimmed.n)
        return;
    *vec_push(&l->spans) = (struct span){(uint32_t)l->text.n, (uint32_t)trimmed.n};
    *vec_push(&l->pieces) = piece;
    for (size_t i = 0; i < trimmed.n; i++)
        buf_putc(&l->text, trimmed.p[i] == '\n' ? ' ' : trimmed.p[i]);
    buf_putc(&l->text, '\n');
}

static void collect(struct lines_of_pieces *l, const struct draft *draft)
{
    l->text = BUF_INIT;
    for (size_t i = 0; i < draft->pieces.n; i++)
        if (!draft->pieces.at[i].reason)
            add_piece(l, draft_piece_text(draft, i), (uint32_t)i);
    l->article.text = buf_sv(&l->text);
    l->article.rules = draft->a->rules;
}

static void begin_search(struct search *s, struct lines_of_pieces *l)
{
    search_begin(s, &l->article, NULL);
    for (size_t i = 0; i < l->spans.n; i++) {
        struct line line = {.text = l->spans.at[i], .shown = true};
        line_measure(&line, l->article.text);
        search_add(s, line);
    }
    search_find_counters(s);
}

/* Whether what is around the article is what pages have around theirs. */
static bool has_furniture(const struct search *s)
{
    enum { MENU_LEAST = 2, OTHER_WEIGHT = 3, ENOUGH = 6 };
    size_t head = s->title >= 0 ? (size_t)s->title : s->from, menu = 0, other = 0;
    for (size_t i = 0; i < s->lines.n; i++) {
        enum skip_reason known = i < head || i >= s->to ? s->lines.at[i].known : SKIP_NONE;
        menu += known == SKIP_MENU;
        other += known && known != SKIP_MENU;
    }
    return menu >= MENU_LEAST && other && menu + OTHER_WEIGHT * other >= ENOUGH;
}

/* What the document itself says of a piece (a heading, a table) stays, but for the title. */
static void take_line(struct draft *draft, struct piece *piece, const struct line *l)
{
    if (l->reason) {
        piece->reason = l->reason;
        draft->blocks--;
    } else if (l->kind == BLOCK_TITLE) {
        piece->kind = BLOCK_TITLE;
    } else if (piece->kind == BLOCK_TITLE) {
        piece->kind = BLOCK_HEADING;
    } else if (piece->kind == BLOCK_PARAGRAPH && l->kind != BLOCK_DATE) {
        piece->kind = l->kind;
    }
}

void document_page_find(struct draft *draft)
{
    struct lines_of_pieces l = {.text = BUF_INIT};
    struct search s;
    if (draft->keep_all || draft->text.n > UINT32_MAX)
        return;
    collect(&l, draft);
    begin_search(&s, &l);
    if (pasted_find(&s) && s.is_page && !s.several && has_furniture(&s)) {
        pasted_classify(&s);
        for (size_t i = 0; i < s.lines.n; i++)
            take_line(draft, &draft->pieces.at[l.pieces.at[i]], &s.lines.at[i]);
    }
    search_free(&s);
    arena_free(&l.article.arena);
    buf_free(&l.text);
    vec_free(&l.spans);
    vec_free(&l.pieces);
}
