/* The server: what must be read right in a request, and the list of articles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <unistd.h>

#include "serve/listen.h"
#include "base/utf8.h"
#include "serve/request.h"

static void ranges_are_read(void **unused)
{
    static const struct {
        const char *header;
        uint64_t size;
        enum range_kind kind;
        uint64_t offset, length;
    } cases[] = {
        {"bytes=0-0", 10, RANGE_PART, 0, 1},
        {"bytes=0-", 10, RANGE_PART, 0, 10},
        {"bytes=3-5", 10, RANGE_PART, 3, 3},
        {"bytes=3-500", 10, RANGE_PART, 3, 7},
        {"bytes=9-9", 10, RANGE_PART, 9, 1},
        {" bytes=9- ", 10, RANGE_PART, 9, 1},
        {"bytes=10-", 10, RANGE_NONE, 0, 0},
        {"bytes=10-11", 10, RANGE_NONE, 0, 0},
        {"bytes=0-", 0, RANGE_NONE, 0, 0},
        {"bytes=-1", 10, RANGE_PART, 9, 1},
        {"bytes=-10", 10, RANGE_PART, 0, 10},
        {"bytes=-11", 10, RANGE_PART, 0, 10},
        {"bytes=-0", 10, RANGE_NONE, 0, 0},
        {"bytes=-5", 0, RANGE_NONE, 0, 0},
        {"bytes=5-3", 10, RANGE_WHOLE, 0, 0},
        {"bytes=0-1,4-5", 10, RANGE_WHOLE, 0, 0},
        {"bytes=", 10, RANGE_WHOLE, 0, 0},
        {"bytes=-", 10, RANGE_WHOLE, 0, 0},
        {"bytes=x-1", 10, RANGE_WHOLE, 0, 0},
        {"bytes=1-x", 10, RANGE_WHOLE, 0, 0},
        {"items=0-1", 10, RANGE_WHOLE, 0, 0},
        {"bytes=99999999999999999999-", 10, RANGE_WHOLE, 0, 0},
        {"bytes=0-99999999999999999999", 10, RANGE_WHOLE, 0, 0},
        {"bytes=--1", 10, RANGE_WHOLE, 0, 0},
        {"", 10, RANGE_WHOLE, 0, 0},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t offset = 0, length = 0;
        enum range_kind kind = range_read(sv_of(cases[i].header), cases[i].size, &offset, &length);
        if (kind != cases[i].kind ||
            (kind == RANGE_PART && (offset != cases[i].offset || length != cases[i].length)))
            fail_msg("%s of %u: kind %d, %u, %u", cases[i].header, (unsigned)cases[i].size, kind,
                     (unsigned)offset, (unsigned)length);
    }
}

static void tags_are_compared(void **unused)
{
    (void)unused;
    assert_true(etag_is_listed(SV("\"a\""), SV("\"a\"")));
    assert_true(etag_is_listed(SV("\"b\", W/\"a\""), SV("\"a\"")));
    assert_true(etag_is_listed(SV("*"), SV("\"a\"")));
    assert_false(etag_is_listed(SV("a"), SV("\"a\"")));
    assert_false(etag_is_listed(SV("\"ab\""), SV("\"a\"")));
    assert_false(etag_is_listed(SV(""), SV("\"a\"")));
}

static void gzip_is_taken_or_not(void **unused)
{
    (void)unused;
    assert_true(gzip_is_accepted(SV("gzip")));
    assert_true(gzip_is_accepted(SV("br, gzip;q=0.5")));
    assert_false(gzip_is_accepted(SV("br, gzip;q=0")));
    assert_false(gzip_is_accepted(SV("gzip;q=0.0")));
    assert_true(gzip_is_accepted(SV("gzip;q=0.01")));
    assert_true(gzip_is_accepted((struct sv){"gzip;q=0.5", 10}));
    assert_false(gzip_is_accepted((struct sv){"gzip;q=0.5", 8})); /* no byte behind it counts */
    assert_false(gzip_is_accepted(SV("br")));
    assert_false(gzip_is_accepted(SV("")));
}

/* ---- who may ask ---- */

