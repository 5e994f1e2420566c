#include "text/definitions.h"

#include "base/table.h"
#include "base/utf8.h"
#include "lang/letter.h"

enum { FEWEST_LETTERS = 2, MOST_LETTERS = 12, FEWEST_OF_LIST = 4, FEWEST_BEFORE_PLACE = 3 };

struct definitions {
    struct index index;
    VEC(struct sv) readings;
    struct arena arena;
};

struct definitions *definitions_new(void)
{
    return mem_zalloc(sizeof(struct definitions));
}

void definitions_free(struct definitions *d)
{
    if (!d)
        return;
    index_free(&d->index);
    vec_free(&d->readings);
    arena_free(&d->arena);
    free(d);
}

struct sv definitions_find(const struct definitions *d, struct sv written)
{
    const struct index_entry *entry = d ? index_find(&d->index, written) : NULL;
    return entry ? d->readings.at[entry->row] : (struct sv){NULL, 0};
}

/* The letters of an abbreviation, as enum letter_id. */
struct initials {
    uint8_t at[MOST_LETTERS];
    uint32_t n;
};

static bool add_initials(struct initials *letters, struct sv word)
{
    uint32_t code;
    for (size_t k = 0, bytes; k < word.n; k += bytes) {
        bytes = utf8_decode_valid(word.p + k, &code);
        if (letters->n == MOST_LETTERS)
            return false;
        letters->at[letters->n++] = letter_of(code).id;
    }
    return true;
}

static bool ties_capitals(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '-') || is_mark(v, i, '&') || is_mark(v, i, '/');
}

/* II, XV: a Roman numeral is no abbreviation. */
static bool is_numeral(const struct initials *letters)
{
    for (uint32_t i = 0; i < letters->n; i++)
        if (letters->at[i] != LETTER_I && letters->at[i] != LETTER_V && letters->at[i] != LETTER_X)
            return false;
    return true;
}

/* The letters of the capitals from atom i to atom j. False if anything else but - & / is between
 * them, if there are too many letters or too few, or if they are a Roman numeral. */
static bool collect_initials(const struct view *v, uint32_t i, uint32_t j, struct initials *letters)
{
    letters->n = 0;
    for (; i <= j; i++)
        if (!ties_capitals(v, i) && !(is_upper(v, i) && add_initials(letters, atom_written(v, i))))
            return false;
    return letters->n >= FEWEST_LETTERS && !is_numeral(letters);
}

static bool has_initial(const struct view *v, uint32_t i, uint8_t letter)
{
    return is_syllable(v, i) && letter_of(atom_at(v, i)->code).id == letter;
}

bool may_lack_letter(const struct view *v, struct sv word)
{
    return rules_near(v->rules, word) & NEAR_LEFT_OUT;
}

/* What an abbreviation may leave out of its explanation; a comma only if it is long, because two
 * names with a comma between them are two things. */
static bool may_be_left_out(const struct view *v, const struct initials *letters, uint32_t i)
{
    if (is_mark(v, i, ','))
        return letters->n >= FEWEST_OF_LIST;
    return is_mark(v, i, '-') || is_mark(v, i, 0x2013) || may_lack_letter(v, atom_lower(v, i));
}

/* Whether the words that end before atom `end` begin with the letters, one each; gives the first
 * of them. */
static bool match_backwards(const struct view *v, const struct initials *letters, uint32_t end,
                            uint32_t *first)
{
    uint32_t left = letters->n, i = end;
    while (left && i > v->begin) {
        i--;
        if (has_initial(v, i, letters->at[left - 1]))
            left--;
        else if (!may_be_left_out(v, letters, i))
            return false;
    }
    *first = i;
    return left == 0;
}

/* The same for the words from atom `begin` to a closing bracket; gives that bracket. */
static bool match_forwards(const struct view *v, const struct initials *letters, uint32_t begin,
                           uint32_t *end)
{
    uint32_t done = 0, i = begin;
    for (; done < letters->n; i++) {
        if (has_initial(v, i, letters->at[done]))
            done++;
        else if (!may_be_left_out(v, letters, i))
            return false;
    }
    *end = i;
    return done == letters->n && is_mark(v, i, ')');
}

/* Adds the abbreviation from atom i to atom j, which the words from atom `first` to before atom
 * `end` explain; unless there is an earlier definition. */
