#include "article/format/math.h"

#include "article/format/superscript.h"
#include "base/ascii.h"
#include "base/nfc.h"
#include "base/utf8.h"

/* ---- parts ---- */

static struct math_frame *top(struct math *m)
{
    return m->frames.n ? &m->frames.at[m->frames.n - 1] : NULL;
}

static void cut_end(struct buf *b, const char *bytes)
{
    while (b->n && strchr(bytes, b->p[b->n - 1]))
        buf_cut(b, b->n - 1);
}

/* What stands close to the text before it takes no space, and no comma but one. */
void math_put(struct math *m, const char *words)
{
    enum { MOST = 64 }; /* bytes: more are damage */
    if (!m->pending.p)
        m->pending = BUF_INIT;
    if (*words && strchr("/,;)", *words))
        cut_end(&m->pending, " ,");
    if (*words == ',' || *words == ';')
        m->after_term = false;
    if (*words == ' ' && sv_ends(buf_sv(&m->pending), SV(" ")))
        words++;
    if (m->pending.n < MOST)
        buf_adds(&m->pending, words);
}

static void put_beginning(struct math *m, enum math_part part)
{
    if (part == MATH_ROOT)
        math_put(m, " căn ");
    else if (part == MATH_FENCE)
        math_put(m, "(");
    else if (part == MATH_GROUP || part == MATH_FRACTION || part == MATH_NUMERATOR)
        return;
    m->after_term = false;
}

void math_open(struct math *m, enum math_part part, unsigned depth)
{
    enum { DEEPEST = 64 };
    put_beginning(m, part);
    if (m->frames.n < DEEPEST)
        *vec_push(&m->frames) =
            (struct math_frame){.depth = depth, .part = part, .is_number = true};
}

/* What stands between the part and the text behind it. */
static const char *end_of(const struct math_frame *f)
{
    switch (f->part) {
    case MATH_FENCE:
        return ")";
    case MATH_DEGREE:
    case MATH_TO:
        return f->texts ? " của " : "";
    case MATH_FROM:
        return " ";
    case MATH_WHEN:
        return ", ";
    case MATH_GROUP:
    case MATH_NUMERATOR:
    case MATH_FRACTION:
        return "";
    default:
        return f->has_operator ? ", " : " ";
    }
}

static bool ends_with_term(enum math_part part)
{
    return part != MATH_DEGREE && part != MATH_TO && part != MATH_FROM && part != MATH_WHEN;
}

static void close_top(struct math *m)
{
    struct math_frame f = m->frames.at[--m->frames.n], *around = top(m);
    math_put(m, end_of(&f));
    m->after_term = ends_with_term(f.part) && (m->after_term || f.part == MATH_FENCE);
    if (!around)
        return;
    if (f.part == MATH_NUMERATOR) {
        around->is_number_above = f.texts == 1 && f.is_number;
        around->has_operator_above = f.has_operator;
    }
    around->texts += f.texts;
    around->has_operator = around->has_operator || (f.has_operator && f.part != MATH_FENCE);
    around->is_number = around->is_number && f.is_number && f.part == MATH_GROUP;
}

void math_close(struct math *m, unsigned depth)
{
    while (m->frames.n && top(m)->depth >= depth)
        close_top(m);
}

/* ---- words ---- */

static bool is_digits(struct sv text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!ascii_is_digit(text.p[i]))
            return false;
    return text.n > 0;
}

static const char prime[] = "\u2032";

static bool is_prime_sign(struct sv text)
{
    return sv_is(text, prime) || sv_is(text, "'");
}

/* Of the denominator: by the numerator, and the text that it begins with. */
static const char *word_between(const struct math_frame *fraction, struct sv text, bool alone)
{
    if (alone && fraction->is_number_above && is_digits(text))
        return "/";
    return fraction->has_operator_above ? ", tất cả trên " : " trên ";
}

static const char *word_of(const struct math *m, size_t frame, struct sv text, bool alone)
{
    static const struct math_frame none;
    switch (m->frames.at[frame].part) {
    case MATH_DENOMINATOR:
        return word_between(frame ? &m->frames.at[frame - 1] : &none, text, alone);
    case MATH_POWER:
        return is_prime_sign(text) ? "" : " mũ ";
    case MATH_INDEX:
        return " ";
    case MATH_DEGREE:
    case MATH_DEGREE_BEHIND:
        return " bậc ";
    case MATH_FROM:
        return " từ ";
    case MATH_TO:
        return " đến ";
    case MATH_WHEN:
        return " khi ";
    default:
        return "";
    }
}

/* Whether the text is a power that has a name of its own: squared, cubed. */
static bool is_raised_number(const struct math *m, struct sv text)
{
    const struct math_frame *f = m->frames.n ? &m->frames.at[m->frames.n - 1] : NULL;
    return f && f->part == MATH_POWER && !f->said && (sv_is(text, "2") || sv_is(text, "3"));
}

static void put_words(struct math *m, struct sv text, bool raised, bool alone)
{
    for (size_t i = 0; i < m->frames.n; i++) {
        struct math_frame *f = &m->frames.at[i];
        if (!f->said && !(raised && i + 1 == m->frames.n))
            math_put(m, word_of(m, i, text, alone));
        f->said = true;
    }
    if (raised && m->pending.p)
        cut_end(&m->pending, " ");
}

/* ---- text ---- */

static const char minus[] = "\u2212";

static bool ends_term(struct sv text)
{
    uint32_t code = 0;
    for (size_t i = 0; i < text.n;) {
        uint32_t next;
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &next);
        code = n ? next : UTF8_REPLACEMENT;
        i += n ? n : 1;
    }
    enum char_kind kind = char_kind_of(code);
    return kind == CHAR_LETTER || kind == CHAR_DIGIT || code == ')' || code == ']' || code == '!';
}

