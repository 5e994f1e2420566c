#include "docbao/body.h"

#include "article/format/feed.h"
#include "library/heard.h"
#include "article/input/prefetch.h"
#include "rules/rules.h"
#include "session/clip.h"
#include "text/lexicon.h"
#include "text/lexicon_file.h"

_Static_assert((int)DOCBAO_OK == (int)STATUS_OK, "one set of values");
_Static_assert((int)DOCBAO_USAGE == (int)STATUS_USAGE, "one set of values");
_Static_assert((int)DOCBAO_INPUT == (int)STATUS_INPUT, "one set of values");
_Static_assert((int)DOCBAO_OUTPUT == (int)STATUS_OUTPUT, "one set of values");
_Static_assert((int)DOCBAO_DEVICE == (int)STATUS_DEVICE, "one set of values");
_Static_assert((int)DOCBAO_PARTIAL == (int)STATUS_PARTIAL, "one set of values");
_Static_assert((int)DOCBAO_STOPPED == (int)STATUS_STOPPED, "one set of values");
_Static_assert((int)DOCBAO_CODES_SPELL == (int)CODES_SPELL, "one set of values");
_Static_assert((int)DOCBAO_LETTERS_ENGLISH == (int)LETTERS_ENGLISH, "one set of values");
_Static_assert((int)DOCBAO_SCRIPTS_SKIP == (int)SCRIPTS_SKIP, "one set of values");
_Static_assert(DOCBAO_NO_TOKEN == NO_TOKEN, "one value");

static const char default_voice[] = "bac-nam"; /* what the engine does best */

/* ---- options, errors, parts that are loaded when wanted ---- */

struct docbao *docbao_new(const struct docbao_options *options)
{
    struct docbao *d = mem_zalloc(sizeof *d);
    d->options = *options;
    d->fetch = (struct fetch_options){
        .allow_local = options->allow_local,
        .timeout_s = options->timeout_s,
        .cookie_file = options->cookie_file,
        .stop = options->stop,
    };
    d->err = ERR_INIT;
    d->error = (struct docbao_error){.message = "", .file = ""};
    d->why = BUF_INIT;
    return d;
}

void docbao_free(struct docbao *d)
{
    if (!d)
        return;
    prefetch_free(d->prefetch);
    repeats_free(&d->repeats);
    rules_free(d->rules);
    if (d->has_voice)
        voice_free(&d->voice);
    voice_list_free(&d->voices);
    err_free(&d->err);
    buf_free(&d->why);
    free(d);
}

const struct docbao_error *docbao_last_error(const struct docbao *d)
{
    return &d->error;
}

enum docbao_status body_tell(struct docbao *d, enum status status)
{
    if (status)
        d->error = (struct docbao_error){
            .status = (enum docbao_status)status,
            .message = d->err.message.p,
            .file = d->err.file.p,
            .line = d->err.line,
            .column = d->err.column,
        };
    return (enum docbao_status)status;
}

enum status body_need_rules(struct docbao *d)
{
    return d->rules ? STATUS_OK : rules_load(&d->rules, d->options.rules_folders, &d->err);
}

enum status body_need_voice(struct docbao *d)
{
    if (d->has_voice)
        return STATUS_OK;
    const char *name = d->options.voice ? d->options.voice : default_voice;
    enum status status = voice_find(&d->voice, sv_of(name), d->options.voices_folder, &d->err);
    d->has_voice = !status;
    return status;
}

/* The voice that the words are chosen for. Reading needs no voice that works: if its file is
 * broken, the default voice counts, and `why` says what is wrong. */
static enum status voice_for_reading(struct docbao *d, struct voice *out, struct buf *why)
{
    enum status status = body_need_voice(d);
    if (!status)
        voice_copy(out, &d->voice);
    if (!status || !d->err.file.n)
        return status; /* there is no such voice: most likely a typing error */
    buf_add_sv(why, buf_sv(&d->err.message));
    return voice_find(out, sv_of(default_voice), NULL, &d->err);
}

