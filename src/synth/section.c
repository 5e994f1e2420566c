#include "synth/section.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/message.h"

struct sv section_value(const char *section, const char *key)
{
    struct sv rest = sv_of(section), found = {NULL, 0};
    while (rest.p) {
        struct sv value = sv_cut(&rest, '\t');
        struct sv name = sv_cut(&value, '=');
        if (sv_is(name, key))
            found = value;
    }
    return found;
}

uint32_t section_number(struct sv value, uint32_t least, uint32_t most)
{
    uint64_t number = 0;
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] < '0' || value.p[i] > '9' || number > most)
            return 0;
        number = number * 10 + (uint64_t)(value.p[i] - '0');
    }
    return number >= least && number <= most ? (uint32_t)number : 0;
}

bool section_check_number(const char *value, uint32_t least, uint32_t most, struct buf *problem)
{
    if (section_number(sv_of(value), least, most))
        return true;
    buf_add_message(problem, "\"%s\" is not a whole number from %u to %u", value, least, most);
    return false;
}

void section_add_path(struct sv path, struct buf *out)
{
    const char *home = getenv("HOME");
    bool at_home = home && (sv_is(path, "~") || sv_starts(path, SV("~/")));
    if (at_home)
        buf_adds(out, home);
    buf_add_sv(out, at_home ? sv_from(path, 1) : path);
}

void section_identify_file(const char *path, struct buf *out)
{
    enum { HASHED_BYTES = 4 << 20 }; /* models are larger */
    struct stat info;
    struct buf bytes = BUF_INIT;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return;
    if (info.st_size <= HASHED_BYTES && file_read(path, &bytes))
        buf_addf(out, "%zu %016llx %s\n", bytes.n, (unsigned long long)sv_hash(buf_sv(&bytes)),
                 path);
    else
        buf_addf(out, "%lld %lld.%09ld %s\n", (long long)info.st_size,
                 (long long)info.st_mtim.tv_sec, info.st_mtim.tv_nsec, path);
    buf_free(&bytes);
}

void section_add_readable(const char *path, struct buf *paths)
{
    buf_adds(paths, path);
    buf_putc(paths, '\0');
}
