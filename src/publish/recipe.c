#include "publish/recipe.h"

#include <errno.h>

#include "base/ascii.h"
#include "base/closest.h"
#include "base/decimal.h"
#include "base/file.h"
#include "base/message.h"
#include "base/nfc.h"
#include "base/utf8.h"

enum value_type { TEXT, PATH, NAME, NAMES, NUMBER, WHOLE, TIME, DATE, WORD };

static const char *const section_names[] = {
#define SECTION(id, name) name,
#include "publish/recipe_keys.def"
};

#define IN(section) (1u << RECIPE_##section)

static const struct key_row {
    const char *name;
    unsigned sections; /* bits */
    enum value_type type;
    double least, most;
    const char *words;
} key_rows[] = {
#define KEY(id, name, sections, type, least, most, words)                                          \
    {name, sections, type, least, most, words},
#include "publish/recipe_keys.def"
};

const char *recipe_section_name(enum recipe_section section)
{
    return section_names[section];
}

/* While the file is read. */
struct recipe_reader {
    struct recipe *r;
    struct recipe_part *part; /* NULL: no section has begun */
    enum recipe_key key;      /* of the value that an indented line goes on with */
    bool goes_on;             /* there is such a value */
    struct buf text;          /* its lines */
    uint32_t line;
    struct err *e;
};

static enum status fail_here(const struct recipe_reader *d)
{
    return err_at(d->e, d->r->file, d->line, 0);
}

/* ---- what word processors make of a recipe ---- */

/* Spaces that do not break, and marks of no width. */
static const char *const odd_spaces[] = {"\u00A0", "\u202F", "\u200B", "\u2060", "\uFEFF"};

static const struct quotation {
    const char *before, *behind;
} quotations[] = {{"\"", "\""}, {"'", "'"}, {"“", "”"}, {"‘", "’"}, {"«", "»"}};

static const char *const minus_signs[] = {"–", "−", "‐", "‑"};

enum place { AT_BEGINNING, AT_END };

/* The length of a space of any kind there; 0: there is none. */
static size_t space_at(enum place place, struct sv v)
{
    if (v.n && ascii_is_space(v.p[place == AT_END ? v.n - 1 : 0]))
        return 1;
    for (size_t i = 0; i < sizeof odd_spaces / sizeof *odd_spaces; i++) {
        struct sv space = sv_of(odd_spaces[i]);
        if (place == AT_END ? sv_ends(v, space) : sv_starts(v, space))
            return space.n;
    }
    return 0;
}

static struct sv trim(struct sv v)
{
    for (size_t n; (n = space_at(AT_BEGINNING, v)) > 0;)
        v = sv_from(v, n);
    for (size_t n; (n = space_at(AT_END, v)) > 0;)
        v.n -= n;
    return v;
}

/* Without quotation marks around the whole, unless there are more of them. */
static struct sv unquoted(struct sv v)
{
    for (size_t i = 0; i < sizeof quotations / sizeof *quotations; i++) {
        struct sv before = sv_of(quotations[i].before), behind = sv_of(quotations[i].behind);
        if (v.n < before.n + behind.n || !sv_starts(v, before) || !sv_ends(v, behind))
            continue;
        struct sv inside = sv_sub(v, before.n, v.n - before.n - behind.n);
        return sv_find(inside, before) < 0 && sv_find(inside, behind) < 0 ? trim(inside) : v;
    }
    return v;
}

/* "–0,5" is -0.5. */
static bool parse_number(const char *text, double *number)
{
    struct buf plain = BUF_INIT;
    struct sv rest = sv_of(text);
    for (size_t i = 0; i < sizeof minus_signs / sizeof *minus_signs; i++)
        if (sv_starts(rest, sv_of(minus_signs[i]))) {
            buf_putc(&plain, '-');
            rest = trim(sv_from(rest, strlen(minus_signs[i])));
        }
    buf_add_sv(&plain, rest);
    char *comma = strchr(plain.p, ',');
    if (comma && !strchr(plain.p, '.'))
        *comma = '.';
    bool parsed = decimal_parse(plain.p, number);
    buf_free(&plain);
    return parsed;
}

