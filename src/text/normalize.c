#include "text/normalize.h"

#include "base/message.h"
#include "text/bracket.h"
#include "text/breath.h"
#include "text/classes/class.h"
#include "text/credit.h"
#include "text/definitions.h"
#include "text/full_stop.h"
#include "text/glue.h"
#include "text/pause.h"
#include "text/sentences.h"
#include "text/style.h"

/* The kinds of atoms at which classes may start; PAUSE: punctuation that only separates tokens. */
enum start { START_NUMBER = 1, START_WORD = 2, START_MARK = 4, START_PAUSE = 8, START_ANY = 15 };

static const struct {
    const char *name;
    unsigned starts;
    reader_function *reader;
} classes[CLASS_COUNT] = {
#define CLASS(name, starts) {#name, starts, read_##name},
#define CLASS_ONLY(name) {#name, 0, NULL},
#include "text/classes.def"
};

const char *token_class_name(unsigned cls)
{
    return classes[cls].name;
}

/* The readers to ask at each kind of atom, in their order, ended by NULL. */
struct readers {
    reader_function *at[START_ANY + 1][CLASS_COUNT + 1];
};

struct normalizer {
    struct view view;
    struct utterance out;
    struct notes notes;
    struct readers readers;
    struct definitions *definitions;
    VEC(char) lower;       /* room for the lower case of a block */
    struct buf paper_kind; /* in lower case */
    struct atoms atoms;
    struct ends ends;
    struct bracket bracket;
    VEC(struct span) unread; /* what was skipped before, in order of the text */
    size_t blocks;           /* that were read */
    struct scan_memo memo;   /* last: it is large, and little of it is used for a short text */
};

static void list_readers(struct readers *readers)
{
    for (unsigned start = START_NUMBER; start <= START_PAUSE; start *= 2) {
        unsigned n = 0;
        for (unsigned c = 0; c < CLASS_COUNT; c++)
            if (classes[c].starts & start)
                readers->at[start][n++] = classes[c].reader;
    }
}

/* ---- what is not read ---- */

static void collect_unread(struct normalizer *n)
{
    const struct article *a = n->out.article;
    for (size_t i = 0; i < a->skipped.n; i++)
        *vec_push(&n->unread) = a->skipped.at[i].text;
    if (n->unread.n)
        qsort(n->unread.at, n->unread.n, sizeof *n->unread.at, span_cmp);
}

