#include "article/find/clean_plain.h"

#include "article/find/emit.h"
#include "article/find/pasted.h"
#include "article/find/wrap.h"

void clean_plain(struct article *a)
{
    struct search s;
    struct line_list lines = {0};
    search_begin(&s, a, NULL);
    wrap_lines(&lines, a->text);
    vec_reserve(&s.lines, lines.n);
    for (size_t i = 0; i < lines.n; i++) {
        lines.at[i].shown = true;
        search_add(&s, lines.at[i]);
    }
    vec_free(&lines);
    search_find_counters(&s);
    if (!pasted_find(&s)) {
        s.from = 0;
        s.to = s.lines.n;
    }
    pasted_classify(&s);
    emit_article(&s);
    search_free(&s);
}

void clean_raw(struct article *a)
{
    struct sv rest = a->text;
    while (rest.p) {
        struct sv line = sv_trim(sv_cut(&rest, '\n'));
        if (!line.n)
            continue;
        struct span span = {(uint32_t)(line.p - a->text.p), (uint32_t)line.n};
        *vec_push(&a->blocks) = (struct block){.kind = BLOCK_PARAGRAPH, .text = span};
    }
}
