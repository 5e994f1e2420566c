/*
 * The file of places: whatever it holds, a place that is remembered is found again, others stay,
 * and one that is forgotten is gone.
 */
#include "library/positions.h"

#include "base/file.h"
#include "fuzz/check.h"
#include "fuzz/scratch.h"
#include "fuzz/target.h"
#include "text/normalize.h"

enum { PLACE = 2, NAMES = 3, LIST_PLACE = 1 };

static const char *const names[NAMES] = {"một.txt", "hai.txt", "ba.txt"};

static void read_article(struct article *a)
{
    static const char text[] = "Chợ quê họp sớm.\nCá tươi. Rau xanh. Trời mưa.\n";
    struct read_options read = {.raw = true};
    struct reading_options reading = {.dialect = DIALECT_NORTH};
    struct err e = ERR_INIT;
    if (article_from_bytes(a, "fuzz", SV(text), &read, &e))
        broken_promise("%s", e.message.p);
    normalize_article(a, built_in_rules(), &reading);
    err_free(&e);
}

static void must(enum status status, const struct err *e)
{
    if (status)
        broken_promise("%s", e->message.p);
}

static void load(const char *path, struct buf *out)
{
    buf_clear(out);
    if (!file_read(path, out))
        broken_promise("the file is gone");
}

static bool has_line(struct sv text, struct sv line)
{
    while (text.p) {
        struct sv other = sv_cut(&text, '\n');
        if (other.n && other.p[other.n - 1] == '\r')
            other.n--;
        if (sv_eq(line, other))
            return true;
    }
    return false;
}

/* All lines but the first, the header, and the last `ours`, are lines of the file before. */
static void check_kept(struct sv before, struct sv now, unsigned ours)
{
    size_t lines = sv_count(now, '\n');
    sv_cut(&now, '\n');
    for (size_t i = 1; i + ours < lines; i++) {
        struct sv line = sv_cut(&now, '\n');
        if (!has_line(before, line))
            broken_promise("a line from nowhere: \"%.*s\"", SV_ARG(line));
    }
}

static void check_remembered(const char *path, uint64_t key, const struct article *a)
{
    uint32_t sentence = UINT32_MAX, index = UINT32_MAX;
    if (!positions_recall(path, key, a, &sentence) || sentence != PLACE)
        broken_promise("sentence %d was remembered, %u is recalled", PLACE, sentence);
    if (!positions_recall_list(path, names, NAMES, &index) || index != LIST_PLACE)
        broken_promise("file %d was remembered, %u is recalled", LIST_PLACE, index);
}

static void remember(const char *path, uint64_t key, const struct article *a)
{
    struct err e = ERR_INIT;
    must(positions_remember(path, key, a, PLACE, &e), &e);
    must(positions_remember_list(path, names, NAMES, LIST_PLACE, &e), &e);
    err_free(&e);
}

static void forget(const char *path, uint64_t key, const struct article *a)
{
    struct err e = ERR_INIT;
    uint32_t sentence, index;
    must(positions_forget(path, key, &e), &e);
    if (positions_recall(path, key, a, &sentence))
        broken_promise("forgotten, but recalled");
    if (!positions_recall_list(path, names, NAMES, &index) || index != LIST_PLACE)
        broken_promise("the list was forgotten with the article");
    err_free(&e);
}

static void check_file(const char *path, struct sv input, uint64_t key, const struct article *a)
{
    uint32_t sentence, index;
    struct buf once = BUF_INIT, twice = BUF_INIT;
    if (positions_recall(path, key, a, &sentence) && sentence >= a->sentences.n)
        broken_promise("sentence %u is recalled, but there are %zu", sentence, a->sentences.n);
    if (positions_recall_list(path, names, NAMES, &index) && index >= NAMES)
        broken_promise("file %u is recalled, but there are %d", index, NAMES);
    remember(path, key, a);
    check_remembered(path, key, a);
    load(path, &once);
    check_kept(input, buf_sv(&once), 2);
    remember(path, key, a);
    load(path, &twice);
    if (once.n != twice.n)
        broken_promise("%zu bytes became %zu", once.n, twice.n);
    forget(path, key, a);
    buf_free(&once);
    buf_free(&twice);
}

static void run(struct sv input)
{
    struct article a;
    struct buf path = BUF_INIT;
    read_article(&a);
    scratch_write("places", input);
    scratch_path("places", &path);
    check_file(path.p, input, fingerprint_article(&a), &a);
    article_free(&a);
    buf_free(&path);
}

static void add_seeds(const struct seeds *seeds)
{
    struct article a;
    struct buf path = BUF_INIT, text = BUF_INIT;
    read_article(&a);
    scratch_remove("places");
    scratch_path("places", &path);
    remember(path.p, fingerprint_article(&a), &a);
    load(path.p, &text);
    seeds->take(seeds->user, buf_sv(&text));
    buf_adds(&text,
             "article\t0123456789abcdef\t7\t0123456789abcdef\tthêm\nlist\t0123456789abcdef"
             "\t4294967296\r\nkhác\tgì\n# ghi chú\n\narticle\t01\t2\nlist\t0123456789abcdef");
    seeds->take(seeds->user, buf_sv(&text));
    article_free(&a);
    buf_free(&path);
    buf_free(&text);
}

const struct fuzz_target fuzz_places = {run, add_seeds};
