#include "docbao.h"

#include <unistd.h>

#include "article/feed.h"
#include "article/heard.h"
#include "article/read.h"
#include "session/ahead.h"
#include "session/follow.h"
#include "session/session.h"
#include "session/view.h"
#include "synth/voice.h"
#include "text/lexicon.h"
#include "text/lexicon_file.h"
#include "text/reading.h"

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
_Static_assert((int)DIALECT_NORTH == (int)VOICE_NORTH, "one set of values");
_Static_assert((int)DIALECT_CENTRAL == (int)VOICE_CENTRAL, "one set of values");
_Static_assert((int)DIALECT_SOUTH == (int)VOICE_SOUTH, "one set of values");
_Static_assert(DOCBAO_NO_TOKEN == FOLLOW_NO_TOKEN, "one value");

enum {
    DEVICE_BLOCK = 1024, /* frames: 46 ms at 22,050 Hz */
};

static const char default_voice[] = "bac-nam"; /* what the engine does best */

struct docbao {
    struct docbao_options options;
    struct err err;
    struct docbao_error error; /* views of `err` */
    struct fetch_options fetch;
    struct ahead *ahead; /* what will be opened next, or NULL */
    struct rules *rules;
    struct voice voice;
    bool has_voice;
    struct voice_list voices;
    struct buf why;
};

struct docbao_article {
    struct article a; /* first: what session/ hands back is turned into ours by a cast */
    struct view_lines lines;
    /* What the accessors give out where it does not stand in the article as it is. */
    struct buf name, title, byline, block, sentence, token, skipped, lowered;
};

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
    ahead_free(d->ahead);
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

/* The end of every public call: makes the error public. */
static enum docbao_status tell(struct docbao *d, enum status status)
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

static enum status need_rules(struct docbao *d)
{
    return d->rules ? STATUS_OK : rules_load(&d->rules, d->options.rules_folders, &d->err);
}

static enum status need_voice(struct docbao *d)
{
    if (d->has_voice)
        return STATUS_OK;
    const char *name = d->options.voice ? d->options.voice : default_voice;
    enum status status = voice_find(&d->voice, sv_of(name), d->options.voices_folder, &d->err);
    d->has_voice = !status;
    return status;
}

static struct reading_options reading_options_of(const struct docbao *d)
{
    return (struct reading_options){
        .dialect = (enum dialect)d->voice.dialect,
        .codes = (enum codes_style)d->options.codes,
        .letters = (enum letters_style)d->options.letters,
        .scripts = (enum scripts_style)d->options.scripts,
        .sentence_pause_ms = (uint16_t)d->voice.sentence_pause_ms,
        .block_pause_ms = (uint16_t)d->voice.block_pause_ms,
        .title_pause_ms = (uint16_t)d->voice.title_pause_ms,
    };
}

/* ---- opening ---- */

/* Where the readings for one article stand: bai.txt has bai.lexicon.tsv. */
static void lexicon_beside(const char *article, struct buf *path)
{
    const char *slash = strrchr(article, '/');
    const char *dot = strrchr(slash ? slash : article, '.');
    bool ending = dot && dot != article && dot != slash + 1;
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

/* Reads what `open_source` opened: the part that files and bytes share. */
static enum status analyse(struct docbao *d, struct article *a)
{
    enum status status = need_voice(d);
    if (!status)
        status = need_rules(d);
    if (status)
        return status;
    struct reading_options options = reading_options_of(d);
    struct lexicon *lexicon = lexicon_new();
    status = load_lexicon(d, a, lexicon);
    options.lexicon = lexicon_is_empty(lexicon) ? NULL : lexicon;
    if (!status)
        reading_run(a, d->rules, &options);
    lexicon_free(lexicon);
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
    if (!status)
        status = analyse(d, &a->a);
    *out = status ? NULL : a;
    if (status)
        docbao_close(a);
    return tell(d, status);
}

static struct read_options read_options_of(const struct docbao *d)
{
    return (struct read_options){
        .raw = d->options.raw,
        .skip_tables = d->options.skip_tables,
        .encoding = d->options.encoding,
        .max_bytes = d->options.max_bytes,
        .fetch = &d->fetch,
    };
}

void docbao_expect(struct docbao *d, const char *path)
{
    struct read_options options = read_options_of(d);
    ahead_free(d->ahead);
    d->ahead =
        fetch_is_web(sv_of(path)) ? ahead_start(path, read_limit(&options), &d->fetch) : NULL;
}

/* What was expected is, or will soon be, here already. */
static enum status read_expected(struct docbao *d, struct article *a, const char *url)
{
    struct buf body = BUF_INIT, charset = BUF_INIT;
    struct read_options options = read_options_of(d);
    enum status status = ahead_take(d->ahead, &body, &charset, &d->err);
    d->ahead = NULL;
    options.charset = charset.n ? charset.p : NULL;
    if (!status)
        status = article_from_bytes(a, url, buf_sv(&body), &options, &d->err);
    buf_free(&body);
    buf_free(&charset);
    return status;
}

static enum status read_document(struct docbao *d, struct article *a, const char *path)
{
    struct read_options options = read_options_of(d);
    if (d->ahead && strcmp(ahead_url(d->ahead), path) == 0)
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
    struct read_options options = read_options_of(d);
    struct sv source = {bytes, length};
    return hand_out(d, a, article_from_bytes(&a->a, name, source, &options, &d->err), out);
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
    article_free(&a->a);
    free(a);
}

/* ---- feeds ---- */

static struct docbao_text text_of(struct sv v)
{
    return (struct docbao_text){v.p, v.n};
}

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
    enum status status = feed_read(&f->feed, path, &options, &d->err);
    f->name = arena_dup(&f->feed.arena, sv_of(path));
    if (!status && heard)
        status = heard_load(&f->heard, heard, &d->err);
    *out = status ? NULL : f;
    if (status)
        docbao_feed_close(f);
    return tell(d, status);
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
    struct read_options options = read_options_of(d);
    options.charset = "utf-8";
    feed_page(item, &page);
    enum status status =
        article_from_bytes(a, *item->link ? item->link : f->name, buf_sv(&page), &options, &d->err);
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
    return tell(d, heard_add(heard, sv_of(f->feed.items.at[index].key), &d->err));
}

