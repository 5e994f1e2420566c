/* The base room: views, buffers, arrays, arenas, UTF-8, NFC, tables, indexes, embedded files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/embedded.h"
#include "base/err.h"
#include "base/nfc.h"
#include "base/sv.h"
#include "base/table.h"
#include "base/utf8.h"
#include "base/vec.h"

#define assert_sv(view, literal)                                                                   \
    do {                                                                                           \
        struct sv seen_ = (view);                                                                  \
        assert_int_equal(seen_.n, sizeof(literal) - 1);                                            \
        if (seen_.n)                                                                               \
            assert_memory_equal(seen_.p, literal, seen_.n);                                        \
    } while (0)

/* ---- views ---- */

static void sv_compares(void **state)
{
    (void)state;
    assert_true(sv_eq(SV("báo"), SV("báo")));
    assert_false(sv_eq(SV("báo"), SV("bao")));
    assert_true(sv_eq((struct sv){NULL, 0}, SV("")));
    assert_true(sv_is(SV("đọc"), "đọc"));
    assert_false(sv_is(SV("đọc"), "đọc báo"));
    assert_true(sv_cmp(SV("a"), SV("b")) < 0);
    assert_true(sv_cmp(SV("ab"), SV("a")) > 0);
    assert_int_equal(sv_cmp(SV("ab"), SV("ab")), 0);
    assert_int_equal(sv_cmp((struct sv){NULL, 0}, SV("")), 0);
    assert_true(sv_cmp(SV("z"), SV("\xC3\xA9")) < 0); /* bytes are unsigned */
    assert_int_equal(sv_of(NULL).n, 0);
}

static void sv_looks_inside(void **state)
{
    (void)state;
    struct sv text = SV("hai mươi tư");
    assert_true(sv_starts(text, SV("hai")));
    assert_false(sv_starts(SV("ha"), SV("hai")));
    assert_true(sv_ends(text, SV("tư")));
    assert_false(sv_ends(SV("ư"), SV("tư")));
    assert_true(sv_starts(text, SV("")) && sv_ends(text, SV("")));
    assert_int_equal(sv_find(text, SV("mươi")), 4);
    assert_int_equal(sv_find(text, SV("năm")), -1);
    assert_int_equal(sv_find(text, SV("")), 0);
    assert_int_equal(sv_find(SV("a"), SV("ab")), -1);
    assert_sv(sv_at(text, (struct span){4, 6}), "mươi");
    assert_sv(sv_sub(text, 0, 3), "hai");
}

static void sv_trims_and_cuts(void **state)
{
    (void)state;
    assert_sv(sv_trim(SV(" \t báo \r\n")), "báo");
    assert_sv(sv_trim(SV(" \n ")), "");
    struct sv rest = SV("a\t\tb");
    assert_sv(sv_cut(&rest, '\t'), "a");
    assert_sv(sv_cut(&rest, '\t'), "");
    assert_non_null(rest.p);
    assert_sv(sv_cut(&rest, '\t'), "b");
    assert_null(rest.p);
    /* A cut at the very end leaves an empty piece, not none. */
    rest = SV("a\n");
    assert_sv(sv_cut(&rest, '\n'), "a");
    assert_non_null(rest.p);
    assert_sv(sv_cut(&rest, '\n'), "");
    assert_null(rest.p);
}

static void sv_hash_tells_apart(void **state)
{
    (void)state;
    assert_true(sv_hash(SV("a")) == sv_hash(SV("a")));
    assert_true(sv_hash(SV("a")) != sv_hash(SV("b")));
    assert_true(sv_hash(SV("ab")) != sv_hash(SV("ba")));
}

/* ---- buffers ---- */