/* ---- values ---- */

static enum status refuse_number(const struct recipe_reader *d, const struct key_row *row,
                                 const char *text)
{
    if (row->type == WHOLE)
        err_set(d->e, STATUS_USAGE, "“%s” is not a whole number from %g to %g, as %s wants.", text,
                row->least, row->most, row->name);
    else
        err_set(d->e, STATUS_USAGE, "“%s” is not a number from %g to %g, as %s wants.", text,
                row->least, row->most, row->name);
    return fail_here(d);
}

static enum status take_number(const struct recipe_reader *d, const struct key_row *row,
                               struct recipe_value *v)
{
    if (parse_number(v->text, &v->number) && v->number >= row->least && v->number <= row->most &&
        (row->type != WHOLE || (double)(uint32_t)v->number == v->number))
        return STATUS_OK;
    return refuse_number(d, row, v->text);
}

/* "15:00", "1:02:03", "90": the parts behind the first are below 60. */
static bool parse_time(const char *text, double *seconds)
{
    enum { SIXTY = 60, MOST_PARTS = 3, MOST_SECONDS = 24 * 60 * 60 };
    struct sv rest = sv_of(text);
    unsigned parts = 0;
    *seconds = 0;
    while (rest.p) {
        struct sv piece = sv_cut(&rest, ':');
        double number = 0;
        for (size_t i = 0; i < piece.n; i++) {
            if (!ascii_is_digit(piece.p[i]))
                return false;
            number = number * 10 + (piece.p[i] - '0');
        }
        if (!piece.n || piece.n > 5 || ++parts > MOST_PARTS || (parts > 1 && number >= SIXTY))
            return false;
        *seconds = *seconds * SIXTY + number;
    }
    return *seconds > 0 && *seconds <= MOST_SECONDS;
}

static enum status take_time(const struct recipe_reader *d, const struct key_row *row,
                             struct recipe_value *v)
{
    if (parse_time(v->text, &v->number))
        return STATUS_OK;
    err_set(d->e, STATUS_USAGE,
            "“%s” is no length: write minutes and seconds, as in %s = 15:00 (at most 24 hours).",
            v->text, row->name);
    return fail_here(d);
}

static enum status take_date(const struct recipe_reader *d, struct recipe_value *v)
{
    int32_t days;
    if (!recipe_days(v->text, &days)) {
        err_set(d->e, STATUS_USAGE, "“%s” is no date: write year, month and day as in 2024-05-15.",
                v->text);
        return fail_here(d);
    }
    v->number = days;
    return STATUS_OK;
}

static enum status take_word(const struct recipe_reader *d, const struct key_row *row,
                             struct recipe_value *v)
{
    struct sv rest = sv_of(row->words);
    struct buf all = BUF_INIT;
    for (v->number = 0; rest.p; v->number++) {
        struct sv word = sv_cut(&rest, '|');
        if (ascii_same(word, sv_of(v->text))) {
            buf_free(&all);
            return STATUS_OK;
        }
        buf_addf(&all, "%s%.*s", all.n ? ", " : "", SV_ARG(word));
    }
    err_set(d->e, STATUS_USAGE, "“%s” is none of what %s may be: %s.", v->text, row->name, all.p);
    buf_free(&all);
    return fail_here(d);
}

static enum status take_names(const struct recipe_reader *d, const struct key_row *row,
                              struct recipe_value *v)
{
    struct sv rest = sv_of(v->text);
    size_t names = 0;
    while (rest.p) {
        names++;
        if (!trim(sv_cut(&rest, ',')).n) {
            err_set(d->e, STATUS_USAGE, "%s has a comma without a name before or behind it.",
                    row->name);
            return fail_here(d);
        }
    }
    if (row->type == NAMES || names == 1)
        return STATUS_OK;
    err_set(d->e, STATUS_USAGE, "“%s” is more than one name, and %s takes one.", v->text,
            row->name);
    return fail_here(d);
}

