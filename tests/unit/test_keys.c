/* Keys: what terminals send, and what the table of commands makes of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "cli/command.h"

/* Whole at once, whole only when all of it is there, and the same with more behind it. */
static void expect_key(const char *bytes, uint32_t want)
{
    unsigned n = (unsigned)strlen(bytes);
    uint32_t key;
    char longer[40];
    assert_true(n + 1 < sizeof longer);
    memcpy(longer, bytes, n);
    longer[n] = 'x';
    for (unsigned part = 1; part < n; part++) {
        assert_int_equal(key_take(bytes, part, false, &key), 0);
        assert_int_equal(key, KEYS_NONE);
    }
    assert_int_equal(key_take(bytes, n, false, &key), n);
    assert_int_equal(key, want);
    assert_int_equal(key_take(bytes, n, true, &key), n);
    assert_int_equal(key, want);
    assert_int_equal(key_take(longer, n + 1, false, &key), n);
    assert_int_equal(key, want);
}

static void expect_all(const char *const *sequences, uint32_t want)
{
    for (; *sequences; sequences++)
        expect_key(*sequences, want);
}

#define SEQUENCES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_characters(void **state)
{
    (void)state;
    expect_key("q", 'q');
    expect_key(" ", ' ');
    expect_key("ê", 0xEA);
    expect_key("ế", 0x1EBF);
    expect_key("漢", 0x6F22);
    expect_key("😀", 0x1F600);
    expect_key("\x15", 0x15);
    expect_all(SEQUENCES("\b", "\x7F"), KEYS_BACKSPACE);
    expect_all(SEQUENCES("\r", "\n"), KEYS_ENTER);
    uint32_t key;
    assert_int_equal(key_take("", 0, true, &key), 0);
    assert_int_equal(key_take("\0", 1, true, &key), 1);
    assert_int_equal(key, KEYS_UNKNOWN);
}

static void test_arrows_and_the_like(void **state)
{
    (void)state;
    expect_all(SEQUENCES("\033[A", "\033OA", "\033[1;5A", "\033[a", "\033O5A", "\033\033[A"),
               KEYS_UP);
    expect_all(SEQUENCES("\033[B", "\033OB", "\033[1;2B", "\033Ob", "\033\033OB"), KEYS_DOWN);
    expect_all(SEQUENCES("\033[C", "\033OC", "\033[1;3C", "\033[c"), KEYS_RIGHT);
    expect_all(SEQUENCES("\033[D", "\033OD", "\033[1;5D", "\033[d"), KEYS_LEFT);
    expect_all(SEQUENCES("\033[5~", "\033[5;5~", "\033[5^"), KEYS_PAGE_UP);
    expect_all(SEQUENCES("\033[6~", "\033[6;2~", "\033[6$"), KEYS_PAGE_DOWN);
    expect_all(SEQUENCES("\033[H", "\033OH", "\033[1~", "\033[7~", "\033[7@", "\033[1;5H"),
               KEYS_HOME);
    expect_all(SEQUENCES("\033[F", "\033OF", "\033[4~", "\033[8~", "\033[8$"), KEYS_END);
    expect_all(SEQUENCES("\033[3~", "\033[3;5~"), KEYS_DELETE);
    expect_key("\033OM", KEYS_ENTER);
}

static void test_unknown_is_swallowed_whole(void **state)
{
    (void)state;
    expect_all(SEQUENCES("\033[200~", "\033[201~", "\033[15~", "\033[[A", "\033[Z", "\033OP",
                         "\033[?2026;1$y", "\033[<0;10;20M", "\033[27;5;9~",
                         "\033]11;rgb:0000/0000/0000\a", "\033P1$r0m\033\\", "\033x", "\033ế"),
               KEYS_UNKNOWN);
    uint32_t key;
    assert_int_equal(key_take("\033[5\001", 4, false, &key), 3);
    assert_int_equal(key, KEYS_UNKNOWN);
    assert_int_equal(key_take("\033[1;", 4, true, &key), 4);
    assert_int_equal(key, KEYS_UNKNOWN);
}

static void test_lone_escape(void **state)
{
    (void)state;
    uint32_t key;
    assert_int_equal(key_take("\033", 1, false, &key), 0);
    assert_int_equal(key_take("\033", 1, true, &key), 1);
    assert_int_equal(key, KEYS_ESCAPE);
    assert_int_equal(key_take("\033\033", 2, false, &key), 0);
    assert_int_equal(key_take("\033\033", 2, true, &key), 1);
    assert_int_equal(key, KEYS_ESCAPE);
    assert_int_equal(key_take("\033\033q", 3, false, &key), 1);
    assert_int_equal(key, KEYS_ESCAPE);
}

