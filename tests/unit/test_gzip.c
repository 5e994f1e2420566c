#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "documents.h"

static void add_little(struct buf *out, uint32_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        buf_putc(out, (char)(number >> (8 * i)));
}

static uint32_t sum_of(struct sv text)
{
    uint32_t sum = UINT32_MAX;
    for (size_t i = 0; i < text.n; i++) {
        sum ^= (unsigned char)text.p[i];
        for (int k = 0; k < 8; k++)
            sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320u : 0);
    }
    return ~sum;
}

/* Packs the text as it is, in one stored block. */
static void pack(struct buf *out, struct sv text)
{
    buf_add(out, "\x1f\x8b\x08\0\0\0\0\0\0\3\1", 11);
    add_little(out, (uint32_t)text.n, 2);
    add_little(out, ~(uint32_t)text.n, 2);
    buf_add_sv(out, text);
    add_little(out, sum_of(text), 4);
    add_little(out, (uint32_t)text.n, 4);
}

static void packed_texts_are_read(void **state)
{
    (void)state;
    struct buf bytes = BUF_INIT;
    pack(&bytes, SV("Chợ họp sớm.\n\nTrời "));
    pack(&bytes, SV("mưa to.\n")); /* a second stream goes on */
    buf_adds(&bytes, "   ");       /* and what is none is passed over */
    expect_read("a.txt.gz", buf_sv(&bytes), "paragraph: Chợ họp sớm.\nparagraph: Trời mưa to.\n");
    expect_error(buf_sv(&bytes), 20, "--max-bytes");
    struct buf twice = BUF_INIT;
    pack(&twice, buf_sv(&bytes));
    expect_error(buf_sv(&twice), 0, "more than once");
    buf_free(&twice);
    struct article a;
    open_document(&a, "a.gz", buf_sv(&bytes), false);
    expect_source(&a, "mưa", NULL, "mưa");
    assert_int_equal(a.diagnostics.n, 0);
    article_free(&a);
    buf_free(&bytes);
}

/* Each cut is read as far as it goes, and said to be one; so is a wrong sum. */
static void cut_and_damaged(void **state)
{
    (void)state;
    struct buf bytes = BUF_INIT;
    pack(&bytes, SV("Chợ họp sớm. Trời mưa to. Cá tươi.\n"));
    for (size_t n = 3; n <= bytes.n; n++) {
        struct article a;
        struct err e = ERR_INIT;
        struct read_options options = {0};
        bytes.p[bytes.n - 5] ^= n == bytes.n ? 1 : 0;
        if (article_from_bytes(&a, "a.gz", sv_sub(buf_sv(&bytes), 0, n), &options, &e)) {
            assert_true(n < 24 && e.message.n > 10);
        } else {
            expect_promises(&a);
            assert_int_equal(a.diagnostics.at[0].kind, NOTE_MISSING);
        }
        err_free(&e);
        article_free(&a);
    }
    buf_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packed_texts_are_read),
        cmocka_unit_test(cut_and_damaged),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
