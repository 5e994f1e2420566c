/* The page of the server, the page to log in, and the feed for players of podcasts. */
#include <time.h>

#include "base/message.h"
#include "serve/answer.h"
#include "serve/places.h"

enum { SHOWN = 50, EPISODES = 100 };

void add_json_text(struct buf *out, struct sv text)
{
    struct buf valid = BUF_INIT;
    buf_add_printable(&valid, text);
    buf_putc(out, '"');
    for (size_t i = 0; i < valid.n; i++) {
        if (valid.p[i] == '"' || valid.p[i] == '\\')
            buf_putc(out, '\\');
        buf_putc(out, valid.p[i]);
    }
    buf_putc(out, '"');
    buf_free(&valid);
}

void add_html_text(struct buf *out, struct sv text)
{
    struct buf printable = BUF_INIT;
    buf_add_printable(&printable, text);
    for (size_t i = 0; i < printable.n; i++) {
        char c = printable.p[i];
        if (c == '"')
            buf_adds(out, "&quot;");
        else if (c == '\'')
            buf_adds(out, "&#39;");
        else
            buf_add_markup(out, (struct sv){&c, 1});
    }
    buf_free(&printable);
}

static void add_words(struct buf *out, const char *text)
{
    add_html_text(out, sv_of(text));
}

static void add_element(struct buf *out, const char *tag, const char *text)
{
    buf_addf(out, "<%s>", tag);
    add_words(out, text);
    buf_addf(out, "</%s>\n", tag);
}

static void add_head(struct buf *out, const char *title)
{
    buf_adds(out, "<!DOCTYPE html>\n<html lang=\"");
    /* Translators: the code of your language, as in HTML and in the name of your file. */
    add_words(out, _("en"));
    buf_adds(out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<link rel=\"icon\" href=\"/docbao.svg\">\n"
                  "<link rel=\"stylesheet\" href=\"/serve.css\">\n"
                  "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed.xml\">\n");
    add_element(out, "title", title);
    buf_adds(out, "</head>\n<body>\n<main>\n");
    add_element(out, "h1", title);
}

/* ---- forms ---- */

static void begin_form(const struct desk *d, struct buf *out, const char *action)
{
    buf_addf(out,
             "<form method=\"post\" action=\"%s\" accept-charset=\"utf-8\">"
             "<input type=\"hidden\" name=\"secret\" value=\"%s\">\n",
             action, d->form_secret.p);
}

static void end_form(struct buf *out, const char *button)
{
    buf_adds(out, "<button type=\"submit\">");
    add_words(out, button);
    buf_adds(out, "</button></form>\n");
}

static void add_line(struct buf *out, const char *label, const char *name, const char *type,
                     const char *value)
{
    buf_adds(out, "<label>");
    add_words(out, label);
    buf_addf(out, " <input name=\"%s\" type=\"%s\" autocomplete=\"off\" required value=\"", name,
             type);
    add_words(out, value);
    buf_adds(out, "\"></label>\n");
}

/* As a server before this one says. */
static bool is_secure(const struct http_request *r)
{
    const char *scheme = r->header(r, "X-Forwarded-Proto");
    return scheme && strcmp(scheme, "https") == 0;
}

static void add_sending(const struct desk *d, const struct http_request *r, struct buf *out)
{
    const char *url = r->argument(r, "url");
    buf_adds(out, "<section>\n");
    add_element(out, "h2", _("New article"));
    begin_form(d, out, "/articles");
    add_line(out, _("Address of an article"), "url", "url",
             url && address_is_of_web(sv_of(url)) ? url : "");
    end_form(out, _("Listen"));
    begin_form(d, out, "/articles");
    buf_adds(out, "<label>");
    add_words(out, _("Text of an article"));
    buf_adds(out, " <textarea name=\"text\" rows=\"6\" lang=\"vi\" required></textarea></label>\n");
    end_form(out, _("Listen"));
    buf_addf(out,
             "<p><a href=\"javascript:location.href='%s://%s/?url='+encodeURIComponent("
             "location.href)\">",
             is_secure(r) ? "https" : "http", r->header(r, "Host"));
    add_words(out, _("Read with docbao"));
    buf_adds(out, "</a> ");
    add_words(out, _("— drag this link to the bookmarks of your browser; there it sends the page "
                     "that you see."));
    buf_adds(out, "</p>\n</section>\n");
}

/* ---- the queue ---- */

static const char *state_name(const char *state)
{
    static const char *const names[][2] = {
        {"queued", N_("waiting")},    {"making", N_("is being made")}, {"done", N_("made")},
        {"part", N_("made in part")}, {"failed", N_("failed")},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i][0], state) == 0)
            return _(names[i][1]);
    return "";
}

static void add_time(struct buf *out, int64_t added)
{
    char text[sizeof "31/12/2026 23:59"];
    time_t at = (time_t)added;
    struct tm t;
    if (localtime_r(&at, &t) && strftime(text, sizeof text, "%d/%m/%Y %H:%M", &t))
        buf_adds(out, text);
}

