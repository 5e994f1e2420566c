/*
 * The page on which a text is read along with its sound (assets/page/docbao-player.js says what the
 * attributes mean).
 */
#include "base/embedded.h"
#include "base/file.h"
#include "base/message.h"
#include "publish/caption_format.h"

enum { US_PER_MS = 1000, MS_PER_SECOND = 1000 };

static void add_asset(struct buf *out, const char *name)
{
    buf_add_sv(out, embedded_find(sv_of(name)));
}

/* ---- the head ---- */

static const char *type_of(struct sv path)
{
    static const struct {
        struct sv ending;
        const char *type;
    } types[] = {
        {SV(".mp3"), "audio/mpeg"}, {SV(".m4a"), "audio/mp4"},  {SV(".m4b"), "audio/mp4"},
        {SV(".ogg"), "audio/ogg"},  {SV(".opus"), "audio/ogg"}, {SV(".flac"), "audio/flac"},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (sv_ends(path, types[i].ending))
            return types[i].type;
    return "audio/wav";
}

/* Without scripts, the browser's own player is left. */
static void add_player(struct buf *out, struct caption_state state)
{
    buf_adds(out, "<docbao-player for=\"docbao-text\" keys lang=\"");
    /* Translators: the code of your language, as in HTML and in the name of your file. */
    buf_adds(out, _("en"));
    if (state.holds_sound) {
        buf_adds(out, "\" src=\"#docbao-sound\"></docbao-player>\n");
        return;
    }
    buf_adds(out, "\"><audio controls preload=\"metadata\" src=\"");
    file_add_address(out, state.sound.p);
    buf_adds(out, "\"></audio></docbao-player>\n");
}

static void add_head(struct buf *out, struct sv title, struct caption_state state)
{
    buf_adds(out, "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"generator\" content=\"docbao\">\n<title>");
    buf_add_printable_markup(out, title);
    buf_adds(out, "</title>\n<style>\n");
    add_asset(out, "base.css");
    add_asset(out, "read.css");
    buf_adds(out, "</style>\n</head>\n<body>\n");
    add_player(out, state);
    buf_adds(out, "<main id=\"docbao-text\">\n");
}

/* ---- the text ---- */

void page_article(struct buf *out, const struct article *a, struct caption_state state)
{
    struct buf title = BUF_INIT, whole = BUF_INIT;
    bool unread = !caption_add_title(&title, a, state);
    caption_add_whole_title(&whole, a, state);
    if (!state.articles)
        add_head(out, buf_sv(&whole), state);
    buf_adds(out, state.articles ? "</article>\n<article>\n" : "<article>\n");
    if (unread) {
        buf_adds(out, "<h1>");
        buf_add_printable_markup(out, buf_sv(&title));
        buf_adds(out, "</h1>\n");
    }
    buf_free(&title);
    buf_free(&whole);
}

/* The elements of a kind of block; several list items stand in one list. */
static const struct {
    const char *open, *close;
} elements[] = {
    [BLOCK_TITLE] = {"<h1>", "</h1>"},
    [BLOCK_DATE] = {"<p class=\"date\">", "</p>"},
    [BLOCK_SAPO] = {"<p class=\"sapo\">", "</p>"},
    [BLOCK_HEADING] = {"<h2>", "</h2>"},
    [BLOCK_PARAGRAPH] = {"<p>", "</p>"},
    [BLOCK_LIST] = {"<li>", "</li>"},
    [BLOCK_TABLE] = {"<p class=\"table\">", "</p>"},
    [BLOCK_CAPTION] = {"<p class=\"caption\">", "</p>"},
    [BLOCK_BYLINE] = {"<p class=\"byline\">", "</p>"},
};

void page_block(struct buf *out, int before, int now)
{
    if (before != NO_BLOCK)
        buf_addf(out, "%s\n", elements[before].close);
    if (before == BLOCK_LIST && now != BLOCK_LIST)
        buf_adds(out, "</ul>\n");
    if (now == BLOCK_LIST && before != BLOCK_LIST)
        buf_adds(out, "<ul>\n");
    if (now != NO_BLOCK)
        buf_adds(out, elements[now].open);
}

static void add_seconds(struct buf *out, const char *name, uint64_t us)
{
    uint64_t ms = us / US_PER_MS;
    buf_addf(out, " %s=\"%u.%03u\"", name, (unsigned)(ms / MS_PER_SECOND),
             (unsigned)(ms % MS_PER_SECOND));
}

static void add_times(struct buf *out, const struct timed *t)
{
    add_seconds(out, "data-from", t->start);
    add_seconds(out, "data-to", t->end);
    buf_adds(out, " data-words=\"");
    for (size_t i = 0; i < t->words.n; i++)
        if (!timed_goes_on(t, i))
            buf_addf(out, i ? " %u" : "%u", (unsigned)((t->words.at[i].us - t->start) / US_PER_MS));
    buf_putc(out, '"');
}

void page_sentence(struct buf *out, const struct timed *t, struct caption_state state)
{
    buf_adds(out, "\n<span id=\"");
    caption_add_id(out, state);
    buf_putc(out, '"');
    if (!t->lost)
        add_times(out, t);
    buf_putc(out, '>');
    for (size_t i = 0; i < t->words.n; i++) {
        if (i && !timed_goes_on(t, i))
            buf_putc(out, ' ');
        buf_add_printable_markup(out, t->words.at[i].text);
    }
    buf_adds(out, "</span>");
}

/* ---- the end ---- */

static void add_tail(struct buf *out)
{
    buf_adds(out, "<script>\n");
    add_asset(out, "docbao-player.js");
    buf_adds(out, "</script>\n</body>\n</html>\n");
}

void page_end(struct buf *out, struct caption_state state, uint64_t us)
{
    (void)us;
    buf_adds(out, "</article>\n</main>\n");
    if (state.holds_sound)
        buf_addf(out, "<audio id=\"docbao-sound\" controls src=\"data:%s;base64,",
                 type_of(state.sound));
    else
        add_tail(out);
}

void page_after_sound(struct buf *out)
{
    buf_adds(out, "\"></audio>\n");
    add_tail(out);
}
