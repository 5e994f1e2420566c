#include "text/utterance.h"

#include "lang/syllable.h"

static struct token *current_token(struct utterance *out)
{
    return &out->article->tokens.at[out->article->tokens.n - 1];
}

static bool sentence_has_words(const struct utterance *out)
{
    const struct article *a = out->article;
    return article_token_count(a) > a->sentences.at[a->sentences.n - 1].tok0;
}

void token_begin(struct utterance *out, const struct view *v, enum token_class cls,
                 const char *rule, uint32_t first, uint32_t n)
{
    struct article *a = out->article;
    if (sentence_has_words(out))
        buf_putc(&a->spoken, ' ');
    const struct atom *last = &v->atoms[first + n - 1];
    uint32_t off = v->atoms[first].text.off;
    *vec_push(&a->tokens) = (struct token){
        .cls = (uint8_t)cls,
        .rule = rule,
        .text = {off, last->text.off + last->text.len - off},
        .spoken = {article_spoken_count(a), 0},
        .word0 = article_word_count(a),
    };
}

void say_sv(struct utterance *out, struct sv words)
{
    struct article *a = out->article;
    uint32_t token = article_token_count(a) - 1;
    uint32_t begin = current_token(out)->spoken.off;
    while (words.p && words.n) {
        struct sv word = sv_cut(&words, ' ');
        if (article_spoken_count(a) > begin)
            buf_putc(&a->spoken, ' ');
        *vec_push(&a->words) = (struct word){{article_spoken_count(a), (uint32_t)word.n}, token};
        buf_add_sv(&a->spoken, word);
    }
}

void say(struct utterance *out, const char *words)
{
    say_sv(out, sv_of(words));
}

static int pause_strength(char mark)
{
    static const char order[] = ",:;.?!";
    const char *at = strchr(order, mark);
    return mark && at ? (int)(at - order) + 1 : 0;
}

void say_pause(struct utterance *out, char mark)
{
    struct article *a = out->article;
    if (!sentence_has_words(out) ||
        current_token(out)->nword + (article_word_count(a) - current_token(out)->word0) == 0)
        return;
    char *last = &a->spoken.p[a->spoken.n - 1];
    int there = pause_strength(*last);
    if (there && pause_strength(mark) > there)
        *last = mark;
    if (!there)
        buf_putc(&a->spoken, mark);
    struct token *t = current_token(out);
    t->spoken.len = article_spoken_count(a) - t->spoken.off;
}

/* Removes a token without a word ("www.�"); its text is skipped. */
static void forget_token(struct utterance *out)
{
    struct article *a = out->article;
    struct span text = current_token(out)->text;
    size_t spoken = current_token(out)->spoken.off - a->gone.spoken;
    a->tokens.n--;
    buf_cut(&a->spoken, sentence_has_words(out) ? spoken - 1 : spoken);
    article_skip(a, text, SKIP_UNREADABLE);
}

void token_end(struct utterance *out)
{
    struct token *t = current_token(out);
    t->nword = article_word_count(out->article) - t->word0;
    if (t->nword)
        t->spoken.len = article_spoken_count(out->article) - t->spoken.off;
    else
        forget_token(out);
}

struct said said_so_far(const struct utterance *out)
{
    const struct article *a = out->article;
    return (struct said){article_token_count(a), article_word_count(a), article_spoken_count(a)};
}

void unsay(struct utterance *out, const struct said *before)
{
    struct article *a = out->article;
    a->tokens.n = before->tokens - a->gone.tokens;
    a->words.n = before->words - a->gone.words;
    buf_cut(&a->spoken, before->spoken - a->gone.spoken);
    if (!sentence_has_words(out))
        return;
    struct token *last = current_token(out);
    last->spoken.len = before->spoken - last->spoken.off;
}

void say_letter(struct utterance *out, uint32_t code, bool alone, bool foreign)
{
    struct letter letter = letter_of(code);
    const struct row *row = letter.id ? rules_letter(out->rules, (enum letter_id)letter.id) : NULL;
    if (!row)
        return;
    struct sv bo = row_text(row, LETTER_NAMES_BO), english = row_text(row, LETTER_NAMES_ENGLISH);
    struct sv itself = row_text(row, LETTER_NAMES_ALONE);
    if (out->options->letters == DOCBAO_LETTERS_BO && bo.n)
        say_sv(out, bo);
    else if (out->options->letters == DOCBAO_LETTERS_ENGLISH && english.n)
        say_sv(out, english);
    else if (foreign && letter.id == LETTER_D)
        say(out, "đê");
    else
        say_sv(out, alone && itself.n ? itself : row_text(row, LETTER_NAMES_NAME));
}

void say_syllable(struct utterance *out, const struct view *v, uint32_t i)
{
    struct syllable s;
    struct buf spoken = BUF_INIT;
    if (!atom_has(&v->atoms[i], ATOM_MISPLACED) || !syllable_parse(atom_lower(v, i), &s)) {
        say_sv(out, atom_lower(v, i));
        return;
    }
    syllable_write(&s, syllable_tone_place(&s), &spoken);
    say_sv(out, buf_sv(&spoken));
    buf_free(&spoken);
}

static void say_misplaced(struct utterance *out, const struct view *v, uint32_t i)
{
    token_begin(out, v, CLASS_word, "tone mark moved", i, 1);
    say_syllable(out, v, i);
    token_end(out);
}

/* The same as token_begin, say_sv and token_end in one step, because most words come this way. */
void say_word_itself(struct utterance *out, const struct view *v, uint32_t i)
{
    if (atom_has(&v->atoms[i], ATOM_MISPLACED)) {
        say_misplaced(out, v, i);
        return;
    }
    struct article *a = out->article;
    struct span text = v->atoms[i].text;
    bool first = !sentence_has_words(out);
    buf_reserve(&a->spoken, text.len + 1);
    if (!first)
        a->spoken.p[a->spoken.n++] = ' ';
    struct span spoken = {article_spoken_count(a), text.len};
    memcpy(a->spoken.p + a->spoken.n, lowered_at(v->lower, text.off), text.len);
    a->spoken.n += text.len;
    a->spoken.p[a->spoken.n] = '\0';
    *vec_push(&a->tokens) = (struct token){.cls = CLASS_word,
                                           .rule = "word",
                                           .text = text,
                                           .spoken = spoken,
                                           .word0 = article_word_count(a),
                                           .nword = 1};
    *vec_push(&a->words) = (struct word){spoken, article_token_count(a) - 1};
}
