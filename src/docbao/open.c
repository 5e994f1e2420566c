/* Opening and closing articles, and reading their words. */
#include "docbao/internal.h"

#include "article/parser.h"
#include "base/file.h"
#include "docbao/ahead.h"
#include "text/lexicon.h"

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
        .sentence_pause_ms = (uint16_t)voice->sentence_pause_ms,
        .block_pause_ms = (uint16_t)voice->block_pause_ms,
        .title_pause_ms = (uint16_t)voice->title_pause_ms,
    };
}

/* The path of the readings for one article: for bai.txt, bai.lexicon.tsv. */
static void lexicon_beside(const char *article, struct buf *path)
{
    const char *slash = strrchr(article, '/');
    const char *name = slash ? slash + 1 : article;
    const char *dot = strrchr(name, '.');
    bool ending = dot && dot != name;
    buf_add(path, article, ending ? (size_t)(dot - article) : strlen(article));
    buf_adds(path, ".lexicon.tsv");
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
    if (d->options.no_lexicon_beside || strcmp(a->name, "-") == 0 || fetch_is_url(a->name))
        return STATUS_OK;
    lexicon_beside(a->name, &beside->path);
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

/* What the article says must not be changed without a word. */
static void note_beside(struct article *a, const struct lexicon *lexicon,
                        const struct beside *beside)
{
    if (beside->why)
        article_note(a, NO_SPAN, "lexicon",
                     "the lexicon beside it, %s, is not used, because %s; --lexicon can name it",
                     beside->path.p, beside->why);
    else if (beside->rows)
        article_note(a, NO_SPAN, "lexicon",
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
}

/* An article while its words are read. */
struct reading_words {
    const struct docbao_options *options;
    struct docbao_article *article;
};

static void pass_block(void *user, uint32_t index)
{
    const struct reading_words *r = user;
    r->options->block(r->options->block_user, r->article, index);
}

static void read_as(struct docbao *d, struct docbao_article *a, const struct voice *voice,
                    const struct lexicon *lexicon)
{
    struct reading_words reading = {&d->options, a};
    struct reading_options options = reading_options_of(d, voice);
    options.lexicon = lexicon_is_empty(lexicon) ? NULL : lexicon;
    options.block = d->options.block ? pass_block : NULL;
    options.user = &reading;
    unread(a);
    normalize_article(&a->a, d->rules, &options);
    estimate_begin(&a->estimate, voice, (enum dialect)a->a.dialect);
}

enum status api_read_words(struct docbao *d, struct docbao_article *a)
{
    struct voice voice = {0};
    struct buf why = BUF_INIT;
    struct lexicon *lexicon = lexicon_new();
    struct beside beside = {.path = BUF_INIT};
    enum status status = voice_for_reading(d, &voice, &why);
    if (!status)
        status = api_need_rules(d);
    if (!status)
        status = load_lexicon(d, &a->a, lexicon, &beside);
    if (!status) {
        read_as(d, a, &voice, lexicon);
        note_beside(&a->a, lexicon, &beside);
        if (why.n)
            article_note(&a->a, NO_SPAN, "voice",
                         "read as for the voice %s, because the file of the voice %s is broken: %s",
                         voice.name, d->options.voice ? d->options.voice : api_default_voice,
                         why.p);
    }
    lexicon_free(lexicon);
    voice_free(&voice);
    buf_free(&beside.path);
    buf_free(&why);
    return status;
}

struct docbao_article *api_new_article(void)
{
    struct docbao_article *a = mem_zalloc(sizeof *a);
    a->a.spoken = BUF_INIT;
    a->name = a->title = a->byline = a->block = a->sentence = a->token = BUF_INIT;
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
        status = api_read_words(d, a);
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
        .skip_tables = d->options.skip_tables,
        .encoding = d->options.encoding,
        .load = {.max_bytes = d->options.max_bytes, .fetch = &d->fetch},
    };
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
    return status ? status : parser_read(&(*out)->a, path, &options, &d->err);
}

enum docbao_status docbao_open_file(struct docbao *d, const char *path, struct docbao_article **out)
{
    struct docbao_article *a;
    enum status status = api_open(d, path, &a);
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
        status = parser_take_bytes(&a->a, name, &copy, &options, &d->err);
    buf_free(&copy);
    return api_finish_open(d, a, status, out);
}

void docbao_close(struct docbao_article *a)
{
    if (!a)
        return;
    struct buf *bufs[] = {&a->name,  &a->title,   &a->byline,  &a->block, &a->sentence,
                          &a->token, &a->skipped, &a->lowered, &a->doubt, &a->lexicon};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_free(bufs[i]);
    vec_free(&a->lines.starts);
    estimate_free(&a->estimate);
    doubts_free(&a->doubts);
    article_free(&a->a);
    free(a);
}
