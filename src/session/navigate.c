#include "session/navigate.h"

static bool begins(enum navigate_unit unit, const struct block *block)
{
    if (!block->nsent)
        return false;
    switch (unit) {
    case NAVIGATE_PARAGRAPH:
        return true;
    case NAVIGATE_PART:
        return block->sent0 == 0 || block->kind == BLOCK_HEADING;
    default:
        return block->sent0 == 0;
    }
}

bool navigate_by(const struct article *a, enum navigate_unit unit, uint32_t sentence, int step,
                 uint32_t *found)
{
    if (unit == NAVIGATE_SENTENCE) {
        *found = sentence + (uint32_t)step;
        return step > 0 ? *found < a->sentences.n : sentence > 0;
    }
    bool any = false;
    /* Blocks are in the order of their sentences. */
    for (size_t i = 0; i < a->blocks.n; i++) {
        const struct block *block = &a->blocks.at[i];
        if (!begins(unit, block))
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

uint32_t navigate_last(const struct article *a, enum navigate_unit unit)
{
    uint32_t end = (uint32_t)a->sentences.n, found = end - 1;
    if (unit != NAVIGATE_SENTENCE)
        navigate_by(a, unit, end, -1, &found);
    return found;
}

uint32_t navigate_to_offset(const struct article *a, uint32_t offset)
{
    uint32_t found = a->sentences.n ? (uint32_t)a->sentences.n - 1 : 0;
    uint32_t best = UINT32_MAX;
    /* Blocks are in reading order, which may differ from the order of the text. */
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
