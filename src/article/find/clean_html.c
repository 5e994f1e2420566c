#include "article/find/clean_html.h"

#include "article/find/emit.h"
#include "article/find/html_find.h"
#include "article/input/load.h"
#include "base/message.h"

static bool has_something_to_read(const struct search *s)
{
    for (size_t i = 0; i < s->lines.n; i++)
        if (s->lines.at[i].shown && s->lines.at[i].has_content)
            return true;
    return false;
}

static enum status fail(const struct article *a, struct err *e, const char *message)
{
    err_set(e, STATUS_INPUT, "%s", _(message));
    return load_error_in(a->name, e);
}

static void classify_raw(struct search *s)
{
    for (size_t i = 0; i < s->lines.n; i++) {
        s->lines.at[i].kind = BLOCK_PARAGRAPH;
        s->lines.at[i].reason = s->lines.at[i].shown ? SKIP_NONE : SKIP_HIDDEN;
    }
}

static bool find_article(struct search *s)
{
    if (!html_find(s))
        return false;
    html_find_date(s);
    html_find_rows(s);
    html_find_byline(s);
    html_classify(s);
    html_find_pictures(s);
    return true;
}

static enum status read_lines(struct search *s, bool raw, struct err *e)
{
    if (!has_something_to_read(s))
        return fail(s->a, e,
                    N_("nothing to read: the page shows no letter and no digit (is its text "
                       "made by a script? then save it from the browser, complete)"));
    if (raw)
        classify_raw(s);
    else if (!find_article(s))
        return fail(s->a, e,
                    N_("there is no article in this page, only links to others or a form; open "
                       "one of the articles and give that, or read all of it with --raw"));
    emit_article(s);
    if (!s->a->blocks.n)
        return fail(s->a, e, N_("no article was found in this page; read all of it with --raw"));
    return STATUS_OK;
}

enum status clean_html(const struct html_page *page, bool raw, struct err *e)
{
    struct search search;
    html_begin(&search, page);
    enum status status = read_lines(&search, raw, e);
    search_free(&search);
    return status;
}
