#include "sink/description.h"

#include "base/nfc.h"
#include "base/utf8.h"

/* Format characters stay: some emoji are joined by them. */
static bool is_gap(uint32_t code)
{
    return char_kind_of(code) == CHAR_SPACE && !char_is_format(code);
}

void description_add_line(struct buf *out, struct sv text)
{
    struct buf valid = BUF_INIT, clean = BUF_INIT;
    size_t start = out->n;
    bool gap = false;
    buf_add_valid(&valid, text);
    nfc_append(&clean, buf_sv(&valid));
    for (size_t i = 0; i < clean.n;) {
        uint32_t code;
        i += utf8_decode_valid(clean.p + i, &code);
        if (is_gap(code)) {
            gap = true;
            continue;
        }
        if (gap && out->n > start)
            buf_putc(out, ' ');
        gap = false;
        buf_add_code(out, code);
    }
    buf_free(&valid);
    buf_free(&clean);
}

static struct sv line_of(struct description *d, struct sv text)
{
    struct buf line = BUF_INIT;
    description_add_line(&line, text);
    struct sv copy = {arena_dup(&d->arena, buf_sv(&line)), line.n};
    buf_free(&line);
    return copy;
}

static struct sv bytes_of(struct description *d, struct sv bytes)
{
    char *copy = arena_alloc(&d->arena, bytes.n + 1);
    if (bytes.n)
        memcpy(copy, bytes.p, bytes.n);
    return (struct sv){copy, bytes.n};
}

void description_set_tags(struct description *d, const struct sink_tags *tags)
{
    if (d->has_tags)
        return;
    d->has_tags = true;
    d->tags = (struct sink_tags){
        .title = line_of(d, tags->title),
        .author = line_of(d, tags->author),
        .source = line_of(d, tags->source),
        .date = line_of(d, tags->date),
        .language = line_of(d, tags->language),
        .comment = line_of(d, tags->comment),
        .picture = bytes_of(d, tags->picture),
    };
}

/* A title block has a mark of its own at the frame of its article. */
void description_add_mark(struct description *d, const struct sink_mark *mark)
{
    if (mark->kind != SINK_MARK_ARTICLE && mark->kind != SINK_MARK_HEADING)
        return;
    struct chapter *last = d->chapters.n ? &d->chapters.at[d->chapters.n - 1] : NULL;
    uint64_t start = last ? mark->frame : 0;
    if (last && last->start == start) {
        if (!last->title.n || mark->kind == SINK_MARK_ARTICLE)
            last->title = line_of(d, mark->text);
        return;
    }
    if (last)
        last->end = start;
    *vec_push(&d->chapters) = (struct chapter){start, start, line_of(d, mark->text)};
}

void description_end(struct description *d, uint64_t frames)
{
    struct chapter *at = d->chapters.at;
    while (d->chapters.n && at[d->chapters.n - 1].start >= frames)
        d->chapters.n--;
    if (d->chapters.n)
        at[d->chapters.n - 1].end = frames;
    if (d->chapters.n == 1 && !at[0].title.n)
        d->chapters.n = 0;
}

void description_free(struct description *d)
{
    vec_free(&d->chapters);
    arena_free(&d->arena);
    *d = (struct description){0};
}
