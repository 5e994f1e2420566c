/* Reading the words of articles. */
#include "docbao/internal.h"

#include "base/file.h"
#include "text/lexicon.h"
#include "text/recall.h"

/* Finds the voice that the words are chosen for. Reading needs no voice that works: if its file is
 * broken, the default voice is used, and `why` says what is wrong. */
static enum status voice_for_reading(struct docbao *d, struct voice *out, struct buf *why)
{
    enum status status = api_need_voice(d);
    if (!status)
        voice_copy(out, &d->voice);
    if (!status || !d->err.file.n)
        return status; /* there is no such voice: most likely a typing error */
    buf_add_sv(why, buf_sv(&d->err.message));
    return voice_find(out, sv_of(api_default_voice), NULL, &d->err);
}

static struct reading_options reading_options_of(const struct docbao *d, const struct voice *voice)
{
    return (struct reading_options){
        .dialect = voice->dialect,
        .codes = d->options.codes,
        .letters = d->options.letters,
        .scripts = d->options.scripts,
        .plain = d->options.style == DOCBAO_STYLE_PLAIN,
        .sentence_pause_ms = (uint16_t)voice->sentence_pause_ms,
        .block_pause_ms = (uint16_t)voice->block_pause_ms,
        .title_pause_ms = (uint16_t)voice->title_pause_ms,
    };
}

/* For bai.txt, bai.lexicon.tsv. */
void api_lexicon_beside(const struct docbao *d, const char *article, struct buf *path)
{
    if (d->options.no_lexicon_beside || strcmp(article, "-") == 0 || fetch_is_url(article))
        return;
    file_add_beside(path, article, ".lexicon.tsv");
}

/* The lexicon that stands beside an article: whoever made the article may have made it too. */
struct beside {
    struct buf path; /* empty: there is none */
    const char *why; /* it is not used; or NULL */
    uint32_t rows;
};

static enum status load_beside(struct docbao *d, const struct article *a, struct lexicon *lexicon,
                               struct beside *beside)
{
    const char *named = d->options.lexicon;
    api_lexicon_beside(d, a->name, &beside->path);
    if (!beside->path.n)
        return STATUS_OK;
    if (named && file_is_same(named, beside->path.p)) {
        buf_clear(&beside->path);
        return STATUS_OK;
    }
    enum status status = lexicon_load_unnamed(lexicon, beside->path.p, &beside->why, &d->err);
    beside->rows = lexicon_rows(lexicon);
    return status;
}

/* The readings for this article, then those for all. */
static enum status load_lexicon(struct docbao *d, const struct article *a, struct lexicon *lexicon,
                                struct beside *beside)
{
    enum status status = load_beside(d, a, lexicon, beside);
    if (!status && d->options.lexicon)
        status = lexicon_load(lexicon, d->options.lexicon, &d->err);
    return status;
}

/* The user must be told that something changes what the article says. */
static void note_beside(struct article *a, const struct lexicon *lexicon,
                        const struct beside *beside)
{
    if (beside->why)
        article_note(a, NO_SPAN, NOTE_LEXICON,
                     "the lexicon beside it, %s, is not used, because %s; --lexicon can name it",
                     beside->path.p, beside->why);
    else if (beside->rows)
        article_note(a, NO_SPAN, NOTE_LEXICON,
                     "read with the lexicon beside it, %s; rows that apply: %u of %u",
                     beside->path.p, lexicon_rows_found(lexicon, beside->rows), beside->rows);
}

/* Removes what an earlier reading added to the article. */
static void unread(struct docbao_article *a)
{
    if (!a->was_read) {
        a->skipped_before = a->a.skipped.n;
        a->diagnostics_before = a->a.diagnostics.n;
        a->was_read = true;
        return;
    }
    a->a.skipped.n = a->skipped_before;
    a->a.diagnostics.n = a->diagnostics_before;
    a->a.sentences.n = a->a.tokens.n = a->a.words.n = 0;
    buf_clear(&a->a.spoken);
    memset(&a->a.gone, 0, sizeof a->a.gone);
}

