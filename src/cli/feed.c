/* docbao feed: the articles of feeds, one after another. */
#include <stdlib.h>

#include "base/mem.h"
#include "cli/complain.h"
#include "cli/playlist.h"

/* An article that was opened, and its item. */
struct place {
    struct docbao_article *article; /* only to be compared: it may be closed already */
    struct docbao_feed *feed;
    uint32_t item;
    bool heard;
    struct place *before;
};

struct feeds {
    struct docbao_feed **all; /* as on the command line; NULL where it could not be read */
    int opened;
    uint32_t item; /* the next one of the feed opened last */
    uint32_t old;  /* items that were left out */
    char *memory;  /* the file that remembers what was heard; NULL: there is none */
    struct place *last;
};

static void open_next(struct cli *c, struct feeds *f)
{
    const char *name = c->options->files[f->opened];
    struct docbao_feed *feed;
    enum docbao_status status = docbao_feed_open(c->docbao, name, f->memory, &feed);
    f->all[f->opened++] = feed;
    f->item = 0;
    if (!status && docbao_feed_is_cut_short(feed)) {
        complain("%s: the feed is cut short: the rest of it has not come, or cannot be unpacked; "
                 "the articles that came are read",
                 name);
        c->incomplete = true;
    }
    if (status) {
        cli_count(c, status);
    } else if (!docbao_feed_count(feed)) {
        complain("%s: the feed holds no article", name);
        c->failed++;
    }
}

static bool may_go_on(const struct cli *c)
{
    return !c->misused && !*c->stop && !c->out.failure;
}

/* The next item that is wanted; NULL after the last. */
static struct docbao_feed *take_item(struct cli *c, struct feeds *f, uint32_t *item)
{
    while (may_go_on(c)) {
        struct docbao_feed *feed = f->opened ? f->all[f->opened - 1] : NULL;
        while (feed && f->item < docbao_feed_count(feed)) {
            *item = f->item++;
            if (!c->options->fresh || !docbao_feed_at(feed, *item).heard)
                return feed;
            f->old++;
        }
        if (f->opened == c->options->file_count)
            break;
        open_next(c, f);
    }
    return NULL;
}

/* While this one is spoken, the next one of the feed may come. */
static void expect_next(struct cli *c, const struct feeds *f, const struct docbao_feed *feed)
{
    for (uint32_t item = f->item; item < docbao_feed_count(feed); item++) {
        if (c->options->fresh && docbao_feed_at(feed, item).heard)
            continue;
        docbao_feed_expect(c->docbao, feed, item);
        break;
    }
}

static struct docbao_article *next_article(struct cli *c, void *user)
{
    struct feeds *f = user;
    struct docbao_feed *feed;
    for (uint32_t item; (feed = take_item(c, f, &item));) {
        struct docbao_article *a;
        enum docbao_status status = docbao_feed_article(c->docbao, feed, item, &a);
        cli_count(c, status);
        if (status)
            continue;
        struct place *place = mem_zalloc(sizeof *place);
        *place = (struct place){a, feed, item, false, f->last};
        f->last = place;
        expect_next(c, f, feed);
        return a;
    }
    return NULL;
}

static void remember(struct cli *c, const struct feeds *f, struct docbao_feed *feed, uint32_t item)
{
    if (f->memory && docbao_feed_remember(c->docbao, feed, item, f->memory))
        cli_tell_error(c);
}

/* Articles saved to a file count as heard only once the file is complete. */
static void take_heard(struct cli *c, void *user, struct docbao_article *a)
{
    struct feeds *f = user;
    struct place *place = f->last;
    (void)c;
    while (place->article != a || place->heard)
        place = place->before;
    place->heard = true;
}

static int save(struct cli *c, struct feeds *f)
{
    struct queue queue = {.next = next_article, .heard = take_heard, .user = f};
    int code = cli_save(c, &queue, c->options->output, NULL);
    for (struct place *p = f->last; p; p = p->before)
        if (p->heard && (code == EXIT_DONE || code == EXIT_PART))
            remember(c, f, p->feed, p->item);
    return code;
}

/* An article was heard: its feed remembers it. */
struct listening {
    struct cli *cli;
    struct feeds *feeds;
    struct playlist list;
};

static void note_heard(void *user, struct docbao_article *a)
{
    struct listening *l = user;
    const struct playlist_entry *entry = playlist_entry_of(&l->list, a);
    remember(l->cli, l->feeds, entry->feed, entry->item);
}

static int play(struct cli *c, struct feeds *f)
{
    struct listening l = {c, f, {.cli = c, .loop = c->options->loop}};
    struct docbao_feed *feed;
    for (uint32_t item; (feed = take_item(c, f, &item));)
        playlist_add_item(&l.list, feed, item);
    if (c->options->shuffle)
        playlist_shuffle(&l.list);
    int code = EXIT_NOTHING;
    if (l.list.count)
        code = cli_listen(c, &l.list, note_heard, &l);
    else if (c->misused)
        code = EXIT_USAGE;
    else if (*c->stop)
        code = EXIT_SIGNAL;
    playlist_free(&l.list);
    return code;
}

static int list(struct cli *c, struct feeds *f)
{
    struct docbao_feed *feed;
    for (uint32_t item; (feed = take_item(c, f, &item));) {
        struct docbao_feed_item i = docbao_feed_at(feed, item);
        out_printable(&c->out, i.date);
        out_bytes(&c->out, "\t", 1);
        out_printable(&c->out, i.title);
        out_bytes(&c->out, "\t", 1);
        out_printable(&c->out, i.link);
        out_bytes(&c->out, "\n", 1);
        c->read++;
    }
    return cli_files_code(c);
}

static void close_all(struct feeds *f)
{
    for (struct place *p = f->last, *before; p; p = before) {
        before = p->before;
        free(p);
    }
    for (int i = 0; i < f->opened; i++)
        docbao_feed_close(f->all[i]);
    free(f->all);
    free(f->memory);
}

int verb_feed(struct cli *c)
{
    const struct options *o = c->options;
    if (o->list && (o->output || o->device))
        return usage_error("--list only lists; leave --output and --device out");
    if (o->output && !*o->output)
        return usage_error("say where to save: -o OUT");
    struct feeds f = {.memory = user_state("heard")};
    f.all = mem_zalloc((size_t)o->file_count * sizeof *f.all);
    int code = o->list ? list(c, &f) : o->output ? save(c, &f) : play(c, &f);
    bool nothing_new = f.old && !c->read && !c->failed && code != EXIT_USAGE;
    if (nothing_new && !o->quiet)
        complain("nothing new: all of it was heard before; leave --new out to hear it again");
    close_all(&f);
    return nothing_new ? EXIT_DONE : code;
}
