/* A line that is typed where nothing is redrawn, as a terminal shows it that knows BACKSPACE alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/answer_line.h"
#include "cli/cells.h"

/* The last line of the terminal, a code point a cell (the second of a wide one is 0). */
struct shown {
    int ends[2];
    uint32_t cells[400];
    unsigned cursor, lines;
    struct answer_line line;
    struct buf sent; /* since the last look */
};

static void open_shown(struct shown *s)
{
    *s = (struct shown){.sent = BUF_INIT};
    assert_int_equal(pipe(s->ends), 0);
    answer_line_init(&s->line, s->ends[1]);
}

static void close_shown(struct shown *s)
{
    answer_line_free(&s->line);
    buf_free(&s->sent);
    close(s->ends[0]);
    close(s->ends[1]);
}

static void put(struct shown *s, uint32_t code, const char *bytes, unsigned n)
{
    unsigned cells = cells_of(bytes, n);
    if (code >= 0x300 && code < 0x370)
        return; /* a mark on the cell before */
    assert_true(s->cursor + 2 < sizeof s->cells / sizeof *s->cells);
    s->cells[s->cursor] = code;
    if (cells == 2)
        s->cells[s->cursor + 1] = 0;
    s->cursor += cells;
}

/* Reads what was sent. */
static void look(struct shown *s)
{
    char bytes[4096];
    assert_int_equal(write(s->ends[1], "\1", 1), 1); /* so that there is something to read */
    ssize_t n = read(s->ends[0], bytes, sizeof bytes);
    assert_true(n > 0 && bytes[n - 1] == 1);
    buf_clear(&s->sent);
    buf_add(&s->sent, bytes, (size_t)n - 1);
    for (size_t i = 0; i < s->sent.n;) {
        uint32_t code;
        unsigned length = utf8_decode((struct sv){bytes + i, s->sent.n - i}, &code);
        assert_true(length > 0);
        assert_int_not_equal(code, 0x1B);
        if (code == '\b') {
            assert_true(s->cursor > 0);
            s->cursor--;
        } else if (code == '\n') {
            memset(s->cells, 0, sizeof s->cells);
            s->cursor = 0;
            s->lines++;
        } else {
            put(s, code, bytes + i, length);
        }
        i += length;
    }
}

/* What is shown is this, but for spaces at its end, and the cursor is behind `before` of it. */
static void expect(struct shown *s, const char *text, const char *before)
{
    struct shown wanted = {.cursor = 0};
    look(s);
    for (size_t i = 0, n = strlen(text); i < n;) {
        uint32_t code;
        unsigned length = utf8_decode((struct sv){text + i, n - i}, &code);
        put(&wanted, code, text + i, length);
        i += length;
    }
    for (unsigned i = 0; i < sizeof s->cells / sizeof *s->cells; i++) {
        uint32_t got = s->cells[i] == ' ' ? 0 : s->cells[i];
        uint32_t want = wanted.cells[i] == ' ' ? 0 : wanted.cells[i];
        if (got != want)
            fail_msg("cell %u is U+%04X, not U+%04X of “%s”", i, got, want, text);
    }
    assert_int_equal(s->cursor, cells_of(before, strlen(before)));
}

static void test_typing(void **state)
{
    (void)state;
    struct shown s;
    open_shown(&s);
    answer_line_show(&s.line, "Search:", "", 0);
    expect(&s, "Search: ", "Search: ");
    answer_line_show(&s.line, "Search:", "s", 1);
    expect(&s, "Search: s", "Search: s");
    assert_string_equal(s.sent.p, "s"); /* only what is new is sent */
    answer_line_show(&s.line, "Search:", "só", strlen("só"));
    expect(&s, "Search: só", "Search: só");
    answer_line_show(&s.line, "Search:", "sông", strlen("sông"));
    expect(&s, "Search: sông", "Search: sông");
    answer_line_show(&s.line, "Search:", "sông", 1);
    expect(&s, "Search: sông", "Search: s");
    assert_string_equal(s.sent.p, "\b\b\b");
    answer_line_show(&s.line, "Search:", "strông", 3);
    expect(&s, "Search: strông", "Search: str");
    answer_line_show(&s.line, "Search:", "strông", strlen("strông"));
    expect(&s, "Search: strông", "Search: strông");
    answer_line_show(&s.line, "Search:", "", 0);
    expect(&s, "Search:", "Search: ");
    assert_int_equal(s.lines, 0);
    answer_line_show(&s.line, NULL, "", 0);
    expect(&s, "", "");
    assert_int_equal(s.lines, 1);
    answer_line_leave(&s.line); /* nothing is asked for */
    answer_line_again(&s.line);
    expect(&s, "", "");
    assert_int_equal(s.lines, 1);
    close_shown(&s);
}

static void test_marks_and_wide_signs(void **state)
{
    (void)state;
    struct shown s;
    open_shown(&s);
    answer_line_show(&s.line, "?", "漢字", strlen("漢字"));
    expect(&s, "? 漢字", "? 漢字");
    answer_line_show(&s.line, "?", "漢", strlen("漢"));
    expect(&s, "? 漢", "? 漢");
    answer_line_show(&s.line, "?", "漢a", strlen("漢a"));
    /* A mark that joins the letter before changes that: the two are one cluster. */
    answer_line_show(&s.line, "?", "漢a\xCC\x81", strlen("漢a\xCC\x81"));
    expect(&s, "? 漢a\xCC\x81", "? 漢a");
    answer_line_show(&s.line, "?", "漢", strlen("漢"));
    expect(&s, "? 漢", "? 漢");
    close_shown(&s);
}

static void test_another_question_and_words_between(void **state)
{
    (void)state;
    struct shown s;
    open_shown(&s);
    answer_line_show(&s.line, "Correct:", "GDP", 2);
    expect(&s, "Correct: GDP", "Correct: GD");
    answer_line_leave(&s.line);
    expect(&s, "", "");
    answer_line_again(&s.line);
    expect(&s, "Correct: GDP", "Correct: GD");
    answer_line_show(&s.line, "Read as:", "", 0);
    expect(&s, "Read as:", "Read as: ");
    assert_int_equal(s.lines, 2);
    close_shown(&s);
}

/* Any change from one line to another is shown right. */
static void test_any_change(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a", "ô", "漢", "o\xCC\x81", " ", "xyz", ""};
    struct shown s;
    uint32_t random = 7;
    open_shown(&s);
    for (int round = 0; round < 3000; round++) {
        struct buf typed = BUF_INIT, before = BUF_INIT, all = BUF_INIT;
        random = random * 1664525 + 1013904223;
        unsigned n = random >> 29, cursor = (random >> 20) % (n + 1);
        for (unsigned i = 0; i < n; i++) {
            if (i == cursor)
                buf_add_sv(&before, buf_sv(&typed));
            random = random * 1664525 + 1013904223;
            buf_adds(&typed, pieces[(random >> 16) % 7]);
        }
        if (cursor == n)
            buf_add_sv(&before, buf_sv(&typed));
        answer_line_show(&s.line, "?", typed.p, before.n);
        size_t at = before.n;
        buf_addf(&all, "? %s", typed.p);
        buf_cut(&before, 0);
        buf_addf(&before, "? %.*s", (int)at, typed.p);
        expect(&s, all.p, before.p);
        buf_free(&typed);
        buf_free(&before);
        buf_free(&all);
    }
    close_shown(&s);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typing),
        cmocka_unit_test(test_marks_and_wide_signs),
        cmocka_unit_test(test_another_question_and_words_between),
        cmocka_unit_test(test_any_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