static void buf_always_ends_in_nul(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    assert_string_equal(b.p, "");
    buf_add(&b, NULL, 0);
    assert_string_equal(b.p, "");
    buf_adds(&b, "đọc");
    buf_putc(&b, ' ');
    buf_add_sv(&b, SV("báo"));
    buf_addf(&b, " %d%s", 24, "/7");
    assert_string_equal(b.p, "đọc báo 24/7");
    assert_int_equal(b.n, strlen(b.p));
    buf_cut(&b, 6);
    assert_string_equal(b.p, "đọc");
    buf_clear(&b);
    assert_string_equal(b.p, "");
    assert_int_equal(b.n, 0);
    buf_add(&b, "a\0b", 3);
    assert_int_equal(b.n, 3);
    assert_memory_equal(b.p, "a\0b", 4);
    buf_free(&b);
    assert_string_equal(b.p, "");
    buf_adds(&b, "again");
    assert_sv(buf_sv(&b), "again");
    buf_free(&b);
}

static void buf_grows(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    for (int i = 0; i < 10000; i++)
        buf_putc(&b, (char)('a' + i % 26));
    assert_int_equal(b.n, 10000);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(b.p[i], 'a' + i % 26);
    assert_int_equal(b.p[10000], '\0');
    buf_free(&b);
}

static void buf_detaches(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    char *empty = buf_detach(&b);
    assert_string_equal(empty, "");
    free(empty);
    buf_adds(&b, "kept");
    char *kept = buf_detach(&b);
    assert_string_equal(kept, "kept");
    assert_string_equal(b.p, "");
    free(kept);
    buf_free(&b);
}

/* ---- arrays and arenas ---- */

static void vec_keeps_items(void **state)
{
    (void)state;
    VEC(uint32_t) v = {0};
    for (uint32_t i = 0; i < 1000; i++)
        *vec_push(&v) = i * i;
    assert_int_equal(v.n, 1000);
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(v.at[i], i * i);
    vec_reserve(&v, 5000);
    assert_true(v.cap >= 6000);
    assert_int_equal(v.at[999], 999 * 999);
    vec_free(&v);
    assert_null(v.at);
    assert_int_equal(v.n + v.cap, 0);
}

static void arena_keeps_places(void **state)
{
    (void)state;
    struct arena a = {0};
    char *first = arena_dup(&a, SV("first"));
    char *empty = arena_dup(&a, (struct sv){NULL, 0});
    char *large = arena_alloc(&a, 1 << 20);
    memset(large, 'x', 1 << 20);
    for (int i = 1; i < 200; i++) {
        char *p = arena_alloc(&a, (size_t)i * 7);
        assert_int_equal((uintptr_t)p % sizeof(void *), 0);
        memset(p, 'y', (size_t)i * 7);
    }
    assert_string_equal(first, "first");
    assert_string_equal(empty, "");
    assert_int_equal(large[0], 'x');
    assert_int_equal(large[(1 << 20) - 1], 'x');
    arena_free(&a);
    arena_free(&a);
    assert_null(a.chunks);
}

/* ---- errors ---- */

static void err_says_what_and_where(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    assert_int_equal(err_set(&e, STATUS_USAGE, "no voice named %s", "x"), STATUS_USAGE);
    assert_string_equal(e.message.p, "no voice named x");
    assert_int_equal(err_at(&e, "a.tsv", 3, 0), STATUS_USAGE);
    assert_string_equal(e.file.p, "a.tsv");
    assert_int_equal(e.line, 3);
    /* An error may be made of its own message; its place is cleared. */
    err_set(&e, STATUS_INPUT, "%s; nothing was read", e.message.p);
    assert_string_equal(e.message.p, "no voice named x; nothing was read");
    assert_string_equal(e.file.p, "");
    assert_int_equal(e.line, 0);
    err_free(&e);
}

/* ---- UTF-8 and NFC ---- */

static void utf8_goes_there_and_back(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        char bytes[4];
        unsigned n = utf8_encode(code, bytes);
        uint32_t back = 0;
        unsigned length = utf8_decode((struct sv){bytes, n}, &back);
        if (length != n || back != code)
            fail_msg("U+%04X became U+%04X in %u of %u bytes", code, back, length, n);
        if (n > 1 && utf8_decode((struct sv){bytes, n - 1}, &back) != 0)
            fail_msg("U+%04X cut short was taken", code);
    }
}

