#include "article/input/encoding_guess.h"

#include "article/input/likeness.h"

enum {
    SAMPLE = 128 << 10,   /* bytes of odd lines that are compared to judge the document */
    LONG_LINE = 64 << 10, /* of a longer line, only the beginning is compared */
    SMALL = 4096,         /* in a document this small every line is compared */
    CLEAR = 8,            /* how much better another encoding must be if nothing else suggests it */
    CLEAR_BYTES = 5,      /* the same if the bytes are not UTF-8 anyway */
};

/* The lines that are compared. */
enum pick {
    PICK_ODD,    /* those that are not UTF-8, or have letters that Vietnamese does not have */
    PICK_BEYOND, /* those with anything beyond ASCII */
};

struct line {
    size_t from, to, next; /* [from, to), without the line end; the next line begins at `next` */
    size_t compared_to;    /* end of the part that is compared */
    bool valid;            /* it is valid UTF-8, or the form is not UTF-8 */
};

struct work {
    struct guess *g;
    const struct rules *rules;
    struct sv source;
    enum form form;
    enum pick pick;
    struct likeness likeness;
    bool loaded;
    /* Of the sample: lines that fit the form (0), and those that do not (1). */
    struct score totals[2][LETTERS_COUNT];
    uint32_t votes[LETTERS_COUNT], voters, voted; /* lines for other letters; lines asked */
    struct encoding wrong; /* how letters inside the form are stored, letters plain: as they are */
    struct encoding bytes; /* of bytes that are not UTF-8; form UTF-8: unknown */
};

/* ---- finding lines to compare ---- */

/* Indexed by the byte after C3, minus 0x80. 0: a Vietnamese letter. 2: a character that VNI uses as
 * a mark after a vowel. 1: any other. */
/* clang-format off */
static const uint8_t behind_c3[64] = {
    /*À*/ 2, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 1, 0, 0, 1, 1,
    /*Ð*/ 1, 1, 0, 0, 0, 2, 1, 0, 1, 2, 2, 1, 1, 0, 1, 1,
    /*à*/ 2, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 1, 0, 0, 1, 1,
    /*ð*/ 1, 1, 0, 0, 0, 2, 1, 0, 1, 2, 2, 1, 1, 0, 1, 1,
};
/* clang-format on */

static bool is_vni_pair(unsigned char before, unsigned char second)
{
    unsigned char mark = second | 0x20;
    switch (before | 0x20) {
    case 'a':
        return true;
    case 'e':
        return true;
    case 'o': /* oà, oá, oã are Vietnamese as well */
        return mark == 0xA2 || mark == 0xB9 || mark == 0xB5;
    case 'u':
        return mark == 0xB9 || mark == 0xB5;
    default:
        return false;
    }
}

/* Whether the character at i makes a line odd. */
static bool is_odd(const unsigned char *p, size_t i, size_t from)
{
    unsigned char second = p[i + 1];
    if (p[i] == 0xC3) {
        uint8_t kind = behind_c3[second & 0x3F];
        return kind == 1 || (kind == 2 && i > from && is_vni_pair(p[i - 1], second));
    }
    if (p[i] == 0xC2 && i >= from + 2 && p[i - 2] == 0xC3 && (p[i - 1] == 0xA1 || p[i - 1] == 0x83))
        return true; /* letters that are encoded in UTF-8 twice begin with á» or Ã¡ */
    /* no-break space, quotes and ° ² ³ · are in good text; as letters they never come alone */
    return p[i] == 0xC2 && second != 0xA0 && second != 0xAB && second != 0xBB && second != 0xB0 &&
           second != 0xB2 && second != 0xB3 && second != 0xB7;
}

/* The length of the UTF-8 character at i; 0: not UTF-8. */
static inline unsigned length_at(const unsigned char *p, size_t i, size_t n)
{
    unsigned char c = p[i];
    unsigned length = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
    if (length > n - i)
        return 0;
    for (unsigned j = 1; j < length; j++)
        if ((p[i + j] & 0xC0) != 0x80)
            return 0;
    return length;
}

