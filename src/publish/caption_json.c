/* {"articles":[{"name","title","sentences":[{"id","start","end","text","source","words":[{"start","end",
 * "text","spoken","source"}…]}…]}…],"end"}: times in seconds; a source is {"offset","length"} in
 * bytes of the document, or of its "member". */
#include "article/view.h"
#include "base/utf8.h"
#include "publish/caption_format.h"

static void add_string(struct buf *out, struct sv text)
{
    struct buf valid = BUF_INIT;
    buf_add_valid(&valid, text);
    buf_putc(out, '"');
    for (size_t i = 0; i < valid.n; i++) {
        unsigned char c = (unsigned char)valid.p[i];
        if (c < ' ' || c == 0x7F)
            buf_addf(out, "\\u%04x", c);
        else if (c == '"' || c == '\\')
            buf_addf(out, "\\%c", c);
        else
            buf_putc(out, (char)c);
    }
    buf_putc(out, '"');
    buf_free(&valid);
}

static void add_seconds(struct buf *out, const char *name, uint64_t us)
{
    enum { US_PER_SECOND = 1000000, US_PER_MS = 1000 };
    buf_addf(out, "\"%s\":%u.%03u", name, (unsigned)(us / US_PER_SECOND),
             (unsigned)(us % US_PER_SECOND / US_PER_MS));
}

static void add_text(struct buf *out, const char *name, struct sv text)
{
    struct buf folded = BUF_INIT;
    buf_addf(out, ",\"%s\":", name);
    add_string(out, view_fold(text, &folded));
    buf_free(&folded);
}

static void add_source(struct buf *out, const struct article *a, struct span text)
{
    struct span source = article_source_span(a, text);
    const char *member = article_member(a, &source);
    buf_addf(out, ",\"source\":{\"offset\":%u,\"length\":%u", source.off, source.len);
    if (member)
        add_text(out, "member", sv_of(member));
    buf_putc(out, '}');
}

void caption_json_article(struct buf *out, const struct article *a, struct caption_state state)
{
    struct buf title = BUF_INIT;
    buf_adds(out, state.articles ? "]},\n{\"name\":" : "{\"articles\":[\n{\"name\":");
    add_string(out, sv_of(a->name));
    if (state.part)
        buf_adds(&title, state.part);
    if (title.n || article_add_read(a, BLOCK_TITLE, &title))
        add_text(out, "title", buf_sv(&title));
    buf_adds(out, ",\"sentences\":[");
    buf_free(&title);
}

/* A word ends where the next begins. */
static void add_word(struct buf *out, const struct timed *t, uint32_t token, uint32_t past)
{
    const struct article *a = t->a;
    const struct token *k = article_token(a, token);
    uint64_t end = token + 1 < past ? timed_at(t, article_token(a, token + 1)->text.off) : t->end;
    buf_adds(out, "\n  {");
    add_seconds(out, "start", timed_at(t, k->text.off));
    buf_putc(out, ',');
    add_seconds(out, "end", end);
    add_text(out, "text", sv_at(a->text, k->text));
    add_text(out, "spoken", article_spoken(a, k->spoken));
    add_source(out, a, k->text);
    buf_putc(out, '}');
}

void caption_json_sentence(struct buf *out, const struct timed *t, struct caption_state state)
{
    const struct sentence *s = &t->a->sentences.at[t->sentence];
    uint32_t past = s->tok0 + s->ntok;
    buf_adds(out, state.sentences ? ",\n {\"id\":\"" : "\n {\"id\":\"");
    caption_add_id(out, state);
    buf_adds(out, "\",");
    add_seconds(out, "start", t->start);
    buf_putc(out, ',');
    add_seconds(out, "end", t->end);
    add_text(out, "text", sv_at(t->a->text, s->text));
    add_source(out, t->a, s->text);
    buf_adds(out, ",\"words\":[");
    for (uint32_t i = s->tok0; i < past; i++) {
        if (i > s->tok0)
            buf_putc(out, ',');
        add_word(out, t, i, past);
    }
    buf_adds(out, "]}");
}

void caption_json_end(struct buf *out, struct caption_state state, uint64_t us)
{
    buf_adds(out, state.articles ? "]}\n]," : "{\"articles\":[],");
    add_seconds(out, "end", us);
    buf_adds(out, "}\n");
}

/* ---- chapters (Podcasting 2.0, JSON chapters 1.2): titles and headings, or parts ---- */

void caption_chapters_begin(struct buf *out)
{
    buf_adds(out, "{\"version\":\"1.2.0\",\"chapters\":[");
}

/* The first begins with the sound. */
static void add_chapter(struct buf *out, bool first, uint64_t us, struct sv title)
{
    buf_adds(out, first ? "\n{" : ",\n{");
    add_seconds(out, "startTime", first ? 0 : us);
    add_text(out, "title", title);
    buf_putc(out, '}');
}

void caption_chapters_part(struct buf *out, uint64_t us, struct caption_state state)
{
    add_chapter(out, !state.parts, us, sv_of(state.part));
}

void caption_chapters_sentence(struct buf *out, const struct timed *t, struct caption_state state)
{
    bool begins = state.begins_block && (state.kind == BLOCK_TITLE || state.kind == BLOCK_HEADING);
    if (!state.part && (begins || !state.all))
        add_chapter(out, !state.all, t->start,
                    sv_at(t->a->text, t->a->sentences.at[t->sentence].text));
}

void caption_chapters_end(struct buf *out, struct caption_state state, uint64_t us)
{
    (void)state;
    (void)us;
    buf_adds(out, "\n]}\n");
}
