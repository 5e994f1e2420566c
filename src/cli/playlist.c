#include "cli/playlist.h"

#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/mem.h"

enum { USUAL_PERCENT = 100, LOOK_MOST_BYTES = 4 << 20 };

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
    for (uint32_t i = 0; i < p->count; i++) {
        docbao_close(p->entries[i].article);
        free(p->entries[i].title);
    }
    free(p->entries);
    docbao_free(p->counter);
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

/* ---- what a listener sees of an entry ---- */

/* A path without its folders. */
static struct sv base_name(struct sv path)
{
    size_t i = path.n;
    while (i && path.p[i - 1] != '/')
        i--;
    return i < path.n ? sv_from(path, i) : path;
}

static void describe(struct playlist_entry *entry, struct docbao_article *a)
{
    struct docbao_head head = docbao_head_of(a);
    free(entry->title);
    entry->title = mem_copy(head.title.n ? cli_view(head.title) : base_name(cli_view(head.name)));
    entry->length_ms = docbao_time_ms(a, 0, docbao_head_of(a).sentences, USUAL_PERCENT);
}

/* What is skipped because an article before had it is counted, as by docbao text --time. */
static struct docbao *counter_of(struct playlist *p)
{
    struct docbao_options options = *p->cli->library;
    options.skip_repeats = options.recall_words = false;
    options.waits = NULL;
    if (!p->counter)
        p->counter = docbao_new(&options);
    return p->counter;
}

static bool is_soon_read(const char *name)
{
    struct stat info;
    return stat(name, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= LOOK_MOST_BYTES;
}

static bool open_entry(struct playlist *p, struct playlist_entry *entry, bool wait);

/* What was read in the background is there; nothing is fetched for a look. */
static void look_at(struct playlist *p, struct playlist_entry *entry)
{
    struct docbao_article *a;
    if (p->expected == entry && docbao_arrived(p->cli->docbao))
        open_entry(p, entry, false);
    else if (entry->feed && !entry->title)
        entry->title = mem_copy(cli_view(docbao_feed_at(entry->feed, entry->item).title));
    else if (entry->name && is_soon_read(entry->name) &&
             !docbao_open_file(counter_of(p), entry->name, &a)) {
        describe(entry, a);
        docbao_close(a);
    }
}

void playlist_look(struct playlist *p, uint32_t ms)
{
    int64_t until = clock_now_ns() + (int64_t)ms * CLOCK_NS_PER_MS;
    for (uint32_t i = 0; i < p->count && clock_now_ns() < until && !*p->cli->stop; i++)
        if (!p->entries[i].length_ms && !p->entries[i].failed)
            look_at(p, &p->entries[i]);
}

/* ---- opening ---- */

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
        describe(entry, entry->article);
    }
    entry->opened = entry->opened || !status;
    return true;
}

static int64_t index_beside(struct playlist *p, const struct docbao_article *a, int step)
{
    const struct playlist_entry *entry = a ? playlist_entry_of(p, a) : NULL;
    if (!entry)
        return p->first;
    if (p->chooses && step > 0 && entry - p->entries == p->chosen_at)
        return p->chosen;
    return (entry - p->entries) + step;
}

void playlist_choose(struct playlist *p, const struct docbao_article *a, uint32_t index)
{
    const struct playlist_entry *entry = playlist_entry_of(p, a);
    p->chooses = entry != NULL;
    p->chosen = index;
    p->chosen_at = entry ? (uint32_t)(entry - p->entries) : 0;
}

void playlist_entered(struct playlist *p)
{
    p->chooses = false;
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