static void utf8_refuses(void **state)
{
    (void)state;
    static const struct {
        struct sv bytes;
        unsigned bad_length;
    } cases[] = {
        {{"\x80", 1}, 1},             /* a tail alone */
        {{"\xC0\xAF", 2}, 1},         /* overlong */
        {{"\xE0\x80\xAF", 3}, 1},     /* overlong */
        {{"\xED\xA0\x80", 3}, 1},     /* a surrogate */
        {{"\xF4\x90\x80\x80", 4}, 1}, /* past U+10FFFF */
        {{"\xF8\x88\x80\x80", 4}, 1},
        {{"\xE1\xBA", 2}, 2}, /* cut short */
        {{"\xE1\xBA!", 3}, 2},
        {{"\xF0\x9F\x98!", 4}, 3},
        {{"\xC4", 1}, 1},
        {{"\xFF", 1}, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t code = 0;
        assert_int_equal(utf8_decode(cases[i].bytes, &code), 0);
        assert_int_equal(code, UTF8_REPLACEMENT);
        assert_int_equal(utf8_bad_length(cases[i].bytes), cases[i].bad_length);
        assert_int_equal(utf8_valid_prefix(cases[i].bytes), 0);
    }
}

static void utf8_counts(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(SV("đọc báo")), 7);
    assert_int_equal(utf8_count(SV("")), 0);
    assert_int_equal(utf8_valid_prefix(SV("đọc")), 6);
    assert_int_equal(utf8_valid_prefix(SV("đọ\xFFz")), 5);
    struct buf b = BUF_INIT;
    buf_add_code(&b, 0x1ECD);
    buf_add_code(&b, 'c');
    assert_string_equal(b.p, "ọc");
    buf_free(&b);
}

static void assert_nfc(const char *from, const char *to)
{
    struct buf b = BUF_INIT;
    nfc_append(&b, sv_of(from));
    assert_string_equal(b.p, to);
    buf_free(&b);
}

static void nfc_composes(void **state)
{
    (void)state;
    assert_nfc("", "");
    assert_nfc("báo", "báo");
    assert_nfc("ba\xCC\x81o", "báo");
    assert_nfc("e\xCC\xA3\xCC\x82", "ệ"); /* dot below, circumflex */
    assert_nfc("e\xCC\x82\xCC\xA3", "ệ"); /* and the other way round */
    assert_nfc("\xC3\xAA\xCC\xA3", "ệ");  /* half composed */
    assert_nfc("o\xCC\x9B\xCC\x81", "ớ"); /* horn, acute */
    assert_nfc("\xE2\x84\xA6", "Ω");      /* the ohm sign is a letter */
    assert_true(nfc_is_mark(0x301));
    assert_false(nfc_is_mark('a'));
    assert_true(nfc_needs_work(0x301));
    assert_true(nfc_needs_work(0x2126));
    assert_false(nfc_needs_work('a'));
    assert_false(nfc_needs_work(0x1EC7)); /* ệ */
}

/* A long run of marks costs no more than linear time, and gives what the plain way gives. */
static void nfc_takes_long_runs(void **state)
{
    (void)state;
    enum { MARKS = 100000 };
    uint32_t *codes = mem_zalloc((MARKS + 1) * sizeof *codes);
    struct buf text = BUF_INIT, whole = BUF_INIT, run = BUF_INIT;
    codes[0] = 'e';
    for (int i = 1; i <= MARKS; i++)
        codes[i] = i % 2 ? 0x301 : 0x323;
    for (int i = 0; i <= MARKS; i++)
        if (i <= 100)
            buf_add_code(&text, codes[i]);
    nfc_append(&whole, buf_sv(&text));
    nfc_append_codes(&run, codes, 101);
    assert_true(sv_eq(buf_sv(&whole), buf_sv(&run)));
    buf_clear(&run);
    nfc_append_codes(&run, codes, MARKS + 1);
    assert_true(run.n > MARKS);
    free(codes);
    buf_free(&text);
    buf_free(&whole);
    buf_free(&run);
}

