#include "lang/web_names.h"

#include "lang/syllable.h"

enum { LONGEST_NAME = 64, LONGEST_SYLLABLE = 7, LONGEST_PART = 2 * LONGEST_SYLLABLE };

/* Plain letters, and the vowels they are spelled for where no syllable has them as they are. */
static const struct {
    const char *plain, *restored;
    const char *before; /* letters of which one must follow; NULL: any, or none */
    bool in_addresses;  /* only there: elsewhere the word may be foreign (Huang, Sue) */
} vowels[] = {
    {"uoi", "uôi", NULL, false}, {"ie", "iê", NULL, false},   {"ye", "yê", NULL, false},
    {"uo", "uô", "cmt", false},  {"uo", "ươ", NULL, false},   {"ua", "uâ", "nty", true},
    {"ue", "uê", NULL, true},    {"eu", "êu", NULL, true},    {"uu", "ưu", NULL, false},
    {"ech", "êch", NULL, false}, {"enh", "ênh", NULL, false},
};

/* The vowels that the letters are spelled for; *taken: how many letters. NULL: they stay. */
static const char *restored(struct sv rest, bool address, size_t *taken)
{
    if (!strchr("uiye", rest.p[0]))
        return NULL;
    for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++) {
        struct sv plain = sv_of(vowels[i].plain);
        if (!sv_starts(rest, plain) || (vowels[i].in_addresses && !address))
            continue;
        char after = rest.n > plain.n ? rest.p[plain.n] : '\0';
        if (vowels[i].before && (!after || !strchr(vowels[i].before, after)))
            continue;
        *taken = plain.n;
        return vowels[i].restored;
    }
    return NULL;
}

/* The u of qu belongs to the onset. */
static void restore_vowels(struct sv plain, bool address, struct buf *out)
{
    for (size_t i = 0; i < plain.n;) {
        size_t taken;
        bool onset = address && i == 1 && sv_starts(plain, SV("qu")) &&
                     !sv_starts(plain, SV("quo")); /* quoc: quốc */
        const char *letters =
            onset ? NULL : restored(sv_sub(plain, i, plain.n - i), address, &taken);
        if (letters) {
            buf_adds(out, letters);
            i += taken;
        } else {
            buf_putc(out, plain.p[i++]);
        }
    }
}

static bool ends_in_stop(struct sv plain)
{
    char last = plain.p[plain.n - 1];
    return last == 'c' || last == 'p' || last == 't' || sv_ends(plain, SV("ch"));
}

/* The tone that the syllable must have, because it ends in a stop, or has as it is written. */
static enum tone forced_tone(const struct packed_table *syllables, struct sv plain, bool k)
{
    if (!k && !ends_in_stop(plain))
        return TONE_NGANG;
    return syllables && (packed_kinds(syllables, plain) & STOP_TONE_NANG) ? TONE_NANG : TONE_SAC;
}

/* Appends the syllable that is spelled `plain` without its marks; false if there is none. In an
 * address, for which the table of syllables is given, a final k is the c of another spelling: dak
 * lak. */
static bool restore(struct sv plain, const struct packed_table *syllables, struct buf *out)
{
    struct buf marked = BUF_INIT;
    struct syllable s;
    restore_vowels(plain, syllables, &marked);
    bool k = syllables && plain.n > 2 && plain.p[plain.n - 1] == 'k';
    if (k)
        marked.p[marked.n - 1] = 'c';
    enum tone tone = forced_tone(syllables, plain, k);
    bool legal = syllable_parse_toned(buf_sv(&marked), tone, &s);
    if (legal)
        syllable_write(&s, syllable_tone_place(&s), out);
    buf_free(&marked);
    return legal;
}

/* A part of a name: a syllable, two that often follow one another, or a word with a reading. */
struct part {
    uint8_t length, first; /* letters; of its first syllable */
    uint8_t syllables;
    const struct row *word; /* NULL: syllables */
};

