#include "text/lexicon.h"

#include <errno.h>

#include "base/file.h"
#include "base/message.h"
#include "base/nfc.h"
#include "base/table.h"
#include "base/utf8.h"
#include "lang/syllable.h"

enum {
    LONGEST_PHRASE = 64, /* atoms */
    CONTEXT_ATOMS = 8,   /* how far away a context may be, on each side */
};

/* One row. Its phrase is cut into atoms like the text of an article. */
struct entry {
    struct sv written, spoken;
    const char *lower;   /* of written, with the same offsets */
    const char *context; /* in lower case, without < or >; NULL: none */
    bool before, after;  /* where the context may be */
    bool exact;          /* its capitals count */
    uint32_t atom0, atoms;
    const char *where; /* file and line */
};

struct lexicon {
    VEC(struct entry) entries;
    VEC(bool) found;    /* which of them were */
    struct atoms atoms; /* of all phrases */
    struct index index; /* from the first atom, in lower case, to entries */
    struct arena arena;
};

struct lexicon *lexicon_new(void)
{
    return mem_zalloc(sizeof(struct lexicon));
}

void lexicon_free(struct lexicon *l)
{
    if (!l)
        return;
    vec_free(&l->entries);
    vec_free(&l->found);
    vec_free(&l->atoms);
    index_free(&l->index);
    arena_free(&l->arena);
    free(l);
}

bool lexicon_is_empty(const struct lexicon *l)
{
    return !l->entries.n;
}

static enum status check_spoken(struct sv spoken, struct err *e)
{
    if (sv_is(spoken, "=spell"))
        return STATUS_OK;
    if (!spoken.n)
        return err_set(e, STATUS_USAGE,
                       "there is no reading; write how it sounds, in Vietnamese "
                       "syllables, or =spell");
    for (struct sv rest = spoken; rest.p;) {
        struct sv word = sv_cut(&rest, ' ');
        if (word.n && !syllable_is_legal(word))
            return err_set(e, STATUS_USAGE,
                           "\"%.*s\" is no Vietnamese syllable, so \"%.*s\" cannot be spoken; "
                           "write it as it sounds, with tone marks",
                           SV_ARG(word), SV_ARG(spoken));
    }
    return STATUS_OK;
}

/* Scans a phrase; false if it has no word or number, or is too long. */
static bool scan_phrase(struct sv written, char *lower, struct atoms *out)
{
    size_t before = out->n;
    scan(written, (struct span){0, (uint32_t)written.n}, (struct lowered){lower, 0}, out, NULL);
    bool content = false;
    for (size_t i = before; i < out->n; i++)
        content = content || out->at[i].kind == ATOM_WORD || out->at[i].kind == ATOM_NUMBER;
    return content && out->n - before <= LONGEST_PHRASE;
}

static enum status check_characters(struct sv cell, struct err *e)
{
    if (utf8_has_control(cell))
        return err_set(e, STATUS_USAGE,
                       "\"%.*s\" holds a tab, a line end or another control character, or is not "
                       "UTF-8; write plain text in UTF-8",
                       SV_ARG(cell));
    if (cell.n && cell.p[0] == '#')
        return err_set(e, STATUS_USAGE,
                       "\"%.*s\" begins with #, as only comments do; leave the # out",
                       SV_ARG(cell));
    return STATUS_OK;
}

enum status lexicon_check(struct sv written, struct sv spoken, struct sv context, struct err *e)
{
    size_t longest = written.n > spoken.n ? written.n : spoken.n;
    longest = longest > context.n ? longest : context.n;
    if (longest > TABLE_LONGEST_CELL)
        return err_set(e, STATUS_USAGE,
                       "a word or phrase of the row has %zu bytes; at most %d are allowed", longest,
                       TABLE_LONGEST_CELL);
    struct atoms atoms = {0};
    struct sv bare = context.n && (context.p[0] == '<' || context.p[0] == '>')
                         ? sv_sub(context, 1, context.n - 1)
                         : context;
    if (check_characters(written, e) || check_characters(spoken, e) || check_characters(context, e))
        return e->status;
    char *lower = mem_zalloc(written.n);
    bool phrase = scan_phrase(written, lower, &atoms);
    vec_free(&atoms);
    free(lower);
    if (!phrase)
        return err_set(
            e, STATUS_USAGE,
            "\"%.*s\" is nothing to be read: give a word, or a phrase of at most %d words",
            SV_ARG(written), LONGEST_PHRASE);
    if (context.n && !sv_trim(bare).n)
        return err_set(e, STATUS_USAGE, "\"%.*s\" holds no word that could stand beside it",
                       SV_ARG(context));
    return check_spoken(spoken, e);
}

