/* docbao podcast: articles as the episodes of a podcast, with its feed and its cover. */
#include <errno.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/message.h"
#include "base/replacement.h"
#include "base/system_text.h"
#include "cli/batch/batch.h"
#include "cli/complain.h"
#include "cli/podcast/feed.h"

enum { DAY = 24 * 60 * 60 };

/* One run. */
struct making {
    struct cli *cli;
    struct options options; /* with what a podcast needs */
    struct buf base_url, captions, title, oldest;
    struct buf drawn; /* the path of a cover that was made; empty: there is none */
    time_t oldest_time;
    bool had_folder, had_cover, published;
};

/* ---- what was asked for ---- */

static bool take_address(struct making *m, const char *text)
{
    bool known = text && (strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0);
    if (!known || strpbrk(text, " \"<>\\^`{|}?#\t\r\n")) {
        usage_error("say at which address the folder will be found: --base-url https://…");
        return false;
    }
    buf_adds(&m->base_url, text);
    if (text[strlen(text) - 1] != '/')
        buf_putc(&m->base_url, '/');
    return true;
}

/* It would be missed only after the first article was made. */
static bool take_cover(const char *cover)
{
    if (!cover || access(cover, R_OK) == 0)
        return true;
    usage_error("the picture “%s” cannot be read", cover);
    return false;
}

static void add_kind(struct buf *kinds, const char *kind)
{
    struct sv rest = buf_sv(kinds);
    while (rest.n)
        if (sv_is(sv_cut(&rest, ','), kind))
            return;
    buf_addf(kinds, "%s%s", kinds->n ? "," : "", kind);
}

/* Without a title, the podcast is called like its folder. */
static void take_title(struct making *m, const struct options *o)
{
    struct sv folder = sv_of(o->output);
    while (folder.n > 1 && folder.p[folder.n - 1] == '/')
        folder.n--;
    for (size_t i = folder.n; i-- > 0;)
        if (folder.p[i] == '/') {
            folder = sv_from(folder, i + 1);
            break;
        }
    buf_add_sv(&m->title, o->title ? sv_of(o->title) : folder);
}

/* The first day that is kept, in Vietnam, where the dates of the articles are from. */
static void take_days(struct making *m, int64_t days)
{
    enum { ZONE = 7 * 60 * 60 };
    char text[sizeof "2026-11-30"];
    time_t local = time(NULL) + ZONE - days * DAY;
    struct tm t;
    if (!days || !gmtime_r(&local, &t))
        return;
    strftime(text, sizeof text, "%Y-%m-%d", &t);
    buf_adds(&m->oldest, text);
    m->oldest_time = local - local % DAY - ZONE;
}

static bool take_options(struct making *m)
{
    const struct options *o = m->cli->options;
    if (!o->output || !*o->output || strcmp(o->output, "-") == 0) {
        usage_error("say in which folder to save: -o DIR");
        return false;
    }
    if (!take_address(m, o->base_url) || !take_cover(o->cover))
        return false;
    buf_adds(&m->captions, o->captions ? o->captions : "");
    add_kind(&m->captions, "vtt");
    add_kind(&m->captions, "chapters");
    take_title(m, o);
    take_days(m, o->keep);
    m->options = *o;
    m->options.captions = m->captions.p;
    m->options.profile = o->profile ? o->profile : "podcast";
    m->options.name = o->name ? o->name : "{date}-{slug}-{hash}.mp3";
    return true;
}

/* ---- the cover ---- */

static int fail(const char *path)
{
    complain("“%s” cannot be written: %s.", path, system_error(errno));
    return EXIT_NOTHING;
}

/* Where the folder cannot be made, the batch says so. */
static bool may_write(struct making *m)
{
    const char *folder = m->options.output;
    m->had_folder = mkdir(folder, 0777) != 0;
    return access(folder, W_OK) == 0;
}

/* A cover is drawn unless the options have one: episodes of articles without a picture hold it too.
 * Without the part that draws, the podcast has none. */
static void draw_cover(struct making *m)
{
    if (m->options.cover || !may_write(m))
        return;
    buf_addf(&m->drawn, "%s/cover.png", m->options.output);
    m->had_cover = access(m->drawn.p, F_OK) == 0;
    if (docbao_cover(m->cli->docbao, m->title.p, m->drawn.p)) {
        cli_tell_error(m->cli);
        buf_clear(&m->drawn);
    }
}

/* A run that publishes nothing leaves nothing. */
static void take_cover_back(const struct making *m)
{
    if (m->published || m->options.cover)
        return;
    if (m->drawn.n && !m->had_cover)
        unlink(m->drawn.p);
    if (!m->had_folder)
        rmdir(m->options.output);
}

