#include "text/doubts.h"

#include "article/read.h"
#include "base/ascii.h"
#include "rules/rules.h"
#include "text/normalize.h"
#include "text/token_class.h"

/* An article while its doubts are collected. */
struct search {
    struct doubts *out;
    const struct article *article;
    const struct rules *rules;
    uint32_t sentence;
};

static struct sv written_of(const struct article *a, const struct token *t)
{
    return sv_at(a->text, t->text);
}

struct sv doubts_spoken(const struct article *a, const struct token *t)
{
    if (!t->nword)
        return (struct sv){"", 0};
    struct span first = a->words.at[t->word0].spoken;
    struct span last = a->words.at[t->word0 + t->nword - 1].spoken;
    return sv_sub(buf_sv(&a->spoken), first.off, last.off + last.len - first.off);
}

static struct doubt *add(struct search *s, enum doubt_kind kind, struct span text, const char *why)
{
    struct doubt *d = vec_push(&s->out->list);
    *d = (struct doubt){.kind = kind,
                        .text = text,
                        .sentence = DOUBT_NOWHERE,
                        .token = DOUBT_NOWHERE,
                        .count = 1,
                        .why = why ? why : ""};
    return d;
}

static struct doubt *add_token(struct search *s, enum doubt_kind kind, uint32_t token)
{
    const struct token *t = &s->article->tokens.at[token];
    struct doubt *d = add(s, kind, t->text, t->rule);
    d->sentence = s->sentence;
    d->token = token;
    return d;
}

/* ---- abbreviations ---- */

/* The first reading in the table that is not the one that was chosen. */
static struct sv other_meaning(const struct search *s, const struct token *t)
{
    struct buf key = BUF_INIT;
    struct sv written = written_of(s->article, t);
    for (size_t i = 0; i < written.n; i++)
        if (written.p[i] != '.')
            buf_putc(&key, written.p[i]);
    const struct row *row = rules_find(s->rules, TABLE_ABBREVIATIONS, buf_sv(&key));
    struct sv chosen = doubts_spoken(s->article, t);
    while (row && sv_eq(row_text(row, ABBREVIATIONS_SPOKEN), chosen))
        row = row_next(row);
    buf_free(&key);
    return row ? row_text(row, ABBREVIATIONS_SPOKEN) : (struct sv){"", 0};
}

static void doubt_abbreviation(struct search *s, uint32_t token)
{
    const struct token *t = &s->article->tokens.at[token];
    bool no_cue = sv_ends(sv_of(t->rule), SV(", no cue"));
    struct sv other = other_meaning(s, t);
    if (no_cue || other.n)
        add_token(s, no_cue ? DOUBT_NO_CUE : DOUBT_MEANINGS, token)->other = other;
}

/* ---- numbers ---- */

/* Two numbers of one or two digits with one mark between: 3/4, 08-10. */
static bool is_short_pair(struct sv written)
{
    size_t i = 0, digits[2] = {0, 0};
    for (int part = 0; part < 2; part++) {
        for (; i < written.n && ascii_is_digit(written.p[i]); i++)
            digits[part]++;
        if (!digits[part] || digits[part] > 2)
            return false;
        if (part == 0 && (i == written.n || (written.p[i] != '/' && written.p[i] != '-')))
            return false;
        i += part == 0;
    }
    return i == written.n;
}

/* The classes of numbers that are mistaken for each other, and what decides: a cue before the
 * number or behind it, or the rule that read it. */
static const struct number {
    enum token_class cls;
    uint64_t frame;         /* of enum number_class */
    uint64_t before, after; /* of enum cue */
    const char *rule;       /* by a cue anywhere in the sentence; or NULL */
} numbers[] = {
    {CLASS_date, NUMBER_DATE, CUE_DATE | CUE_HOLIDAY | CUE_WEEKDAY, CUE_DATE_AFTER, NULL},
    {CLASS_fraction, NUMBER_FRACTION, CUE_PART | CUE_RATIO, CUE_COUNTED, NULL},
    {CLASS_range, NUMBER_RANGE, 0, CUE_COUNTED, NULL},
    {CLASS_score, NUMBER_SCORE, CUE_SCORE, CUE_SCORE_OPEN, "score, by a cue in the sentence"},
};

