/* Reads a file of rows: checks each cell by its column's definition and gives it to the packer. */
#include "rules/tables.h"

#include "base/arena.h"
#include "base/nfc.h"
#include "base/table.h"
#include "base/utf8.h"
#include "base/windows_1252.h"
#include "lang/syllable.h"

enum { MOST_COLUMNS = 8 }; /* of a packed table */

/* A cell while it is checked, and what the packer gets of it. */
struct cell {
    const struct table *table;
    size_t row;
    uint32_t column;
    const struct column_definition *definition;
    struct sv written;
    struct sv kept;  /* text for the packer */
    uint64_t kinds;  /* bits for the packer */
    int32_t number;  /* for the packer */
    struct buf list; /* what is left of a list when its kinds are taken out; becomes `kept` */
    struct err *err;
};

/* Adds the place of the cell to the error just set. */
static bool at_cell(const struct cell *c)
{
    err_at(c->err, c->table->name, c->table->lines.at[c->row], c->column + 1);
    return false;
}

/* ---- what every cell must be ---- */

static bool is_nfc(struct sv text)
{
    struct buf composed = BUF_INIT;
    nfc_append(&composed, text);
    bool same = sv_eq(buf_sv(&composed), text);
    buf_free(&composed);
    return same;
}

static bool check_text(struct cell *c)
{
    if (c->written.n > TABLE_LONGEST_CELL)
        err_set(c->err, STATUS_USAGE, "the cell has %zu bytes; at most %d are allowed, shorten it",
                c->written.n, TABLE_LONGEST_CELL);
    else if (utf8_valid_prefix(c->written) < c->written.n)
        err_set(c->err, STATUS_USAGE, "the cell is not valid UTF-8; save the file as UTF-8");
    else if (!is_nfc(c->written))
        err_set(c->err, STATUS_USAGE,
                "\"%.*s\" has letters and marks apart, so no text would match it; save the file in "
                "composed Unicode (NFC)",
                SV_ARG(c->written));
    else if (utf8_has_control(c->written))
        err_set(c->err, STATUS_USAGE, "the cell holds a control character; remove it");
    else if (sv_find(c->written, SV("  ")) >= 0)
        err_set(c->err, STATUS_USAGE, "\"%.*s\" has two spaces together; leave one of them",
                SV_ARG(c->written));
    else
        return true;
    return at_cell(c);
}

/* ---- single checks ---- */

static bool is_lower(struct sv text)
{
    uint32_t code;
    for (size_t i = 0; i < text.n;) {
        i += utf8_decode_valid(text.p + i, &code);
        if (char_lower(code) != code)
            return false;
    }
    return true;
}

static bool check_lower(struct cell *c, struct sv text)
{
    if (is_lower(text))
        return true;
    err_set(c->err, STATUS_USAGE,
            "\"%.*s\" has a capital letter; write the column \"%s\" in lower "
            "case",
            SV_ARG(text), c->definition->name);
    return at_cell(c);
}

static bool check_syllable(struct cell *c, struct sv word)
{
    if (syllable_is_legal(word))
        return check_lower(c, word);
    err_set(
        c->err, STATUS_USAGE,
        "\"%.*s\" is no Vietnamese syllable, so the reading \"%.*s\" cannot be spoken; write it "
        "as it sounds, with tone marks",
        SV_ARG(word), SV_ARG(c->written));
    return at_cell(c);
}

static bool check_reading(struct cell *c)
{
    for (struct sv rest = c->written; rest.p;)
        if (!check_syllable(c, sv_cut(&rest, ' ')))
            return false;
    return true;
}

/* A bracket would end the phonemes, and what follows it would be words of any kind. */
static bool check_phonemes(struct cell *c, struct sv phonemes)
{
    size_t i = 0;
    while (i < phonemes.n && phonemes.p[i] > ' ' && phonemes.p[i] < 0x7F && phonemes.p[i] != '[' &&
           phonemes.p[i] != ']')
        i++;
    if (i == phonemes.n)
        return true;
    err_set(c->err, STATUS_USAGE,
            "\"%.*s\" is not a run of phonemes; write them in ASCII, without spaces and brackets",
            SV_ARG(phonemes));
    return at_cell(c);
}

