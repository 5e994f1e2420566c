/*
 * docbao-pdf.so: the text of PDF files, by poppler.
 */
#include <poppler.h>

#include "article/format/pdf_module.h"

static enum pdf_result result_of(const GError *error)
{
    bool locked = error && error->domain == POPPLER_ERROR && error->code == POPPLER_ERROR_ENCRYPTED;
    return locked ? PDF_ENCRYPTED : PDF_BROKEN;
}

static enum pdf_result read_pages(const void *bytes, size_t n,
                                  bool (*page)(void *user, const char *text, size_t n), void *user)
{
    GError *error = NULL;
    GBytes *source = g_bytes_new_static(bytes, n);
    PopplerDocument *document = poppler_document_new_from_bytes(source, NULL, &error);
    enum pdf_result result = document ? PDF_OK : result_of(error);
    int pages = document ? poppler_document_get_n_pages(document) : 0;
    for (int i = 0; i < pages && !result; i++) {
        PopplerPage *p = poppler_document_get_page(document, i);
        char *text = p ? poppler_page_get_text(p) : NULL;
        if (text && !page(user, text, strlen(text)))
            result = PDF_STOPPED;
        g_free(text);
        if (p)
            g_object_unref(p);
    }
    if (document)
        g_object_unref(document);
    g_clear_error(&error);
    g_bytes_unref(source);
    return result;
}

extern const struct pdf_driver docbao_pdf;

__attribute__((visibility("default"))) const struct pdf_driver docbao_pdf = {.read = read_pages};