/* A path that is not absolute starts at the folder of the recipe. */
static void take_path(const struct recipe_reader *d, struct recipe_value *v)
{
    const char *slash = strrchr(d->r->file, '/');
    bool stays = *v->text == '/' || strstr(v->text, "://") || strncmp(v->text, "docbao:", 7) == 0;
    if (stays || !slash)
        return;
    struct buf path = BUF_INIT;
    buf_add(&path, d->r->file, (size_t)(slash - d->r->file) + 1);
    buf_adds(&path, v->text);
    v->text = arena_dup(&d->r->arena, buf_sv(&path));
    buf_free(&path);
}

static enum status take_value(const struct recipe_reader *d, const struct key_row *row,
                              struct recipe_value *v)
{
    if (row->type == PATH || row->type == NAME || row->type == NAMES)
        v->text = arena_dup(&d->r->arena, unquoted(sv_of(v->text)));
    if (!*v->text) {
        err_set(d->e, STATUS_USAGE, "%s has no value: write %s = VALUE, or leave the line out.",
                row->name, row->name);
        return fail_here(d);
    }
    switch (row->type) {
    case TEXT:
        return STATUS_OK;
    case PATH:
        take_path(d, v);
        return STATUS_OK;
    case NAME:
    case NAMES:
        return take_names(d, row, v);
    case TIME:
        return take_time(d, row, v);
    case DATE:
        return take_date(d, v);
    case WORD:
        return take_word(d, row, v);
    default:
        return take_number(d, row, v);
    }
}

/* ---- lines ---- */

/* A text may go on for lines, so that only its end shows whether there is any. */
static enum status end_value(struct recipe_reader *d)
{
    if (!d->goes_on)
        return STATUS_OK;
    struct recipe_value *v = &d->part->values[d->key];
    struct recipe_reader at = *d;
    at.line = v->line;
    d->goes_on = false;
    v->text = arena_dup(&d->r->arena, buf_sv(&d->text));
    return take_value(&at, &key_rows[d->key], v);
}

/* What a name was most likely meant to be, or NULL. */
static const char *meant_by(struct sv name, const char *const *known, size_t count)
{
    struct buf lower = BUF_INIT;
    for (size_t i = 0; i < name.n; i++)
        buf_putc(&lower, ascii_lower(name.p[i]));
    const char *meant = closest_name(lower.p, known, count, sizeof *known);
    buf_free(&lower);
    return meant;
}

static enum status refuse_section(const struct recipe_reader *d, struct sv name)
{
    struct buf all = BUF_INIT;
    const char *meant = meant_by(name, section_names, RECIPE_SECTIONS);
    for (unsigned i = 0; i < RECIPE_SECTIONS; i++)
        buf_addf(&all, "%s[%s]", i ? ", " : "", section_names[i]);
    if (meant)
        err_set(d->e, STATUS_USAGE,
                "A recipe has no part [%.*s]; did you mean [%s]? It may have %s.", SV_ARG(name),
                meant, all.p);
    else
        err_set(d->e, STATUS_USAGE, "A recipe has no part [%.*s]; it may have %s.", SV_ARG(name),
                all.p);
    buf_free(&all);
    return fail_here(d);
}

static enum status begin_section(struct recipe_reader *d, struct sv line)
{
    struct sv name = trim(sv_sub(line, 1, line.n - 2));
    unsigned section = 0;
    while (section < RECIPE_SECTIONS && !ascii_same(name, sv_of(section_names[section])))
        section++;
    if (section == RECIPE_SECTIONS)
        return refuse_section(d, name);
    d->part = section == RECIPE_bulletin ? &d->r->whole : vec_push(&d->r->parts);
    if (section == RECIPE_bulletin && d->part->line) {
        err_set(d->e, STATUS_USAGE, "There is a second [bulletin]; the first is on line %u.",
                d->part->line);
        return fail_here(d);
    }
    *d->part = (struct recipe_part){.section = (enum recipe_section)section, .line = d->line};
    return STATUS_OK;
}

