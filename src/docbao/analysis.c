/* Gives the contents of an article. */
#include "docbao/internal.h"

#include "rules/style.h"

#include "docbao/find.h"
#include "docbao/names.h"
#include "session/engine_words.h"
#include "text/recall.h"

struct docbao_span api_span(const struct docbao_article *a, struct span text)
{
    struct span source = article_source_span(&a->a, text);
    article_member(&a->a, &source);
    return (struct docbao_span){source.off, source.len};
}

static const char *member_of(const struct docbao_article *a, struct span text)
{
    struct span source = article_source_span(&a->a, text);
    return article_member(&a->a, &source);
}

static struct docbao_text fold_span(const struct docbao_article *a, struct span text,
                                    struct buf *scratch)
{
    return api_text(view_fold(sv_at(a->a.text, text), scratch));
}

static struct docbao_text fold_block(const struct docbao_article *a, enum block_kind kind,
                                     struct buf *scratch)
{
    buf_clear(scratch);
    if (!article_add_read(&a->a, kind, scratch))
        return (struct docbao_text){NULL, 0};
    struct buf folded = BUF_INIT;
    struct sv text = view_fold(buf_sv(scratch), &folded);
    if (text.p == folded.p) {
        buf_free(scratch);
        *scratch = folded;
    } else {
        buf_free(&folded);
    }
    return api_text(text);
}

struct docbao_head docbao_head_of(struct docbao_article *a)
{
    /* The title and the byline are the same while the words are read and afterwards. */
    size_t skipped = a->a.skipped.n;
    if (a->was_read)
        a->a.skipped.n = a->skipped_before;
    struct docbao_text title = fold_block(a, BLOCK_TITLE, &a->title);
    struct docbao_text byline = fold_block(a, BLOCK_BYLINE, &a->byline);
    a->a.skipped.n = skipped;
    return (struct docbao_head){
        .name = api_text(view_valid(sv_of(a->a.name), &a->name)),
        .encoding = a->a.encoding,
        .confidence = a->a.confidence,
        .title = title,
        .byline = byline,
        .date = a->a.date,
        .blocks = (uint32_t)a->a.blocks.n,
        .sentences = (uint32_t)a->a.sentences.n,
        .tokens = recall_token_count(&a->a),
        .skipped = (uint32_t)a->a.skipped.n,
        .diagnostics = (uint32_t)a->a.diagnostics.n,
    };
}

/* Lines are counted in the text, where every encoding and line end looks the same. */
static uint32_t line_of(struct docbao_article *a, struct span text)
{
    return view_line(&a->lines, a->a.text, text.off);
}

static const char *block_kind_name(unsigned kind)
{
    static const char *const names[] = {
        [BLOCK_TITLE] = "title",     [BLOCK_DATE] = "date",       [BLOCK_SAPO] = "sapo",
        [BLOCK_HEADING] = "heading", [BLOCK_LIST] = "list",       [BLOCK_PARAGRAPH] = "paragraph",
        [BLOCK_TABLE] = "table",     [BLOCK_CAPTION] = "caption", [BLOCK_BYLINE] = "byline",
    };
    return names[kind];
}

struct docbao_block docbao_block_at(struct docbao_article *a, uint32_t index)
{
    const struct block *block = &a->a.blocks.at[index];
    return (struct docbao_block){
        .kind = block_kind_name(block->kind),
        .member = member_of(a, block->text),
        .span = api_span(a, block->text),
        .text = fold_span(a, block->text, &a->block),
        .sentence0 = block->sent0,
        .sentences = block->nsent,
    };
}

struct docbao_sentence docbao_sentence_at(struct docbao_article *a, uint32_t index)
{
    const struct sentence *sentence = &a->a.sentences.at[index];
    recall_sentence(&a->a, index);
    return (struct docbao_sentence){
        .span = api_span(a, sentence->text),
        .written = fold_span(a, sentence->text, &a->sentence),
        .spoken = api_text(article_spoken(&a->a, sentence->spoken)),
        .token0 = sentence->tok0,
        .tokens = sentence->ntok,
        .line = line_of(a, sentence->text),
        .pause_ms = sentence->pause_ms,
    };
}

