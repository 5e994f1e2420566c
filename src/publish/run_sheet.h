/*
 * The run sheet of a programme: what is heard when, how long, and who reads it, beside the sound
 * file, as text, as a page that prints well, and as CSV (RFC 4180, in UTF-8 with its mark).
 *
 * Invariants: the files have the name of the sound file with .sheet.txt, .sheet.html or .sheet.csv
 * in place of its ending; they take their places by run_sheet_write, all or none that fails.
 */
#ifndef DOCBAO_PUBLISH_RUN_SHEET_H
#define DOCBAO_PUBLISH_RUN_SHEET_H

#include "base/err.h"
#include "base/vec.h"

struct run_row {
    double start, length;       /* seconds */
    const char *title, *reader; /* the reader: a voice, a file, or "" */
};

struct run_sheet {
    const char *title; /* of the programme: "Bản tin sáng, Thứ Hai, 30/11/2026" */
    double length;
    VEC(struct run_row) rows;
};

/* Checks the kinds (with commas) and the place. Errors: STATUS_USAGE (no such kind, or the sound is
 * a stream, beside which there is no place). */
enum status run_sheet_check(const char *sound, const char *kinds, struct err *e);

/* Writes the kinds beside the sound. Errors: those of run_sheet_check, STATUS_OUTPUT. */
enum status run_sheet_write(const struct run_sheet *sheet, const char *sound, const char *kinds,
                            struct err *e);

/* Frees the rows. */
void run_sheet_free(struct run_sheet *sheet);

#endif
