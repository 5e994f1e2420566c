/*
 * What the module docbao-pdf.so offers, as its one export `docbao_pdf`. It knows nothing of the
 * rest of docbao. It is built only where poppler-glib is.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_PDF_MODULE_H
#define DOCBAO_ARTICLE_FORMAT_PDF_MODULE_H

#include <stdbool.h>
#include <stddef.h>

enum pdf_result {
    PDF_OK,
    PDF_ENCRYPTED, /* a password is needed */
    PDF_BROKEN,
    PDF_STOPPED, /* `page` said so */
};

struct pdf_driver {
    /* Gives the text of each page, in order, until `page` says false. */
    enum pdf_result (*read)(const void *bytes, size_t n,
                            bool (*page)(void *user, const char *text, size_t n), void *user);
};

#endif
