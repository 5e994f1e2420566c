/*
 * docbao-zip.so: zip archives, by libzip.
 */
#include <errno.h>
#include <stdlib.h>
#include <zip.h>

#include "article/input/archive.h"
#include "base/mem.h"

static void *open_bytes(const void *bytes, size_t n)
{
    zip_error_t error;
    errno = 0;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, n, 0, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (source && !zip)
        zip_source_free(source);
    bool no_memory = zip_error_code_zip(&error) == ZIP_ER_MEMORY || (!zip && errno == ENOMEM);
    zip_error_fini(&error);
    if (no_memory)
        mem_exhausted();
    return zip;
}

static void close_zip(void *handle)
{
    zip_discard(handle);
}

static bool find(void *handle, const char *name, struct archive_member *found)
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(handle, name, ZIP_FL_ENC_GUESS, &stat)) {
        if (zip_error_code_zip(zip_get_error(handle)) == ZIP_ER_MEMORY)
            mem_exhausted();
        return false;
    }
    *found = (struct archive_member){
        .name = stat.name,
        .size = stat.valid & ZIP_STAT_SIZE ? stat.size : 0,
        .packed = stat.valid & ZIP_STAT_COMP_SIZE ? stat.comp_size : 0,
        .encrypted = stat.valid & ZIP_STAT_ENCRYPTION_METHOD && stat.encryption_method != 0,
    };
    return true;
}

/* libzip tells its own lack of memory, but not that of the libraries it unpacks with. */
static enum archive_result result_of(int code)
{
    if (errno == ENOMEM)
        mem_exhausted();
    switch (code) {
    case ZIP_ER_MEMORY:
        mem_exhausted();
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_WRONGPASSWD:
    case ZIP_ER_ENCRNOTSUPP:
        return ARCHIVE_ENCRYPTED;
    case ZIP_ER_COMPNOTSUPP:
        return ARCHIVE_UNSUPPORTED;
    case ZIP_ER_NOENT:
        return ARCHIVE_ABSENT;
    default:
        return ARCHIVE_BROKEN;
    }
}

static enum archive_result unpack(void *handle, const char *name,
                                  bool (*take)(void *user, const char *bytes, size_t n), void *user)
{
    enum { PIECE = 65536 };
    errno = 0;
    zip_file_t *file = zip_fopen(handle, name, ZIP_FL_ENC_GUESS);
    if (!file)
        return result_of(zip_error_code_zip(zip_get_error(handle)));
    enum archive_result result = ARCHIVE_OK;
    char *piece = mem_zalloc(PIECE);
    for (;;) {
        zip_int64_t n = zip_fread(file, piece, PIECE);
        if (n < 0)
            result = result_of(zip_error_code_zip(zip_file_get_error(file)));
        if (n <= 0)
            break;
        if (!take(user, piece, (size_t)n)) {
            result = ARCHIVE_TOO_LARGE;
            break;
        }
    }
    free(piece);
    zip_fclose(file);
    return result;
}

extern const struct archive_driver docbao_archive;

__attribute__((visibility("default"))) const struct archive_driver docbao_archive = {
    .open = open_bytes,
    .close = close_zip,
    .find = find,
    .unpack = unpack,
};