/* ---- looking inside ---- */

static struct docbao_span source_span(const struct docbao_article *a, struct span text)
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
    return text_of(view_fold(sv_at(a->a.text, text), scratch));
}

static struct docbao_text fold_block(const struct docbao_article *a, enum block_kind kind,
                                     struct buf *scratch)
{
    const struct block *block = article_block(&a->a, kind);
    return block ? fold_span(a, block->text, scratch) : (struct docbao_text){NULL, 0};
}

struct docbao_head docbao_head_of(struct docbao_article *a)
{
    return (struct docbao_head){
        .name = text_of(view_valid(sv_of(a->a.name), &a->name)),
        .encoding = a->a.encoding,
        .confidence = a->a.confidence,
        .title = fold_block(a, BLOCK_TITLE, &a->title),
        .byline = fold_block(a, BLOCK_BYLINE, &a->byline),
        .date = a->a.date,
        .blocks = (uint32_t)a->a.blocks.n,
        .sentences = (uint32_t)a->a.sentences.n,
        .tokens = (uint32_t)a->a.tokens.n,
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
        .span = source_span(a, block->text),
        .text = fold_span(a, block->text, &a->block),
        .sentence0 = block->sent0,
        .sentences = block->nsent,
    };
}

struct docbao_sentence docbao_sentence_at(struct docbao_article *a, uint32_t index)
{
    const struct sentence *sentence = &a->a.sentences.at[index];
    return (struct docbao_sentence){
        .span = source_span(a, sentence->text),
        .written = fold_span(a, sentence->text, &a->sentence),
        .spoken = text_of(sv_at(buf_sv(&a->a.spoken), sentence->spoken)),
        .token0 = sentence->tok0,
        .tokens = sentence->ntok,
        .line = line_of(a, sentence->text),
        .pause_ms = sentence->pause_ms,
    };
}

struct docbao_token docbao_token_at(struct docbao_article *a, uint32_t index)
{
    const struct token *token = &a->a.tokens.at[index];
    struct docbao_text written = fold_span(a, token->text, &a->token);
    struct sv spoken = sv_at(buf_sv(&a->a.spoken), token->spoken);
    return (struct docbao_token){
        .kind = reading_class_name(token->cls),
        .rule = token->rule ? token->rule : "",
        .span = source_span(a, token->text),
        .written = written,
        .spoken = text_of(spoken),
        .line = line_of(a, token->text),
        .changed = view_is_changed((struct sv){written.p, written.n}, spoken, &a->lowered),
    };
}

struct docbao_skipped docbao_skipped_at(struct docbao_article *a, uint32_t index)
{
    const struct skipped *skipped = &a->a.skipped.at[index];
    return (struct docbao_skipped){
        .member = member_of(a, skipped->text),
        .span = source_span(a, skipped->text),
        .text = fold_span(a, skipped->text, &a->skipped),
        .reason = skipped->reason,
        .line = line_of(a, skipped->text),
    };
}

struct docbao_diagnostic docbao_diagnostic_at(struct docbao_article *a, uint32_t index)
{
    const struct diagnostic *diagnostic = &a->a.diagnostics.at[index];
    return (struct docbao_diagnostic){
        .member = diagnostic->text.len ? member_of(a, diagnostic->text) : NULL,
        .span =
            diagnostic->text.len ? source_span(a, diagnostic->text) : (struct docbao_span){0, 0},
        .kind = diagnostic->kind,
        .message = diagnostic->message,
        .line = diagnostic->text.len ? line_of(a, diagnostic->text) : 0,
    };
}

