#include "cli/batch/work.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/sha256.h"
#include "base/utf8.h"

enum { KEY_LETTERS = 32, DEFAULT_MOST_BYTES = 64 << 20 };

/* One article while it is worked on. */
struct job {
    const struct work *work;
    const struct source *source;
    struct result *result;
    struct buf path; /* of the source */
    struct buf bytes;
    struct docbao_article *article, *given; /* given: to be spoken */
    uint32_t told;                          /* notes of it */
};

static struct docbao_speech speech_of(const struct work *w, const char *target)
{
    const struct options *o = w->cli->options;
    return (struct docbao_speech){
        .target = target,
        .output = &w->output,
        .tags = {.author = o->author,
                 .comment = o->comment,
                 .cover = o->cover,
                 .spare_cover = w->spare_cover,
                 .none = o->no_tags},
        .captions = o->captions,
    };
}

bool work_prepare(struct work *w)
{
    struct buf target = BUF_INIT;
    buf_addf(&target, "a%s", w->ending);
    struct docbao_speech speech = speech_of(w, target.p);
    enum docbao_status status = docbao_settings_key(w->cli->docbao, &speech, &w->settings);
    buf_free(&target);
    if (status)
        cli_tell_error(w->cli);
    return !status;
}

/* ---- names ---- */

static const struct docbao_feed *feed_of(const struct job *j)
{
    return j->work->sources->origins.at[j->source->origin].feed;
}

static void add_name(const struct job *j, struct sv title, struct sv date, struct buf *out)
{
    const struct work *w = j->work;
    struct buf name = BUF_INIT;
    const char *source = source_name(w->sources, j->source);
    name_of_source(feed_of(j) && j->path.n ? buf_sv(&j->path) : sv_of(source), &name);
    struct name_facts facts = {
        .date = date,
        .title = title,
        .name = buf_sv(&name),
        .hash = j->source->hash,
        .number = j->source->number,
        .digits = w->digits,
        .with_hash = w->names->distinction == NAMES_SHOWN_BY_NOTHING ||
                     (w->names->distinction == NAMES_SHOWN_BY_LIST && j->source->twin),
    };
    name_render(w->names, &facts, out);
    buf_free(&name);
}

/* What the article itself does not say, its feed may. */
static void describe(struct job *j)
{
    struct docbao_head head = docbao_head_of(j->article);
    struct docbao_feed_item item = {.key = {NULL, 0}};
    struct buf *title = &j->result->texts[RESULT_TITLE], *date = &j->result->texts[RESULT_DATE];
    if (feed_of(j))
        item = docbao_feed_at(feed_of(j), j->source->item);
    buf_add_sv(title, cli_view(head.title.n ? head.title : item.title));
    if (head.date)
        buf_adds(date, head.date);
    else
        buf_add_sv(date, cli_view(item.date));
    struct buf *output = &j->result->texts[RESULT_OUTPUT];
    add_name(j, buf_sv(title), buf_sv(date), output);
    buf_adds(output, j->work->ending);
}

/* ---- keys ---- */

static void set_key(const struct job *j, const struct docbao_key *document)
{
    static const char digits[] = "0123456789abcdef";
    struct sha256 h;
    unsigned char digest[SHA256_BYTES];
    struct buf name = BUF_INIT, *key = &j->result->texts[RESULT_KEY];
    sha256_begin(&h);
    sha256_add(&h, (struct sv){(const char *)document->bytes, sizeof document->bytes});
    sha256_add_part(&h, sv_of(j->work->template));
    add_name(j, (struct sv){NULL, 0}, (struct sv){NULL, 0}, &name);
    sha256_add_part(&h, buf_sv(&name));
    if (feed_of(j)) {
        struct docbao_feed_item item = docbao_feed_at(feed_of(j), j->source->item);
        sha256_add_part(&h, cli_view(item.title));
        sha256_add_part(&h, cli_view(item.date));
    }
    sha256_end(&h, digest);
    buf_clear(key);
    for (unsigned i = 0; i < KEY_LETTERS / 2; i++) {
        buf_putc(key, digits[digest[i] >> 4]);
        buf_putc(key, digits[digest[i] & 15]);
    }
    buf_free(&name);
}

