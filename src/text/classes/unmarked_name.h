/*
 * Vietnamese names of people that are printed without their marks, alone or beside a foreign given
 * name (assets/rules/unmarked-names.tsv): Kevin Tran, Tran Van Nam, Tuan Le.
 */
#ifndef DOCBAO_TEXT_CLASSES_UNMARKED_NAME_H
#define DOCBAO_TEXT_CLASSES_UNMARKED_NAME_H

#include "text/view.h"

/* How the word at atom i is said as a part of such a name; empty if it is none. Beside a
 * capitalised word with marks it never is; alone only a surname that is nothing else (ông Tran). */
struct sv unmarked_name(const struct view *v, uint32_t i);

#endif