/* The end of the plain Vietnamese that starts at `i`: ASCII, and letters that Unicode has only for
 * Vietnamese. Text in another encoding never contains these letters. */
static size_t skip_plain(const unsigned char *p, size_t i, size_t n)
{
    while (i + 2 < n) {
        unsigned char c = p[i];
        if (c < 0x80)
            i++;
        else if (c == 0xE1 && p[i + 1] >= 0xB8 && p[i + 1] <= 0xBB && (p[i + 2] & 0xC0) == 0x80)
            i += 3;
        else if (c >= 0xC4 && c <= 0xC6 && (p[i + 1] & 0xC0) == 0x80)
            i += 2;
        else if (c == 0xC3 && (p[i + 1] & 0xC0) == 0x80 && !behind_c3[p[i + 1] & 0x3F])
            i += 2;
        else
            break;
    }
    return i;
}

/* The end of the ASCII that starts at `i`. */
static size_t skip_ascii(const unsigned char *p, size_t i, size_t n)
{
    uint64_t eight;
    while (i + 8 <= n && (memcpy(&eight, p + i, 8), !(eight & 0x8080808080808080u)))
        i += 8;
    while (i < n && p[i] < 0x80)
        i++;
    return i;
}

/* The first offset, at or after `i`, at which a line may be odd. */
static size_t next_odd(struct sv source, size_t i, enum pick pick)
{
    const unsigned char *p = (const unsigned char *)source.p;
    size_t from = i;
    while (i < source.n) {
        i = pick == PICK_ODD ? skip_plain(p, i, source.n) : skip_ascii(p, i, source.n);
        if (i == source.n)
            break;
        unsigned length = length_at(p, i, source.n);
        if (length == 0 || (length > 1 && (pick == PICK_BEYOND || is_odd(p, i, from))))
            return i;
        i += length;
    }
    return source.n;
}

static bool is_valid(struct sv source, size_t from, size_t to)
{
    const unsigned char *p = (const unsigned char *)source.p;
    while (from < to) {
        unsigned length = length_at(p, from, to);
        if (!length)
            return false;
        from += length;
    }
    return true;
}

/* ---- lines ---- */

static bool is_end(const struct work *w, size_t at, unsigned *n)
{
    unsigned unit = (unsigned char)w->source.p[at];
    *n = 1;
    if (w->form == FORM_UTF16LE || w->form == FORM_UTF16BE) {
        if (at + 1 >= w->source.n)
            return false;
        unsigned second = (unsigned char)w->source.p[at + 1];
        unit = w->form == FORM_UTF16LE ? second << 8 | unit : unit << 8 | second;
        *n = 2;
    }
    return unit == '\n' || unit == '\r';
}

static void end_line(const struct work *w, struct line *l)
{
    unsigned n = 1;
    l->to = l->from;
    while (l->to < w->source.n && !is_end(w, l->to, &n))
        l->to += n;
    l->to = l->to < w->source.n ? l->to : w->source.n;
    l->next = l->to;
    while (l->next < w->source.n && is_end(w, l->next, &n))
        l->next += n;
    l->compared_to = l->to - l->from > LONG_LINE ? l->from + LONG_LINE : l->to;
    l->valid = w->form != FORM_UTF8 || is_valid(w->source, l->from, l->to);
}

/* The next line to compare. `at` is the start of a line. */
static bool next_line(const struct work *w, size_t at, struct line *l)
{
    l->from = at;
    if (w->form == FORM_UTF8) {
        size_t odd = next_odd(w->source, at, w->pick);
        if (odd == w->source.n)
            return false;
        for (l->from = odd; l->from > at && !memchr("\r\n", w->source.p[l->from - 1], 2);)
            l->from--;
    }
    if (l->from >= w->source.n)
        return false;
    end_line(w, l);
    return true;
}

/* In a small document, two letters of Latin-1 and none beyond may be old letters too. */
static bool only_latin(struct sv source)
{
    size_t latin = 0;
    for (size_t i = 0; i < source.n; i++) {
        unsigned char c = (unsigned char)source.p[i];
        latin += c == 0xC3;
        if (c > 0xC3)
            return false;
    }
    return latin > 1;
}

/* ---- comparing ---- */

