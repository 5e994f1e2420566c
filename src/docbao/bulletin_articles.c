/* The articles of a bulletin, and the headlines that announce them. */
#include "docbao/bulletin.h"

#include "article/find/line_words.h"
#include "base/message.h"

enum {
    USUAL_PRIORITY = 5,
    USUAL_MOST = 10,
    LEAST_SENTENCES = 1, /* behind the title */
};

/* ---- one article ---- */

/* The article's own title, or what the feed calls it, or how it begins. */
static void add_title(struct docbao_article *a, struct docbao_text of_feed, struct buf *out)
{
    struct docbao_text title = docbao_head_of(a).title;
    if (!title.n)
        title = of_feed;
    if (!title.n && a->a.sentences.n)
        title = docbao_sentence_at(a, 0).written;
    buf_add(out, title.n ? title.p : "", title.n);
}

static struct span block_range(const struct article *a, size_t block)
{
    const struct block *at = &a->blocks.at[block];
    return (struct span){at->sent0, at->nsent};
}

/* Listeners have heard what day it is: the day on which the article appeared is not for them. */
static void add_block(struct docbao_bulletin *b, size_t part, struct docbao_article *a,
                      uint32_t voice, size_t block)
{
    if (a->a.blocks.at[block].kind != BLOCK_DATE)
        bulletin_add_sentences(b, part, a, voice, block_range(&a->a, block));
}

static void add_blocks(struct docbao_bulletin *b, size_t part, struct docbao_article *a,
                       uint32_t voice)
{
    for (size_t i = 0; i < a->a.blocks.n; i++)
        add_block(b, part, a, voice, i);
}

/* What must be heard if the article is: the title, and a sentence. */
static uint32_t least_of(const struct article *a)
{
    uint32_t least = LEAST_SENTENCES;
    for (size_t i = 0; i < a->blocks.n && a->blocks.at[i].kind == BLOCK_TITLE; i++)
        least += a->blocks.at[i].nsent;
    return least;
}

static size_t begin_article(struct docbao_bulletin *b, const struct recipe_part *p,
                            struct docbao_article *a, struct docbao_text of_feed)
{
    struct buf title = BUF_INIT;
    if (recipe_has(p, RECIPE_KEY_title))
        buf_adds(&title, p->values[RECIPE_KEY_title].text);
    else
        add_title(a, of_feed, &title);
    size_t part = bulletin_add_part(b, p, title.p);
    struct fit_part *fit = &b->fit_parts.at[part];
    fit->priority = (unsigned)recipe_number(p, RECIPE_KEY_priority, USUAL_PRIORITY);
    fit->least = least_of(&a->a);
    if (b->between != BULLETIN_NO_SOUND)
        fit->between = (double)recording_frames(b->sounds.at[b->between].recording) / b->rate;
    buf_free(&title);
    return part;
}

/* ---- interviews ---- */

/* Turns begin with words of line-words.tsv. Where no question of an interview does, a paragraph
 * that ends with a question mark asks. */
struct interview {
    const struct rules *rules;
    const struct article *a;
    bool marked; /* some question begins with such words */
};

static struct sv block_text(const struct article *a, size_t block)
{
    return sv_trim(sv_at(a->text, a->blocks.at[block].text));
}

static bool is_turn(const struct interview *v, size_t block, uint64_t kind)
{
    uint8_t kind_of_block = v->a->blocks.at[block].kind;
    return (kind_of_block == BLOCK_PARAGRAPH || kind_of_block == BLOCK_LIST) &&
           line_words_begin(v->rules, kind, block_text(v->a, block)) > 0;
}

static bool has_marked_question(const struct interview *v)
{
    for (size_t i = 0; i < v->a->blocks.n; i++)
        if (is_turn(v, i, LINE_QUESTION))
            return true;
    return false;
}

static bool asks(const struct interview *v, size_t block)
{
    return v->marked ? is_turn(v, block, LINE_QUESTION) : sv_ends(block_text(v->a, block), SV("?"));
}

enum speaker { ASKS, ANSWERS };

/* Who speaks the block, after one that `last` spoke; `asked`: that one was a question. Titles, the
 * lead and headings have the first voice. */
static enum speaker speaker_of(const struct interview *v, size_t block, enum speaker last,
                               bool asked)
{
    uint8_t kind = v->a->blocks.at[block].kind;
    if ((kind != BLOCK_PARAGRAPH && kind != BLOCK_LIST) || asks(v, block))
        return ASKS;
    return asked || is_turn(v, block, LINE_ANSWER) ? ANSWERS : last;
}

/* The same article, read for another voice. */
static enum status open_again(struct docbao_bulletin *b, const struct docbao_article *a,
                              uint32_t voice, struct docbao_article **out)
{
    struct docbao *d = b->voices.at[voice].d;
    bool web = fetch_is_url(a->a.name);
    enum docbao_status status =
        web ? docbao_open_bytes(d, a->a.name, a->a.source.p, a->a.source.n, out)
            : docbao_open_file(d, a->a.name, out);
    if (status)
        return bulletin_take_error(b, d);
    *vec_push(&b->articles) = *out;
    return STATUS_OK;
}

