#include "article/input/likeness.h"

#include "base/nfc.h"
#include "base/utf8.h"

enum {
    LONGEST = 9,     /* letters of a syllable, with one or two separate marks */
    IMPOSSIBLE = -4, /* a word that is not a syllable */
    SYMBOL = -1,     /* a symbol stuck to a letter */
    TWICE = 2,       /* a letter that was encoded in UTF-8 twice */
};

/* Each row is a vowel with its five tones. */
static const uint16_t vowels[][7] = {u"aàảãáạ", u"ăằẳẵắặ", u"âầẩẫấậ", u"eèẻẽéẹ",
                                     u"êềểễếệ", u"iìỉĩíị", u"oòỏõóọ", u"ôồổỗốộ",
                                     u"ơờởỡớợ", u"uùủũúụ", u"ưừửữứự", u"yỳỷỹýỵ"};

/* Removes the tone of a vowel; *tone is 0 to 5. Other letters are returned unchanged. */
static uint32_t without_tone(uint32_t letter, unsigned *tone)
{
    *tone = 0;
    if (letter < 0xE0)
        return letter;
    for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
        for (unsigned t = 1; t < 6; t++)
            if (vowels[i][t] == letter) {
                *tone = t;
                return vowels[i][0];
            }
    return letter;
}

struct word {
    uint32_t letters[LONGEST]; /* small */
    unsigned n;
    bool too_long, marked, stray, odd_case, has_small;
};

/* The number of letters in the longest onset that starts the word. */
static unsigned onset_length(const struct word *w)
{
    static const char *const onsets[] = {"ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu",
                                         "th",  "tr", "b",  "c",  "d",  "g",  "h",  "k",  "l",
                                         "m",   "n",  "p",  "r",  "s",  "t",  "v",  "x"};
    if (w->n && w->letters[0] == 0x111) /* đ */
        return 1;
    for (size_t i = 0; i < sizeof onsets / sizeof *onsets; i++) {
        unsigned n = 0;
        while (n < w->n && onsets[i][n] && w->letters[n] == (unsigned char)onsets[i][n])
            n++;
        if (!onsets[i][n])
            return n;
    }
    return 0;
}

/* Appends the rime that starts at letter `at`, without its tone. Sets *tones to the number of tone
 * marks, and *stopped if a final c, ch, p or t has a tone other than sắc and nặng. */
static void add_rime(const struct word *w, unsigned at, struct buf *out, unsigned *tones,
                     bool *stopped)
{
    unsigned tone = 0;
    *tones = 0;
    for (unsigned i = at; i < w->n; i++) {
        unsigned t;
        buf_add_code(out, without_tone(w->letters[i], &t));
        tone = t ? t : tone;
        *tones += t != 0;
    }
    uint32_t last = w->n ? w->letters[w->n - 1] : 0, before = w->n > 1 ? w->letters[w->n - 2] : 0;
    bool stop = last == 'c' || last == 'p' || last == 't' || (last == 'h' && before == 'c');
    *stopped = stop && tone != 4 && tone != 5;
}

/* ---- the table ---- */

static void word_of(struct sv syllable, struct word *w)
{
    *w = (struct word){0};
    for (size_t i = 0; i < syllable.n && w->n < LONGEST;)
        i += utf8_decode_valid(syllable.p + i, &w->letters[w->n++]);
}

void likeness_load(struct likeness *l, const struct rules *rules)
{
    *l = (struct likeness){.keys = BUF_INIT};
    l->syllables = rules_table(rules, TABLE_FREQUENT_SYLLABLES);
    /* Keys are views of the buffer, which never moves: no rime is longer than its syllable. */
    size_t room = 0;
    for (uint32_t i = 0; i < l->syllables->rows; i++)
        room += row_text(packed_row(l->syllables, i), FREQUENT_SYLLABLES_SYLLABLE).n;
    buf_reserve(&l->keys, room);
    for (uint32_t i = 0; i < l->syllables->rows; i++) {
        const struct row *row = packed_row(l->syllables, i);
        struct sv syllable = row_text(row, FREQUENT_SYLLABLES_SYLLABLE);
        struct word w;
        unsigned tones;
        bool stopped;
        word_of(syllable, &w);
        size_t at = l->keys.n;
        add_rime(&w, onset_length(&w), &l->keys, &tones, &stopped);
        struct sv rime = sv_sub(buf_sv(&l->keys), at, l->keys.n - at);
        if (index_find(&l->rimes, rime))
            buf_cut(&l->keys, at);
        else
            index_add(&l->rimes, rime, 0);
    }
}