static struct score score_as(const struct work *w, const struct line *l, struct encoding e)
{
    struct score s =
        likeness_score(&w->likeness, w->g->codec, e, w->source, l->from, l->compared_to);
    /* A letter such as ế is never an accident. */
    if (e.letters == LETTERS_PLAIN && e.form == FORM_UTF8 && !l->valid)
        s.sum += (int32_t)s.beyond;
    return s;
}

/* Whether the words are Vietnamese: enough of ten are in the table, or all are syllables. */
static bool mostly_known(const struct score *s, unsigned of_ten)
{
    return s->known && (s->known * 10 >= s->words * of_ten || !s->wrong);
}

static bool is_good(const struct score *s)
{
    return s->words && s->known * 4 >= s->words * 3 && s->sum >= (int32_t)(2 * s->words);
}

static void add_score(struct score *to, const struct score *s)
{
    to->sum += s->sum;
    to->words += s->words;
    to->known += s->known;
    to->wrong += s->wrong;
}

/* Lists the encodings a line may have: letters stored in the form, or the bytes themselves. */
static bool may_be(const struct work *w, const struct line *l, unsigned letters, struct encoding *e)
{
    *e = (struct encoding){(uint8_t)(l->valid ? w->form : FORM_BYTES), (uint8_t)letters};
    if (letters == LETTERS_PLAIN)
        e->form = (uint8_t)w->form;
    return l->valid || letters != LETTERS_UTF8;
}

/* Scores the line in all encodings that it may have. Returns the best that is not plain. */
static unsigned compare(const struct work *w, const struct line *l,
                        struct score scores[LETTERS_COUNT])
{
    unsigned best = LETTERS_PLAIN;
    /* Of equal scores the first encoding wins: it is the most common. */
    static const uint8_t order[] = {LETTERS_TCVN3, LETTERS_VNI, LETTERS_UTF8, LETTERS_1258,
                                    LETTERS_VISCII};
    struct encoding e = {(uint8_t)w->form, LETTERS_PLAIN};
    scores[LETTERS_PLAIN] = score_as(w, l, e);
    for (size_t i = 0; i < sizeof order; i++) {
        unsigned letters = order[i];
        scores[letters] = (struct score){.sum = INT32_MIN / 2};
        if (!may_be(w, l, letters, &e))
            continue;
        scores[letters] = score_as(w, l, e);
        if (best == LETTERS_PLAIN || scores[letters].sum > scores[best].sum)
            best = letters;
    }
    return best;
}

static void load(struct work *w)
{
    if (w->loaded)
        return;
    likeness_load(&w->likeness, w->rules);
    w->g->codec = codec_new(w->rules);
    w->loaded = true;
}

/* Scores the first odd lines to find the encoding of the whole document. */
static void take_sample(struct work *w, size_t from)
{
    struct line l;
    size_t looked = 0;
    for (size_t at = from; looked < SAMPLE && next_line(w, at, &l); at = l.next) {
        struct score scores[LETTERS_COUNT];
        load(w);
        unsigned best = compare(w, &l, scores);
        looked += l.compared_to - l.from + 1;
        bool votes =
            scores[best].sum - scores[LETTERS_PLAIN].sum >= CLEAR && mostly_known(&scores[best], 7);
        w->voters += l.valid && scores[LETTERS_PLAIN].words > 0;
        if (l.valid && !votes)
            continue;
        if (l.valid) {
            w->votes[best]++;
            w->voted++;
        }
        for (unsigned i = 0; i < LETTERS_COUNT; i++)
            if (scores[i].sum > INT32_MIN / 4)
                add_score(&w->totals[!l.valid][i], &scores[i]);
    }
}

/* The best of the totals except one. */
static unsigned best_total(const struct score totals[LETTERS_COUNT], unsigned but)
{
    unsigned best = but == LETTERS_PLAIN ? LETTERS_1258 : LETTERS_PLAIN;
    static const uint8_t order[] = {LETTERS_PLAIN, LETTERS_TCVN3, LETTERS_VNI,
                                    LETTERS_UTF8,  LETTERS_1258,  LETTERS_VISCII};
    for (size_t i = 0; i < sizeof order; i++)
        if (order[i] != but && totals[order[i]].words && totals[order[i]].sum > totals[best].sum)
            best = order[i];
    return best;
}

