#include "text/bracket.h"

#include "lang/syllable.h"

/* Words of the article: from `first` to before `end`. */
struct words {
    uint32_t first, end;
};

static uint32_t count(struct words w)
{
    return w.end - w.first;
}

static struct sv said_word(const struct article *a, uint32_t i)
{
    return article_spoken(a, article_word(a, i)->spoken);
}

static bool are_the_same(const struct article *a, struct words inside)
{
    for (uint32_t i = inside.first; i < inside.end; i++)
        if (!sv_eq(said_word(a, i), said_word(a, i - count(inside))))
            return false;
    return true;
}

/* The onset of a syllable, as a number: the letters that spell one sound are the same. */
static uint32_t onset(struct sv word)
{
    struct syllable s;
    uint32_t key = 0;
    if (!syllable_parse(word, &s))
        return 0;
    for (unsigned i = 0; i < s.onset; i++) {
        unsigned letter = s.letters[i];
        bool silent = i > 0 && letter == LETTER_H && (key == LETTER_G || key == LETTER_N << 8);
        if (letter == LETTER_K || letter == LETTER_Q)
            letter = LETTER_C;
        key = silent ? key : key << 8 | letter;
    }
    return key;
}

/* The most onsets that both have in the same order, among at most MOST_WORDS words. */
enum { MOST_WORDS = 12 };

static uint32_t common_onsets(const struct article *a, struct words x, struct words y)
{
    uint32_t most[MOST_WORDS + 1][MOST_WORDS + 1] = {{0}};
    for (uint32_t i = 0; i < count(x); i++)
        for (uint32_t k = 0; k < count(y); k++) {
            bool same = onset(said_word(a, x.first + i)) == onset(said_word(a, y.first + k));
            uint32_t left = most[i][k + 1], up = most[i + 1][k];
            most[i + 1][k + 1] = same ? most[i][k] + 1 : left > up ? left : up;
        }
    return most[count(x)][count(y)];
}

/* Six onsets of ten, the first among them. */
static bool sound_alike(const struct article *a, struct words x, struct words y)
{
    enum { OF = 10, LEAST = 6 };
    uint32_t more = count(x) > count(y) ? count(x) : count(y);
    return onset(said_word(a, x.first)) == onset(said_word(a, y.first)) &&
           common_onsets(a, x, y) * OF >= more * LEAST;
}

static bool is_hyphen_between(const struct view *v, uint32_t i)
{
    return is_tight_mark(v, i, '-') && is_word(v, i - 1) && is_syllable(v, i + 1);
}

/* The first atom of the name that ends before atom `end`: words with capitals, and what hyphens tie
 * to them. Tells whether there is a hyphen. */
static uint32_t name_start(const struct view *v, uint32_t end, bool *hyphen)
{
    uint32_t first = end;
    for (uint32_t i = end; i-- > v->begin;) {
        bool tied = is_hyphen_between(v, i);
        if (!tied && !is_word(v, i))
            break;
        *hyphen = *hyphen || tied;
        if (is_word(v, i) && is_capitalized(v, i))
            first = i;
        else if (!tied && !is_hyphen_between(v, i - 1))
            break;
    }
    return first;
}

static uint32_t first_token(const struct article *a)
{
    return a->sentences.at[a->sentences.n - 1].tok0;
}

/* The words before `end`, at most MOST_WORDS + 1, that were said for what is written from byte
 * `off` of the sentence on. */
static struct words words_from(const struct article *a, uint32_t off, uint32_t end)
{
    uint32_t least = article_token(a, first_token(a))->word0;
    struct words w = {end, end};
    while (w.first > least && count(w) <= MOST_WORDS &&
           article_token(a, article_word(a, w.first - 1)->token)->text.off >= off)
        w.first--;
    return w;
}

static bool has_foreign_word(const struct view *v, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < end; i++)
        if (is_word(v, i) && !is_syllable(v, i))
            return true;
    return false;
}

/* Jorge Nieto (Hoóc-hê Ni-ê-tô): one of them is transcribed with hyphens, the other is foreign. */
static bool is_transcribed(const struct article *a, const struct view *v, uint32_t open,
                           uint32_t close, struct words inside)
{
    enum { FEWEST = 2 };
    bool before = false, within = false;
    uint32_t start = name_start(v, open, &before);
    if (start == open || name_start(v, close, &within) != open + 1 || before == within)
        return false;
    if (!has_foreign_word(v, before ? open + 1 : start, before ? close : open))
        return false; /* Thanh-Hóa (Thanh Hải) */
    struct words name = words_from(a, atom_at(v, start)->text.off, inside.first);
    if (count(inside) < FEWEST || count(inside) > MOST_WORDS)
        return false;
    for (uint32_t n = count(inside) - 1; n <= count(inside) + 1 && n <= count(name); n++)
        if (n >= FEWEST && n <= MOST_WORDS &&
            sound_alike(a, (struct words){name.end - n, name.end}, inside))
            return true;
    return false;
}

bool bracket_repeats(const struct bracket *b, const struct article *a, const struct view *v,
                     uint32_t close)
{
    struct words inside = {b->before.words, article_word_count(a)};
    bool opened = b->atom > v->begin && b->atom < close && is_mark(v, b->atom, '(');
    bool letters = false;
    if (!opened || b->before.tokens <= first_token(a) || !count(inside) ||
        count(inside) > MOST_WORDS)
        return false;
    for (uint32_t i = b->atom + 1; i < close; i++)
        letters = letters || (is_word(v, i) && !is_one_letter(v, i));
    uint32_t before = inside.first - article_token(a, first_token(a))->word0;
    return letters && ((before >= count(inside) && are_the_same(a, inside)) ||
                       is_transcribed(a, v, b->atom, close, inside));
}
