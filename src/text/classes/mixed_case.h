/*
 * Names with capitals inside that are letters, not the beginning of a word: SoC, xAI, macOS,
 * microSD, VNPay.
 */
#ifndef DOCBAO_TEXT_CLASSES_MIXED_CASE_H
#define DOCBAO_TEXT_CLASSES_MIXED_CASE_H

#include "text/utterance.h"

/* Reads the word at atom i part by part, if it is such a name; returns the atoms read, 1 or 0. */
uint32_t read_mixed_case(struct utterance *out, const struct view *v, uint32_t i);

#endif
