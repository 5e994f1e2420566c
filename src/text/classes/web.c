/* Addresses: https://baoquangninh.vn/tin, toasoan@example.vn, www.example.com, #từ_khóa, @tên. */
#include "text/classes/class.h"

#include "base/utf8.h"
#include "text/classes/numeral.h"
#include "lang/foreign_words.h"
#include "lang/syllable.h"
#include "lang/web_names.h"

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

/* What kind of part of an address the text is: web.tsv. */
static bool is_kind(const struct speaker *s, struct sv lower, uint32_t kind)
{
    const struct row *row = rules_find(s->rules, TABLE_WEB, lower);
    return row && (row_kinds(row) & kind);
}

static struct sv lower_of(const struct speaker *s, uint32_t i, uint32_t j)
{
    struct sv written = atoms_written(s, i, j);
    return (struct sv){s->lower + (written.p - s->article->text.p), written.n};
}

/* bao-cao.pdf, video.mp4: the atoms behind the last full stop are an extension; 0: they are not. */
static uint32_t extension(const struct speaker *s, uint32_t i, uint32_t n)
{
    uint32_t length = 0;
    while (length < 2 && length + 2 < n && !is_mark(s, i + n - 1 - length, '.'))
        length++;
    uint32_t first = i + n - length;
    if (!length || !is_mark(s, first - 1, '.') ||
        !is_kind(s, lower_of(s, first, i + n - 1), ADDRESS_FILE))
        return 0;
    for (uint32_t k = i; k < first; k++)
        if (!is_word(s, k) && !is_number(s, k) && !is_mark(s, k, '-') && !is_mark(s, k, '_') &&
            !is_mark(s, k, '.'))
            return 0;
    return length;
}

static bool is_top_domain(const struct speaker *s, uint32_t i)
{
    if (!is_word(s, i))
        return false;
    return is_kind(s, atom_lower(s, i), ADDRESS_TOP);
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

/* The part by the tables or split into syllables; false for one that has to be spelled. */
static bool say_known_part(struct speaker *s, struct sv lower)
{
    const struct row *row = rules_find(s->rules, TABLE_WEB, lower);
    const struct row *loan = row ? NULL : rules_find(s->rules, TABLE_LOANWORDS, lower);
    struct buf syllables = BUF_INIT;
    bool known = true;
    if (row)
        say_sv(s, row_text(row, WEB_SPOKEN));
    else if (loan)
        say_sv(s, row_text(loan, LOANWORDS_SPOKEN));
    else if (syllable_is_legal(lower))
        say_sv(s, lower);
    else if ((known = web_name_split(lower, &syllables)))
        say_sv(s, buf_sv(&syllables));
    buf_free(&syllables);
    return known;
}

static void say_part(struct speaker *s, uint32_t i)
{
    if (!say_known_part(s, atom_lower(s, i)))
        say_letters(s, atom_written(s, i), false);
}

/* A part of a hashtag or of the name of an account, which is no address: a foreign word in it is
 * said as one. */
static void say_name_part(struct speaker *s, uint32_t i)
{
    struct buf spoken = BUF_INIT;
    struct sv lower = atom_lower(s, i);
    bool spelled = utf8_count(lower) == 1 || atom_has(atom_at(s, i), ATOM_UPPER);
    if (!say_abbreviation(s, i)) {
        bool mixed = atom_has(atom_at(s, i), ATOM_MIXED);
        if (mixed &&
            foreign_word(rules_transcription(s->rules), atom_written(s, i), lower, &spoken))
            say_sv(s, buf_sv(&spoken));
        else if (!say_known_part(s, lower)) {
            if (!spelled &&
                foreign_word(rules_transcription(s->rules), atom_written(s, i), lower, &spoken))
                say_sv(s, buf_sv(&spoken));
            else
                say_letters(s, atom_written(s, i), false);
        }
    }
    buf_free(&spoken);
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

static void say_extension(struct speaker *s, uint32_t first, uint32_t length)
{
    struct sv lower = lower_of(s, first, first + length - 1);
    say_sv(s, row_text(rules_find(s->rules, TABLE_WEB, lower), WEB_SPOKEN));
}

static uint32_t read_address(struct speaker *s, uint32_t i)
{
    uint32_t n = glued_run(s, i);
    bool address = is_address(s, i, n);
    uint32_t tail = address || n < 3 ? 0 : extension(s, i, n);
    if (!address && !tail)
        return 0;
    uint32_t at = i + (is_scheme(s, i) && n > 4 ? 4 : 0);
    if (word_is(s, at, "www") && is_mark(s, at + 1, '.'))
        at += 2;
    token_begin(s, CLASS_web,
                tail               ? "file name"
                : is_mail(s, i, n) ? "e-mail address"
                                   : "web address",
                i, n);
    for (; at + tail < i + n; at++)
        if (!is_last_stroke(s, at, i + n))
            say_web_atom(s, at);
    if (tail)
        say_extension(s, at, tail);
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
    for (uint32_t k = 1; k < n; k++) {
        if (is_word(s, i + k))
            say_name_part(s, i + k);
        else if (!is_mark(s, i + k, '_'))
            say_web_atom(s, i + k);
    }
    token_end(s);
    return n;
}

/* Whether something of the same run of atoms stands before atom i: a word, or a mark that ties. */
static bool is_inside(const struct speaker *s, uint32_t i)
{
    if (i == s->begin || !atom_glued(s, i))
        return false;
    const struct atom *a = atom_at(s, i - 1);
    return a->kind != ATOM_PUNCT || a->code == '.' || a->code == '-' || a->code == '_' ||
           a->code == '/' || a->code == '@' || a->code == ':';
}

/* ".vn" alone: the name of a domain. */
static uint32_t read_domain(struct speaker *s, uint32_t i)
{
    if (!is_mark(s, i, '.') || atom_glued(s, i) || !atom_glued(s, i + 1) ||
        !is_top_domain(s, i + 1) || (atom_at(s, i + 1)->flags & ATOM_CAPITAL) ||
        (atom_glued(s, i + 2) && (is_word(s, i + 2) || is_number(s, i + 2))))
        return 0;
    token_begin(s, CLASS_web, "web address", i, 2);
    say_web_mark(s, i);
    say_part(s, i + 1);
    token_end(s);
    return 2;
}

uint32_t read_web(struct speaker *s, uint32_t i)
{
    const struct atom *a = atom_at(s, i);
    if (a->kind == ATOM_PUNCT || a->kind == ATOM_SYMBOL)
        return is_mark(s, i, '.') ? read_domain(s, i) : read_tag(s, i);
    const struct atom *next = atom_at(s, i + 1);
    bool joint = next->kind == ATOM_PUNCT && atom_glued(s, i + 1) && atom_glued(s, i + 2) &&
                 (next->code == '.' || next->code == '@' || next->code == ':' ||
                  next->code == '-' || next->code == '_');
    /* anh1.jpg, nguyenvana2024@example.vn */
    bool number =
        atom_glued(s, i + 1) && is_number(s, i + 1) && atom_glued(s, i + 2) && a->kind == ATOM_WORD;
    /* The middle of an address that was given up is none either. */
    if ((!joint && !number) || is_inside(s, i))
        return 0;
    return read_address(s, i);
}