static enum status refuse_key(const struct recipe_reader *d, struct sv name)
{
    const char *section = section_names[d->part->section], *known[RECIPE_KEYS];
    struct buf all = BUF_INIT;
    size_t count = 0;
    for (unsigned i = 0; i < RECIPE_KEYS; i++)
        if (key_rows[i].sections & 1u << d->part->section) {
            known[count++] = key_rows[i].name;
            buf_addf(&all, "%s%s", all.n ? ", " : "", key_rows[i].name);
        }
    const char *meant = meant_by(name, known, count);
    if (meant)
        err_set(d->e, STATUS_USAGE, "[%s] has no “%.*s”; did you mean %s? It may have %s.", section,
                SV_ARG(name), meant, all.p);
    else
        err_set(d->e, STATUS_USAGE, "[%s] has no “%.*s”; it may have %s.", section, SV_ARG(name),
                all.p);
    buf_free(&all);
    return fail_here(d);
}

static bool find_key(struct recipe_reader *d, struct sv name)
{
    unsigned found = 0;
    while (found < RECIPE_KEYS && !(ascii_same(name, sv_of(key_rows[found].name)) &&
                                    key_rows[found].sections & 1u << d->part->section))
        found++;
    if (found < RECIPE_KEYS)
        d->key = (enum recipe_key)found;
    return found < RECIPE_KEYS;
}

static enum status read_key(struct recipe_reader *d, struct sv line)
{
    struct sv value = line, name = trim(sv_cut(&value, '='));
    if (!value.p) {
        err_set(d->e, STATUS_USAGE,
                "This line is neither [part] nor key = value; a text that goes on from the line "
                "before begins with a space.");
        return fail_here(d);
    }
    if (!d->part) {
        err_set(d->e, STATUS_USAGE, "“%.*s” stands before the first part, such as [bulletin].",
                SV_ARG(name));
        return fail_here(d);
    }
    if (!find_key(d, name))
        return refuse_key(d, name);
    struct recipe_value *v = &d->part->values[d->key];
    if (v->line) {
        err_set(d->e, STATUS_USAGE, "“%.*s” is given twice in this part; the first is on line %u.",
                SV_ARG(name), v->line);
        return fail_here(d);
    }
    *v = (struct recipe_value){.line = d->line, .text = ""};
    buf_clear(&d->text);
    buf_add_sv(&d->text, trim(value));
    d->goes_on = true;
    return key_rows[d->key].type == TEXT ? STATUS_OK : end_value(d);
}

static void go_on(struct recipe_reader *d, struct sv line)
{
    if (d->text.n)
        buf_putc(&d->text, '\n');
    buf_add_sv(&d->text, line);
}

static enum status read_line(struct recipe_reader *d, struct sv raw)
{
    struct sv line = trim(raw);
    if (!line.n || *line.p == '#' || *line.p == ';')
        return STATUS_OK;
    bool indented = space_at(AT_BEGINNING, raw) > 0;
    if (indented && d->goes_on) {
        go_on(d, line);
        return STATUS_OK;
    }
    enum status status = end_value(d);
    if (status)
        return status;
    if (*line.p == '[' && line.p[line.n - 1] == ']')
        return begin_section(d, line);
    return read_key(d, line);
}

/* The next line, whether it ends as on Unix, on Windows, or with a carriage return alone. */
static struct sv cut_line(struct sv *text)
{
    struct sv all = *text;
    size_t n = 0;
    while (n < all.n && all.p[n] != '\n' && all.p[n] != '\r')
        n++;
    size_t end = n + (n + 1 < all.n && all.p[n] == '\r' && all.p[n + 1] == '\n' ? 2 : 1);
    *text = n < all.n ? sv_from(all, end) : (struct sv){NULL, 0};
    return sv_sub(all, 0, n);
}

