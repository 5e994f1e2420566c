/*
 * The encodings of Vietnamese text. An encoding has two parts: the form says how bytes make units,
 * the letters say which characters the units mean.
 *
 * A unit is a byte, or a character of UTF-8 or UTF-16. Letters that are not plain are those of an
 * old 8-bit encoding. With FORM_BYTES the document is stored in that encoding. With another form,
 * its bytes were once mistaken for Western letters and stored as these: "Céng hßa" for "Cộng hòa".
 * Characters that cannot have come about in this way mean themselves.
 *
 * Invariants: decoding never fails: each byte gives a character, or counts as bad or stray.
 */
#ifndef DOCBAO_ARTICLE_INPUT_ENCODING_H
#define DOCBAO_ARTICLE_INPUT_ENCODING_H

#include "base/sv.h"

enum form { FORM_UTF8, FORM_UTF16LE, FORM_UTF16BE, FORM_BYTES, FORM_COUNT };

enum letters {
    LETTERS_PLAIN, /* Unicode; with FORM_BYTES: windows-1252 */
    LETTERS_1258,
    LETTERS_VISCII,
    LETTERS_TCVN3,
    LETTERS_VNI,
    LETTERS_UTF8, /* encoded in UTF-8 twice: "Viá»‡t"; not with FORM_BYTES */
    LETTERS_COUNT
};

struct encoding {
    uint8_t form, letters;
};

static inline bool encoding_eq(struct encoding a, struct encoding b)
{
    return a.form == b.form && a.letters == b.letters;
}

/* The name of the encoding, such as "UTF-8", "TCVN3" or "UTF-8 (TCVN3)"; static. */
const char *encoding_name(struct encoding e);

/* Finds an encoding by name, in upper or lower case: the names of encoding_name and other common
 * ones ("utf8", "cp1258", "ABC", "latin1"). False: the name is not known. */
bool encoding_named(struct sv name, struct encoding *out);

/* The names that users may give, separated by commas, for messages. */
extern const char encoding_choices[];

/* The tables of the old encodings, VNI by the rules (NULL: the built-in ones). Never NULL; the
 * caller frees it with codec_free. */
struct codec;
struct rules;
struct codec *codec_new(const struct rules *rules);
void codec_free(struct codec *k);

/*
 * Decodes the letter at offset `at` of the source, at < source.n. Returns its length in bytes, at
 * least 1, and sets *code. *bad: it cannot be decoded, and *code is U+FFFD. *stray: it is a sign
 * that the encoding is wrong, such as a mark without a letter, half of a letter, or a letter that
 * the old encoding does not have. `k` may be NULL for UTF-8 and UTF-16 with plain letters.
 */
unsigned codec_next(const struct codec *k, struct encoding e, struct sv source, size_t at,
                    uint32_t *code, bool *bad, bool *stray);

#endif
