#include "text/view.h"

#include "base/utf8.h"

bool is_one_letter(const struct view *v, uint32_t i)
{
    /* A letter has at most three bytes; a word of two letters has at least two. */
    return is_word(v, i) && atom_at(v, i)->text.len <= 3 && utf8_count(atom_written(v, i)) == 1;
}

bool is_foreign_name_part(const struct view *v, uint32_t i)
{
    return is_capitalized(v, i) && !is_syllable(v, i) && !is_upper(v, i);
}

bool is_joint(const struct view *v, uint32_t i, const char *marks, uint64_t words)
{
    uint32_t code = atom_at(v, i)->code;
    if (is_word(v, i))
        return begins_key(v, i, HEAD_CUES) && (rules_cues(v->rules, atom_lower(v, i)) & words);
    if (is_dash(v, i))
        return strchr(marks, '-');
    return code && code < 0x80 && is_mark(v, i, code) && strchr(marks, (int)code);
}

bool atoms_are(const struct view *v, uint32_t i, struct sv phrase)
{
    for (struct sv rest = phrase; rest.p; i++)
        if (!sv_eq(atom_lower(v, i), sv_cut(&rest, ' ')))
            return false;
    return true;
}

struct sv atoms_written(const struct view *v, uint32_t i, uint32_t j)
{
    const struct atom *a = atom_at(v, i), *b = atom_at(v, j);
    return sv_sub(v->text, a->text.off, b->text.off + b->text.len - a->text.off);
}

struct sv atoms_lower(const struct view *v, uint32_t i, uint32_t j)
{
    return lower_of(v, atoms_written(v, i, j));
}

uint32_t next_mark(const struct view *v, uint32_t i, uint32_t code, uint32_t most)
{
    for (uint32_t k = i + 1; k <= i + most && atom_exists(v, k); k++)
        if (is_mark(v, k, code))
            return k;
    return i;
}

/* ---- notes ---- */

void notes_begin_sentence(struct notes *notes)
{
    for (unsigned kind = 0; kind < MEMO_KINDS; kind++)
        for (unsigned k = 0; k < MEMO_SLOTS; k++)
            notes->memo[kind][k].atom = NO_ATOM;
    for (unsigned k = 0; k < MEMO_SLOTS; k++)
        notes->numerals[k].atom = NO_ATOM;
    memset(notes->last_end, 0xFF, sizeof notes->last_end); /* NO_ATOM */
    notes->cues = 0;
    notes->cues_known = false;
    notes->places = 0;
    notes->places_known = false;
}

bool memo_find(const struct view *v, enum memo_kind kind, uint32_t i, uint64_t *value)
{
    if (v->notes->memo[kind][i % MEMO_SLOTS].atom != i)
        return false;
    *value = v->notes->memo[kind][i % MEMO_SLOTS].value;
    return true;
}

void memo_keep(const struct view *v, enum memo_kind kind, uint32_t i, uint64_t value)
{
    v->notes->memo[kind][i % MEMO_SLOTS].atom = i;
    v->notes->memo[kind][i % MEMO_SLOTS].value = value;
}

/* ---- cues ---- */

/* Punctuation that may come between a cue and what it announces. */
static bool is_passed_over(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '(') || is_mark(v, i, '[') || is_mark(v, i, ',') || is_mark(v, i, ':') ||
           is_mark(v, i, '"') || is_mark(v, i, 0x201C) || is_mark(v, i, 0x2018);
}

/* How many words from atom i on may be a key of the table: none, one, or as many as there are. */
static uint32_t words_of_key(const struct view *v, uint32_t i, unsigned head, uint32_t most)
{
    uint32_t n = 0;
    if (!begins_key(v, i, head))
        return 0;
    most = begins_key(v, i, HEAD_LONGER(head)) ? most : 1;
    while (n < most && is_word(v, i + n))
        n++;
    return n;
}

enum { MOST_CUE_WORDS = 4 };