/* The quick check may say "look" too often, never too seldom. */
static void nfc_quick_check_is_safe(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        if ((code >= 0xD800 && code <= 0xDFFF) || nfc_needs_work(code))
            continue;
        char bytes[4];
        struct sv one = {bytes, utf8_encode(code, bytes)};
        struct buf b = BUF_INIT;
        nfc_append(&b, one);
        if (!sv_eq(buf_sv(&b), one))
            fail_msg("U+%04X is changed by NFC and was not marked", code);
        buf_free(&b);
    }
}

static void characters_have_kinds(void **state)
{
    (void)state;
    assert_int_equal(char_kind_of(' '), CHAR_SPACE);
    assert_int_equal(char_kind_of(0xA0), CHAR_SPACE);
    assert_int_equal(char_kind_of(0x1ED9), CHAR_LETTER);
    assert_int_equal(char_kind_of('7'), CHAR_DIGIT);
    assert_int_equal(char_kind_of(0xBD), CHAR_DIGIT);
    assert_int_equal(char_kind_of(0x301), CHAR_MARK);
    assert_int_equal(char_kind_of(0x201C), CHAR_PUNCT);
    assert_int_equal(char_kind_of('%'), CHAR_PUNCT);
    assert_int_equal(char_kind_of('+'), CHAR_SYMBOL);
    assert_int_equal(char_kind_of(0x20AC), CHAR_SYMBOL);
    assert_int_equal(char_kind_of(0xE000), CHAR_OTHER);
    assert_int_equal(char_lower(0x110), 0x111);
    assert_int_equal(char_upper(0x1EC7), 0x1EC6);
    assert_int_equal(char_lower('7'), '7');
}

/* ---- tables and indexes ---- */

static void table_reads_rows(void **state)
{
    (void)state;
    struct table t;
    struct err e = ERR_INIT;
    struct sv bytes = SV("# a comment\n"
                         "km\tki lô mét\n"
                         "\n"
                         " ha \t héc ta \tdiện tích\t\r\n"
                         "#\n"
                         "m2");
    assert_int_equal(table_parse(&t, "units.tsv", bytes, 3, &e), STATUS_OK);
    assert_int_equal(table_rows(&t), 3);
    assert_sv(table_cell(&t, 0, 0), "km");
    assert_sv(table_cell(&t, 0, 1), "ki lô mét");
    assert_sv(table_cell(&t, 0, 2), "");
    assert_non_null(table_cell(&t, 0, 2).p);
    assert_sv(table_cell(&t, 1, 0), "ha");
    assert_sv(table_cell(&t, 1, 2), "diện tích");
    assert_sv(table_cell(&t, 2, 0), "m2");
    assert_int_equal(t.lines.at[0], 2);
    assert_int_equal(t.lines.at[1], 4);
    assert_int_equal(t.lines.at[2], 6);
    table_free(&t);
    err_free(&e);
}

static void table_may_be_empty(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    const struct sv none[] = {{NULL, 0}, SV(""), SV("\n\n"), SV("# only\n# comments")};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct table t;
        assert_int_equal(table_parse(&t, "empty.tsv", none[i], 2, &e), STATUS_OK);
        assert_int_equal(table_rows(&t), 0);
        table_free(&t);
    }
    err_free(&e);
}

static void table_names_the_bad_line(void **state)
{
    (void)state;
    struct table t;
    struct err e = ERR_INIT;
    assert_int_equal(table_parse(&t, "bad.tsv", SV("a\tb\n\nc\td\te\n"), 2, &e), STATUS_USAGE);
    assert_string_equal(e.file.p, "bad.tsv");
    assert_int_equal(e.line, 3);
    assert_true(e.message.n > 0);
    table_free(&t);
    err_free(&e);
}