void likeness_free(struct likeness *l)
{
    index_free(&l->rimes);
    buf_free(&l->keys);
}

/* ---- words ---- */

static bool is_possible(const struct likeness *l, const struct word *w)
{
    struct buf rime = BUF_INIT;
    unsigned tones;
    bool stopped;
    add_rime(w, onset_length(w), &rime, &tones, &stopped);
    bool found = tones <= 1 && !stopped && index_find(&l->rimes, buf_sv(&rime));
    buf_free(&rime);
    return found;
}

/* Separate marks (windows-1258, NFD) join their letters. */
static void join_marks(struct word *w)
{
    bool marks = false;
    for (unsigned i = 0; i < w->n; i++)
        marks = marks || (w->letters[i] >= 0x300 && w->letters[i] < 0x370);
    if (!marks)
        return;
    struct buf joined = BUF_INIT;
    nfc_append_codes(&joined, w->letters, w->n);
    word_of(buf_sv(&joined), w);
    buf_free(&joined);
}

static int weight_of(const struct likeness *l, struct word *w, bool *known)
{
    char bytes[4 * LONGEST];
    size_t n = 0;
    *known = false;
    if (w->too_long || w->stray || w->odd_case)
        return IMPOSSIBLE;
    join_marks(w);
    for (unsigned i = 0; i < w->n; i++)
        n += utf8_encode(w->letters[i], bytes + n);
    const struct row *row = packed_find(l->syllables, (struct sv){bytes, n});
    if (!row)
        return is_possible(l, w) ? 0 : IMPOSSIBLE;
    *known = true;
    return 1 + row_number(row, FREQUENT_SYLLABLES_WEIGHT);
}

static void add_letter(struct word *w, uint32_t code, bool stray)
{
    uint32_t small = char_lower(code);
    w->marked = w->marked || code >= 0x80;
    w->stray = w->stray || stray;
    /* A capital in a word of small letters means that the guess is wrong. */
    w->odd_case = w->odd_case || (small != code && w->has_small);
    w->has_small = w->has_small || (small == code && char_upper(code) != code);
    w->too_long = w->n == LONGEST;
    if (!w->too_long)
        w->letters[w->n++] = small;
}

static void end_word(const struct likeness *l, struct word *w, struct score *s)
{
    if (w->n && (w->marked || w->stray)) {
        bool known;
        int weight = weight_of(l, w, &known);
        s->sum += weight;
        s->words++;
        s->known += known;
        s->wrong += weight == IMPOSSIBLE;
    }
    *w = (struct word){0};
}

/* Symbols that may touch a letter: « and » are quotes, ° ² ³ follow letters and digits, and so on.
 */
static bool is_odd_symbol(uint32_t code)
{
    return (code >= 0xA1 && code <= 0xBF && code != 0xAB && code != 0xBB && code != 0xB0 &&
            code != 0xB2 && code != 0xB3) ||
           code == 0xD7 || code == 0xF7;
}

struct score likeness_score(const struct likeness *l, const struct codec *k, struct encoding e,
                            struct sv source, size_t from, size_t to)
{
    struct score s = {0};
    struct word w = {0};
    struct sv part = {source.p, to};
    bool behind_letter = false;
    for (size_t at = from; at < to;) {
        uint32_t code;
        bool bad, stray;
        unsigned n = codec_next(k, e, part, at, &code, &bad, &stray);
        at += n;
        /* A letter of several characters is never an accident. */
        if (e.letters == LETTERS_UTF8 && n >= 4 && code < 0x2000 && !bad)
            s.sum += TWICE;
        enum char_kind kind = char_kind_of(code);
        bool letter = kind == CHAR_LETTER || kind == CHAR_MARK || bad || code == 0xAD;
        if (letter) {
            add_letter(&w, code, stray || bad || code == 0xAD);
            s.beyond += code > 0xFF && e.letters == LETTERS_PLAIN && !bad;
        } else {
            if (behind_letter && is_odd_symbol(code))
                s.sum += SYMBOL;
            end_word(l, &w, &s);
        }
        behind_letter = letter;
    }
    end_word(l, &w, &s);
    return s;
}
