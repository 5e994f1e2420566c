#include "publish/captions.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/file.h"
#include "base/mem.h"
#include "publish/book.h"
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
    struct caption_state state;
    struct buf sound; /* state.sound */
    size_t block;     /* of the last sentence, if the article is not NULL */
    bool part_begins; /* no sentence of the part has come yet */
    uint64_t us;      /* the end of the last sentence */
};

/* ---- opening ---- */

static bool is_stream(const char *sound)
{
    struct stat s;
    return strcmp(sound, "-") == 0 || (stat(sound, &s) == 0 && !S_ISREG(s.st_mode));
}

static enum status open_file(struct captions *c, const struct caption_format *format,
                             const char *beside, struct err *e)
{
    for (size_t i = 0; i < c->files.n; i++)
        if (c->files.at[i].format == format)
            return STATUS_OK;
    struct caption_file *file = vec_push(&c->files);
    struct buf path = BUF_INIT;
    file->format = format;
    if (format->member)
        buf_adds(&path, beside);
    else
        file_add_beside(&path, beside, format->ending);
    enum status status = document_open(&file->document, path, e);
    if (!status && format->begin)
        format->begin(&file->document.text);
    return status;
}

/* A book is made only of what is to hold its sound. */
static enum status open_kind(struct captions *c, struct sv kind, const char *beside, struct err *e)
{
    enum status status = STATUS_OK;
    bool found = false;
    for (const struct caption_format *f = caption_formats; f->kind && !status; f++)
        if (sv_is(kind, f->kind) && (!f->member || c->state.holds_sound)) {
            found = true;
            status = open_file(c, f, beside, e);
        }
    if (!found)
        return err_set(
            e, STATUS_USAGE,
            "There are no captions “%.*s”: choose among vtt, srt, lrc, json, chapters and html.",
            SV_ARG(kind));
    return status;
}

static struct captions *new_captions(const struct captions_options *o)
{
    struct captions *c = mem_zalloc(sizeof *c);
    c->state.kind = NO_BLOCK;
    buf_adds(&c->sound, o->sound);
    c->state.sound = buf_sv(&c->sound);
    c->state.holds_sound = o->hold_sound;
    c->state.whole = o->whole;
    return c;
}

enum status captions_open(struct captions **out, const struct captions_options *options,
                          struct err *e)
{
    *out = NULL;
    if (is_stream(options->sound))
        return err_set(e, STATUS_USAGE,
                       "Captions stand beside a sound file, and “%s” is none: name a file to save "
                       "to.",
                       options->sound);
    struct captions *c = new_captions(options);
    enum status status = STATUS_OK;
    struct sv rest = sv_of(options->kinds);
    while (rest.p && !status)
        status = open_kind(c, sv_cut(&rest, ','), options->beside, e);
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
    buf_free(&c->sound);
    free(c);
}

/* ---- sentences ---- */

static void change_block(struct captions *c, int kind)
{
    for (size_t i = 0; i < c->files.n; i++) {
        struct caption_file *f = &c->files.at[i];
        if (f->format->block)
            f->format->block(&f->document.text, c->state.kind, kind);
    }
    c->state.kind = kind;
}

/* Goes on to the block of the sentence. Blocks without any sentence are passed over. */
static void find_block(struct captions *c, uint32_t sentence)
{
    const struct block *blocks = c->article->blocks.at;
    size_t before = c->block;
    while (sentence >= blocks[c->block].sent0 + blocks[c->block].nsent)
        c->block++;
    c->state.begins_block = c->state.kind == NO_BLOCK || c->block != before;
    int kind = blocks[c->block].kind;
    /* Another article's title that is said here, as headlines are, is no title of the part. */
    if (kind == BLOCK_TITLE && c->state.part && !c->state.part_is_read)
        kind = BLOCK_PARAGRAPH;
    if (c->state.begins_block)
        change_block(c, kind);
}

static void begin_article(struct captions *c, const struct article *a)
{
    if (c->state.kind != NO_BLOCK)
        change_block(c, NO_BLOCK);
    for (size_t i = 0; i < c->files.n; i++) {
        struct caption_file *f = &c->files.at[i];
        if (f->format->article)
            f->format->article(&f->document.text, a, c->state);
    }
    c->article = a;
    c->block = 0;
    c->state.articles++;
    c->state.sentences = c->state.number = 0;
    c->part_begins = false;
}

