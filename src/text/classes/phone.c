/* Numbers to call: 0912.345.678, (0203) 3.835.678, 1900 1234, +84 912 345 678, gọi 113. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

enum { MOST_GROUPS = 6, FEWEST_DIGITS = 8, MOST_DIGITS = 13 };

static bool is_joint(const struct speaker *s, uint32_t i)
{
    return is_mark(s, i, '.') || is_mark(s, i, '-') || is_mark(s, i, ')');
}

/* How many atoms the groups of digits from atom i on take, and how many digits they have. */
static uint32_t groups(const struct speaker *s, uint32_t i, uint32_t *digits, uint32_t *count)
{
    uint32_t n = 0;
    *digits = *count = 0;
    while (*count < MOST_GROUPS && digit_count(s, i + n)) {
        uint32_t here = digit_count(s, i + n);
        if (*digits + here > MOST_DIGITS)
            break;
        *digits += here;
        *count += 1;
        n++;
        if (is_number(s, i + n))
            continue;
        bool glued = atom_glued(s, i + n) && (atom_glued(s, i + n + 1) || is_mark(s, i + n, ')'));
        if (!is_joint(s, i + n) || !glued || !is_number(s, i + n + 1))
            break;
        n++;
    }
    if (n && !is_number(s, i + n - 1))
        n--;
    return n;
}

static bool is_service_number(const struct speaker *s, uint32_t i)
{
    struct sv first = atom_written(s, i);
    return sv_is(first, "1900") || sv_is(first, "1800") ||
           (first.n >= 8 && (sv_starts(first, SV("1900")) || sv_starts(first, SV("1800"))));
}

static void say_groups(struct speaker *s, uint32_t i, uint32_t n)
{
    bool more = false;
    for (uint32_t k = 0; k < n; k++) {
        if (!is_number(s, i + k))
            continue;
        if (more) {
            token_end(s);
            say_pause(s, ',');
        }
        say_digits(s, atom_written(s, i + k));
        more = true;
    }
}

static uint32_t read_short(struct speaker *s, uint32_t i)
{
    uint32_t digits = digit_count(s, i);
    bool plain = digits >= 3 && digits <= 5 && !atom_glued(s, i + 1);
    if (is_word(s, i + 1) && atom_has(atom_at(s, i + 1), ATOM_LEGAL))
        plain = plain && cue_before(s, i, CUE_PHONE) && !word_is(s, i + 1, "người");
    if (!plain && !(digits >= 3 && digits <= 5 && atom_at(s, i + 1)->kind == ATOM_PUNCT &&
                    !is_number(s, i + 2)))
        return 0;
    if (!cue_before(s, i, CUE_PHONE))
        return 0;
    token_begin(s, CLASS_phone, "number to call, by its cue", i, 1);
    say_digits(s, atom_written(s, i));
    token_end(s);
    return 1;
}

uint32_t read_phone(struct speaker *s, uint32_t i)
{
    uint32_t start = i, digits, count;
    bool bracket = is_mark(s, i, '('), plus = is_mark(s, bracket ? i + 1 : i, '+');
    start += (uint32_t)bracket + (uint32_t)plus;
    if (!is_number(s, start) || (start > i && !atom_glued(s, start)))
        return 0;
    uint32_t n = groups(s, start, &digits, &count);
    bool zero = atom_written(s, start).p[0] == '0' && digits >= FEWEST_DIGITS + 1 && digits <= 12;
    bool abroad = plus && digits >= FEWEST_DIGITS + 1;
    bool service = is_service_number(s, start) && (count > 1 || digits >= 8) && digits <= 10;
    bool cued = count > 1 && digits >= 7 && !bracket && cue_before(s, i, CUE_PHONE);
    if (bracket && !is_mark(s, start + 1, ')'))
        return 0;
    if (!zero && !abroad && !service && !cued)
        return start == i ? read_short(s, i) : 0;
    token_begin(s, CLASS_phone, "telephone number", i, start + n - i);
    if (plus)
        say(s, "cộng");
    say_groups(s, start, n);
    token_end(s);
    return start + n - i;
}
