#include "library/repeats.h"

#include "base/nfc.h"
#include "base/utf8.h"

enum { LONG_WORDS = 5 };

/* ---- the blocks of earlier articles ---- */

static size_t slot_of(const struct repeats *r, struct fingerprint f)
{
    size_t i = (size_t)(f.hash ^ f.hash >> 32) & r->mask;
    while (r->slots[i].text.length &&
           (r->slots[i].text.hash != f.hash || r->slots[i].text.length != f.length))
        i = (i + 1) & r->mask;
    return i;
}

static void make_room(struct repeats *r)
{
    struct repeats old = *r;
    if (r->slots && (r->count + 1) * 2 <= r->mask)
        return;
    r->mask = r->slots ? old.mask * 2 + 1 : 127;
    r->slots = mem_zalloc((r->mask + 1) * sizeof *r->slots);
    for (size_t i = 0; old.slots && i <= old.mask; i++)
        if (old.slots[i].text.length)
            r->slots[slot_of(r, old.slots[i].text)] = old.slots[i];
    free(old.slots);
}

/* The number of the article in the order they came; if it is new, the next number. */
static uint32_t number_of(const struct repeats *r, uint64_t key)
{
    size_t i = 0;
    while (i < r->articles.n && r->articles.at[i] != key)
        i++;
    return (uint32_t)i;
}

static bool may_be_repeated(const struct block *b)
{
    return b->kind >= BLOCK_HEADING && b->kind <= BLOCK_CAPTION;
}

static struct fingerprint block_fingerprint(const struct article *a, size_t block)
{
    return fingerprint_of(sv_at(a->text, a->blocks.at[block].text));
}

void repeats_add(struct repeats *r, const struct article *a, uint64_t key)
{
    uint32_t number = number_of(r, key);
    if (number == r->articles.n)
        *vec_push(&r->articles) = key;
    for (size_t i = 0; i < a->blocks.n; i++) {
        struct fingerprint f = block_fingerprint(a, i);
        if (!may_be_repeated(&a->blocks.at[i]) || !f.length)
            continue;
        make_room(r);
        struct repeats_block *slot = &r->slots[slot_of(r, f)];
        r->count += !slot->text.length;
        if (!slot->text.length)
            *slot = (struct repeats_block){f, number};
    }
}

void repeats_free(struct repeats *r)
{
    vec_free(&r->articles);
    free(r->slots);
    *r = (struct repeats){0};
}

/* ---- properties of a block ---- */

/* Counts the words with a letter or digit, up to the number that makes a block long. */
static unsigned count_words(struct sv text)
{
    unsigned words = 0;
    bool counted = false;
    for (size_t i = 0; i < text.n && words < LONG_WORDS;) {
        uint32_t code;
        unsigned n = utf8_decode_valid(text.p + i, &code);
        enum char_kind kind = char_kind_of(code);
        bool sounds = kind == CHAR_LETTER || kind == CHAR_DIGIT;
        words += sounds && !counted;
        counted = kind != CHAR_SPACE && (counted || sounds);
        i += n;
    }
    return words;
}

static bool ends_sentence(const struct article *a, const struct block *b)
{
    static const char *const ends[] = {".", "!", "?", "…", ":", ";"};
    static const char *const quotes[] = {"\"", "'", "”", "’", "»", ")"};
    struct sv text = sv_trim(sv_at(a->text, b->text));
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (sv_ends(text, sv_of(quotes[i]))) {
            text.n -= strlen(quotes[i]);
            break;
        }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (sv_ends(text, sv_of(ends[i])))
            return true;
    return false;
}

/* ---- which blocks are skipped ---- */

/* For each block of `a`: `flags` says at first whether it is repeated, in the end whether it is
 * skipped; `is_long` whether it is long. */
struct plan {
    const struct article *a;
    bool *flags, *is_long;
};