static void expect_one_bad_byte(const char *bytes, unsigned n)
{
    uint32_t key;
    assert_int_equal(key_take(bytes, n, true, &key), 1);
    assert_int_equal(key, KEYS_UNKNOWN);
}

static void test_bad_bytes(void **state)
{
    (void)state;
    expect_one_bad_byte("\x80q", 2);
    expect_one_bad_byte("\xC0\x80", 2);
    expect_one_bad_byte("\xE1\xBAq", 3);
    expect_one_bad_byte("\xED\xA0\x80", 3);
    expect_one_bad_byte("\xF4\x90\x80\x80", 4);
    expect_one_bad_byte("\xFFq", 2);
    expect_one_bad_byte("\xE1\xBA", 2);
    uint32_t key;
    assert_int_equal(key_take("\xE1\xBA", 2, false, &key), 0);
    assert_int_equal(key_take("\xE1q", 2, false, &key), 1);
}

/* For any input, bytes are taken, never more than there are, and all of them in the end. */
static void test_any_bytes_are_taken(void **state)
{
    (void)state;
    uint32_t random = 1;
    for (int round = 0; round < 20000; round++) {
        char bytes[12];
        static const char often[] = "\033\033[O];~$A?1\\";
        for (size_t i = 0; i < sizeof bytes; i++) {
            random = random * 1664525 + 1013904223;
            bytes[i] = random >> 31 ? (char)(random >> 16) : often[(random >> 16) % 13];
        }
        for (unsigned at = 0; at < sizeof bytes;) {
            uint32_t key;
            unsigned length = key_take(bytes + at, (unsigned)sizeof bytes - at, true, &key);
            assert_in_range(length, 1, sizeof bytes - at);
            assert_int_not_equal(key, KEYS_NONE);
            at += length;
        }
    }
}

/* ---- the table ---- */

static uint32_t key_of_word(const char *word, size_t n)
{
    static const char *const names[] = {"LEFT", "RIGHT", "UP",  "DOWN",  "PGUP",
                                        "PGDN", "HOME",  "END", "SPACE", "BACKSPACE"};
    static const uint32_t keys[] = {KEYS_LEFT,    KEYS_RIGHT,     KEYS_UP,   KEYS_DOWN,
                                    KEYS_PAGE_UP, KEYS_PAGE_DOWN, KEYS_HOME, KEYS_END,
                                    ' ',          KEYS_BACKSPACE};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == n && memcmp(names[i], word, n) == 0)
            return keys[i];
    assert_int_equal(n, 1); /* otherwise: a name that nobody knows */
    return (unsigned char)*word;
}

struct bound {
    uint32_t keys[100];
    size_t n;
};

static void check_words(struct bound *bound, const char *words, unsigned command, int32_t number)
{
    for (const char *word = words; *word;) {
        size_t n = strcspn(word, " ");
        uint32_t key = key_of_word(word, n);
        for (size_t i = 0; i < bound->n; i++)
            assert_int_not_equal(bound->keys[i], key);
        assert_true(bound->n < 100);
        bound->keys[bound->n++] = key;
        struct request r;
        assert_true(key_request(key, &r));
        assert_int_equal(r.command, command);
        assert_int_equal(r.number, number);
        assert_int_equal(r.given, number != 0);
        assert_null(r.text);
        word += n + (word[n] == ' ');
    }
}

static void test_table(void **state)
{
    (void)state;
    struct bound bound = {.n = 0};
    for (unsigned i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = &command_rows[i];
        for (unsigned j = 0; j < i; j++)
            assert_string_not_equal(command_rows[j].name, row->name);
        assert_true(row->type != COMMAND_NONE || !row->argument);
        assert_true(row->type == COMMAND_NONE || row->argument);
        assert_true(!*row->back || row->step);
        check_words(&bound, row->keys, i, row->step);
        check_words(&bound, row->back, i, -row->step);
    }
    struct request r;
    assert_false(key_request(KEYS_UNKNOWN, &r));
    assert_false(key_request(KEYS_NONE, &r));
    assert_false(key_request(KEYS_ESCAPE, &r));
    assert_false(key_request('L', &r));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_arrows_and_the_like),
        cmocka_unit_test(test_unknown_is_swallowed_whole),
        cmocka_unit_test(test_lone_escape),
        cmocka_unit_test(test_bad_bytes),
        cmocka_unit_test(test_any_bytes_are_taken),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