/* Puts the cover of the options into the folder; *name is that of the cover there. */
static int keep_cover(const struct making *m, struct buf *name)
{
    const char *given = m->options.cover;
    struct buf bytes = BUF_INIT, path = BUF_INIT;
    int code = EXIT_DONE;
    if (!given) {
        buf_adds(name, m->drawn.n ? "cover.png" : "");
        return EXIT_DONE;
    }
    bool read = file_read(given, &bytes);
    buf_adds(name, read && bytes.n && bytes.p[0] == '\xFF' ? "cover.jpg" : "cover.png");
    buf_addf(&path, "%s/%s", m->options.output, name->p);
    if (!read || !file_update(path.p, buf_sv(&bytes)))
        code = fail(read ? path.p : given);
    buf_free(&bytes);
    buf_free(&path);
    return code;
}

/* ---- what is too old ---- */

static void remove_beside(const char *path, struct sv kind)
{
    struct buf ending = BUF_INIT, name = BUF_INIT;
    buf_addf(&ending, ".%.*s%s", SV_ARG(kind), sv_is(kind, "chapters") ? ".json" : "");
    file_add_beside(&name, path, ending.p);
    unlink(name.p);
    buf_free(&ending);
    buf_free(&name);
}

static void remove_files(const struct making *m, const struct batch_line *line)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", m->options.output, line->output);
    unlink(path.p);
    for (struct sv rest = buf_sv(&m->captions); rest.n;)
        remove_beside(path.p, sv_cut(&rest, ','));
    buf_free(&path);
}

/* It is said in the log first: what is removed and not said there would be made again. */
static void expire(const struct making *m, struct episodes *e)
{
    struct batch_log log;
    size_t kept = 0;
    if (!m->oldest.n || !batch_log_open(&log, m->options.output, (struct shard){0, 1}))
        return;
    for (size_t i = 0; i < e->all.n; i++) {
        const struct episode *episode = &e->all.at[i];
        if (episode->published >= m->oldest_time || !batch_log_expire(&log, &episode->line))
            e->all.at[kept++] = *episode;
        else
            remove_files(m, &episode->line);
    }
    e->all.n = kept;
    batch_log_close(&log);
}

static bool is_episode(const struct episodes *e, const char *output)
{
    for (size_t i = 0; i < e->all.n; i++)
        if (strcmp(e->all.at[i].line.output, output) == 0)
            return true;
    return false;
}

/* With another title or date, an article has files of another name. */
static void remove_left(const struct making *m, const struct episodes *e)
{
    for (size_t i = 0; i < e->left.n; i++)
        if (!is_episode(e, e->left.at[i].output))
            remove_files(m, &e->left.at[i]);
}

/* ---- the feed ---- */

static int write_feed(struct making *m, const struct episodes *e)
{
    struct buf path = BUF_INIT, text = BUF_INIT, cover = BUF_INIT;
    int code = keep_cover(m, &cover);
    struct podcast podcast = {
        .base_url = m->base_url.p,
        .title = m->title.p,
        .author = m->options.author ? m->options.author : m->title.p,
        .cover = cover.n ? cover.p : NULL,
        .episodes = e,
    };
    buf_addf(&path, "%s/" PODCAST_FEED, m->options.output);
    podcast_feed(&podcast, &text);
    if (!code && !file_update(path.p, buf_sv(&text)))
        code = fail(path.p);
    m->published = !code;
    buf_clear(&text);
    buf_addf(&text, "%s" PODCAST_FEED, m->base_url.p);
    if (!code && !m->options.quiet)
        cli_message(m->cli,
                    message_plural("The podcast has %zu episode; people subscribe to %s",
                                   "The podcast has %zu episodes; people subscribe to %s",
                                   e->all.n),
                    e->all.n, text.p);
    buf_free(&path);
    buf_free(&text);
    buf_free(&cover);
    return code;
}

/* Whatever failed (`made`, an exit code), the episodes that are there are published. */
static int publish(struct making *m, int made)
{
    struct episodes e;
    episodes_read(&e, m->options.output);
    expire(m, &e);
    int code = made && !e.all.n ? EXIT_DONE : write_feed(m, &e);
    if (!code && m->published)
        remove_left(m, &e);
    episodes_free(&e);
    return code;
}

int verb_podcast(struct cli *c)
{
    struct making m = {.cli = c,
                       .base_url = BUF_INIT,
                       .captions = BUF_INIT,
                       .title = BUF_INIT,
                       .oldest = BUF_INIT,
                       .drawn = BUF_INIT};
    const struct options *given = c->options;
    int code = EXIT_USAGE;
    if (take_options(&m)) {
        c->options = &m.options;
        draw_cover(&m);
        struct batch_wish wish = {.oldest = m.oldest.n ? m.oldest.p : NULL,
                                  .oldest_time = m.oldest_time,
                                  .spare_cover = m.drawn.n ? m.drawn.p : NULL};
        code = batch_make(c, &wish);
        int published = code == EXIT_USAGE || code == EXIT_SIGNAL || access(given->output, W_OK)
                            ? EXIT_DONE
                            : publish(&m, code);
        code = published ? published : code;
        take_cover_back(&m);
        c->options = given;
    }
    buf_free(&m.base_url);
    buf_free(&m.captions);
    buf_free(&m.title);
    buf_free(&m.oldest);
    buf_free(&m.drawn);
    return code;
}