static bool check_respelling(struct cell *c)
{
    for (struct sv rest = c->written; rest.p;) {
        struct sv word = sv_cut(&rest, ' ');
        bool phonemes = word.n > 4 && sv_starts(word, SV("[[")) && sv_ends(word, SV("]]"));
        if (phonemes ? !check_phonemes(c, sv_sub(word, 2, word.n - 4)) : !check_syllable(c, word))
            return false;
    }
    return true;
}

/* One sound: "-", a consonant, or vowels; of vowels also two forms, "ê/e". */
static bool is_sound(struct sv sound)
{
    uint32_t code;
    unsigned slashes = 0;
    bool vowels = false;
    for (size_t i = 0; i < sound.n;) {
        i += utf8_decode_valid(sound.p + i, &code);
        struct letter letter = letter_of(code);
        if (code == '/' ? slashes++ || !vowels || i == sound.n
                        : !letter.id || letter.id >= LETTER_F || letter.tone || letter.upper)
            return false;
        vowels = letter_is_vowel(letter.id);
    }
    return sound.n && (!slashes || vowels);
}

static bool check_sounds(struct cell *c)
{
    for (struct sv rest = c->written; rest.p;) {
        struct sv sound = sv_cut(&rest, ' ');
        if (sv_is(sound, "-") || sv_is(sound, "|") || is_sound(sound))
            continue;
        err_set(c->err, STATUS_USAGE,
                "\"%.*s\" is not a sound; write an onset (b, kh), the vowels of a rime without a "
                "tone (oa, ê/e), - for silence or | for the end of a syllable",
                SV_ARG(sound));
        return at_cell(c);
    }
    return true;
}

static bool check_number(struct cell *c)
{
    const struct column_definition *d = c->definition;
    struct sv digits = c->written;
    bool minus = sv_starts(digits, SV("-"));
    if (minus)
        digits = sv_sub(digits, 1, digits.n - 1);
    bool sound = digits.n > 0 && digits.n < 6;
    for (size_t i = 0; i < digits.n && sound; i++) {
        sound = digits.p[i] >= '0' && digits.p[i] <= '9';
        c->number = c->number * 10 + (digits.p[i] - '0');
    }
    c->number = minus ? -c->number : c->number;
    c->kept = (struct sv){"", 0};
    if (sound && c->number >= d->least && c->number <= d->most)
        return true;
    err_set(c->err, STATUS_USAGE,
            "\"%.*s\" is not allowed in the column \"%s\"; write a whole number from %d to %d",
            SV_ARG(c->written), d->name, d->least, d->most);
    return at_cell(c);
}

static bool check_characters(struct cell *c)
{
    const struct column_definition *d = c->definition;
    size_t n = utf8_count(c->written);
    if (n >= (size_t)d->least && n <= (size_t)d->most)
        return true;
    err_set(c->err, STATUS_USAGE,
            "\"%.*s\" is too long for the column \"%s\"; write at most %d characters",
            SV_ARG(c->written), d->name, d->most);
    return at_cell(c);
}

static bool check_western(struct cell *c)
{
    uint32_t code;
    for (size_t i = 0; i < c->written.n;) {
        i += utf8_decode_valid(c->written.p + i, &code);
        if (windows_1252_byte(code) != NOT_A_BYTE)
            continue;
        err_set(c->err, STATUS_USAGE,
                "\"%.*s\" is not in windows-1252; write the characters that this encoding shows "
                "for the bytes",
                SV_ARG(c->written));
        return at_cell(c);
    }
    return check_characters(c);
}

static bool check_lower_letter(struct cell *c)
{
    uint32_t code;
    if (utf8_decode_valid(c->written.p, &code) == c->written.n && char_kind_of(code) == CHAR_LETTER)
        return check_lower(c, c->written);
    err_set(c->err, STATUS_USAGE, "\"%.*s\" is not a letter; write one letter in lower case",
            SV_ARG(c->written));
    return at_cell(c);
}

/* ---- kinds ---- */

static bool is_allowed(const struct column_definition *d, const struct kind_name *k)
{
    return !d->allowed || (k->bit & d->allowed);
}

