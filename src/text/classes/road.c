/*
 * Kilometre posts: Km12+500, km 5+200, Km12 - Km15; and roads of several letters and numbers:
 * ĐH.05, CT.01. Other roads (QL18, ĐT.334) are abbreviations before a number.
 */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

struct post {
    struct numeral first, second;
    uint32_t first_at, second_at; /* second_at: 0 if there is no "+500" */
    uint32_t end;
};

static bool parse_post(const struct view *v, uint32_t i, struct post *p)
{
    *p = (struct post){.first_at = i + 1};
    if (!word_is(v, i, "km") || is_number(v, i - 1) || !numeral_parse(v, i + 1, &p->first))
        return false;
    uint32_t j = i + 1 + p->first.atoms;
    p->end = j;
    if (is_mark(v, j, '+') && numeral_parse(v, j + 1, &p->second)) {
        p->second_at = j + 1;
        p->end = j + 1 + p->second.atoms;
    }
    return true;
}

static void say_post(struct utterance *out, const struct view *v, const struct post *p)
{
    say(out, "ki lô mét");
    say_numeral(out, v, p->first_at, &p->first);
    if (!p->second_at)
        return;
    say(out, "cộng");
    say_numeral(out, v, p->second_at, &p->second);
}

static uint32_t read_posts(struct utterance *out, const struct view *v, uint32_t i)
{
    struct post from, to;
    if (!parse_post(v, i, &from))
        return 0;
    bool range = is_dash(v, from.end) && parse_post(v, from.end + 1, &to);
    uint32_t end = range ? to.end : from.end;
    token_begin(out, v, CLASS_road, range ? "from post to post" : "kilometre post", i, end - i);
    say_post(out, v, &from);
    if (range) {
        say(out, "đến");
        say_post(out, v, &to);
    }
    token_end(out);
    return end - i;
}

/* ĐH.05, CT.01: the letters mean a road only with a dot before the number, or after a cue. */
static uint32_t read_numbered_road(struct utterance *out, const struct view *v, uint32_t i)
{
    const char *reading = word_is(v, i, "đh")   ? "đường huyện"
                          : word_is(v, i, "ct") ? "cao tốc"
                          : word_is(v, i, "đx") ? "đường xã"
                                                : NULL;
    uint32_t j = i + 1 + is_mark(v, i + 1, '.');
    bool dotted = j == i + 2 && atom_glued(v, i + 1) && atom_glued(v, j);
    bool cued = word_is(v, i - 1, "đường") || word_is(v, i - 1, "tuyến") ||
                word_is(v, i - 1, "tốc") || word_is(v, i - 1, "trục");
    if (!reading || !atom_has(atom_at(v, i), ATOM_UPPER) || !digit_count(v, j) ||
        digit_count(v, j) > 3 || (!dotted && !(cued && j == i + 1)))
        return 0;
    token_begin(out, v, CLASS_road, "road of a kind", i, j + 1 - i);
    /* In "cao tốc CT.01" the words are said already. */
    if (!(word_is(v, i, "ct") && word_is(v, i - 1, "tốc")))
        say(out, reading);
    say_number_atom(out, v, j);
    token_end(out);
    return j + 1 - i;
}

uint32_t read_road(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = read_posts(out, v, i);
    return n || !is_word(v, i) ? n : read_numbered_road(out, v, i);
}
