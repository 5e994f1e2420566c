/* Words that no other class reads: letter by letter, with the Vietnamese names of the letters. */
#include "text/classes/class.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/web_names.h"
#include "text/classes/numeral.h"
#include "text/full_stop.h"

void say_letters(struct utterance *out, struct sv word, bool foreign)
{
    bool alone = utf8_count(word) == 1;
    uint32_t code;
    for (size_t i = 0, n; i < word.n; i += n) {
        n = utf8_decode_valid(word.p + i, &code);
        say_letter(out, letter_base(code), alone, foreign);
    }
}

/* A letter that Vietnamese does not have is said as the one it is derived from: ü as u. */
uint32_t letter_base(uint32_t code)
{
    struct letter letter = letter_of(code);
    if (letter.id)
        return letter_code((enum letter_id)letter.id, TONE_NGANG);
    return nfc_base(code);
}

/* Capitals that are a Vietnamese syllable, perhaps without its marks, and no abbreviation. Appends
 * the syllable. */
static bool is_unmarked(const struct view *v, uint32_t i, struct buf *spoken)
{
    const struct web_tables tables = {rules_table(v->rules, TABLE_SYLLABLE_FREQUENCIES),
                                      rules_table(v->rules, TABLE_WEB)};
    struct sv lower = atom_lower(v, i);
    if (!is_upper(v, i) || lower.n < 2 ||
        rules_find(v->rules, TABLE_ABBREVIATIONS, atom_written(v, i)))
        return false;
    if (is_syllable(v, i))
        buf_add_sv(spoken, lower);
    else if (!web_name_syllable(lower, spoken) && !web_name_split(&tables, lower, spoken))
        return false;
    return !memchr(spoken->p, ' ', spoken->n);
}

/* TRAN THI YEN, GIAO DUC: two such words side by side, as in names on tickets and transfers. */
static uint32_t read_unmarked(struct utterance *out, const struct view *v, uint32_t i)
{
    struct buf spoken = BUF_INIT, other = BUF_INIT;
    bool beside = !atom_glued(v, i) && is_unmarked(v, i - 1, &other);
    beside = beside || (!atom_glued(v, i + 1) && is_unmarked(v, i + 1, &other));
    bool read = beside && is_unmarked(v, i, &spoken);
    if (read) {
        token_begin(out, v, CLASS_word, "syllable without marks", i, 1);
        say_sv(out, buf_sv(&spoken));
        token_end(out);
    }
    buf_free(&spoken);
    buf_free(&other);
    return read;
}

/* Whether the word is a syllable, perhaps without its marks (Tien, TRUONG); appends it to `spoken`.
 */
static bool is_bare_syllable(const struct view *v, uint32_t i, struct buf *spoken)
{
    if (!is_syllable(v, i))
        return web_name_syllable(atom_lower(v, i), spoken);
    buf_add_sv(spoken, atom_lower(v, i));
    return true;
}

/* A capitalised syllable without marks, perhaps Chinese or Korean. */
static bool is_bare_name_part(const struct view *v, uint32_t i)
{
    if (!is_capitalized(v, i) || is_upper(v, i) || atom_glued(v, i) ||
        !atom_has(atom_at(v, i), ATOM_PLAIN))
        return false;
    struct buf spoken = BUF_INIT;
    bool part = is_bare_syllable(v, i, &spoken) ||
                rules_find(v->rules, TABLE_FOREIGN_SYLLABLES, atom_lower(v, i));
    buf_free(&spoken);
    return part;
}

/* OM Yun Chul, BUI Tien Dung: a family name in capitals before two given names; VAN Anh: before
 * one, if it is no abbreviation. */
static bool is_family_name(const struct view *v, uint32_t i)
{
    bool certain = is_syllable(v, i) && is_bare_name_part(v, i + 2);
    return is_bare_name_part(v, i + 1) &&
           (certain || (atom_at(v, i)->text.len > 2 &&
                        !rules_find(v->rules, TABLE_ABBREVIATIONS, atom_written(v, i))));
}

/* Such a name; or ANH - Một phụ nữ: a country before the dash at the start of a report. */
static uint32_t read_name_in_capitals(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_upper(v, i) || is_one_letter(v, i) || is_glued_on(v, i))
        return 0;
    bool place = is_syllable(v, i) && i == v->begin && atom_at(v, i)->text.len > 2 &&
                 is_hyphen_or_dash(v, i + 1) && !atom_glued(v, i + 1) && is_capitalized(v, i + 2);
    struct buf spoken = BUF_INIT;
    bool name = (place || is_family_name(v, i)) && is_bare_syllable(v, i, &spoken);
    if (name) {
        token_begin(out, v, CLASS_word, "name in capitals", i, 1);
        say_sv(out, buf_sv(&spoken));
        token_end(out);
    }
    buf_free(&spoken);
    return name;
}

static void keep_spelled(struct spelled_words *spelled, struct sv word)
{
    spelled->count++;
    for (uint32_t i = 0; i < spelled->named; i++)
        if (sv_eq(spelled->first[i], word))
            return;
    if (spelled->named < SPELLED_NAMED)
        spelled->first[spelled->named++] = word;
    else
        spelled->more = true;
}

/* vitamin A, D, E và K: the letter is one of a list behind the word. */
static bool is_vitamin(const struct view *v, uint32_t i)
{
    enum { MOST = 12 };
    for (unsigned k = 0; k < MOST; k++) {
        uint32_t before = i - 1;
        before -= word_is(v, before, "như") || word_is(v, before, "nhóm"); /* vitamin như A, D */
        if (word_is(v, before, "vitamin"))
            return true;
        before -= is_joint(v, before, ",/", CUE_AND | CUE_OR);
        if (before == i - 1 || !is_one_letter(v, before))
            return false;
        i = before;
    }
    return false;
}

/* Paul D Delacourt, ông D. Trump, 2.4 D: the initial of a foreign name, behind another part of it
 * or a word for a person; or a letter of technology behind decimals. */
static bool is_foreign_letter(const struct view *v, uint32_t i)
{
    uint32_t next = i + 1 + is_mark(v, i + 1, '.');
    bool before = is_foreign_name_part(v, i - 1) || (kinds_in_lower(v, i - 1) & STOP_PERSON);
    bool decimals = is_number(v, i - 1) && is_inner_mark(v, i - 2, '.');
    return is_one_letter(v, i) && is_upper(v, i) &&
           ((before && is_foreign_name_part(v, next)) || decimals);
}

uint32_t read_letters(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (a->kind != ATOM_WORD)
        return 0;
    if (read_unmarked(out, v, i) || read_name_in_capitals(out, v, i))
        return 1;
    struct sv word = atom_written(v, i);
    bool touches = (atom_glued(v, i) && (is_number(v, i - 1) || is_word(v, i - 1))) ||
                   (atom_glued(v, i + 1) && is_number(v, i + 1));
    size_t before = out->article->words.n;
    /* More than one letter is spelled only because nothing reads the word. */
    token_begin(out, v, CLASS_letters,
                utf8_count(word) == 1 ? N_("letter") : N_("letter by letter"), i, 1);
    if (utf8_count(word) == 1 && touches) {
        uint32_t code;
        utf8_decode_valid(word.p, &code);
        say_letter(out, letter_base(code), false, is_foreign_letter(v, i));
    } else {
        say_letters(out, word, is_vitamin(v, i) || is_foreign_letter(v, i));
    }
    if (out->article->words.n == before)
        say(out, "ký tự lạ");
    token_end(out);
    if (utf8_count(word) > 1)
        keep_spelled(&out->spelled, word);
    return 1;
}
