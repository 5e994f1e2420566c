#include "publish/fit.h"

bool fit_keeps(const struct fit *f, const struct fit_part *part, uint32_t index)
{
    const struct fit_sentence *s = &f->sentences[index];
    bool announced = s->announces == FIT_NO_PART || !f->parts[s->announces].left_out;
    return !part->left_out && !s->left_out && announced;
}

double fit_pause_after(const struct fit *f, const struct fit_part *part, uint32_t index)
{
    for (uint32_t next = index + 1; next < part->first + part->sentences; next++)
        if (fit_keeps(f, part, next))
            return f->sentences[index].pause;
    return 0;
}

size_t fit_last_part(const struct fit *f)
{
    for (size_t i = f->part_count; i--;)
        if (!f->parts[i].left_out)
            return i;
    return f->part_count;
}

bool fit_has_between(const struct fit *f, size_t part)
{
    while (part--)
        if (!f->parts[part].left_out)
            return f->parts[part].between > 0;
    return false;
}

static void add_part(const struct fit *f, size_t index, struct fit_length *l)
{
    const struct fit_part *part = &f->parts[index];
    uint32_t last = UINT32_MAX;
    l->fixed += part->fixed + (fit_has_between(f, index) ? part->between : 0);
    for (uint32_t i = part->first; i < part->first + part->sentences; i++) {
        if (!fit_keeps(f, part, i))
            continue;
        l->speech += f->sentences[i].seconds;
        l->pauses += f->sentences[i].pause;
        last = i;
    }
    if (last != UINT32_MAX)
        l->pauses -= f->sentences[last].pause;
}

struct fit_length fit_length(const struct fit *f)
{
    struct fit_length l = {0};
    size_t last = fit_last_part(f);
    for (size_t i = 0; i < f->part_count; i++) {
        if (f->parts[i].left_out)
            continue;
        add_part(f, i, &l);
        l.pauses += i == last ? 0 : f->parts[i].gap;
    }
    return l;
}

/* ---- what is left out ---- */

/* How many sentences of the part are kept; they are its first ones. */
static uint32_t kept_of(const struct fit *f, const struct fit_part *part)
{
    uint32_t n = part->sentences;
    while (n && f->sentences[part->first + n - 1].left_out)
        n--;
    return n;
}

static double speech_of(const struct fit *f, const struct fit_part *part)
{
    double sum = 0;
    for (uint32_t i = 0; i < kept_of(f, part); i++)
        sum += f->sentences[part->first + i].seconds;
    return sum;
}

/* The least important priority of the parts that may still give something; 0: there is none. */
static unsigned next_priority(const struct fit *f)
{
    unsigned priority = 0;
    for (size_t i = 0; i < f->part_count; i++)
        if (!f->parts[i].left_out && f->parts[i].priority > priority)
            priority = f->parts[i].priority;
    return priority;
}

/* Of the parts with this priority that have more than their least, the longest. */
static struct fit_part *longest(const struct fit *f, unsigned priority)
{
    struct fit_part *found = NULL;
    for (size_t i = 0; i < f->part_count; i++) {
        struct fit_part *part = &f->parts[i];
        bool gives =
            !part->left_out && part->priority == priority && kept_of(f, part) > part->least;
        if (gives && (!found || speech_of(f, part) >= speech_of(f, found)))
            found = part;
    }
    return found;
}

static void drop_last(struct fit *f, unsigned priority)
{
    for (size_t i = f->part_count; i--;)
        if (!f->parts[i].left_out && f->parts[i].priority == priority) {
            f->parts[i].left_out = true;
            return;
        }
}

/* The least important sentence, or part, goes. False: all that is left must stay. */
static bool give_up(struct fit *f)
{
    unsigned priority = next_priority(f);
    if (!priority)
        return false;
    struct fit_part *part = longest(f, priority);
    if (part)
        f->sentences[part->first + kept_of(f, part) - 1].left_out = true;
    else
        drop_last(f, priority);
    return true;
}

static bool is_within(const struct fit *f, double seconds)
{
    return fit_seconds(fit_length(f), 1, 1) <= seconds;
}

/* After a whole part went there may be room for sentences again: those of the most important parts
 * come first. */
static bool take_back(struct fit *f, size_t index, double seconds)
{
    struct fit_part *part = &f->parts[index];
    uint32_t kept = kept_of(f, part);
    if (part->left_out || kept == part->sentences)
        return false;
    f->sentences[part->first + kept].left_out = false;
    if (is_within(f, seconds))
        return true;
    f->sentences[part->first + kept].left_out = true;
    return false;
}

enum { LEAST_IMPORTANT = 9 };

static void fill(struct fit *f, double seconds)
{
    bool more = true;
    while (more) {
        more = false;
        for (unsigned priority = 1; priority <= LEAST_IMPORTANT; priority++)
            for (size_t i = 0; i < f->part_count; i++)
                if (f->parts[i].priority == priority)
                    more |= take_back(f, i, seconds);
    }
}

bool fit_choose(struct fit *f, double seconds)
{
    while (!is_within(f, seconds))
        if (!give_up(f))
            return false;
    fill(f, seconds);
    return true;
}

void fit_restore(struct fit *f)
{
    for (size_t i = 0; i < f->part_count; i++)
        f->parts[i].left_out = false;
    for (size_t i = 0; i < f->sentence_count; i++)
        f->sentences[i].left_out = false;
}
