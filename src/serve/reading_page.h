/*
 * The page to read along as the server shows it: the text of the file that was made, with the
 * player, the style and the script of this program, which correct readings and keep the place.
 *
 * Invariants: the file itself stays as it is, without a secret: it may be given to everyone.
 */
#ifndef DOCBAO_SERVE_READING_PAGE_H
#define DOCBAO_SERVE_READING_PAGE_H

#include "serve/desk.h"

void send_reading_page(struct desk *d, const struct http_request *r, const char *id,
                       struct http_answer *a);

#endif
