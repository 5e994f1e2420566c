#include "serve/shared.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "serve/desk.h"

enum {
    MOST_BYTES = 64 * 1024, /* of article.json */
    PIECE = 64 * 1024,
    FRONT = 2, /* letters of an id that its folder stands under */
    KEPT_SECONDS = 24 * 60 * 60,
};

static const char sign[] = "docbao-shared", facts_name[] = "article.json",
                  waiting_name[] = "waiting.json", part_name[] = ".part-";

/* ---- paths ---- */

static void add_folder(const char *folder, const char *id, struct buf *out)
{
    buf_addf(out, "%s/%.*s/%s", folder, FRONT, id, id);
}

static void add_path(const char *folder, const char *id, const char *name, struct buf *out)
{
    add_folder(folder, id, out);
    buf_addf(out, "/%s", name);
}

static bool is_there(const char *folder)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", folder, sign);
    bool there = access(path.p, R_OK) == 0;
    buf_free(&path);
    return there;
}

/* ---- writing ---- */

/* A name that no other server takes: hidden, with random letters behind it. */
static bool add_part_name(const char *folder, const char *id, struct buf *out)
{
    uint64_t number;
    if (getrandom(&number, sizeof number, 0) != sizeof number)
        return false;
    add_path(folder, id, part_name, out);
    buf_addf(out, "%016llx", (unsigned long long)number);
    return true;
}

