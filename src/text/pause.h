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
/* Cài đặt > Chung > Giới thiệu: the sign leads from one item of a menu to the next. */
bool pause_is_menu_step(const struct view *v, uint32_t i);
/* Whether the plus at atom i begins an item of a list that runs on in one line: "như sau: + Nhóm A
 * 30% + Nhóm B 20%". */
bool pause_is_item(const struct view *v, uint32_t i);
/* The pause at a mark that no class reads; 0: none. */
char pause_of_mark(const struct view *v, uint32_t i);
/* 12 © 13, khóa 12 "3 không": nothing else is between the number before atom i and the next one,
 * and they are not written together (1'000). */
bool pause_keeps_numbers_apart(const struct view *v, uint32_t i);
/* TP HCM © Giấy phép số 15: the sign begins something else. After a word in small letters (bản
 * quyền © Báo Tuổi Trẻ, ảnh © AFP) it does not. */
bool pause_before_notice(const struct view *v, uint32_t i);
/* Where no mark is written, but something else begins at atom i: năm 2011 hai nước; Đồn 33 Theo báo
 * cáo; Ảnh: An Chiều 5/3; Argentina Tay vợt số hai; ĐÌNH NAM Hoàng hôn buông; tăng 20% 5 năm qua;
 * "Phạm Hiếu Địa chỉ: Tầng 10"; "Lê Thu Hà 'Bớt họp', …"; độ ẩm 74-88%Khả năng mưa. */
bool pause_where_none_is_written(const struct view *v, uint32_t i);

/* A quick test that rules it out for most atoms: small words that are behind no number. */
static inline bool pause_may_be_missing(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    return a->kind != ATOM_WORD || atom_has(a, ATOM_CAPITAL) || is_number(v, i - 1);
}
/* Whether a cell of a table, or a line of a byline, ends before atom i: at a line end, or in a text
 * at a column gap. */
bool pause_before_cell(const struct view *v, uint32_t i);

#endif