static double confidence_in(const struct score totals[LETTERS_COUNT], unsigned letters)
{
    const struct score *s = &totals[letters];
    double margin = s->sum - totals[best_total(totals, letters)].sum;
    double share = s->words ? (double)s->known / s->words : 0;
    double sure = 0.5 + (margin > 0 ? 0.49 * margin / (margin + 8) : 0);
    return sure * (0.3 + 0.7 * share);
}

/* Chooses the encoding of the whole document by the sample. */
static void judge(struct work *w)
{
    const struct score *bytes = w->totals[1];
    w->wrong = w->bytes = (struct encoding){(uint8_t)w->form, LETTERS_PLAIN};
    unsigned most = LETTERS_PLAIN;
    for (unsigned i = 1; i < LETTERS_COUNT; i++)
        if (w->votes[i] > w->votes[most] || (w->votes[i] && w->votes[i] == w->votes[most] &&
                                             w->totals[0][i].sum > w->totals[0][most].sum))
            most = i;
    w->wrong.letters = (uint8_t)most;
    unsigned best = best_total(bytes, LETTERS_PLAIN);
    if (best != LETTERS_PLAIN && bytes[best].sum > 0 && mostly_known(&bytes[best], 5) &&
        bytes[best].sum - bytes[LETTERS_PLAIN].sum >= CLEAR_BYTES)
        w->bytes = (struct encoding){FORM_BYTES, (uint8_t)best};
    if (w->voted || w->bytes.form == FORM_BYTES)
        w->pick = PICK_BEYOND;
}

/* ---- choosing, line by line ---- */

/* Whether most odd lines are in this encoding; a line in it then needs less of a lead. */
static bool is_likely(const struct work *w)
{
    return w->wrong.letters != LETTERS_PLAIN && w->voted * 2 >= w->voters;
}

static struct encoding choose_valid(const struct work *w, const struct line *l,
                                    const struct score *plain)
{
    struct encoding e = {(uint8_t)w->form, LETTERS_PLAIN};
    struct score scores[LETTERS_COUNT];
    unsigned usual = w->wrong.letters, best;
    if (is_likely(w)) { /* usually the others need not be tried */
        e.letters = (uint8_t)usual;
        struct score s = score_as(w, l, e);
        if (is_good(&s) && s.sum - plain->sum >= CLEAR)
            return e;
        e.letters = LETTERS_PLAIN;
    }
    best = compare(w, l, scores);
    if (is_likely(w) && scores[usual].sum - plain->sum > 0 &&
        scores[best].sum - scores[usual].sum < CLEAR &&
        (scores[usual].sum >= 0 || mostly_known(&scores[usual], 5)))
        e.letters = (uint8_t)usual;
    else if (scores[best].sum - plain->sum >= CLEAR && mostly_known(&scores[best], 7))
        e.letters = (uint8_t)best;
    if (e.letters == LETTERS_PLAIN && w->bytes.form == FORM_BYTES) {
        struct score raw = score_as(w, l, w->bytes);
        if (raw.sum - plain->sum > 0 && mostly_known(&raw, 7))
            return w->bytes;
    }
    return e;
}

static struct encoding choose_bytes(const struct work *w, const struct line *l,
                                    const struct score *plain)
{
    struct encoding e = {FORM_BYTES, w->bytes.letters};
    struct score scores[LETTERS_COUNT];
    bool known = w->bytes.form == FORM_BYTES;
    struct score usual = known ? score_as(w, l, w->bytes) : *plain;
    if (known && is_good(&usual))
        return w->bytes;
    unsigned best = compare(w, l, scores);
    if (scores[best].sum - usual.sum >= CLEAR && scores[best].sum > plain->sum &&
        mostly_known(&scores[best], 7)) {
        e.letters = (uint8_t)best;
        return e;
    }
    return plain->sum > usual.sum ? (struct encoding){(uint8_t)w->form, LETTERS_PLAIN} : w->bytes;
}

