#include "article/find/pasted_parts.h"

static bool is_byline_of_page(const struct search *s, size_t i)
{
    return !s->lines.at[i].known && line_is_byline(s, i);
}

/* In the first lines below the text, buttons left out; -1: none. */
static ptrdiff_t byline_below(const struct search *s)
{
    enum { FURTHEST = 3 };
    for (size_t i = s->to; i < s->lines.n && i < s->to + FURTHEST; i++) {
        enum skip_reason known = s->lines.at[i].known;
        if (known && known != SKIP_WIDGET)
            break;
        if (is_byline_of_page(s, i))
            return (ptrdiff_t)i;
    }
    return -1;
}

/* With a label ("Tác giả: …"), further below the text, but above comments and other articles; -1:
 * none. */
static ptrdiff_t byline_with_label(const struct search *s)
{
    enum { FURTHEST = 12 };
    for (size_t i = s->to; i < s->lines.n && i < s->to + FURTHEST; i++) {
        enum skip_reason known = s->lines.at[i].known;
        if (known == SKIP_COMMENTS || known == SKIP_RELATED || line_is_text(s, i))
            break;
        struct sv text = search_text(s, i);
        if (is_byline_of_page(s, i) && memchr(text.p, ':', text.n))
            return (ptrdiff_t)i;
    }
    return -1;
}

/* Above a publication line that is above the title, lines known from sites left out; -1: none. */
static ptrdiff_t byline_above_title(const struct search *s)
{
    ptrdiff_t i = s->date - 1;
    if (s->title < s->date)
        return -1;
    while (i >= 0 && s->lines.at[i].known)
        i--;
    return i >= 0 && i + 2 >= s->date - 1 && is_byline_of_page(s, (size_t)i) ? i : -1;
}

/* Right below the buttons that follow the text; -1: none. */
static ptrdiff_t byline_below_buttons(const struct search *s)
{
    size_t i = s->to;
    while (i < s->lines.n && s->lines.at[i].known && !reason_spreads(s->lines.at[i].known))
        i++;
    return i < s->lines.n && is_byline_of_page(s, i) ? (ptrdiff_t)i : -1;
}

/* The last line of the text, what is not read and a source left out; -1: it is no byline. */
static ptrdiff_t byline_at_end(const struct search *s)
{
    size_t end = s->to;
    while (end > s->from + 1 && (line_is_known(s, end - 1) || line_is_source(s, end - 1) ||
                                 !s->lines.at[end - 1].has_content))
        end--;
    bool found = end > s->from + 1 && s->core1 <= end && line_is_byline(s, end - 1) &&
                 !s->lines.at[end - 1].prose;
    return found ? (ptrdiff_t)end - 1 : -1;
}

/* Between title and text, or right below the sapo of a dated article; -1: none. */
static ptrdiff_t byline_above(const struct search *s)
{
    size_t begin = s->title >= 0 ? (size_t)s->title + 1 : s->from;
    size_t end = s->date >= 0 && line_is_text(s, s->from) ? s->from + 2 : s->from;
    for (size_t i = begin; i < end && i < s->lines.n; i++)
        if (is_byline_of_page(s, i))
            return (ptrdiff_t)i;
    return -1;
}

void pasted_find_byline(struct search *s)
{
    s->byline = byline_below(s);
    if (s->byline < 0)
        s->byline = byline_at_end(s);
    if (s->byline < 0 && (s->is_page || s->from > (size_t)(s->title + 1)))
        s->byline = byline_above(s);
    if (s->byline < 0 && s->is_page)
        s->byline = byline_below_buttons(s);
    if (s->byline < 0 && s->is_page)
        s->byline = byline_with_label(s);
    search_find_names(s);
    if (s->byline < 0 && !s->names.len && s->is_page)
        s->byline = byline_above_title(s);
}
