/*
 * Zip archives whose end is missing, as after a broken download. The list of the members stands at
 * the end; it is made anew from the heads that stand before the members.
 *
 * Invariants: the bytes of the members are copied unchanged; only the list is new.
 *
 * Source: APPNOTE.TXT of PKWARE, 4.3.
 */
#ifndef DOCBAO_ARTICLE_INPUT_ZIP_REBUILD_H
#define DOCBAO_ARTICLE_INPUT_ZIP_REBUILD_H

#include "base/buf.h"

/* Appends the archive with a new list of its members. The last member may be cut short. False: no
 * member begins in it, or it is larger than 4 GiB. */
bool zip_rebuild(struct sv archive, struct buf *out);

#endif
