/* Addresses: https://baoquangninh.vn/tin, toasoan@example.vn, www.example.com, #từ_khóa, @tên. */
#include "text/classes/class.h"

#include "base/utf8.h"
#include "text/classes/numeral.h"
#include "text/webname.h"

enum { MOST_ATOMS = 256 };

static bool is_closing(uint32_t code)
{
    return code == '.' || code == ',' || code == ';' || code == ':' || code == '!' || code == '?' ||
           code == ')' || code == ']' || code == '"' || code == '\'' || code == 0x201D ||
           code == 0x2019 || code == 0xBB;
}

/* The atoms glued to one another from i on, without the marks that end a phrase. */
static uint32_t glued_run(const struct speaker *s, uint32_t i)
{
    uint32_t n = 1;
    while (n < MOST_ATOMS && atom_at(s, i + n)->text.len && atom_glued(s, i + n) &&
           !is_mark(s, i + n, '(') && !is_mark(s, i + n, '"') && !is_mark(s, i + n, 0x201C))
        n++;
    while (n > 1 && atom_at(s, i + n - 1)->kind == ATOM_PUNCT &&
           is_closing(atom_at(s, i + n - 1)->code))
        n--;
    return n;
}

static bool is_top_domain(const struct speaker *s, uint32_t i)
{
    if (!is_word(s, i))
        return false;
    const struct rule *row = rules_find(s->rules, TABLE_WEB, atom_lower(s, i), NULL);
    return row && sv_is(row->cell[2], "top");
}

/* name.vn, name.com.vn, name.vn/path: a host, and where it ends. */
static bool is_host(const struct speaker *s, uint32_t i, uint32_t n)
{
    bool top = false;
    for (uint32_t k = 0; k < n; k++) {
        if (is_mark(s, i + k, '/') || is_mark(s, i + k, ':') || is_mark(s, i + k, '?'))
            break;
        if (is_mark(s, i + k, '.') && k > 0 && k + 1 < n)
            top = is_top_domain(s, i + k + 1);
        else if (!is_word(s, i + k) && !is_number(s, i + k) && !is_mark(s, i + k, '-') &&
                 !is_mark(s, i + k, '_') && !is_mark(s, i + k, '@') && !is_mark(s, i + k, '.'))
            return false;
    }
    return top;
}

static bool is_scheme(const struct speaker *s, uint32_t i)
{
    return (word_is(s, i, "http") || word_is(s, i, "https")) && is_mark(s, i + 1, ':') &&
           is_mark(s, i + 2, '/') && is_mark(s, i + 3, '/');
}

static bool is_mail(const struct speaker *s, uint32_t i, uint32_t n)
{
    for (uint32_t k = 1; k + 1 < n; k++)
        if (is_mark(s, i + k, '@'))
            return is_word(s, i + k + 1) || is_number(s, i + k + 1);
    return false;
}

/* bao.Quang: a full stop with no space behind it joins two sentences, not the parts of a host. */
static bool is_address(const struct speaker *s, uint32_t i, uint32_t n)
{
    if (is_scheme(s, i) || (word_is(s, i, "www") && is_mark(s, i + 1, '.')))
        return n > 2;
    return n >= 3 && (is_mail(s, i, n) || is_host(s, i, n));
}

static void say_part(struct speaker *s, uint32_t i)
{
    struct sv lower = atom_lower(s, i);
    const struct rule *row = rules_find(s->rules, TABLE_WEB, lower, NULL);
    struct buf syllables = BUF_INIT;
    if (row)
        say_sv(s, row->cell[1]);
    else if (atom_has(atom_at(s, i), ATOM_LEGAL))
        say_sv(s, lower);
    else if (webname_split(lower, &syllables))
        say_sv(s, buf_sv(&syllables));
    else
        say_letters(s, atom_written(s, i), false);
    buf_free(&syllables);
}

static void say_web_mark(struct speaker *s, uint32_t i)
{
    switch (atom_at(s, i)->code) {
    case '@':
        say(s, "a còng");
        break;
    case '.':
        say(s, "chấm");
        break;
    case '-':
        say(s, "gạch ngang");
        break;
    case '_':
        say(s, "gạch dưới");
        break;
    case '/':
        say(s, "trên");
        break;
    case ':':
        say(s, "hai chấm");
        break;
    case '?':
        say(s, "hỏi");
        break;
    case '=':
        say(s, "bằng");
        break;
    case '&':
        say(s, "và");
        break;
    case '%':
        say(s, "phần trăm");
        break;
    case '#':
        say(s, "thăng");
        break;
    case '+':
        say(s, "cộng");
        break;
    default:
        break;
    }
}

static void say_web_atom(struct speaker *s, uint32_t i)
{
    if (is_word(s, i))
        say_part(s, i);
    else if (is_number(s, i))
        say_number_atom(s, i);
    else
        say_web_mark(s, i);
}

/* Whether atom i is a stroke that only ends the address. */
static bool is_last_stroke(const struct speaker *s, uint32_t i, uint32_t end)
{
    return is_mark(s, i, '/') && i + 1 == end;
}

static uint32_t read_address(struct speaker *s, uint32_t i)
{
    uint32_t n = glued_run(s, i);
    if (!is_address(s, i, n))
        return 0;
    uint32_t at = i + (is_scheme(s, i) && n > 4 ? 4 : 0);
    if (word_is(s, at, "www") && is_mark(s, at + 1, '.'))
        at += 2;
    token_begin(s, CLASS_web, is_mail(s, i, n) ? "e-mail address" : "web address", i, n);
    for (; at < i + n; at++)
        if (!is_last_stroke(s, at, i + n))
            say_web_atom(s, at);
    token_end(s);
    return n;
}

/* #name is read as its name, @name with "a còng". */
static uint32_t read_tag(struct speaker *s, uint32_t i)
{
    bool at = is_mark(s, i, '@'), hash = is_mark(s, i, '#');
    if ((!at && !hash) || !is_word(s, i + 1) || !atom_glued(s, i + 1))
        return 0;
    uint32_t n = 2;
    while (n < MOST_ATOMS && atom_glued(s, i + n) &&
           (is_word(s, i + n) || is_number(s, i + n) || is_mark(s, i + n, '_')))
        n++;
    token_begin(s, CLASS_web, at ? "account name" : "hashtag", i, n);
    if (at)
        say(s, "a còng");
    for (uint32_t k = 1; k < n; k++)
        if (!is_mark(s, i + k, '_'))
            say_web_atom(s, i + k);
    token_end(s);
    return n;
}

uint32_t read_web(struct speaker *s, uint32_t i)
{
    const struct atom *a = atom_at(s, i);
    if (a->kind == ATOM_PUNCT || a->kind == ATOM_SYMBOL)
        return read_tag(s, i);
    const struct atom *next = atom_at(s, i + 1);
    bool joint = next->kind == ATOM_PUNCT && atom_glued(s, i + 1) && atom_glued(s, i + 2) &&
                 (next->code == '.' || next->code == '@' || next->code == ':' ||
                  next->code == '-' || next->code == '_');
    /* The middle of an address that was given up is none either. */
    if (!joint || (i > s->begin && atom_glued(s, i) && atom_at(s, i - 1)->kind == ATOM_PUNCT))
        return 0;
    return read_address(s, i);
}
