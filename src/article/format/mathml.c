#include "article/format/mathml.h"

#include "base/utf8.h"

enum kind {
    KIND_ROW, /* and all others */
    KIND_FRACTION,
    KIND_POWER,
    KIND_INDEX,
    KIND_BOTH, /* an index and a power, or two limits */
    KIND_UNDER,
    KIND_OVER,
    KIND_SQUARE_ROOT,
    KIND_ROOT,
    KIND_FENCE,
    KIND_TABLE_ROW,
    KIND_CELL,
    KIND_NUMBER,
    KIND_LETTER,
    KIND_OPERATOR,
    KIND_TEXT,
};

enum base { BASE_OTHER, BASE_SUM, BASE_LIMIT };

struct kind_name {
    const char *name;
    enum kind kind;
};

static const struct kind_name kind_names[] = {
    {"mfrac", KIND_FRACTION}, {"msup", KIND_POWER},        {"msub", KIND_INDEX},
    {"msubsup", KIND_BOTH},   {"munderover", KIND_BOTH},   {"munder", KIND_UNDER},
    {"mover", KIND_OVER},     {"msqrt", KIND_SQUARE_ROOT}, {"mroot", KIND_ROOT},
    {"mfenced", KIND_FENCE},  {"mtr", KIND_TABLE_ROW},     {"mlabeledtr", KIND_TABLE_ROW},
    {"mtd", KIND_CELL},       {"mn", KIND_NUMBER},         {"mi", KIND_LETTER},
    {"mo", KIND_OPERATOR},    {"mtext", KIND_TEXT},        {"ms", KIND_TEXT},
};

static enum kind kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++)
        if (strcmp(kind_names[i].name, name) == 0)
            return kind_names[i].kind;
    return KIND_ROW;
}

/* ---- elements ---- */

bool mathml_is_open(const struct mathml *m)
{
    return m->frames.n;
}

static enum math_part lower(enum base base)
{
    return base == BASE_SUM ? MATH_FROM : base == BASE_LIMIT ? MATH_WHEN : MATH_INDEX;
}

/* What a child of the element is, by its place. */
static enum math_part part_of_child(const struct mathml_frame *around, uint32_t child)
{
    enum base base = (enum base)around->base;
    switch (around->kind) {
    case KIND_FRACTION:
        return child > 1 ? MATH_INDEX : child ? MATH_DENOMINATOR : MATH_NUMERATOR;
    case KIND_POWER:
        return child ? MATH_POWER : MATH_GROUP;
    case KIND_INDEX:
    case KIND_UNDER:
        return child ? lower(base) : MATH_GROUP;
    case KIND_OVER:
        return child ? base == BASE_SUM ? MATH_TO : MATH_INDEX : MATH_GROUP;
    case KIND_BOTH:
        if (child < 2)
            return child ? lower(base) : MATH_GROUP;
        return base == BASE_SUM ? MATH_TO : MATH_POWER;
    case KIND_ROOT:
        return child ? MATH_DEGREE_BEHIND : MATH_GROUP;
    default:
        return MATH_GROUP;
    }
}

static enum math_part part_of_kind(enum kind kind)
{
    return kind == KIND_FRACTION                           ? MATH_FRACTION
           : kind == KIND_SQUARE_ROOT || kind == KIND_ROOT ? MATH_ROOT
           : kind == KIND_FENCE                            ? MATH_FENCE
                                                           : MATH_GROUP;
}

static void open_part(struct mathml *m, enum math_part part, unsigned depth)
{
    if (part != MATH_GROUP)
        math_open(&m->math, part, depth);
}

static void open_child(struct mathml *m, struct mathml_frame *around, enum kind kind,
                       unsigned depth)
{
    uint32_t child = around->children++;
    around->last = (uint8_t)kind;
    if (kind == KIND_TABLE_ROW && child)
        math_put(&m->math, "; ");
    else if (kind == KIND_CELL && child)
        math_put(&m->math, ", ");
    else if (around->kind == KIND_FENCE && child)
        math_put(&m->math, ", ");
    open_part(m, part_of_child(around, child), depth);
}