struct docbao_token docbao_token_at(struct docbao_article *a, uint32_t index)
{
    static const struct token forgotten;
    recall_token(&a->a, index);
    const struct token *token = index < a->a.gone.tokens ? &forgotten : article_token(&a->a, index);
    struct docbao_text written = fold_span(a, token->text, &a->token);
    struct sv spoken = article_spoken(&a->a, token->spoken);
    return (struct docbao_token){
        .kind = token_class_name(token->cls),
        .kind_name = api_class_name(token->cls),
        .rule = token->rule ? token->rule : "",
        .span = api_span(a, token->text),
        .written = written,
        .spoken = api_text(spoken),
        .line = line_of(a, token->text),
        .changed = view_is_changed((struct sv){written.p, written.n}, spoken, &a->lowered),
    };
}

struct docbao_skipped docbao_skipped_at(struct docbao_article *a, uint32_t index)
{
    const struct skipped *skipped = &a->a.skipped.at[index];
    return (struct docbao_skipped){
        .member = member_of(a, skipped->text),
        .span = api_span(a, skipped->text),
        .text = fold_span(a, skipped->text, &a->skipped),
        .reason = skip_word(skipped->reason),
        .reason_name = api_reason_name(skipped->reason),
        .line = line_of(a, skipped->text),
    };
}

struct docbao_diagnostic docbao_diagnostic_at(struct docbao_article *a, uint32_t index)
{
    const struct diagnostic *diagnostic = &a->a.diagnostics.at[index];
    return (struct docbao_diagnostic){
        .member = diagnostic->text.len ? member_of(a, diagnostic->text) : NULL,
        .span = diagnostic->text.len ? api_span(a, diagnostic->text) : (struct docbao_span){0, 0},
        .kind = note_word(diagnostic->kind),
        .kind_name = api_diagnostic_name(diagnostic->kind),
        .message = diagnostic->message,
        .line = diagnostic->text.len ? line_of(a, diagnostic->text) : 0,
    };
}

bool docbao_find(struct docbao_article *a, const char *wanted, uint32_t from, uint32_t *sentence,
                 uint32_t *token)
{
    return find_text(&a->a, sv_of(wanted), from, 1, sentence, token);
}

bool docbao_find_back(struct docbao_article *a, const char *wanted, uint32_t before,
                      uint32_t *sentence, uint32_t *token)
{
    return find_text(&a->a, sv_of(wanted), before, -1, sentence, token);
}

void api_estimate(struct docbao_article *a)
{
    struct engine_words words = {0};
    for (size_t i = estimate_sentences(&a->estimate); i < a->a.sentences.n; i++) {
        const struct sentence *s = &a->a.sentences.at[i];
        engine_words_of(&a->a, s, &words);
        uint32_t rate = (uint32_t)style_figures(a->a.rules, s->style).rate;
        estimate_add(&a->estimate, words.at, words.n, rate, s->pause_ms);
    }
    vec_free(&words);
}

uint64_t docbao_time_ms(struct docbao_article *a, uint32_t from, uint32_t to,
                        uint32_t speed_percent)
{
    if (a->estimate.engine && estimate_sentences(&a->estimate) == 0)
        api_estimate(a);
    return estimate_ms(&a->estimate, from, to, speed_percent);
}

uint32_t docbao_sentence_at_ms(struct docbao_article *a, uint64_t ms, uint32_t speed_percent)
{
    uint32_t low = 0, high = (uint32_t)a->a.sentences.n;
    while (high > low + 1) {
        uint32_t middle = low + (high - low) / 2;
        if (docbao_time_ms(a, 0, middle, speed_percent) <= ms)
            low = middle;
        else
            high = middle;
    }
    return low;
}

uint32_t docbao_pause_ms(uint32_t pause_ms, uint32_t speed_percent)
{
    return pause_ms * voice_pause_percent(speed_percent) / 100;
}

uint32_t docbao_article_pause_ms(const struct docbao *d, uint32_t speed_percent)
{
    uint32_t own = d->has_voice ? api_settings(d, speed_percent).article_pause_ms : 0;
    return docbao_pause_ms(own, speed_percent);
}
