/*
 * Repairs the JSON of web pages for a strict parser.
 *
 * Invariants: JSON without a fault is copied unchanged; the time is linear in the script.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_JSON_REPAIR_H
#define DOCBAO_ARTICLE_FORMAT_JSON_REPAIR_H

#include "base/buf.h"

/*
 * Appends `script` with its usual faults mended: text and comment marks around the JSON, comments,
 * commas that nothing follows, control characters in strings, escapes that JSON does not have,
 * quotes inside strings. What is broken in another way is copied: the parser stops there. Valid
 * UTF-8 stays valid.
 */
void json_repair(struct buf *out, struct sv script);

#endif