static void index_finds_all_in_order(void **state)
{
    (void)state;
    struct index x = {0};
    assert_null(index_find(&x, SV("ct")));
    index_add(&x, SV("ct"), 7);
    index_add(&x, SV("tt"), 3);
    index_add(&x, SV("ct"), 2);
    index_add(&x, SV("ct"), 9);
    const uint32_t want[] = {7, 2, 9};
    const struct index_entry *entry = index_find(&x, SV("ct"));
    for (size_t i = 0; i < 3; i++) {
        assert_non_null(entry);
        assert_int_equal(entry->row, want[i]);
        entry = index_next(&x, entry);
    }
    assert_null(entry);
    assert_int_equal(index_find(&x, SV("tt"))->row, 3);
    assert_null(index_find(&x, SV("c")));
    index_free(&x);
    assert_null(index_find(&x, SV("ct")));
}

static void index_grows(void **state)
{
    (void)state;
    enum { KEYS = 5000 };
    struct index x = {0};
    struct arena a = {0};
    for (uint32_t i = 0; i < KEYS; i++) {
        struct buf key = BUF_INIT;
        buf_addf(&key, "key %u", i);
        index_add(&x, sv_of(arena_dup(&a, buf_sv(&key))), i);
        buf_free(&key);
    }
    for (uint32_t i = 0; i < KEYS; i++) {
        struct buf key = BUF_INIT;
        buf_addf(&key, "key %u", i);
        const struct index_entry *entry = index_find(&x, buf_sv(&key));
        assert_non_null(entry);
        assert_int_equal(entry->row, i);
        assert_null(index_next(&x, entry));
        buf_free(&key);
    }
    assert_null(index_find(&x, SV("key 5000")));
    index_free(&x);
    arena_free(&a);
}

/* ---- embedded files ---- */

/* The build puts the file into the program, byte for byte. */
static void embedded_is_the_file(void **state)
{
    (void)state;
    FILE *f = fopen(DOCBAO_SOURCE "/voices/bac-nam.voice", "rb");
    assert_non_null(f);
    struct buf b = BUF_INIT;
    char block[4096];
    size_t n;
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        buf_add(&b, block, n);
    fclose(f);
    assert_true(b.n > 0);
    assert_true(sv_eq(embedded_find(SV("bac-nam.voice")), buf_sv(&b)));
    buf_free(&b);
}

static void embedded_names_are_whole(void **state)
{
    (void)state;
    assert_null(embedded_find(SV("no-such.voice")).p);
    assert_null(embedded_find(SV("")).p);
    assert_null(embedded_find(SV("bac-nam")).p);
    for (const struct embedded_file *f = embedded_files; f->name; f++) {
        assert_null(strchr(f->name, '/'));
        assert_ptr_equal(embedded_find(sv_of(f->name)).p, f->bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sv_compares),
        cmocka_unit_test(sv_looks_inside),
        cmocka_unit_test(sv_trims_and_cuts),
        cmocka_unit_test(sv_hash_tells_apart),
        cmocka_unit_test(buf_always_ends_in_nul),
        cmocka_unit_test(buf_grows),
        cmocka_unit_test(buf_detaches),
        cmocka_unit_test(vec_keeps_items),
        cmocka_unit_test(arena_keeps_places),
        cmocka_unit_test(err_says_what_and_where),
        cmocka_unit_test(utf8_goes_there_and_back),
        cmocka_unit_test(utf8_refuses),
        cmocka_unit_test(utf8_counts),
        cmocka_unit_test(nfc_composes),
        cmocka_unit_test(nfc_takes_long_runs),
        cmocka_unit_test(nfc_quick_check_is_safe),
        cmocka_unit_test(characters_have_kinds),
        cmocka_unit_test(table_reads_rows),
        cmocka_unit_test(table_may_be_empty),
        cmocka_unit_test(table_names_the_bad_line),
        cmocka_unit_test(index_finds_all_in_order),
        cmocka_unit_test(index_grows),
        cmocka_unit_test(embedded_is_the_file),
        cmocka_unit_test(embedded_names_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