/* The row of a class, or NULL. */
static const struct number *number_of(enum token_class cls)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i].cls == cls)
            return &numbers[i];
    return NULL;
}

static uint64_t cues_of(const struct search *s, uint32_t token)
{
    const struct token *t = &s->article->tokens.at[token];
    return t->cls == CLASS_word ? rules_cues(s->rules, doubts_spoken(s->article, t)) : 0;
}

static bool is_decided(const struct search *s, uint32_t token, const struct number *number)
{
    const struct sentence *sentence = &s->article->sentences.at[s->sentence];
    const char *rule = s->article->tokens.at[token].rule;
    bool first = token == sentence->tok0, last = token + 1 == sentence->tok0 + sentence->ntok;
    return (!first && (cues_of(s, token - 1) & number->before)) ||
           (!last && (cues_of(s, token + 1) & number->after)) ||
           (number->rule && rule && sv_is(sv_of(rule), number->rule));
}

static void doubt_number(struct search *s, uint32_t token)
{
    const struct token *t = &s->article->tokens.at[token];
    const struct number *number = number_of((enum token_class)t->cls);
    if (number && is_short_pair(written_of(s->article, t)) && !is_decided(s, token, number))
        add_token(s, DOUBT_NUMBER, token);
}

/* The number of each doubt in each row of the table, a line each. */
static void write_frames(const struct search *s, struct buf *out)
{
    const struct packed_table *frames = rules_table(s->rules, TABLE_NUMBER_FRAMES);
    for (size_t i = 0; i < s->out->list.n; i++) {
        const struct doubt *d = &s->out->list.at[i];
        for (uint32_t k = 0; d->kind == DOUBT_NUMBER && k < frames->rows; k++) {
            const struct row *frame = packed_row(frames, k);
            buf_addf(out, "%.*s %.*s %.*s\n", SV_ARG(row_text(frame, NUMBER_FRAMES_BEFORE)),
                     SV_ARG(sv_at(s->article->text, d->text)),
                     SV_ARG(row_text(frame, NUMBER_FRAMES_AFTER)));
        }
    }
}

/* The reading of that number in a line of the frames, if it is of the frame's class. */
static struct sv reading_in_frame(const struct article *frames, uint32_t line,
                                  const struct row *frame, struct sv written)
{
    const struct sentence *sentence = &frames->sentences.at[frames->blocks.at[line].sent0];
    for (uint32_t i = 0; i < sentence->ntok; i++) {
        const struct token *t = &frames->tokens.at[sentence->tok0 + i];
        const struct number *number = number_of((enum token_class)t->cls);
        if (number && (number->frame & row_kinds(frame)) && sv_eq(written_of(frames, t), written))
            return doubts_spoken(frames, t);
    }
    return (struct sv){"", 0};
}

/* The reading of a number in the first frame of another class that fits it; the lines of its frames
 * begin at `line`. Empty: there is none. */
static struct sv other_number(const struct search *s, const struct doubt *d,
                              const struct article *read, uint32_t line)
{
    const struct packed_table *frames = rules_table(s->rules, TABLE_NUMBER_FRAMES);
    const struct token *t = &s->article->tokens.at[d->token];
    const struct number *own = number_of((enum token_class)t->cls);
    struct sv other = {"", 0};
    for (uint32_t k = 0; !other.n && k < frames->rows; k++) {
        const struct row *frame = packed_row(frames, k);
        if (!(row_kinds(frame) & own->frame))
            other = reading_in_frame(read, line + k, frame, written_of(s->article, t));
    }
    return sv_eq(other, doubts_spoken(s->article, t)) ? (struct sv){"", 0} : other;
}

/* Sets the other reading of each number. One that has none is no doubt. */
static void take_frames(struct search *s, const struct article *read)
{
    uint32_t line = 0;
    for (size_t i = 0; i < s->out->list.n; i++) {
        struct doubt *d = &s->out->list.at[i];
        if (d->kind != DOUBT_NUMBER)
            continue;
        struct sv other = other_number(s, d, read, line);
        d->other = (struct sv){arena_dup(&s->out->arena, other), other.n};
        d->count = other.n > 0;
        line += rules_table(s->rules, TABLE_NUMBER_FRAMES)->rows;
    }
}

