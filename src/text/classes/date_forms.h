/*
 * The forms of the class date that have files of their own. date.c asks their readers in its order
 * (class.h has the invariants).
 */
#ifndef DOCBAO_TEXT_CLASSES_DATE_FORMS_H
#define DOCBAO_TEXT_CLASSES_DATE_FORMS_H

#include "text/classes/class.h"

/* date_range.c: 5-7/3/2024, 29/4 - 1/5 */
reader_function read_date_range;
/* day_list.c: các ngày 5-7; 14, 15/6 */
reader_function read_days, read_day_list;
/* month.c: tháng 4/2024, tháng 3 - 6, rằm tháng 1 */
reader_function read_month_year, read_month;
/* quarter.c: quý 4/2023, quý 1-2/2024 */
reader_function read_quarter;
/* year.c: 2021-2025, 2024/25, 2015 - nay; SN: 1966 */
reader_function read_year_range, read_birth_year;
/* letter_period.c: 3Q24, 9T/2024; T9/2013-T9/2014; T4/2024, Q1/2025; T4 */
reader_function read_number_letter, read_letter_range, read_letter_and_year, read_letter_alone;
/* letter_weekday.c: T2-T6, T7, CN */
reader_function read_letter_day;

/* iso_date.c: 2017-05-22 */
reader_function read_iso_date;
/* english_date.c: September 22, 2021; 10 Jan 2020 */
reader_function read_english_date;

#endif
