/*
 * Writes JSON into an output as it goes, so that a large document is never held twice.
 *
 * Invariants: the caller opens, names and closes in a valid order; commas are added here. The
 * bytes are those of yajl_gen without options: no white space, strings escaped only where JSON
 * asks for it; but a character that a terminal obeys (char_is_obeyed: DEL, C1, controls of the
 * direction) is escaped too. Strings must be valid UTF-8. (yajl itself took longer for an article
 * than finding and reading it: it outputs a few bytes at a time.)
 */
#ifndef DOCBAO_CLI_JSON_WRITER_H
#define DOCBAO_CLI_JSON_WRITER_H

#include "base/sv.h"
#include "cli/out.h"

struct json_writer {
    struct out *out;
    bool needs_comma; /* before the next value or name */
};

/* The name of a member, a literal without characters to be escaped. */
#define json_name(w, literal) json_add_name(w, SV(",\"" literal "\":"))
void json_add_name(struct json_writer *w, struct sv with_comma);

/* '{' or '[', and '}' or ']'. */
void json_open(struct json_writer *w, char bracket);
void json_close(struct json_writer *w, char bracket);

/* A string; null where `text.p` is NULL. */
void json_string(struct json_writer *w, struct sv text);
void json_number(struct json_writer *w, uint64_t number);
/* A number in the form of JSON. */
void json_literal(struct json_writer *w, struct sv number);

#endif
