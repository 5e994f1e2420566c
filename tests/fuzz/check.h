/*
 * What must hold for every input. Each function aborts if it does not, after it has said what is
 * broken.
 */
#ifndef DOCBAO_TESTS_FUZZ_CHECK_H
#define DOCBAO_TESTS_FUZZ_CHECK_H

#include "article/read.h"
#include "rules/rules.h"
#include "text/options.h"

/* Says which promise is broken, and aborts. */
_Noreturn void broken_promise(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Whether bytes are valid UTF-8 on one line, without control characters. */
bool is_one_line(struct sv text);

/* A message for people: one line of UTF-8 with words in it. */
void check_sentence(struct sv message);
/* An error: its status is set, and its message is a sentence. */
void check_error(const struct err *e);

/* The built-in tables: loaded once, because that takes far longer than to read an input. */
const struct rules *built_in_rules(void);

/* The options with which a document is read. `read.rules` and `rules` may be NULL: the built-in
 * tables. */
struct fuzz_way {
    const char *name; /* of the document */
    struct read_options read;
    struct reading_options reading;
    const struct rules *rules;
};

/* Reads the document, and says what is in it, twice. Every promise of tests/promises.h holds and
 * both readings are the same; or both end with the same error. Returns whether it was read. */
bool check_article(struct sv document, const struct fuzz_way *way);

#endif
