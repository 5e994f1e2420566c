/*
 * Errors: a sentence that says what happened, where, and what to do.
 *
 * Functions that can fail return an enum status and fill a struct err given by the caller; on
 * STATUS_OK the err is left alone. Bad *input* is never an error: it becomes a diagnostic.
 */
#ifndef DOCBAO_BASE_ERR_H
#define DOCBAO_BASE_ERR_H

#include "base/buf.h"
#include "docbao/docbao.h"

/* The values of enum docbao_status, which says what they mean, under the names used inside. */
enum status {
    STATUS_OK = DOCBAO_OK,
    STATUS_USAGE = DOCBAO_USAGE,
    STATUS_INPUT = DOCBAO_INPUT,
    STATUS_OUTPUT = DOCBAO_OUTPUT,
    STATUS_DEVICE = DOCBAO_DEVICE,
    STATUS_PARTIAL = DOCBAO_PARTIAL,
    STATUS_STOPPED = DOCBAO_STOPPED,
};

struct err {
    enum status status;
    struct buf message;    /* one sentence or two, without a final newline */
    struct buf file;       /* where, or empty */
    uint32_t line, column; /* from 1; 0: not known */
};

#define ERR_INIT ((struct err){STATUS_OK, BUF_INIT, BUF_INIT, 0, 0})

/* Sets the status and the message (base/message.h), clears the place, returns the status. */
enum status err_set(struct err *e, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds the place to an error already set, returns its status. */
enum status err_at(struct err *e, const char *file, uint32_t line, uint32_t column);
/* Frees the texts of the error, which can then be set again. */
void err_free(struct err *e);

#endif
