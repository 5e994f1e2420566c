/*
 * Errors: a sentence that says what happened, where, and what to do.
 *
 * Functions that can fail return an enum status and fill a struct err given by the caller; on
 * STATUS_OK the err is left alone. Bad *input* is never an error: it becomes a diagnostic.
 */
#ifndef DOCBAO_BASE_ERR_H
#define DOCBAO_BASE_ERR_H

#include "base/buf.h"

/* enum docbao_status inside the library: src/docbao/docbao.c converts one to the other. */
enum status {
    STATUS_OK = 0,
    STATUS_USAGE,   /* the call or the options are wrong, or a part could not start */
    STATUS_INPUT,   /* nothing could be read or heard */
    STATUS_OUTPUT,  /* the destination cannot be written */
    STATUS_DEVICE,  /* no sound device, or it was lost */
    STATUS_PARTIAL, /* done, but not all of it */
    STATUS_STOPPED, /* the caller asked to stop */
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
void err_free(struct err *e);

#endif
