/*
 * The forms of the class name that have files of their own. name.c asks their readers in its order
 * (class.h has the invariants).
 */
#ifndef DOCBAO_TEXT_CLASSES_NAME_FORMS_H
#define DOCBAO_TEXT_CLASSES_NAME_FORMS_H

#include "text/classes/class.h"

/* number_and_letter.c: 3D; 4G; 2N1Đ; 1T2L; 90s; 49ers; 45t; 45t, 47t; 10A1-10A5; iPhone 6s */
reader_function read_form_range, read_dimensions, read_generation, read_journey, read_floors,
    read_decade, read_english_ending, read_age, read_ages, read_letter_of_model;
/* choices.c: RAM 6/8/12 GB */
reader_function read_choices;
/* version_list.c: Windows 7/8, XP/7/8.1 */
reader_function read_version_list;

/* Says n atoms: words by their letters, F and S with their short names, and numbers as numbers. */
void say_name_parts(struct utterance *out, const struct view *v, uint32_t i, uint32_t n);

#endif
