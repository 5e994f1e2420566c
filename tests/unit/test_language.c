/*
 * The language of messages: which one is taken, and what else of the locale changes (nothing); how
 * the translations are written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/message.h"
#include "base/nfc.h"
#include "base/system_text.h"
#include "base/utf8.h"

static const char label[] = N_("Search:");

static void want(const char *languages, const char *locale)
{
    unsetenv("LANGUAGE");
    unsetenv("LC_MESSAGES");
    unsetenv("LANG");
    if (languages)
        setenv("LANGUAGE", languages, 1);
    setenv("LC_ALL", locale, 1);
    language_english();
    language_choose();
}

static void test_vietnamese(void **state)
{
    (void)state;
    static const char *const wanted[][2] = {
        {"vi", "C.UTF-8"},
        {"vi_VN:en", "C.UTF-8"},
        {NULL, "vi_VN.UTF-8"}, /* whether the system has this locale or not */
        {"", "vi"},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        want(wanted[i][0], wanted[i][1]);
        assert_string_equal(_(label), "Tìm:");
        assert_string_equal(_(""), "");
        assert_string_equal(_("this is no message at all"), "this is no message at all");
        for (unsigned n = 0; n < 3; n++)
            assert_string_equal(
                message_plural("%zu footnote is not read", "%zu footnotes are not read", n),
                "%zu chú thích cuối trang không được đọc");
        assert_string_equal(system_error(ENOSPC), "Thiết bị hết chỗ trống");
        assert_string_equal(system_signal(SIGSEGV), "Lỗi phân đoạn bộ nhớ");
    }
}

static void test_english(void **state)
{
    (void)state;
    static const char *const wanted[][2] = {
        {"vi", "C"},       {"vi", "POSIX"},       {"en:vi", "C.UTF-8"}, {"en_GB.UTF-8", "C.UTF-8"},
        {NULL, "C.UTF-8"}, {NULL, "en_US.UTF-8"}, {"xx", "C.UTF-8"},    {NULL, "xx_XX.UTF-8"},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        want(wanted[i][0], wanted[i][1]);
        assert_string_equal(_(label), label);
        assert_string_equal(message_plural("one", "many", 1), "one");
        assert_string_equal(message_plural("one", "many", 2), "many");
        assert_string_equal(system_error(ENOENT), "No such file or directory");
    }
    want("vi", "C.UTF-8");
    language_english();
    assert_string_equal(_(label), label);
}

static void test_only_messages(void **state)
{
    (void)state;
    want("vi", "C.UTF-8");
    static const int others[] = {LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_string_equal(setlocale(others[i], NULL), "C");
}

/* Errors of the system read as the C library writes them, in English. */
static void test_system_text(void **state)
{
    (void)state;
    language_english();
    /* A copy, because the C library has one place for all numbers that it does not know. */
    for (int number = 1; number < 140; number++) {
        char *text = mem_copy(sv_of(system_error(number)));
        assert_string_equal(text, strerror(number));
        free(text);
    }
    for (int number = 1; number < 32; number++) {
        char *text = mem_copy(sv_of(system_signal(number)));
        assert_string_equal(text, strsignal(number));
        free(text);
    }
}

static void read_translation(struct buf *text)
{
    assert_true(file_read(DOCBAO_SOURCE "/po/vi.po", text));
}

static void test_composed(void **state)
{
    (void)state;
    struct buf text = BUF_INIT, composed = BUF_INIT;
    read_translation(&text);
    nfc_append(&composed, buf_sv(&text));
    assert_true(sv_eq(buf_sv(&text), buf_sv(&composed)));
    buf_free(&text);
    buf_free(&composed);
}

/* The mark of oa, oe and uy without a final consonant stands on the first letter: hòa, khỏe, thủy;
 * uy behind q is another sound (quý). */
static void test_tone_places(void **state)
{
    (void)state;
    static const char *const wrong[] = {"oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ",
                                        "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"};
    struct buf text = BUF_INIT;
    read_translation(&text);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct sv rest = buf_sv(&text), rime = sv_of(wrong[i]);
        for (ptrdiff_t at; (at = sv_find(rest, rime)) >= 0;) {
            const char *behind = rest.p + at + rime.n;
            bool ends = !strchr("cimnopty", *behind); /* behind oà may come the rest of a rime */
            bool quy = at > 0 && (rest.p[at - 1] == 'q' || rest.p[at - 1] == 'Q');
            if (ends && !quy)
                fail_msg("%s stands in po/vi.po: %.40s", wrong[i],
                         rest.p + (at > 20 ? at - 20 : 0));
            rest = sv_sub(rest, (size_t)at + rime.n, rest.n - (size_t)at - rime.n);
        }
    }
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest built[] = {
        cmocka_unit_test(test_vietnamese),
        cmocka_unit_test(test_english),
        cmocka_unit_test(test_only_messages),
    };
    const struct CMUnitTest always[] = {
        cmocka_unit_test(test_system_text),
        cmocka_unit_test(test_composed),
        cmocka_unit_test(test_tone_places),
    };
    int failed = cmocka_run_group_tests(always, NULL, NULL);
    if (access(DOCBAO_TRANSLATION, R_OK) != 0)
        return failed ? failed : 77; /* built without gettext */
    return failed + cmocka_run_group_tests(built, NULL, NULL);
}
