/* docbao podcast: articles as the episodes of a podcast, with its feed and its cover. */
#include <errno.h>
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
    struct buf base_url, captions, title, oldest, cover;
    time_t oldest_time;
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

static void remove_episode(const struct making *m, const struct episode *e)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", m->options.output, e->line.output);
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
            remove_episode(m, episode);
    }
    e->all.n = kept;
    batch_log_close(&log);
}

/* ---- the feed ---- */

static int fail(const char *path)
{
    complain("“%s” cannot be written: %s.", path, system_error(errno));
    return EXIT_NOTHING;
}

/* That of the options, or one that is made. Without the part that draws, the podcast has none. */
static int make_cover(struct making *m)
{
    const char *given = m->options.cover;
    struct buf bytes = BUF_INIT, path = BUF_INIT;
    int code = EXIT_DONE;
    bool read = !given || file_read(given, &bytes);
    buf_adds(&m->cover, read && bytes.n && bytes.p[0] == '\xFF' ? "cover.jpg" : "cover.png");
    buf_addf(&path, "%s/%s", m->options.output, m->cover.p);
    if (!given && docbao_cover(m->cli->docbao, m->title.p, path.p)) {
        cli_tell_error(m->cli);
        buf_clear(&m->cover);
    }
    if (given && !(read && file_update(path.p, buf_sv(&bytes))))
        code = fail(read ? path.p : given);
    buf_free(&bytes);
    buf_free(&path);
    return code;
}

static int write_feed(const struct making *m, const struct episodes *e)
{
    struct podcast podcast = {
        .base_url = m->base_url.p,
        .title = m->title.p,
        .author = m->options.author ? m->options.author : m->title.p,
        .cover = m->cover.n ? m->cover.p : NULL,
        .episodes = e,
    };
    struct buf path = BUF_INIT, text = BUF_INIT;
    buf_addf(&path, "%s/" PODCAST_FEED, m->options.output);
    podcast_feed(&podcast, &text);
    int code = file_update(path.p, buf_sv(&text)) ? EXIT_DONE : fail(path.p);
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
    return code;
}

/* Whatever failed (`made`, an exit code), the episodes that are there are published. */
static int publish(struct making *m, int made)
{
    struct episodes e;
    episodes_read(&e, m->options.output);
    expire(m, &e);
    bool nothing = made && !e.all.n;
    int code = nothing ? EXIT_DONE : make_cover(m);
    if (!code && !nothing)
        code = write_feed(m, &e);
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
                       .cover = BUF_INIT};
    const struct options *given = c->options;
    int code = EXIT_USAGE;
    if (take_options(&m)) {
        c->options = &m.options;
        code = batch_make(c, m.oldest.n ? m.oldest.p : NULL);
        int published = code == EXIT_USAGE || code == EXIT_SIGNAL || access(given->output, W_OK)
                            ? EXIT_DONE
                            : publish(&m, code);
        code = published ? published : code;
        c->options = given;
    }
    buf_free(&m.base_url);
    buf_free(&m.captions);
    buf_free(&m.title);
    buf_free(&m.oldest);
    buf_free(&m.cover);
    return code;
}
