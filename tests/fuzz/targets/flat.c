/*
 * Articles as another process sends them: what is accepted keeps the invariants, can be read aloud,
 * and can be sent on.
 */
#include "article/flat.h"

#include "base/utf8.h"
#include "fuzz/check.h"
#include "fuzz/target.h"
#include "text/normalize.h"

static const char page[] =
    "<!DOCTYPE html><html><head><title>Tin</title></head><body><article><h1>Mưa to</h1><p>Chiều "
    "15/5/2016, trời mưa to ở nhiều nơi trong tỉnh, nước sông l&ecirc;n nhanh.</p><img "
    "src=f/a.jpg><table><tr><td>"
    "Huyện</td><td>120 mm</td></tr></table><p>Theo Báo Lam Giang, mưa còn kéo dài đến cuối tuần."
    "</p></article><footer>© Báo Lam Giang</footer></body></html>";

static void append(void *to, struct sv bytes)
{
    buf_add_sv(to, bytes);
}

/* An article whose document is the page, from these bytes. */
static bool unflatten(struct article *a, struct sv bytes)
{
    struct buf owned = BUF_INIT;
    article_begin(a, "fuzz", &(struct read_options){.rules = built_in_rules()});
    a->source_owned = mem_copy(SV(page));
    a->source = (struct sv){a->source_owned, sizeof page - 1};
    buf_add_sv(&owned, bytes);
    return article_from_flat(a, &owned, 0);
}

static void check_span(const struct article *a, struct span span)
{
    if (span.off > a->text.n || span.len > a->text.n - span.off)
        broken_promise("a span beyond the text");
    struct sv part = sv_at(a->text, span);
    if (utf8_valid_prefix(part) != part.n)
        broken_promise("a span that divides a character");
    struct span source = article_source_span(a, span);
    if (source.off > a->source.n || source.len > a->source.n - source.off)
        broken_promise("a span beyond the source");
}

/* What the program opens is named by one line. */
static void check_pictures(const struct article *a)
{
    for (size_t i = 0; i < a->pictures.n; i++)
        if (!is_one_line(sv_of(a->pictures.at[i])))
            broken_promise("not one line: \"%s\"", a->pictures.at[i]);
}

static void check_spans(const struct article *a)
{
    check_span(a, a->paper_kind);
    check_span(a, a->paper_number);
    for (size_t i = 0; i < a->blocks.n; i++)
        check_span(a, a->blocks.at[i].text);
    for (size_t i = 0; i < a->skipped.n; i++)
        check_span(a, a->skipped.at[i].text);
    for (size_t i = 0; i < a->diagnostics.n; i++)
        check_span(a, a->diagnostics.at[i].text);
}

static void check_sent_on(const struct article *a)
{
    struct article again;
    struct buf bytes = BUF_INIT;
    const struct flat_writer w = {append, &bytes};
    article_flatten(a, a->source, &w);
    if (!unflatten(&again, buf_sv(&bytes)) && sv_is(a->source, page))
        broken_promise("accepted once, but not twice");
    article_free(&again);
    buf_free(&bytes);
}

static void run(struct sv input)
{
    struct article a;
    if (unflatten(&a, input)) {
        check_spans(&a);
        check_pictures(&a);
        check_sent_on(&a);
        normalize_article(&a, built_in_rules(), &(struct reading_options){0});
    }
    article_free(&a);
}

static void add_seeds(const struct seeds *seeds)
{
    struct article a;
    struct err e = ERR_INIT;
    struct buf bytes = BUF_INIT;
    const struct flat_writer w = {append, &bytes};
    const struct read_options options = {.rules = built_in_rules()};
    if (article_from_bytes(&a, "fuzz.html", SV(page), &options, &e) == STATUS_OK)
        article_flatten(&a, a.source, &w);
    seeds->take(seeds->user, buf_sv(&bytes));
    article_free(&a);
    buf_free(&bytes);
    err_free(&e);
}

const struct fuzz_target fuzz_flat = {run, add_seeds};