static void find_repeated(struct plan *p, const struct repeats *r, uint64_t key)
{
    uint32_t number = number_of(r, key);
    for (size_t i = 0; i < p->a->blocks.n; i++) {
        if (!may_be_repeated(&p->a->blocks.at[i]))
            continue;
        struct fingerprint f = block_fingerprint(p->a, i);
        const struct repeats_block *slot = &r->slots[slot_of(r, f)];
        p->flags[i] = slot->text.length && slot->article < number;
    }
}

/* The block after the list or table whose first item or row is this block. */
static size_t find_end(const struct article *a, size_t from)
{
    unsigned kind = a->blocks.at[from].kind;
    size_t end = from + 1;
    if (kind == BLOCK_LIST || kind == BLOCK_TABLE)
        while (end < a->blocks.n && a->blocks.at[end].kind == kind)
            end++;
    return end;
}

/* Lists and tables are skipped as a whole, and their words are counted together. */
static void keep_whole(struct plan *p)
{
    for (size_t from = 0, end; from < p->a->blocks.n; from = end) {
        unsigned kind = p->a->blocks.at[from].kind, words = 0;
        bool all = true;
        end = find_end(p->a, from);
        for (size_t i = from; i < end; i++) {
            all = all && p->flags[i];
            words += count_words(sv_at(p->a->text, p->a->blocks.at[i].text));
        }
        for (size_t i = from; i < end; i++) {
            p->flags[i] = all;
            p->is_long[i] = words >= LONG_WORDS && kind != BLOCK_CAPTION && kind != BLOCK_HEADING;
        }
    }
}

/* The first block of the run of repeated blocks at the end of the article, if its short blocks may
 * be skipped; otherwise the number of blocks. */
static size_t find_ending(const struct plan *p)
{
    size_t from = p->a->blocks.n;
    bool any_long = false, any_sentence = false;
    for (size_t i = p->a->blocks.n; i-- > 0;) {
        const struct block *b = &p->a->blocks.at[i];
        if (!may_be_repeated(b))
            continue;
        if (!p->flags[i])
            break;
        from = i;
        any_long = any_long || p->is_long[i];
        any_sentence = any_sentence || (b->kind != BLOCK_HEADING && ends_sentence(p->a, b));
    }
    return any_long || !any_sentence ? from : p->a->blocks.n;
}

static void keep_short(struct plan *p)
{
    size_t ending = find_ending(p);
    for (size_t i = 0; i < ending; i++)
        p->flags[i] = p->flags[i] && (p->a->blocks.at[i].kind == BLOCK_HEADING || p->is_long[i]);
}

static void keep_headings(struct plan *p)
{
    bool next = true;  /* the next heading is skipped, or there is none */
    bool under = true; /* all blocks from here to the next heading are skipped */
    bool empty = true; /* there is no such block */
    for (size_t i = p->a->blocks.n; i-- > 0;) {
        const struct block *b = &p->a->blocks.at[i];
        if (!may_be_repeated(b))
            continue;
        if (b->kind != BLOCK_HEADING) {
            under = under && p->flags[i];
            empty = false;
            continue;
        }
        p->flags[i] = p->flags[i] && (empty ? next : under);
        next = p->flags[i];
        under = empty = true;
    }
}

static bool is_same_story(const struct plan *p)
{
    uint64_t all = 0, skipped = 0;
    for (size_t i = 0; i < p->a->blocks.n; i++) {
        const struct block *b = &p->a->blocks.at[i];
        all += may_be_repeated(b) ? b->text.len : 0;
        skipped += p->flags[i] ? b->text.len : 0;
    }
    return skipped * 2 > all;
}

void repeats_skip(const struct repeats *r, struct article *a, uint64_t key)
{
    if (!r->count)
        return;
    size_t size = a->blocks.n * sizeof(bool);
    struct plan plan = {a, mem_zalloc(size), mem_zalloc(size)};
    find_repeated(&plan, r, key);
    keep_whole(&plan);
    keep_short(&plan);
    keep_headings(&plan);
    if (!is_same_story(&plan))
        article_drop(a, plan.flags, SKIP_REPEATED);
    free(plan.flags);
    free(plan.is_long);
}