static void add_turns(struct docbao_bulletin *b, size_t part, struct docbao_article *const *read,
                      const uint32_t *voices)
{
    struct interview v = {b->d->rules, &read[ASKS]->a, false};
    enum speaker speaker = ASKS;
    bool asked = false;
    v.marked = has_marked_question(&v);
    for (size_t i = 0; i < v.a->blocks.n; i++) {
        speaker = speaker_of(&v, i, speaker, asked);
        asked = speaker == ASKS && asks(&v, i);
        add_block(b, part, read[speaker], voices[speaker], i);
    }
}

static enum status add_interview(struct docbao_bulletin *b, const struct recipe_part *p,
                                 struct docbao_article *a, uint32_t voice, size_t part)
{
    uint32_t voices[] = {voice, voice};
    struct docbao_article *read[] = {a, a};
    enum status status = bulletin_voice_of(b, p, b->turn + 1, &voices[ANSWERS]);
    if (!status)
        status = open_again(b, a, voices[ANSWERS], &read[ANSWERS]);
    if (status)
        return status;
    if (read[ANSWERS]->a.blocks.n != a->a.blocks.n)
        read[ANSWERS] = a;
    add_turns(b, part, read, voices);
    return STATUS_OK;
}

/* ---- articles ---- */

/* Adds what was opened; takes the article over. `of_feed`: its title there, or empty. */
static enum status add_opened(struct docbao_bulletin *b, const struct recipe_part *p,
                              struct docbao_article *a, struct docbao_text of_feed, uint32_t voice)
{
    *vec_push(&b->articles) = a;
    size_t part = begin_article(b, p, a, of_feed);
    enum status status = STATUS_OK;
    if (recipe_number(p, RECIPE_KEY_interview, 0) > 0)
        status = add_interview(b, p, a, voice, part);
    else
        add_blocks(b, part, a, voice);
    b->turn++;
    return status;
}

/* Tells what `d` could not read. `format` is for its name and the reason. */
static enum status tell_left_out(struct docbao_bulletin *b, const struct recipe_part *p,
                                 enum recipe_key key, const struct docbao *d, const char *format)
{
    struct buf name = BUF_INIT, why = BUF_INIT;
    buf_add_sv(&name, buf_sv(&d->err.file));
    buf_add_sv(&why, buf_sv(&d->err.message));
    err_set(&b->d->err, STATUS_INPUT, format, name.p, why.p);
    bulletin_note(b, p, key);
    b->partial = true;
    buf_free(&name);
    buf_free(&why);
    return STATUS_OK;
}

/* An article that cannot be read is left out; anything else ends the bulletin. */
static enum status tell_unread(struct docbao_bulletin *b, const struct recipe_part *p,
                               enum recipe_key key, uint32_t voice, enum docbao_status status)
{
    struct docbao *d = b->voices.at[voice].d;
    if (status != DOCBAO_INPUT)
        return bulletin_take_error(b, d);
    return tell_left_out(b, p, key, d, N_("An article is left out. %s: %s"));
}

static enum status add_article(struct docbao_bulletin *b, const struct recipe_part *p)
{
    uint32_t voice;
    struct docbao_article *a;
    enum status status = bulletin_voice_of(b, p, b->turn, &voice);
    if (status)
        return status;
    enum docbao_status opened =
        docbao_open_file(b->voices.at[voice].d, p->values[RECIPE_KEY_file].text, &a);
    if (opened)
        return tell_unread(b, p, RECIPE_KEY_file, voice, opened);
    return add_opened(b, p, a, (struct docbao_text){0}, voice);
}

/* ---- feeds ---- */

/* It was in this very bulletin, which is made again. */
static bool was_taken(const struct docbao_bulletin *b, const struct docbao_feed_item *item)
{
    struct buf name = BUF_INIT;
    bulletin_taken(b, (struct sv){item->key.p, item->key.n}, &name);
    bool taken = heard_has(&b->taken, buf_sv(&name));
    buf_free(&name);
    return taken;
}

/* Whether the item is wanted. A date that cannot be read, or is to come, counts as today. */
static bool is_wanted(const struct docbao_bulletin *b, const struct recipe_part *p,
                      const struct docbao_feed_item *item)
{
    enum { DATE_BYTES = 10 };
    int32_t day;
    struct buf date = BUF_INIT;
    buf_add(&date, item->date.n ? item->date.p : "",
            item->date.n < DATE_BYTES ? item->date.n : DATE_BYTES);
    bool dated = recipe_days(date.p, &day);
    buf_free(&date);
    if (recipe_has(p, RECIPE_KEY_days) && dated &&
        b->day - day >= (int32_t)p->values[RECIPE_KEY_days].number)
        return false;
    bool only_new = recipe_number(p, RECIPE_KEY_fresh, 0) > 0;
    return !only_new || !item->heard || was_taken(b, item);
}

