/* Opening and closing articles. */
#include "docbao/internal.h"

#include "article/parser.h"
#include "docbao/ahead.h"
#include "docbao/picture.h"
#include "lang/name_order.h"

struct docbao_article *api_new_article(void)
{
    struct docbao_article *a = mem_zalloc(sizeof *a);
    a->a.spoken = BUF_INIT;
    a->picture = a->name = a->title = a->byline = a->block = a->sentence = a->token = BUF_INIT;
    a->skipped = a->lowered = a->doubt = a->lexicon = BUF_INIT;
    return a;
}

/* Whether what an earlier article had too is skipped. */
static bool skips_repeats(const struct docbao *d)
{
    return d->options.skip_repeats && !d->options.raw;
}

enum docbao_status api_finish_open(struct docbao *d, struct docbao_article *a, enum status status,
                                   struct docbao_article **out)
{
    bool repeats = skips_repeats(d);
    if (!status && repeats)
        repeats_skip(&d->repeats, &a->a, api_key(a));
    if (!status && (!a->was_read || repeats))
        status = d->options.read_when_spoken ? api_begin_words(d, a) : api_read_words(d, a);
    if (!status && repeats)
        repeats_add(&d->repeats, &a->a, api_key(a));
    *out = status ? NULL : a;
    if (status)
        docbao_close(a);
    return api_result(d, status);
}

/* After api_need_rules, if an article is read with them. */
struct read_options api_read_options(const struct docbao *d)
{
    return (struct read_options){
        .rules = d->rules,
        .raw = d->options.raw,
        .picture = d->options.pictures,
        .skip_tables = d->options.skip_tables,
        .encoding = d->options.encoding,
        .load = {.max_bytes = d->options.max_bytes,
                 .fetch = &d->fetch,
                 .waits = d->options.waits,
                 .waits_user = d->options.waits_user},
    };
}

int docbao_compare_names(const char *a, const char *b)
{
    return name_order(sv_of(a), sv_of(b));
}

void docbao_expect(struct docbao *d, const char *path)
{
    ahead_free(d->ahead);
    d->ahead = *path && !api_need_rules(d) ? ahead_start(d, path) : NULL;
}

bool docbao_arrived(const struct docbao *d)
{
    return !d->ahead || ahead_arrived(d->ahead);
}

enum status api_open(struct docbao *d, const char *path, struct docbao_article **out)
{
    if (d->ahead && ahead_is_of(d->ahead, path)) {
        struct ahead *ahead = d->ahead;
        d->ahead = NULL;
        return ahead_finish(ahead, d, out);
    }
    *out = api_new_article();
    enum status status = api_need_rules(d);
    struct read_options options = api_read_options(d);
    return status ? status : parser_read(&(*out)->a, path, &options, &(*out)->parser, &d->err);
}

enum docbao_status docbao_open_file(struct docbao *d, const char *path, struct docbao_article **out)
{
    struct docbao_article *a;
    enum status status = api_open(d, path, &a);
    if (!status && d->options.pictures)
        picture_take(a);
    return api_finish_open(d, a, status, out);
}

enum docbao_status docbao_open_bytes(struct docbao *d, const char *name, const void *bytes,
                                     size_t length, struct docbao_article **out)
{
    struct docbao_article *a = api_new_article();
    enum status status = api_need_rules(d);
    struct read_options options = api_read_options(d);
    struct buf copy = BUF_INIT;
    buf_add(&copy, bytes, length);
    if (!status)
        status = parser_take_bytes(&a->a, name, &copy, &options, &a->parser, &d->err);
    buf_free(&copy);
    if (!status && d->options.pictures)
        picture_take(a);
    return api_finish_open(d, a, status, out);
}

void docbao_close(struct docbao_article *a)
{
    if (!a)
        return;
    struct buf *bufs[] = {&a->picture, &a->name,     &a->title,  &a->byline,
                          &a->block,   &a->sentence, &a->token,  &a->skipped,
                          &a->lowered, &a->doubt,    &a->lexicon};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_free(bufs[i]);
    vec_free(&a->lines.starts);
    api_end_words(a);
    child_reap(&a->parser);
    estimate_free(&a->estimate);
    doubts_free(&a->doubts);
    article_free(&a->a);
    free(a);
}
