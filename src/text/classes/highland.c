#include "text/classes/highland.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/foreign_words.h"
#include "lang/joined_words.h"
#include "lang/syllable.h"

static bool is_consonant(uint32_t code)
{
    struct letter letter = letter_of(code);
    return letter.id ? !letter_is_vowel(letter.id) : code == 'j' || code == 'w' || code == 'z';
}

/* Two letters that are one onset in Vietnamese. */
static bool is_onset(struct sv two)
{
    static const char *const onsets[] = {"ch", "gh", "kh", "ng", "nh", "ph", "th", "tr"};
    for (size_t k = 0; k < sizeof onsets / sizeof *onsets; k++)
        if (sv_is(two, onsets[k]))
            return true;
    return false;
}

/* The bytes of the consonant that begins the word and is no onset together with the letters after
 * it: the h of hrinh. 0: none. */
static size_t lone_consonant(struct sv lower)
{
    uint32_t first, second;
    size_t n = utf8_decode(lower, &first);
    if (!n || n == lower.n)
        return 0;
    size_t more = utf8_decode(sv_sub(lower, n, lower.n - n), &second);
    bool lone =
        is_consonant(first) && is_consonant(second) && !is_onset(sv_sub(lower, 0, n + more));
    return lone ? n : 0;
}

static void add_lone(struct sv consonant, struct buf *out)
{
    bool k = sv_is(consonant, "k"), j = sv_is(consonant, "j"), z = sv_is(consonant, "z");
    if (k || j || z)
        buf_adds(out, k ? "c" : j ? "gi" : "d");
    else
        buf_add_sv(out, consonant);
    buf_adds(out, "ơ ");
}

/* kao, kơr: k is c before these vowels. */
static bool add_with_c(struct sv lower, struct buf *out)
{
    struct buf key = BUF_INIT;
    bool k = lower.n > 1 && lower.p[0] == 'k' && lower.p[1] != 'h';
    buf_putc(&key, 'c');
    buf_add_sv(&key, sv_sub(lower, k, lower.n - k));
    bool legal = k && syllable_is_legal(buf_sv(&key));
    if (legal)
        buf_add_sv(out, buf_sv(&key));
    buf_free(&key);
    return legal;
}

/* The syllable as it is, in Vietnamese spelling, or with an end that Vietnamese has: choáh is choá,
 * tur tu, bol bon. */
static bool add_syllable(struct sv lower, struct buf *out)
{
    if (syllable_is_legal(lower)) {
        buf_add_sv(out, lower);
        return true;
    }
    if (respelled_syllable(lower, out) || add_with_c(lower, out))
        return true;
    char last = lower.n > 2 ? lower.p[lower.n - 1] : '\0';
    if (last != 'h' && last != 'r' && last != 'l')
        return false;
    struct buf key = BUF_INIT;
    buf_add_sv(&key, sv_sub(lower, 0, lower.n - 1));
    if (last == 'l')
        buf_putc(&key, 'n');
    bool legal = syllable_is_legal(buf_sv(&key));
    if (legal)
        buf_add_sv(out, buf_sv(&key));
    buf_free(&key);
    return legal;
}

/* jút, yông: j, and y before a vowel, are gi. */
static bool add_with_gi(struct sv lower, struct buf *out)
{
    uint32_t second;
    if (lower.n < 2 || (lower.p[0] != 'j' && lower.p[0] != 'y') ||
        !utf8_decode(sv_sub(lower, 1, lower.n - 1), &second) || is_consonant(second))
        return false;
    struct buf key = BUF_INIT;
    buf_adds(&key, nfc_base(second) == 'i' ? "g" : "gi");
    buf_add_sv(&key, sv_sub(lower, 1, lower.n - 1));
    bool added = add_syllable(buf_sv(&key), out);
    buf_free(&key);
    return added;
}

/* Whether the word before atom i is the head of such a name. */
static bool follows_head(const struct view *v, uint32_t i)
{
    bool village = word_is(v, i - 1, "buôn");
    return (is_capitalized(v, i - 1) || village) &&
           (!is_upper(v, i - 1) || is_one_letter(v, i - 1) || v->in_capitals) &&
           !atom_glued(v, i) &&
           (cue_before(v, i, CUE_HIGHLAND) || cue_before(v, i - 1, CUE_HIGHLAND));
}

/* The consonants that are no onset, each with ơ, and the syllable. */
static bool add_parts(struct sv rest, struct buf *out, struct sv *left)
{
    enum { MOST_LONE = 2 };
    for (unsigned lone = 0; lone <= MOST_LONE; lone++) {
        if (add_syllable(rest, out) || add_with_gi(rest, out))
            return true;
        size_t n = lone_consonant(rest);
        if (!n)
            break;
        add_lone(sv_sub(rest, 0, n), out);
        rest = sv_sub(rest, n, rest.n - n);
    }
    *left = rest;
    return false;
}

bool highland_part(struct sv lower, struct buf *out)
{
    struct sv left;
    size_t begin = out->n;
    bool said = add_parts(lower, out, &left);
    if (!said)
        buf_cut(out, begin);
    return said;
}

bool highland_name(const struct view *v, uint32_t i, struct buf *out)
{
    struct sv rest = atom_lower(v, i);
    if (!is_capitalized(v, i) || is_syllable(v, i) || !follows_head(v, i))
        return false;
    size_t begin = out->n;
    if (add_parts(rest, out, &rest))
        return true;
    bool said =
        out->n > begin && foreign_word(rules_transcription(v->rules), rest, rest, NULL, out);
    if (!said)
        buf_cut(out, begin);
    return said;
}
