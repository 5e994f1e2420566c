#include "publish/cue.h"

#include "base/nfc.h"

/* A rest that is shorter looks lost. */
enum { SHORT = CUE_LINE / 2 };

/* The characters of these words in one line. */
static uint32_t width(const struct timed *t, size_t from, size_t to)
{
    uint32_t n = to > from ? (uint32_t)(to - from) - 1 : 0;
    for (size_t i = from; i < to; i++)
        n += t->words.at[i].length;
    return n;
}

/* The end of the line that begins here and holds as much as it can. */
static size_t fill_line(const struct timed *t, size_t from)
{
    size_t to = from;
    while (to < t->words.n && width(t, from, to + 1) <= CUE_LINE)
        to++;
    return to;
}

static bool ends_with_mark(const struct timed *t, size_t word)
{
    struct sv text = t->words.at[word].text;
    static const char *const marks[] = {",", ";", ":", ".", "?", "!", ")", "”", "»", "…", "–", "—"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (sv_ends(text, sv_of(marks[i])))
            return true;
    return false;
}

/* Gives the end of a cue that could go on to `most`, of words that go further. */
static size_t choose_end(const struct timed *t, size_t first, size_t most)
{
    for (size_t end = most; end > first && width(t, first, end) > CUE_LINE; end--)
        if (ends_with_mark(t, end - 1) && width(t, end, t->words.n) >= SHORT / 2)
            return end;
    if (width(t, most, t->words.n) >= SHORT)
        return most;
    uint32_t half = width(t, first, t->words.n) / 2;
    size_t end = first + 1;
    while (end < most && width(t, first, end) < half)
        end++;
    return end;
}

/* Gives the first word of the second line: both lines fit, and are about as long. */
static size_t break_line(const struct timed *t, size_t first, size_t end)
{
    enum { MARK_IS_WORTH = 20 };
    size_t best = fill_line(t, first);
    int32_t least = INT32_MAX;
    if (best >= end)
        return end;
    for (size_t i = best; i > first && width(t, i, end) <= CUE_LINE; i--) {
        int32_t uneven = (int32_t)width(t, first, i) - (int32_t)width(t, i, end);
        uneven = (uneven < 0 ? -uneven : uneven) - (ends_with_mark(t, i - 1) ? MARK_IS_WORTH : 0);
        if (uneven < least) {
            least = uneven;
            best = i;
        }
    }
    return best;
}

struct caption cue_at(const struct timed *t, size_t first)
{
    struct caption cue = {.first = first};
    size_t most = fill_line(t, fill_line(t, first));
    cue.past = most < t->words.n ? choose_end(t, first, most) : most;
    cue.second = break_line(t, first, cue.past);
    cue.start = t->words.at[first].us;
    cue.end = cue.past < t->words.n ? t->words.at[cue.past].us : t->end;
    return cue;
}
