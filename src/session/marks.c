#include "session/marks.h"

#include "article/input/fetch.h"
#include "article/view.h"
#include "text/recall.h"

#define NO_BLOCK UINT32_MAX

void marks_begin(struct marks *m, const struct sink_driver *driver,
                 const struct marks_target *target)
{
    *m = (struct marks){
        .target = *target,
        .used = target->given && (driver->mark || driver->tags),
        .words = target->given && driver->mark && !driver->only_parts,
        .block = NO_BLOCK,
        .token = DOCBAO_NO_TOKEN,
        .folded = BUF_INIT,
    };
}

void marks_free(struct marks *m)
{
    if (m->target.mark)
        buf_free(&m->folded);
}

static struct sv written(struct marks *m, const struct article *a, struct span text)
{
    return view_fold(sv_at(a->text, text), &m->folded);
}

static enum status add(struct marks *m, uint64_t frame, enum sink_mark_kind kind, struct sv text,
                       struct err *e)
{
    struct sink_mark mark = {frame, kind, text};
    return m->target.mark(m->target.to, &mark, e);
}

/* A copy that the caller frees: the tags are all given at once. */
static struct buf block_text(struct marks *m, const struct article *a, enum block_kind kind)
{
    struct buf copy = BUF_INIT, read = BUF_INIT;
    if (article_add_read(a, kind, &read))
        buf_add_sv(&copy, view_fold(buf_sv(&read), &m->folded));
    buf_free(&read);
    return copy;
}

/* The name of a file without folders and ending; "" of standard input. */
static struct sv name_of(const struct article *a)
{
    struct sv rest = sv_of(a->name), name = rest;
    while (rest.p)
        name = sv_cut(&rest, '/');
    struct sv stem = name;
    for (size_t i = 1; i < name.n; i++)
        stem = name.p[i] == '.' ? sv_sub(name, 0, i) : stem;
    return sv_is(stem, "-") ? SV("") : stem;
}

/* The site of an address: "https://bao.example/tin" gives "bao.example". */
static struct sv site_of(struct sv address)
{
    ptrdiff_t scheme = sv_find(address, SV("://"));
    struct sv rest = sv_sub(address, scheme < 0 ? 0 : (size_t)scheme + 3, address.n);
    struct sv host = sv_cut(&rest, '/');
    return sv_starts(host, SV("www.")) ? sv_sub(host, 4, host.n) : host;
}

static struct sv choose(struct sv given, struct sv own)
{
    return given.n ? given : own;
}

static enum status set_tags(struct marks *m, const struct sink_tags *own, struct err *e)
{
    const struct sink_tags *given = m->target.given;
    struct sink_tags tags = {
        .title = choose(given->title, own->title),
        .author = choose(given->author, own->author),
        .source = choose(given->source, own->source),
        .date = choose(given->date, own->date),
        .language = choose(given->language, own->language),
        .comment = choose(given->comment, own->comment),
        .picture = choose(choose(given->picture, own->picture), given->spare_picture),
    };
    return m->target.tags(m->target.to, &tags, e);
}

static enum status begin_article(struct marks *m, uint64_t frame, const struct article *a,
                                 struct err *e)
{
    struct buf title = block_text(m, a, BLOCK_TITLE), byline = block_text(m, a, BLOCK_BYLINE);
    bool web = fetch_is_web(sv_of(a->name));
    struct sink_tags own = {
        .title = buf_sv(&title),
        .author = buf_sv(&byline),
        .source = web ? site_of(sv_of(a->name)) : SV(""),
        .date = a->date ? sv_of(a->date) : SV(""),
        .language = SV("vi"),
        .comment = web ? sv_of(a->name) : SV(""),
        .picture = a->picture,
    };
    enum status status = set_tags(m, &own, e);
    if (!status)
        status = add(m, frame, SINK_MARK_ARTICLE, own.title.n || web ? own.title : name_of(a), e);
    buf_free(&title);
    buf_free(&byline);
    m->article = a;
    m->block = NO_BLOCK;
    return status;
}

/* Sentences of a block are consecutive, and blocks are in the order of their sentences. */
static uint32_t block_of(const struct marks *m, const struct article *a, uint32_t sentence)
{
    bool later = m->block < a->blocks.n && sentence >= a->blocks.at[m->block].sent0;
    uint32_t i = later ? m->block : 0;
    while (i < a->blocks.n && sentence >= a->blocks.at[i].sent0 + a->blocks.at[i].nsent)
        i++;
    return i;
}

static enum status begin_block(struct marks *m, uint64_t frame, const struct article *a,
                               uint32_t index, struct err *e)
{
    const struct block *block = &a->blocks.at[index];
    bool heading = block->kind == BLOCK_HEADING || block->kind == BLOCK_TITLE;
    m->block = index;
    return add(m, frame, heading ? SINK_MARK_HEADING : SINK_MARK_PARAGRAPH,
               written(m, a, block->text), e);
}

enum status marks_sentence(struct marks *m, uint64_t frame, const struct clip *clip, struct err *e)
{
    const struct article *a = clip->article;
    enum status status = STATUS_OK;
    if (!m->used)
        return STATUS_OK;
    if (m->article != a || clip->sentence == 0)
        status = begin_article(m, frame, a, e);
    uint32_t block = block_of(m, a, clip->sentence);
    if (!status && block != m->block && block < a->blocks.n)
        status = begin_block(m, frame, a, block, e);
    m->token = DOCBAO_NO_TOKEN;
    if (!status && m->words)
        status = add(m, frame, SINK_MARK_SENTENCE, written(m, a, clip_sentence(clip)->text), e);
    return status;
}

enum status marks_word(struct marks *m, uint64_t frame, const struct clip *clip, uint32_t token,
                       struct err *e)
{
    if (!m->words || token == DOCBAO_NO_TOKEN || token == m->token)
        return STATUS_OK;
    m->token = token;
    const struct article *a = clip->article;
    recall_sentence(a, clip->sentence);
    return add(m, frame, SINK_MARK_WORD, written(m, a, article_token(a, token)->text), e);
}
