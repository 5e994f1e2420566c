/*
 * Encodings: any bytes in any of them, told or guessed; and words that were stored in an old one
 * are the same words when they are read in it.
 */
#include "article/input/encoding.h"
#include "base/vec.h"
#include "fuzz/check.h"
#include "fuzz/target.h"
#include "old_encodings.h"

enum { RAW = 1, WORDS = 2, FIRST_BIT = 4 };

/* NULL: guess. */
static const char *const names[] = {
    NULL,    "UTF-8", "UTF-16LE",      "UTF-16BE",     "windows-1252",
    "TCVN3", "VNI",   "windows-1258",  "VISCII",       "UTF-8 (VNI)",
    NULL,    NULL,    "UTF-8 (TCVN3)", "UTF-8 (UTF-8)"};

/* ---- words ---- */

static const char *const words[] = {
    "chợ",  "quê",  "Họp",   "sớm", "nghiêng", "Ưỡn", "đường", "ngoẵng", "Ấy",  "kỹ",
    "thuở", "được", "lẫn",   "vở",  "mũ",      "Ổn",  "ở",     "Đến",    "ngã", "ngả",
    "uýnh", "toàn", "hỏi",   "Ý",   "ỷ",       "ai",  "5",     "10,5",   "-",   ",",
    "thủy", "thuỷ", "nghĩa", "Rằm", "rẳn",     "gỡ",  "gọn",   "gốm",    "ướt", "Ngày",
};

static void words_of(struct sv input, struct buf *out)
{
    enum { WORDS_MAX = 300 };
    for (size_t i = 0; i < input.n && i < WORDS_MAX; i++) {
        unsigned char byte = (unsigned char)input.p[i];
        if (i)
            buf_putc(out, byte > 240 ? '\n' : ' ');
        buf_adds(out, words[byte % (sizeof words / sizeof *words)]);
    }
}

/* Reads text that was stored in the form, and is said to be. */
static void check_stored(struct sv text, enum old_form form)
{
    struct buf stored = BUF_INIT, expected = BUF_INIT;
    struct article a;
    struct err e = ERR_INIT;
    struct read_options options = {.raw = true, .encoding = old_form_encodings[form]};
    old_write(form, text, &stored);
    old_expected(form, text, &expected);
    if (article_from_bytes(&a, "fuzz", buf_sv(&stored), &options, &e))
        broken_promise("words in %s: %s", old_form_names[form], e.message.p);
    if (!old_same(form, buf_sv(&expected), a.text))
        broken_promise("words in %s: \"%s\" is read as \"%.*s\"", old_form_names[form], expected.p,
                       SV_ARG(a.text));
    article_free(&a);
    err_free(&e);
    buf_free(&stored);
    buf_free(&expected);
}

/* ---- the target ---- */

static void run(struct sv input)
{
    unsigned choices = fuzz_choices(&input);
    if (choices & WORDS) {
        struct buf text = BUF_INIT;
        buf_adds(&text, "từ ");
        words_of(input, &text);
        check_stored(buf_sv(&text), (enum old_form)(choices / FIRST_BIT % OLD_FORMS));
        buf_free(&text);
        return;
    }
    struct fuzz_way way = {
        .name = "fuzz.txt",
        .read = {.raw = choices & RAW,
                 .encoding = names[choices / FIRST_BIT % (sizeof names / sizeof *names)]},
    };
    check_article(input, &way);
}

static void add_seeds(const struct seeds *seeds)
{
    for (unsigned form = 0; form < OLD_FORMS; form++) {
        struct buf stored = BUF_INIT;
        old_write((enum old_form)form,
                  SV("Chợ quê họp sớm\nSáng nay, người dân ở xã Đông mua cá 80.000 đồng/kg.\n"),
                  &stored);
        seed_bytes(seeds, 0, buf_sv(&stored));
        seed_text(seeds, WORDS | form * FIRST_BIT, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn");
        buf_free(&stored);
    }
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        seed_text(seeds, i * FIRST_BIT, "Ch\xAE\xCF c\xF4\x85\n Vi\xC3\xA1\xC2\xBB\xE2\x80\xA1t 5");
    seed_text(seeds, RAW,
              "a\xC3\xB9"
              "e\xCC\xA3\xCC\x82 \xEF\xBB\xBF\xC0\xAF\xED\xA0\x80 \xF0\x9F");
}

const struct fuzz_target fuzz_encodings = {run, add_seeds};
