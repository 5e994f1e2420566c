#include "serve/serve.h"

#include <errno.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/message.h"
#include "base/module.h"
#include "base/sha256.h"
#include "base/system_text.h"
#include "serve/catalogue.h"
#include "serve/desk.h"
#include "serve/listen.h"
#include "serve/routes.h"

enum {
    TICK_MS = 1000, /* no wait is longer, so that a signal just before one is not missed long */
    SOON_MS = 50,   /* nor where there is more to be taken from the shared folder */
    MOST_BODY = 16 << 20,
    BODIES = 4, /* of the largest size that are under way at once */
};

/* ---- what the library of HTTP calls ---- */

static bool take_head(void *user, const struct http_request *r, struct http_answer *a)
{
    enum admission admission = admit(user, r);
    if (admission != ADMITTED)
        answer_at_door(user, r, admission, a);
    return admission != ADMITTED;
}

static void take_whole(void *user, const struct http_request *r, struct http_answer *a)
{
    answer_request(user, r, a);
}

static void take_refusal(void *user, const struct http_request *r, bool too_large,
                         struct http_answer *a)
{
    answer_refused_body(user, r, too_large, a);
}

/* ---- beginning ---- */

static bool fail(const struct desk *d, struct buf *sentence)
{
    d->plan->fail(d->plan->user, sentence->p);
    buf_free(sentence);
    return false;
}

static bool open_modules(struct desk *d)
{
    struct buf sentence = BUF_INIT;
    struct err e = ERR_INIT;
    const void *http = NULL, *sqlite = NULL;
    bool found = !module_find("http", "docbao_http", &http, &e) &&
                 !module_find("sqlite", "docbao_sqlite", &sqlite, &e);
    d->http = http;
    d->driver = sqlite;
    if (!found)
        buf_add_message(&sentence, "Nothing can be served. %s", e.message.p);
    err_free(&e);
    return found || fail(d, &sentence);
}

