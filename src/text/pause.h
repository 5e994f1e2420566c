/*
 * The pauses at and before atoms that no class reads as a part of its token.
 *
 * Invariants: nothing is said here; an answer depends only on the atoms around the one asked about.
 */
#ifndef DOCBAO_TEXT_PAUSE_H
#define DOCBAO_TEXT_PAUSE_H

#include "text/view.h"

/* kinh tế - xã hội, Thừa Thiên - Huế, KT - XH: the dash at atom i is inside a fixed pair. */
bool dash_is_in_pair(const struct view *v, uint32_t i);
/* The pause at a mark that no class reads; 0: none. */
char pause_of_mark(const struct view *v, uint32_t i);
/* 12 © 13, khóa 12 "3 không": nothing else is between the number before atom i and the next one,
 * and they are not written together (1'000). */
bool pause_keeps_numbers_apart(const struct view *v, uint32_t i);
/* "Phạm Hiếu Địa chỉ: Tầng 10", "abc.vn Tổng biên tập: Lan": a label begins behind a name or number
 * without a mark between. */
bool pause_before_label(const struct view *v, uint32_t i);
/* "Lê Thu Hà 'Bớt họp', …", "Lê Thu Hà Theo quy định": a name at the start of the sentence is that
 * of its author, and a quotation or a word that begins sentences is behind it. */
bool pause_behind_byline(const struct view *v, uint32_t i);
/* độ ẩm 74-88%Khả năng mưa, 25-27℃Độ ẩm: a mark between was lost. */
bool pause_after_sign(const struct view *v, uint32_t i);
/* TP HCM © Giấy phép số 15: the sign begins something else. After a word in small letters (bản
 * quyền © Báo Tuổi Trẻ, ảnh © AFP) it does not. */
bool pause_before_notice(const struct view *v, uint32_t i);
/* gần 149 triệu 20 năm trước, tăng 20% 5 năm qua: the number at atom i counts something else than
 * the scale or % before it. 2 triệu 500 nghìn and 2 triệu 5 (một tháng) are one number. */
bool pause_between_counts(const struct view *v, uint32_t i);
/* Where no mark is written, but something else begins at atom i: năm 2011 hai nước; Đồn 33 Theo báo
 * cáo; Ảnh: An Chiều 5/3; Argentina Tay vợt số hai; ĐÌNH NAM Hoàng hôn buông. */
bool pause_where_none_is_written(const struct view *v, uint32_t i);
/* Whether a cell of a table, or a line of a byline, ends before atom i: at a line end, or in a text
 * at a column gap. */
bool pause_before_cell(const struct view *v, uint32_t i);

#endif
