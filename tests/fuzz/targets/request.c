/*
 * Requests to the server: a range lies in its file, what is taken for an id or an address is one,
 * fields are UTF-8 without a NUL, and no name but the server's own is taken for its own.
 */
#include "serve/request.h"

#include "base/utf8.h"
#include "fuzz/check.h"
#include "fuzz/target.h"
#include "serve/listen.h"

static void check_range(struct sv header, uint64_t size)
{
    uint64_t offset = 0, length = 0;
    if (range_read(header, size, &offset, &length) == RANGE_PART &&
        (!length || offset >= size || length > size - offset))
        broken_promise("a range lies outside its file");
}

static void check_value(const struct buf *value, bool found)
{
    if (found && (memchr(value->p, 0, value->n) || utf8_valid_prefix(buf_sv(value)) < value->n))
        broken_promise("a field of a form is no text");
}

static void check_form(struct sv body)
{
    struct buf value = BUF_INIT;
    bool found = form_field(body, "text", &value);
    check_value(&value, found);
    buf_free(&value);
}

static void check_field(void *user, struct sv name, struct sv value)
{
    (void)user, (void)name;
    if (utf8_valid_prefix(value) < value.n || (value.n && memchr(value.p, 0, value.n)))
        broken_promise("a field of JSON is no text");
}

static void check_names(struct sv input)
{
    struct host_names names = {0};
    struct listen_place place;
    if (listen_place_read(NULL, 8642, &place))
        listen_add_names(&place, "nghe.example.vn", &names);
    if (host_is_ours(&names, input) && input.n > strlen("nghe.example.vn:8642"))
        broken_promise("a longer name is taken for the server's own");
    if (origin_is_ours(&names, input) && !sv_starts(input, SV("http")))
        broken_promise("an origin is no page of the web");
    host_names_free(&names);
}

static void check_address(struct sv input)
{
    if (address_is_of_web(input) && !sv_starts(input, SV("http://")) &&
        !sv_starts(input, SV("https://")))
        broken_promise("an address is not of the web");
    if (article_id_is_valid(input) &&
        (memchr(input.p, '/', input.n) || memchr(input.p, '.', input.n)))
        broken_promise("an id is a path");
}

static void run(struct sv input)
{
    struct buf decoded = BUF_INIT;
    check_range(input, fuzz_choices(&input));
    check_form(input);
    json_fields(input, check_field, NULL);
    check_names(input);
    check_address(input);
    struct sv cookie = cookie_of(input, SV("docbao"));
    if (cookie.n > input.n)
        broken_promise("a cookie is longer than its header");
    etag_is_listed(input, SV("\"a\""));
    gzip_is_accepted(input);
    if (base64_decode(input, &decoded) && decoded.n > input.n)
        broken_promise("base64 stands for more bytes than it has");
    buf_free(&decoded);
}

static void add_seeds(const struct seeds *seeds)
{
    static const char *const texts[] = {
        "bytes=0-99",
        "bytes=-5",
        "bytes=7-",
        "secret=0&text=Tr%E1%BB%9Di+m%C6%B0a&url=",
        "{\"url\": \"http://example.vn/\", \"text\": \"m\\u01b0a\"}",
        "localhost:8642",
        "http://nghe.example.vn",
        "a=1; docbao=0123; b=2",
        "\"b\", W/\"a\"",
        "br;q=0.5, gzip;q=0",
        "YTpiYw==",
        "0123456789abcdef",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        seed_text(seeds, 10 * (unsigned)i, texts[i]);
}

const struct fuzz_target fuzz_request = {run, add_seeds};