struct split {
    const struct web_tables *tables;
    struct sv name;
    uint16_t cost[LONGEST_NAME + 1]; /* of the best split from here on; 0: none */
    uint8_t count[LONGEST_NAME + 1]; /* its syllables */
    struct part part[LONGEST_NAME];  /* its first part */
};

/* Costs are logarithms, so that those of the parts add up: of a row of class c, CERTAIN - c. */
enum { CERTAIN = 40, UNLISTED = 46, WORD = 30, SHORT_WORD = 60, SHORTEST_WORD = 2 };

/* Appends the part, which is syllables. */
static bool write_part(const struct split *s, size_t at, const struct part *p, struct buf *out)
{
    if (!restore(sv_sub(s->name, at, p->first), s->tables->syllables, out))
        return false;
    if (p->first == p->length)
        return true;
    buf_putc(out, ' ');
    return restore(sv_sub(s->name, at + p->first, (size_t)(p->length - p->first)),
                   s->tables->syllables, out);
}

/* Finds the part of that length and its cost; 0: there is none. A single letter is a syllable only
 * if the table has it (y tế), or every name would split. */
static unsigned cost_of(const struct split *s, size_t at, struct part *p, struct buf *scratch)
{
    struct sv letters = sv_sub(s->name, at, p->length);
    const struct row *row = packed_find(s->tables->syllables, letters);
    p->word = row || p->length < SHORTEST_WORD ? NULL : packed_find(s->tables->words, letters);
    if (p->word)
        return p->length == SHORTEST_WORD ? SHORT_WORD : WORD; /* vn only where nothing fits */
    unsigned first = row ? (unsigned)row_number(row, SYLLABLE_FIRST) : 0;
    if ((!row && p->length > LONGEST_SYLLABLE) || (p->length == 1 && !row) || first >= p->length)
        return 0;
    p->first = (uint8_t)(first ? first : p->length);
    p->syllables = first ? 2 : 1;
    buf_clear(scratch);
    if (!write_part(s, at, p, scratch))
        return 0;
    return row ? CERTAIN - (unsigned)row_number(row, SYLLABLE_CLASS) : UNLISTED;
}

/* Splits the rest of the name after a first part of that length, if that is better than what is
 * known so far. */
static void try_part(struct split *s, size_t at, size_t length, struct buf *scratch)
{
    size_t end = at + length;
    struct part p = {.length = (uint8_t)length, .first = (uint8_t)length, .syllables = 1};
    if (end > s->name.n || (end < s->name.n && !s->cost[end]))
        return;
    unsigned cost = cost_of(s, at, &p, scratch);
    if (!cost)
        return;
    cost += s->cost[end];
    unsigned count = (unsigned)p.syllables + s->count[end];
    if (!s->cost[at] || cost < s->cost[at] || (cost == s->cost[at] && count < s->count[at])) {
        s->cost[at] = (uint16_t)cost;
        s->count[at] = (uint8_t)count;
        s->part[at] = p;
    }
}

static bool find_split(struct split *s)
{
    struct buf scratch = BUF_INIT;
    for (size_t at = s->name.n; at-- > 0;)
        for (size_t length = LONGEST_PART; length > 0; length--)
            try_part(s, at, length, &scratch);
    buf_free(&scratch);
    return s->cost[0] > 0;
}

static bool is_plain(struct sv name)
{
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] < 'a' || name.p[i] > 'z')
            return false;
    return true;
}

bool web_name_syllable(struct sv name, struct buf *out)
{
    return name.n < LONGEST_SYLLABLE && is_plain(name) && restore(name, NULL, out);
}

bool web_name_split(const struct web_tables *tables, struct sv name, struct buf *out)
{
    if (name.n > LONGEST_NAME || !is_plain(name))
        return false;
    struct split s = {.tables = tables, .name = name};
    bool found = find_split(&s);
    for (size_t at = 0; found && at < name.n; at += s.part[at].length) {
        const struct part *p = &s.part[at];
        if (at)
            buf_putc(out, ' ');
        if (p->word)
            buf_add_sv(out, row_text(p->word, WEB_WORD_SPOKEN));
        else
            write_part(&s, at, p, out);
    }
    return found;
}