/* The voice, the lexicon and the options with which the words of an article are read. */
struct reading {
    struct voice voice;
    const char *wanted; /* the name of the voice that was asked for */
    struct buf why;     /* that one is not used; empty: it is */
    struct lexicon *lexicon;
    struct beside beside;
    struct reading_options options;
    struct normalizer *normalizer;
    struct recall *recall; /* NULL: all words stay */
};

/* Tokens that are read again at once: about a hundred thousand bytes of text, a few milliseconds
 * of work. */
enum { STRETCH_TOKENS = 16 << 10 };

static void free_reading(struct reading *r)
{
    if (!r)
        return;
    recall_free(r->recall);
    normalizer_free(r->normalizer);
    lexicon_free(r->lexicon);
    voice_free(&r->voice);
    buf_free(&r->beside.path);
    buf_free(&r->why);
    free(r);
}

/* Loads all that may fail to load. */
static enum status reading_prepare(struct reading *r, struct docbao *d, const struct article *a)
{
    r->why = r->beside.path = BUF_INIT;
    r->lexicon = lexicon_new();
    r->wanted = d->options.voice ? d->options.voice : api_default_voice;
    enum status status = voice_for_reading(d, &r->voice, &r->why);
    if (!status)
        status = api_need_rules(d);
    return status ? status : load_lexicon(d, a, r->lexicon, &r->beside);
}

enum status api_begin_words(struct docbao *d, struct docbao_article *a)
{
    struct reading *r = mem_zalloc(sizeof *r);
    enum status status = reading_prepare(r, d, &a->a);
    if (status) {
        free_reading(r);
        return status;
    }
    r->options = reading_options_of(d, &r->voice);
    r->options.lexicon = lexicon_is_empty(r->lexicon) ? NULL : r->lexicon;
    api_end_words(a);
    unread(a);
    a->reading = r;
    estimate_begin(&a->estimate, &r->voice, r->options.dialect);
    r->normalizer = normalizer_new(&a->a, d->rules, &r->options);
    return STATUS_OK;
}

/* After the last block. */
static void note_reading(struct article *a, const struct reading *r)
{
    note_beside(a, r->lexicon, &r->beside);
    if (r->why.n)
        article_note(a, NO_SPAN, NOTE_VOICE,
                     "read as for the voice %s, because the file of the voice %s is broken: %s",
                     r->voice.name, r->wanted, r->why.p);
}

bool api_read_block(struct docbao_article *a)
{
    struct reading *r = a->reading;
    if (!r)
        return false;
    if (normalizer_read(r->normalizer))
        return true;
    note_reading(&a->a, r);
    a->reading = NULL;
    if (r->recall && recall_is_needed(r->recall))
        a->recalled = r;
    else
        free_reading(r);
    return false;
}

void api_end_words(struct docbao_article *a)
{
    free_reading(a->reading);
    free_reading(a->recalled);
    a->reading = a->recalled = NULL;
}

/* Hands each block on as soon as it was read, and forgets it. */
static void hand_on_blocks(const struct docbao_options *options, struct docbao_article *a)
{
    for (uint32_t block = 0; api_read_block(a); block++) {
        options->block(options->block_user, a, block);
        article_forget(&a->a, (uint32_t)a->a.sentences.n);
    }
}

static void read_blocks(struct docbao_article *a)
{
    while (api_read_block(a))
        ;
    child_reap(&a->parser); /* the article may stay open for long */
}

/* The time that a sentence takes is estimated while its words are there. */
static void read_and_forget(struct docbao_article *a)
{
    struct recall *recall = recall_new(&a->a, a->reading->normalizer, STRETCH_TOKENS);
    a->reading->recall = recall;
    while (api_read_block(a)) {
        if (a->estimate.engine)
            api_estimate(a);
        recall_block_was_read(recall);
    }
    child_reap(&a->parser);
}

enum status api_read_words(struct docbao *d, struct docbao_article *a)
{
    enum status status = api_begin_words(d, a);
    if (!status && d->options.block)
        hand_on_blocks(&d->options, a);
    else if (!status && d->options.recall_words)
        read_and_forget(a);
    else if (!status)
        read_blocks(a);
    return status;
}

enum status api_need_all_words(struct docbao *d, struct docbao_article *a)
{
    enum status status = a->recalled ? api_begin_words(d, a) : STATUS_OK;
    if (!status && a->reading)
        read_blocks(a);
    return status;
}