static struct sv own_text(struct lexicon *l, struct sv v)
{
    return (struct sv){arena_dup(&l->arena, v), v.n};
}

static bool has_capital(const struct lexicon *l, const struct entry *entry)
{
    for (uint32_t i = 0; i < entry->atoms; i++)
        if (l->atoms.at[entry->atom0 + i].flags & (ATOM_CAPITAL | ATOM_MIXED | ATOM_UPPER))
            return true;
    return false;
}

/* The words in lower case, with one space between them. */
static struct sv context_words(struct lexicon *l, struct sv words)
{
    struct atoms atoms = {0};
    struct buf out = BUF_INIT;
    char *lower = mem_zalloc(words.n);
    scan(words, (struct span){0, (uint32_t)words.n}, (struct lowered){lower, 0}, &atoms, NULL);
    vec_free(&atoms);
    for (struct sv rest = {lower, words.n}; rest.p;) {
        struct sv word = sv_cut(&rest, ' ');
        if (word.n && out.n)
            buf_putc(&out, ' ');
        buf_add_sv(&out, word);
    }
    struct sv kept = own_text(l, buf_sv(&out));
    free(lower);
    buf_free(&out);
    return kept;
}

static void add_lexicon_entry(struct lexicon *l, const struct table *t, size_t row)
{
    struct sv context = table_cell(t, row, LEXICON_CONTEXT);
    struct entry entry = {.written = own_text(l, table_cell(t, row, LEXICON_WRITTEN)),
                          .spoken = context_words(l, table_cell(t, row, LEXICON_SPOKEN)),
                          .before = true,
                          .after = true,
                          .atom0 = (uint32_t)l->atoms.n};
    char *lower = arena_alloc(&l->arena, entry.written.n);
    scan_phrase(entry.written, lower, &l->atoms);
    entry.lower = lower;
    entry.atoms = (uint32_t)l->atoms.n - entry.atom0;
    entry.exact = has_capital(l, &entry);
    if (context.n && (context.p[0] == '<' || context.p[0] == '>')) {
        entry.before = context.p[0] == '<';
        entry.after = !entry.before;
        context = sv_trim(sv_sub(context, 1, context.n - 1));
    }
    if (context.n)
        entry.context = context_words(l, context).p;
    struct buf where = BUF_INIT;
    buf_add_printable(&where, sv_of(t->name)); /* it becomes the rule of a token */
    buf_addf(&where, ":%u", t->lines.at[row]);
    entry.where = arena_dup(&l->arena, buf_sv(&where));
    buf_free(&where);
    const struct atom *first = &l->atoms.at[entry.atom0];
    index_add(&l->index, (struct sv){lower, first->text.len}, (uint32_t)l->entries.n);
    *vec_push(&l->entries) = entry;
    *vec_push(&l->found) = false;
}

static enum status check_rows(const struct table *t, struct err *e)
{
    for (size_t i = 0; i < table_rows(t); i++) {
        enum status status =
            lexicon_check(table_cell(t, i, LEXICON_WRITTEN), table_cell(t, i, LEXICON_SPOKEN),
                          table_cell(t, i, LEXICON_CONTEXT), e);
        if (status)
            return err_at(e, t->name, t->lines.at[i], 0);
    }
    return STATUS_OK;
}

enum status lexicon_text(const char *path, struct sv bytes, struct buf *out, struct err *e)
{
    if (utf8_valid_prefix(bytes) < bytes.n)
        return err_set(e, STATUS_USAGE, "%s is not UTF-8; save it as UTF-8", path);
    nfc_append(out, bytes);
    return STATUS_OK;
}