static void add_stretch(struct guess *g, size_t from, struct encoding e)
{
    struct stretch *last = g->stretches.n ? &g->stretches.at[g->stretches.n - 1] : NULL;
    if (last && encoding_eq(last->encoding, e))
        return;
    if (last && last->from == from)
        last->encoding = e;
    else
        *vec_push(&g->stretches) = (struct stretch){(uint32_t)from, e};
}

static void choose_all(struct work *w, size_t from)
{
    struct guess *g = w->g;
    struct encoding plain = {(uint8_t)w->form, LETTERS_PLAIN};
    struct line l;
    for (size_t at = from; next_line(w, at, &l); at = l.next) {
        struct score s = score_as(w, &l, plain);
        struct encoding e = plain;
        if (l.valid &&
            (is_likely(w) ? !s.beyond || !is_good(&s) : !is_good(&s) && (s.words || s.sum)))
            e = choose_valid(w, &l, &s);
        else if (!l.valid)
            e = choose_bytes(w, &l, &s);
        g->lines += s.words || !l.valid;
        add_stretch(g, l.from, e);
        add_stretch(g, l.next, plain);
        if (encoding_eq(e, plain))
            continue;
        if (!g->odd++) {
            g->first_odd = l.from;
            g->odd_encoding = e;
        }
    }
}

/* If no encoding fits, bytes that are mostly UTF-8 count as damaged UTF-8, others as Western. Bad
 * bytes together are one damage, and hardly any Western text has bytes that mean a letter which
 * only Vietnamese has, such as ế or ư: each of these outweighs several. */
static struct encoding when_unknown(const struct work *w)
{
    enum { VIETNAMESE = 8 };
    struct encoding utf8 = {FORM_UTF8, LETTERS_PLAIN}, western = {FORM_BYTES, LETTERS_PLAIN};
    const unsigned char *p = (const unsigned char *)w->source.p;
    size_t good = 0, bad = 0;
    bool was_bad = false;
    for (size_t i = 0; i < w->source.n;) {
        unsigned length = length_at(p, i, w->source.n);
        bool vietnamese = length > 1 && p[i] > 0xC3 && skip_plain(p, i, w->source.n) > i;
        good += vietnamese ? VIETNAMESE : length > 1;
        bad += !length && !was_bad;
        was_bad = !length;
        i += length ? length : 1;
    }
    return good >= bad ? utf8 : western;
}

/* The document has the encoding of most of its lines. */
static void sum_up(struct work *w, size_t from)
{
    struct guess *g = w->g;
    g->confidence = 1;
    bool most = g->odd * 2 >= g->lines;
    if (most && w->bytes.form == FORM_BYTES) {
        g->encoding = w->bytes;
        g->confidence = confidence_in(w->totals[1], w->bytes.letters);
    } else if (most && w->voted) {
        g->encoding = w->wrong;
        g->confidence = confidence_in(w->totals[0], w->wrong.letters);
    } else if (w->totals[1][LETTERS_PLAIN].words && !g->odd) {
        g->encoding = when_unknown(w);
        if (g->encoding.form == FORM_BYTES) {
            g->confidence = 0.2;
            g->stretches.n = 0;
            add_stretch(g, from, g->encoding);
        }
    }
}

void guess_encoding(struct guess *g, const struct rules *rules, struct sv source, size_t from,
                    enum form form)
{
    *g = (struct guess){.encoding = {(uint8_t)form, LETTERS_PLAIN}};
    struct work w = {.g = g, .rules = rules, .source = source, .form = form, .pick = PICK_ODD};
    if (source.n - from <= SMALL && form == FORM_UTF8 &&
        only_latin(sv_sub(source, from, source.n - from)))
        w.pick = PICK_BEYOND;
    add_stretch(g, from, g->encoding);
    take_sample(&w, from);
    g->confidence = 1;
    if (!w.loaded)
        return;
    judge(&w);
    choose_all(&w, from);
    sum_up(&w, from);
    likeness_free(&w.likeness);
}

void guess_free(struct guess *g)
{
    vec_free(&g->stretches);
    codec_free(g->codec);
    g->codec = NULL;
}
