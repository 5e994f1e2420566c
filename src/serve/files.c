#include "serve/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/message.h"
#include "serve/answer.h"
#include "serve/catalogue.h"
#include "serve/places.h"

enum {
    LIST = 100, /* articles of a list, where nothing is said */
    MOST_LIST = 1000,
};

/* ---- articles as JSON ---- */

static void add_member(struct buf *out, const char *name, const char *text)
{
    buf_addf(out, ",\"%s\":", name);
    add_json_text(out, sv_of(text));
}

static void add_article(struct buf *out, const struct shelf_article *a)
{
    buf_addf(out, "{\"id\":\"%s\"", a->id);
    add_member(out, "state", a->state);
    add_member(out, "title", a->title);
    if (!source_is_sent(a->source))
        add_member(out, "url", a->source);
    if (*a->date)
        add_member(out, "date", a->date);
    if (*a->message)
        add_member(out, "message", a->message);
    buf_addf(out, ",\"added\":%lld", (long long)a->added);
    if (*a->key)
        buf_addf(out, ",\"seconds\":%.3f,\"bytes\":%lld,\"key\":\"%s\"", a->seconds,
                 (long long)a->bytes, a->key);
    add_place_json(out, &a->place);
    buf_putc(out, '}');
}

static void add_row(void *user, const struct shelf_article *a)
{
    struct buf *out = user;
    if (out->p[out->n - 1] == '}')
        buf_adds(out, ",\n");
    add_article(out, a);
}

void list_articles(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    uint32_t all, unfinished;
    answer_text(a, OK, "application/json");
    d->driver->count(d->shelf, &all, &unfinished);
    buf_addf(&a->body, "{\"count\":%u,\"unfinished\":%u,\"articles\":[", all, unfinished);
    d->driver->each(d->shelf, argument_number(r, "from", 0, INT32_MAX),
                    argument_number(r, "most", LIST, MOST_LIST), add_row, &a->body);
    buf_adds(&a->body, "]}\n");
    answer_pack(d, r, a);
}

/* One row, as far as it is needed after the call. */
struct found {
    struct buf json, state, key;
    bool away;  /* it cannot be known now whether there is one */
    bool keyed; /* the file was opened by its key, in the shared folder */
};

static void note_found(void *user, const struct shelf_article *a)
{
    struct found *f = user;
    add_article(&f->json, a);
    buf_adds(&f->state, a->state);
    buf_adds(&f->key, a->key);
}

static struct found find_article(const struct desk *d, const char *id)
{
    struct found f = {BUF_INIT, BUF_INIT, BUF_INIT, false, false};
    f.away = catalogue_find(d, id, note_found, &f) == SHARED_AWAY;
    return f;
}

static void found_free(struct found *f)
{
    buf_free(&f->json);
    buf_free(&f->state);
    buf_free(&f->key);
}

static void tell_unknown(const struct http_request *r, const struct found *f, struct http_answer *a)
{
    if (f->away)
        answer_fault(r, a, BUSY,
                     _("The folder of finished articles cannot be read; try again later."));
    else
        answer_fault(r, a, NOT_FOUND, _("There is no such article."));
}

void tell_article(const struct desk *d, const struct http_request *r, const char *id,
                  unsigned status, struct http_answer *a)
{
    struct found f = find_article(d, id);
    if (f.json.n) {
        answer_text(a, status, "application/json");
        buf_addf(&a->body, "%s\n", f.json.p);
    } else {
        tell_unknown(r, &f, a);
    }
    found_free(&f);
}

/* ---- files ---- */

const struct file_kind file_kinds[FILE_KINDS] = {
    {".mp3", "audio/mpeg"},
    {".vtt", "text/vtt; charset=utf-8"},
    {".json", "application/json"},
    {".html", "text/html; charset=utf-8"},
};

const struct file_kind *file_kind_of(struct sv ending)
{
    for (size_t i = 0; i < FILE_KINDS; i++)
        if (sv_is(ending, file_kinds[i].ending))
            return &file_kinds[i];
    return NULL;
}

static void send_range(const struct http_request *r, uint64_t size, const char *etag,
                       struct http_answer *a)
{
    const char *condition = r->header(r, "If-Range"), *range = r->header(r, "Range");
    enum range_kind kind = RANGE_WHOLE;
    struct buf text = BUF_INIT;
    a->status = OK;
    a->offset = 0;
    a->length = size;
    if (range && (!condition || strcmp(condition, etag) == 0))
        kind = range_read(sv_of(range), size, &a->offset, &a->length);
    if (kind == RANGE_PART) {
        a->status = PARTIAL;
        buf_addf(&text, "bytes %llu-%llu/%llu", (unsigned long long)a->offset,
                 (unsigned long long)(a->offset + a->length - 1), (unsigned long long)size);
        answer_header(a, "Content-Range", text.p);
    } else if (kind == RANGE_NONE) {
        buf_addf(&text, "bytes */%llu", (unsigned long long)size);
        answer_header(a, "Content-Range", text.p);
        close(a->fd);
        a->fd = -1;
        a->status = NO_RANGE;
    }
    buf_free(&text);
}