static void only_our_names_are_answered(void **unused)
{
    static const char *const ours[] = {"localhost:8642", "LOCALHOST:8642",  "127.0.0.1:8642",
                                       "[::1]:8642",     "nghe.example.vn", "nghe.example.vn:8642"};
    static const char *const others[] = {"",
                                         "localhost",
                                         "localhost:80",
                                         "localhost:86420",
                                         "localhost:8642.evil.example",
                                         "evil.example",
                                         "evil.example:8642",
                                         "127.0.0.1",
                                         "127.0.0.2:8642",
                                         "nghe.example.vn.evil.example",
                                         "xnghe.example.vn",
                                         "0.0.0.0:8642",
                                         "localhost:8642, evil.example"};
    struct host_names names = {0};
    struct listen_place place;
    (void)unused;
    assert_true(listen_place_read(NULL, 8642, &place));
    assert_true(place.loopback);
    listen_add_names(&place, "nghe.example.vn", &names);
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (!host_is_ours(&names, sv_of(ours[i])))
            fail_msg("%s is refused", ours[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (host_is_ours(&names, sv_of(others[i])))
            fail_msg("%s is taken for a name of ours", others[i]);
    assert_true(origin_is_ours(&names, SV("http://localhost:8642")));
    assert_true(origin_is_ours(&names, SV("https://nghe.example.vn")));
    assert_false(origin_is_ours(&names, SV("null")));
    assert_false(origin_is_ours(&names, SV("http://")));
    assert_false(origin_is_ours(&names, SV("ftp://localhost:8642")));
    assert_false(origin_is_ours(&names, SV("http://localhost:8642/")));
    assert_false(origin_is_ours(&names, SV("http://evil.example")));
    host_names_free(&names);
}

static void addresses_to_listen_at(void **unused)
{
    static const struct {
        const char *text;
        uint16_t port;
        bool loopback;
    } good[] = {
        {"127.0.0.1", 1, true},
        {"localhost", 1, true},
        {"127.9.9.9:80", 80, true},
        {"::1", 1, true},
        {"[::1]:8080", 8080, true},
        {"0.0.0.0", 1, false},
        {"192.168.1.5:0", 0, false},
        {"[::]", 1, false},
        {"::", 1, false},
        {"[::ffff:127.0.0.1]", 1, false},
    };
    static const char *const bad[] = {"",
                                      "x",
                                      "example.vn",
                                      "127.0.0.1:",
                                      "127.0.0.1:x",
                                      "127.0.0.1:65536",
                                      "127.0.0.1:123456",
                                      "[::1",
                                      "[::1]x",
                                      "256.0.0.1",
                                      "127.1",
                                      "1:2:3"};
    struct listen_place place;
    (void)unused;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!listen_place_read(good[i].text, 1, &place) || place.port != good[i].port ||
            place.loopback != good[i].loopback)
            fail_msg("%s: port %u, loopback %d", good[i].text, place.port, place.loopback);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (listen_place_read(bad[i], 1, &place))
            fail_msg("“%s” is taken for an address", bad[i]);
}

static void secrets_are_compared(void **unused)
{
    (void)unused;
    assert_true(secret_is_same(SV("abc"), SV("abc")));
    assert_false(secret_is_same(SV("abc"), SV("abd")));
    assert_false(secret_is_same(SV("abc"), SV("xbc")));
    assert_false(secret_is_same(SV("abc"), SV("ab")));
    assert_false(secret_is_same(SV("ab"), SV("abc")));
    assert_false(secret_is_same(SV(""), SV("")));
    assert_false(secret_is_same((struct sv){NULL, 0}, SV("abc")));
}

static void cookies_are_found(void **unused)
{
    (void)unused;
    assert_true(sv_is(cookie_of(SV("a=1; docbao=xyz; b=2"), SV("docbao")), "xyz"));
    assert_true(sv_is(cookie_of(SV("docbao=xyz"), SV("docbao")), "xyz"));
    assert_null(cookie_of(SV("xdocbao=xyz"), SV("docbao")).p);
    assert_null(cookie_of(SV("docbao"), SV("docbao")).p);
    assert_null(cookie_of(SV(""), SV("docbao")).p);
}

static void base64_is_decoded(void **unused)
{
    struct buf out = BUF_INIT;
    (void)unused;
    assert_true(base64_decode(SV("YTpi"), &out));
    assert_string_equal(out.p, "a:b");
    buf_clear(&out);
    assert_true(base64_decode(SV("YTpiYw=="), &out));
    assert_string_equal(out.p, "a:bc");
    assert_false(base64_decode(SV("Y*pi"), &out));
    buf_free(&out);
}

/* ---- what is asked for ---- */

static void ids_are_no_paths(void **unused)
{
    static const char *const bad[] = {"",
                                      "0123456789abcde",
                                      "0123456789abcdef0",
                                      "../../etc/passwd",
                                      "0123456789ABCDEF",
                                      "0123456789abcde/",
                                      "0123456789abcd..",
                                      "0123456789abcde\n"};
    (void)unused;
    assert_true(article_id_is_valid(SV("0123456789abcdef")));
    assert_true(article_id_is_valid(SV("zzzzzzzzzzzzzzzz")));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (article_id_is_valid(sv_of(bad[i])))
            fail_msg("“%s” is taken for an id", bad[i]);
    assert_false(article_id_is_valid((struct sv){"0123456789abcd\0f", ARTICLE_ID_LETTERS}));
}

static void addresses_are_of_the_web(void **unused)
{
    static const char *const bad[] = {"",
                                      "bai.txt",
                                      "/etc/passwd",
                                      "file:///etc/passwd",
                                      "ftp://example.vn/",
                                      "http://",
                                      "https://",
                                      "http:///etc/passwd",
                                      "-",
                                      " http://example.vn/",
                                      "http://example.vn/a b",
                                      "http://example.vn/\r\nX: y",
                                      "http://example.vn/\xFF",
                                      "HTTP//example.vn"};
    (void)unused;
    assert_true(address_is_of_web(SV("http://example.vn")));
    assert_true(address_is_of_web(SV("https://example.vn/tin-tức.html?a=1#b")));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (address_is_of_web(sv_of(bad[i])))
            fail_msg("“%s” is taken for an address", bad[i]);
}

static void forms_are_read(void **unused)
{
    struct buf out = BUF_INIT;
    struct sv body =
        SV("url=http%3A%2F%2Fa%2F&text=Tr%E1%BB%9Di+m%C6%B0a.%0D%0A&empty=&bad=%FF&nul=a%00"
           "b&cut=%4");
    (void)unused;
    assert_true(form_field(body, "url", &out));
    assert_string_equal(out.p, "http://a/");
    buf_clear(&out);
    assert_true(form_field(body, "text", &out));
    assert_string_equal(out.p, "Trời mưa.\r\n");
    buf_clear(&out);
    assert_true(form_field(body, "empty", &out));
    assert_string_equal(out.p, "");
    assert_true(form_field(body, "cut", &out));
    assert_string_equal(out.p, "%4");
    assert_false(form_field(body, "none", &out));
    assert_false(form_field(body, "ur", &out));
    assert_false(form_field(body, "bad", &out));
    assert_false(form_field(body, "nul", &out));
    assert_string_equal(out.p, "%4"); /* nothing of these came */
    buf_free(&out);
}

static void note_field(void *user, struct sv name, struct sv value)
{
    buf_addf(user, "%.*s=%.*s;", SV_ARG(name), SV_ARG(value));
}

static void json_is_read(void **unused)
{
    static const char *const bad[] = {"",
                                      "[]",
                                      "\"x\"",
                                      "{\"a\":[\"b\"]}",
                                      "{\"a\"",
                                      "{\"a\":{}}",
                                      "{\"a\":\"b\"}}",
                                      "{\"a\":\"\\u0000\"}",
                                      "[[[[",
                                      "{\"a\":\"b\"",
                                      "{\"a\":\"\xFF\"}",
                                      "12",
                                      "{\"a\":-}"};
    struct buf out = BUF_INIT;
    (void)unused;
    assert_true(json_fields(SV("{\"url\": \"http://a/\", \"n\": 1, \"text\": \"m\\u01b0a\"}"),
                            note_field, &out));
    assert_string_equal(out.p, "url=http://a/;n=1;text=mưa;");
    buf_clear(&out);
    assert_true(json_fields(SV("{\"a\": \"b\\ud83d c\\uDE00\", \"d\": \"\\ud83d\\ude00\"}"),
                            note_field, &out));
    assert_int_equal(utf8_valid_prefix(buf_sv(&out)), out.n);
    assert_non_null(strstr(out.p, "d=😀;"));
    assert_non_null(strstr(out.p, " c\uFFFD"));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (json_fields(sv_of(bad[i]), note_field, &out))
            fail_msg("%s is taken for an object of strings", bad[i]);
    buf_free(&out);
}

static void wanted_members_are_read(void **unused)
{
    struct buf a = BUF_INIT, b = BUF_INIT;
    const struct json_wanted wanted[] = {{"a", &a}, {"b", &b}};
    (void)unused;
    buf_adds(&b, "as before");
    assert_true(json_read(SV("{\"a\": \"x\", \"ab\": \"y\", \"a\": 2.5}"), wanted, 2));
    assert_string_equal(a.p, "2.5");
    assert_string_equal(b.p, "as before");
    assert_false(json_read(SV("{\"b\": [1]}"), wanted, 2));
    buf_free(&a);
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wanted_members_are_read),
        cmocka_unit_test(ranges_are_read),
        cmocka_unit_test(tags_are_compared),
        cmocka_unit_test(gzip_is_taken_or_not),
        cmocka_unit_test(only_our_names_are_answered),
        cmocka_unit_test(addresses_to_listen_at),
        cmocka_unit_test(secrets_are_compared),
        cmocka_unit_test(cookies_are_found),
        cmocka_unit_test(base64_is_decoded),
        cmocka_unit_test(ids_are_no_paths),
        cmocka_unit_test(addresses_are_of_the_web),
        cmocka_unit_test(forms_are_read),
        cmocka_unit_test(json_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