/* What is in the list for each article is named by its title, which has the id "tID". */
static void begin_player(struct buf *out, const char *id)
{
    buf_addf(out,
             "<audio controls preload=\"none\" aria-labelledby=\"t%s\" "
             "src=\"/api/articles/%s.mp3\"",
             id, id);
}

/* While it is made, no place in it is known. */
static void add_player(struct buf *out, const char *id)
{
    begin_player(out, id);
    buf_adds(out, "></audio>\n");
}

static void add_links(struct buf *out, const struct shelf_article *a)
{
    const char *id = a->id;
    begin_player(out, id);
    buf_addf(out, " data-article=\"%s\" data-seconds=\"%.3f\"></audio>\n", id,
             is_heard(a) ? 0 : a->place.seconds);
    buf_addf(out, "<p><a aria-describedby=\"t%s\" href=\"/read/%s\">", id, id);
    add_words(out, _("Read along"));
    buf_addf(out,
             "</a> · <a download href=\"/api/articles/%s.mp3\">MP3</a> · "
             "<a download href=\"/api/articles/%s.vtt\">VTT</a> · "
             "<a download href=\"/api/articles/%s.json\">JSON</a></p>\n",
             id, id, id);
}

struct shown {
    const struct desk *desk;
    struct buf *out;
};

static void add_action(const struct shown *s, const char *id, const char *action, const char *name)
{
    begin_form(s->desk, s->out, "/article");
    buf_addf(s->out,
             "<input type=\"hidden\" name=\"id\" value=\"%s\">"
             "<input type=\"hidden\" name=\"do\" value=\"%s\">"
             "<button type=\"submit\" aria-describedby=\"t%s\">",
             id, action, id);
    add_words(s->out, name);
    buf_adds(s->out, "</button></form>\n");
}

static void add_article(void *user, const struct shelf_article *a)
{
    const struct shown *s = user;
    bool made = *a->key;
    bool busy = state_is_unfinished(a->state);
    buf_addf(s->out, "<li id=\"a%s\"%s>\n<h3 id=\"t%s\" lang=\"vi\">", a->id,
             busy ? " class=\"busy\"" : "", a->id);
    add_words(s->out, *a->title ? a->title : source_is_sent(a->source) ? a->id : a->source);
    buf_adds(s->out, "</h3>\n<p>");
    add_words(s->out, state_name(a->state));
    buf_adds(s->out, " · ");
    add_time(s->out, a->added);
    if (made)
        buf_addf(s->out, " · %u:%02u", (unsigned)a->seconds / 60, (unsigned)a->seconds % 60);
    buf_adds(s->out, "</p>\n");
    add_place_text(s->out, a);
    if (*a->message)
        add_element(s->out, "p", a->message);
    if (made)
        add_links(s->out, a);
    else if (strcmp(a->state, "making") == 0)
        add_player(s->out, a->id);
    if (!busy) {
        add_action(s, a->id, "again", _("Make it again"));
        add_action(s, a->id, "remove", _("Remove"));
    }
    buf_adds(s->out, "</li>\n");
}

static void add_turn(struct buf *out, uint32_t from, const char *words)
{
    buf_addf(out, "<p><a href=\"/?from=%u#queue\">", from);
    add_words(out, words);
    buf_adds(out, "</a></p>\n");
}

/* Links to the articles before and behind those that are shown. */
static void add_turns(struct buf *out, uint32_t from, uint32_t all)
{
    if (from)
        add_turn(out, from > SHOWN ? from - SHOWN : 0, _("Newer articles"));
    if (from + SHOWN < all)
        add_turn(out, from + SHOWN, _("Older articles"));
}

static void add_queue(const struct desk *d, const struct http_request *r, struct buf *out)
{
    uint32_t all = 0, unfinished = 0, from = argument_number(r, "from", 0, INT32_MAX);
    struct shown s = {d, out};
    d->driver->count(d->shelf, &all, &unfinished);
    buf_addf(out, "<section id=\"queue\" data-unfinished=\"%u\">\n", unfinished);
    add_element(out, "h2", _("Articles"));
    buf_adds(out, "<ol>\n");
    d->driver->each(d->shelf, from, SHOWN, add_article, &s);
    buf_adds(out, "</ol>\n");
    add_turns(out, from, all);
    buf_adds(out, "<p><a href=\"/feed.xml\">");
    add_words(out, _("Podcast of these articles"));
    buf_adds(out, "</a></p>\n</section>\n");
}

/* ---- readings and feeds ---- */

static void add_choice(void *user, const struct shelf_article *a)
{
    struct buf *out = user;
    if (!*a->title)
        return;
    buf_addf(out, "<option value=\"%s\">", a->id);
    add_words(out, a->title);
    buf_adds(out, "</option>\n");
}

static void add_readings(const struct desk *d, struct buf *out)
{
    if (!d->plan->lexicon)
        return;
    buf_adds(out, "<section>\n");
    add_element(out, "h2", _("Correct a reading"));
    begin_form(d, out, "/readings");
    add_line(out, _("Written"), "written", "text", "");
    add_line(out, _("Spoken"), "spoken", "text", "");
    buf_adds(out, "<label>");
    add_words(out, _("Then make again"));
    buf_adds(out, " <select name=\"article\" lang=\"vi\"><option value=\"\"></option>\n");
    d->driver->each(d->shelf, 0, SHOWN, add_choice, out);
    buf_adds(out, "</select></label>\n");
    end_form(out, _("Correct it"));
    buf_adds(out, "</section>\n");
}

