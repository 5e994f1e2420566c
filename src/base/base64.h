/* Bytes as text (RFC 4648): three bytes are four characters. */
#ifndef DOCBAO_BASE_BASE64_H
#define DOCBAO_BASE_BASE64_H

#include "base/buf.h"
#include "base/sv.h"

/* Appends the bytes, with padding at the end. To join several results, let each but the last one
 * be of a multiple of three bytes. */
void buf_add_base64(struct buf *b, struct sv bytes);

#endif
