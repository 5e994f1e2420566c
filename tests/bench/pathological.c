/*
 * Measures how the time to read a text grows with its length, with texts that nobody writes, for
 * tests/bench/run.
 *
 *   bench_pathological [--all]
 *
 * Prints, a line a text, its name, the seconds for 1 MB and for 2 MB, and how many times as long
 * the second took: 2 is as it should be, 4 is a rule that looks too far or begins again too often.
 * Without --all only the slowest few are shown.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "article/read.h"
#include "pathological.h"
#include "rules/rules.h"
#include "text/normalize.h"

enum { MEGABYTE = 1000000, SHOWN = 8 };

struct figure {
    const char *name;
    bool raw;
    double one, two;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(const struct rules *rules, const struct pathological *text, size_t bytes,
                      bool raw)
{
    struct buf document = BUF_INIT;
    struct article a = {0};
    struct err e = ERR_INIT;
    pathological_make(&document, text, bytes);
    double begin = now();
    const struct read_options options = {.raw = raw};
    if (article_from_bytes(&a, text->name, buf_sv(&document), &options, &e) == STATUS_OK)
        normalize_article(&a, rules, &(struct reading_options){.sentence_pause_ms = 400});
    double took = now() - begin;
    article_free(&a);
    err_free(&e);
    buf_free(&document);
    return took;
}

static int slowest_first(const void *a, const void *b)
{
    const struct figure *x = a, *y = b;
    return x->two > y->two ? -1 : x->two < y->two;
}

static void show(const struct figure *f, size_t n)
{
    printf("%-40s %8s %8s %8s\n", "text, the slowest first", "1 MB", "2 MB", "growth");
    for (size_t i = 0; i < n; i++)
        printf("%-34s %-5s %6.2f s %6.2f s %6.1f x\n", f[i].name, f[i].raw ? "raw" : "", f[i].one,
               f[i].two, f[i].two / f[i].one);
}

int main(int argc, char **argv)
{
    bool all = argc > 1 && strcmp(argv[1], "--all") == 0;
    struct rules *rules;
    struct err e = ERR_INIT;
    VEC(struct figure) figures = {0};
    if (rules_load(&rules, NULL, &e) != STATUS_OK) {
        fprintf(stderr, "bench_pathological: %s: %s\n", e.file.p, e.message.p);
        return 1;
    }
    for (const struct pathological *text = pathological_texts; text->name; text++)
        for (int raw = 0; raw < 2; raw++)
            *vec_push(&figures) =
                (struct figure){text->name, raw, seconds(rules, text, MEGABYTE, raw),
                                seconds(rules, text, 2 * MEGABYTE, raw)};
    qsort(figures.at, figures.n, sizeof *figures.at, slowest_first);
    show(figures.at, all || figures.n < SHOWN ? figures.n : SHOWN);
    vec_free(&figures);
    rules_free(rules);
    err_free(&e);
    return 0;
}
