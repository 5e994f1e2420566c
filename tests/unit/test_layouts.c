/*
 * Pages and what the finders make of them: each tests/unit/html/NAME.html and
 * tests/unit/pasted/NAME.txt comes out as NAME.expected.tsv beside it says. A line of a sidecar is
 * one of
 *     title<TAB>text (or another kind of block), in reading order
 *     skip:reason<TAB>text, in page order; white space and decoration are left out
 *     iso<TAB>date of the article ("-": it has none)
 *     none (the page holds no article)
 *     # a comment
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "article/read.h"

static const char *const kinds[] = {"title", "date",  "sapo",    "heading", "paragraph",
                                    "list",  "table", "caption", "byline"};

/* White space folded to one space, the written form of the sidecars. */
static void fold(struct buf *out, struct sv v)
{
    bool space = false;
    for (size_t i = 0; i < v.n; i++) {
        bool white = v.p[i] == ' ' || v.p[i] == '\n' || v.p[i] == '\t';
        if (!white || !space)
            buf_putc(out, white ? ' ' : v.p[i]);
        space = white;
    }
}

static void describe(struct buf *out, const struct article *a)
{
    buf_addf(out, "iso\t%s\n", a->date ? a->date : "-");
    for (size_t i = 0; i < a->blocks.n; i++) {
        buf_addf(out, "%s\t", kinds[a->blocks.at[i].kind]);
        fold(out, sv_at(a->text, a->blocks.at[i].text));
        buf_putc(out, '\n');
    }
    for (size_t i = 0; i < a->skipped.n; i++) {
        if (a->skipped.at[i].reason == SKIP_DECORATION)
            continue;
        buf_addf(out, "skip:%s\t", skip_word(a->skipped.at[i].reason));
        fold(out, sv_at(a->text, a->skipped.at[i].text));
        buf_putc(out, '\n');
    }
}

static void load(struct buf *out, const char *path)
{
    char chunk[4096];
    size_t got;
    FILE *f = fopen(path, "rb");
    if (!f)
        fail_msg("%s is missing", path);
    while ((got = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(out, chunk, got);
    fclose(f);
}

static void load_sidecar(struct buf *out, const char *path)
{
    struct buf whole = BUF_INIT;
    load(&whole, path);
    for (struct sv rest = buf_sv(&whole); rest.n;) {
        struct sv line = sv_cut(&rest, '\n');
        if (!line.n || *line.p == '#')
            continue;
        buf_add_sv(out, line);
        buf_putc(out, '\n');
    }
    buf_free(&whole);
}

static void check_layout(const char *path, const char *sidecar)
{
    struct buf page = BUF_INIT, want = BUF_INIT, got = BUF_INIT;
    struct read_options options = {0};
    struct err e = ERR_INIT;
    struct article a;
    load(&page, path);
    load_sidecar(&want, sidecar);
    if (article_from_bytes(&a, path, buf_sv(&page), &options, &e) == STATUS_OK)
        describe(&got, &a);
    else
        buf_adds(&got, "none\n");
    if (strcmp(got.p, want.p) != 0)
        fail_msg("%s\ngot:\n%s\nwanted:\n%s", path, got.p, want.p);
    article_free(&a);
    err_free(&e);
    buf_free(&page);
    buf_free(&want);
    buf_free(&got);
}

/* Checks every layout of a folder; the names of its pages end in `ending`. */
static void check_folder(const char *name, const char *ending)
{
    struct buf folder = BUF_INIT;
    size_t pages = 0;
    buf_addf(&folder, "%s/tests/unit/%s", DOCBAO_SOURCE, name);
    DIR *dir = opendir(folder.p);
    assert_non_null(dir);
    for (struct dirent *d = readdir(dir); d; d = readdir(dir)) {
        struct sv file = sv_of(d->d_name);
        if (!sv_ends(file, sv_of(ending)))
            continue;
        struct buf page = BUF_INIT, sidecar = BUF_INIT;
        buf_addf(&page, "%s/%s", folder.p, d->d_name);
        buf_addf(&sidecar, "%s/%.*s.expected.tsv", folder.p, (int)(file.n - strlen(ending)),
                 file.p);
        check_layout(page.p, sidecar.p);
        buf_free(&page);
        buf_free(&sidecar);
        pages++;
    }
    closedir(dir);
    buf_free(&folder);
    assert_true(pages > 0);
}

static void html_pages_come_out_right(void **state)
{
    (void)state;
    check_folder("html", ".html");
}

static void pasted_pages_come_out_right(void **state)
{
    (void)state;
    check_folder("pasted", ".txt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_pages_come_out_right),
        cmocka_unit_test(pasted_pages_come_out_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
