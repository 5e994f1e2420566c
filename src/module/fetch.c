/*
 * docbao-fetch.so: transfers from the network, by libcurl (article/input/transfer.h).
 */
#include <curl/curl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "article/input/transfer.h"
#include "base/address.h"

_Static_assert(sizeof((struct transfer *)0)->detail >= CURL_ERROR_SIZE, "curl writes so much");

enum { HEADERS_MOST = 1 << 20 }; /* bytes; of all answers in a chain of redirects together */

struct run {
    struct transfer *t;
    CURL *curl;
    size_t header_bytes;
    bool began;    /* `head` was called */
    bool decodes;  /* the library undoes compression */
    bool is_gzip;  /* the body is packed by gzip, and is passed on as it is */
    bool is_other; /* it is packed in another way, which the library has to undo */
    bool garbled;  /* it is not packed as the server says */
    bool unwanted; /* our own `head` or `body` refused */
    bool local;    /* a local address was refused */
};

/* Called for each connection: also after a redirect, and for each address of a host name. */
static curl_socket_t open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct run *run = user;
    (void)purpose;
    if (!run->t->allow_local && address_is_local(&address->addr, address->addrlen)) {
        run->local = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static bool starts(const char *bytes, size_t n, const char *head)
{
    size_t length = strlen(head);
    return n >= length && strncasecmp(bytes, head, length) == 0;
}

/* The compression of the body. Each answer begins with a line of its own. */
static void read_encoding(struct run *run, const char *line, size_t n)
{
    static const char name[] = "Content-Encoding:";
    if (starts(line, n, "HTTP/"))
        run->is_gzip = false;
    if (run->decodes || !starts(line, n, name))
        return;
    line += sizeof name - 1;
    n -= sizeof name - 1;
    while (n && (*line == ' ' || *line == '\t'))
        line++, n--;
    run->is_gzip = starts(line, n, "gzip") || starts(line, n, "x-gzip");
    run->is_other = !run->is_gzip && n > 2 && !starts(line, n, "identity");
}

static size_t on_header(char *bytes, size_t size, size_t n, void *user)
{
    struct run *run = user;
    run->header_bytes += size * n;
    read_encoding(run, bytes, size * n);
    return run->header_bytes <= HEADERS_MOST && !run->is_other ? size * n : 0;
}

static bool begin(struct run *run)
{
    long status = 0;
    char *type = NULL;
    if (run->began)
        return true;
    run->began = true;
    curl_easy_getinfo(run->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(run->curl, CURLINFO_CONTENT_TYPE, &type);
    run->unwanted = !run->t->head(run->t->user, status, type ? type : "");
    return !run->unwanted;
}

static size_t on_body(char *bytes, size_t size, size_t n, void *user)
{
    struct run *run = user;
    if (!begin(run))
        return 0;
    if (run->is_gzip && bytes[0] != '\x1f') {
        run->garbled = true;
        return 0;
    }
    run->is_gzip = false; /* only the first byte is of interest */
    run->unwanted = !run->t->body(run->t->user, bytes, size * n);
    return run->unwanted ? 0 : size * n;
}

static void set_limits(CURL *curl, const struct transfer *t)
{
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)t->redirects);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)t->connect_seconds);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L); /* bytes a second */
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)t->stall_seconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)t->whole_seconds);
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)t->max_bytes);
}

/* The library does not read the file itself: it would wait for a pipe, and read without end. A line
 * without a tab or a colon is no cookie, but may be one of its commands. */
static void add_cookies(CURL *curl, char *rest)
{
    for (char *line; (line = strsep(&rest, "\r\n"));)
        if (strpbrk(line, "\t:"))
            curl_easy_setopt(curl, CURLOPT_COOKIELIST, line);
}

/* A body packed by gzip is passed on packed: the library does not say if its end is missing. */
static void set_decoding(struct run *run)
{
    curl_easy_setopt(run->curl, CURLOPT_ACCEPT_ENCODING, run->decodes ? "" : "gzip");
    curl_easy_setopt(run->curl, CURLOPT_HTTP_CONTENT_DECODING, run->decodes ? 1L : 0L);
}

static void set_up(struct run *run)
{
    CURL *curl = run->curl;
    struct transfer *t = run->t;
    curl_easy_setopt(curl, CURLOPT_URL, t->url);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "docbao/" DOCBAO_VERSION);
    set_decoding(run);
    /* Cookies are kept during the transfer: some sites redirect until they get theirs back. */
    curl_easy_setopt(curl, CURLOPT_COOKIEFILE, "");
    add_cookies(curl, t->cookies);
    curl_easy_setopt(curl, CURLOPT_PROXY,
                     ""); /* with a proxy, local addresses could not be refused */
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L); /* do not wait for a slow name server */
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, t->detail);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, run);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, run);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, run);
    set_limits(curl, t);
}

