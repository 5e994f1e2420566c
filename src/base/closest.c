#include "base/closest.h"

#include "base/vec.h"

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t edit_distance(struct sv a, struct sv b)
{
    /* Three rows of the table of distances between beginnings: of the letter before the last one,
     * the last one, and this one. */
    size_t width = b.n + 1;
    size_t *rows = mem_zalloc(3 * width * sizeof *rows);
    size_t *before = rows, *last = rows + width, *now = rows + 2 * width;
    for (size_t j = 0; j <= b.n; j++)
        now[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t *oldest = before;
        before = last;
        last = now;
        now = oldest;
        now[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            bool same = a.p[i - 1] == b.p[j - 1];
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + !same);
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    size_t distance = now[b.n];
    free(rows);
    return distance;
}

const char *closest_name(const char *word, const char *const *names, size_t count, size_t stride)
{
    enum { LETTERS_A_MISTAKE = 3, LONGEST = 64 };
    struct sv wanted = sv_of(word);
    if (wanted.n > LONGEST)
        return NULL;
    size_t nearest = wanted.n / LETTERS_A_MISTAKE + 1;
    const char *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *name = *(const char *const *)((const char *)names + i * stride);
        size_t distance = edit_distance(wanted, sv_of(name));
        if (distance < nearest) {
            nearest = distance;
            found = name;
        }
    }
    return found;
}
