#include "text/utterance.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "text/breath.h"
#include "text/classes/class.h"
#include "text/classes/unit.h"
#include "text/lexicon.h"

enum start { START_NUMBER = 1, START_WORD = 2, START_MARK = 4 };

struct class_row {
    const char *name;
    unsigned starts;
    reader_function *reader;
};

#define read_none NULL
static const struct class_row classes[CLASS_COUNT] = {
#define CLASS(name, starts, reader) [CLASS_##name] = {#name, starts, read_##reader},
#include "text/classes.def"
#undef CLASS
};

const char *token_class_name(unsigned cls)
{
    return cls < CLASS_COUNT ? classes[cls].name : "word";
}

/* Looking. */

bool phrase_is(const struct speaker *s, uint32_t i, const char *phrase)
{
    struct sv rest = sv_of(phrase);
    for (; rest.p; i++)
        if (!is_word(s, i) || !sv_eq(atom_lower(s, i), sv_cut(&rest, ' ')))
            return false;
    return true;
}

struct sv atoms_written(const struct speaker *s, uint32_t i, uint32_t j)
{
    const struct atom *a = atom_at(s, i), *b = atom_at(s, j);
    return sv_sub(s->article->text, a->text.off, b->text.off + b->text.len - a->text.off);
}

static struct sv atoms_lower(const struct speaker *s, uint32_t i, uint32_t j)
{
    struct sv written = atoms_written(s, i, j);
    return (struct sv){s->lower + (written.p - s->article->text.p), written.n};
}

/* What does not part a cue from what it announces. */
static bool is_transparent(const struct speaker *s, uint32_t i)
{
    const struct atom *a = atom_at(s, i);
    return a->kind == ATOM_PUNCT && a->text.len &&
           (a->code == '(' || a->code == '[' || a->code == ',' || a->code == ':' ||
            a->code == '"' || a->code == 0x201C || a->code == 0x2018);
}

/* What the one, two and three words that end right before atom i are cues of. */
static uint32_t cues_ending_at(const struct speaker *s, uint32_t i)
{
    uint32_t bits = 0;
    for (uint32_t k = 1; k <= 3 && i >= s->begin + k && is_word(s, i - k); k++)
        bits |= rules_cues(s->rules, atoms_lower(s, i - k, i - 1));
    return bits;
}

bool cue_before(const struct speaker *s, uint32_t i, uint32_t kinds)
{
    /* Many readers ask about the same atom. */
    struct cue_memo *memo = &s->cue_memo[i % CUE_MEMOS];
    if (memo->at != i) {
        bool passed = i > s->begin && is_transparent(s, i - 1);
        memo->at = i;
        memo->kinds = cues_ending_at(s, passed ? i - 1 : i);
        /* "dân số, 3/4 diện tích": what names a number stands right before it. */
        if (passed && is_mark(s, i - 1, ','))
            memo->kinds &= ~(uint32_t)(CUE_ADDRESS | CUE_RATIO);
    }
    return memo->kinds & kinds;
}

bool cue_after(const struct speaker *s, uint32_t i, uint32_t kinds)
{
    for (uint32_t k = 0; k < 3 && is_word(s, i + k); k++)
        if (rules_cues(s->rules, atoms_lower(s, i, i + k)) & kinds)
            return true;
    return false;
}

bool cue_in_sentence(struct speaker *s, uint32_t kinds)
{
    for (uint32_t i = s->begin; !s->cues_known && i < s->end; i++) {
        if (!is_word(s, i))
            continue;
        s->cues |= rules_cues(s->rules, atom_lower(s, i));
        if (is_word(s, i + 1))
            s->cues |= rules_cues(s->rules, atoms_lower(s, i, i + 1));
    }
    s->cues_known = true;
    return s->cues & kinds;
}

/* Saying. */

static struct token *current_token(struct speaker *s)
{
    return &s->article->tokens.at[s->article->tokens.n - 1];
}

static bool sentence_has_words(const struct speaker *s)
{
    const struct article *a = s->article;
    return a->tokens.n > a->sentences.at[a->sentences.n - 1].tok0;
}

void token_begin(struct speaker *s, enum token_class cls, const char *rule, uint32_t first,
                 uint32_t n)
{
    struct article *a = s->article;
    if (sentence_has_words(s))
        buf_putc(&a->spoken, ' ');
    const struct atom *last = &s->atoms[first + n - 1];
    uint32_t off = s->atoms[first].text.off;
    *vec_push(&a->tokens) = (struct token){
        .cls = (uint8_t)cls,
        .rule = rule,
        .text = {off, last->text.off + last->text.len - off},
        .spoken = {(uint32_t)a->spoken.n, 0},
        .word0 = (uint32_t)a->words.n,
    };
}

