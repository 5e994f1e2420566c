#include "cli/podcast/episodes.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/ascii.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, VIETNAM = 7 * HOUR };

/* ---- dates ---- */

/* Reads a number of so many digits, behind a mark (0: none); keeps *number where there is none. */
static bool take_number(const char **at, char mark, int digits, int *number)
{
    const char *p = *at;
    int value = 0;
    if (mark && *p++ != mark)
        return false;
    for (int i = 0; i < digits; i++, p++) {
        if (!ascii_is_digit(*p))
            return false;
        value = 10 * value + (*p - '0');
    }
    *number = value;
    *at = p;
    return true;
}

static bool take_zone(const char **at, long *seconds)
{
    int hours = 0, minutes = 0;
    char sign = **at;
    if (sign == 'Z') {
        ++*at;
        *seconds = 0;
        return true;
    }
    if ((sign != '+' && sign != '-') || !take_number(at, sign, 2, &hours))
        return false;
    if (!take_number(at, ':', 2, &minutes))
        take_number(at, 0, 2, &minutes);
    *seconds = (sign == '-' ? -1L : 1L) * (hours * HOUR + minutes * MINUTE);
    return true;
}

bool episode_time(const char *date, time_t *time)
{
    struct tm t = {.tm_mday = 1};
    int year, month = 1;
    long zone = VIETNAM;
    if (!take_number(&date, 0, 4, &year))
        return false;
    if (take_number(&date, '-', 2, &month) && take_number(&date, '-', 2, &t.tm_mday) &&
        (take_number(&date, 'T', 2, &t.tm_hour) || take_number(&date, ' ', 2, &t.tm_hour)) &&
        take_number(&date, ':', 2, &t.tm_min))
        take_number(&date, ':', 2, &t.tm_sec);
    if (*date == '.')
        for (date++; ascii_is_digit(*date);)
            date++;
    take_zone(&date, &zone);
    if (*date || month < 1 || month > 12 || t.tm_mday < 1 || t.tm_mday > 31)
        return false;
    t.tm_year = year - 1900;
    t.tm_mon = month - 1;
    *time = timegm(&t) - zone;
    return true;
}

/* ---- reading ---- */

static const char *keep(struct episodes *e, const char *text)
{
    return *vec_push(&e->texts) = mem_copy(sv_of(text));
}

static bool tells_of_episode(const struct batch_line *l)
{
    return strcmp(l->status, "done") == 0 || strcmp(l->status, "part") == 0 ||
           strcmp(l->status, "expired") == 0;
}

static void note_line(void *user, const struct batch_line *line)
{
    struct episodes *e = user;
    struct episode *made;
    if (!tells_of_episode(line) || strchr(line->output, '/'))
        return;
    made = vec_push(&e->all);
    *made = (struct episode){.line = *line};
    const char **const texts[] = {&made->line.time,   &made->line.source, &made->line.id,
                                  &made->line.status, &made->line.output, &made->line.title,
                                  &made->line.date,   &made->line.lead,   &made->line.key};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = keep(e, *texts[i]);
    if (!episode_time(made->line.time, &made->published))
        made->published = 0;
}

static bool is_there(const char *folder, const struct batch_line *line)
{
    struct stat info;
    if (strcmp(line->status, "expired") == 0)
        return false;
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", folder, line->output);
    bool there = stat(path.p, &info) == 0 && (uint64_t)info.st_size == line->bytes;
    buf_free(&path);
    return there;
}

/* A later line about the same article, or NULL. */
static struct episode *next_of(const struct episodes *e, size_t i)
{
    for (size_t k = i + 1; k < e->all.n; k++)
        if (e->all.at[k].line.hash == e->all.at[i].line.hash)
            return &e->all.at[k];
    return NULL;
}

/* An article that is made again is no newer for that, unless it was taken out meanwhile. */
static void outdate(struct episodes *e, const struct episode *old, struct episode *now)
{
    bool expired = strcmp(old->line.status, "expired") == 0;
    if (!expired && old->published < now->published)
        now->published = old->published;
    if (!expired && strcmp(old->line.output, now->line.output) != 0)
        *vec_push(&e->left) = old->line;
}

static int newest_first(const void *a, const void *b)
{
    const struct episode *x = a, *y = b;
    if (x->published != y->published)
        return x->published > y->published ? -1 : 1;
    return strcmp(x->line.id, y->line.id);
}

void episodes_read(struct episodes *e, const char *folder)
{
    size_t kept = 0;
    *e = (struct episodes){0};
    batch_log_each(folder, note_line, e);
    for (size_t i = 0; i < e->all.n; i++) {
        struct episode *this = &e->all.at[i], *next = next_of(e, i);
        if (next)
            outdate(e, this, next);
        else if (is_there(folder, &this->line))
            e->all.at[kept++] = *this;
    }
    e->all.n = kept;
    for (size_t i = 0; i < kept; i++)
        episode_time(e->all.at[i].line.date, &e->all.at[i].published);
    if (kept)
        qsort(e->all.at, kept, sizeof *e->all.at, newest_first);
}

void episodes_free(struct episodes *e)
{
    for (size_t i = 0; i < e->texts.n; i++)
        free(e->texts.at[i]);
    vec_free(&e->texts);
    vec_free(&e->left);
    vec_free(&e->all);
}
