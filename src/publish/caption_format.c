#include "publish/caption_format.h"

#include "article/view.h"

enum { US_PER_MS = 1000, MS_PER_SECOND = 1000, CENTISECOND = 10, MINUTE = 60, HOUR = 60 };

void caption_add_time(struct buf *out, uint64_t us, char mark)
{
    uint64_t ms = us / US_PER_MS, s = ms / MS_PER_SECOND;
    buf_addf(out, "%02u:%02u:%02u%c%03u", (unsigned)(s / MINUTE / HOUR),
             (unsigned)(s / MINUTE % HOUR), (unsigned)(s % MINUTE), mark,
             (unsigned)(ms % MS_PER_SECOND));
}

/* Both ends of a cue; a cue that is over at once lasts a millisecond. */
static void add_span(struct buf *out, const struct caption *cue, char mark)
{
    uint64_t end =
        cue->end / US_PER_MS > cue->start / US_PER_MS ? cue->end : cue->start + US_PER_MS;
    caption_add_time(out, cue->start, mark);
    buf_adds(out, " --> ");
    caption_add_time(out, end, mark);
    buf_putc(out, '\n');
}

void caption_add_words(struct buf *out, const struct timed *t, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (i > from)
            buf_putc(out, ' ');
        buf_add_sv(out, t->words.at[i].text);
    }
}

/* ---- WebVTT (W3C) ---- */

static void begin_vtt(struct buf *out)
{
    buf_adds(out, "WEBVTT\n\n");
}

/* Times inside a cue must rise, between its ends. */
static void cue_vtt(struct buf *out, const struct timed *t, const struct caption *cue,
                    struct caption_state state)
{
    uint64_t last = cue->start / US_PER_MS;
    buf_addf(out, "%u\n", state.cues + 1);
    add_span(out, cue, '.');
    for (size_t i = cue->first; i < cue->past; i++) {
        uint64_t us = t->words.at[i].us;
        if (i > cue->first)
            buf_putc(out, i == cue->second ? '\n' : ' ');
        if (us / US_PER_MS > last && us < cue->end) {
            last = us / US_PER_MS;
            buf_putc(out, '<');
            caption_add_time(out, us, '.');
            buf_putc(out, '>');
        }
        buf_add_markup(out, t->words.at[i].text);
    }
    buf_adds(out, "\n\n");
}

/* ---- SubRip ---- */

/* An arrow in the text would look like a time. */
static void replace_arrows(struct buf *out, size_t from)
{
    for (size_t i = from; i + 3 <= out->n; i++)
        if (memcmp(out->p + i, "-->", 3) == 0)
            memcpy(out->p + i, "→", 3);
}

static void cue_srt(struct buf *out, const struct timed *t, const struct caption *cue,
                    struct caption_state state)
{
    buf_addf(out, "%u\n", state.cues + 1);
    add_span(out, cue, ',');
    size_t text = out->n;
    caption_add_words(out, t, cue->first, cue->second);
    if (cue->second < cue->past)
        buf_putc(out, '\n');
    caption_add_words(out, t, cue->second, cue->past);
    replace_arrows(out, text);
    buf_adds(out, "\n\n");
}

/* ---- LRC ---- */

static void add_lrc_time(struct buf *out, uint64_t us)
{
    uint64_t ms = us / US_PER_MS, s = ms / MS_PER_SECOND;
    buf_addf(out, "[%02u:%02u.%02u]", (unsigned)(s / MINUTE), (unsigned)(s % MINUTE),
             (unsigned)(ms % MS_PER_SECOND / CENTISECOND));
}

static void add_lrc_tag(struct buf *out, const char *name, const char *of_whole,
                        const struct article *a, enum block_kind kind)
{
    struct buf text = BUF_INIT, folded = BUF_INIT;
    buf_adds(&text, of_whole ? of_whole : "");
    if (text.n || article_add_read(a, kind, &text)) {
        buf_addf(out, "[%s:", name);
        buf_add_sv(out, view_fold(buf_sv(&text), &folded));
        buf_adds(out, "]\n");
    }
    buf_free(&text);
    buf_free(&folded);
}

/* Of several articles, the first gives the tags. */
static void article_lrc(struct buf *out, const struct article *a, struct caption_state state)
{
    if (state.articles)
        return;
    add_lrc_tag(out, "ti", state.whole.title, a, BLOCK_TITLE);
    add_lrc_tag(out, "ar", state.whole.author, a, BLOCK_BYLINE);
    buf_adds(out, "[la:vi]\n[re:docbao]\n");
}

static void cue_lrc(struct buf *out, const struct timed *t, const struct caption *cue,
                    struct caption_state state)
{
    (void)state;
    add_lrc_time(out, cue->start);
    caption_add_words(out, t, cue->first, cue->past);
    buf_putc(out, '\n');
}

/* An empty line clears the last one. */
static void end_lrc(struct buf *out, struct caption_state state, uint64_t us)
{
    (void)state;
    add_lrc_time(out, us);
    buf_putc(out, '\n');
}

bool caption_add_title(struct buf *out, const struct article *a, struct caption_state state)
{
    const char *slash = strrchr(a->name, '/');
    if (state.part) {
        buf_adds(out, state.part);
        return state.part_is_read;
    }
    if (article_add_read(a, BLOCK_TITLE, out))
        return true;
    buf_adds(out, a->title ? a->title : slash ? slash + 1 : a->name);
    return false;
}

void caption_add_whole_title(struct buf *out, const struct article *a, struct caption_state state)
{
    if (state.whole.title)
        buf_adds(out, state.whole.title);
    else
        caption_add_title(out, a, state);
}

void caption_add_id(struct buf *out, struct caption_state state)
{
    buf_addf(out, "s%u-%u", state.articles, state.number);
}

void caption_add_word_id(struct buf *out, size_t word, struct caption_state state)
{
    buf_addf(out, "w%u-%u-%u", state.articles, state.number, (unsigned)word + 1);
}

const struct caption_format caption_formats[] = {
    {.kind = "vtt", .ending = ".vtt", .begin = begin_vtt, .cue = cue_vtt},
    {.kind = "srt", .ending = ".srt", .cue = cue_srt},
    {.kind = "lrc", .ending = ".lrc", .article = article_lrc, .cue = cue_lrc, .end = end_lrc},
    {.kind = "json",
     .ending = ".json",
     .article = caption_json_article,
     .sentence = caption_json_sentence,
     .end = caption_json_end},
    {.kind = "chapters",
     .ending = ".chapters.json",
     .begin = caption_chapters_begin,
     .part = caption_chapters_part,
     .sentence = caption_chapters_sentence,
     .end = caption_chapters_end},
    {.kind = "html",
     .ending = ".html",
     .article = page_article,
     .block = page_block,
     .sentence = page_sentence,
     .end = page_end,
     .after_sound = page_after_sound,
     .lost_too = true},
    {.kind = "epub",
     .member = "EPUB/package.opf",
     .article = book_package_article,
     .end = book_package_end},
    {.kind = "epub",
     .member = "EPUB/contents.xhtml",
     .article = book_contents_article,
     .sentence = book_contents_sentence,
     .end = book_contents_end,
     .lost_too = true},
    {.kind = "epub",
     .member = "EPUB/text.xhtml",
     .article = book_text_article,
     .block = page_block,
     .sentence = book_text_sentence,
     .end = book_text_end,
     .lost_too = true},
    {.kind = "epub",
     .member = "EPUB/text.smil",
     .begin = book_times_begin,
     .sentence = book_times_sentence,
     .end = book_times_end},
    {.kind = NULL},
};
