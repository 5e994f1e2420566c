#include "cli/playlist.h"

#include <stdlib.h>
#include <sys/random.h>

#include "base/mem.h"

static struct playlist_entry *add(struct playlist *p)
{
    p->entries = mem_regrow(p->entries, p->count + 1, sizeof *p->entries);
    struct playlist_entry *entry = &p->entries[p->count++];
    *entry = (struct playlist_entry){0};
    return entry;
}

void playlist_add_file(struct playlist *p, const char *name)
{
    add(p)->name = name;
}

void playlist_add_item(struct playlist *p, struct docbao_feed *feed, uint32_t item)
{
    struct playlist_entry *entry = add(p);
    entry->feed = feed;
    entry->item = item;
}

static uint32_t random_below(uint32_t n)
{
    uint32_t r = 0;
    if (getrandom(&r, sizeof r, 0) != sizeof r)
        r = 0;
    return r % n;
}

void playlist_shuffle(struct playlist *p)
{
    for (uint32_t i = p->count; i > 1; i--) {
        uint32_t j = random_below(i);
        struct playlist_entry swapped = p->entries[i - 1];
        p->entries[i - 1] = p->entries[j];
        p->entries[j] = swapped;
    }
}

void playlist_free(struct playlist *p)
{
    for (uint32_t i = 0; i < p->count; i++)
        docbao_close(p->entries[i].article);
    free(p->entries);
}

struct playlist_entry *playlist_entry_of(struct playlist *p, const struct docbao_article *a)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (p->entries[i].article == a)
            return &p->entries[i];
    return NULL;
}

void playlist_done(struct playlist *p, struct docbao_article *a)
{
    struct playlist_entry *entry = playlist_entry_of(p, a);
    if (entry)
        entry->article = NULL;
    docbao_close(a);
}

/* Whether it has been read; else it is read in the background from now on. */
static bool is_there(struct playlist *p, const struct playlist_entry *entry)
{
    struct docbao *d = p->cli->docbao;
    if (p->expected != entry) {
        p->expected = entry;
        if (entry->name)
            docbao_expect(d, entry->name);
        else
            docbao_feed_expect(d, entry->feed, entry->item);
    }
    return docbao_arrived(d);
}

/* Opens it; false: it is not there yet, and `wait` is false. */
static bool open_entry(struct playlist *p, struct playlist_entry *entry, bool wait)
{
    struct cli *c = p->cli;
    if (entry->article || entry->failed)
        return true;
    if (!wait && !is_there(p, entry))
        return false;
    enum docbao_status status =
        entry->name ? docbao_open_file(c->docbao, entry->name, &entry->article)
                    : docbao_feed_article(c->docbao, entry->feed, entry->item, &entry->article);
    entry->failed = status != DOCBAO_OK;
    if (status || !entry->opened)
        cli_count(c, status);
    if (!status && !entry->opened) {
        cli_tell_notes(c, entry->article, 0);
        cli_note_missing(c, entry->article);
    }
    entry->opened = entry->opened || !status;
    return true;
}

static int64_t index_beside(struct playlist *p, const struct docbao_article *a, int step)
{
    const struct playlist_entry *entry = a ? playlist_entry_of(p, a) : NULL;
    return entry ? (entry - p->entries) + step : p->first;
}

bool playlist_neighbour(struct playlist *p, struct docbao_article *a, int step,
                        struct docbao_article **out)
{
    *out = NULL;
    int64_t index = index_beside(p, a, step);
    for (uint32_t tried = 0; tried < p->count && !p->cli->misused && !*p->cli->stop; tried++) {
        if (p->loop)
            index = (index + p->count) % p->count;
        if (index < 0 || index >= p->count)
            break;
        struct playlist_entry *entry = &p->entries[index];
        if (!open_entry(p, entry, !a))
            return false;
        if (entry->article) {
            *out = entry->article;
            return true;
        }
        index += step;
    }
    return true;
}

void playlist_expect_next(struct playlist *p, const struct docbao_article *a)
{
    int64_t index = index_beside(p, a, 1);
    if (index < p->count && !p->entries[index].article && !p->entries[index].failed)
        is_there(p, &p->entries[index]);
}