/* The first skipped stretch that ends after `off`. */
static size_t first_unread(const struct normalizer *n, uint32_t off)
{
    size_t low = 0, high = n->unread.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (n->unread.at[middle].off + n->unread.at[middle].len <= off)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether a token might reach from `before`, which a skipped stretch follows, to `after`. */
static bool may_be_joined(const struct atom *before, const struct atom *after)
{
    bool dash = after->code == '-' || after->code == 0x2013 || after->code == '/';
    return before->kind != ATOM_PUNCT && (after->kind != ATOM_PUNCT || dash);
}

/* An atom that no class reads and that makes no pause, in the place of a skipped stretch. */
static struct atom barrier_at(struct span text)
{
    return (struct atom){.text = {text.off, 0}, .kind = ATOM_PUNCT, .flags = ATOM_SPACED};
}

/* Removes the atoms that lie in a skipped stretch, such as an agency prefix. The next word or
 * number is not glued to what stands before: 1930[3].1 is no decimal. Inside a sentence a barrier
 * stands there, so that no token reaches across: 1x<hidden> 2 mét. */
static void drop_unread(struct normalizer *n)
{
    if (!n->atoms.n)
        return;
    const struct atom *last = &n->atoms.at[n->atoms.n - 1];
    size_t k = first_unread(n, n->atoms.at[0].text.off), kept = 0;
    if (k == n->unread.n || n->unread.at[k].off >= last->text.off + last->text.len)
        return;
    bool parted = false, dropped = false;
    struct span gap = {0, 0};
    for (size_t i = 0; i < n->atoms.n; i++) {
        struct atom atom = n->atoms.at[i];
        while (k < n->unread.n && n->unread.at[k].off + n->unread.at[k].len <= atom.text.off)
            k++;
        if (k < n->unread.n && n->unread.at[k].off < atom.text.off + atom.text.len) {
            gap = dropped ? gap : atom.text;
            parted = dropped = true;
            continue;
        }
        if (dropped && kept && may_be_joined(&n->atoms.at[kept - 1], &atom))
            n->atoms.at[kept++] = barrier_at(gap);
        dropped = false;
        if (parted && atom.kind != ATOM_PUNCT) {
            atom.flags |= ATOM_SPACED;
            parted = false;
        }
        n->atoms.at[kept++] = atom;
    }
    n->atoms.n = kept;
}

/* ---- a block ---- */

/* A block in capitals: no small letter, and more than a lone abbreviation. */
static bool is_in_capitals(const struct atoms *atoms)
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

/* The kind of the official paper whose number is in the block. */
static struct sv kind_of_number(const struct normalizer *n, const struct block *block)
{
    const struct article *a = n->out.article;
    bool holds = a->paper_number.off >= block->text.off &&
                 a->paper_number.off < block->text.off + block->text.len;
    return holds ? buf_sv(&n->paper_kind) : SV("");
}

/* Scans a part of the text, which is then the one that is in lower case. */
static void scan_span(struct normalizer *n, struct span span)
{
    vec_reserve(&n->lower, span.len);
    n->view.lower = (struct lowered){n->lower.at, span.off};
    scan(n->view.text, span, n->view.lower, &n->atoms, &n->memo);
}

static void note_paper_kind(struct normalizer *n)
{
    struct span kind = n->out.article->paper_kind;
    n->paper_kind = BUF_INIT;
    scan_span(n, kind);
    buf_add(&n->paper_kind, n->view.lower.p, kind.len);
}

/* Makes the view one of the whole block. */
static void view_block(struct normalizer *n, const struct block *block)
{
    n->atoms.n = 0;
    scan_span(n, block->text);
    drop_unread(n);
    n->view.atoms = n->atoms.at;
    n->view.begin = 0;
    n->view.end = (uint32_t)n->atoms.n;
    notes_begin_sentence(&n->notes);
    n->view.block = (enum block_kind)block->kind;
    n->view.paper_kind = kind_of_number(n, block);
    glue_divide(&n->atoms, &n->view);
}

/* Only blocks with a bracket can explain an abbreviation. */
static void collect_definitions(struct normalizer *n)
{
    struct article *a = n->out.article;
    for (size_t i = 0; i < a->blocks.n; i++) {
        struct sv text = sv_at(a->text, a->blocks.at[i].text);
        if (!text.n || !memchr(text.p, '(', text.n))
            continue;
        view_block(n, &a->blocks.at[i]);
        definitions_collect(n->definitions, &n->view);
    }
}

/* Skips these atoms of the block and removes them. */
static void skip_atoms(struct normalizer *n, struct atom_range range)
{
    if (range.first == range.end)
        return;
    const struct atom *first = &n->atoms.at[range.first], *last = &n->atoms.at[range.end - 1];
    struct span text = {first->text.off, last->text.off + last->text.len - first->text.off};
    article_skip(n->out.article, text, SKIP_AGENCY);
    memmove(n->atoms.at + range.first, n->atoms.at + range.end,
            (n->atoms.n - range.end) * sizeof *n->atoms.at);
    n->atoms.n -= range.end - range.first;
    n->view.end = (uint32_t)n->atoms.n;
}

/* The names of agencies around a paragraph. */
static void skip_credits(struct normalizer *n)
{
    if (n->view.block != BLOCK_PARAGRAPH && n->view.block != BLOCK_SAPO)
        return;
    skip_atoms(n, credit_at_end(&n->view));
    skip_atoms(n, credit_at_start(&n->view));
}

/* ---- a sentence ---- */

/* Punctuation at which no class starts; it only separates tokens. */
static bool only_separates(const struct atom *a)
{
    if (a->kind != ATOM_PUNCT)
        return false;
    switch (a->code) {
    case '.': /* the name of a domain starts with one: ".vn" */
        return !(a->flags & ATOM_SPACED) || a->text.len > 1;
    case ',':
    case ';':
    case ':':
    case '?':
    case '!':
    case ')':
    case '"':
    case 0x201C: /* “ ” */
    case 0x201D:
    case 0x2018: /* ‘ ’ */
    case 0x2019:
    case 0x2026: /* … */
        return true;
    default:
        return false;
    }
}

static enum start start_at(const struct atom *a)
{
    switch (a->kind) {
    case ATOM_NUMBER:
        return START_NUMBER;
    case ATOM_WORD:
    case ATOM_SCRIPT:
        return START_WORD;
    default:
        return only_separates(a) ? START_PAUSE : START_MARK;
    }
}

/* A small Vietnamese word between words, with no letters that may be something else: the class
 * `word` reads it, and none before that does. Most words of a text are such. */
static bool is_plain_word(const struct view *v, uint32_t i)
{
    const unsigned other =
        ATOM_UPPER | ATOM_CAPITAL | ATOM_MIXED | ATOM_MISPLACED | ATOM_BREAK | ATOM_SPACED;
    const struct atom *a = &v->atoms[i];
    if (a->kind != ATOM_WORD || i <= v->begin + 1 || !is_word(v, i - 1) || !is_word(v, i + 1) ||
        atom_glued(v, i + 1))
        return false;
    return (a->flags & (ATOM_LEGAL | other)) == (ATOM_LEGAL | ATOM_SPACED) && a->text.len > 2 &&
           (a->code | 0x20) != 'd' && !begins_key(v, i, HEAD_ORIGINS);
}

/* Asks the classes about atom i; gives the atoms read. */
static uint32_t read_classes(struct normalizer *n, uint32_t i)
{
    if (is_plain_word(&n->view, i) && !n->out.options->lexicon) {
        say_word_itself(&n->out, &n->view, i);
        return 1;
    }
    reader_function *const *reader = n->readers.at[start_at(&n->view.atoms[i])];
    uint32_t atoms = 0;
    while (*reader && !atoms)
        atoms = (*reader++)(&n->out, &n->view, i);
    return atoms;
}

/* Whether the sentence that is read has a token so far. */
static bool sentence_has_tokens(const struct article *a)
{
    return article_token_count(a) > a->sentences.at[a->sentences.n - 1].tok0;
}

/* "2. Chủ tịch xã": after the number of an item, but not after an abbreviation (Q. Hải Châu). */
static bool ends_marker(const struct normalizer *n, uint32_t i)
{
    const struct article *a = n->out.article;
    return sentence_has_tokens(a) && a->tokens.at[a->tokens.n - 1].cls != CLASS_abbreviation &&
           full_stop_ends_marker(&n->view, i);
}

/* pháo AK-725 57 mm, Vũng Áng II 2x665 MW: a number right behind a name or code that ends in
 * digits, or behind a Roman numeral. */
static bool begins_number(const struct normalizer *n, uint32_t i)
{
    const struct article *a = n->out.article;
    const struct view *v = &n->view;
    if (i == v->begin || !is_number(v, i) || atom_glued(v, i) || !sentence_has_tokens(a))
        return false;
    const struct token *last = &a->tokens.at[a->tokens.n - 1];
    if (!is_number(v, i - 1) && last->cls != CLASS_roman)
        return false;
    const struct span before = atom_at(v, i - 1)->text;
    return last->text.off + last->text.len == before.off + before.len;
}

/* Takes back what was said in a bracket that closes at atom i, if it was said before it. */
static bool take_back_repeated(struct normalizer *n, uint32_t i)
{
    const struct view *v = &n->view;
    const struct bracket bracket = n->bracket;
    n->bracket = (struct bracket){0};
    if (!bracket_repeats(&bracket, n->out.article, v, i))
        return false;
    uint32_t begin = atom_at(v, bracket.atom)->text.off, end = atom_at(v, i)->text.off + 1;
    unsay(&n->out, &bracket.before);
    article_skip(n->out.article, (struct span){begin, end - begin}, SKIP_REPEATED);
    return true;
}

/* An atom that no class reads: a pause, or a symbol without a reading. */
static void read_unknown(struct normalizer *n, uint32_t i)
{
    const struct atom *a = atom_at(&n->view, i);
    if (is_mark(&n->view, i, '('))
        n->bracket = (struct bracket){i, said_so_far(&n->out)};
    if (is_mark(&n->view, i, ')') && take_back_repeated(n, i))
        return;
    char pause = pause_of_mark(&n->view, i);
    if (!pause && ((a->code == '.' && i + 1 < n->view.end && ends_marker(n, i)) ||
                   pause_keeps_numbers_apart(&n->view, i) || pause_before_notice(&n->view, i)))
        pause = ',';
    if (pause)
        say_pause(&n->out, pause);
    if (a->kind != ATOM_PUNCT)
        article_skip(n->out.article, a->text, SKIP_SYMBOL);
}

/* The atom before a note that ends at atom i ("[1]", "¹"), or i if there is none. */
static uint32_t before_note(const struct view *v, uint32_t i)
{
    if (is_mark(v, i, ']') && is_number(v, i - 1) && is_mark(v, i - 2, '['))
        return i - 3;
    return atom_exists(v, i) && atom_at(v, i)->kind == ATOM_SYMBOL && atom_glued(v, i) ? i - 1 : i;
}

/* The full stop that ends the sentence, perhaps before brackets, quotation marks and a note. */
static void close_sentence(struct normalizer *n)
{
    const struct view *v = &n->view;
    for (uint32_t i = before_note(v, v->end - 1); is_punct(v, i); i = before_note(v, i - 1)) {
        if (is_mark(v, i, '.') || is_ellipsis(v, i)) {
            say_pause(&n->out, '.');
            return;
        }
        if (is_mark(v, i, '?') || is_mark(v, i, '!'))
            return;
    }
}

/* Reads all atoms of the view. */
static void read_atoms(struct normalizer *n)
{
    const struct view *v = &n->view;
    uint32_t breath = breath_first(v);
    for (uint32_t i = v->begin; i < v->end;) {
        if (atom_has(&v->atoms[i], ATOM_BREAK))
            say_pause(&n->out, ',');
        if (i >= breath) {
            if (i == breath) /* not inside a token */
                say_pause(&n->out, ',');
            breath = breath_next(v, i);
        }
        if (pause_before_cell(v, i) || (pause_may_be_missing(v, i) &&
                                        (begins_number(n, i) || pause_where_none_is_written(v, i))))
            say_pause(&n->out, ',');
        uint32_t atoms = read_classes(n, i);
        if (!atoms)
            read_unknown(n, i);
        i += atoms ? atoms : 1;
    }
    close_sentence(n);
}

/* Reads a sentence; one without a word is removed again (its symbols are skipped). */
static void read_sentence(struct normalizer *n, uint32_t begin, uint32_t end)
{
    struct article *a = n->out.article;
    const struct atom *first = &n->atoms.at[begin], *last = &n->atoms.at[end - 1];
    *vec_push(&a->sentences) = (struct sentence){
        .text = {first->text.off, last->text.off + last->text.len - first->text.off},
        .spoken = {article_spoken_count(a), 0},
        .tok0 = article_token_count(a),
    };
    n->view.begin = begin;
    n->view.end = end;
    notes_begin_sentence(&n->notes);
    read_atoms(n);
    struct sentence *done = &a->sentences.at[a->sentences.n - 1];
    done->spoken.len = article_spoken_count(a) - done->spoken.off;
    done->ntok = article_token_count(a) - done->tok0;
    if (!done->ntok)
        a->sentences.n--;
}

static void read_block(struct normalizer *n, struct block *block)
{
    struct article *a = n->out.article;
    view_block(n, block);
    skip_credits(n);
    n->view.in_capitals = is_in_capitals(&n->atoms);
    n->ends.n = 0;
    find_sentences(&n->view, &n->ends);
    block->sent0 = (uint32_t)a->sentences.n;
    for (size_t i = 0; i < n->ends.n; i++)
        read_sentence(n, i ? n->ends.at[i - 1] : 0, n->ends.at[i]);
    block->nsent = (uint32_t)a->sentences.n - block->sent0;
    style_block(a, block, n->out.rules, n->out.options);
}

static void add_spelled_words(const struct spelled_words *spelled, struct buf *out)
{
    for (uint32_t i = 0; i < spelled->named; i++)
        buf_addf(out, i ? ", %.*s" : "%.*s", SV_ARG(spelled->first[i]));
    if (spelled->more)
        buf_adds(out, " …");
}

static void note_spelled(struct utterance *out)
{
    struct buf words = BUF_INIT;
    if (!out->spelled.count)
        return;
    add_spelled_words(&out->spelled, &words);
    article_note(out->article, NO_SPAN, NOTE_SPELLED,
                 message_plural("%u word was spelled letter by letter (%s); a row in a table or in "
                                "your lexicon would read it better",
                                "%u words were spelled letter by letter (%s); rows in a table or "
                                "in your lexicon would read them better; docbao check lists all",
                                out->spelled.count),
                 out->spelled.count, words.p);
    buf_free(&words);
}

struct normalizer *normalizer_new(struct article *a, const struct rules *rules,
                                  const struct reading_options *options)
{
    struct normalizer *n = mem_zalloc(sizeof *n);
    n->out = (struct utterance){.article = a, .rules = rules, .options = options};
    n->definitions = definitions_new();
    n->view = (struct view){
        .text = a->text, .rules = rules, .definitions = n->definitions, .notes = &n->notes};
    n->memo.heads = rules_heads(rules);
    list_readers(&n->readers);
    a->dialect = (uint8_t)options->dialect;
    note_paper_kind(n);
    collect_unread(n);
    collect_definitions(n);
    return n;
}

bool normalizer_read(struct normalizer *n)
{
    struct article *a = n->out.article;
    if (n->blocks == a->blocks.n)
        return false;
    read_block(n, &a->blocks.at[n->blocks++]);
    if (n->blocks == a->blocks.n)
        note_spelled(&n->out);
    return true;
}

size_t normalizer_blocks_read(const struct normalizer *n)
{
    return n->blocks;
}

const struct notes *normalizer_notes(const struct normalizer *n)
{
    return &n->notes;
}

void normalizer_read_again(struct normalizer *n, const struct notes *notes, size_t first,
                           size_t end)
{
    struct article *a = n->out.article;
    /* The sentences are known already; what is read again goes elsewhere, because whoever holds one
     * of the article's must not see it move. */
    struct sentence *known = a->sentences.at;
    size_t count = a->sentences.n, room = a->sentences.cap, skipped = a->skipped.n;
    struct spelled_words spelled = n->out.spelled;
    a->sentences.at = NULL;
    a->sentences.n = a->sentences.cap = 0;
    n->notes = *notes;
    for (size_t i = first; i < end; i++) {
        struct block block = a->blocks.at[i];
        read_block(n, &block);
    }
    vec_free(&a->sentences);
    a->sentences.at = known;
    a->sentences.n = count;
    a->sentences.cap = room;
    a->skipped.n = skipped;
    n->out.spelled = spelled;
}

void normalizer_free(struct normalizer *n)
{
    if (!n)
        return;
    definitions_free(n->definitions);
    vec_free(&n->lower);
    buf_free(&n->paper_kind);
    vec_free(&n->atoms);
    vec_free(&n->ends);
    vec_free(&n->unread);
    free(n);
}

void normalize_article(struct article *a, const struct rules *rules,
                       const struct reading_options *options)
{
    struct normalizer *n = normalizer_new(a, rules, options);
    while (normalizer_read(n))
        ;
    normalizer_free(n);
}

uint32_t reading_sentence_words(const struct article *a, const struct sentence *s, uint32_t *first)
{
    if (!s->ntok) {
        *first = 0;
        return 0;
    }
    const struct token *last = article_token(a, s->tok0 + s->ntok - 1);
    *first = article_token(a, s->tok0)->word0;
    return last->word0 + last->nword - *first;
}
