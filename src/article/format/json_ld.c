#include "article/format/json_ld.h"

#include <yajl/yajl_parse.h>

#include "article/format/json_repair.h"
#include "base/ascii.h"
#include "base/vec.h"

enum { DEEPEST = 200, MOST_PEOPLE = 8, MOST_BYTES_OF_PEOPLE = 1024 };

/* The meaning of a key. */
enum key {
    KEY_OTHER,
    KEY_TYPE,
    KEY_DATE,
    KEY_HEADLINE,
    KEY_NAME,
    KEY_AUTHOR,
    KEY_PAGE,  /* leads to objects that describe the page as much as this one */
    KEY_ASIDE, /* leads to comments, or to other articles */
};

/* An object that is open. Arrays are not: what they hold belongs to the key in front of them. */
struct object {
    size_t begin;    /* how many objects began before it */
    unsigned nested; /* how many keys, other than KEY_PAGE, lead to it */
    bool aside;      /* a comment, another article, or inside one */
    bool article, list;
    enum key key;     /* the last one */
    size_t author_of; /* the object whose author this describes, plus 1; 0: none */
    unsigned people_count;
    struct buf date, headline, people;
};

struct reader {
    struct json_ld *out;
    VEC(struct object) open;
    size_t begun;
    unsigned arrays; /* open */
    /* The places of the best article and the best other date. */
    size_t article_begin, date_begin;
    unsigned article_nested, date_nested;
};

