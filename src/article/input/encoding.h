/*
 * The ways in which Vietnamese text is stored: how units stand in the bytes (a form), and which
 * letters the units mean (letters).
 *
 * A unit is a byte, or a character of UTF-8 or UTF-16. Letters other than plain ones are those of
 * an old 8-bit encoding. With the form BYTES the document is stored in that encoding itself; with
 * another form its bytes were once taken for Western letters, and these were stored: "Céng hßa" for
 * "Cộng hòa". Then units that no byte could have become mean what they are.
 */
#ifndef DOCBAO_ARTICLE_INPUT_ENCODING_H
#define DOCBAO_ARTICLE_INPUT_ENCODING_H

#include "base/sv.h"

enum form { FORM_UTF8, FORM_UTF16LE, FORM_UTF16BE, FORM_BYTES, FORM_COUNT };

enum letters {
    LETTERS_PLAIN, /* what Unicode says; with FORM_BYTES: windows-1252 */
    LETTERS_1258,
    LETTERS_VISCII,
    LETTERS_TCVN3,
    LETTERS_VNI,
    LETTERS_UTF8, /* UTF-8 once more: "Viá»‡t"; not with FORM_BYTES */
    LETTERS_COUNT
};

struct encoding {
    uint8_t form, letters;
};

static inline bool encoding_eq(struct encoding a, struct encoding b)
{
    return a.form == b.form && a.letters == b.letters;
}

/* "UTF-8", "TCVN3", "UTF-8 (TCVN3)"; static. */
const char *encoding_name(struct encoding e);

/* Finds an encoding by one of its names, in any case: those of encoding_name and common others
 * ("utf8", "cp1258", "ABC", "latin1"). */
bool encoding_named(struct sv name, struct encoding *out);

/* The names that people may give, with commas between, for messages. */
extern const char encoding_choices[];

/* The tables of the old encodings. Never NULL; the caller frees it with codec_free. */
struct codec;
struct codec *codec_new(void);
void codec_free(struct codec *k);

/* Whether the tables of these letters are there: some come from the C library's iconv. */
bool codec_has(const struct codec *k, enum letters letters);

/*
 * Takes one letter at `at` of the source (below source.n): gives its length in bytes, at least 1,
 * and its code point. *bad: there is none, and *code is U+FFFD. *stray: a mark or half of a letter
 * where none can be, or a letter that no byte could have become: a sign that the encoding is
 * another. `k` may be NULL for UTF-8 and UTF-16 with plain letters.
 */
unsigned codec_next(const struct codec *k, struct encoding e, struct sv source, size_t at,
                    uint32_t *code, bool *bad, bool *stray);

#endif