/* Whether there is a sign between terms; one at the front of the first is that of a number. */
static bool has_operator(struct sv text, bool is_first)
{
    static const char *const signs[] = {"+", "-", "=", "<", ">", minus, "±", "≤", "≥", "≠"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (sv_find(text, sv_of(signs[i])) >= (is_first ? 1 : 0))
            return true;
    return false;
}

static void add_term(struct math *m, struct sv text, size_t from, math_add_fn *add, void *user)
{
    if (text.n)
        add(user, text, from, text.n);
    if (sv_trim(text).n)
        m->after_term = ends_term(sv_trim(text));
}

/* What is said as a word: a minus, a prime; a hyphen or an apostrophe only if it is all of the
 * text.
 */
static struct sv sign_in(struct sv text)
{
    if (sv_is(text, "-") || is_prime_sign(text))
        return text;
    return sv_of(minus);
}

static const char *word_for(const struct math *m, struct sv sign)
{
    return is_prime_sign(sign) ? " phẩy " : m->after_term ? " trừ " : " âm ";
}

/* Adds the text, each sign that is said as a word as that. */
static void add_terms(struct math *m, struct sv text, math_add_fn *add, void *user)
{
    const struct sv sign = sign_in(text);
    size_t from = 0;
    for (ptrdiff_t at; (at = sv_find(sv_from(text, from), sign)) >= 0;) {
        add_term(m, sv_sub(text, from, (size_t)at), from, add, user);
        from += (size_t)at;
        add(user, sv_of(word_for(m, sign)), from, sign.n);
        m->after_term = is_prime_sign(sign);
        from += sign.n;
    }
    add_term(m, sv_from(text, from), from, add, user);
}

static void count(struct math *m, struct sv text, bool joined)
{
    struct math_frame *f = top(m);
    if (!f)
        return;
    f->texts += !joined;
    f->is_number = f->is_number && is_digits(text);
    f->has_operator = f->has_operator || has_operator(text, f->texts == 1);
}

/* A comma between two parts is none in front of a sign that parts them, too. */
static void drop_comma(struct math *m, struct sv text)
{
    static const char *const signs[] = {"=", "<", ">", "≤", "≥", "≠", "≈", "→", ",", ";", ")", "]"};
    if (!m->pending.p || !sv_ends(buf_sv(&m->pending), SV(", ")))
        return;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (sv_starts(sv_trim(text), sv_of(signs[i]))) {
            cut_end(&m->pending, " ,");
            buf_adds(&m->pending, strchr(",;)]", *signs[i]) ? "" : " ");
            return;
        }
}

static void add_pending(struct math *m, math_add_fn *add, void *user)
{
    if (m->pending.p && m->pending.n)
        add(user, buf_sv(&m->pending), 0, 0);
    if (m->pending.p)
        buf_clear(&m->pending);
}

void math_say(struct math *m, struct sv text, unsigned flags, math_add_fn *add, void *user)
{
    bool exact = flags & MATH_EXACT, alone = flags & MATH_ALONE;
    bool raised = exact && alone && is_raised_number(m, text);
    put_words(m, text, raised, alone);
    count(m, text, flags & MATH_JOINED);
    drop_comma(m, text);
    add_pending(m, add, user);
    if (raised)
        add(user, sv_of(superscript_sign(text.p[0])), 0, 1);
    else if (exact)
        add_terms(m, text, add, user);
    else
        add(user, text, 0, text.n);
    if (raised || !exact)
        m->after_term = raised || ends_term(text);
}

bool math_ends_part(struct sv rest, const char *const *names)
{
    enum { MOST_AHEAD = 400 };
    rest = sv_sub(rest, 0, rest.n < MOST_AHEAD ? rest.n : MOST_AHEAD);
    for (;;) {
        rest = sv_trim(rest);
        if (!sv_starts(rest, SV("</")))
            return false;
        struct sv tag = sv_cut(&rest, '>');
        const char *colon = memchr(tag.p, ':', tag.n);
        struct sv name = sv_trim(sv_from(tag, colon ? (size_t)(colon + 1 - tag.p) : 2));
        for (const char *const *n = names; *n; n++)
            if (sv_is(name, *n))
                return true;
    }
}

/* Takes the first word with the spaces before and behind it. */
static struct sv cut_word(struct sv *words)
{
    size_t n = 0;
    while (n < words->n && words->p[n] == ' ')
        n++;
    while (n < words->n && words->p[n] != ' ')
        n++;
    while (n < words->n && words->p[n] == ' ')
        n++;
    struct sv word = sv_sub(*words, 0, n);
    *words = sv_from(*words, n);
    return word;
}

void math_divide(struct sv words, size_t from, size_t next,
                 void (*add)(void *user, struct sv word, size_t from, size_t to), void *user)
{
    size_t room = next > from ? next - from : 0, count = 0, i = 0;
    for (struct sv rest = words; rest.n; count++)
        cut_word(&rest);
    for (; count <= room && words.n; i++)
        add(user, cut_word(&words), from + i * room / count, from + (i + 1) * room / count);
}

struct sv math_rest(struct math *m)
{
    if (!m->pending.p)
        return SV("");
    cut_end(&m->pending, " ,");
    struct sv rest = buf_sv(&m->pending);
    return rest.n && rest.p[rest.n - 1] == ')' ? rest : SV("");
}

void math_forget(struct math *m)
{
    if (m->pending.p)
        buf_clear(&m->pending);
    m->frames.n = 0;
    m->after_term = false;
}

void math_free(struct math *m)
{
    if (m->pending.p)
        buf_free(&m->pending);
    vec_free(&m->frames);
}
