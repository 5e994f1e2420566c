#include "library/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/vec.h"

enum {
    MOST_PAIR = 8 << 20,    /* 3 minutes of sound: longer sentences are rare */
    MOST_PORTION = 4 << 20, /* of growth, that is counted before it is written */
    GROWTH_PART = 8,        /* after a growth by this part of the limit, the folder is cleaned up */
    SPARE_SECONDS = 60,     /* a file is marked as used at most so often */
    MOST_FILES = 1 << 20,   /* that are looked at */
    HASH_DIGITS = 16,
    LANES = 4,
    FREE_DISK_FACTOR = 2,
};

static const char magic[8] = {'d', 'o', 'c', 'b', 'a', 'o', 'K', '2'};
static const char growth_file[] = "grown";

/* At the beginning of a file; its size is a multiple of 16. */
struct head {
    char magic[8];
    uint64_t checksum;   /* of what follows it */
    uint64_t value, key; /* bytes */
};

struct store {
    int folder;
    uint64_t most, portion;
    uint64_t counted; /* bytes of growth that may be written before more is counted */
    bool failed;
};

/* ---- opening ---- */

/* Whether the folder is the user's alone. */
static bool is_own(int folder)
{
    struct stat info;
    return fstat(folder, &info) == 0 && info.st_uid == geteuid() &&
           !(info.st_mode & (S_IWGRP | S_IWOTH));
}

struct store *store_open(const char *folder, uint64_t most_bytes)
{
    struct buf inside = BUF_INIT;
    buf_addf(&inside, "%s/", folder);
    file_make_folders(inside.p);
    buf_free(&inside);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    if (!is_own(fd)) {
        close(fd);
        return NULL;
    }
    struct store *s = mem_zalloc(sizeof *s);
    s->folder = fd;
    s->most = most_bytes;
    s->portion = most_bytes / GROWTH_PART + 1;
    if (s->portion > MOST_PORTION)
        s->portion = MOST_PORTION;
    return s;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    close(s->folder);
    free(s);
}

uint64_t store_most_pair(const struct store *s)
{
    uint64_t part = s->most / GROWTH_PART;
    return part < MOST_PAIR ? part : MOST_PAIR;
}

/* ---- one file ---- */

struct file_name {
    char text[HASH_DIGITS + 1];
};

static struct file_name name_of(struct sv key)
{
    struct file_name name;
    snprintf(name.text, sizeof name.text, "%016llx", (unsigned long long)sv_hash(key));
    return name;
}

/* A change of any one byte changes it. Four lanes, which the processor works on at once: it is
 * about as fast as the bytes are copied. */
struct checksum {
    uint64_t lanes[LANES];
};

static const struct checksum checksum_start = {{1, 2, 3, 4}};

/* Takes as many bytes as it can, and returns how many. */
static size_t checksum_add(struct checksum *c, struct sv v)
{
    struct checksum sum = *c;
    size_t before = v.n;
    for (; v.n >= sizeof sum; v = sv_sub(v, sizeof sum, v.n - sizeof sum)) {
        uint64_t pieces[LANES];
        memcpy(pieces, v.p, sizeof pieces);
        for (unsigned i = 0; i < LANES; i++) {
            sum.lanes[i] = (sum.lanes[i] ^ pieces[i]) * 0xC2B2AE3D27D4EB4Fu;
            sum.lanes[i] ^= sum.lanes[i] >> 29;
        }
    }
    *c = sum;
    return before - v.n;
}

/* Of a pair: `rest` is what checksum_add has left of the value. */
static uint64_t checksum_end(const struct checksum *c, struct sv rest, const struct head *h,
                             struct sv key)
{
    uint64_t parts[] = {h->value, h->key, sv_hash(rest), sv_hash(key),
                        sv_hash((struct sv){(const char *)c->lanes, sizeof c->lanes})};
    return sv_hash((struct sv){(const char *)parts, sizeof parts});
}

