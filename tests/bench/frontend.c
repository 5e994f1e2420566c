/*
 * Measures how fast text becomes sentences, for tests/bench/run.
 *
 *   bench_frontend FILE...
 *
 * Prints, one a line, a name and a number:
 *   tables_first_ms, tables_ms   loading all rule tables: the first time, and the median
 *   nfc_mb_s, nfd_mb_s           reading, cleaning, cutting into sentences and normalizing, in
 *                                megabytes of input a second, of the files repeated to 4 MB,
 *                                as NFC and as NFD; start-up is not counted
 *   growth                       how much longer a byte takes in 64 MB than in 4
 */
#include <time.h>
#include <utf8proc.h>

#include "article/read.h"
#include "rules/rules.h"
#include "text/normalize.h"

enum { INPUT_BYTES = 4000000, RUNS = 5, LOADS = 21, TIMES_LARGER = 16 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static _Noreturn void die(const char *what, const char *detail)
{
    fprintf(stderr, "bench_frontend: %s: %s\n", what, detail);
    exit(1);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *values, size_t n)
{
    qsort(values, n, sizeof *values, by_size);
    return values[n / 2];
}

static struct rules *load_tables(void)
{
    struct rules *rules = NULL;
    double took[LOADS];
    for (int i = 0; i < LOADS; i++) {
        struct err e = ERR_INIT;
        if (rules)
            rules_free(rules);
        rules = NULL;
        double begin = now_ms();
        if (rules_load(&rules, NULL, &e) != STATUS_OK)
            die(e.file.p, e.message.p);
        took[i] = now_ms() - begin;
        err_free(&e);
    }
    printf("tables_first_ms %.2f\n", took[0]);
    printf("tables_ms %.2f\n", median(took, LOADS));
    return rules;
}

static void add_file(struct buf *out, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        die(path, "cannot be read");
    char block[16384];
    size_t n;
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        buf_add(out, block, n);
    fclose(f);
    buf_putc(out, '\n');
}

static void add_decomposed(struct buf *out, struct sv text)
{
    utf8proc_uint8_t *bytes = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text.p, (utf8proc_ssize_t)text.n,
                                      &bytes, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
    if (n < 0)
        die("utf8proc", utf8proc_errmsg(n));
    buf_add(out, bytes, (size_t)n);
    free(bytes);
}

static double throughput(struct sv text, const struct rules *rules, int runs)
{
    double speed[RUNS];
    const struct read_options read = {.load.max_bytes = 2 * (uint64_t)text.n};
    const struct reading_options reading = {
        .sentence_pause_ms = 400, .block_pause_ms = 700, .title_pause_ms = 1000};
    for (int i = 0; i < runs; i++) {
        struct article a = {0};
        struct err e = ERR_INIT;
        double begin = now_ms();
        if (article_from_bytes(&a, "bench", text, &read, &e) != STATUS_OK)
            die("reading", e.message.p);
        normalize_article(&a, rules, &reading);
        speed[i] = (double)text.n / 1e6 / ((now_ms() - begin) / 1e3);
        if (!a.sentences.n)
            die("reading", "no sentence came out");
        article_free(&a);
        err_free(&e);
    }
    return median(speed, (size_t)runs);
}

/* Measures how much longer a byte takes in a text sixteen times as long. */
static double growth(const struct buf *text, const struct rules *rules)
{
    struct buf large = BUF_INIT;
    for (int i = 0; i < TIMES_LARGER; i++)
        buf_add_sv(&large, buf_sv(text));
    double small = throughput(buf_sv(text), rules, RUNS);
    double ratio = small / throughput(buf_sv(&large), rules, 1);
    buf_free(&large);
    return ratio;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        die("usage", "bench_frontend FILE...");
    struct rules *rules = load_tables();
    struct buf once = BUF_INIT, composed = BUF_INIT, decomposed = BUF_INIT;
    for (int i = 1; i < argc; i++)
        add_file(&once, argv[i]);
    while (composed.n < INPUT_BYTES)
        buf_add_sv(&composed, buf_sv(&once));
    add_decomposed(&decomposed, buf_sv(&composed));
    printf("nfc_mb_s %.1f\n", throughput(buf_sv(&composed), rules, RUNS));
    printf("nfd_mb_s %.1f\n", throughput(buf_sv(&decomposed), rules, RUNS));
    printf("growth %.2f\n", growth(&composed, rules));
    buf_free(&once);
    buf_free(&composed);
    buf_free(&decomposed);
    rules_free(rules);
    return 0;
}