static bool is_there_already(const struct docbao_bulletin *b, const struct docbao_feed_item *item)
{
    for (size_t i = 0; i < b->items.n; i++) {
        struct docbao_text key = docbao_feed_at(b->items.at[i].feed, b->items.at[i].index).key;
        if (key.n && key.n == item->key.n && memcmp(key.p, item->key.p, key.n) == 0)
            return true;
    }
    return false;
}

static enum status add_item(struct docbao_bulletin *b, const struct recipe_part *p,
                            struct docbao_feed *feed, uint32_t index, bool *added)
{
    uint32_t voice;
    struct docbao_article *a;
    enum status status = bulletin_voice_of(b, p, b->turn, &voice);
    *added = false;
    if (status)
        return status;
    enum docbao_status opened = docbao_feed_article(b->voices.at[voice].d, feed, index, &a);
    if (opened)
        return tell_unread(b, p, RECIPE_KEY_feed, voice, opened);
    *vec_push(&b->items) = (struct bulletin_item){feed, index, b->parts.n};
    *added = true;
    return add_opened(b, p, a, docbao_feed_at(feed, index).title, voice);
}

static enum status add_items(struct docbao_bulletin *b, const struct recipe_part *p,
                             struct docbao_feed *feed)
{
    uint32_t most = (uint32_t)recipe_number(p, RECIPE_KEY_most, USUAL_MOST), taken = 0;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < docbao_feed_count(feed) && taken < most && !status; i++) {
        struct docbao_feed_item item = docbao_feed_at(feed, i);
        bool added = false;
        if (is_wanted(b, p, &item) && !is_there_already(b, &item))
            status = add_item(b, p, feed, i, &added);
        taken += added;
    }
    if (status || taken)
        return status;
    err_set(&b->d->err, STATUS_INPUT, "There is no article to take from the feed “%s”.",
            p->values[RECIPE_KEY_feed].text);
    bulletin_note(b, p, RECIPE_KEY_feed);
    return STATUS_OK;
}

static enum status add_feed(struct docbao_bulletin *b, const struct recipe_part *p)
{
    struct docbao_feed *feed;
    enum docbao_status status =
        docbao_feed_open(b->d, p->values[RECIPE_KEY_feed].text, b->wish->heard, &feed);
    if (status == DOCBAO_INPUT)
        return tell_left_out(b, p, RECIPE_KEY_feed, b->d, N_("A feed is left out. %s: %s"));
    if (status)
        return (enum status)status;
    *vec_push(&b->feeds) = feed;
    return add_items(b, p, feed);
}

enum status bulletin_add_articles(struct docbao_bulletin *b, const struct recipe_part *p)
{
    return p->section == RECIPE_articles ? add_feed(b, p) : add_article(b, p);
}

/* ---- headlines ---- */

/* The sentences of the article's own title; len 0: it has none. */
static struct span title_range(const struct article *a)
{
    bool has = a->blocks.n && a->blocks.at[0].kind == BLOCK_TITLE;
    return has ? block_range(a, 0) : (struct span){0, 0};
}

/* Says the title of a part: as its article does, where the voice is the same; else as a text. */
static enum status add_headline(struct docbao_bulletin *b, size_t headlines, size_t part)
{
    const struct recipe_part *p = b->parts.at[headlines].recipe;
    uint32_t first = b->fit_parts.at[part].first, voice = b->sentences.at[first].voice;
    struct docbao_article *a = b->sentences.at[first].article;
    struct span range = title_range(&a->a);
    enum status status = STATUS_OK;
    if (recipe_has(p, RECIPE_KEY_voice))
        status = bulletin_voice_of(b, p, 0, &voice);
    bool own = range.len && voice == b->sentences.at[first].voice &&
               !recipe_has(b->parts.at[part].recipe, RECIPE_KEY_title);
    if (!status && !own) {
        status = bulletin_open_text(b, voice, b->parts.at[part].title,
                                    sv_of(b->parts.at[part].title), &a);
        range = status ? (struct span){0, 0} : (struct span){0, (uint32_t)a->a.sentences.n};
    }
    if (!status)
        bulletin_add_sentences(b, headlines, a, voice, range);
    struct fit_part *said = &b->fit_parts.at[headlines];
    for (uint32_t i = 0; i < range.len; i++)
        b->fit_sentences.at[said->first + said->sentences - 1 - i].announces = (uint32_t)part;
    return status;
}

enum status bulletin_add_headlines(struct docbao_bulletin *b, size_t headlines)
{
    const struct recipe_part *p = b->parts.at[headlines].recipe;
    uint32_t most = (uint32_t)recipe_number(p, RECIPE_KEY_most, USUAL_MOST), said = 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < b->parts.n && said < most && !status; i++) {
        enum recipe_section section = b->parts.at[i].recipe->section;
        bool article = section == RECIPE_article || section == RECIPE_articles;
        if (!article || !b->fit_parts.at[i].sentences)
            continue;
        status = add_headline(b, headlines, i);
        said++;
    }
    b->fit_parts.at[headlines].least = b->fit_parts.at[headlines].sentences;
    return status;
}