/* The kinds of cue that the one to four words right before atom i are. */
static uint64_t cues_ending_at(const struct view *v, uint32_t i)
{
    uint64_t kinds = 0;
    for (uint32_t k = 1; k <= MOST_CUE_WORDS && is_word(v, i - k); k++)
        if (begins_key(v, i - k, k > 1 ? HEAD_LONGER(HEAD_CUES) : HEAD_CUES))
            kinds |= rules_cues(v->rules, atoms_lower(v, i - k, i - 1));
    return kinds;
}

bool cue_before(const struct view *v, uint32_t i, uint64_t kinds)
{
    uint64_t found;
    if (!memo_find(v, MEMO_CUES, i, &found)) {
        bool passed = is_passed_over(v, i - 1);
        found = cues_ending_at(v, passed ? i - 1 : i);
        /* "dân số, 3/4 diện tích": a word names the number only without the comma. */
        if (passed && is_mark(v, i - 1, ','))
            found &= ~(uint64_t)(CUE_ADDRESS | CUE_RATIO | CUE_ROAD);
        memo_keep(v, MEMO_CUES, i, found);
    }
    return found & kinds;
}

bool cue_after(const struct view *v, uint32_t i, uint64_t kinds)
{
    uint32_t words = words_of_key(v, i, HEAD_CUES, MOST_CUE_WORDS);
    for (uint32_t k = 0; k < words; k++)
        if (rules_cues(v->rules, atoms_lower(v, i, i + k)) & kinds)
            return true;
    return false;
}

bool cue_in_sentence(const struct view *v, uint64_t kinds)
{
    struct notes *notes = v->notes;
    for (uint32_t i = v->begin; !notes->cues_known && i < v->end; i++) {
        if (!is_word(v, i) || !begins_key(v, i, HEAD_CUES))
            continue;
        notes->cues |= rules_cues(v->rules, atom_lower(v, i));
        if (begins_key(v, i, HEAD_LONGER(HEAD_CUES)) && is_word(v, i + 1))
            notes->cues |= rules_cues(v->rules, atoms_lower(v, i, i + 1));
    }
    notes->cues_known = true;
    return notes->cues & kinds;
}

enum { MOST_NEAR_WORDS = 3 };

bool near_before(const struct view *v, uint32_t i, uint64_t kinds)
{
    for (uint32_t k = 1; k <= MOST_NEAR_WORDS && is_word(v, i - k); k++)
        if (begins_key(v, i - k, k > 1 ? HEAD_LONGER(HEAD_NEAR_WORDS) : HEAD_NEAR_WORDS) &&
            (rules_near(v->rules, atoms_lower(v, i - k, i - 1)) & kinds))
            return true;
    return false;
}

bool near_after(const struct view *v, uint32_t i, uint64_t kinds)
{
    uint32_t words = words_of_key(v, i, HEAD_NEAR_WORDS, MOST_NEAR_WORDS);
    for (uint32_t k = 0; k < words; k++)
        if (rules_near(v->rules, atoms_lower(v, i, i + k)) & kinds)
            return true;
    return false;
}

uint64_t places_in_sentence(const struct view *v)
{
    const struct packed_table *places = rules_table(v->rules, TABLE_PLACES);
    struct notes *notes = v->notes;
    for (uint32_t i = v->begin; !notes->places_known && i < v->end; i++)
        for (uint32_t k = 0; k < 3 && is_capitalized(v, i) && is_word(v, i + k); k++)
            notes->places |= packed_kinds(places, atoms_lower(v, i, i + k));
    notes->places_known = true;
    return notes->places;
}

static size_t origin_slot(const struct view *v, uint32_t i)
{
    struct sv word = atom_lower(v, i);
    uint64_t hash = sv_hash(word);
    size_t slot = hash % ORIGIN_SLOTS;
    if (v->notes->origins[slot].hash != hash) {
        v->notes->origins[slot].hash = hash;
        v->notes->origins[slot].scores = origin_scores_of(rules_transcription(v->rules), word);
        v->notes->origins[slot].taken = 0;
    }
    return slot;
}

const struct origin_scores *origins_of_word(const struct view *v, uint32_t i)
{
    return &v->notes->origins[origin_slot(v, i)].scores;
}

uint32_t *origin_taken(const struct view *v, uint32_t i)
{
    return &v->notes->origins[origin_slot(v, i)].taken;
}