/* One server a folder: two would make the same articles. The lock ends with the process. */
static bool lock_folder(struct desk *d)
{
    struct buf path = BUF_INIT, sentence = BUF_INIT;
    buf_addf(&path, "%s/lock", d->plan->folder);
    file_make_folders(path.p);
    int fd = open(path.p, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
        buf_clear(&sentence);
    else if (fd >= 0 && errno == EWOULDBLOCK)
        buf_add_message(&sentence,
                        "Another docbao serve runs with the folder “%s”; end that one, "
                        "or name another folder with -o.",
                        d->plan->folder);
    else
        buf_add_message(&sentence, "“%s” cannot be written: %s.", path.p, system_error(errno));
    buf_free(&path);
    return !sentence.n || fail(d, &sentence);
}

static bool open_shelf(struct desk *d)
{
    struct buf sentence = BUF_INIT;
    buf_addf(&d->folder, "%s/articles/", d->plan->folder);
    file_make_folders(d->folder.p);
    buf_addf(&d->shelf_path, "%s/articles.sqlite", d->plan->folder);
    d->shelf = d->driver->open(d->shelf_path.p);
    if (d->shelf && d->driver->recover(d->shelf, ""))
        return true;
    buf_add_message(&sentence,
                    "“%s” cannot be used; if it is damaged, put it aside, and the list "
                    "of articles begins anew.",
                    d->shelf_path.p);
    return fail(d, &sentence);
}

static bool open_shared(const struct desk *d)
{
    struct buf sentence = BUF_INIT;
    if (!d->plan->shared || shared_open(d->plan->shared))
        return true;
    buf_add_message(&sentence, "“%s” cannot be written: %s.", d->plan->shared, system_error(errno));
    return fail(d, &sentence);
}

static bool open_secrets(struct desk *d, struct buf *path)
{
    struct buf sentence = BUF_INIT;
    if (d->plan->token)
        buf_adds(path, d->plan->token);
    else
        buf_addf(path, "%s/token", d->plan->folder);
    return secrets_open(d, path->p, &sentence) || fail(d, &sentence);
}

/* The script stands between its tags with a line end before it (publish/caption_page.c). */
static void hash_script(struct desk *d)
{
    unsigned char digest[SHA256_BYTES];
    struct sha256 h;
    sha256_begin(&h);
    sha256_add(&h, SV("\n"));
    sha256_add(&h, embedded_find(SV("docbao-player.js")));
    sha256_end(&h, digest);
    buf_add_base64(&d->script_hash, (struct sv){(const char *)digest, sizeof digest});
}

/* The socket, or -1 after an error was told. */
static int open_socket(struct desk *d)
{
    const struct serve_plan *plan = d->plan;
    struct buf sentence = BUF_INIT;
    struct listen_place place;
    int fd = -1;
    if (!listen_place_read(plan->listen, (uint16_t)plan->port, &place))
        buf_add_message(&sentence,
                        "“%s” is no address to listen at; give numbers, such as "
                        "192.168.1.5 or 0.0.0.0:8642.",
                        plan->listen);
    else if ((fd = listen_open(&place)) < 0)
        buf_add_message(&sentence, "Nobody can be served at port %u: %s; --listen names another.",
                        place.port, system_error(errno));
    if (fd < 0) {
        fail(d, &sentence);
        return -1;
    }
    d->guarded = plan->guarded || plan->host || !place.loopback;
    listen_add_names(&place, plan->host, &d->hosts);
    listen_add_address(&place, plan->host, &d->address);
    return fd;
}

/* ---- running ---- */

static void run(struct desk *d, void *server)
{
    enum { MOST = 128 };
    struct pollfd fds[MOST] = {{.fd = d->http->descriptor(server), .events = POLLIN}};
    while (!*d->plan->stop) {
        int timeout = d->days.n ? SOON_MS : TICK_MS;
        makers_start(d);
        d->http->wants(server, &timeout);
        poll(fds, (nfds_t)(1 + makers_descriptors(d, fds + 1, MOST - 1)), timeout);
        makers_look(d);
        catalogue_follow(d);
        catalogue_expire(d);
        d->http->step(server);
    }
}

static bool serve(struct desk *d, int socket, const char *token_file)
{
    uint64_t most = d->plan->most_bytes ? d->plan->most_bytes : MOST_BODY;
    struct http_owner owner = {
        .head = take_head,
        .answer = take_whole,
        .refuse = take_refusal,
        .user = d,
        .socket = socket,
        .most_body = most,
        .most_bodies = BODIES * most,
    };
    void *server = d->http->open(&owner);
    if (!server) {
        struct buf sentence = BUF_INIT;
        buf_add_message(&sentence, "The server cannot be started: %s.", system_error(errno));
        close(socket);
        return fail(d, &sentence);
    }
    d->plan->ready(d->plan->user, d->address.p, d->guarded, token_file);
    run(d, server);
    d->http->close(server);
    makers_end(d);
    return true;
}

static void desk_free(struct desk *d)
{
    if (d->shelf)
        d->driver->close(d->shelf);
    catalogue_follow_end(d);
    secrets_free(d);
    host_names_free(&d->hosts);
    buf_free(&d->folder);
    buf_free(&d->shelf_path);
    buf_free(&d->script_hash);
    buf_free(&d->address);
}

bool serve_run(const struct serve_plan *plan)
{
    struct desk d = {.plan = plan,
                     .folder = BUF_INIT,
                     .shelf_path = BUF_INIT,
                     .token = BUF_INIT,
                     .cookie = BUF_INIT,
                     .form_secret = BUF_INIT,
                     .script_hash = BUF_INIT,
                     .address = BUF_INIT,
                     .feeds_due = true};
    struct buf token_file = BUF_INIT;
    umask(077); /* what people send is theirs */
    allowances_begin(&d);
    bool served = open_modules(&d) && lock_folder(&d) && open_shelf(&d) && open_shared(&d) &&
                  open_secrets(&d, &token_file);
    int socket = served ? open_socket(&d) : -1;
    if (socket >= 0)
        hash_script(&d);
    served = socket >= 0 && serve(&d, socket, token_file.p);
    desk_free(&d);
    buf_free(&token_file);
    return served;
}