static enum status read_lines(struct recipe_reader *d, struct sv text)
{
    enum status status = STATUS_OK;
    if (sv_starts(text, SV("\xEF\xBB\xBF")))
        text = sv_from(text, 3);
    while (text.p && !status) {
        struct sv line = cut_line(&text);
        d->line++;
        if (utf8_valid_prefix(line) < line.n || memchr(line.p ? line.p : "", '\0', line.n)) {
            err_set(d->e, STATUS_USAGE,
                    "This line is not text in UTF-8: save the recipe as UTF-8.");
            return fail_here(d);
        }
        struct buf composed = BUF_INIT;
        nfc_append(&composed, line);
        status = read_line(d, buf_sv(&composed));
        buf_free(&composed);
    }
    return status ? status : end_value(d);
}

/* ---- what does not go together ---- */

enum status recipe_error_at(const struct recipe *r, const struct recipe_part *p,
                            enum recipe_key key, struct err *e)
{
    uint32_t line = recipe_has(p, key) ? p->values[key].line : p->line;
    return err_at(e, r->file, line, 0);
}

static enum status refuse_both(const struct recipe *r, const struct recipe_part *p,
                               enum recipe_key one, enum recipe_key other, struct err *e)
{
    err_set(e, STATUS_USAGE, "[%s] has both %s and %s, which do not go together: leave one out.",
            section_names[p->section], key_rows[one].name, key_rows[other].name);
    return recipe_error_at(r, p, other, e);
}

static enum status refuse_without(const struct recipe *r, const struct recipe_part *p,
                                  enum recipe_key one, enum recipe_key needed, struct err *e)
{
    err_set(e, STATUS_USAGE, "In [%s], %s means nothing without %s.", section_names[p->section],
            key_rows[one].name, key_rows[needed].name);
    return recipe_error_at(r, p, one, e);
}

static enum status refuse_lack(const struct recipe *r, const struct recipe_part *p,
                               enum recipe_key needed, struct err *e)
{
    err_set(e, STATUS_USAGE, "[%s] needs %s.", section_names[p->section], key_rows[needed].name);
    return err_at(e, r->file, p->line, 0);
}

/* Two keys that exclude each other, or the first of which needs the second. */
static const struct key_pair {
    enum recipe_key one, other;
    bool needs;
} key_pairs[] = {
    {RECIPE_KEY_number, RECIPE_KEY_first, false}, {RECIPE_KEY_text, RECIPE_KEY_file, false},
    {RECIPE_KEY_voice, RECIPE_KEY_voices, false}, {RECIPE_KEY_fit_by, RECIPE_KEY_fit, true},
    {RECIPE_KEY_bed_level, RECIPE_KEY_bed, true}, {RECIPE_KEY_duck, RECIPE_KEY_bed, true},
};

static enum status check_pairs(const struct recipe *r, const struct recipe_part *p, struct err *e)
{
    for (size_t i = 0; i < sizeof key_pairs / sizeof *key_pairs; i++) {
        const struct key_pair *pair = &key_pairs[i];
        if (!recipe_has(p, pair->one) || recipe_has(p, pair->other) == pair->needs)
            continue;
        return pair->needs ? refuse_without(r, p, pair->one, pair->other, e)
                           : refuse_both(r, p, pair->one, pair->other, e);
    }
    return STATUS_OK;
}

static bool lacks_its_voices(const struct recipe *r, const struct recipe_part *p)
{
    return p->values[RECIPE_KEY_interview].number > 0 &&
           !strchr(recipe_text(p, RECIPE_KEY_voices, recipe_text(&r->whole, RECIPE_KEY_voices, "")),
                   ',');
}

