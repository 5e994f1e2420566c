/*
 * The three promises, over every sample and some hostile texts, seen through docbao.h:
 * 1. every letter, digit and symbol lies in exactly one token or skipped stretch;
 * 2. every spoken word is a legal syllable, and the tokens make up what is spoken;
 * 3. the same bytes give the same analysis and the same audio.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/nfc.h"
#include "base/utf8.h"
#include "docbao/docbao.h"
#include "lang/syllable.h"

static const char samples[] = DOCBAO_SOURCE "/assets/samples";

/* Texts that have broken engines or readers before. */
static const char *const hostile[] = {
    "Số 1.\001V2 \002a [[k@t]] [\002k@t]] \033[31m hết",
    "s's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's's",
    "Chữ \xE0\xA4\x95 và \"-ông, (-ông, …-ông, '''''''' \"\"\"\" ------- .......",
    "<b>đậm</b> &amp; <script>alert(1)</script> & < > |",
    "m\xFF\xFE"
    "a \xC3 \xED\xA0\x80 \xF4\x90\x80\x80 hết",
    "\xEF\xBB\xBFHo\xCC\x80"
    "a bi\xCC\x80nh \xC2\xA0 không\xE2\x80\x8B trống",
    "1/2/3/4 5-6-7 8:9:10 1.2.3.4 1,2,3 007 -5 +5 ±5 5% 5‰ $5 5$ 5€ 5°C 5m² ½ № ① ² ₂ ٣ ๓",
    "VNĐ/kg TP. T.Ư N.V.A. GS.TS. 05-CT/TW 123/2020/NĐ-CP XXI IV a@b.vn https://x.vn/?q=1&r=2#t",
    "日本語 Привет العربية 한국어 😀👍🏽👨‍👩‍👧 ♥ ★ → "
    "∑ "
    "© "
    "® "
    "™ "
    "§ "
    "¶ "
    "† "
    "‡ "
    "• "
    "‣ "
    "◦",
    "ngoằn ngoèo Nghiêng khuỷu quỵ gìn giếng Qúa hoà thuỷ ĐẮK LẮK Pleiku Kon-Tum Washington fjwz",
    "\n\n\n.\n,\nà\n\n",
    "1 Một",
};

struct source {
    char *bytes;
    size_t n;
};

static struct source load(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    struct source s = {.n = (size_t)ftell(file)};
    rewind(file);
    s.bytes = malloc(s.n + 1);
    assert_non_null(s.bytes);
    assert_int_equal(fread(s.bytes, 1, s.n, file), s.n);
    fclose(file);
    return s;
}

typedef void (*check_function)(struct docbao *d, const char *name, struct sv source);

static void for_samples(struct docbao *d, check_function check)
{
    DIR *folder = opendir(samples);
    assert_non_null(folder);
    int files = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!sv_ends(sv_of(entry->d_name), SV(".txt")))
            continue;
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s/%s", samples, entry->d_name);
        struct source s = load(path.p);
        check(d, entry->d_name, (struct sv){s.bytes, s.n});
        free(s.bytes);
        buf_free(&path);
        files++;
    }
    closedir(folder);
    assert_true(files > 0);
}

static void for_hostile(struct docbao *d, check_function check)
{
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        check(d, "hostile", sv_of(hostile[i]));
}

/* Over all sources, found as an article and raw. */
static void for_all(check_function check)
{
    for (int raw = 0; raw < 2; raw++) {
        struct docbao *d = docbao_new(&(struct docbao_options){.raw = raw});
        for_samples(d, check);
        for_hostile(d, check);
        docbao_free(d);
    }
}

static struct docbao_article *open_source(struct docbao *d, const char *name, struct sv source)
{
    struct docbao_article *a;
    if (docbao_open_bytes(d, name, source.p, source.n, &a) != DOCBAO_OK)
        fail_msg("%s: %s", name, docbao_last_error(d)->message);
    return a;
}

/* ---- 1 ---- */

static void cover(unsigned char *covered, struct sv source, struct docbao_span span)
{
    assert_true((size_t)span.off + span.len <= source.n);
    for (uint32_t i = 0; i < span.len; i++)
        covered[span.off + i] += covered[span.off + i] < 2;
}

static bool counts(uint32_t code)
{
    enum char_kind kind = char_kind_of(code);
    return kind == CHAR_LETTER || kind == CHAR_DIGIT || kind == CHAR_SYMBOL;
}

static void check_covered(const char *name, struct sv source, const unsigned char *covered)
{
    for (size_t i = 0; i < source.n;) {
        uint32_t code;
        struct sv rest = sv_sub(source, i, source.n - i);
        unsigned n = utf8_decode(rest, &code);
        bool is_good = n > 0;
        if (!n)
            n = utf8_bad_length(rest);
        for (unsigned j = 0; j < n; j++) {
            if (covered[i + j] > 1)
                fail_msg("%s: byte %zu is in two spans", name, i);
            if (is_good && counts(code) && !covered[i + j])
                fail_msg("%s: U+%04X at byte %zu is neither read nor skipped: %.*s", name, code, i,
                         (int)(rest.n < 40 ? rest.n : 40), rest.p);
        }
        i += n;
    }
}

static void check_nothing_lost(struct docbao *d, const char *name, struct sv source)
{
    struct docbao_article *a = open_source(d, name, source);
    unsigned char *covered = calloc(source.n, 1);
    assert_non_null(covered);
    struct docbao_head head = docbao_head_of(a);
    for (uint32_t i = 0; i < head.tokens; i++)
        cover(covered, source, docbao_token_at(a, i).span);
    for (uint32_t i = 0; i < head.skipped; i++)
        cover(covered, source, docbao_skipped_at(a, i).span);
    check_covered(name, source, covered);
    free(covered);
    docbao_close(a);
}