static bool size_of_file(const struct work *w, const char *name, uint64_t *bytes)
{
    struct stat info;
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", w->folder, name);
    bool there = stat(path.p, &info) == 0;
    *bytes = there ? (uint64_t)info.st_size : 0;
    buf_free(&path);
    return there;
}

static bool is_beside(const struct work *w, const char *output, struct sv ending)
{
    const char *dot = strrchr(output, '.');
    struct buf name = BUF_INIT;
    uint64_t bytes;
    buf_addf(&name, "%.*s.%.*s", (int)(dot ? dot - output : 0), output, SV_ARG(ending));
    bool there = size_of_file(w, name.p, &bytes);
    buf_free(&name);
    return there;
}

/* The files beside the sound. */
static bool has_company(const struct work *w, const char *output)
{
    bool there = !w->output.rdxml || is_beside(w, output, SV("xml"));
    for (struct sv rest = sv_of(w->cli->options->captions); rest.n && there;) {
        struct sv kind = sv_cut(&rest, ',');
        there = is_beside(w, output, sv_is(kind, "chapters") ? SV("chapters.json") : kind);
    }
    return there;
}

/* Whether its files are there, as a log says they were made. */
static bool is_made(const struct job *j)
{
    const struct work *w = j->work;
    const struct made *made = batch_log_find(w->log, j->source->hash);
    uint64_t bytes;
    if (!made || strcmp(w->log->texts.p + made->key, j->result->texts[RESULT_KEY].p) != 0)
        return false;
    const char *output = w->log->texts.p + made->output;
    bool there = !strchr(output, '/') && size_of_file(w, output, &bytes) && bytes == made->bytes &&
                 has_company(w, output);
    if (!there && !(made->expired && w->oldest && made->published < w->oldest_time))
        return false;
    j->result->head.status = RESULT_SKIPPED;
    j->result->head.expired = !there;
    j->result->head.bytes = there ? bytes : 0;
    buf_clear(&j->result->texts[RESULT_OUTPUT]);
    buf_adds(&j->result->texts[RESULT_OUTPUT], output);
    return true;
}

/* ---- reading ---- */