void say_sv(struct speaker *s, struct sv words)
{
    struct article *a = s->article;
    uint32_t token = (uint32_t)a->tokens.n - 1;
    struct token *t = &a->tokens.at[token];
    while (words.p && words.n) {
        struct sv word = sv_cut(&words, ' ');
        if (a->spoken.n > t->spoken.off)
            buf_putc(&a->spoken, ' ');
        *vec_push(&a->words) = (struct word){{(uint32_t)a->spoken.n, (uint32_t)word.n}, token};
        buf_add_sv(&a->spoken, word);
    }
}

void say(struct speaker *s, const char *words)
{
    say_sv(s, sv_of(words));
}

static int pause_strength(char mark)
{
    static const char order[] = ",:;.?!";
    const char *at = strchr(order, mark);
    return mark && at ? (int)(at - order) + 1 : 0;
}

void say_pause(struct speaker *s, char mark)
{
    struct article *a = s->article;
    if (!sentence_has_words(s) ||
        current_token(s)->nword + (a->words.n - current_token(s)->word0) == 0)
        return;
    char *last = &a->spoken.p[a->spoken.n - 1];
    int there = pause_strength(*last);
    if (there && pause_strength(mark) > there)
        *last = mark;
    if (!there)
        buf_putc(&a->spoken, mark);
    struct token *t = current_token(s);
    t->spoken.len = (uint32_t)a->spoken.n - t->spoken.off;
}

/* A token that found no word to say ("www.�") is none: what is written there is skipped. */
static void forget_token(struct speaker *s)
{
    struct article *a = s->article;
    struct span text = current_token(s)->text;
    size_t spoken = current_token(s)->spoken.off;
    a->tokens.n--;
    buf_cut(&a->spoken, sentence_has_words(s) ? spoken - 1 : spoken);
    article_skip(a, text, "unreadable");
}

void token_end(struct speaker *s)
{
    struct token *t = current_token(s);
    if (s->article->words.n == t->word0) {
        forget_token(s);
        return;
    }
    t->spoken.len = (uint32_t)s->article->spoken.n - t->spoken.off;
    t->nword = (uint32_t)s->article->words.n - t->word0;
}

void say_letter(struct speaker *s, uint32_t code, bool alone, bool foreign)
{
    struct letter letter = letter_of(code);
    const struct row *row = letter.id ? rules_letter(s->rules, (enum letter_id)letter.id) : NULL;
    if (!row)
        return;
    struct sv bo = row_text(row, LETTER_NAMES_BO), english = row_text(row, LETTER_NAMES_ENGLISH);
    struct sv itself = row_text(row, LETTER_NAMES_ALONE);
    if (s->options->letters == LETTERS_BO && bo.n)
        say_sv(s, bo);
    else if (s->options->letters == LETTERS_ENGLISH && english.n)
        say_sv(s, english);
    else if (foreign && letter.id == LETTER_D)
        say(s, "đê");
    else
        say_sv(s, alone && itself.n ? itself : row_text(row, LETTER_NAMES_NAME));
}

/* Reading a sentence. */

static unsigned start_of(const struct atom *a)
{
    switch (a->kind) {
    case ATOM_NUMBER:
        return START_NUMBER;
    case ATOM_WORD:
    case ATOM_SCRIPT:
        return START_WORD;
    default:
        return START_MARK;
    }
}

/* A word that can only be itself: a syllable, not in capitals, with nothing glued to it but what
 * ends a phrase. */
static bool is_plain_word(const struct speaker *s, uint32_t i)
{
    const struct atom *a = &s->atoms[i];
    if (!atom_has(a, ATOM_LEGAL) || (a->flags & ATOM_UPPER))
        return false;
    /* The hectare is the one unit that is written as a syllable: "mỗi ha". */
    if (a->text.len == 2 && a->code == 'h' && s->lower[a->text.off + 1] == 'a')
        return false;
    if (i + 1 >= s->end)
        return true;
    /* Hong Kong, Tel Aviv: the first word of a foreign name may look like a syllable. */
    if (s->atoms[i + 1].flags & ATOM_SPACED)
        return s->atoms[i + 1].kind != ATOM_WORD || !(a->flags & ATOM_CAPITAL) ||
               !rules_begins_phrase(s->rules, atom_lower(s, i));
    uint32_t next = s->atoms[i + 1].code;
    return s->atoms[i + 1].kind == ATOM_PUNCT && next != '.' && next != '@' && next != '/' &&
           next != '-' && next != '_' && next != '&' && (next != ')' || a->text.len > 2);
}

