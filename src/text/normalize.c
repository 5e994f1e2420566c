#include "text/normalize.h"

#include "text/classes/unit.h"
#include "text/definitions.h"
#include "text/sentences.h"
#include "text/utterance.h"

/* Everything that one run over an article needs. */
struct run {
    struct speaker speaker;
    struct definitions *definitions;
    struct cue_memo cue_memo[CUE_MEMOS];
    struct unit_memo unit_memo[UNIT_MEMOS];
    char *lower;
    struct scan_memo *memo;
    struct atoms atoms;
    struct ends ends;
    VEC(struct span) unread; /* stretches the cleaner has skipped, by their offset */
};

static int by_offset(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return x->off < y->off ? -1 : x->off > y->off;
}

static void collect_unread(struct run *r)
{
    const struct article *a = r->speaker.article;
    for (size_t i = 0; i < a->skipped.n; i++)
        *vec_push(&r->unread) = a->skipped.at[i].text;
    if (r->unread.n)
        qsort(r->unread.at, r->unread.n, sizeof *r->unread.at, by_offset);
}

/* The first skipped stretch that ends behind `off`. */
static size_t first_unread(const struct run *r, uint32_t off)
{
    size_t low = 0, high = r->unread.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (r->unread.at[middle].off + r->unread.at[middle].len <= off)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Takes out the atoms that lie in a skipped stretch, such as an agency prefix. */
static void drop_unread(struct run *r)
{
    if (!r->atoms.n)
        return;
    const struct atom *last = &r->atoms.at[r->atoms.n - 1];
    size_t k = first_unread(r, r->atoms.at[0].text.off), kept = 0;
    if (k == r->unread.n || r->unread.at[k].off >= last->text.off + last->text.len)
        return;
    for (size_t i = 0; i < r->atoms.n; i++) {
        struct atom atom = r->atoms.at[i];
        while (k < r->unread.n && r->unread.at[k].off + r->unread.at[k].len <= atom.text.off)
            k++;
        if (k == r->unread.n || r->unread.at[k].off >= atom.text.off + atom.text.len)
            r->atoms.at[kept++] = atom;
    }
    r->atoms.n = kept;
}

/* A line in capitals: no small letter, and more than a lone abbreviation. */
static bool is_capitals(const struct atoms *atoms)
{
    size_t words = 0;
    for (size_t i = 0; i < atoms->n; i++) {
        if (atoms->at[i].kind != ATOM_WORD)
            continue;
        if (!(atoms->at[i].flags & ATOM_UPPER))
            return false;
        words++;
    }
    return words >= 2;
}

static void scan_block(struct run *r, const struct block *block)
{
    r->atoms.n = 0;
    scan(r->speaker.article->text, block->text, r->lower, &r->atoms, r->memo);
    drop_unread(r);
}

/* Blocks that may define an abbreviation hold a bracket. */
static void collect_definitions(struct run *r)
{
    struct article *a = r->speaker.article;
    for (size_t i = 0; i < a->blocks.n; i++) {
        struct sv text = sv_at(a->text, a->blocks.at[i].text);
        if (!text.n || !memchr(text.p, '(', text.n))
            continue;
        scan_block(r, &a->blocks.at[i]);
        definitions_collect(r->definitions, r->speaker.rules, a->text, r->lower, &r->atoms);
    }
}

/* TU in a document's code is the committee of a province, or of a city where the article is about
 * one. */
static bool speaks_of_city_committee(struct sv text)
{
    bool city = sv_find(text, SV("Thành ủy")) >= 0 || sv_find(text, SV("Thành uỷ")) >= 0;
    bool province = sv_find(text, SV("Tỉnh ủy")) >= 0 || sv_find(text, SV("Tỉnh uỷ")) >= 0;
    return city && !province;
}

static uint16_t pause_behind(const struct reading_options *o, const struct block *block, bool last)
{
    if (!last)
        return o->sentence_pause_ms;
    return block->kind == BLOCK_TITLE || block->kind == BLOCK_HEADING ? o->title_pause_ms
                                                                      : o->block_pause_ms;
}

/* A sentence that says something; one of marks alone is forgotten (its symbols are skipped). */
static void read_sentence(struct run *r, uint32_t begin, uint32_t end)
{
    struct speaker *s = &r->speaker;
    struct article *a = s->article;
    const struct atom *last = &r->atoms.at[end - 1];
    uint32_t off = r->atoms.at[begin].text.off;
    *vec_push(&a->sentences) = (struct sentence){
        .text = {off, last->text.off + last->text.len - off},
        .spoken = {(uint32_t)a->spoken.n, 0},
        .tok0 = (uint32_t)a->tokens.n,
    };
    s->atoms = r->atoms.at;
    s->begin = begin;
    s->end = end;
    speak_sentence(s);
    struct sentence *done = &a->sentences.at[a->sentences.n - 1];
    done->spoken.len = (uint32_t)a->spoken.n - done->spoken.off;
    done->ntok = (uint32_t)a->tokens.n - done->tok0;
    if (!done->ntok)
        a->sentences.n--;
}

static void read_block(struct run *r, struct block *block)
{
    struct article *a = r->speaker.article;
    scan_block(r, block);
    r->ends.n = 0;
    segment(a->text, r->lower, &r->atoms, r->speaker.rules, &r->ends);
    r->speaker.capitals = is_capitals(&r->atoms);
    r->speaker.is_dateline = block->kind == BLOCK_DATE;
    block->sent0 = (uint32_t)a->sentences.n;
    for (size_t i = 0; i < r->ends.n; i++)
        read_sentence(r, i ? r->ends.at[i - 1] : 0, r->ends.at[i]);
    block->nsent = (uint32_t)a->sentences.n - block->sent0;
    for (uint32_t i = 0; i < block->nsent; i++)
        a->sentences.at[block->sent0 + i].pause_ms =
            pause_behind(r->speaker.options, block, i + 1 == block->nsent);
}

void normalize_article(struct article *a, const struct rules *rules,
                       const struct reading_options *options)
{
    struct run r = {.definitions = definitions_new(),
                    .lower = mem_zalloc(a->text.n),
                    .memo = mem_zalloc(sizeof(struct scan_memo))};
    r.speaker = (struct speaker){.article = a,
                                 .rules = rules,
                                 .options = options,
                                 .definitions = r.definitions,
                                 .cue_memo = r.cue_memo,
                                 .unit_memo = r.unit_memo,
                                 .lower = r.lower,
                                 .city_committee = speaks_of_city_committee(a->text)};
    a->dialect = (uint8_t)options->dialect;
    collect_unread(&r);
    collect_definitions(&r);
    for (size_t i = 0; i < a->blocks.n; i++)
        read_block(&r, &a->blocks.at[i]);
    if (r.speaker.spelled)
        article_note(a, (struct span){0, 0}, "spelled",
                     "%u word%s spelled letter by letter; a row in a table would read it better",
                     r.speaker.spelled, r.speaker.spelled == 1 ? " was" : "s were");
    definitions_free(r.definitions);
    free(r.lower);
    free(r.memo);
    vec_free(&r.atoms);
    vec_free(&r.ends);
    vec_free(&r.unread);
}

uint32_t reading_sentence_words(const struct article *a, const struct sentence *s, uint32_t *first)
{
    if (!s->ntok) {
        *first = 0;
        return 0;
    }
    const struct token *last = &a->tokens.at[s->tok0 + s->ntok - 1];
    *first = a->tokens.at[s->tok0].word0;
    return last->word0 + last->nword - *first;
}