static void nothing_is_lost_silently(void **state)
{
    (void)state;
    for_all(check_nothing_lost);
}

/* ---- 2 ---- */

static void check_words(const char *name, struct sv spoken)
{
    for (struct sv rest = spoken; rest.p && spoken.n;) {
        struct sv word = sv_cut(&rest, ' ');
        if (word.n && strchr(",.;:?!", word.p[word.n - 1]))
            word.n--;
        if (!syllable_is_legal(word))
            fail_msg("%s: “%.*s” is spoken: %.*s", name, SV_ARG(word), SV_ARG(spoken));
    }
}

static void check_sentence(const char *name, struct docbao_article *a, uint32_t index)
{
    struct docbao_sentence s = docbao_sentence_at(a, index);
    struct sv spoken = {s.spoken.p, s.spoken.n};
    struct buf joined = BUF_INIT;
    for (uint32_t i = 0; i < s.tokens; i++) {
        struct docbao_token t = docbao_token_at(a, s.token0 + i);
        if (joined.n && t.spoken.n)
            buf_putc(&joined, ' ');
        buf_add(&joined, t.spoken.p, t.spoken.n);
    }
    if (!sv_eq(buf_sv(&joined), spoken))
        fail_msg("%s: the tokens say “%s”, the sentence “%.*s”", name, joined.p, SV_ARG(spoken));
    check_words(name, spoken);
    buf_free(&joined);
}

static void check_only_syllables(struct docbao *d, const char *name, struct sv source)
{
    struct docbao_article *a = open_source(d, name, source);
    uint32_t sentences = docbao_head_of(a).sentences;
    for (uint32_t i = 0; i < sentences; i++)
        check_sentence(name, a, i);
    docbao_close(a);
}

static void only_vietnamese_reaches_the_engine(void **state)
{
    (void)state;
    for_all(check_only_syllables);
}

/* ---- 3 ---- */

static void add_span(struct buf *out, struct docbao_span span)
{
    buf_addf(out, "[%u %u] ", span.off, span.len);
}

/* All that an article is, as text. */
static void describe(struct docbao_article *a, struct buf *out)
{
    struct docbao_head head = docbao_head_of(a);
    buf_addf(out, "%s %f %s\n", head.encoding, head.confidence, head.date ? head.date : "-");
    for (uint32_t i = 0; i < head.blocks; i++) {
        struct docbao_block b = docbao_block_at(a, i);
        add_span(out, b.span);
        buf_addf(out, "%s %.*s\n", b.kind, (int)b.text.n, b.text.p);
    }
    for (uint32_t i = 0; i < head.tokens; i++) {
        struct docbao_token t = docbao_token_at(a, i);
        add_span(out, t.span);
        buf_addf(out, "%s %s %.*s\n", t.kind, t.rule, (int)t.spoken.n, t.spoken.p);
    }
    for (uint32_t i = 0; i < head.skipped; i++) {
        struct docbao_skipped s = docbao_skipped_at(a, i);
        add_span(out, s.span);
        buf_addf(out, "%s\n", s.reason);
    }
    for (uint32_t i = 0; i < head.diagnostics; i++)
        buf_addf(out, "%s\n", docbao_diagnostic_at(a, i).message);
}

static void check_repeatable(struct docbao *d, const char *name, struct sv source)
{
    struct buf first = BUF_INIT, again = BUF_INIT;
    struct buf *outs[] = {&first, &again};
    for (size_t i = 0; i < 2; i++) {
        struct docbao_article *a = open_source(d, name, source);
        describe(a, outs[i]);
        docbao_close(a);
    }
    if (!sv_eq(buf_sv(&first), buf_sv(&again)))
        fail_msg("%s: two readings differ", name);
    buf_free(&first);
    buf_free(&again);
}

struct one_article {
    struct docbao_article *a;
    bool given;
};

static struct docbao_article *give_once(void *user)
{
    struct one_article *one = user;
    if (one->given)
        return NULL;
    one->given = true;
    return one->a;
}

static struct source speak(const char *name, struct sv source, uint32_t jobs)
{
    char path[] = "promises-XXXXXX.wav";
    int fd = mkstemps(path, 4);
    assert_true(fd >= 0);
    close(fd);
    struct docbao *d = docbao_new(&(struct docbao_options){.jobs = jobs});
    struct one_article one = {.a = open_source(d, name, source)};
    struct docbao_speech speech = {path, .next = give_once, .user = &one};
    if (docbao_speak(d, &speech, NULL) != DOCBAO_OK)
        fail_msg("%s: %s", name, docbao_last_error(d)->message);
    docbao_close(one.a);
    docbao_free(d);
    struct source sound = load(path);
    unlink(path);
    return sound;
}

static void check_same_sound(struct docbao *d, const char *name, struct sv source)
{
    (void)d;
    struct source one = speak(name, source, 1), three = speak(name, source, 3);
    if (one.n != three.n || memcmp(one.bytes, three.bytes, one.n) != 0)
        fail_msg("%s: with 1 and 3 jobs the audio differs (%zu, %zu bytes)", name, one.n, three.n);
    free(one.bytes);
    free(three.bytes);
}

static void the_same_bytes_give_the_same(void **state)
{
    (void)state;
    for_all(check_repeatable);
    for_samples(NULL, check_same_sound);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_lost_silently),
        cmocka_unit_test(only_vietnamese_reaches_the_engine),
        cmocka_unit_test(the_same_bytes_give_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
