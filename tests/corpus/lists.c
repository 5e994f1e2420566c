#include "corpus/lists.h"

#include "base/buf.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "base/vec.h"

enum { CONTEXT_BYTES = 60 };

/* A token, with its place in the text of its sentence. */
struct piece {
    struct docbao_token token;
    struct sv written; /* in the text of the sentence */
};

/* An article while it is looked at, sentence by sentence. */
struct scene {
    struct findings *findings;
    struct sv text; /* of the sentence */
    VEC(struct piece) pieces;
    struct findings *defined; /* abbreviations that the article explains */
    struct buf scratch, context;
};

static struct sv view_of(struct docbao_text text)
{
    return (struct sv){text.p, text.n};
}

static bool is_pause_mark(char c)
{
    return c == ',' || c == '.' || c == ';' || c == ':' || c == '?' || c == '!';
}

static struct sv without_pause(struct sv spoken)
{
    while (spoken.n && is_pause_mark(spoken.p[spoken.n - 1]))
        spoken.n--;
    return spoken;
}

/* ---- findings and their places ---- */

/* About CONTEXT_BYTES of the sentence on either side, from word to word. */
static struct sv place(struct scene *s, struct sv what)
{
    size_t begin = (size_t)(what.p - s->text.p), end = begin + what.n;
    size_t from = begin > CONTEXT_BYTES ? begin - CONTEXT_BYTES : 0;
    size_t to = s->text.n - end > CONTEXT_BYTES ? end + CONTEXT_BYTES : s->text.n;
    while (from > 0 && from < begin && s->text.p[from - 1] != ' ')
        from++;
    while (to < s->text.n && to > end && s->text.p[to] != ' ')
        to--;
    buf_clear(&s->context);
    buf_add_sv(&s->context, sv_sub(s->text, from, begin - from));
    buf_adds(&s->context, "«");
    buf_add_sv(&s->context, what);
    buf_adds(&s->context, "»");
    buf_add_sv(&s->context, sv_sub(s->text, end, to - end));
    return buf_sv(&s->context);
}

static void note(struct scene *s, struct findings *where, enum list list, const struct piece *p)
{
    buf_clear(&s->scratch);
    buf_adds(&s->scratch, p->token.kind);
    if (*p->token.rule)
        buf_addf(&s->scratch, ": %s", p->token.rule);
    findings_add(where, &(struct finding){.list = list,
                                          .written = p->written,
                                          .spoken = without_pause(view_of(p->token.spoken)),
                                          .why = buf_sv(&s->scratch),
                                          .contexts = {place(s, p->written)}});
}

/* ---- lists of tokens ---- */

static bool kind_is(const struct piece *p, const char *kind)
{
    return sv_is(sv_of(p->token.kind), kind);
}

static bool rule_is(const struct piece *p, const char *rule)
{
    return sv_is(sv_of(p->token.rule), rule);
}

static bool is_row(const struct piece *p)
{
    return sv_find(sv_of(p->token.rule), SV(".tsv")) >= 0;
}

static bool has_letter(struct sv text)
{
    uint32_t code;
    for (size_t i = 0; i < text.n; i += utf8_decode_valid(text.p + i, &code)) {
        utf8_decode_valid(text.p + i, &code);
        if (char_kind_of(code) == CHAR_LETTER)
            return true;
    }
    return false;
}

/* A token that belongs in a list by its class. */
static const struct {
    const char *kind;
    enum list list;
    bool figures_only;
} kinds[] = {
    {"foreign", LIST_foreign, false},   {"score", LIST_scores, false},
    {"fraction", LIST_fractions, true}, {"date", LIST_dates, true},
    {"range", LIST_ranges, true},
};

static void list_token(struct scene *s, const struct piece *p)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kind_is(p, kinds[i].kind) && !(kinds[i].figures_only && has_letter(p->written)))
            note(s, s->findings, kinds[i].list, p);
    if (*p->token.rule && !is_row(p) && !kind_is(p, "word"))
        note(s, s->findings, LIST_rules, p);
    if (rule_is(p, "letter by letter"))
        note(s, s->findings, LIST_spelled, p);
    if (rule_is(p, "abbreviations.tsv, no cue"))
        note(s, s->findings, LIST_defaults, p);
    if (rule_is(p, "defined in the article"))
        note(s, s->defined, LIST_definitions, p);
}

/* ---- runs of capitals ---- */

static bool has_small_letter(struct sv text)
{
    uint32_t code;
    for (size_t i = 0; i < text.n; i += utf8_decode_valid(text.p + i, &code)) {
        utf8_decode_valid(text.p + i, &code);
        if (char_is_small(code))
            return true;
    }
    return false;
}

/* Returns the number of capitals in the text; 0 if it holds a small letter, too. */
static uint32_t count_capitals(struct sv text)
{
    uint32_t code, capitals = 0;
    for (size_t i = 0; i < text.n; i += utf8_decode_valid(text.p + i, &code)) {
        utf8_decode_valid(text.p + i, &code);
        capitals += char_is_capital(code);
    }
    return has_small_letter(text) ? 0 : capitals;
}

/* The text between two tokens. */
static struct sv between(const struct piece *a, const struct piece *b)
{
    const char *from = a->written.p + a->written.n;
    return (struct sv){from, (size_t)(b->written.p - from)};
}

/* Nothing or one mark without spaces: KT-XH, NN&PTNT. */
static bool is_joint(struct sv text)
{
    return !text.n ||
           (text.n == 1 && (*text.p == '-' || *text.p == '&' || *text.p == '/' || *text.p == '.'));
}

