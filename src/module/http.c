/*
 * docbao-http.so: a server of HTTP/1.1, by libmicrohttpd; gzip by zlib.
 */
#include <microhttpd.h>
#include <stdlib.h>
#include <strings.h>
#include <zlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "serve/http.h"

enum {
    MOST_CONNECTIONS = 400, /* each with a file: below the usual limit of 1024 descriptors */
    MOST_OF_ADDRESS = 256,  /* connections from one address */
    IDLE_SECONDS = 30,      /* a client that neither sends nor takes anything */
    HEAD_BYTES = 32768,     /* of a connection: its request line and headers */
    GROWING_MS = 20,        /* how often a file that grows is looked at */
    PIECE = 64 * 1024,
};

struct server {
    struct MHD_Daemon *daemon;
    const struct http_owner *owner;
    uint64_t bodies;                      /* bytes of those under way */
    VEC(struct MHD_Connection *) waiting; /* for a file to grow */
};

/* One request. */
struct exchange {
    struct server *server;
    struct buf body;
    bool too_large, busy;
};

/* ---- what the owner may ask ---- */

static const char *find_header(const struct http_request *r, const char *name)
{
    return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

static const char *find_argument(const struct http_request *r, const char *name)
{
    return MHD_lookup_connection_value(r->connection, MHD_GET_ARGUMENT_KIND, name);
}

static enum MHD_Result count_host(void *with, enum MHD_ValueKind kind, const char *name,
                                  const char *value)
{
    (void)kind, (void)value;
    *(unsigned *)with += strcasecmp(name, "Host") == 0;
    return MHD_YES;
}

static struct http_request request_of(struct MHD_Connection *connection, const char *method,
                                      const char *path, struct sv body)
{
    struct http_request r = {
        .method = strcmp(method, "HEAD") == 0 ? "GET" : method,
        .path = path,
        .body = body,
        .connection = connection,
        .header = find_header,
        .argument = find_argument,
    };
    MHD_get_connection_values(connection, MHD_HEADER_KIND, count_host, &r.hosts);
    return r;
}

/* ---- answers ---- */

/* A file that grows while it is sent. */
struct growing {
    struct server *server;
    struct MHD_Connection *connection;
    struct http_answer answer;
};

static ssize_t read_growing(void *with, uint64_t at, char *to, size_t most)
{
    struct growing *g = with;
    bool whole = false;
    uint64_t there = g->answer.grown(g->answer.with, &whole);
    uint64_t place = g->answer.offset + at;
    if (place < there) {
        size_t n = there - place < most ? (size_t)(there - place) : most;
        ssize_t got = pread(g->answer.fd, to, n, (off_t)place);
        return got > 0 ? got : MHD_CONTENT_READER_END_WITH_ERROR;
    }
    if (whole)
        return MHD_CONTENT_READER_END_OF_STREAM;
    *vec_push(&g->server->waiting) = g->connection;
    MHD_suspend_connection(g->connection);
    return 0;
}

static void release_growing(void *with)
{
    struct growing *g = with;
    g->answer.release(g->answer.with);
    close(g->answer.fd);
    free(g);
}

static struct MHD_Response *grow(struct server *s, struct MHD_Connection *connection,
                                 const struct http_answer *a)
{
    struct growing *g = mem_zalloc(sizeof *g);
    *g = (struct growing){s, connection, *a};
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, read_growing, g,
                                             release_growing);
}

