/*
 * The interface of the module docbao-pdf.so, which exports `docbao_pdf`. The module is built only
 * if poppler-glib is installed.
 *
 * Invariants: the bytes are only read, and no other file is; text is UTF-8, valid during the call.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_PDF_MODULE_H
#define DOCBAO_ARTICLE_FORMAT_PDF_MODULE_H

#include <stdbool.h>
#include <stddef.h>

enum pdf_result {
    PDF_OK,
    PDF_ENCRYPTED, /* a password is needed */
    PDF_BROKEN,
    PDF_STOPPED, /* `page` returned false */
};

struct pdf_driver {
    /* Calls `page` with the text of each page, in order, until it returns false. */
    enum pdf_result (*read)(const void *bytes, size_t n,
                            bool (*page)(void *user, const char *text, size_t n), void *user);
};

#endif
