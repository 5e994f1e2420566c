#include "serve/catalogue.h"

#include <time.h>
#include <unistd.h>

#include "base/clock.h"

/* A row of the shelf, as far as it is needed after the call. */
struct row {
    struct shared_article a;
    bool there;
};

static void note_row(void *user, const struct shelf_article *from)
{
    struct row *r = user;
    struct shared_article *to = &r->a;
    buf_adds(&to->source, from->source);
    buf_adds(&to->state, from->state);
    buf_adds(&to->title, from->title);
    buf_adds(&to->date, from->date);
    buf_adds(&to->message, from->message);
    buf_adds(&to->key, from->key);
    to->seconds = from->seconds;
    to->added = from->added;
    to->bytes = from->bytes;
    to->place = from->place;
    r->there = true;
}

static struct row find_row(const struct desk *d, const char *id)
{
    struct row r = {SHARED_ARTICLE_INIT, false};
    d->driver->find(d->shelf, id, note_row, &r);
    return r;
}

static bool is_unfinished(const struct row *r)
{
    return r->there && (strcmp(r->a.state.p, "queued") == 0 || strcmp(r->a.state.p, "making") == 0);
}

/* Takes what another server has made into the shelf. */
static void adopt(const struct desk *d, const char *id, const struct row *r,
                  const struct shared_article *a)
{
    struct shelf_article row = shared_view(a, id);
    bool added = false;
    if (!a->key.n || (r->there && strcmp(r->a.key.p, a->key.p) == 0))
        return;
    d->driver->add(d->shelf, id, row.source, row.title, row.added, &added);
    d->driver->finish(d->shelf, &row);
}

/* While an article is made again, its files of before are there. */
static void give_unfinished(const char *id, struct row *r, const struct shared_article *a,
                            void (*take)(void *, const struct shelf_article *), void *user)
{
    struct shelf_article row = shared_view(&r->a, id);
    row.key = a->key.p;
    row.seconds = a->seconds;
    row.bytes = a->bytes;
    take(user, &row);
}

static bool has_own_file(const struct desk *d, const char *id)
{
    struct buf path = BUF_INIT;
    article_path(d, id, ".mp3", &path);
    bool there = access(path.p, R_OK) == 0;
    buf_free(&path);
    return there;
}

/* The shared folder has nothing of it: what is waiting or failed is this server's, and what it made
 * before it had a shared folder. */
static enum shared_answer give_row(const struct desk *d, const char *id, const struct row *r,
                                   void (*take)(void *, const struct shelf_article *), void *user)
{
    struct shelf_article row = shared_view(&r->a, id);
    if (!r->there)
        return SHARED_NONE;
    if (*row.key && !is_unfinished(r) && d->plan->shared && !has_own_file(d, id)) {
        d->driver->remove(d->shelf, id);
        return SHARED_NONE;
    }
    take(user, &row);
    return SHARED_FOUND;
}

static void give_shared(const struct desk *d, const char *id, struct row *r,
                        const struct shared_article *a,
                        void (*take)(void *, const struct shelf_article *), void *user)
{
    struct shelf_article stored = shared_view(a, id);
    struct shelf_article own = shared_view(&r->a, id);
    stored.place = own.place;
    if (is_unfinished(r)) {
        give_unfinished(id, r, a, take, user);
        return;
    }
    adopt(d, id, r, a);
    take(user, r->there && !a->key.n && !r->a.key.n ? &own : &stored);
}

enum shared_answer catalogue_find(const struct desk *d, const char *id,
                                  void (*take)(void *user, const struct shelf_article *a),
                                  void *user)
{
    struct row r = find_row(d, id);
    struct shared_article a;
    enum shared_answer answer =
        d->plan->shared ? shared_find(d->plan->shared, id, &a) : SHARED_NONE;
    bool own = r.there && (is_unfinished(&r) || !r.a.key.n);
    if (answer == SHARED_FOUND) {
        give_shared(d, id, &r, &a, take, user);
        shared_article_free(&a);
    } else if (answer == SHARED_NONE || own) {
        answer = give_row(d, id, &r, take, user);
    }
    shared_article_free(&r.a);
    return answer;
}

bool catalogue_added(struct desk *d, const char *id)
{
    struct shared_article a;
    if (!d->plan->shared)
        return false;
    bool found = shared_find(d->plan->shared, id, &a) == SHARED_FOUND;
    struct row r = find_row(d, id);
    bool fresh = r.there && !r.a.key.n, made = fresh && found && a.key.n;
    struct shelf_article row = shared_view(made ? &a : &r.a, id);
    if (made)
        made = d->driver->finish(d->shelf, &row);
    else if (fresh)
        shared_tell(d->plan->shared, &row);
    if (found)
        shared_article_free(&a);
    shared_article_free(&r.a);
    return made;
}

static void remove_own(const struct desk *d, const char *id)
{
    static const char *const endings[] = {".mp3", ".vtt", ".json", ".html", ".source", LIVE_ENDING};
    struct buf path = BUF_INIT;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        buf_clear(&path);
        article_path(d, id, endings[i], &path);
        unlink(path.p);
    }
    buf_free(&path);
}

/* Not while it is made: its files would come back. */
bool catalogue_remove(struct desk *d, const char *id)
{
    if (is_being_made(d, id) || !d->driver->remove(d->shelf, id))
        return false;
    if (d->plan->shared)
        shared_remove(d->plan->shared, id);
    remove_own(d, id);
    return true;
}

/* ---- expiry ---- */

enum { EXPIRY_MINUTES = 60, SECONDS_A_DAY = 24 * 60 * 60 };

VEC_TYPE(ids, char *);

static void note_id(void *user, const struct shelf_article *a)
{
    *vec_push((struct ids *)user) = mem_copy(sv_of(a->id));
}

void catalogue_expire(struct desk *d)
{
    const struct serve_plan *plan = d->plan;
    int64_t now = clock_now_ns();
    struct ids ids = {0};
    if ((!plan->keep_days && !plan->keep_bytes) || (!d->expiry_due && now < d->expiry_ns))
        return;
    d->expiry_due = false;
    d->expiry_ns = now + (int64_t)EXPIRY_MINUTES * 60 * CLOCK_NS_PER_SECOND;
    d->driver->expired(d->shelf,
                       plan->keep_days ? time(NULL) - (int64_t)plan->keep_days * SECONDS_A_DAY
                                       : INT64_MIN,
                       plan->keep_bytes ? (int64_t)plan->keep_bytes : INT64_MAX, note_id, &ids);
    for (size_t i = 0; i < ids.n; i++) {
        catalogue_remove(d, ids.at[i]);
        free(ids.at[i]);
    }
    vec_free(&ids);
}
