/*
 * Kilometre posts: Km12+500, km 5+200, Km12 - Km15. Roads (QL18, ĐT.334) are abbreviations before a
 * number; here are those of several letters and numbers: QL1A-QL18, ĐH.05, CT.01.
 */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

struct post {
    struct numeral first, second;
    uint32_t first_at, second_at; /* second_at: 0 where there is no "+500" */
    uint32_t end;
};

static bool parse_post(const struct speaker *s, uint32_t i, struct post *p)
{
    *p = (struct post){.first_at = i + 1};
    if (!word_is(s, i, "km") || is_number(s, i - 1) || !numeral_parse(s, i + 1, &p->first))
        return false;
    uint32_t j = i + 1 + p->first.atoms;
    p->end = j;
    if (is_mark(s, j, '+') && numeral_parse(s, j + 1, &p->second)) {
        p->second_at = j + 1;
        p->end = j + 1 + p->second.atoms;
    }
    return true;
}

static void say_post(struct speaker *s, const struct post *p)
{
    say(s, "ki lô mét");
    say_numeral(s, p->first_at, &p->first);
    if (!p->second_at)
        return;
    say(s, "cộng");
    say_numeral(s, p->second_at, &p->second);
}

static uint32_t read_posts(struct speaker *s, uint32_t i)
{
    struct post from, to;
    if (!parse_post(s, i, &from))
        return 0;
    bool range = is_dash(s, from.end) && parse_post(s, from.end + 1, &to);
    uint32_t end = range ? to.end : from.end;
    token_begin(s, CLASS_road, range ? "from post to post" : "kilometre post", i, end - i);
    say_post(s, &from);
    if (range) {
        say(s, "đến");
        say_post(s, &to);
    }
    token_end(s);
    return end - i;
}

/* ĐH.05, CT.01: the letters mean a road only with a dot or space and a number of two digits, or
 * behind a word that says so. */
static uint32_t read_numbered_road(struct speaker *s, uint32_t i)
{
    const char *reading = word_is(s, i, "đh")   ? "đường huyện"
                          : word_is(s, i, "ct") ? "cao tốc"
                          : word_is(s, i, "đx") ? "đường xã"
                                                : NULL;
    uint32_t j = i + 1 + is_mark(s, i + 1, '.');
    bool dotted = j == i + 2 && atom_glued(s, i + 1) && atom_glued(s, j);
    bool cued = word_is(s, i - 1, "đường") || word_is(s, i - 1, "tuyến") ||
                word_is(s, i - 1, "tốc") || word_is(s, i - 1, "trục");
    if (!reading || !atom_has(atom_at(s, i), ATOM_UPPER) || !digit_count(s, j) ||
        digit_count(s, j) > 3 || (!dotted && !(cued && j == i + 1)))
        return 0;
    token_begin(s, CLASS_road, "road of a kind", i, j + 1 - i);
    /* "cao tốc CT.01" has said it already. */
    if (!(word_is(s, i, "ct") && word_is(s, i - 1, "tốc")))
        say(s, reading);
    say_number_atom(s, j);
    token_end(s);
    return j + 1 - i;
}

uint32_t read_road(struct speaker *s, uint32_t i)
{
    uint32_t n = read_posts(s, i);
    return n || !is_word(s, i) ? n : read_numbered_road(s, i);
}
