#include "article/find/wrap.h"

#include "base/utf8.h"

/* In code points: shorter lines were not broken at a width, and nothing is wrapped wider. */
enum { SHORTEST_BROKEN = 40, WIDEST = 160 };

static void split_lines(struct line_list *lines, struct sv text)
{
    struct sv rest = text;
    bool blank = false;
    while (rest.p) {
        struct sv v = sv_trim(sv_cut(&rest, '\n'));
        if (v.n) {
            struct line l = {.text = {(uint32_t)(v.p - text.p), (uint32_t)v.n},
                             .blank_before = blank};
            line_measure(&l, text);
            *vec_push(lines) = l;
        }
        blank = !v.n;
    }
}

/* A line that may have been broken in mid sentence: the next one follows at once. */
static bool may_be_broken(const struct line_list *lines, size_t i)
{
    const struct line *l = &lines->at[i], *next = l + 1;
    return i + 1 < lines->n && !next->blank_before && l->chars >= SHORTEST_BROKEN &&
           l->end != END_SENTENCE && l->end != END_QUESTION && !next->marker;
}

/* The lengths of lines that a hard wrap may have broken. */
struct length_count {
    size_t of_length[WIDEST + 1]; /* lines that may have been broken, by code points */
    size_t broken;                /* their sum */
    size_t small;                 /* those of them that a small letter follows */
};

static void count_lengths(struct length_count *count, const struct line_list *lines)
{
    for (size_t i = 0; i < lines->n; i++) {
        if (!may_be_broken(lines, i) || lines->at[i].chars > WIDEST)
            continue;
        count->of_length[lines->at[i].chars]++;
        count->broken++;
        count->small += lines->at[i + 1].starts_small;
    }
}

/* The width that a tenth of the lines that may have been broken reach. */
static uint32_t likely_width(const struct length_count *count)
{
    uint32_t width = WIDEST;
    size_t seen = 0;
    while (width && (seen += count->of_length[width]) * 10 < count->broken)
        width--;
    return width;
}

/* Whether the lines are as broken lines are: most of them nearly as wide, and hardly a line is much
 * wider. */
static bool is_wrapped_at(const struct length_count *count, const struct line_list *lines,
                          uint32_t width)
{
    size_t near = 0, wide = 0, widest = 0, full = 0;
    for (uint32_t n = width * 8 / 10; n <= WIDEST; n++)
        near += count->of_length[n];
    for (size_t i = 0; i < lines->n; i++) {
        wide += lines->at[i].chars > width * 13 / 10;
        widest += lines->at[i].chars > WIDEST;
        full += lines->at[i].chars >= SHORTEST_BROKEN;
    }
    return near * 10 >= count->broken * 7 && wide * 10 <= full && widest * 20 <= full;
}

/* The width at which the text was wrapped; 0: it was not. In wrapped text many lines begin with a
 * small letter. */
static uint32_t wrap_width(const struct line_list *lines)
{
    struct length_count count = {0};
    count_lengths(&count, lines);
    if (count.broken < 2 || count.small * 10 < count.broken * 3)
        return 0;
    uint32_t width = likely_width(&count);
    return is_wrapped_at(&count, lines, width) ? width : 0;
}

static uint32_t first_word_chars(const struct line *l, struct sv text)
{
    struct sv rest = sv_at(text, l->text);
    return (uint32_t)utf8_count(line_next_word(&rest));
}

/* Whether line b continues line a, the last of those joined so far. */
static bool continues(const struct line *a, const struct line *b, uint32_t width, struct sv text)
{
    enum { LONG_ENOUGH = 60 };
    if (b->blank_before || b->marker || (a->all_capitals && !b->all_capitals))
        return false;
    if (b->starts_small && a->chars >= LONG_ENOUGH && a->end == END_NONE)
        return true;
    /* The next word did not fit into line a. */
    return width && a->chars + 1 + first_word_chars(b, text) > width * 88 / 100;
}

void wrap_lines(struct line_list *lines, struct sv text)
{
    struct line_list single = {0};
    split_lines(&single, text);
    uint32_t width = wrap_width(&single);
    for (size_t i = 0; i < single.n;) {
        struct line l = single.at[i];
        size_t first = i++;
        while (i < single.n && continues(&single.at[i - 1], &single.at[i], width, text))
            i++;
        if (i > first + 1) {
            struct span last = single.at[i - 1].text;
            l.text.len = last.off + last.len - l.text.off;
            line_measure(&l, text);
        }
        *vec_push(lines) = l;
    }
    vec_free(&single);
}
