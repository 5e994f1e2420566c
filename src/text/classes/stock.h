/*
 * Codes of shares: HPG, VND. Some are abbreviations of something else, too (HSG is học sinh giỏi).
 */
#ifndef DOCBAO_TEXT_CLASSES_STOCK_H
#define DOCBAO_TEXT_CLASSES_STOCK_H

#include "text/view.h"

/* Whether the three capitals at atom i are the code of a share (assets/rules/stock-words.tsv): a
 * word such as "mã" or "cổ phiếu" is before them, or they are in a list with another code, or alone
 * in brackets behind a name. */
bool is_stock_code(const struct view *v, uint32_t i);

/* Whether the capitals at atom i are alone in brackets behind the name of a firm: Tập đoàn Hoa Sen
 * (HSG). */
bool is_bracketed_behind_firm(const struct view *v, uint32_t i);

#endif