/* Reads the numbers in the words of number-frames.tsv. */
static void read_frames(struct search *s, const struct reading_options *options)
{
    struct buf text = BUF_INIT;
    struct article frames;
    struct err e = ERR_INIT;
    struct read_options reading = {.raw = true, .rules = s->rules};
    write_frames(s, &text);
    if (text.n) {
        enum status status =
            article_from_bytes(&frames, "number-frames.tsv", buf_sv(&text), &reading, &e);
        if (!status) {
            normalize_article(&frames, s->rules, options);
            take_frames(s, &frames);
        }
        article_free(&frames);
    }
    err_free(&e);
    buf_free(&text);
}

/* ---- tokens and sentences ---- */

static void doubt_token(struct search *s, uint32_t token)
{
    const struct token *t = &s->article->tokens.at[token];
    struct sv rule = sv_of(t->rule ? t->rule : "");
    if (sv_is(rule, "letter by letter"))
        add_token(s, DOUBT_SPELLED, token);
    else if (t->cls == CLASS_abbreviation && sv_starts(rule, SV("abbreviations.tsv")))
        doubt_abbreviation(s, token);
    else if (t->cls == CLASS_foreign && !sv_is(rule, "loanwords.tsv"))
        add_token(s, DOUBT_FOREIGN, token);
    else
        doubt_number(s, token);
}

static void doubt_sentence(struct search *s, const struct sentence *sentence)
{
    uint32_t first;
    for (uint32_t i = 0; i < sentence->ntok; i++)
        doubt_token(s, sentence->tok0 + i);
    if (reading_sentence_words(s->article, sentence, &first) > DOUBT_LONG_SENTENCE)
        add(s, DOUBT_LONG, sentence->text, "")->sentence = s->sentence;
}

/* ---- what is not in a sentence ---- */

/* The part of the text from the first block to the last, as they are written. */
static struct span extent_of(const struct article *a)
{
    uint32_t from = UINT32_MAX, to = 0;
    for (size_t i = 0; i < a->blocks.n; i++) {
        struct span text = a->blocks.at[i].text;
        from = text.off < from ? text.off : from;
        to = text.off + text.len > to ? text.off + text.len : to;
    }
    return (struct span){from, to > from ? to - from : 0};
}

/* Reasons that tell of the page and not of the article: nothing is missed. */
static bool is_of_page(enum skip_reason reason)
{
    switch (reason) {
    case SKIP_ADVERT:
    case SKIP_AGENCY:
    case SKIP_CLOCK:
    case SKIP_DECORATION:
    case SKIP_FOOTNOTE:
    case SKIP_LINKS:
    case SKIP_MARGIN:
    case SKIP_MARKUP:
    case SKIP_MENU:
    case SKIP_MOTTO:
    case SKIP_PAGE:
    case SKIP_RELATED:
    case SKIP_REPEATED:
    case SKIP_SECTION:
    case SKIP_SHARE:
    case SKIP_SOURCE:
    case SKIP_TAGS:
    case SKIP_TIMECODE:
    case SKIP_WIDGET:
        return true;
    default:
        return false;
    }
}

static void doubt_skipped(struct search *s)
{
    struct span extent = extent_of(s->article);
    for (size_t i = 0; i < s->article->skipped.n; i++) {
        const struct skipped *skipped = &s->article->skipped.at[i];
        bool inside =
            skipped->text.off >= extent.off && skipped->text.off - extent.off < extent.len;
        if (inside && !is_of_page(skipped->reason))
            add(s, DOUBT_SKIPPED, skipped->text, skip_word(skipped->reason));
    }
}

/* The sentence that begins at this place, or DOUBT_NOWHERE. */
static uint32_t sentence_at(const struct article *a, struct span text)
{
    for (uint32_t i = 0; i < a->sentences.n; i++)
        if (a->sentences.at[i].text.off == text.off && text.len)
            return i;
    return DOUBT_NOWHERE;
}

