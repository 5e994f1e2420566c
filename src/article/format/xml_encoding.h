/*
 * The encoding of an XML document, and the document as UTF-8.
 *
 * Invariants: the document that comes out is valid UTF-8; each byte of it has its place in
 * `bytes`.
 *
 * Source: Extensible Markup Language (XML) 1.0, appendix F.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_XML_ENCODING_H
#define DOCBAO_ARTICLE_FORMAT_XML_ENCODING_H

#include "article/input/encoding_guess.h"
#include "article/source_map.h"
#include "base/buf.h"

/* The encoding of the byte order mark or of the XML declaration; without either it is UTF-8, or, if
 * the bytes are not that, `charset` (may be NULL), or what their words say. */
struct encoding xml_encoding(struct sv bytes, const char *charset);

/* Appends the document as UTF-8, without byte order mark, and maps it back to `bytes`. */
void xml_decode(struct sv bytes, struct encoding encoding, struct buf *out, struct source_map *map);

#endif