static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n) {
        ssize_t written = write(fd, bytes, n);
        if (written < 0 && errno != EINTR)
            return false;
        bytes += written > 0 ? written : 0;
        n -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

/* Some file systems say only at the end that there is no room, and some cannot sync. */
static bool close_written(int fd)
{
    bool synced = fsync(fd) == 0 || errno == EINVAL || errno == ENOSYS;
    int why = errno;
    if (close(fd) != 0)
        return false;
    errno = why;
    return synced;
}

/* Writes all of the file `from`, or the bytes where `from` is -1. */
static bool fill(int fd, int from, struct sv bytes)
{
    char piece[PIECE];
    ssize_t n = 0;
    bool written = write_all(fd, bytes.p, bytes.n);
    while (written && from >= 0 && (n = read(from, piece, sizeof piece)) > 0)
        written = write_all(fd, piece, (size_t)n);
    return written && n == 0;
}

static bool write_part(const char *path, int from, struct sv bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return false;
    bool filled = fill(fd, from, bytes);
    int why = errno;
    bool closed = close_written(fd);
    if (!filled)
        errno = why;
    return filled && closed;
}

/* False where the shared folder is not what it was, as when nothing is mounted there: then nothing
 * may be put into the folder that it lies over. */
static bool make_folder(const char *folder, const char *id)
{
    struct buf path = BUF_INIT;
    if (!is_there(folder))
        return false;
    add_folder(folder, id, &path);
    bool made = mkdir(path.p, 0700) == 0 || errno == EEXIST;
    if (!made && errno == ENOENT) {
        path.p[path.n - strlen(id) - 1] = '\0';
        mkdir(path.p, 0700);
        path.p[path.n - strlen(id) - 1] = '/';
        made = mkdir(path.p, 0700) == 0 || errno == EEXIST;
    }
    buf_free(&path);
    return made;
}

static bool put(const char *folder, const char *id, const char *name, int from, struct sv bytes)
{
    struct buf part = BUF_INIT, path = BUF_INIT;
    add_path(folder, id, name, &path);
    bool done = make_folder(folder, id) && add_part_name(folder, id, &part) &&
                write_part(part.p, from, bytes) && rename(part.p, path.p) == 0;
    int why = errno;
    if (!done && part.n)
        unlink(part.p);
    buf_free(&part);
    buf_free(&path);
    errno = why;
    return done;
}

bool shared_open(const char *folder)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", folder, sign);
    file_make_folders(path.p);
    int fd = open(path.p, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool open = fd >= 0 && close(fd) == 0;
    buf_free(&path);
    return open;
}

/* ---- what is left of before ---- */

static bool is_part(const char *name)
{
    return strncmp(name, part_name, sizeof part_name - 1) == 0;
}

static bool is_of_key(const char *name, const char *key)
{
    return strncmp(name, key, KEY_LETTERS) == 0;
}

/* What no article.json names any more, or what a server left that was killed: by the clock of the
 * folder, as those of the servers may differ. */
static void tidy(const char *folder, const char *id, const char *key)
{
    struct buf path = BUF_INIT;
    struct stat fresh, info;
    add_folder(folder, id, &path);
    DIR *all = opendir(path.p);
    bool known = all && fstatat(dirfd(all), facts_name, &fresh, 0) == 0;
    for (const struct dirent *e; known && (e = readdir(all));) {
        bool other = is_part(e->d_name) || (strchr(e->d_name, '.') == e->d_name + KEY_LETTERS &&
                                            !is_of_key(e->d_name, key));
        if (other && fstatat(dirfd(all), e->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
            info.st_mtime < fresh.st_mtime - KEPT_SECONDS)
            unlinkat(dirfd(all), e->d_name, 0);
    }
    if (all)
        closedir(all);
    buf_free(&path);
}

/* ---- days ---- */

static const char days_name[] = "days";

void shared_add_day(int64_t at, struct buf *out)
{
    time_t time = (time_t)at;
    struct tm t;
    if (gmtime_r(&time, &t))
        buf_addf(out, "%04d-%02d-%02d", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday);
}

static void add_day_path(const char *folder, const char *day, const char *id, struct buf *out)
{
    buf_addf(out, "%s/%s/%s", folder, days_name, day);
    if (id)
        buf_addf(out, "/%s", id);
}

/* Notes the article in the folder of its day, where the other servers look for it. */
static bool note_day(const char *folder, const char *id, int64_t added)
{
    struct buf day = BUF_INIT, path = BUF_INIT;
    shared_add_day(added, &day);
    add_day_path(folder, day.p, id, &path);
    file_make_folders(path.p);
    int fd = open(path.p, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool noted = fd >= 0 && close(fd) == 0;
    buf_free(&day);
    buf_free(&path);
    return noted;
}

static void each_name(const char *path, void (*take)(void *user, const char *name), void *user)
{
    DIR *all = opendir(path);
    for (const struct dirent *e; all && (e = readdir(all));)
        if (e->d_name[0] != '.')
            take(user, e->d_name);
    if (all)
        closedir(all);
}

void shared_days(const char *folder, void (*take)(void *user, const char *day), void *user)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", folder, days_name);
    each_name(path.p, take, user);
    buf_free(&path);
}

void shared_day(const char *folder, const char *day, void (*take)(void *user, const char *id),
                void *user)
{
    struct buf path = BUF_INIT;
    add_day_path(folder, day, NULL, &path);
    each_name(path.p, take, user);
    buf_free(&path);
}

void shared_forget(const char *folder, const char *day, const char *id)
{
    struct buf path = BUF_INIT;
    add_day_path(folder, day, id, &path);
    unlink(path.p);
    buf_free(&path);
}

void shared_remove(const char *folder, const char *id)
{
    struct buf path = BUF_INIT, day = BUF_INIT;
    struct shared_article a;
    if (shared_find(folder, id, &a) == SHARED_FOUND) {
        shared_add_day(a.added, &day);
        shared_forget(folder, day.p, id);
        shared_article_free(&a);
    }
    add_path(folder, id, facts_name, &path);
    unlink(path.p);
    buf_clear(&path);
    add_folder(folder, id, &path);
    DIR *all = opendir(path.p);
    for (const struct dirent *e; all && (e = readdir(all));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            unlinkat(dirfd(all), e->d_name, 0);
    if (all)
        closedir(all);
    rmdir(path.p);
    buf_free(&path);
    buf_free(&day);
}

/* ---- what is told ---- */

static void add_fact(struct buf *out, const char *name, const char *value)
{
    buf_addf(out, "%s\"%s\":", out->n ? ",\n" : "{", name);
    add_json_text(out, sv_of(value));
}

static void add_facts(const struct shelf_article *a, struct buf *out)
{
    const char *const facts[][2] = {{"source", a->source},   {"state", a->state},
                                    {"title", a->title},     {"date", a->date},
                                    {"message", a->message}, {"key", a->key}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        add_fact(out, facts[i][0], facts[i][1]);
    buf_addf(out, ",\n\"seconds\":\"%.3f\",\n\"bytes\":\"%lld\",\n\"added\":\"%lld\"}\n",
             a->seconds, (long long)a->bytes, (long long)a->added);
}

/* It is finished, or has failed: nobody waits any more. */
static bool settle_article(const char *folder, const struct shelf_article *a)
{
    struct buf path = BUF_INIT;
    add_path(folder, a->id, waiting_name, &path);
    unlink(path.p);
    buf_free(&path);
    if (!*a->key)
        return true;
    tidy(folder, a->id, a->key);
    return note_day(folder, a->id, a->added);
}

bool shared_tell(const char *folder, const struct shelf_article *a)
{
    struct buf text = BUF_INIT;
    bool waits = strcmp(a->state, "queued") == 0;
    add_facts(a, &text);
    bool told = put(folder, a->id, waits ? waiting_name : facts_name, -1, buf_sv(&text));
    if (told && !waits)
        told = settle_article(folder, a);
    buf_free(&text);
    return told;
}

bool shared_put(const char *folder, const char *id, const char *name, const char *from)
{
    struct stat own, there;
    int fd = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), old = shared_file(folder, id, name);
    bool same = fd >= 0 && old >= 0 && fstat(fd, &own) == 0 && fstat(old, &there) == 0 &&
                own.st_size == there.st_size;
    bool done = fd >= 0 && (same || put(folder, id, name, fd, (struct sv){NULL, 0}));
    int why = errno;
    if (old >= 0)
        close(old);
    if (fd >= 0)
        close(fd);
    errno = why;
    return done;
}

/* ---- what others told ---- */

static bool read_text(struct sv text, struct shared_article *a)
{
    struct buf seconds = BUF_INIT, bytes = BUF_INIT, added = BUF_INIT;
    const struct json_wanted wanted[] = {
        {"source", &a->source}, {"state", &a->state},     {"title", &a->title},
        {"date", &a->date},     {"message", &a->message}, {"key", &a->key},
        {"seconds", &seconds},  {"bytes", &bytes},        {"added", &added},
    };
    bool read = json_read(text, wanted, sizeof wanted / sizeof *wanted);
    a->seconds = strtod(seconds.p, NULL);
    a->bytes = strtoll(bytes.p, NULL, 10);
    a->added = strtoll(added.p, NULL, 10);
    buf_free(&seconds);
    buf_free(&bytes);
    buf_free(&added);
    return read;
}

static bool is_key(const struct buf *key)
{
    return key->n == KEY_LETTERS && strspn(key->p, "0123456789abcdef") == KEY_LETTERS;
}

static bool is_sound(const struct shared_article *a)
{
    static const char *const states[] = {"queued", "failed", "done", "part"};
    bool made = false, known = false;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(a->state.p, states[i]) == 0) {
            known = true;
            made = i >= 2;
        }
    bool source = address_is_of_web(buf_sv(&a->source)) || source_is_sent(a->source.p);
    return known && source && (made ? is_key(&a->key) : !a->key.n) && a->seconds >= 0 &&
           a->seconds < INT32_MAX && a->bytes >= 0;
}

/* What cannot be understood is as if it were not there: it is made again. */
static enum shared_answer read_facts(const char *folder, const char *id, const char *name,
                                     struct shared_article *out)
{
    struct buf text = BUF_INIT;
    int fd = shared_file(folder, id, name);
    if (fd < 0)
        return errno == ENOENT && is_there(folder) ? SHARED_NONE : SHARED_AWAY;
    bool read = file_read_descriptor(fd, MOST_BYTES, &text);
    close(fd);
    *out = SHARED_ARTICLE_INIT;
    bool found = read && read_text(buf_sv(&text), out) && is_sound(out);
    buf_free(&text);
    if (!found)
        shared_article_free(out);
    return found ? SHARED_FOUND : read ? SHARED_NONE : SHARED_AWAY;
}

/* An article that failed at one server may be waiting at another: then it waits. */
enum shared_answer shared_find(const char *folder, const char *id, struct shared_article *out)
{
    struct shared_article waiting;
    enum shared_answer answer = read_facts(folder, id, facts_name, out);
    bool made = answer == SHARED_FOUND && out->key.n;
    if (made || answer == SHARED_AWAY ||
        read_facts(folder, id, waiting_name, &waiting) != SHARED_FOUND)
        return answer;
    if (answer == SHARED_FOUND)
        shared_article_free(out);
    *out = waiting;
    return SHARED_FOUND;
}

int shared_file(const char *folder, const char *id, const char *name)
{
    struct buf path = BUF_INIT;
    add_path(folder, id, name, &path);
    int fd = open(path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    int why = errno;
    buf_free(&path);
    errno = why;
    return fd;
}

struct shelf_article shared_view(const struct shared_article *a, const char *id)
{
    return (struct shelf_article){
        .id = id,
        .source = a->source.p,
        .state = a->state.p,
        .title = a->title.p,
        .date = a->date.p,
        .message = a->message.p,
        .key = a->key.p,
        .seconds = a->seconds,
        .added = a->added,
        .bytes = a->bytes,
        .place = a->place,
    };
}

void shared_article_free(struct shared_article *a)
{
    struct buf *const texts[] = {&a->source, &a->state, &a->title, &a->date, &a->message, &a->key};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        buf_free(texts[i]);
}