/* ---- voices ---- */

enum docbao_status docbao_voices(struct docbao *d, uint32_t *count)
{
    *count = 0;
    voice_list_free(&d->voices);
    enum status status = voice_list(&d->voices, d->options.voices_folder, &d->err);
    if (!status)
        *count = (uint32_t)d->voices.voices.n;
    return tell(d, status);
}

struct docbao_voice docbao_voice_at(struct docbao *d, uint32_t index)
{
    const struct voice *v = &d->voices.voices.at[index];
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
    return tell(d, lexicon_file_add(path, sv_of(written), sv_of(spoken), sv_of(context), &d->err));
}

enum docbao_status docbao_lexicon_remove(struct docbao *d, const char *path, const char *written,
                                         const char *context, uint32_t *removed)
{
    return tell(d, lexicon_file_remove(path, sv_of(written), sv_of(context), removed, &d->err));
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
    return tell(d, lexicon_file_each(path, tell_row, &listener, &d->err));
}

/* ---- speaking ---- */

static uint32_t processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (uint32_t)n : 1;
}

static struct docbao_article *ours(struct article *a)
{
    return (struct docbao_article *)a;
}

static struct article *next_article(void *user)
{
    const struct docbao_speech *speech = user;
    struct docbao_article *a = speech->next(speech->user);
    return a ? &a->a : NULL;
}

static void done_article(void *user, struct article *a)
{
    const struct docbao_speech *speech = user;
    if (speech->done)
        speech->done(speech->user, ours(a));
}

static void begin_sentence(void *user, struct article *a, uint32_t sentence)
{
    const struct docbao_speech *speech = user;
    speech->sentence(speech->user, ours(a), sentence);
}

static void begin_word(void *user, struct article *a, uint32_t sentence, uint32_t token)
{
    const struct docbao_speech *speech = user;
    struct span text =
        token == FOLLOW_NO_TOKEN ? a->sentences.at[sentence].text : a->tokens.at[token].text;
    speech->word(speech->user, ours(a), sentence, token, source_span(ours(a), text));
}

static void lose_sentence(void *user, struct article *a, uint32_t sentence, const char *why)
{
    const struct docbao_speech *speech = user;
    speech->lost(speech->user, ours(a), sentence, why);
}

static void warn(void *user, const char *message)
{
    const struct docbao_speech *speech = user;
    speech->warning(speech->user, message);
}

/* "null" and "null:PACE" are the sink without a device; anything else names one. */
static void choose_sink(struct session_options *options, const struct docbao_speech *speech)
{
    options->target = speech->target ? speech->target : "";
    options->sink = &sink_file;
    if (speech->to == DOCBAO_TO_FILE)
        return;
    options->block = DEVICE_BLOCK;
    struct sv name = sv_of(options->target);
    bool null = sv_is(name, "null") || sv_starts(name, SV("null:"));
    options->sink = null ? &sink_null : &sink_player;
    if (null)
        options->target += name.n > 4 ? 5 : 4;
}

static enum status start_session(struct docbao *d, const struct docbao_speech *speech,
                                 struct session **session)
{
    *session = NULL;
    enum status status = need_voice(d);
    if (status)
        return status;
    uint32_t percent = d->options.rate_percent ? d->options.rate_percent : 100;
    struct synth_settings settings = voice_settings(&d->voice, percent);
    struct session_options options = {
        .engine = synth_engine_named(sv_of(d->voice.engine)),
        .settings = &settings,
        .jobs = d->options.jobs ? d->options.jobs : processors(),
        .stop = d->options.stop,
    };
    choose_sink(&options, speech);
    return session_open(session, &options, &d->err);
}

enum docbao_status docbao_speak(struct docbao *d, const struct docbao_speech *speech,
                                struct docbao_stats *stats)
{
    struct session *session;
    struct session_stats s = {0};
    enum status status = start_session(d, speech, &session);
    if (!status)
        status = need_rules(d);
    if (!status) {
        struct session_client client = {
            .next = next_article,
            .done = done_article,
            .sentence = speech->sentence ? begin_sentence : NULL,
            .word = speech->word ? begin_word : NULL,
            .lost = speech->lost ? lose_sentence : NULL,
            .warning = speech->warning ? warn : NULL,
            .user = (void *)speech,
        };
        status = session_run(session, d->rules, &client, &d->err);
        session_stats(session, &s);
    }
    session_close(session);
    if (stats)
        *stats = (struct docbao_stats){s.first_block_ns, s.frames, s.rate,
                                       s.sentences,      s.lost,   s.underruns};
    return tell(d, status);
}