static bool read_exactly(int fd, struct buf *file, size_t n)
{
    size_t end = file->n + n;
    buf_reserve(file, n);
    while (file->n < end) {
        ssize_t got = read(fd, file->p + file->n, end - file->n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        file->n += (size_t)got;
    }
    return true;
}

/* Whether the file of that size can be the one of the key. */
static bool read_head(int fd, uint64_t size, struct sv key, struct buf *file, struct head *h)
{
    uint64_t rest = size - sizeof *h;
    if (size < sizeof *h || rest > MOST_PAIR || !read_exactly(fd, file, sizeof *h))
        return false;
    memcpy(h, file->p, sizeof *h);
    return memcmp(h->magic, magic, sizeof magic) == 0 && h->key == key.n && h->key <= rest &&
           h->value == rest - h->key;
}

/* Each piece is looked at while it is still near to the processor. */
static bool read_pair(int fd, uint64_t size, struct sv key, struct buf *file, struct sv *value)
{
    enum { PIECE = 64 << 10 };
    struct head h;
    struct checksum sum = checksum_start;
    size_t summed = sizeof h;
    buf_clear(file);
    if (!read_head(fd, size, key, file, &h))
        return false;
    buf_reserve(file, (size_t)(h.value + h.key));
    while (file->n < sizeof h + h.value) {
        size_t left = sizeof h + (size_t)h.value - file->n;
        if (!read_exactly(fd, file, left < PIECE ? left : PIECE))
            return false;
        summed += checksum_add(&sum, (struct sv){file->p + summed, file->n - summed});
    }
    struct sv rest = {file->p + summed, file->n - summed};
    if (!read_exactly(fd, file, (size_t)h.key))
        return false;
    *value = (struct sv){file->p + sizeof h, (size_t)h.value};
    return sv_eq((struct sv){value->p + value->n, key.n}, key) &&
           checksum_end(&sum, rest, &h, key) == h.checksum;
}

/* So that it is kept longer than others. */
static void mark_used(int fd, const struct stat *info)
{
    time_t now = time(NULL);
    if (info->st_mtime > now || now - info->st_mtime >= SPARE_SECONDS)
        futimens(fd, NULL);
}

bool store_get(struct store *s, struct sv key, struct buf *file, struct sv *value)
{
    struct stat info;
    struct file_name name = name_of(key);
    int fd = openat(s->folder, name.text, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return false;
    bool found = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
                 read_pair(fd, (uint64_t)info.st_size, key, file, value);
    if (found)
        mark_used(fd, &info);
    close(fd);
    return found;
}

/* ---- cleaning up ---- */

struct stored_file {
    struct file_name name;
    struct timespec used;
    uint64_t bytes; /* on the disk */
};

struct stored_files {
    VEC(struct stored_file) list;
    uint64_t bytes;
};

static bool is_pair_name(const char *name)
{
    return strlen(name) == HASH_DIGITS && strspn(name, "0123456789abcdef") == HASH_DIGITS;
}

static void note_file(const struct store *s, struct stored_files *files, const char *name)
{
    struct stat info;
    if (!is_pair_name(name) || fstatat(s->folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    struct stored_file *file = vec_push(&files->list);
    memcpy(file->name.text, name, sizeof file->name.text);
    file->used = info.st_mtim;
    file->bytes = (uint64_t)info.st_blocks * 512; /* as stat counts them */
    files->bytes += file->bytes;
}

static int compare_used(const void *a, const void *b)
{
    const struct stored_file *x = a, *y = b;
    if (x->used.tv_sec != y->used.tv_sec)
        return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
    if (x->used.tv_nsec != y->used.tv_nsec)
        return x->used.tv_nsec < y->used.tv_nsec ? -1 : 1;
    return memcmp(x->name.text, y->name.text, sizeof x->name.text);
}

static void list_files(const struct store *s, struct stored_files *files)
{
    int fd = openat(s->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    for (const struct dirent *entry; folder && (entry = readdir(folder));)
        if (files->list.n < MOST_FILES)
            note_file(s, files, entry->d_name);
    if (folder)
        closedir(folder);
    else if (fd >= 0)
        close(fd);
}

/* Leaves room for the growth until the next time. */
static void clean_up(const struct store *s)
{
    struct stored_files files = {0};
    list_files(s, &files);
    uint64_t keep = s->most - s->most / GROWTH_PART;
    if (files.bytes > keep)
        qsort(files.list.at, files.list.n, sizeof *files.list.at, compare_used);
    for (size_t i = 0; i < files.list.n && files.bytes > keep; i++) {
        unlinkat(s->folder, files.list.at[i].name.text, 0);
        files.bytes -= files.list.at[i].bytes;
    }
    vec_free(&files.list);
}

/* Counts one more portion of growth, before it is written: a program that is killed has counted too
 * much, never too little. */
static bool count_portion(struct store *s)
{
    int fd = openat(s->folder, growth_file,
                    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    struct stat info;
    bool counted = fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    if (counted && ((uint64_t)info.st_size + 1) * s->portion > s->most / GROWTH_PART) {
        clean_up(s);
        counted = ftruncate(fd, 0) == 0;
    }
    counted = counted && write(fd, "", 1) == 1;
    if (fd >= 0)
        close(fd);
    s->counted += s->portion;
    return counted;
}

/* What is kept must not take the room that others need, our own results first. */
static bool disk_has_room(const struct store *s)
{
    struct statvfs disk;
    return fstatvfs(s->folder, &disk) == 0 &&
           (uint64_t)disk.f_bavail * disk.f_frsize / FREE_DISK_FACTOR >= s->most;
}

static bool may_grow(struct store *s, uint64_t bytes)
{
    while (s->counted < bytes)
        if (!disk_has_room(s) || !count_portion(s))
            return false;
    s->counted -= bytes;
    return true;
}

/* ---- writing ---- */

static bool write_parts(int fd, struct iovec *parts, int count)
{
    while (count) {
        ssize_t n = writev(fd, parts, count);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        for (; count && (size_t)n >= parts->iov_len; parts++, count--)
            n -= (ssize_t)parts->iov_len;
        if (count) {
            parts->iov_base = (char *)parts->iov_base + n;
            parts->iov_len -= (size_t)n;
        }
    }
    return true;
}

static bool write_pair(int fd, struct sv key, struct sv value)
{
    struct head h = {.value = value.n, .key = key.n};
    struct checksum sum = checksum_start;
    size_t summed = checksum_add(&sum, value);
    memcpy(h.magic, magic, sizeof magic);
    h.checksum = checksum_end(&sum, sv_sub(value, summed, value.n - summed), &h, key);
    struct iovec parts[] = {
        {&h, sizeof h},
        {(void *)value.p, value.n},
        {(void *)key.p, key.n},
    };
    return write_parts(fd, parts, 3);
}

/* Makes the file. One that is there already is of no use, or another program writes it. */
static int make_file(const struct store *s, const char *name)
{
    enum { FLAGS = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW };
    int fd = openat(s->folder, name, FLAGS, 0600);
    if (fd < 0 && errno == EEXIST && unlinkat(s->folder, name, 0) == 0)
        fd = openat(s->folder, name, FLAGS, 0600);
    return fd;
}

static bool write_file(const struct store *s, struct sv key, struct sv value)
{
    struct file_name name = name_of(key);
    int fd = make_file(s, name.text);
    if (fd < 0)
        return false;
    bool written = write_pair(fd, key, value);
    if (close(fd) != 0 || !written)
        unlinkat(s->folder, name.text, 0);
    return written;
}

void store_put(struct store *s, struct sv key, struct sv value)
{
    uint64_t bytes = sizeof(struct head) + key.n + value.n;
    if (s->failed || (uint64_t)key.n + value.n > store_most_pair(s))
        return;
    s->failed = !may_grow(s, bytes) || !write_file(s, key, value);
}
