/* Gives the doubts of an article. */
#include "docbao/internal.h"

#include "base/message.h"
#include "docbao/names.h"

static const struct {
    const char *kind, *name;
} kinds[] = {
#define DOUBT(id, identifier, name) {identifier, name},
#include "text/doubts.def"
};

enum docbao_status docbao_check(struct docbao *d, struct docbao_article *a, uint32_t *count)
{
    struct reading_options options = {
        .dialect = (enum dialect)a->a.dialect,
        .codes = d->options.codes,
        .letters = d->options.letters,
        .scripts = d->options.scripts,
    };
    enum status status = api_need_rules(d);
    if (!status)
        status = api_need_all_words(d, a);
    doubts_free(&a->doubts);
    if (!status)
        doubts_find(&a->doubts, &a->a, d->rules, &options);
    *count = (uint32_t)a->doubts.list.n;
    return api_result(d, status);
}

static struct docbao_text spoken_of(struct docbao_article *a, const struct doubt *d)
{
    if (d->token == DOUBT_NOWHERE)
        return (struct docbao_text){NULL, 0};
    return api_text(doubts_spoken(&a->a, &a->a.tokens.at[d->token]));
}

/* The row of a lexicon that gives the other reading, or this one. */
static struct docbao_text lexicon_row(struct docbao_article *a, struct docbao_text written,
                                      struct docbao_text spoken, struct sv other)
{
    buf_clear(&a->lexicon);
    if (!spoken.n)
        return (struct docbao_text){NULL, 0};
    buf_add(&a->lexicon, written.p, written.n);
    buf_putc(&a->lexicon, '\t');
    buf_add_sv(&a->lexicon, other.n ? other : (struct sv){spoken.p, spoken.n});
    return api_text(buf_sv(&a->lexicon));
}

static const char *why_of(const struct doubt *d)
{
    return d->kind == DOUBT_SKIPPED ? api_reason_name(skip_reason_of(sv_of(d->why))) : d->why;
}

struct docbao_doubt docbao_doubt_at(struct docbao_article *a, uint32_t index)
{
    const struct doubt *d = &a->doubts.list.at[index];
    bool placed = d->text.len > 0;
    struct span source = article_source_span(&a->a, d->text);
    struct docbao_doubt out = {
        .kind = kinds[d->kind].kind,
        .kind_name = _(kinds[d->kind].name),
        .why = why_of(d),
        .member = placed ? article_member(&a->a, &source) : NULL,
        .written = api_text(view_fold(sv_at(a->a.text, d->text), &a->doubt)),
        .spoken = spoken_of(a, d),
        .other = api_text(d->other),
        .sentence = d->sentence,
        .token = d->token,
        .count = d->count,
        .line = placed ? view_line(&a->lines, a->a.text, d->text.off) : 0,
    };
    out.span = placed ? (struct docbao_span){source.off, source.len} : (struct docbao_span){0, 0};
    out.lexicon = lexicon_row(a, out.written, out.spoken, d->other);
    return out;
}