/* Of files that are no regular ones, or too large, the library says what is wrong. */
static bool read_file(struct job *j)
{
    uint64_t most = j->work->cli->options->max_bytes;
    struct stat info;
    int fd = open(j->path.p, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool regular = fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    if (!most)
        most = DEFAULT_MOST_BYTES;
    bool read = regular && file_read_descriptor(fd, most, &j->bytes) && j->bytes.n <= most;
    if (fd >= 0)
        close(fd);
    return read;
}

static enum docbao_status open_article(struct job *j)
{
    struct docbao *d = j->work->cli->docbao;
    const struct docbao_feed *feed = feed_of(j);
    if (feed)
        return docbao_feed_article(d, feed, j->source->item, &j->article);
    return docbao_open_file(d, j->path.p, &j->article);
}

/* Opens the article, unless it is made already. False: the result is complete. */
static bool read_source(struct job *j)
{
    const struct work *w = j->work;
    struct docbao_key key;
    bool read = !feed_of(j) && read_file(j);
    if (read) {
        struct docbao_text bytes = {j->bytes.p, j->bytes.n};
        docbao_document_key(w->cli->docbao, &w->settings, j->path.p, bytes, &key);
        set_key(j, &key);
        if (is_made(j))
            return false;
        cli_count(w->cli,
                  docbao_open_bytes(w->cli->docbao, j->path.p, bytes.p, bytes.n, &j->article));
        buf_free(&j->bytes);
    } else {
        cli_count(w->cli, open_article(j));
    }
    if (!j->article)
        return false;
    if (!read) {
        docbao_article_key(&w->settings, j->article, &key);
        set_key(j, &key);
    }
    cli_note_missing(w->cli, j->article);
    return read || !is_made(j);
}

/* ---- speaking ---- */

static struct docbao_article *give_article(void *user)
{
    struct job *j = user;
    struct docbao_article *a = j->given;
    j->given = NULL;
    return a;
}

static void tell_notes(void *user, struct docbao_article *a)
{
    struct job *j = user;
    cli_tell_notes(j->work->cli, a, j->told);
    j->told = docbao_head_of(a).diagnostics;
}

static void count_words(void *user, struct docbao_article *a, uint32_t sentence)
{
    const struct job *j = user;
    struct docbao_text spoken = docbao_sentence_at(a, sentence).spoken;
    j->result->head.words += spoken.n ? sv_count(cli_view(spoken), ' ') + 1 : 0;
}

static void tell_lost(void *user, struct docbao_article *a, uint32_t sentence, const char *why)
{
    const struct job *j = user;
    cli_tell_lost(j->work->cli, a, sentence, why);
}

static void take_stats(struct result_head *head, const struct docbao_stats *stats)
{
    head->seconds = stats->rate ? (double)stats->frames / stats->rate : 0;
    head->sentences = stats->sentences;
    head->lost = stats->lost;
    head->levelled = stats->levelled;
    head->loudness = stats->loudness;
    head->peak = stats->peak;
    head->gain_db = stats->gain_db;
    head->most_cut_db = stats->most_cut_db;
}

static enum docbao_status speak(struct job *j)
{
    const struct work *w = j->work;
    struct buf target = BUF_INIT;
    struct docbao_stats stats;
    buf_addf(&target, "%s/%s", w->folder, j->result->texts[RESULT_OUTPUT].p);
    struct docbao_speech speech = speech_of(w, target.p);
    speech.next = give_article;
    speech.read = tell_notes;
    speech.sentence = count_words;
    speech.lost = tell_lost;
    speech.user = j;
    j->given = j->article;
    tell_notes(j, j->article);
    enum docbao_status status = docbao_speak(w->cli->docbao, &speech, &stats);
    take_stats(&j->result->head, &stats);
    if (status && status != DOCBAO_STOPPED)
        cli_tell_error(w->cli);
    buf_free(&target);
    return status;
}

/* The sapo, or else the first paragraph. */
static void add_lead(struct job *j)
{
    struct docbao_text lead = {NULL, 0};
    uint32_t count = docbao_head_of(j->article).blocks;
    for (uint32_t i = 0; i < count && !lead.n; i++) {
        struct docbao_block block = docbao_block_at(j->article, i);
        if (strcmp(block.kind, "sapo") == 0 || strcmp(block.kind, "paragraph") == 0)
            buf_add_sv(&j->result->texts[RESULT_LEAD], cli_view(lead = block.text));
    }
}

static bool is_too_old(const struct job *j)
{
    const struct buf *date = &j->result->texts[RESULT_DATE];
    return j->work->oldest && date->n && strncmp(date->p, j->work->oldest, date->n) < 0;
}

static void make_sound(struct job *j)
{
    const struct work *w = j->work;
    struct result_head *head = &j->result->head;
    describe(j);
    if (is_too_old(j)) {
        head->status = RESULT_SKIPPED;
        head->expired = true;
        return;
    }
    add_lead(j);
    enum docbao_status status = speak(j);
    bool made = status == DOCBAO_OK || status == DOCBAO_PARTIAL;
    head->misused = status == DOCBAO_USAGE;
    if (!made)
        return;
    head->status = status || w->cli->incomplete ? RESULT_PART : RESULT_DONE;
    size_of_file(w, j->result->texts[RESULT_OUTPUT].p, &head->bytes);
}

/* ---- the whole ---- */

static void take_message(void *user, const char *text)
{
    struct buf *message = &((struct result *)user)->texts[RESULT_MESSAGE];
    if (message->n)
        buf_putc(message, ' ');
    buf_add_valid(message, sv_of(text));
}

bool work_on(const struct work *w, struct result *r)
{
    struct cli *c = w->cli;
    struct job j = {
        .work = w,
        .source = &w->sources->all.at[r->head.index],
        .result = r,
        .path = BUF_INIT,
        .bytes = BUF_INIT,
    };
    c->message = take_message;
    c->message_user = r;
    c->read = c->failed = 0;
    c->incomplete = c->misused = false;
    source_path(w->sources, j.source, &j.path);
    if (read_source(&j))
        make_sound(&j);
    r->head.misused = r->head.misused || c->misused;
    docbao_close(j.article);
    buf_free(&j.path);
    buf_free(&j.bytes);
    return !*c->stop;
}
