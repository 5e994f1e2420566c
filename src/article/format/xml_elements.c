#include "article/format/xml_html.h"
#include "article/format/xml_walk.h"
#include "base/ascii.h"
#include "base/message.h"

enum {
    BINDINGS_MAX = 256, /* of prefixes, in force at one place */
    SEARCH_MAX = 512,   /* open elements that an end tag looks through when `retries` is used up */
};

/* ---- namespaces ---- */

static const char *space_of(const struct walk *w, struct sv prefix)
{
    for (size_t i = w->bindings.n; i-- > 0;)
        if (sv_eq(w->bindings.at[i].prefix, prefix))
            return w->bindings.at[i].space;
    return "";
}

void xml_add_binding(struct walk *w, struct sv prefix, struct sv space)
{
    if (w->bindings.n < BINDINGS_MAX)
        *vec_push(&w->bindings) = (struct binding){prefix, arena_dup(&w->arena, space)};
}

struct sv xml_cut_prefix(struct sv *name)
{
    const char *colon = memchr(name->p, ':', name->n);
    size_t n = colon ? (size_t)(colon - name->p) : 0;
    if (!colon || n + 1 == name->n)
        return sv_sub(*name, 0, 0);
    struct sv prefix = sv_sub(*name, 0, n);
    *name = sv_sub(*name, n + 1, name->n - n - 1);
    return prefix;
}

/* ---- elements ---- */

/* HTML does not distinguish capitals in names. */
static void set_name(struct walk *w, struct sv name)
{
    buf_clear(&w->name);
    for (size_t i = 0; i < name.n; i++)
        buf_putc(&w->name, w->is_html ? ascii_lower(name.p[i]) : name.p[i]);
}

static void report_open(struct walk *w, const struct element *e)
{
    set_name(w, e->name);
    const struct xml_tag tag = {w->name.p, e->space, w->attributes.at, w->attributes.n};
    w->client->open(w->client->user, &tag);
}

void xml_close_element(struct walk *w)
{
    const struct element *e = &w->open.at[w->open.n - 1];
    set_name(w, e->name);
    w->client->close(w->client->user, w->name.p, e->space);
    w->bindings.n = e->bindings;
    w->open.n--;
}

/* The body ends the head, also where the end tag of the head is damaged. */
static void end_head(struct walk *w)
{
    enum { DEEPEST = 64 };
    size_t i = w->open.n < DEEPEST ? w->open.n : 0;
    while (i && !ascii_same(w->open.at[i - 1].name, SV("head")))
        i--;
    while (i && w->open.n >= i)
        xml_close_element(w);
}

void xml_open_element(struct walk *w, struct sv name, size_t bindings, bool empty)
{
    if (w->is_html && ascii_same(name, SV("body")))
        end_head(w);
    while (w->is_html && !w->is_strict && w->open.n &&
           xml_html_ends_before(w->open.at[w->open.n - 1].name, name))
        xml_close_element(w);
    struct element e = {.name = name, .bindings = bindings};
    if (e.bindings > w->bindings.n)
        e.bindings = w->bindings.n;
    e.prefix = xml_cut_prefix(&e.name);
    e.space = space_of(w, e.prefix);
    *vec_push(&w->open) = e;
    report_open(w, &e);
    if (empty)
        xml_close_element(w);
}

void xml_use_retries(struct walk *w, size_t n)
{
    w->retries -= n < w->retries ? n : w->retries;
}

/* Whether the element may lack its end tag. */
static bool may_stay_open(const struct walk *w, struct sv name)
{
    return w->is_html && !w->is_strict && xml_html_may_stay_open(name);
}

static bool same_name(const struct walk *w, const struct element *e, struct sv prefix,
                      struct sv name)
{
    return w->is_html ? ascii_same(e->name, name)
                      : sv_eq(e->name, name) && sv_eq(e->prefix, prefix);
}

/* Whether all elements from the i-th on may be closed without an end tag. */
bool xml_may_close(const struct walk *w, size_t i)
{
    while (i < w->open.n && may_stay_open(w, w->open.at[i].name))
        i++;
    return i == w->open.n;
}

/* Closes the element of this name, and those in it that are still open. */
void xml_end_element(struct walk *w, struct sv name)
{
    struct sv prefix = xml_cut_prefix(&name);
    size_t lowest = w->retries || w->open.n < SEARCH_MAX ? 0 : w->open.n - SEARCH_MAX;
    size_t i = w->open.n;
    if (w->is_html && xml_html_is_void(name))
        return;
    while (i > lowest && !same_name(w, &w->open.at[i - 1], prefix, name))
        i--;
    if (i == lowest || !xml_may_close(w, i))
        xml_note_fault(w, N_("an end tag that does not fit"));
    if (i == lowest)
        xml_use_retries(w, w->open.n);
    while (i > lowest && w->open.n >= i)
        xml_close_element(w);
}
