/*
 * The recipe of a bulletin: an INI file whose sections are its parts, in their order.
 *
 *     [bulletin]                       the whole: station, voices, profile, length
 *     [opening] [jingle] [headlines]
 *     [article] [articles] [text] [audio] [closing]
 *
 * Why no library reads it: inih cuts lines at 200 bytes and values at " ;", and what stands here is
 * prose; and every complaint, also one about two keys together, needs the line.
 *
 * Invariants:
 * - A recipe that was read has only keys that publish/recipe_keys.def allows in their sections,
 *   with values of their types, each at most once; no two of them contradict each other.
 * - What word processors make of a recipe is read all the same: capitals in names, quotation marks
 *   around a path or a name, a dash for a minus, no-break spaces; and a comma as the decimal mark.
 * - Texts are valid UTF-8 in NFC, on lines of their own where the file has several. A path that
 *   does not begin with "/" starts at the folder of the recipe; addresses and names that begin with
 *   "docbao:" (sounds in the program) stay as they are.
 * - Nothing but the recipe is looked at: whether a file or a voice is there shows later.
 */
#ifndef DOCBAO_PUBLISH_RECIPE_H
#define DOCBAO_PUBLISH_RECIPE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

enum recipe_section {
#define SECTION(id, name) RECIPE_##id,
#include "publish/recipe_keys.def"
    RECIPE_SECTIONS
};

enum recipe_key {
#define KEY(id, name, sections, type, least, most, words) RECIPE_KEY_##id,
#include "publish/recipe_keys.def"
    RECIPE_KEYS
};

struct recipe_value {
    uint32_t line;    /* where it stands, from 1; 0: it is not given */
    const char *text; /* NULL: it is not given */
    double number;    /* NUMBER, WHOLE; TIME in seconds; DATE in days (recipe_days); WORD: which */
};

struct recipe_part {
    enum recipe_section section;
    uint32_t line;
    struct recipe_value values[RECIPE_KEYS];
};

struct recipe {
    const char *file;         /* as named by the user */
    struct recipe_part whole; /* [bulletin]; its line is 0 where the recipe has none */
    VEC(struct recipe_part) parts;
    struct arena arena; /* holds all texts */
};

/* Reads the bytes of the file of that name. Errors: STATUS_USAGE, with file and line; there is then
 * nothing to free. The caller frees it with recipe_free. */
enum status recipe_parse(struct recipe *r, struct sv bytes, const char *file, struct err *e);

/* The same for the file, which must be readable. */
enum status recipe_read(struct recipe *r, const char *file, struct err *e);

/* Frees what it holds, not the struct itself. */
void recipe_free(struct recipe *r);

static inline bool recipe_has(const struct recipe_part *p, enum recipe_key key)
{
    return p->values[key].line != 0;
}

/* The value, or another where it is not given. */
static inline double recipe_number(const struct recipe_part *p, enum recipe_key key, double usual)
{
    return recipe_has(p, key) ? p->values[key].number : usual;
}
static inline const char *recipe_text(const struct recipe_part *p, enum recipe_key key,
                                      const char *usual)
{
    return recipe_has(p, key) ? p->values[key].text : usual;
}

/* The name of the section, without brackets. */
const char *recipe_section_name(enum recipe_section section);

/* An error (STATUS_USAGE) about a key, or about the part where it is not given: the message is set
 * already. */
enum status recipe_error_at(const struct recipe *r, const struct recipe_part *p,
                            enum recipe_key key, struct err *e);

/* ---- the day ---- */

/* The days from 1970-01-01 to a date such as "2026-11-30". False: it is none. */
bool recipe_days(const char *date, int32_t *days);

/*
 * Appends the text with what the placeholders stand for on that day: {station}, {title}, {weekday}
 * ("Thứ Hai"), {date} ("30/11/2026") and {number}, the number of the programme (`number`, or
 * counted by days from `first` on). Errors (STATUS_USAGE, with the line): there is no such
 * placeholder, the recipe says nothing that it could stand for, or the day is before `first`.
 */
enum status recipe_add_text(const struct recipe *r, const struct recipe_part *p, const char *text,
                            int32_t day, struct buf *out, struct err *e);

#endif
