#include "article/find/clean_plain.h"

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