static struct MHD_Response *response_of(struct server *s, struct MHD_Connection *connection,
                                        struct http_answer *a)
{
    if (a->fd >= 0 && a->grown)
        return grow(s, connection, a);
    if (a->fd >= 0)
        return MHD_create_response_from_fd_at_offset64(a->length, a->fd, a->offset);
    size_t n = a->body.n;
    return MHD_create_response_from_buffer(n, n ? buf_detach(&a->body) : buf_empty,
                                           n ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
}

static void add_headers(struct MHD_Response *response, struct buf *headers)
{
    char *line = headers->p, *end;
    for (; (end = strchr(line, '\n')); line = end + 1) {
        char *value = strchr(line, '\t');
        *end = *value = '\0';
        MHD_add_response_header(response, line, value + 1);
    }
}

static struct http_answer no_answer(void)
{
    return (struct http_answer){
        .status = MHD_HTTP_NOT_FOUND, .headers = BUF_INIT, .body = BUF_INIT, .fd = -1};
}

static enum MHD_Result send_answer(struct server *s, struct MHD_Connection *connection,
                                   struct http_answer *a)
{
    struct MHD_Response *response = response_of(s, connection, a);
    enum MHD_Result result = MHD_NO;
    if (response) {
        add_headers(response, &a->headers);
        result = MHD_queue_response(connection, a->status, response);
        MHD_destroy_response(response);
    }
    buf_free(&a->headers);
    buf_free(&a->body);
    return result;
}

static enum MHD_Result refuse(struct server *s, const struct http_request *r, bool too_large)
{
    struct http_answer a = no_answer();
    s->owner->refuse(s->owner->user, r, too_large, &a);
    return send_answer(s, r->connection, &a);
}

/* ---- requests ---- */

static bool says_too_large(struct server *s, const struct http_request *r)
{
    const char *length = find_header(r, "Content-Length");
    return length && strtoull(length, NULL, 10) > s->owner->most_body;
}

static enum MHD_Result begin(struct server *s, const struct http_request *r, void **exchange)
{
    struct http_answer a = no_answer();
    struct exchange *x = mem_zalloc(sizeof *x);
    *x = (struct exchange){.server = s, .body = BUF_INIT};
    *exchange = x;
    if (s->owner->head(s->owner->user, r, &a))
        return send_answer(s, r->connection, &a);
    if (says_too_large(s, r))
        return refuse(s, r, true);
    return MHD_YES;
}

static void take_body(struct exchange *x, const char *bytes, size_t n)
{
    const struct http_owner *owner = x->server->owner;
    x->too_large = x->too_large || x->body.n + n > owner->most_body;
    x->busy = x->busy || x->server->bodies + n > owner->most_bodies;
    if (x->too_large || x->busy)
        return;
    buf_add(&x->body, bytes, n);
    x->server->bodies += n;
}

static enum MHD_Result take_request(void *user, struct MHD_Connection *connection, const char *path,
                                    const char *method, const char *version, const char *bytes,
                                    size_t *n, void **exchange)
{
    struct server *s = user;
    struct exchange *x = *exchange;
    struct http_request r =
        request_of(connection, method, path, x ? buf_sv(&x->body) : (struct sv){NULL, 0});
    (void)version;
    if (!x)
        return begin(s, &r, exchange);
    if (*n) {
        take_body(x, bytes, *n);
        *n = 0;
        return MHD_YES;
    }
    if (x->too_large || x->busy)
        return refuse(s, &r, x->too_large);
    struct http_answer a = no_answer();
    s->owner->answer(s->owner->user, &r, &a);
    return send_answer(s, connection, &a);
}

static void end_request(void *user, struct MHD_Connection *connection, void **exchange,
                        enum MHD_RequestTerminationCode how)
{
    struct exchange *x = *exchange;
    (void)user, (void)connection, (void)how;
    if (!x)
        return;
    x->server->bodies -= x->body.n;
    buf_free(&x->body);
    free(x);
    *exchange = NULL;
}

/* ---- the server ---- */

static void *open_server(const struct http_owner *owner)
{
    struct server *s = mem_zalloc(sizeof *s);
    s->owner = owner;
    s->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, take_request, s,
        MHD_OPTION_LISTEN_SOCKET, owner->socket, MHD_OPTION_NOTIFY_COMPLETED, end_request, s,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        (unsigned)MOST_OF_ADDRESS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_END);
    if (s->daemon)
        return s;
    free(s);
    return NULL;
}

static int descriptor(void *server)
{
    struct server *s = server;
    return MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

static void lower(int *timeout_ms, uint64_t wanted)
{
    if (*timeout_ms < 0 || wanted < (uint64_t)*timeout_ms)
        *timeout_ms = (int)wanted;
}

static void wants(void *server, int *timeout_ms)
{
    struct server *s = server;
    MHD_UNSIGNED_LONG_LONG due;
    if (MHD_get_timeout(s->daemon, &due) == MHD_YES)
        lower(timeout_ms, due);
    if (s->waiting.n)
        lower(timeout_ms, GROWING_MS);
}

static void resume_all(struct server *s)
{
    for (size_t i = 0; i < s->waiting.n; i++)
        MHD_resume_connection(s->waiting.at[i]);
    s->waiting.n = 0;
}

static void step_server(void *server)
{
    struct server *s = server;
    resume_all(s);
    MHD_run(s->daemon);
}

static void close_server(void *server)
{
    struct server *s = server;
    resume_all(s);
    MHD_stop_daemon(s->daemon);
    vec_free(&s->waiting);
    free(s);
}

static bool pack(struct sv text, struct buf *out)
{
    enum { GZIP = 16, MEMORY = 8, LEVEL = 6 };
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)text.p, .avail_in = (unsigned)text.n};
    if (text.n < PIECE / 64 || text.n > UINT32_MAX ||
        deflateInit2(&z, LEVEL, Z_DEFLATED, MAX_WBITS + GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    buf_reserve(out, text.n);
    z.next_out = (unsigned char *)out->p + out->n;
    z.avail_out = (unsigned)text.n;
    bool packed = deflate(&z, Z_FINISH) == Z_STREAM_END;
    if (packed)
        out->n += z.total_out;
    out->p[out->n] = '\0';
    deflateEnd(&z);
    return packed;
}

extern const struct http_driver docbao_http;

__attribute__((visibility("default"))) const struct http_driver docbao_http = {
    open_server, descriptor, wants, step_server, close_server, pack};
