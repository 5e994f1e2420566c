#include "serve/reading_page.h"

#include <unistd.h>

#include "base/file.h"
#include "base/message.h"
#include "serve/answer.h"
#include "serve/catalogue.h"
#include "serve/files.h"
#include "serve/places.h"

/* Of the article, as far as the page needs it. */
struct shown {
    struct buf title, key, place;
};

/* An article that was heard begins again. */
static void note_shown(void *user, const struct shelf_article *a)
{
    struct shown *s = user;
    buf_adds(&s->title, a->title);
    buf_adds(&s->key, a->key);
    if (a->place.at)
        buf_addf(&s->place, " data-seconds=\"%.3f\" data-sentence=\"%u\" data-at=\"%lld\"",
                 is_heard(a) ? 0 : a->place.seconds, is_heard(a) ? 0 : a->place.sentence,
                 (long long)a->place.at);
}

static void shown_free(struct shown *s)
{
    buf_free(&s->title);
    buf_free(&s->key);
    buf_free(&s->place);
}

/* The script of the server comes before that of the player, which tells it when it is there. */
static void add_head(const struct desk *d, const char *id, const struct shown *s, struct buf *out)
{
    buf_adds(out, "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<link rel=\"icon\" href=\"/docbao.svg\">\n"
                  "<link rel=\"stylesheet\" href=\"/read.css\">\n<title>");
    add_html_text(out, buf_sv(&s->title));
    buf_addf(out, "</title>\n<script src=\"/served.js\" data-article=\"%s\" data-secret=\"%s\"%s",
             id, d->form_secret.p, s->place.p);
    buf_adds(out, d->plan->lexicon ? " data-readings></script>\n" : "></script>\n");
    buf_adds(out, "</head>\n<body>\n");
}

static void add_player(const char *id, struct buf *out)
{
    struct buf lang = BUF_INIT;
    add_html_text(&lang, sv_of(_("en")));
    buf_addf(out, "<nav lang=\"%s\"><a href=\"/\">", lang.p);
    add_html_text(out, sv_of(_("Articles")));
    buf_addf(out,
             "</a></nav>\n<docbao-player for=\"docbao-text\" keys lang=\"%s\">"
             "<audio controls preload=\"metadata\" src=\"/api/articles/%s.mp3\"></audio>"
             "</docbao-player>\n",
             lang.p, id);
    buf_free(&lang);
}

/* The text between these marks (publish/caption_page.c), with them; empty: there is none. */
static struct sv text_of(struct sv page)
{
    static const char begin[] = "<main id=\"docbao-text\">", end[] = "</main>\n";
    const char *from = memmem(page.p, page.n, begin, strlen(begin));
    if (!from)
        return (struct sv){NULL, 0};
    struct sv rest = {from, page.n - (size_t)(from - page.p)};
    const char *to = memmem(rest.p, rest.n, end, strlen(end));
    return (struct sv){from, to ? (size_t)(to - from) + strlen(end) : 0};
}

static bool compose(const struct desk *d, const char *id, const struct shown *s, struct sv page,
                    struct buf *out)
{
    struct sv text = text_of(page);
    if (!text.n)
        return false;
    add_head(d, id, s, out);
    add_player(id, out);
    buf_add_sv(out, text);
    buf_adds(out, "<script src=\"/docbao-player.js\"></script>\n</body>\n</html>\n");
    return true;
}

/* False: it is not there, or has no text. */
static bool add_page(const struct desk *d, const char *id, const struct shown *s, struct buf *out)
{
    bool keyed;
    struct buf page = BUF_INIT;
    int fd = open_made(d, id, s->key.p, file_kind_of(SV(".html")), &keyed);
    bool made = fd >= 0 && file_read_descriptor(fd, FILE_MOST_BYTES, &page) &&
                compose(d, id, s, buf_sv(&page), out);
    if (fd >= 0)
        close(fd);
    buf_free(&page);
    return made;
}

/* Of an article that is not made, the answer is the same as for its file. */
void send_reading_page(struct desk *d, const struct http_request *r, const char *id,
                       struct http_answer *a)
{
    struct shown s = {BUF_INIT, BUF_INIT, BUF_INIT};
    catalogue_find(d, id, note_shown, &s);
    if (s.key.n && add_page(d, id, &s, &a->body)) {
        answer_text(a, OK, "text/html; charset=utf-8");
        answer_header(a, "Cache-Control", "no-store");
        answer_pack(d, r, a);
    } else {
        send_file(d, r, id, file_kind_of(SV(".html")), a);
    }
    shown_free(&s);
}