static void note_run(struct scene *s, size_t first, size_t end)
{
    const struct piece *a = &s->pieces.at[first], *b = &s->pieces.at[end - 1];
    struct sv written = {a->written.p, (size_t)(b->written.p + b->written.n - a->written.p)};
    if (count_capitals(written) < 2)
        return;
    struct buf spoken = BUF_INIT, why = BUF_INIT;
    for (size_t i = first; i < end; i++) {
        const char *rule = s->pieces.at[i].token.rule;
        buf_adds(&spoken, i > first ? " " : "");
        buf_add_sv(&spoken, without_pause(view_of(s->pieces.at[i].token.spoken)));
        buf_adds(&why, i > first ? " + " : "");
        buf_adds(&why, *rule ? rule : s->pieces.at[i].token.kind);
    }
    findings_add(s->findings, &(struct finding){.list = LIST_capitals,
                                                .written = written,
                                                .spoken = buf_sv(&spoken),
                                                .why = buf_sv(&why),
                                                .contexts = {place(s, written)}});
    buf_free(&spoken);
    buf_free(&why);
}

static void list_capitals(struct scene *s)
{
    if (!has_small_letter(s->text))
        return;
    for (size_t i = 0, end; i < s->pieces.n; i = end) {
        end = i + 1;
        if (!count_capitals(s->pieces.at[i].written))
            continue;
        while (end < s->pieces.n && count_capitals(s->pieces.at[end].written) &&
               is_joint(between(&s->pieces.at[end - 1], &s->pieces.at[end])))
            end++;
        note_run(s, i, end);
    }
}

/* ---- pauses ---- */

static void list_pauses(struct scene *s)
{
    for (size_t i = 0; i + 1 < s->pieces.n; i++) {
        const struct piece *a = &s->pieces.at[i], *b = a + 1;
        struct sv spoken = view_of(a->token.spoken);
        if (!spoken.n || !is_pause_mark(spoken.p[spoken.n - 1]) || sv_trim(between(a, b)).n)
            continue;
        buf_clear(&s->scratch);
        buf_add_sv(&s->scratch, a->written);
        buf_adds(&s->scratch, " | ");
        buf_add_sv(&s->scratch, b->written);
        struct sv both = {a->written.p, (size_t)(b->written.p + b->written.n - a->written.p)};
        findings_add(s->findings, &(struct finding){.list = LIST_pauses,
                                                    .written = buf_sv(&s->scratch),
                                                    .spoken = sv_sub(spoken, spoken.n - 1, 1),
                                                    .contexts = {place(s, both)}});
    }
}

/* ---- definitions ---- */

struct definition_search {
    struct scene *scene;
    struct docbao_article *article;
};

/* Adds a definition, which was found anywhere in the article, with the first place where it comes
 * after an opening bracket: there it is explained. */
static void place_definition(void *user, const struct finding *found)
{
    struct scene *s = ((struct definition_search *)user)->scene;
    struct docbao_article *a = ((struct definition_search *)user)->article;
    struct finding definition = *found;
    uint32_t sentences = docbao_head_of(a).sentences;
    buf_clear(&s->scratch);
    buf_putc(&s->scratch, '(');
    buf_add_sv(&s->scratch, found->written);
    for (uint32_t i = 0; i < sentences; i++) {
        s->text = view_of(docbao_sentence_at(a, i).written);
        ptrdiff_t at = sv_find(s->text, buf_sv(&s->scratch));
        if (at < 0)
            continue;
        definition.contexts[0] = place(s, sv_sub(s->text, (size_t)at + 1, found->written.n));
        break;
    }
    findings_add(s->findings, &definition);
}

/* ---- an article ---- */

/* The tokens of a sentence. White space is folded in both texts, so the text of a token occurs in
 * that of its sentence. */
static void take_pieces(struct scene *s, struct docbao_article *a,
                        const struct docbao_sentence *sentence)
{
    struct sv rest = s->text;
    s->pieces.n = 0;
    for (uint32_t i = 0; i < sentence->tokens; i++) {
        struct piece p = {.token = docbao_token_at(a, sentence->token0 + i)};
        struct sv written = view_of(p.token.written);
        ptrdiff_t at = sv_find(rest, written);
        if (at < 0)
            continue;
        p.written = sv_sub(rest, (size_t)at, written.n);
        rest = sv_sub(rest, (size_t)at + written.n, rest.n - (size_t)at - written.n);
        *vec_push(&s->pieces) = p;
    }
}

static uint64_t spoken_words(struct sv spoken)
{
    uint64_t words = spoken.n > 0;
    for (size_t i = 0; i < spoken.n; i++)
        words += spoken.p[i] == ' ';
    return words;
}

void lists_collect(struct findings *f, struct totals *totals, struct docbao_article *a)
{
    struct scene s = {
        .findings = f, .defined = findings_new(), .scratch = BUF_INIT, .context = BUF_INIT};
    struct docbao_head head = docbao_head_of(a);
    for (uint32_t i = 0; i < head.sentences; i++) {
        struct docbao_sentence sentence = docbao_sentence_at(a, i);
        s.text = view_of(sentence.written);
        take_pieces(&s, a, &sentence);
        for (size_t k = 0; k < s.pieces.n; k++)
            list_token(&s, &s.pieces.at[k]);
        list_capitals(&s);
        list_pauses(&s);
        totals->words += spoken_words(view_of(sentence.spoken));
    }
    struct definition_search search = {&s, a};
    findings_each(s.defined, LIST_definitions, place_definition, &search);
    totals->articles++;
    totals->sentences += head.sentences;
    totals->tokens += head.tokens;
    findings_free(s.defined);
    vec_free(&s.pieces);
    buf_free(&s.scratch);
    buf_free(&s.context);
}