/* As token_begin, say_sv and token_end do it, in one go: most words come this way. */
static void say_plain_word(struct speaker *s, uint32_t i)
{
    struct article *a = s->article;
    struct span text = s->atoms[i].text;
    bool first = !sentence_has_words(s);
    buf_reserve(&a->spoken, text.len + 1);
    if (!first)
        a->spoken.p[a->spoken.n++] = ' ';
    struct span spoken = {(uint32_t)a->spoken.n, text.len};
    memcpy(a->spoken.p + a->spoken.n, s->lower + text.off, text.len);
    a->spoken.n += text.len;
    a->spoken.p[a->spoken.n] = '\0';
    *vec_push(&a->tokens) = (struct token){.cls = CLASS_word,
                                           .rule = "word",
                                           .text = text,
                                           .spoken = spoken,
                                           .word0 = (uint32_t)a->words.n,
                                           .nword = 1};
    *vec_push(&a->words) = (struct word){spoken, (uint32_t)a->tokens.n - 1};
}

/* A mark that begins nothing: it only parts what stands around it. */
static bool is_plain_mark(const struct atom *a)
{
    if (a->kind != ATOM_PUNCT)
        return false;
    switch (a->code) {
    case '.': /* ".vn" begins with its stop */
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

static uint32_t read_classes(struct speaker *s, uint32_t i)
{
    unsigned start = start_of(&s->atoms[i]);
    if (is_plain_mark(&s->atoms[i]))
        return 0;
    for (unsigned c = 0; c < CLASS_COUNT; c++) {
        if (!(classes[c].starts & start))
            continue;
        uint32_t n = classes[c].reader(s, i);
        if (n)
            return n;
    }
    return 0;
}

/* A mark that no class reads: what it does to the breath. */
static void read_mark(struct speaker *s, uint32_t i)
{
    const struct atom *a = &s->atoms[i];
    switch (a->code) {
    case ',':
    case ';':
    case ':':
    case '?':
    case '!':
        say_pause(s, (char)a->code);
        break;
    case '.':
        if (a->text.len > 1)
            say_pause(s, i + 1 < s->end ? ',' : '.');
        break;
    case 0x2026: /* … */
    case '(':
    case ')':
    case '[':
    case ']':
    case 0x2014:
        say_pause(s, ',');
        break;
    case '-':
    case 0x2013:
        if (atom_has(a, ATOM_SPACED) && atom_has(atom_at(s, i + 1), ATOM_SPACED))
            say_pause(s, ',');
        break;
    case '/':
        say_pause(s, ',');
        break;
    default:
        break;
    }
    if (a->kind != ATOM_PUNCT)
        article_skip(s->article, a->text, "symbol");
}

/* The full stop that ends the sentence, brackets and quotes behind it left aside. */
static void close_sentence(struct speaker *s)
{
    uint32_t i = s->end;
    while (i > s->begin && s->atoms[i - 1].kind == ATOM_PUNCT) {
        const struct atom *a = &s->atoms[--i];
        if (a->code == '.' || a->code == 0x2026) {
            say_pause(s, '.');
            return;
        }
        if (a->code == '?' || a->code == '!')
            return;
    }
}

void speak_sentence(struct speaker *s)
{
    s->cues = 0;
    s->cues_known = false;
    for (unsigned k = 0; k < CUE_MEMOS; k++)
        s->cue_memo[k].at = UINT32_MAX;
    unit_forget(s);
    s->last_roman = s->last_date = s->last_phone = UINT32_MAX;
    uint32_t breath = breath_first(s);
    for (uint32_t i = s->begin; i < s->end;) {
        if (i >= breath) {
            if (i == breath) /* otherwise a token took it in */
                say_pause(s, ',');
            breath = breath_next(s, i);
        }
        uint32_t own = s->options->lexicon ? lexicon_read(s, i) : 0;
        if (own) {
            i += own;
            continue;
        }
        if (s->atoms[i].kind == ATOM_WORD && is_plain_word(s, i)) {
            say_plain_word(s, i++);
            continue;
        }
        uint32_t n = read_classes(s, i);
        if (!n)
            read_mark(s, i);
        i += n ? n : 1;
    }
    close_sentence(s);
}
