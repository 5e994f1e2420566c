/*
 * bench_encodings measures how well encodings are recognized. Every paragraph of the samples, and
 * every line of tests/encodings/lines.txt alone, in every form; the lines of western.txt as they
 * are. A text is right only if every letter comes back.
 */
#include <stdio.h>

#include "article/input/decode.h"
#include "base/file.h"
#include "old_encodings.h"

struct texts {
    VEC(struct buf) files;
    VEC(struct sv) paragraphs;
};

struct count {
    unsigned texts, wrong, misnamed;
};

static bool reads_as(struct sv source, struct sv expected, enum old_form form, const char *name,
                     struct count *count, bool show)
{
    struct article a = {.spoken = BUF_INIT, .name = "-", .source = source};
    struct decode_counts counts;
    struct err e = ERR_INIT;
    decode_source(&a, NULL, &counts, &e);
    bool right = old_same(form, expected, a.text);
    count->texts++;
    count->wrong += !right;
    count->misnamed += strcmp(a.encoding, name) != 0;
    if (show && !right)
        printf("  %.*s\n    as %s (%.2f): %.*s\n", SV_ARG(expected), a.encoding, a.confidence,
               SV_ARG(a.text));
    article_free(&a);
    err_free(&e);
    return right;
}

static void take_lines(struct texts *t, const char *name, size_t least, size_t most)
{
    struct buf path = BUF_INIT, bytes = BUF_INIT;
    buf_addf(&path, "%s/%s", DOCBAO_SOURCE, name);
    if (!file_read(path.p, &bytes))
        perror(path.p);
    struct sv rest = buf_sv(&bytes);
    while (rest.p) {
        struct sv line = sv_trim(sv_cut(&rest, '\n'));
        if (line.n >= least && line.n <= most)
            *vec_push(&t->paragraphs) = line;
    }
    *vec_push(&t->files) = bytes;
    buf_free(&path);
}

/* Three neighbours as one text. */
static void take_threes(struct texts *t, const struct texts *lines)
{
    for (size_t i = 0; i + 2 < lines->paragraphs.n; i += 3) {
        struct sv first = lines->paragraphs.at[i], last = lines->paragraphs.at[i + 2];
        *vec_push(&t->paragraphs) = (struct sv){first.p, (size_t)(last.p + last.n - first.p)};
    }
}

static void free_texts(struct texts *t)
{
    for (size_t i = 0; i < t->files.n; i++)
        buf_free(&t->files.at[i]);
    vec_free(&t->files);
    vec_free(&t->paragraphs);
}

static void measure(const struct texts *t, const char *what, bool show)
{
    printf("%s: %zu\n", what, t->paragraphs.n);
    struct count all = {0};
    for (unsigned form = 0; form < OLD_FORMS; form++) {
        struct count count = {0};
        for (size_t i = 0; i < t->paragraphs.n; i++) {
            struct buf source = BUF_INIT, expected = BUF_INIT;
            old_write(form, t->paragraphs.at[i], &source);
            old_expected(form, t->paragraphs.at[i], &expected);
            reads_as(buf_sv(&source), buf_sv(&expected), form, old_form_encodings[form], &count,
                     show);
            buf_free(&source);
            buf_free(&expected);
        }
        printf("%-32s %4u wrong of %u, %u named otherwise\n", old_form_names[form], count.wrong,
               count.texts, count.misnamed);
        all.texts += count.texts;
        all.wrong += count.wrong;
    }
    printf("%-32s %4u wrong of %u: %.2f percent\n\n", "all", all.wrong, all.texts,
           100.0 * all.wrong / all.texts);
}

int main(int argc, char **argv)
{
    (void)argv;
    bool show = argc > 1;
    struct texts paragraphs = {0}, lines = {0}, shorts = {0}, unseen = {0}, western = {0};
    static const char *const samples[] = {"dong-xuan", "kinh-te", "the-thao", "tin-ngan",
                                          "van-ban"};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct buf name = BUF_INIT;
        buf_addf(&name, "assets/samples/%s.txt", samples[i]);
        take_lines(&paragraphs, name.p, 60, SIZE_MAX);
        buf_free(&name);
    }
    take_lines(&lines, "tests/encodings/lines.txt", 1, SIZE_MAX);
    take_lines(&unseen, "tests/encodings/unseen.txt", 1, SIZE_MAX);
    take_lines(&shorts, "tests/encodings/lines.txt", 1, 20);
    take_lines(&western, "tests/encodings/western.txt", 1, SIZE_MAX);
    take_threes(&paragraphs, &lines);
    measure(&paragraphs, "paragraphs", show);
    measure(&lines, "single lines", show);
    measure(&unseen, "single lines that nothing was tried on", show);
    measure(&shorts, "of those, up to 20 bytes", show);
    struct count count = {0};
    for (size_t i = 0; i < western.paragraphs.n; i++)
        reads_as(western.paragraphs.at[i], western.paragraphs.at[i], OLD_UTF8, "UTF-8", &count,
                 true);
    printf("good UTF-8 with other letters: %u changed of %u\n", count.wrong, count.texts);
    free_texts(&paragraphs);
    free_texts(&lines);
    free_texts(&shorts);
    free_texts(&unseen);
    free_texts(&western);
    return 0;
}
