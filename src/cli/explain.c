/* The pages a listener can ask for: how a sentence is read, and the keys. */
#include "cli/listen.h"

#include <stdlib.h>
#include <string.h>

static FILE *page_open(char **text, size_t *length)
{
    FILE *page = open_memstream(text, length);
    if (!page)
        abort();
    return page;
}

static void put(FILE *page, struct docbao_text text)
{
    fwrite(text.p, 1, text.n, page);
}

static void put_changed(FILE *page, const struct docbao_token *t)
{
    put(page, t->written);
    fputs(" → ", page);
    put(page, cli_without_pause(t->spoken));
    fprintf(page, " (%s%s%s)\n", t->kind, *t->rule ? ", " : "", t->rule);
}

/* A token a line; words that are read as they are written stand together. */
char *explain_sentence(struct docbao_article *a, uint32_t sentence)
{
    char *text = NULL;
    size_t length;
    FILE *page = page_open(&text, &length);
    struct docbao_sentence s = docbao_sentence_at(a, sentence);
    put(page, s.written);
    fputs("\n→ ", page);
    put(page, s.spoken);
    fputs("\n\n", page);
    bool plain = false;
    for (uint32_t i = 0; i < s.tokens; i++) {
        struct docbao_token t = docbao_token_at(a, s.token0 + i);
        if (t.changed && plain)
            fputs(" (as written)\n", page);
        else if (plain)
            fputc(' ', page);
        plain = !t.changed;
        if (t.changed)
            put_changed(page, &t);
        else
            put(page, t.written);
    }
    if (plain)
        fputs(" (as written)\n", page);
    fclose(page);
    return text;
}

/* The keys of a command, and those that do the opposite, then what it does. */
char *explain_keys(void)
{
    enum { KEYS_WIDTH = 14 };
    char *text = NULL;
    size_t length;
    FILE *page = page_open(&text, &length);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = &command_rows[i];
        if (!*row->keys)
            continue;
        int width = fprintf(page, "%s%s%s", row->keys, *row->back ? "  " : "", row->back);
        fprintf(page, "%*s%s\n", width < KEYS_WIDTH ? KEYS_WIDTH - width : 1, "", row->help);
    }
    fclose(page);
    return text;
}
