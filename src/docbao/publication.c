#include "docbao/publication.h"

#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "sink/file.h"

/* The kind of captions that such a target is, or NULL. */
static const char *kind_of(const char *target)
{
    static const char *const kinds[] = {"html", "epub"};
    const char *dot = strrchr(target, '.');
    for (size_t i = 0; dot && i < sizeof kinds / sizeof *kinds; i++)
        if (strcasecmp(dot + 1, kinds[i]) == 0)
            return kinds[i];
    return NULL;
}

static bool is_book(const char *target)
{
    const char *kind = kind_of(target);
    return kind && strcmp(kind, "epub") == 0;
}

/* Readers of books must play MP3 (EPUB 3.3, 3.2). */
const char *publication_sound(const char *target, const struct docbao_output *output)
{
    const char *wanted = output ? output->format : NULL;
    if (!kind_of(target))
        return NULL;
    return wanted && !is_book(target) ? wanted : "mp3";
}

/* Beside the page: bai.mp3 for bai.html, or .bai.mp3 if the page shall hold it. */
static void add_sound_path(struct buf *out, const char *page, const char *format, bool hidden)
{
    const char *slash = strrchr(page, '/');
    size_t folder = slash ? (size_t)(slash + 1 - page) : 0;
    struct buf name = BUF_INIT, ending = BUF_INIT;
    buf_addf(&ending, ".%s", format);
    file_add_beside(&name, page + folder, ending.p);
    buf_add(out, page, folder);
    buf_addf(out, "%s%s", hidden ? "." : "", name.p);
    buf_free(&name);
    buf_free(&ending);
}

enum status publication_open(struct publication *p, const struct docbao_speech *speech,
                             struct err *e)
{
    const char *format = speech->target ? publication_sound(speech->target, speech->output) : NULL;
    *p = (struct publication){.speech = *speech,
                              .sound = BUF_INIT,
                              .kinds = BUF_INIT,
                              .holds_sound =
                                  speech->hold_sound || (format && is_book(speech->target))};
    if (!format && speech->hold_sound)
        return err_set(e, STATUS_USAGE,
                       "Only a page can hold its sound, and “%s” is none: end the name in .html.",
                       speech->target ? speech->target : "");
    if (!format)
        return STATUS_OK;
    add_sound_path(&p->sound, speech->target, format, p->holds_sound);
    if (speech->captions)
        buf_addf(&p->kinds, "%s,", speech->captions);
    buf_adds(&p->kinds, kind_of(speech->target));
    p->speech.target = p->sound.p;
    p->speech.captions = p->kinds.p;
    return STATUS_OK;
}

enum status publication_captions(const struct publication *p, const struct docbao_speech *speech,
                                 const struct captions_whole *whole, struct captions **out,
                                 struct err *e)
{
    *out = NULL;
    if (!p->speech.captions)
        return STATUS_OK;
    struct captions_options options = {
        .beside = speech->target ? speech->target : "-",
        .sound = p->speech.target ? p->speech.target : "-",
        .kinds = p->speech.captions,
        .hold_sound = p->holds_sound,
    };
    if (whole)
        options.whole = *whole;
    return captions_open(out, &options, e);
}

void publication_close(struct publication *p)
{
    if (p->holds_sound && p->sound.n)
        unlink(p->sound.p);
    buf_free(&p->sound);
    buf_free(&p->kinds);
}