/* Adds the rows of a file with these bytes. */
static enum status add_rows(struct lexicon *l, const char *path, const struct buf *bytes,
                            struct err *e)
{
    struct table t = {0};
    struct buf text = BUF_INIT;
    enum status status = lexicon_text(path, buf_sv(bytes), &text, e);
    if (!status)
        status =
            table_parse(&t, arena_dup(&l->arena, sv_of(path)), buf_sv(&text), LEXICON_COLUMNS, e);
    if (!status)
        status = check_rows(&t, e);
    for (size_t i = 0; !status && i < table_rows(&t); i++)
        add_lexicon_entry(l, &t, i);
    table_free(&t);
    buf_free(&text);
    return status;
}

enum status lexicon_load(struct lexicon *l, const char *path, struct err *e)
{
    struct buf bytes = BUF_INIT;
    enum status status = STATUS_OK;
    if (file_read(path, &bytes))
        status = add_rows(l, path, &bytes, e);
    else if (!file_is_absent(errno))
        status = err_set(e, file_status(errno), "%s cannot be read: %s", path, file_fault(errno));
    buf_free(&bytes);
    return status;
}

enum status lexicon_load_unnamed(struct lexicon *l, const char *path, const char **why,
                                 struct err *e)
{
    struct buf bytes = BUF_INIT;
    enum status status = STATUS_OK;
    errno = 0;
    if (file_read_unnamed(path, &bytes, why))
        status = add_rows(l, path, &bytes, e);
    else if (*why && file_status(errno) == STATUS_INPUT)
        status = err_set(e, STATUS_INPUT, "%s cannot be read: %s", path, *why);
    buf_free(&bytes);
    return status;
}

uint32_t lexicon_rows(const struct lexicon *l)
{
    return (uint32_t)l->entries.n;
}

uint32_t lexicon_rows_found(const struct lexicon *l, uint32_t rows)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < rows; i++)
        found += l->found.at[i];
    return found;
}

/* ---- finding ---- */

static bool atoms_match(const struct view *v, uint32_t i, const struct lexicon *l,
                        const struct entry *entry)
{
    const struct atom *mine = &l->atoms.at[entry->atom0];
    if (i + entry->atoms > v->end)
        return false;
    for (uint32_t k = 0; k < entry->atoms; k++) {
        struct sv text = atom_written(v, i + k), lower = atom_lower(v, i + k);
        struct sv want = sv_at(entry->written, mine[k].text);
        struct sv want_lower = {entry->lower + mine[k].text.off, mine[k].text.len};
        if (k > 0 && atom_glued(v, i + k) == ((mine[k].flags & ATOM_SPACED) != 0))
            return false;
        if (!(entry->exact ? sv_eq(text, want) : sv_eq(lower, want_lower)))
            return false;
    }
    return !is_glued_on(v, i + entry->atoms);
}

static bool context_fits(const struct view *v, uint32_t i, const struct entry *entry)
{
    if (!entry->context)
        return true;
    for (uint32_t k = 1; k <= CONTEXT_ATOMS; k++) {
        if (entry->before && phrase_is(v, i - k, entry->context))
            return true;
        if (entry->after && phrase_is(v, i + entry->atoms + k - 1, entry->context))
            return true;
    }
    return false;
}

static bool wins_over(const struct entry *a, const struct entry *b)
{
    if (!b || a->atoms != b->atoms)
        return !b || a->atoms > b->atoms;
    return a->context && !b->context;
}

bool lexicon_find(const struct lexicon *l, const struct view *v, uint32_t i,
                  struct lexicon_match *match)
{
    const struct entry *best = NULL;
    bool inside = is_glued_on(v, i) && (is_word(v, i - 1) || is_number(v, i - 1));
    const struct index_entry *x = inside ? NULL : index_find(&l->index, atom_lower(v, i));
    for (; x; x = index_next(&l->index, x)) {
        const struct entry *entry = &l->entries.at[x->row];
        if (wins_over(entry, best) && atoms_match(v, i, l, entry) && context_fits(v, i, entry))
            best = entry;
    }
    if (!best)
        return false;
    l->found.at[best - l->entries.at] = true;
    *match = (struct lexicon_match){best->atoms, best->spoken, best->where};
    return true;
}