/* Whether the children of the element say nothing by their place. */
static bool is_row(uint8_t kind)
{
    return kind == KIND_ROW || kind == KIND_SQUARE_ROOT || kind == KIND_CELL;
}

static bool goes_on(const struct mathml_frame *around, enum kind kind)
{
    return kind == KIND_NUMBER && is_row(around->kind) && around->children &&
           around->last == KIND_NUMBER;
}

void mathml_open(struct mathml *m, const char *name, unsigned depth)
{
    enum kind kind = kind_of(name);
    struct mathml_frame frame = {.depth = depth, .kind = (uint8_t)kind};
    if (!m->frames.n && strcmp(name, "math") != 0)
        return;
    if (!m->frames.n) {
        mathml_forget(m);
    } else {
        struct mathml_frame *around = &m->frames.at[m->frames.n - 1];
        frame.goes_on = goes_on(around, kind);
        open_child(m, around, kind, depth);
    }
    open_part(m, part_of_kind(kind), depth);
    m->parts = m->parts && kind != KIND_FENCE;
    *vec_push(&m->frames) = frame;
}

struct sv mathml_close(struct mathml *m, unsigned depth)
{
    size_t open = m->frames.n;
    while (m->frames.n && m->frames.at[m->frames.n - 1].depth >= depth)
        m->frames.n--;
    if (m->frames.n == open)
        return SV("");
    math_close(&m->math, depth);
    if (m->frames.n)
        return SV("");
    m->parts = false;
    return math_rest(&m->math);
}

/* ---- text ---- */

static enum base base_of(struct sv text)
{
    static const char *const sums[] = {"∑", "∏", "∐", "∫", "∬", "∭", "∮", "⋃", "⋂", "⨁"};
    static const char *const limits[] = {"lim", "max", "min", "sup", "inf", "limsup", "liminf"};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        if (sv_is(text, sums[i]))
            return BASE_SUM;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        if (sv_is(text, limits[i]))
            return BASE_LIMIT;
    return BASE_OTHER;
}

/* The elements whose first child the text is, or ends, know what they begin with. */
static void tell_base(struct mathml *m, struct sv text)
{
    uint8_t base = (uint8_t)base_of(text);
    for (size_t i = m->frames.n; i-- > 0 && m->frames.at[i].children <= 1;)
        m->frames.at[i].base = base;
}

/* Signs that stand close to what they belong to: brackets, commas, primes. */
static bool stands_close(struct sv text)
{
    static const char close[] = "()[]{}|,;.:!'\"/";
    return (text.n == 1 && strchr(close, text.p[0])) || sv_is(text, "\u2032") ||
           sv_is(text, "\u2033");
}

/* What is a term of its own has a space before it, but not behind a bracket. */
static void put_space(struct mathml *m, const struct mathml_frame *f, struct sv text)
{
    bool close = f->kind == KIND_OPERATOR && stands_close(text);
    if (!close && m->parts && !f->goes_on)
        math_put(&m->math, " ");
    m->parts = !close || strchr(",;:)]}", text.p[0]);
}

bool mathml_before(struct mathml *m, struct sv *text, struct sv rest, unsigned *flags)
{
    static const char *const by_place[] = {"mfrac",      "msup",   "msub",  "msubsup",
                                           "munderover", "munder", "mover", NULL};
    struct mathml_frame *f = &m->frames.at[m->frames.n - 1];
    *text = sv_trim(*text);
    *flags = 0;
    if (!text->n)
        return false;
    if (math_ends_part(rest, by_place))
        *flags |= MATH_ALONE;
    if (f->goes_on || f->has_text)
        *flags |= MATH_JOINED;
    tell_base(m, *text);
    if (!f->has_text)
        put_space(m, f, *text);
    f->has_text = true;
    return true;
}

void mathml_forget(struct mathml *m)
{
    math_forget(&m->math);
    m->frames.n = 0;
    m->parts = false;
}

void mathml_free(struct mathml *m)
{
    math_free(&m->math);
    vec_free(&m->frames);
}