static struct reading_options reading_options_of(const struct docbao *d, const struct voice *voice)
{
    return (struct reading_options){
        .dialect = voice->dialect,
        .codes = (enum codes_style)d->options.codes,
        .letters = (enum letters_style)d->options.letters,
        .scripts = (enum scripts_style)d->options.scripts,
        .sentence_pause_ms = (uint16_t)voice->sentence_pause_ms,
        .block_pause_ms = (uint16_t)voice->block_pause_ms,
        .title_pause_ms = (uint16_t)voice->title_pause_ms,
    };
}

/* ---- opening ---- */

/* Where the readings for one article stand: bai.txt has bai.lexicon.tsv. */
static void lexicon_beside(const char *article, struct buf *path)
{
    const char *slash = strrchr(article, '/');
    const char *name = slash ? slash + 1 : article;
    const char *dot = strrchr(name, '.');
    bool ending = dot && dot != name;
    buf_add(path, article, ending ? (size_t)(dot - article) : strlen(article));
    buf_adds(path, ".lexicon.tsv");
}

/* The readings that the user has given for this article, then those for all. */
static enum status load_lexicon(struct docbao *d, const struct article *a, struct lexicon *lexicon)
{
    enum status status = STATUS_OK;
    if (strcmp(a->name, "-") != 0 && !fetch_is_url(a->name)) {
        struct buf path = BUF_INIT;
        lexicon_beside(a->name, &path);
        status = lexicon_load(lexicon, path.p, &d->err);
        buf_free(&path);
    }
    if (!status && d->options.lexicon)
        status = lexicon_load(lexicon, d->options.lexicon, &d->err);
    return status;
}

/* What a first reading has added to the article is taken away again. */
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

static void read_as(struct docbao *d, struct docbao_article *a, const struct voice *voice,
                    const struct lexicon *lexicon)
{
    struct reading_options options = reading_options_of(d, voice);
    options.lexicon = lexicon_is_empty(lexicon) ? NULL : lexicon;
    unread(a);
    normalize_article(&a->a, d->rules, &options);
    estimate_begin(&a->estimate, voice, (enum dialect)a->a.dialect);
}

enum status body_read(struct docbao *d, struct docbao_article *a)
{
    struct voice voice = {0};
    struct buf why = BUF_INIT;
    struct lexicon *lexicon = lexicon_new();
    enum status status = voice_for_reading(d, &voice, &why);
    if (!status)
        status = body_need_rules(d);
    if (!status)
        status = load_lexicon(d, &a->a, lexicon);
    if (!status) {
        read_as(d, a, &voice, lexicon);
        if (why.n)
            article_note(&a->a, (struct span){0, 0}, "voice",
                         "read as for the voice %s, because the file of the voice %s is broken: %s",
                         voice.name, d->options.voice ? d->options.voice : default_voice, why.p);
    }
    lexicon_free(lexicon);
    voice_free(&voice);
    buf_free(&why);
    return status;
}

static struct docbao_article *new_article(void)
{
    struct docbao_article *a = mem_zalloc(sizeof *a);
    a->a.spoken = BUF_INIT;
    a->name = a->title = a->byline = a->block = a->sentence = a->token = BUF_INIT;
    a->skipped = a->lowered = BUF_INIT;
    return a;
}

static enum docbao_status hand_out(struct docbao *d, struct docbao_article *a, enum status status,
                                   struct docbao_article **out)
{
    bool repeats = d->options.skip_repeats && !d->options.raw;
    if (!status && repeats)
        repeats_skip(&d->repeats, &a->a, body_key(a));
    if (!status)
        status = body_read(d, a);
    if (!status && repeats)
        repeats_add(&d->repeats, &a->a, body_key(a));
    *out = status ? NULL : a;
    if (status)
        docbao_close(a);
    return body_tell(d, status);
}

/* body_need_rules comes first where something is read. */
static struct read_options read_options_of(const struct docbao *d)
{
    return (struct read_options){
        .raw = d->options.raw,
        .skip_tables = d->options.skip_tables,
        .encoding = d->options.encoding,
        .load = {.max_bytes = d->options.max_bytes, .fetch = &d->fetch},
        .rules = d->rules,
    };
}

