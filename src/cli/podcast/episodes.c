#include "cli/podcast/episodes.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

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

/* When the line was written. Lines are only appended: where the clock was set back, it was later
 * than the line says. */
static time_t time_of(struct episodes *e, const struct batch_line *line)
{
    time_t time = 0;
    batch_time(line->time, &time);
    if (time > e->latest && time <= e->now)
        e->latest = time;
    return time < e->latest ? e->latest : time;
}

static void note_line(void *user, const struct batch_line *line)
{
    struct episodes *e = user;
    struct episode *made;
    time_t time = time_of(e, line);
    if (!tells_of_episode(line) || strchr(line->output, '/'))
        return;
    made = vec_push(&e->all);
    *made = (struct episode){.line = *line, .published = time};
    const char **const texts[] = {&made->line.time,   &made->line.source, &made->line.id,
                                  &made->line.status, &made->line.output, &made->line.title,
                                  &made->line.date,   &made->line.lead,   &made->line.key};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = keep(e, *texts[i]);
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
    *e = (struct episodes){.now = time(NULL)};
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
        batch_time(e->all.at[i].line.date, &e->all.at[i].published);
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