static void doubt_document(struct search *s)
{
    static const struct {
        enum note_kind diagnostic;
        enum doubt_kind kind;
    } kinds[] = {
        {NOTE_DAMAGED, DOUBT_DOCUMENT}, {NOTE_ENCODING, DOUBT_DOCUMENT},  {NOTE_LOST, DOUBT_LOST},
        {NOTE_MISSING, DOUBT_DOCUMENT}, {NOTE_STRUCTURE, DOUBT_DOCUMENT},
    };
    for (size_t i = 0; i < s->article->diagnostics.n; i++) {
        const struct diagnostic *d = &s->article->diagnostics.at[i];
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (d->kind == kinds[k].diagnostic)
                add(s, kinds[k].kind, d->text, d->message)->sentence =
                    sentence_at(s->article, d->text);
    }
}

/* ---- the same one again ---- */

static int compare_texts(struct sv a, struct sv b)
{
    int order = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static int compare_places(const void *x, const void *y)
{
    const struct doubt *a = x, *b = y;
    if (a->text.off != b->text.off)
        return a->text.off < b->text.off ? -1 : 1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

/* A doubt with what makes it the same as another one. */
struct numbered {
    const struct article *article;
    struct doubt *doubt;
    struct sv written, spoken;
};

/* By what they are, then by their place. */
static int compare_contents(const void *x, const void *y)
{
    const struct numbered *a = x, *b = y;
    if (a->doubt->kind != b->doubt->kind)
        return a->doubt->kind < b->doubt->kind ? -1 : 1;
    int order = compare_texts(a->written, b->written);
    if (!order)
        order = compare_texts(a->spoken, b->spoken);
    return order ? order : compare_places(a->doubt, b->doubt);
}

static bool is_same(const struct numbered *a, const struct numbered *b)
{
    bool counted = a->doubt->token != DOUBT_NOWHERE || a->doubt->kind == DOUBT_SKIPPED;
    return counted && a->doubt->kind == b->doubt->kind && sv_eq(a->written, b->written) &&
           sv_eq(a->spoken, b->spoken);
}

/* Counts those that are the same at the first of them; of the others the count is 0. */
static void count_same(struct search *s)
{
    struct doubts *out = s->out;
    VEC(struct numbered) all = {0};
    for (size_t i = 0; i < out->list.n; i++) {
        struct doubt *d = &out->list.at[i];
        struct numbered *n = vec_push(&all);
        *n = (struct numbered){s->article, d, sv_at(s->article->text, d->text), {"", 0}};
        if (d->token != DOUBT_NOWHERE)
            n->spoken = doubts_spoken(s->article, &s->article->tokens.at[d->token]);
    }
    if (all.n)
        qsort(all.at, all.n, sizeof *all.at, compare_contents);
    for (size_t i = 0, first = 0; i < all.n; i++) {
        if (i == first || !is_same(&all.at[first], &all.at[i])) {
            first = i;
            continue;
        }
        all.at[first].doubt->count += all.at[i].doubt->count;
        all.at[i].doubt->count = 0;
    }
    vec_free(&all);
}

/* Removes those whose count is 0, and puts the others in their order. */
static void put_in_order(struct doubts *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < out->list.n; i++)
        if (out->list.at[i].count)
            out->list.at[kept++] = out->list.at[i];
    out->list.n = kept;
    if (kept)
        qsort(out->list.at, kept, sizeof *out->list.at, compare_places);
}

void doubts_find(struct doubts *out, const struct article *a, const struct rules *rules,
                 const struct reading_options *options)
{
    struct search s = {.out = out, .article = a, .rules = rules};
    *out = (struct doubts){0};
    for (; s.sentence < a->sentences.n; s.sentence++)
        doubt_sentence(&s, &a->sentences.at[s.sentence]);
    read_frames(&s, options);
    doubt_skipped(&s);
    doubt_document(&s);
    count_same(&s);
    put_in_order(out);
}

void doubts_free(struct doubts *d)
{
    vec_free(&d->list);
    arena_free(&d->arena);
}