/* While it is made anew, an own file may be the new one already: its time tells. */
static void add_etag(const struct found *f, const struct stat *info, const char *ending,
                     struct buf *out)
{
    buf_addf(out, "\"%s", f->key.p);
    if (!f->keyed && strcmp(f->state.p, "done") != 0 && strcmp(f->state.p, "part") != 0)
        buf_addf(out, "-%llx%lx", (unsigned long long)info->st_mtim.tv_sec, info->st_mtim.tv_nsec);
    buf_addf(out, "%s\"", ending);
}

static void send_open_file(const struct http_request *r, const struct found *f,
                           const struct file_kind *kind, struct http_answer *a)
{
    struct stat info;
    struct buf etag = BUF_INIT;
    if (fstat(a->fd, &info) != 0)
        memset(&info, 0, sizeof info);
    add_etag(f, &info, kind->ending, &etag);
    answer_header(a, "ETag", etag.p);
    answer_header(a, "Cache-Control", "private, no-cache");
    if (etag_is_listed(sv_of(r->header(r, "If-None-Match")), buf_sv(&etag))) {
        close(a->fd);
        a->fd = -1;
        a->status = NOT_MODIFIED;
    } else {
        answer_header(a, "Content-Type", kind->type);
        answer_header(a, "Accept-Ranges", "bytes");
        send_range(r, (uint64_t)info.st_size, etag.p, a);
    }
    buf_free(&etag);
}

/* It is not made yet, or never will be. */
static void tell_absent(const struct http_request *r, const struct found *f, struct http_answer *a)
{
    bool failed = strcmp(f->state.p, "failed") == 0;
    if (!f->json.n) {
        tell_unknown(r, f, a);
        return;
    }
    if (wants_page(r)) {
        answer_fault(r, a, failed ? NOT_FOUND : ACCEPTED,
                     failed ? _("This article could not be made; the list says why.")
                            : _("This article is not made yet; open the page again in a moment."));
    } else {
        answer_text(a, failed ? NOT_FOUND : ACCEPTED, "application/json");
        buf_addf(&a->body, "%s\n", f->json.p);
    }
    if (!failed)
        answer_header(a, "Retry-After", "1");
}

/* ---- sound while it is made ---- */

struct live {
    const struct desk *desk;
    struct buf id;
    int fd; /* the answer's */
};

/* The end is looked for first: what is there then is all. */
static uint64_t live_size(void *with, bool *whole)
{
    const struct live *live = with;
    struct stat info;
    *whole = !is_being_made(live->desk, live->id.p);
    return fstat(live->fd, &info) == 0 ? (uint64_t)info.st_size : 0;
}

static void live_free(void *with)
{
    struct live *live = with;
    buf_free(&live->id);
    free(live);
}

/* Several listeners read the same file. False: it is not being made. */
static bool send_live(const struct desk *d, const char *id, struct http_answer *a)
{
    struct buf path = BUF_INIT;
    article_path(d, id, LIVE_ENDING, &path);
    if (is_being_made(d, id))
        a->fd = open(path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    buf_free(&path);
    if (a->fd < 0)
        return false;
    struct live *live = mem_zalloc(sizeof *live);
    *live = (struct live){d, BUF_INIT, a->fd};
    buf_adds(&live->id, id);
    a->grown = live_size;
    a->release = live_free;
    a->with = live;
    answer_text(a, OK, "audio/mpeg");
    answer_header(a, "Cache-Control", "no-store");
    return true;
}

int open_made(const struct desk *d, const char *id, const char *key, const struct file_kind *kind,
              bool *keyed)
{
    struct buf name = BUF_INIT;
    int fd = -1;
    buf_addf(&name, "%s%s", key, kind->ending);
    if (d->plan->shared)
        fd = shared_file(d->plan->shared, id, name.p);
    *keyed = fd >= 0;
    buf_clear(&name);
    article_path(d, id, kind->ending, &name);
    if (fd < 0)
        fd = open(name.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    buf_free(&name);
    return fd;
}

void send_file(const struct desk *d, const struct http_request *r, const char *id,
               const struct file_kind *kind, struct http_answer *a)
{
    struct found f = find_article(d, id);
    if (f.key.n)
        a->fd = open_made(d, id, f.key.p, kind, &f.keyed);
    if (a->fd >= 0)
        send_open_file(r, &f, kind, a);
    else if (strcmp(kind->ending, ".mp3") != 0 || !send_live(d, id, a))
        tell_absent(r, &f, a);
    found_free(&f);
}
