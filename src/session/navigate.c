#include "session/places.h"

static bool begins(enum place_kind kind, const struct block *block)
{
    if (!block->nsent)
        return false;
    return kind == PLACE_PARAGRAPH || block->sent0 == 0 || block->kind == BLOCK_HEADING;
}

/* Where units begin that are paragraphs or parts: blocks stand in the order of their sentences. */
bool place_by(const struct article *a, enum place_kind kind, uint32_t sentence, int step,
              uint32_t *found)
{
    if (kind == PLACE_SENTENCE) {
        *found = sentence + (uint32_t)step;
        return step > 0 ? *found < a->sentences.n : sentence > 0;
    }
    bool any = false;
    for (size_t i = 0; i < a->blocks.n; i++) {
        const struct block *block = &a->blocks.at[i];
        if (!begins(kind, block))
            continue;
        if (step > 0 && block->sent0 > sentence) {
            *found = block->sent0;
            return true;
        }
        if (step < 0 && block->sent0 < sentence) {
            *found = block->sent0;
            any = true;
        }
    }
    return any;
}

uint32_t place_last(const struct article *a, enum place_kind kind)
{
    uint32_t last = (uint32_t)a->sentences.n, found = last - 1;
    if (kind != PLACE_SENTENCE)
        place_by(a, kind, last, -1, &found);
    return found;
}

uint32_t place_of_offset(const struct article *a, uint32_t offset)
{
    uint32_t found = a->sentences.n ? (uint32_t)a->sentences.n - 1 : 0;
    uint32_t best = UINT32_MAX;
    /* Blocks are in reading order, which is not always that of the text. */
    for (uint32_t i = 0; i < a->sentences.n; i++) {
        const struct span *text = &a->sentences.at[i].text;
        if (offset >= text->off && offset < text->off + text->len)
            return i;
        if (text->off >= offset && text->off < best) {
            best = text->off;
            found = i;
        }
    }
    return found;
}