void docbao_expect(struct docbao *d, const char *path)
{
    struct read_options options = read_options_of(d);
    prefetch_free(d->prefetch);
    d->prefetch = fetch_is_web(sv_of(path))
                      ? prefetch_start(path, load_limit(&options.load), &d->fetch)
                      : NULL;
}

bool docbao_arrived(const struct docbao *d)
{
    return !d->prefetch || prefetch_arrived(d->prefetch);
}

/* What was expected is, or will soon be, here already. */
static enum status read_expected(struct docbao *d, struct article *a, const char *url)
{
    struct buf body = BUF_INIT, charset = BUF_INIT;
    struct read_options options = read_options_of(d);
    enum status status = prefetch_finish(d->prefetch, &body, &charset, &d->err);
    d->prefetch = NULL;
    options.charset = charset.n ? charset.p : NULL;
    if (!status)
        status = article_from_bytes(a, url, buf_sv(&body), &options, &d->err);
    buf_free(&body);
    buf_free(&charset);
    return status;
}

static enum status read_document(struct docbao *d, struct article *a, const char *path)
{
    enum status status = body_need_rules(d);
    if (status)
        return status;
    struct read_options options = read_options_of(d);
    if (d->prefetch && strcmp(prefetch_url(d->prefetch), path) == 0)
        return read_expected(d, a, path);
    return article_read(a, path, &options, &d->err);
}

enum docbao_status docbao_open_file(struct docbao *d, const char *path, struct docbao_article **out)
{
    struct docbao_article *a = new_article();
    return hand_out(d, a, read_document(d, &a->a, path), out);
}

enum docbao_status docbao_open_bytes(struct docbao *d, const char *name, const void *bytes,
                                     size_t length, struct docbao_article **out)
{
    struct docbao_article *a = new_article();
    enum status status = body_need_rules(d);
    struct read_options options = read_options_of(d);
    struct sv source = {bytes, length};
    if (!status)
        status = article_from_bytes(&a->a, name, source, &options, &d->err);
    return hand_out(d, a, status, out);
}

void docbao_close(struct docbao_article *a)
{
    if (!a)
        return;
    struct buf *bufs[] = {&a->name,     &a->title, &a->byline,  &a->block,
                          &a->sentence, &a->token, &a->skipped, &a->lowered};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_free(bufs[i]);
    vec_free(&a->lines.starts);
    estimate_free(&a->estimate);
    article_free(&a->a);
    free(a);
}

/* ---- feeds ---- */

struct docbao_feed {
    struct feed feed;
    const char *name;
    struct heard heard;
};

enum docbao_status docbao_feed_open(struct docbao *d, const char *path, const char *heard,
                                    struct docbao_feed **out)
{
    struct docbao_feed *f = mem_zalloc(sizeof *f);
    f->heard.bytes = BUF_INIT;
    struct read_options options = read_options_of(d);
    enum status status = feed_read(&f->feed, path, &options.load, &d->err);
    f->name = arena_dup(&f->feed.arena, sv_of(path));
    if (!status && heard)
        status = heard_load(&f->heard, heard, &d->err);
    *out = status ? NULL : f;
    if (status)
        docbao_feed_close(f);
    return body_tell(d, status);
}

void docbao_feed_close(struct docbao_feed *f)
{
    if (!f)
        return;
    feed_free(&f->feed);
    heard_free(&f->heard);
    free(f);
}

uint32_t docbao_feed_count(const struct docbao_feed *f)
{
    return (uint32_t)f->feed.items.n;
}

struct docbao_feed_item docbao_feed_at(const struct docbao_feed *f, uint32_t index)
{
    const struct feed_item *item = &f->feed.items.at[index];
    return (struct docbao_feed_item){
        .title = text_of(sv_of(item->title)),
        .link = text_of(sv_of(item->link)),
        .date = text_of(sv_of(item->date)),
        .heard = heard_has(&f->heard, sv_of(item->key)),
    };
}

