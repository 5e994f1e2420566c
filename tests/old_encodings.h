/*
 * Writes correct Vietnamese text as it would stand in other encodings: for the tests and the
 * measurement of how well they are told.
 */
#ifndef DOCBAO_TESTS_OLD_ENCODINGS_H
#define DOCBAO_TESTS_OLD_ENCODINGS_H

#include "base/buf.h"

enum old_form {
    OLD_UTF8,
    OLD_UTF8_MARK,
    OLD_NFD,
    OLD_UTF16LE_MARK,
    OLD_UTF16BE_MARK,
    OLD_UTF16LE,
    OLD_UTF16BE,
    OLD_1258,
    OLD_VISCII,
    OLD_TCVN3,
    OLD_VNI,
    OLD_TCVN3_AS_UTF8, /* its bytes taken for windows-1252, and stored as UTF-8 */
    OLD_VNI_AS_UTF8,
    OLD_UTF8_TWICE,
    OLD_TCVN3_CAPITALS, /* as for a font of capitals: small letters all through */
    OLD_FORMS
};

extern const char *const old_form_names[OLD_FORMS];
/* The encoding that should be told. */
extern const char *const old_form_encodings[OLD_FORMS];

/* Appends the text (UTF-8, NFC) in that form; what has no place there is '?'. */
void old_write(enum old_form form, struct sv text, struct buf *out);

/* Appends what can be read again from that form: the text itself but for capitals that TCVN3 does
 * not have, and '?'. */
void old_expected(enum old_form form, struct sv text, struct buf *out);

/* Whether the text was read again as it should be: capitals that TCVN3 does not have may come back
 * among others. */
bool old_same(enum old_form form, struct sv expected, struct sv text);

#endif
