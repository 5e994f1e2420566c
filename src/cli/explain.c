/* The pages a listener can ask for: how a sentence is read, and the keys. */
#include "cli/listen.h"

#include "base/message.h"

static void put(struct buf *page, struct docbao_text text)
{
    buf_add(page, text.p, text.n);
}

static void put_changed(struct buf *page, const struct docbao_token *t)
{
    put(page, t->written);
    buf_adds(page, " → ");
    put(page, cli_without_pause(t->spoken));
    const char *rule = cli_rule(t);
    buf_addf(page, *rule ? " (%s, %s)\n" : " (%s%s)\n", t->kind_name, rule);
}

/* Ends a run of words that are read as they are written. */
static void end_run(struct buf *page)
{
    buf_addf(page, " (%s)\n", _("as written"));
}

/* One token a line; words that are read as they are written share one. */
char *explain_sentence_page(struct docbao_article *a, uint32_t sentence)
{
    struct buf page = BUF_INIT;
    struct docbao_sentence s = docbao_sentence_at(a, sentence);
    put(&page, s.written);
    buf_adds(&page, "\n→ ");
    put(&page, s.spoken);
    buf_adds(&page, "\n\n");
    bool in_run = false;
    for (uint32_t i = 0; i < s.tokens; i++) {
        struct docbao_token t = docbao_token_at(a, s.token0 + i);
        if (t.changed && in_run)
            end_run(&page);
        else if (in_run)
            buf_putc(&page, ' ');
        in_run = !t.changed;
        if (t.changed)
            put_changed(&page, &t);
        else
            put(&page, t.written);
    }
    if (in_run)
        end_run(&page);
    return buf_detach(&page);
}

/* The keys of a command and those that do the opposite, then its help. */
char *explain_keys_page(void)
{
    enum { KEYS_WIDTH = 14 };
    struct buf page = BUF_INIT;
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = &command_rows[i];
        if (!*row->keys)
            continue;
        size_t start = page.n;
        buf_addf(&page, *row->back ? "%s  %s" : "%s%s", row->keys, row->back);
        int width = (int)(page.n - start);
        buf_addf(&page, "%*s%s\n", width < KEYS_WIDTH ? KEYS_WIDTH - width : 1, "", _(row->help));
    }
    return buf_detach(&page);
}