/* Reads the text that the feed itself holds. `why` the link was not read: a note, or "". */
static enum status read_content(struct docbao *d, const struct docbao_feed *f,
                                const struct feed_item *item, const char *why, struct article *a)
{
    struct buf page = BUF_INIT;
    enum status status = body_need_rules(d);
    struct read_options options = read_options_of(d);
    options.charset = "utf-8";
    feed_page(item, &page);
    if (!status)
        status = article_from_bytes(a, *item->link ? item->link : f->name, buf_sv(&page), &options,
                                    &d->err);
    if (!status && *why)
        article_note(a, (struct span){0, 0}, "feed",
                     "read from the feed, since its own page could not be: %s", why);
    buf_free(&page);
    return status;
}

enum docbao_status docbao_feed_article(struct docbao *d, const struct docbao_feed *f,
                                       uint32_t index, struct docbao_article **out)
{
    const struct feed_item *item = &f->feed.items.at[index];
    struct docbao_article *a = new_article();
    struct buf why = BUF_INIT;
    enum status status = STATUS_INPUT;
    if (*item->link)
        status = read_document(d, &a->a, item->link);
    if (status == STATUS_INPUT && *item->content) {
        if (*item->link) {
            buf_add_sv(&why, buf_sv(&d->err.message));
            article_free(&a->a);
        }
        status = read_content(d, f, item, why.p, &a->a);
    }
    buf_free(&why);
    return hand_out(d, a, status, out);
}

void docbao_feed_expect(struct docbao *d, const struct docbao_feed *f, uint32_t index)
{
    docbao_expect(d, f->feed.items.at[index].link);
}

enum docbao_status docbao_feed_remember(struct docbao *d, const struct docbao_feed *f,
                                        uint32_t index, const char *heard)
{
    return body_tell(d, heard_add(heard, sv_of(f->feed.items.at[index].key), &d->err));
}

/* ---- voices ---- */

enum docbao_status docbao_voices(struct docbao *d, uint32_t *count)
{
    voice_list_free(&d->voices);
    voice_list(&d->voices, d->options.voices_folder);
    *count = (uint32_t)d->voices.voices.n;
    return body_tell(d, STATUS_OK);
}

struct docbao_voice docbao_voice_at(struct docbao *d, uint32_t index)
{
    const struct voice_entry *entry = &d->voices.voices.at[index];
    const struct voice *v = &entry->voice;
    if (entry->problem)
        return (struct docbao_voice){
            .name = v->name, .description = "", .dialect = "", .engine = "", .why = entry->problem};
    const struct synth_engine *engine = synth_engine_named(sv_of(v->engine));
    buf_clear(&d->why);
    return (struct docbao_voice){
        .name = v->name,
        .description = v->description,
        .dialect = voice_dialect_name(v->dialect),
        .engine = v->engine,
        .works = engine->has_voice(v->engine_voice, &d->why),
        .why = d->why.p,
    };
}

/* ---- the user's own readings ---- */

enum docbao_status docbao_lexicon_add(struct docbao *d, const char *path, const char *written,
                                      const char *spoken, const char *context)
{
    return body_tell(
        d, lexicon_file_add(path, sv_of(written), sv_of(spoken), sv_of(context), &d->err));
}

enum docbao_status docbao_lexicon_remove(struct docbao *d, const char *path, const char *written,
                                         const char *context, uint32_t *removed)
{
    return body_tell(d,
                     lexicon_file_remove(path, sv_of(written), sv_of(context), removed, &d->err));
}

struct row_listener {
    void (*each)(void *user, const struct docbao_lexicon_row *row);
    void *user;
};

static void tell_row(void *to, const struct lexicon_row *row)
{
    const struct row_listener *listener = to;
    listener->each(listener->user, &(struct docbao_lexicon_row){.line = row->line,
                                                                .written = text_of(row->written),
                                                                .spoken = text_of(row->spoken),
                                                                .context = text_of(row->context),
                                                                .fault = row->fault});
}

enum docbao_status
docbao_lexicon_each(struct docbao *d, const char *path,
                    void (*each)(void *user, const struct docbao_lexicon_row *row), void *user)
{
    struct row_listener listener = {each, user};
    return body_tell(d, lexicon_file_each(path, tell_row, &listener, &d->err));
}
