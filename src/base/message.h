/*
 * Messages for people: whole sentences (or labels) with placeholders, in English in the source.
 *
 * Invariants:
 * - A message is marked where it is written, the way gettext expects it: as the format of one of
 *   the functions listed as keywords in cmake/messages.sh (err_set, article_note, cli_message and
 *   so on), or by _("...") or N_("..."). `./dev messages` collects them into po/docbao.pot.
 * - No message is joined from parts: a translation may need another order of words. Plural forms
 *   go through message_plural.
 * - A translation is looked up in message_text and message_plural and nowhere else.
 * - A formatted message is one line of valid UTF-8 that a terminal only displays: control
 *   characters, line ends, format characters (bidirectional overrides, joiners) and bytes that are
 *   not UTF-8 are replaced, wherever they come from (file names, titles, names in archives, headers
 *   of servers). See buf_add_printable.
 */
#ifndef DOCBAO_BASE_MESSAGE_H
#define DOCBAO_BASE_MESSAGE_H

#include <stdarg.h>

#include "base/buf.h"

/* Translates a message that is not the format of a message function. */
#define _(text) message_text(text)

/* Marks a message in a table; use _() where it is shown. */
#define N_(text) text

/* The translation of `text`, or `text` itself where there is none. */
const char *message_text(const char *text) __attribute__((format_arg(1)));

/* The translation of the form that `n` things need; English has two: `one` and `many`. */
const char *message_plural(const char *one, const char *many, uint64_t n)
    __attribute__((format_arg(1), format_arg(2)));

/* Appends the message, translated and formatted as by printf. An argument may be part of `b`. */
void buf_add_message(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_add_message_args(struct buf *b, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Whether a terminal, or the direction of the text around it, may obey the character: C0, DEL, C1,
 * a line or paragraph separator, a format character. */
bool char_is_obeyed(uint32_t code);

/* Appends a JSON text, in which such characters of strings become escapes: it stays the same JSON,
 * and can be printed. */
void buf_add_printable_json(struct buf *b, struct sv json);

/* Appends the JSON escape of a character: "\u202E", or two of them. */
void buf_add_json_escape(struct buf *b, uint32_t code);

/*
 * Appends text that came from outside, made harmless: U+FFFD replaces each control character
 * (C0, DEL, C1, so also for line ends), each line or paragraph separator, each format character
 * (category Cf) and each byte sequence that is not UTF-8. All else stays as it is.
 */
void buf_add_printable(struct buf *b, struct sv text);
/* The same for XML and HTML, outside of attributes: & < > are character references, too. */
void buf_add_printable_markup(struct buf *b, struct sv text);

#endif