static void add_definition(struct definitions *d, const struct view *v, uint32_t i, uint32_t j,
                           uint32_t first, uint32_t end)
{
    struct sv written = atoms_written(v, i, j);
    if (index_find(&d->index, written))
        return;
    struct buf reading = BUF_INIT;
    for (; first < end; first++) {
        if (!is_word(v, first))
            continue;
        if (reading.n)
            buf_putc(&reading, ' ');
        buf_add_sv(&reading, atom_lower(v, first));
    }
    *vec_push(&d->readings) = (struct sv){arena_dup(&d->arena, buf_sv(&reading)), reading.n};
    struct sv key = {arena_dup(&d->arena, written), written.n};
    index_add(&d->index, key, (uint32_t)(d->readings.n - 1));
    buf_free(&reading);
}

/* ---- the two forms ---- */

/* Whether what is in a bracket before the abbreviation only introduces it: "gọi tắt là", "viết
 * tắt:", or the beginning of the name, "Bộ" of "(Bộ GD&ĐT)". */
static bool introduces(const struct view *v, uint32_t begin, uint32_t end)
{
    bool names = false, name = true;
    for (uint32_t i = begin; i < end; i++) {
        if (!is_punct(v, i) && !(is_syllable(v, i) && !is_upper(v, i)))
            return false;
        names = names || near_after(v, i, NEAR_NAMING);
        name = name && is_word(v, i) && (i > begin || is_capitalized(v, i));
    }
    return names || name;
}

/* The first atom of the abbreviation that ends before atom `close`, inside the bracket `open`;
 * `close` if anything comes before it that does not introduce it. */
static uint32_t abbreviation_start(const struct view *v, uint32_t open, uint32_t close)
{
    uint32_t first = close - 1;
    while (first > open + 1 && atom_glued(v, first) &&
           (is_word(v, first - 1) || ties_capitals(v, first - 1)))
        first--;
    return introduces(v, open + 1, first) ? first : close;
}

/* Whether the words from atom i to before the bracket may be a place: two or three capitalised
 * syllables. One more word of a name is none: Hoàng Anh Gia Lai (HAG). */
static bool is_place(const struct view *v, uint32_t i, uint32_t open)
{
    for (uint32_t k = i; k < open; k++)
        if (!is_capitalized(v, k) || !is_syllable(v, k))
            return false;
    return open - i == 2 || open - i == 3;
}

/* The words before a bracket that the letters stand for, also before the name of a place: "Hạt Kiểm
 * lâm Ba Vì (HKL)". Gives the first of them and the atom after the last. */
static bool match_before(const struct view *v, const struct initials *letters, uint32_t open,
                         uint32_t *first, uint32_t *end)
{
    *end = open;
    if (match_backwards(v, letters, open, first))
        return true;
    for (uint32_t n = 2; n <= 3 && letters->n >= FEWEST_BEFORE_PLACE; n++) {
        *end = open - n;
        if (is_place(v, *end, open) && match_backwards(v, letters, *end, first))
            return true;
    }
    return false;
}

/* "Hội đồng nhân dân (HĐND)", with the bracket at atom `open`. */
static void collect_bracketed(struct definitions *d, const struct view *v, uint32_t open)
{
    struct initials letters;
    uint32_t close = next_mark(v, open, ')', MOST_LETTERS), first, said;
    if (close == open)
        return;
    uint32_t end = close - is_closing_quote(v, close - 1);
    uint32_t start = abbreviation_start(v, open, end);
    if (!collect_initials(v, start, end - 1, &letters))
        return;
    if (match_before(v, &letters, open, &first, &said))
        add_definition(d, v, start, end - 1, first, said);
}

/* "HĐND (Hội đồng nhân dân)". */
static void collect_explained(struct definitions *d, const struct view *v, uint32_t open)
{
    struct initials letters;
    uint32_t first = open, end;
    while (first > v->begin && open - first < MOST_LETTERS) {
        first--;
        if (!atom_glued(v, first))
            break;
    }
    if (!collect_initials(v, first, open - 1, &letters))
        return;
    if (match_forwards(v, &letters, open + 1, &end))
        add_definition(d, v, first, open - 1, open + 1, end);
}

void definitions_collect(struct definitions *d, const struct view *block)
{
    for (uint32_t i = block->begin; i + 2 < block->end; i++) {
        if (!is_mark(block, i, '('))
            continue;
        collect_bracketed(d, block, i);
        collect_explained(d, block, i);
    }
}
