/*
 * Lines that name people: who wrote the article, who took the picture.
 */
#ifndef DOCBAO_ARTICLE_FIND_PEOPLE_H
#define DOCBAO_ARTICLE_FIND_PEOPLE_H

#include "base/sv.h"

/* Whether the line says who wrote: one or a few names, "PV", "Theo …", a note in brackets behind.
 */
bool people_is_byline(struct sv line);

/* Whether the line only says from where it was taken: "Theo …", "Nguồn: …". */
bool people_is_source(struct sv line);

/* Where the source's own name begins in a byline ("Hà Vy / Báo Sớm Mai"): the offset of the
 * slash; line.n: nowhere. */
size_t people_source_part(struct sv line);

/* Whether the line only says who took a picture, which the line before describes. */
bool people_is_credit(struct sv line);

/* Whether the line describes a picture: "Ảnh: …", "… Ảnh: Lê Trung". */
bool people_is_caption(struct sv line);

#endif
