#include "serve/catalogue.h"

#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "serve/files.h"

enum { SECONDS_A_DAY = 24 * 60 * 60 };

static void note_added(void *user, const struct shelf_article *a)
{
    *(int64_t *)user = a->added;
}

int64_t catalogue_now(const struct desk *d)
{
    int64_t newest = 0, now = time(NULL);
    d->driver->each(d->shelf, 0, 1, note_added, &newest);
    return now > newest ? now : newest;
}

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
    return r->there && state_is_unfinished(r->a.state.p);
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

static void remove_own_file(const struct desk *d, const char *id, const char *ending)
{
    struct buf path = BUF_INIT;
    article_path(d, id, ending, &path);
    unlink(path.p);
    buf_free(&path);
}

static void remove_own(const struct desk *d, const char *id)
{
    for (size_t i = 0; i < FILE_KINDS; i++)
        remove_own_file(d, id, file_kinds[i].ending);
    remove_own_file(d, id, ".source");
    remove_own_file(d, id, LIVE_ENDING);
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
        if (d->driver->remove(d->shelf, id))
            remove_own(d, id);
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
    bool made_nowhere = !a->key.n && !r->a.key.n;
    stored.place = own.place;
    if (is_unfinished(r)) {
        give_unfinished(id, r, a, take, user);
        return;
    }
    adopt(d, id, r, a);
    take(user, r->there && made_nowhere ? &own : &stored);
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

static bool can_be_removed(const struct desk *d, const char *id)
{
    struct shared_article a;
    enum shared_answer answer =
        d->plan->shared ? shared_find(d->plan->shared, id, &a) : SHARED_NONE;
    if (answer == SHARED_FOUND)
        shared_article_free(&a);
    return answer != SHARED_AWAY && !is_being_made(d, id);
}

/* Not while it is made, or the shared folder is away: its files would come back. */
bool catalogue_remove(struct desk *d, const char *id)
{
    if (!can_be_removed(d, id) || !d->driver->remove(d->shelf, id))
        return false;
    if (d->plan->shared)
        shared_remove(d->plan->shared, id);
    remove_own(d, id);
    return true;
}

/* ---- what other servers have made ---- */

enum {
    FOLLOW_SECONDS = 10,
    FOLLOW_MOST = 50, /* articles that are looked at without anybody being answered in between */
};

struct following {
    struct desk *desk;
    const char *day;
    unsigned left;
};

static void follow(void *user, const char *id)
{
    struct following *f = user;
    const struct desk *d = f->desk;
    struct shared_article a;
    if (!f->left || !article_id_is_valid(sv_of(id)))
        return;
    struct row r = find_row(d, id);
    if (!r.there) {
        enum shared_answer answer = shared_find(d->plan->shared, id, &a);
        if (answer == SHARED_FOUND) {
            adopt(d, id, &r, &a);
            shared_article_free(&a);
        } else if (answer == SHARED_NONE) {
            shared_forget(d->plan->shared, f->day, id);
        }
        f->left--;
    }
    shared_article_free(&r.a);
}

static void note_day(void *user, const char *day)
{
    struct desk *d = user;
    *vec_push(&d->days) = mem_copy(sv_of(day));
}

static int compare_days(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* At the beginning all days, then the last two. */
static void list_days(struct desk *d)
{
    bool begins = !d->follow_ns;
    int64_t now = catalogue_now(d);
    d->follow_ns = clock_now_ns() + (int64_t)FOLLOW_SECONDS * CLOCK_NS_PER_SECOND;
    if (begins) {
        shared_days(d->plan->shared, note_day, d);
        if (d->days.n)
            qsort(d->days.at, d->days.n, sizeof *d->days.at, compare_days);
        return;
    }
    for (int ago = 1; ago >= 0; ago--) {
        struct buf day = BUF_INIT;
        shared_add_day(now - (int64_t)ago * SECONDS_A_DAY, &day);
        note_day(d, day.p);
        buf_free(&day);
    }
}

/* One day a time; a day that has more to be taken stays. */
void catalogue_follow(struct desk *d)
{
    if (!d->plan->shared)
        return;
    if (!d->days.n && clock_now_ns() >= d->follow_ns)
        list_days(d);
    if (!d->days.n)
        return;
    struct following f = {d, d->days.at[d->days.n - 1], FOLLOW_MOST};
    shared_day(d->plan->shared, f.day, follow, &f);
    if (f.left)
        free(d->days.at[--d->days.n]);
}

void catalogue_follow_end(struct desk *d)
{
    for (size_t i = 0; i < d->days.n; i++)
        free(d->days.at[i]);
    vec_free(&d->days);
}

/* ---- expiry ---- */

enum { EXPIRY_MINUTES = 60 };

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