static enum transfer_end how_late(const struct run *run)
{
    curl_off_t connected = 0;
    curl_easy_getinfo(run->curl, CURLINFO_CONNECT_TIME_T, &connected);
    if (!connected)
        return TRANSFER_LATE_CONNECT;
    return run->began || run->header_bytes ? TRANSFER_LATE_BODY : TRANSFER_LATE_ANSWER;
}

static const struct {
    CURLcode code;
    enum transfer_end end;
} ends[] = {
    {CURLE_OK, TRANSFER_DONE},
    {CURLE_URL_MALFORMAT, TRANSFER_BAD_URL},
    {CURLE_UNSUPPORTED_PROTOCOL, TRANSFER_BAD_SCHEME},
    {CURLE_COULDNT_RESOLVE_HOST, TRANSFER_NO_HOST},
    {CURLE_COULDNT_CONNECT, TRANSFER_NO_CONNECT},
    {CURLE_TOO_MANY_REDIRECTS, TRANSFER_REDIRECTS},
    {CURLE_FILESIZE_EXCEEDED, TRANSFER_TOO_LARGE},
    {CURLE_PARTIAL_FILE, TRANSFER_BROKEN_OFF},
    {CURLE_GOT_NOTHING, TRANSFER_BROKEN_OFF},
    {CURLE_RECV_ERROR, TRANSFER_BROKEN_OFF},
    {CURLE_BAD_CONTENT_ENCODING, TRANSFER_GARBLED},
    {CURLE_SSL_CONNECT_ERROR, TRANSFER_NO_TLS},
    {CURLE_PEER_FAILED_VERIFICATION, TRANSFER_NO_TLS},
    {CURLE_SSL_CIPHER, TRANSFER_NO_TLS},
    {CURLE_SSL_CERTPROBLEM, TRANSFER_NO_TLS},
    {CURLE_SSL_CACERT_BADFILE, TRANSFER_NO_TLS},
    {CURLE_SSL_ISSUER_ERROR, TRANSFER_NO_TLS},
    {CURLE_SSL_INVALIDCERTSTATUS, TRANSFER_NO_TLS},
    {CURLE_SSL_PINNEDPUBKEYNOTMATCH, TRANSFER_NO_TLS},
};

static enum transfer_end end_of(const struct run *run, CURLcode result)
{
    if (run->unwanted)
        return TRANSFER_UNWANTED;
    if (run->garbled)
        return TRANSFER_GARBLED;
    if (result == CURLE_OPERATION_TIMEDOUT)
        return how_late(run);
    if (result == CURLE_COULDNT_CONNECT && run->local)
        return TRANSFER_LOCAL;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends[i].code == result)
            return ends[i].end;
    return TRANSFER_FAILED;
}

static enum transfer_end run_transfer(struct transfer *t)
{
    struct run run = {.t = t};
    t->detail[0] = '\0';
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return TRANSFER_FAILED;
    run.curl = curl_easy_init();
    if (!run.curl)
        return TRANSFER_FAILED;
    set_up(&run);
    CURLcode result = curl_easy_perform(run.curl);
    if (run.is_other) { /* the server packs as it likes */
        run = (struct run){.t = t, .curl = run.curl, .decodes = true};
        set_decoding(&run);
        result = curl_easy_perform(run.curl);
    }
    enum transfer_end end = end_of(&run, result);
    if (end == TRANSFER_DONE && !begin(&run))
        end = TRANSFER_UNWANTED;
    if (end == TRANSFER_FAILED && !*t->detail)
        snprintf(t->detail, sizeof t->detail, "%s", curl_easy_strerror(result));
    curl_easy_cleanup(run.curl);
    return end;
}

static char *resolve(const char *base, const char *reference)
{
    CURLU *url = curl_url();
    char *got = NULL, *kept = NULL;
    if (url && curl_url_set(url, CURLUPART_URL, base, 0) == CURLUE_OK &&
        curl_url_set(url, CURLUPART_URL, reference, CURLU_URLENCODE) == CURLUE_OK &&
        curl_url_get(url, CURLUPART_URL, &got, 0) == CURLUE_OK)
        kept = strdup(got);
    curl_free(got);
    curl_url_cleanup(url);
    return kept;
}

extern const struct transfer_driver docbao_transfer;
__attribute__((visibility("default")))
const struct transfer_driver docbao_transfer = {run_transfer, resolve};