static enum status check_part(const struct recipe *r, const struct recipe_part *p, struct err *e)
{
    enum status status = check_pairs(r, p, e);
    if (status)
        return status;
    switch (p->section) {
    case RECIPE_article:
    case RECIPE_jingle:
    case RECIPE_audio:
        if (!recipe_has(p, RECIPE_KEY_file))
            return refuse_lack(r, p, RECIPE_KEY_file, e);
        break;
    case RECIPE_articles:
        if (!recipe_has(p, RECIPE_KEY_feed))
            return refuse_lack(r, p, RECIPE_KEY_feed, e);
        break;
    case RECIPE_text:
        if (!recipe_has(p, RECIPE_KEY_text) && !recipe_has(p, RECIPE_KEY_file))
            return refuse_lack(r, p, RECIPE_KEY_text, e);
        break;
    default:
        break;
    }
    if (p->values[RECIPE_KEY_interview].number > 0 && recipe_has(p, RECIPE_KEY_voice))
        return refuse_both(r, p, RECIPE_KEY_interview, RECIPE_KEY_voice, e);
    if (!lacks_its_voices(r, p))
        return STATUS_OK;
    err_set(e, STATUS_USAGE,
            "An interview needs two voices: write voices = ONE, OTHER here or in [bulletin].");
    return recipe_error_at(r, p, RECIPE_KEY_interview, e);
}

static enum status check_headlines(const struct recipe *r, const struct recipe_part *headlines,
                                   struct err *e)
{
    for (size_t i = 0; i < r->parts.n; i++)
        if (r->parts.at[i].section == RECIPE_article || r->parts.at[i].section == RECIPE_articles)
            return STATUS_OK;
    err_set(e, STATUS_USAGE,
            "[headlines] says the titles of the articles, and there is neither [article] nor "
            "[articles].");
    return err_at(e, r->file, headlines->line, 0);
}

/* What there may be once. */
static enum status check_once(const struct recipe *r, const struct recipe_part *p, struct err *e)
{
    for (const struct recipe_part *other = r->parts.at; other < p; other++)
        if (other->section == p->section) {
            err_set(e, STATUS_USAGE, "There is a second [%s]; the first is on line %u.",
                    section_names[p->section], other->line);
            return err_at(e, r->file, p->line, 0);
        }
    return STATUS_OK;
}

static enum status check_whole(const struct recipe *r, struct err *e)
{
    enum status status = check_pairs(r, &r->whole, e);
    for (size_t i = 0; i < r->parts.n && !status; i++) {
        const struct recipe_part *p = &r->parts.at[i];
        bool once = p->section == RECIPE_opening || p->section == RECIPE_closing ||
                    p->section == RECIPE_headlines;
        status = check_part(r, p, e);
        if (!status && once)
            status = check_once(r, p, e);
        if (!status && p->section == RECIPE_headlines)
            status = check_headlines(r, p, e);
    }
    if (status || r->parts.n)
        return status;
    err_set(e, STATUS_USAGE,
            "The recipe has no part to be heard, such as [article]; docbao bulletin --init writes "
            "one to begin with.");
    return err_at(e, r->file, 0, 0);
}

/* ---- the file ---- */

enum status recipe_parse(struct recipe *r, struct sv bytes, const char *file, struct err *e)
{
    *r = (struct recipe){0};
    r->file = arena_dup(&r->arena, sv_of(file));
    struct recipe_reader d = {.r = r, .text = BUF_INIT, .e = e};
    enum status status = read_lines(&d, bytes);
    buf_free(&d.text);
    if (!status)
        status = check_whole(r, e);
    if (status)
        recipe_free(r);
    return status;
}

enum status recipe_read(struct recipe *r, const char *file, struct err *e)
{
    struct buf bytes = BUF_INIT;
    enum status status;
    if (file_read(file, &bytes)) {
        status = recipe_parse(r, buf_sv(&bytes), file, e);
    } else {
        status =
            err_set(e, file_status(errno), "The recipe cannot be read: %s.", file_fault(errno));
        err_at(e, file, 0, 0);
    }
    buf_free(&bytes);
    return status;
}

void recipe_free(struct recipe *r)
{
    vec_free(&r->parts);
    arena_free(&r->arena);
}