/* Takes a word that is a kind: its bit, and what follows the colon of one that ends in ":". */
static bool read_kind(struct cell *c, struct sv word)
{
    for (const struct kind_name *k = kind_names[c->definition->kinds]; k->name; k++) {
        struct sv name = sv_of(k->name);
        bool open = sv_ends(name, SV(":"));
        bool same = open ? sv_starts(word, name) && word.n > name.n : sv_eq(word, name);
        if (!same || !is_allowed(c->definition, k))
            continue;
        c->kinds |= k->bit;
        if (open)
            buf_add(&c->list, word.p + name.n, word.n - name.n);
        return true;
    }
    return false;
}

static bool refuse_kind(struct cell *c, struct sv word)
{
    struct buf names = BUF_INIT;
    for (const struct kind_name *k = kind_names[c->definition->kinds]; k->name; k++)
        if (is_allowed(c->definition, k))
            buf_addf(&names, "%s%s", names.n ? ", " : "", k->name);
    err_set(c->err, STATUS_USAGE, "\"%.*s\" is not allowed in the column \"%s\"; these are: %s",
            SV_ARG(word), c->definition->name, names.p);
    buf_free(&names);
    return at_cell(c);
}

/* The first column is what rows are found by, so it is kept. */
static bool check_kind(struct cell *c)
{
    if (c->column)
        c->kept = (struct sv){"", 0};
    return read_kind(c, c->written) || refuse_kind(c, c->written);
}

static bool check_kinds(struct cell *c)
{
    c->kept = (struct sv){"", 0};
    for (struct sv rest = c->written; rest.p;) {
        struct sv word = sv_cut(&rest, ' ');
        if (!read_kind(c, word))
            return refuse_kind(c, word);
    }
    return true;
}

/* A list of kinds and of texts in lower case: the texts are kept. */
static bool check_list(struct cell *c, char by)
{
    for (struct sv rest = c->written; rest.p;) {
        struct sv item = sv_trim(sv_cut(&rest, by));
        if (!item.n || read_kind(c, item))
            continue;
        if (!check_lower(c, item))
            return false;
        if (c->list.n)
            buf_putc(&c->list, by);
        buf_add_sv(&c->list, item);
    }
    c->kept = (struct sv){"", 0};
    return true;
}

/* ---- cells ---- */

static bool check_by_column(struct cell *c)
{
    switch (c->definition->check) {
    case CHECK_TEXT:
        return true;
    case CHECK_LOWER:
        return check_lower(c, c->written);
    case CHECK_READING:
        return c->written.p[0] == '=' ? check_kind(c) : check_reading(c);
    case CHECK_SYLLABLE:
        return check_syllable(c, c->written);
    case CHECK_RESPELLING:
        return check_respelling(c);
    case CHECK_PHONEMES:
        return check_phonemes(c, c->written);
    case CHECK_SOUNDS:
        return check_sounds(c);
    case CHECK_KIND:
        return check_kind(c);
    case CHECK_KINDS:
        return check_kinds(c);
    case CHECK_CONTEXT:
        return check_list(c, ' ');
    case CHECK_PHRASES:
        return check_list(c, ';');
    case CHECK_NUMBER:
        return check_number(c);
    case CHECK_CHARACTERS:
        return check_characters(c);
    case CHECK_LOWER_LETTER:
        return check_lower_letter(c);
    case CHECK_WESTERN:
        return check_western(c);
    }
    return true;
}

static bool check_cell(struct cell *c)
{
    c->kept = c->written;
    if (c->written.n)
        return check_text(c) && check_by_column(c);
    if (c->definition->optional)
        return true;
    err_set(c->err, STATUS_USAGE, "the column \"%s\" is empty; fill it in, or remove the row",
            c->definition->name);
    return at_cell(c);
}

/* Checks a cell and puts it where the packer looks for it; false: the error is set. */
static bool read_cell(struct cell *c, struct arena *arena, struct packer_cell *to, uint64_t *kinds)
{
    c->list = BUF_INIT;
    bool sound = check_cell(c);
    if (c->list.n)
        c->kept = (struct sv){arena_dup(arena, buf_sv(&c->list)), c->list.n};
    buf_free(&c->list);
    *to = (struct packer_cell){c->kept, c->number};
    *kinds |= c->kinds;
    return sound;
}

/* ---- rows ---- */

/* A file while it is read. */
struct reading {
    const struct table_definition *definition;
    struct table table;
    struct index *earlier; /* first columns of files read before; may be NULL */
    struct index rows;     /* what must be unique in this file, to lines */
    struct arena *arena;
    struct packer *out;
    struct err *err;
};

