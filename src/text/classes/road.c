/*
 * Posts: Km12+500, km 5+200m, Km12 - Km15, Km25+300 - 30+500, of dikes K3+200; and roads of several
 * letters and numbers: ĐH.05, cao tốc CT01. Other roads (QL18, ĐT.334) are abbreviations before a
 * number.
 */
#include "text/classes/class.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

struct post {
    struct numeral first, second;
    uint32_t first_at, second_at; /* second_at: 0 if there is no "+500" */
    bool metres;                  /* +500m */
    bool letter;                  /* K3+200, on a dike */
    uint32_t end;
};

/* The number of a post, from atom i on. */
static bool parse_place(const struct view *v, uint32_t i, struct post *p)
{
    p->first_at = i;
    if (!numeral_parse(v, i, &p->first))
        return false;
    uint32_t j = i + p->first.atoms;
    p->end = j;
    if (is_mark(v, j, '+') && numeral_parse(v, j + 1, &p->second)) {
        p->second_at = j + 1;
        p->end = j + 1 + p->second.atoms;
        p->metres = word_is(v, p->end, "m") && !is_glued_on(v, p->end + 1);
        p->end += p->metres;
    }
    return true;
}

/* mỗi km2, trên một km2, nghìn km2: an area. */
static bool is_square(const struct view *v, uint32_t i)
{
    bool two = sv_is(atom_written(v, i), "km") && sv_is(atom_written(v, i + 1), "2");
    return two && atom_glued(v, i + 1) &&
           (word_is_kind(v, i - 1, UNIT_SCALE | UNIT_EACH) || near_word(v, i - 1, NEAR_NUMERAL));
}

static bool parse_post(const struct view *v, uint32_t i, struct post *p)
{
    *p = (struct post){.letter = sv_is(atom_written(v, i), "K")};
    if (!(word_is(v, i, "km") || (p->letter && atom_glued(v, i + 1))) || is_number(v, i - 1) ||
        is_square(v, i))
        return false;
    return parse_place(v, i + 1, p) && (!p->letter || digit_count(v, p->second_at) == 3);
}

/* Km25+300 - 30+500: the second one without its letters. */
static bool parse_second_post(const struct view *v, uint32_t i, struct post *p)
{
    if (parse_post(v, i, p))
        return true;
    *p = (struct post){0};
    return parse_place(v, i, p) && digit_count(v, p->second_at) == 3;
}

static void say_post(struct utterance *out, const struct view *v, const struct post *p)
{
    say(out, p->letter ? "ca" : "ki lô mét");
    say_numeral(out, v, p->first_at, &p->first);
    if (!p->second_at)
        return;
    say(out, "cộng");
    say_numeral(out, v, p->second_at, &p->second);
    if (p->metres)
        say(out, "mét");
}

static uint32_t read_posts(struct utterance *out, const struct view *v, uint32_t i)
{
    struct post from, to;
    if (!parse_post(v, i, &from))
        return 0;
    bool range = is_dash(v, from.end) && parse_second_post(v, from.end + 1, &to);
    uint32_t end = range ? to.end : from.end;
    token_begin(out, v, CLASS_road, range ? N_("from post to post") : N_("kilometre post"), i,
                end - i);
    say_post(out, v, &from);
    if (range) {
        say(out, "đến");
        say_post(out, v, &to);
    }
    token_end(out);
    return end - i;
}

/* The letters of a road with the dot and number after them. */
struct road {
    uint32_t number; /* its atom */
    bool dotted;
    const char *reading;
};

static const char *kind_of_road(const struct view *v, uint32_t i)
{
    return word_is(v, i, "đh")   ? "đường huyện"
           : word_is(v, i, "ct") ? "cao tốc"
           : word_is(v, i, "đx") ? "đường xã"
           : word_is(v, i, "đt") ? "đường tỉnh"
                                 : NULL;
}

static bool is_no_road(const struct candidate *c)
{
    const struct road *r = c->parts;
    return !r->reading || !is_upper(c->v, c->i) || !digit_count(c->v, r->number) ||
           digit_count(c->v, r->number) > 3 || is_glued_on(c->v, r->number + 1);
}

static bool counts_something_here(const struct candidate *c)
{
    const struct road *r = c->parts;
    return is_counted_thing(c->v, r->number + 1);
}

static bool has_glued_dot(const struct candidate *c)
{
    return ((const struct road *)c->parts)->dotted;
}

static bool has_road_before(const struct candidate *c)
{
    return cue_before(c->v, c->i, CUE_ROAD);
}

static bool has_zero(const struct candidate *c)
{
    const struct road *r = c->parts;
    return (word_is(c->v, c->i, "đh") || word_is(c->v, c->i, "đt")) &&
           atom_written(c->v, r->number).p[0] == '0';
}

static const struct evidence for_road[] = {
    {"other letters, no number of a road", is_no_road, EXCLUDED}, /* ĐH 2024, CT01A */
    {"it counts something", counts_something_here, EXCLUDED},     /* ĐH 10 điểm */
    {"a dot before the number", has_glued_dot, ENOUGH},           /* ĐH.05, CT.01 */
    {"a word for a road before it", has_road_before, ENOUGH}, /* cao tốc CT01, đường ĐH 05 */
    {"ĐH or ĐT and a zero", has_zero, ENOUGH},                /* ĐH 05 */
    {0},
};

static uint32_t read_numbered_road(struct utterance *out, const struct view *v, uint32_t i)
{
    struct road r = {.number = i + 1 + is_mark(v, i + 1, '.'), .reading = kind_of_road(v, i)};
    r.dotted = r.number == i + 2 && atom_glued(v, i + 1) && atom_glued(v, r.number);
    if (!evidence_is_enough(for_road, v, i, &r))
        return 0;
    token_begin(out, v, CLASS_road, "road of a kind", i, r.number + 1 - i);
    /* In "cao tốc CT.01" the words are said already, in "đường ĐH.05" the first of them. */
    struct sv reading = sv_of(r.reading);
    if (word_is(v, i - 1, "đường") && !word_is(v, i, "ct"))
        sv_cut(&reading, ' ');
    if (!(word_is(v, i, "ct") && word_is(v, i - 1, "tốc")))
        say_sv(out, reading);
    say_number_atom(out, v, r.number);
    token_end(out);
    return r.number + 1 - i;
}

uint32_t read_road(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = read_posts(out, v, i);
    return n || !is_word(v, i) ? n : read_numbered_road(out, v, i);
}
