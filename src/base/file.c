#include "base/file.h"

#include <errno.h>

bool file_read(const char *path, struct buf *out)
{
    enum { PIECE = 65536 };
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    size_t n;
    do {
        buf_reserve(out, PIECE);
        n = fread(out->p + out->n, 1, PIECE, file);
        out->n += n;
        out->p[out->n] = '\0';
    } while (n);
    bool failed = ferror(file) != 0;
    int why = errno;
    fclose(file);
    errno = why;
    return !failed;
}