/* The cells that together must be unique, with tabs between. */
static struct sv identity_of(const struct reading *r, size_t row)
{
    struct buf joined = BUF_INIT;
    for (uint32_t c = 0; c < r->definition->column_count; c++)
        if (r->definition->columns[c].unique) {
            buf_add_sv(&joined, table_cell(&r->table, row, c));
            buf_putc(&joined, '\t');
        }
    struct sv kept = {arena_dup(r->arena, buf_sv(&joined)), joined.n};
    buf_free(&joined);
    return kept;
}

static bool check_unique(struct reading *r, size_t row)
{
    struct sv identity = identity_of(r, row);
    const struct index_entry *same = index_find(&r->rows, identity);
    if (!same) {
        index_add(&r->rows, identity, r->table.lines.at[row]);
        return true;
    }
    err_set(r->err, STATUS_USAGE,
            "\"%.*s\" has such a row in line %u already; remove one of the two",
            SV_ARG(table_cell(&r->table, row, 0)), same->row);
    err_at(r->err, r->table.name, r->table.lines.at[row], 1);
    return false;
}

static struct sv lower_copy(struct arena *arena, struct sv text)
{
    struct buf lower = BUF_INIT;
    uint32_t code;
    for (size_t i = 0; i < text.n;) {
        i += utf8_decode_valid(text.p + i, &code);
        buf_add_code(&lower, char_lower(code));
    }
    struct sv kept = {arena_dup(arena, buf_sv(&lower)), lower.n};
    buf_free(&lower);
    return kept;
}

/* Sets what the row is found by. */
static void add_key(const struct reading *r, struct packer_cell *cells, uint64_t kinds)
{
    if (r->definition->key == KEY_BOILERPLATE) {
        bool whole = kinds & (MATCH_EXACT | MATCH_AGENCY);
        cells[BOILERPLATE_KEY].text = whole ? cells[0].text : boilerplate_head(cells[0].text);
    }
}

static bool read_row(struct reading *r, size_t row)
{
    uint64_t kinds = 0;
    struct sv first = table_cell(&r->table, row, 0);
    bool replaced = r->earlier && index_find(r->earlier, first);
    struct packer_cell cells[MOST_COLUMNS] = {{{"", 0}, 0}};
    for (uint32_t c = 0; c < r->definition->column_count; c++) {
        struct cell cell = {.table = &r->table,
                            .row = row,
                            .column = c,
                            .definition = &r->definition->columns[c],
                            .written = table_cell(&r->table, row, c),
                            .err = r->err};
        if (!read_cell(&cell, r->arena, &cells[c], &kinds))
            return false;
    }
    if (!check_unique(r, row))
        return false;
    if (!replaced) {
        add_key(r, cells, kinds);
        memcpy(packer_add(r->out, kinds), cells, r->out->columns * sizeof *cells);
    }
    return true;
}

/* From here on the rows of this file count as earlier ones. */
static void remember_rows(struct reading *r)
{
    for (size_t row = 0; r->earlier && row < table_rows(&r->table); row++)
        index_add(r->earlier, table_cell(&r->table, row, 0), 0);
}

/* The rows of the file, with the first column as it is looked up. */
static void lower_keys(struct reading *r)
{
    for (size_t row = 0; row < table_rows(&r->table); row++) {
        struct sv *first = &r->table.cells.at[row * r->table.columns];
        if (utf8_valid_prefix(*first) == first->n)
            *first = lower_copy(r->arena, *first);
    }
}

enum status table_read(enum rule_table which, const char *name, struct sv bytes,
                       struct index *earlier, struct arena *arena, struct packer *out,
                       struct err *e)
{
    struct reading r = {.definition = &table_definitions[which],
                        .earlier = earlier,
                        .arena = arena,
                        .out = out,
                        .err = e};
    enum status status = table_parse(&r.table, name, bytes, r.definition->column_count, e);
    if (!status && r.definition->key == KEY_LOWER)
        lower_keys(&r);
    for (size_t row = 0; !status && row < table_rows(&r.table); row++)
        if (!read_row(&r, row))
            status = e->status;
    if (!status)
        remember_rows(&r);
    table_free(&r.table);
    index_free(&r.rows);
    return status;
}