static void add_feed(void *user, const char *url, int64_t asked, const char *message)
{
    const struct shown *s = user;
    buf_adds(s->out, "<li>");
    add_words(s->out, url);
    if (asked) {
        buf_adds(s->out, " · ");
        add_time(s->out, asked);
    }
    if (*message)
        add_element(s->out, "p", message);
    begin_form(s->desk, s->out, "/feeds");
    buf_adds(s->out, "<input type=\"hidden\" name=\"remove\" value=\"1\">"
                     "<input type=\"hidden\" name=\"url\" value=\"");
    add_words(s->out, url);
    buf_adds(s->out, "\">");
    end_form(s->out, _("Remove"));
    buf_adds(s->out, "</li>\n");
}

static void add_feeds(const struct desk *d, struct buf *out)
{
    struct shown s = {d, out};
    buf_adds(out, "<section>\n");
    add_element(out, "h2", _("Feeds"));
    buf_adds(out, "<ul>\n");
    d->driver->feeds(d->shelf, add_feed, &s);
    buf_adds(out, "</ul>\n");
    begin_form(d, out, "/feeds");
    add_line(out, _("Address of a feed (RSS, Atom)"), "url", "url", "");
    end_form(out, _("Subscribe"));
    buf_adds(out, "</section>\n");
}

void page_front(struct desk *d, const struct http_request *r, struct buf *out)
{
    add_head(out, "docbao");
    add_sending(d, r, out);
    add_queue(d, r, out);
    add_readings(d, out);
    add_feeds(d, out);
    buf_adds(out, "</main>\n<script src=\"/serve.js\"></script>\n</body>\n</html>\n");
}

void page_fault(struct buf *out, const char *sentence)
{
    add_head(out, "docbao");
    add_element(out, "p", sentence);
    buf_adds(out, "<p><a href=\"/\">");
    add_words(out, _("To the list of articles"));
    buf_adds(out, "</a></p>\n</main>\n</body>\n</html>\n");
}

void page_login(struct buf *out, bool failed)
{
    add_head(out, "docbao");
    if (failed)
        add_element(out, "p", _("That is not the token of this server."));
    buf_adds(out, "<form method=\"post\" action=\"/login\">\n");
    add_line(out, _("Token of the server"), "token", "password", "");
    end_form(out, _("Log in"));
    buf_adds(out, "</main>\n</body>\n</html>\n");
}

/* ---- the feed ---- */

/* RFC 5322, in English whatever the language. */
static void add_date(struct buf *out, int64_t at)
{
    static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t time = (time_t)at;
    struct tm t;
    if (gmtime_r(&time, &t))
        buf_addf(out, "<pubDate>%s, %02d %s %04d %02d:%02d:%02d +0000</pubDate>\n", days[t.tm_wday],
                 t.tm_mday, months[t.tm_mon], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

struct feed {
    const char *base;
    struct buf *out;
};

static void add_episode(void *user, const struct shelf_article *a)
{
    enum { VERSION = 12 };
    const struct feed *f = user;
    if (!*a->key)
        return;
    buf_adds(f->out, "<item>\n");
    add_element(f->out, "title", *a->title ? a->title : a->id);
    if (*a->source == 'h' && strcmp(a->source, "html") != 0)
        add_element(f->out, "link", a->source);
    buf_addf(f->out, "<guid isPermaLink=\"false\">docbao:%s</guid>\n", a->id);
    add_date(f->out, a->added);
    buf_adds(f->out, "<enclosure url=\"");
    add_words(f->out, f->base);
    buf_addf(f->out, "/api/articles/%s.mp3?v=%.*s\" length=\"%lld\" type=\"audio/mpeg\"/>\n", a->id,
             (int)VERSION, a->key, (long long)a->bytes);
    buf_addf(f->out, "<itunes:duration>%.0f</itunes:duration>\n", a->seconds);
    buf_adds(f->out, "<podcast:transcript type=\"text/vtt\" language=\"vi\" url=\"");
    add_words(f->out, f->base);
    buf_addf(f->out, "/api/articles/%s.vtt\"/>\n</item>\n", a->id);
}

void page_feed(struct desk *d, const char *base, struct buf *out)
{
    struct feed f = {base, out};
    buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
                  "xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" "
                  "xmlns:podcast=\"https://podcastindex.org/namespace/1.0\">\n<channel>\n"
                  "<title>docbao</title>\n");
    add_element(out, "link", base);
    add_element(out, "description", _("Articles that docbao has read"));
    buf_adds(out, "<language>vi</language>\n<generator>docbao</generator>\n");
    d->driver->each(d->shelf, 0, EPISODES, add_episode, &f);
    buf_adds(out, "</channel>\n</rss>\n");
}