/* The part goes on with sentences of another article. */
static void change_article(struct captions *c, const struct article *a)
{
    change_block(c, NO_BLOCK);
    c->article = a;
    c->block = 0;
}

void captions_part(struct captions *c, const char *title, bool is_read, uint64_t us)
{
    c->state.part = title;
    c->state.part_is_read = is_read;
    c->part_begins = true;
    for (size_t i = 0; i < c->files.n; i++) {
        struct caption_file *f = &c->files.at[i];
        if (f->format->part)
            f->format->part(&f->document.text, us, c->state);
    }
    c->state.parts++;
}

void captions_begin(struct captions *c, const struct article *a, uint32_t sentence, uint64_t us)
{
    if (c->state.part ? c->part_begins : c->article != a || sentence == 0)
        begin_article(c, a);
    else if (c->article != a)
        change_article(c, a);
    c->state.number = c->state.part ? c->state.number + 1 : sentence + 1;
    find_block(c, sentence);
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
                f->format->cue(&f->document.text, t, &cue, c->state);
        }
        c->state.cues++;
        first = cue.past;
    }
}

void captions_end(struct captions *c, bool spoken, uint64_t us)
{
    c->us = us;
    timed_end(&c->timed, us, CUE_LINE);
    c->timed.lost = !spoken;
    if (spoken)
        write_cues(c);
    for (size_t i = 0; i < c->files.n; i++) {
        struct caption_file *f = &c->files.at[i];
        if (f->format->sentence && (spoken || f->format->lost_too))
            f->format->sentence(&f->document.text, &c->timed, c->state);
        document_pass(&f->document);
    }
    c->state.sentences += spoken;
    c->state.all += spoken;
}

/* ---- the end ---- */

enum status captions_complete(struct captions *c, struct err *e)
{
    enum status status = STATUS_OK;
    if (c->state.kind != NO_BLOCK)
        change_block(c, NO_BLOCK);
    for (size_t i = 0; i < c->files.n && !status; i++) {
        struct caption_file *f = &c->files.at[i];
        if (f->format->end)
            f->format->end(&f->document.text, c->state, c->us);
        status = document_complete(&f->document, e);
    }
    return status;
}

/* A block at a time, so that only that much is in memory. */
static int add_sound(struct document *d, const char *path)
{
    enum { PIECE = 48 * 1024 }; /* a multiple of three: only the last one is padded */
    char piece[PIECE];
    FILE *sound = fopen(path, "rb");
    if (!sound)
        return errno;
    for (size_t n; (n = fread(piece, 1, sizeof piece, sound)) > 0;) {
        buf_add_base64(&d->text, (struct sv){piece, n});
        document_pass(d);
    }
    int failure = ferror(sound) ? EIO : 0;
    fclose(sound);
    return failure;
}

static enum status embed_sound(struct captions *c, struct caption_file *f, struct err *e)
{
    int failure = add_sound(&f->document, c->sound.p);
    if (failure)
        return err_set(e, STATUS_OUTPUT, "Cannot read “%s” again: %s.", c->sound.p,
                       file_fault(failure));
    f->format->after_sound(&f->document.text);
    return document_complete(&f->document, e);
}

/* The members that are made of the text, and the sound. */
static enum status pack_book(struct captions *c, struct err *e)
{
    struct book book = {.sound = c->sound.p};
    for (size_t i = 0; i < c->files.n; i++) {
        struct caption_file *f = &c->files.at[i];
        if (f->format->member)
            book_add(&book, f->document.path.p, f->format->member, f->document.file.fd);
    }
    return book.members.n ? book_pack(&book, e) : STATUS_OK;
}

/* The sound goes into the files that shall hold it. */
static enum status hold_sound(struct captions *c, struct err *e)
{
    enum status status = pack_book(c, e);
    for (size_t i = 0; i < c->files.n && !status; i++)
        if (c->files.at[i].format->after_sound)
            status = embed_sound(c, &c->files.at[i], e);
    unlink(c->sound.p);
    return status;
}

enum status captions_commit(struct captions *c, struct err *e)
{
    enum status status = c->state.holds_sound ? hold_sound(c, e) : STATUS_OK;
    for (size_t i = 0; i < c->files.n && !status; i++)
        if (!c->files.at[i].format->member)
            status = document_commit(&c->files.at[i].document, e);
    return status;
}