static enum key key_of(struct sv name)
{
    static const char *const pages[] = {"@graph", "mainEntity", "mainEntityOfPage", NULL};
    static const char *const asides[] = {"comment",         "comments", "review",    "reviews",
                                         "itemListElement", "hasPart",  "isPartOf",  "mentions",
                                         "isBasedOn",       "blogPost", "blogPosts", "subjectOf",
                                         "liveBlogUpdate",  "citation", "about",     NULL};
    static const struct {
        const char *name;
        enum key key;
    } keys[] = {{"@type", KEY_TYPE},
                {"datePublished", KEY_DATE},
                {"headline", KEY_HEADLINE},
                {"name", KEY_NAME},
                {"author", KEY_AUTHOR}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (sv_is(name, keys[i].name))
            return keys[i].key;
    if (ascii_is_one_of(name, pages))
        return KEY_PAGE;
    bool aside = ascii_starts(name, SV("related")) || ascii_is_one_of(name, asides);
    return aside ? KEY_ASIDE : KEY_OTHER;
}

/* "NewsArticle", "schema:NewsArticle", "https://schema.org/NewsArticle". */
static void add_type(struct object *o, struct sv type)
{
    static const char *const articles[] = {
        "Article",         "NewsArticle",        "ReportageNewsArticle", "BlogPosting",
        "LiveBlogPosting", "OpinionNewsArticle", "AnalysisNewsArticle",  NULL};
    static const char *const lists[] = {"CollectionPage", "ItemList", "SearchResultsPage", NULL};
    static const char *const answers[] = {"Comment",
                                          "UserComments",
                                          "CorrectionComment",
                                          "Review",
                                          "UserReview",
                                          "CriticReview",
                                          "Answer",
                                          NULL};
    for (size_t i = type.n; i-- > 0;)
        if (type.p[i] == '/' || type.p[i] == ':' || type.p[i] == '#') {
            type = sv_sub(type, i + 1, type.n - i - 1);
            break;
        }
    o->article = o->article || ascii_is_one_of(type, articles);
    o->list = o->list || ascii_is_one_of(type, lists);
    o->aside = o->aside || ascii_is_one_of(type, answers);
}

static void add_person(struct object *article, struct sv name)
{
    struct buf *people = &article->people;
    if (!name.n || article->people_count++ >= MOST_PEOPLE || people->n >= MOST_BYTES_OF_PEOPLE)
        return;
    if (people->n)
        buf_putc(people, ';');
    buf_add_sv(people, name);
}

static void keep_first(struct buf *kept, struct sv value)
{
    if (!kept->n)
        buf_add_sv(kept, value);
}

/* ---- objects ---- */

/* Whether an object comes before the best one so far: less nested, or as nested and earlier. */
static bool is_better(const struct object *o, unsigned nested, size_t begin)
{
    return o->nested < nested || (o->nested == nested && o->begin < begin);
}

static void move_text(struct buf *to, struct buf *from)
{
    struct buf old = *to;
    *to = *from;
    *from = old;
}

static void judge_object(struct reader *r, struct object *o)
{
    struct json_ld *out = r->out;
    out->has_list = out->has_list || (o->list && !o->aside);
    if (o->aside)
        return;
    if (o->article && is_better(o, r->article_nested, r->article_begin)) {
        out->has_article = true;
        r->article_nested = o->nested;
        r->article_begin = o->begin;
        move_text(&out->date, &o->date);
        move_text(&out->headline, &o->headline);
        move_text(&out->people, &o->people);
    } else if (o->date.n && !o->article && is_better(o, r->date_nested, r->date_begin)) {
        r->date_nested = o->nested;
        r->date_begin = o->begin;
        move_text(&out->page_date, &o->date);
    }
}

static void end_object(struct reader *r)
{
    struct object *o = &r->open.at[--r->open.n];
    judge_object(r, o);
    buf_free(&o->date);
    buf_free(&o->headline);
    buf_free(&o->people);
}

/* ---- what the parser calls; 0 makes it stop ---- */

static int on_object(void *user)
{
    struct reader *r = user;
    struct object o = {
        .begin = r->begun++, .date = BUF_INIT, .headline = BUF_INIT, .people = BUF_INIT};
    if (r->open.n) {
        size_t parent = r->open.n - 1;
        const struct object *p = &r->open.at[parent];
        o.nested = p->nested + (p->key != KEY_PAGE);
        o.aside = p->aside || p->key == KEY_ASIDE;
        o.author_of = p->key == KEY_AUTHOR && !p->author_of ? parent + 1 : p->author_of;
    }
    *vec_push(&r->open) = o;
    return r->open.n <= DEEPEST;
}

static int on_key(void *user, const unsigned char *name, size_t n)
{
    struct reader *r = user;
    r->open.at[r->open.n - 1].key = key_of((struct sv){(const char *)name, n});
    return 1;
}

static int on_string(void *user, const unsigned char *bytes, size_t n)
{
    struct reader *r = user;
    struct sv value = {(const char *)bytes, n};
    if (!r->open.n)
        return 1;
    struct object *o = &r->open.at[r->open.n - 1];
    if (o->key == KEY_TYPE)
        add_type(o, value);
    else if (o->key == KEY_DATE)
        keep_first(&o->date, value);
    else if (o->key == KEY_HEADLINE)
        keep_first(&o->headline, value);
    else if (o->key == KEY_NAME && o->author_of)
        add_person(&r->open.at[o->author_of - 1], value);
    return 1;
}

static int on_object_end(void *user)
{
    end_object(user);
    return 1;
}

static int on_array(void *user)
{
    struct reader *r = user;
    return ++r->arrays <= DEEPEST;
}

static int on_array_end(void *user)
{
    struct reader *r = user;
    r->arrays--;
    return 1;
}

void json_ld_read(struct json_ld *out, struct sv script)
{
    static const yajl_callbacks callbacks = {
        .yajl_string = on_string,
        .yajl_start_map = on_object,
        .yajl_map_key = on_key,
        .yajl_end_map = on_object_end,
        .yajl_start_array = on_array,
        .yajl_end_array = on_array_end,
    };
    *out = (struct json_ld){
        .date = BUF_INIT, .headline = BUF_INIT, .people = BUF_INIT, .page_date = BUF_INIT};
    struct reader r = {.out = out, .article_nested = UINT32_MAX, .date_nested = UINT32_MAX};
    struct buf json = BUF_INIT;
    json_repair(&json, script);
    yajl_alloc_funcs memory = {mem_for_library, mem_regrow_for_library, mem_free_for_library, NULL};
    yajl_handle parser = yajl_alloc(&callbacks, &memory, &r);
    yajl_config(parser, yajl_allow_multiple_values, 1);
    yajl_parse(parser, (const unsigned char *)json.p, json.n);
    yajl_free(parser);
    while (r.open.n) /* the script is broken, or ends too early */
        end_object(&r);
    vec_free(&r.open);
    buf_free(&json);
}

void json_ld_free(struct json_ld *out)
{
    buf_free(&out->date);
    buf_free(&out->headline);
    buf_free(&out->people);
    buf_free(&out->page_date);
}
