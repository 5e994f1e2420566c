#include "lang/sounds.h"

#include "base/utf8.h"
#include "lang/syllable.h"

void sounds_add(struct sounds *sounds, struct sv cell)
{
    while (cell.n) {
        struct sv letters = sv_cut(&cell, ' ');
        uint32_t code;
        if (sv_is(letters, "|") && sounds->n)
            sounds->at[sounds->n - 1].seam = true;
        if (sv_is(letters, "-") || sv_is(letters, "|") || !utf8_decode(letters, &code))
            continue;
        *vec_push(sounds) = (struct sound){letters, letter_is_vowel(letter_of(code).id), false};
    }
}

static bool is_one_of(struct sv letters, const char *list)
{
    struct sv rest = sv_of(list);
    while (rest.p)
        if (sv_eq(sv_cut(&rest, ' '), letters))
            return true;
    return false;
}

/* The codas that may replace a consonant, the best first; NULL: none. */
static const char *codas_of(struct sv consonant)
{
    static const struct {
        const char *consonants, *codas;
    } rows[] = {{"m", "m"},        {"n l", "n"},       {"ng", "ng nh n"},           {"nh", "nh n"},
                {"p b ph v", "p"}, {"k g kh", "c ch"}, {"t đ d s x th tr gi", "t"}, {"ch", "ch t"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (is_one_of(consonant, rows[i].consonants))
            return rows[i].codas;
    return NULL;
}

/* A replacement for vowels that cannot be followed by a coda; NULL: none. */
static const char *closed_vowel(struct sv vowels)
{
    static const char *const rows[][2] = {{"ây", "ê"},  {"âu", "ô"}, {"ia", "iê"}, {"ua", "uô"},
                                          {"ưa", "ươ"}, {"iu", "u"}, {"eo", "e"},  {"êu", "ê"},
                                          {"ay", "a"},  {"au", "a"}, {"ưu", "ư"},  {"ư", "u"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (sv_is(vowels, rows[i][0]))
            return rows[i][1];
    return NULL;
}

static bool is_front(struct sv vowels)
{
    uint32_t code;
    utf8_decode(vowels, &code);
    uint8_t id = letter_of(code).id;
    return id == LETTER_E || id == LETTER_E_CIRCUMFLEX || id == LETTER_I || id == LETTER_Y;
}

/* The vowels o and u glide in oa, oe, uê, uy, uơ, and are written u after q. */
static bool glides(struct sv vowels)
{
    static const char *const heads[] = {"oa", "oă", "oe", "uê", "uy", "uơ", "uâ"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (sv_starts(vowels, sv_of(heads[i])))
            return true;
    return false;
}

/* Appends onset and vowels in the spelling that they have together. */
static void spell(struct sv onset, struct sv vowels, struct buf *out)
{
    if (sv_is(onset, "k") && glides(vowels)) {
        buf_adds(out, "qu");
        vowels = sv_sub(vowels, 1, vowels.n - 1);
    } else if (sv_is(onset, "k")) {
        buf_adds(out, is_front(vowels) ? "k" : "c");
    } else if (sv_is(onset, "gi") && vowels.p[0] == 'i') {
        buf_putc(out, 'g');
    } else {
        buf_add_sv(out, onset);
        if ((sv_is(onset, "g") || sv_is(onset, "ng")) && is_front(vowels))
            buf_putc(out, 'h');
    }
    if (!onset.n && sv_starts(vowels, SV("iê"))) {
        buf_putc(out, 'y');
        vowels = sv_sub(vowels, 1, vowels.n - 1);
    }
    buf_add_sv(out, vowels);
}

/* Appends the syllable, with sắc before a stop, if it is legal. */
static bool write_syllable(struct sv onset, struct sv vowels, struct sv coda, struct buf *out)
{
    struct buf plain = BUF_INIT;
    struct syllable s;
    bool stop = coda.n && coda.p[0] != 'm' && coda.p[0] != 'n';
    spell(onset, vowels, &plain);
    buf_add_sv(&plain, coda);
    bool legal = syllable_parse_toned(buf_sv(&plain), stop ? TONE_SAC : TONE_NGANG, &s);
    if (legal) {
        if (out->n && out->p[out->n - 1] != ' ')
            buf_putc(out, ' ');
        syllable_write(&s, syllable_tone_place(&s), out);
    }
    buf_free(&plain);
    return legal;
}

static struct sv open_form(struct sv vowels)
{
    return sv_cut(&vowels, '/');
}

static struct sv closed_form(struct sv vowels)
{
    struct sv rest = vowels, open = sv_cut(&rest, '/');
    return rest.p ? rest : open;
}

/* Appends the syllable with one of the codas, with the vowels as they are or shortened. */
static bool write_closed(struct sv onset, struct sv vowels, const char *codas, struct buf *out)
{
    vowels = closed_form(vowels);
    for (int form = 0; form < 2; form++) {
        struct sv rest = sv_of(codas);
        while (rest.p)
            if (write_syllable(onset, vowels, sv_cut(&rest, ' '), out))
                return true;
        const char *shorter = closed_vowel(vowels);
        if (!shorter)
            return false;
        vowels = sv_of(shorter);
    }
    return false;
}

/* Appends the syllable without a coda; if no syllable has this onset and these vowels, two
 * syllables: Iwobi is "i u ô bi". */
static void write_open(struct sv onset, struct sv vowels, struct buf *out)
{
    static const struct sv none = {"", 0};
    vowels = open_form(vowels);
    if (sv_is(vowels, "uô")) {
        write_open(onset, SV("u"), out);
        onset = none;
        vowels = SV("ô");
    }
    /* Half vowels, which have no open syllable. */
    if (sv_is(vowels, "ă"))
        vowels = SV("a");
    else if (sv_is(vowels, "â"))
        vowels = SV("ơ");
    if (write_syllable(onset, vowels, none, out))
        return;
    if (onset.n)
        write_syllable(onset, SV("ơ"), none, out);
    write_syllable(none, vowels, none, out);
}

static void write_filled(struct sv onset, struct buf *out)
{
    write_syllable(onset, SV("ơ"), SV(""), out);
}

/* b, p, k, g, t, đ, ph, v before r: they stay together, as in "cơ rô". */
static bool is_pair(const struct sound *a, const struct sound *b)
{
    return sv_is(b->letters, "r") && is_one_of(a->letters, "b p k g t đ ph v th");
}

/* The sounds of one word and where its syllables go. */
struct writer {
    const struct sound *at;
    size_t n;
    struct buf *out;
};

static size_t next_vowel(const struct writer *w, size_t i)
{
    while (i < w->n && !w->at[i].vowel)
        i++;
    return i;
}

/* Of the consonants first to end - 1, which are before a vowel, the last is its onset; each of the
 * others gets the vowel ơ. Returns the onset. */
static struct sv write_front(const struct writer *w, size_t first, size_t end)
{
    for (; first + 1 < end; first++)
        write_filled(w->at[first].letters, w->out);
    return first < end ? w->at[first].letters : SV("");
}

/* b, p, k, g, ph, x before l and x before t, p, k: after another consonant both are said, as in "in
 * cơ lu" and "in xơ ta"; with none before them the first is a coda, as in "bốt tơn". */
static bool is_pair_inside(const struct sound *a, const struct sound *b)
{
    return (sv_is(b->letters, "l") && is_one_of(a->letters, "b p k g ph x")) ||
           (sv_is(a->letters, "x") && is_one_of(b->letters, "t p k"));
}

/* Counts the consonants of first to end - 1 that belong to the vowel after them. */
static size_t kept_for_next(const struct writer *w, size_t first, size_t end)
{
    size_t n = end - first;
    for (size_t k = end; k-- > first;)
        if (w->at[k].seam)
            return end - 1 - k;
    if (n >= 2 && is_pair(&w->at[end - 2], &w->at[end - 1]))
        return 2;
    if (n >= 3 && is_pair_inside(&w->at[end - 2], &w->at[end - 1]) &&
        !sv_eq(w->at[end - 3].letters, w->at[end - 2].letters))
        return 2;
    return n ? 1 : 0;
}

/* Appends onset and vowels, with the first of the consonants first to end - 1 that may be a coda.
 */
static void write_core(const struct writer *w, struct sv onset, struct sv vowels, size_t first,
                       size_t end)
{
    for (; first < end; first++) {
        const char *codas = codas_of(w->at[first].letters);
        if (!codas)
            continue;
        if (write_closed(onset, vowels, codas, w->out))
            return;
        break;
    }
    write_open(onset, vowels, w->out);
}

bool sounds_write(const struct sounds *sounds, struct buf *out)
{
    struct writer w = {sounds->at, sounds->n, out};
    size_t vowel = next_vowel(&w, 0);
    if (vowel == w.n)
        return false;
    struct sv onset = write_front(&w, 0, vowel);
    while (vowel < w.n) {
        size_t next = next_vowel(&w, vowel + 1);
        size_t kept = next < w.n ? kept_for_next(&w, vowel + 1, next) : 0;
        write_core(&w, onset, w.at[vowel].letters, vowel + 1, next - kept);
        if (next < w.n)
            onset = write_front(&w, next - kept, next);
        vowel = next;
    }
    return true;
}
