#include "article/format/docx_math.h"

#include "article/format/superscript.h"

static const char power[] = " mũ ", degree[] = " bậc ";

static bool is_math(const char *space)
{
    return sv_ends(sv_of(space), SV("/math"));
}

static void put(struct docx_math *m, const char *text)
{
    enum { MOST = 64 }; /* bytes: more are damage */
    if (!m->pending.p)
        m->pending = BUF_INIT;
    if (*text == ' ' && sv_ends(buf_sv(&m->pending), SV(" ")))
        text++;
    if (m->pending.n < MOST)
        buf_adds(&m->pending, text);
}

/* A sign that is an attribute; a longer value is damage. */
static void put_sign(struct docx_math *m, struct sv sign)
{
    enum { LONGEST = 4 };
    struct buf text = BUF_INIT;
    if (sign.n <= LONGEST && (!sign.n || sign.p[0] != '&'))
        buf_add_sv(&text, sign);
    put(m, text.n ? text.p : "");
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
        put(m, "∫");
    m->has_sign = true;
    if (xml_is(tag, "e"))
        m->sum = 0;
    m->word = xml_is(tag, "sub") ? " từ " : xml_is(tag, "sup") ? " đến " : " ";
    return true;
}

static void open_layout(struct docx_math *m, const struct xml_tag *tag, unsigned depth)
{
    if (open_limit(m, tag, depth))
        return;
    if (xml_is(tag, "den"))
        put(m, " trên ");
    else if (xml_is(tag, "rad"))
        put(m, " căn ");
    else if (xml_is(tag, "sup") || xml_is(tag, "deg"))
        m->word = xml_is(tag, "sup") ? power : degree;
    else if (xml_is(tag, "sub"))
        m->word = " ";
    else if (xml_is(tag, "d") || xml_is(tag, "mr"))
        put(m, xml_is(tag, "d") ? "(" : "; ");
    else if (xml_is(tag, "chr") && m->sum) {
        put_sign(m, xml_attribute(tag, "val"));
        m->has_sign = true;
    } else if (xml_is(tag, "nary")) {
        m->sum = depth;
        m->has_sign = false;
    }
}

bool docx_math_open(struct docx_math *m, const struct xml_tag *tag, unsigned depth)
{
    if (!is_math(tag->space) || xml_is(tag, "t") || xml_is(tag, "r"))
        return false;
    if (xml_is(tag, "oMath") && !m->equation)
        m->equation = depth;
    else if (m->equation)
        open_layout(m, tag, depth);
    return true;
}

void docx_math_close(struct docx_math *m, const char *name, const char *space, unsigned depth)
{
    if (!m->equation || !is_math(space))
        return;
    if (depth == m->equation)
        docx_math_forget(m);
    else if (strcmp(name, "d") == 0)
        put(m, ")");
    else if (strcmp(name, "deg") == 0 && m->has_degree)
        put(m, " của ");
    else if (strcmp(name, "den") == 0 || strcmp(name, "sub") == 0 || strcmp(name, "sup") == 0)
        put(m, " ");
    if (strcmp(name, "deg") == 0 || strcmp(name, "sub") == 0 || strcmp(name, "sup") == 0) {
        m->word = NULL;
        m->has_degree = false;
    }
}

static bool is_number(struct sv text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!*superscript_sign(text.p[i]))
            return false;
    return text.n > 0;
}

static void add_power(struct draft *draft, struct sv text, struct span from)
{
    for (size_t i = 0; i < text.n; i++)
        draft_add(draft, sv_of(superscript_sign(text.p[i])),
                  (struct span){from.off + (uint32_t)i, 1});
}

void docx_math_add(struct docx_math *m, struct draft *draft, struct sv text, struct span from)
{
    bool is_power = m->word == power && is_number(text) && text.n == from.len;
    if (m->word && !is_power)
        put(m, m->word);
    m->has_degree = m->word == degree;
    m->word = NULL;
    if (m->pending.p && m->pending.n)
        draft_add_made(draft, buf_sv(&m->pending));
    if (m->pending.p)
        buf_clear(&m->pending);
    if (is_power)
        add_power(draft, text, from);
    else
        draft_add(draft, text, from);
}

void docx_math_forget(struct docx_math *m)
{
    if (m->pending.p)
        buf_clear(&m->pending);
    m->equation = m->sum = 0;
    m->has_sign = m->has_degree = false;
    m->word = NULL;
}

void docx_math_free(struct docx_math *m)
{
    if (m->pending.p)
        buf_free(&m->pending);
}
