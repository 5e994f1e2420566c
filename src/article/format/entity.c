#include "article/format/entity.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "base/windows_1252.h"

enum { BEYOND_UNICODE = 0x110000 };

/* Without pointers, the table needs nothing done when the program starts. */
struct entity {
    char name[32]; /* room for the longest, and its NUL */
    uint32_t code;
    unsigned since; /* the version of HTML */
};

static const struct entity entities[] = {
#define ENTITY(name, code, since) {name, code, since},
#include "article/format/entities.def"
};

static int compare_name(const void *name, const void *entity)
{
    return sv_cmp(*(const struct sv *)name, sv_of(((const struct entity *)entity)->name));
}

static const struct entity *find_name(struct sv name)
{
    return bsearch(&name, entities, sizeof entities / sizeof *entities, sizeof *entities,
                   compare_name);
}

uint32_t entity_named(struct sv name)
{
    const struct entity *known = find_name(name);
    return known ? known->code : 0;
}

uint32_t entity_meaning(uint32_t number)
{
    if (number == 0x2010 || number == 0x2011)
        return '-';
    if (number < 0x80 || number > 0x9F)
        return number;
    uint32_t code = windows_1252_code(number);
    return code ? code : ' ';
}

/* The value of a digit in base 10 or 16, or -1. */
static int digit_value(char c, bool hex)
{
    return hex || ascii_is_digit(c) ? ascii_hex_value(c) : -1;
}

/* "&#225;", "&#xE1": the ';' may be missing. */
static size_t decode_number(struct sv text, uint32_t *code)
{
    bool hex = text.n > 2 && (text.p[2] == 'x' || text.p[2] == 'X');
    size_t from = hex ? 3 : 2, i = from;
    uint32_t number = 0;
    for (; i < text.n && digit_value(text.p[i], hex) >= 0; i++)
        if (number < BEYOND_UNICODE)
            number = number * (hex ? 16 : 10) + (uint32_t)digit_value(text.p[i], hex);
    bool surrogate = number >= 0xD800 && number <= 0xDFFF;
    if (i == from || !number || number >= BEYOND_UNICODE || surrogate)
        return 0;
    *code = entity_meaning(number);
    return i < text.n && text.p[i] == ';' ? i + 1 : i;
}

/* Whether HTML allows this name without a ';': the names of Latin-1 and of markup. */
static bool may_lack_semicolon(uint32_t code)
{
    bool markup = code == '&' || code == '<' || code == '>' || code == '"';
    return markup || (code >= 0xA0 && code < 0x100);
}

/* "&nbspxác định": the space that lost its ';' before a letter; no parameter of an address has this
 * name. Returns its length, or 0. */
static size_t decode_lost_space(struct sv text, uint32_t *code)
{
    static const struct sv space = {"&nbsp", 5};
    if (!sv_starts(text, space) || (text.n > space.n && text.p[space.n] == '='))
        return 0;
    *code = 0xA0;
    return space.n + (text.n > space.n && text.p[space.n] == ';');
}

/* Splits a named reference: the name, and whether a ';' follows it. Returns its length; 0: it has
 * no name, or may be a part of an address. */
static size_t split_name(struct sv text, struct sv *name, bool *ended)
{
    size_t end = 1;
    while (end < text.n && (ascii_is_letter(text.p[end]) || ascii_is_digit(text.p[end])))
        end++;
    *name = sv_sub(text, 1, end - 1);
    *ended = end < text.n && text.p[end] == ';';
    if (!name->n || (end < text.n && text.p[end] == '='))
        return 0;
    return *ended ? end + 1 : end;
}

size_t entity_decode(struct sv text, uint32_t *code)
{
    if (text.n < 3 || text.p[0] != '&')
        return 0;
    if (text.p[1] == '#')
        return decode_number(text, code);
    struct sv name;
    bool ended;
    size_t n = split_name(text, &name, &ended);
    uint32_t found = n ? entity_named(name) : 0;
    if (!found || (!ended && !may_lack_semicolon(found)))
        return decode_lost_space(text, code);
    *code = found;
    return n;
}

size_t entity_decode_newer(struct sv text, uint32_t *code)
{
    enum { SHORTEST = 2, LONGEST = 6 }; /* of the names that may lack a ';' */
    struct sv name;
    bool ended;
    size_t n = text.n < 3 || text.p[1] == '#' ? 0 : split_name(text, &name, &ended);
    if (!n)
        return 0;
    if (ended) {
        const struct entity *known = find_name(name);
        *code = known && known->since > 4 ? known->code : 0;
        return *code ? n : 0;
    }
    return name.n >= SHORTEST && name.n <= LONGEST ? entity_decode(text, code) : 0;
}

void entity_decode_all(struct buf *out, struct sv v)
{
    for (size_t i = 0; i < v.n;) {
        uint32_t code;
        size_t n = entity_decode(sv_sub(v, i, v.n - i), &code);
        if (n)
            buf_add_code(out, code), i += n;
        else
            buf_putc(out, v.p[i]), i++;
    }
}
