/*
 * docbao-zip.so: zip archives, by libzip.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
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

/* ---- new archives ---- */

/* The file that a new archive is written to. libzip writes it from its start, and may go back. */
struct target {
    int file;
    off_t at;
    zip_error_t error;
};

static zip_int64_t target_write(struct target *t, const char *bytes, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t written = pwrite(t->file, bytes + done, n - done, t->at);
        if (written <= 0 && errno != EINTR) {
            zip_error_set(&t->error, ZIP_ER_WRITE, written ? errno : ENOSPC);
            return -1;
        }
        done += written > 0 ? (size_t)written : 0;
        t->at += written > 0 ? written : 0;
    }
    return (zip_int64_t)n;
}

static zip_int64_t target_seek(struct target *t, void *data, zip_uint64_t n)
{
    zip_int64_t end = lseek(t->file, 0, SEEK_END);
    zip_int64_t to =
        zip_source_seek_compute_offset((zip_uint64_t)t->at, (zip_uint64_t)end, data, n, &t->error);
    if (to < 0)
        return -1;
    t->at = to;
    return 0;
}

static zip_int64_t target_state(void *data)
{
    zip_stat_t *state = data;
    zip_stat_init(state);
    state->size = 0;
    state->valid = ZIP_STAT_SIZE;
    return sizeof *state;
}

static zip_int64_t target_do(void *user, void *data, zip_uint64_t n, zip_source_cmd_t command)
{
    struct target *t = user;
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(
            ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
            ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_BEGIN_WRITE,
            ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_WRITE,
            ZIP_SOURCE_SEEK_WRITE, ZIP_SOURCE_TELL_WRITE, ZIP_SOURCE_REMOVE, -1);
    case ZIP_SOURCE_STAT:
        return target_state(data);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&t->error, data, n);
    case ZIP_SOURCE_WRITE:
        return target_write(t, data, n);
    case ZIP_SOURCE_SEEK_WRITE:
        return target_seek(t, data, n);
    case ZIP_SOURCE_TELL_WRITE:
        return t->at;
    default: /* nothing to do, and nothing to read */
        return 0;
    }
}

/* The file is read from where it stands. */
static zip_source_t *source_of(zip_t *zip, const struct archive_part *part)
{
    if (part->file < 0)
        return zip_source_buffer(zip, part->bytes.p, part->bytes.n, 0);
    int own = lseek(part->file, 0, SEEK_SET) == 0 ? dup(part->file) : -1;
    FILE *file = own < 0 ? NULL : fdopen(own, "rb");
    if (!file && own >= 0)
        close(own);
    return file ? zip_source_filep(zip, file, 0, -1) : NULL;
}

static bool add_part(zip_t *zip, const struct archive_part *part)
{
    enum { NO_TIME = 0, FIRST_DAY = 1 << 5 | 1 }; /* of 1980, with which the format begins */
    zip_source_t *source = source_of(zip, part);
    zip_int64_t at = source ? zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (source && at < 0)
        zip_source_free(source);
    return at >= 0 && zip_file_set_dostime(zip, (zip_uint64_t)at, NO_TIME, FIRST_DAY, 0) == 0 &&
           (!part->stored || zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0);
}

/* The errno of what failed. */
static int fault_of(zip_error_t *error)
{
    if (zip_error_code_zip(error) == ZIP_ER_MEMORY)
        mem_exhausted();
    int code = zip_error_code_system(error);
    return code ? code : EIO;
}

static int write_parts(zip_t *zip, const struct archive_part *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!add_part(zip, &parts[i])) {
            int failure = fault_of(zip_get_error(zip));
            zip_discard(zip);
            return failure;
        }
    if (zip_close(zip) == 0)
        return 0;
    int failure = fault_of(zip_get_error(zip));
    zip_discard(zip);
    return failure;
}

static int pack(const struct archive_part *parts, size_t n, int to)
{
    struct target target = {.file = to};
    zip_error_t error;
    zip_error_init(&target.error);
    zip_error_init(&error);
    zip_source_t *source = zip_source_function_create(target_do, &target, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error) : NULL;
    if (source && !zip)
        zip_source_free(source);
    int failure = zip ? write_parts(zip, parts, n) : fault_of(&error);
    zip_error_fini(&error);
    zip_error_fini(&target.error);
    return failure;
}

extern const struct archive_driver docbao_archive;

__attribute__((visibility("default"))) const struct archive_driver docbao_archive = {
    .open = open_bytes,
    .close = close_zip,
    .find = find,
    .unpack = unpack,
    .pack = pack,
};
