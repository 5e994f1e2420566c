/*
 * Recognizes lines that name the author of an article or the photographer of a picture.
 *
 * Invariants: only the words of the line count, not its place. `rules` has the words that introduce
 * names (line-words.tsv).
 */
#ifndef DOCBAO_ARTICLE_FIND_PEOPLE_H
#define DOCBAO_ARTICLE_FIND_PEOPLE_H

#include "base/sv.h"

struct rules;

/* Whether the line names the author: one or a few names, "PV" or "Theo …". A note in brackets may
 * follow. */
bool people_is_byline(const struct rules *rules, struct sv line);

/* Whether words that introduce the author begin the line, and something follows: "Tác giả: Hà Vy".
 */
bool people_has_label(const struct rules *rules, struct sv line);

/* The line without the words that introduce the author. */
struct sv people_without_label(const struct rules *rules, struct sv line);

/* Whether the line names only the source of the article: "Theo …", "Nguồn: …". */
bool people_is_source(const struct rules *rules, struct sv line);

/* The offset of the slash that separates the name of the source from the author in a byline
 * ("Hà Vy / Báo Sớm Mai"). line.n if the byline names no source. */
size_t people_source_part(struct sv line);

/* Whether the line is only the credit of a picture; its caption is the line before. */
bool people_is_credit(const struct rules *rules, struct sv line);

/* Whether the line is the caption of a picture: "Ảnh: …", "… Ảnh: Lê Trung". */
bool people_is_caption(const struct rules *rules, struct sv line);

#endif
