/*
 * The order in which people expect names, such as those of files.
 *
 * Invariants:
 * - A total order of all byte strings: two that are not the same bytes are not equal. It depends on
 *   no locale, and not on whether marks are composed.
 * - First count spaces and marks, then numbers by their value ("bài 2" before "bài 10"), then
 *   letters by the alphabet; only where all of these are alike, the tones (ngang, huyền, hỏi, ngã,
 *   sắc, nặng), and at last the bytes. Capitals are where the small letters are.
 * - The alphabet is that of Unicode's collation for Vietnamese (CLDR, common/collation/vi.xml): ă
 *   and â are letters behind a, đ behind d, ê behind e, ô and ơ behind o, ư behind u.
 */
#ifndef DOCBAO_LANG_NAME_ORDER_H
#define DOCBAO_LANG_NAME_ORDER_H

#include "base/sv.h"

/* Less than, equal to or greater than 0, as `a` is before, the same as or behind `b`. */
int name_order(struct sv a, struct sv b);

#endif
