#include "article/format/docx_math.h"

#include "article/format/math_draft.h"

/* A sign that is an attribute; a longer value is damage. */
static void put_sign(struct docx_math *m, struct sv sign)
{
    enum { LONGEST = 4 };
    struct buf text = BUF_INIT;
    if (sign.n <= LONGEST && (!sign.n || sign.p[0] != '&'))
        buf_add_sv(&text, sign);
    math_put(&m->math, text.p);
    buf_free(&text);
}

/* The limits of a sum, of which the first is below it and the second above. */
static bool open_limit(struct docx_math *m, const struct xml_tag *tag, unsigned depth)
{
    if (!m->sum || depth != m->sum + 1)
        return false;
    if (xml_is(tag, "naryPr"))
        return true;
    if (!m->has_sign)
        math_put(&m->math, "∫");
    m->has_sign = true;
    if (xml_is(tag, "e"))
        m->sum = 0;
    enum math_part part = xml_is(tag, "sub")   ? MATH_FROM
                          : xml_is(tag, "sup") ? MATH_TO
                                               : MATH_INDEX;
    math_open(&m->math, part, depth);
    return true;
}

static void open_sum(struct docx_math *m, unsigned depth)
{
    m->sum = depth;
    m->has_sign = false;
}

static void open_part(struct docx_math *m, const struct xml_tag *tag, unsigned depth)
{
    static const struct {
        const char *name;
        enum math_part part;
    } parts[] = {
        {"f", MATH_FRACTION}, {"num", MATH_NUMERATOR}, {"den", MATH_DENOMINATOR},
        {"rad", MATH_ROOT},   {"deg", MATH_DEGREE},    {"sup", MATH_POWER},
        {"sub", MATH_INDEX},  {"d", MATH_FENCE},       {"lim", MATH_WHEN},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (xml_is(tag, parts[i].name))
            math_open(&m->math, parts[i].part, depth);
    if (xml_is(tag, "mr"))
        math_put(&m->math, "; ");
}

static void open_layout(struct docx_math *m, const struct xml_tag *tag, unsigned depth)
{
    if (open_limit(m, tag, depth))
        return;
    if (xml_is(tag, "nary")) {
        open_sum(m, depth);
    } else if (xml_is(tag, "chr") && m->sum) {
        put_sign(m, xml_attribute(tag, "val"));
        m->has_sign = true;
    } else {
        open_part(m, tag, depth);
    }
}

bool docx_math_open(struct docx_math *m, const struct xml_tag *tag, unsigned depth)
{
    if (!sv_ends(sv_of(tag->space), SV("/math")) || xml_is(tag, "t") || xml_is(tag, "r"))
        return false;
    if (xml_is(tag, "oMath") && !m->equation)
        m->equation = depth;
    else if (m->equation)
        open_layout(m, tag, depth);
    return true;
}

void docx_math_close(struct docx_math *m, struct draft *draft, unsigned depth)
{
    if (!m->equation)
        return;
    math_close(&m->math, depth);
    if (depth > m->equation)
        return;
    if (draft)
        draft_add_made(draft, math_rest(&m->math));
    docx_math_forget(m);
}

void docx_math_add(struct docx_math *m, struct draft *draft, struct sv text, struct span from,
                   struct sv rest)
{
    static const char *const parts[] = {"den", "sup", NULL};
    if (m->equation)
        math_draft_add(&m->math, draft, text, from, math_ends_part(rest, parts) ? MATH_ALONE : 0);
    else
        draft_add(draft, text, from);
}

void docx_math_forget(struct docx_math *m)
{
    math_forget(&m->math);
    m->equation = m->sum = 0;
    m->has_sign = false;
}

void docx_math_free(struct docx_math *m)
{
    math_free(&m->math);
}
