#include "publish/captions.h"

#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "publish/caption_format.h"
#include "publish/document.h"

struct caption_file {
    const struct caption_format *format;
    struct document document;
};

struct captions {
    VEC(struct caption_file) files;
    const struct article *article; /* the last that began */
    struct timed timed;
    struct caption_count count;
    uint64_t us; /* the end of the last sentence */
};

/* ---- opening ---- */

static const struct caption_format *format_of(struct sv kind)
{
    for (const struct caption_format *f = caption_formats; f->kind; f++)
        if (sv_is(kind, f->kind))
            return f;
    return NULL;
}

static bool is_stream(const char *sound)
{
    struct stat s;
    return strcmp(sound, "-") == 0 || (stat(sound, &s) == 0 && !S_ISREG(s.st_mode));
}

static enum status open_file(struct captions *c, struct sv kind, const char *sound, struct err *e)
{
    const struct caption_format *format = format_of(kind);
    if (!format)
        return err_set(e, STATUS_USAGE,
                       "There are no captions “%.*s”: choose among vtt, srt, lrc and json.",
                       SV_ARG(kind));
    for (size_t i = 0; i < c->files.n; i++)
        if (c->files.at[i].format == format)
            return STATUS_OK;
    struct caption_file *file = vec_push(&c->files);
    struct buf path = BUF_INIT;
    file->format = format;
    file_add_beside(&path, sound, format->ending);
    enum status status = document_open(&file->document, path, e);
    if (!status && format->begin)
        format->begin(&file->document.text);
    return status;
}

enum status captions_open(struct captions **out, const char *sound, const char *kinds,
                          struct err *e)
{
    *out = NULL;
    if (is_stream(sound))
        return err_set(e, STATUS_USAGE,
                       "Captions stand beside a sound file, and “%s” is none: name a file to save "
                       "to.",
                       sound);
    struct captions *c = mem_zalloc(sizeof *c);
    enum status status = STATUS_OK;
    struct sv rest = sv_of(kinds);
    while (rest.p && !status)
        status = open_file(c, sv_cut(&rest, ','), sound, e);
    if (status)
        captions_close(c);
    else
        *out = c;
    return status;
}

void captions_close(struct captions *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->files.n; i++)
        document_close(&c->files.at[i].document);
    vec_free(&c->files);
    timed_free(&c->timed);
    free(c);
}

/* ---- sentences ---- */

static void begin_article(struct captions *c, const struct article *a)
{
    for (size_t i = 0; i < c->files.n; i++) {
        struct caption_file *f = &c->files.at[i];
        if (f->format->article)
            f->format->article(&f->document.text, a, c->count);
    }
    c->article = a;
    c->count.articles++;
    c->count.sentences = 0;
}

void captions_begin(struct captions *c, const struct article *a, uint32_t sentence, uint64_t us)
{
    if (c->article != a || sentence == 0)
        begin_article(c, a);
    timed_begin(&c->timed, a, sentence, us);
}

void captions_word(struct captions *c, uint32_t token, uint64_t us)
{
    timed_add(&c->timed, token, us);
}

static void write_cues(struct captions *c)
{
    const struct timed *t = &c->timed;
    for (size_t first = 0; first < t->words.n;) {
        struct caption cue = cue_at(t, first);
        for (size_t i = 0; i < c->files.n; i++) {
            struct caption_file *f = &c->files.at[i];
            if (f->format->cue)
                f->format->cue(&f->document.text, t, &cue, c->count);
        }
        c->count.cues++;
        first = cue.past;
    }
}

void captions_end(struct captions *c, bool spoken, uint64_t us)
{
    c->us = us;
    if (!spoken)
        return;
    timed_end(&c->timed, us, CUE_LINE);
    write_cues(c);
    for (size_t i = 0; i < c->files.n; i++) {
        struct caption_file *f = &c->files.at[i];
        if (f->format->sentence)
            f->format->sentence(&f->document.text, &c->timed, c->count);
        document_pass(&f->document);
    }
    c->count.sentences++;
}

/* ---- the end ---- */

enum status captions_complete(struct captions *c, struct err *e)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < c->files.n && !status; i++) {
        struct caption_file *f = &c->files.at[i];
        if (f->format->end)
            f->format->end(&f->document.text, c->count, c->us);
        status = document_complete(&f->document, e);
    }
    return status;
}

enum status captions_commit(struct captions *c, struct err *e)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < c->files.n && !status; i++)
        status = document_commit(&c->files.at[i].document, e);
    return status;
}
