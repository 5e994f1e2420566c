/* The store: what it gives is what it was given, whatever happens to its files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sanitizer.h"
#include "library/store.h"

enum { MIB = 1 << 20, HEAD = 32 };

/* ---- a folder that goes when the test ends ---- */

struct place {
    char top[40];
    char folder[64];
};

static void make_place(struct place *p)
{
    snprintf(p->top, sizeof p->top, "/tmp/docbao-store-XXXXXX");
    assert_non_null(mkdtemp(p->top));
    snprintf(p->folder, sizeof p->folder, "%s/cache/docbao/kept", p->top);
}

static void remove_tree(const char *path)
{
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        struct buf inner = BUF_INIT;
        buf_addf(&inner, "%s/%s", path, entry->d_name);
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            unlink(inner.p) != 0)
            remove_tree(inner.p);
        buf_free(&inner);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}

static struct buf path_in(const struct place *p, const char *name)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", p->folder, name);
    return path;
}

/* The files of pairs, and of others if `all`. */
static unsigned count_files(const struct place *p, bool all)
{
    unsigned count = 0;
    DIR *d = opendir(p->folder);
    assert_non_null(d);
    for (const struct dirent *entry; (entry = readdir(d));)
        count += entry->d_name[0] != '.' && (all || strlen(entry->d_name) == 16);
    closedir(d);
    return count;
}

/* The path of the only pair. */
static struct buf only_file(const struct place *p)
{
    struct buf path = BUF_INIT;
    DIR *d = opendir(p->folder);
    assert_non_null(d);
    for (const struct dirent *entry; (entry = readdir(d));)
        if (strlen(entry->d_name) == 16) {
            assert_int_equal(path.n, 0);
            path = path_in(p, entry->d_name);
        }
    closedir(d);
    assert_true(path.n > 0);
    return path;
}

static void write_bytes(const char *path, struct sv bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
    assert_int_equal(fclose(file), 0);
}

/* ---- pairs ---- */

static bool has(struct store *s, struct sv key, struct sv value)
{
    struct buf file = BUF_INIT;
    struct sv got;
    bool found = store_get(s, key, &file, &got);
    if (found && !sv_eq(got, value))
        fail_msg("a wrong value");
    if (found)
        assert_int_equal((uintptr_t)got.p % sizeof(int64_t), 0);
    buf_free(&file);
    return found;
}

/* A value of that many bytes that depends on the number. */
static void make_value(struct buf *value, unsigned number, size_t bytes)
{
    buf_clear(value);
    for (uint32_t x = number * 2654435761u + 1; value->n < bytes; x = x * 1664525 + 1013904223)
        buf_putc(value, (char)(x >> 24));
}

static struct sv number_key(unsigned number, char *room, size_t size)
{
    int n = snprintf(room, size, "key %u", number);
    return (struct sv){room, (size_t)n};
}

static void a_value_is_found_under_its_key(void **state)
{
    (void)state;
    struct place p;
    make_place(&p);
    struct store *s = store_open(p.folder, 100 * MIB);
    assert_non_null(s);
    static const struct sv one = {"one\0key", 7}, other = {"one\0kez", 7};
    assert_false(has(s, one, SV("")));
    store_put(s, one, SV("value"));
    store_put(s, SV(""), SV("of no key"));
    store_put(s, SV("nothing"), SV(""));
    assert_true(has(s, one, SV("value")));
    assert_true(has(s, SV(""), SV("of no key")));
    assert_true(has(s, SV("nothing"), SV("")));
    assert_false(has(s, other, SV("")));
    store_put(s, one, SV("another"));
    assert_true(has(s, one, SV("another")));
    store_close(s);
    s = store_open(p.folder, 100 * MIB);
    assert_true(has(s, one, SV("another")));
    assert_int_equal(count_files(&p, false), 3);
    struct stat info;
    assert_int_equal(stat(p.folder, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    store_close(s);
    remove_tree(p.top);
}

/* A file whose name is that of another key, as if both had the same hash. */
static void a_key_is_not_taken_for_another(void **state)
{
    (void)state;
    struct place p;
    make_place(&p);
    struct store *s = store_open(p.folder, 100 * MIB);
    store_put(s, SV("first"), SV("sound of the first"));
    struct buf first = only_file(&p), bytes = BUF_INIT;
    assert_true(file_read(first.p, &bytes));
    assert_int_equal(unlink(first.p), 0);
    store_put(s, SV("other"), SV("sound of the other"));
    struct buf second = only_file(&p);
    write_bytes(second.p, buf_sv(&bytes));
    assert_false(has(s, SV("other"), SV("")));
    assert_false(has(s, SV("first"), SV("")));
    store_put(s, SV("other"), SV("sound of the other"));
    assert_true(has(s, SV("other"), SV("sound of the other")));
    buf_free(&first);
    buf_free(&second);
    buf_free(&bytes);
    store_close(s);
    remove_tree(p.top);
}

static void a_damaged_file_counts_as_absent(void **state)
{
    (void)state;
    struct place p;
    make_place(&p);
    struct store *s = store_open(p.folder, 100 * MIB);
    struct buf value = BUF_INIT, good = BUF_INIT, bad = BUF_INIT;
    make_value(&value, 7, 300);
    store_put(s, SV("a key"), buf_sv(&value));
    struct buf path = only_file(&p);
    assert_true(file_read(path.p, &good));
    assert_int_equal(good.n, HEAD + 300 + 5);
    for (size_t i = 0; i < good.n; i++) {
        buf_clear(&bad);
        buf_add_sv(&bad, buf_sv(&good));
        bad.p[i] = (char)(bad.p[i] ^ 1 << i % 8);
        write_bytes(path.p, buf_sv(&bad));
        assert_false(has(s, SV("a key"), SV("")));
        write_bytes(path.p, (struct sv){good.p, i});
        assert_false(has(s, SV("a key"), SV("")));
    }
    buf_putc(&good, '\0');
    write_bytes(path.p, buf_sv(&good));
    assert_false(has(s, SV("a key"), SV("")));
    buf_clear(&bad);
    make_value(&bad, 3, 20000);
    write_bytes(path.p, buf_sv(&bad));
    assert_false(has(s, SV("a key"), SV("")));
    store_put(s, SV("a key"), buf_sv(&value));
    assert_true(has(s, SV("a key"), buf_sv(&value)));
    buf_free(&path);
    buf_free(&value);
    buf_free(&good);
    buf_free(&bad);
    store_close(s);
    remove_tree(p.top);
}

/* A pipe is not waited for, a link not followed, another user's file not believed. */
static void what_is_no_file_of_ours_counts_as_absent(void **state)
{
    (void)state;
    struct place p;
    make_place(&p);
    struct store *s = store_open(p.folder, 100 * MIB);
    store_put(s, SV("a key"), SV("value"));
    struct buf path = only_file(&p), moved = path_in(&p, "moved");
    assert_int_equal(rename(path.p, moved.p), 0);
    assert_int_equal(symlink(moved.p, path.p), 0);
    assert_false(has(s, SV("a key"), SV("")));
    assert_int_equal(unlink(path.p), 0);
    assert_int_equal(mkfifo(path.p, 0600), 0);
    assert_false(has(s, SV("a key"), SV("")));
    assert_int_equal(unlink(path.p), 0);
    assert_int_equal(mkdir(path.p, 0700), 0);
    assert_false(has(s, SV("a key"), SV("")));
    store_put(s, SV("a key"), SV("value")); /* a folder cannot be replaced */
    assert_false(has(s, SV("a key"), SV("")));
    assert_int_equal(rmdir(path.p), 0);
    if (geteuid() == 0) {
        assert_int_equal(rename(moved.p, path.p), 0);
        assert_true(has(s, SV("a key"), SV("value")));
        assert_int_equal(chown(path.p, 65534, 65534), 0);
        assert_false(has(s, SV("a key"), SV("")));
    }
    buf_free(&path);
    buf_free(&moved);
    store_close(s);
    remove_tree(p.top);
}

static void a_folder_that_cannot_be_used_is_no_store(void **state)
{
    (void)state;
    struct place p;
    make_place(&p);
    assert_null(store_open("/dev/null", MIB));
    assert_null(store_open("/dev/null/docbao", MIB));
    assert_null(store_open("/proc/none/docbao", MIB));
    assert_null(store_open("", MIB));
    struct store *s = store_open(p.folder, MIB);
    assert_non_null(s);
    store_close(s);
    assert_int_equal(chmod(p.folder, 0770), 0);
    assert_null(store_open(p.folder, MIB));
    assert_int_equal(chmod(p.folder, 0700), 0);
    if (geteuid() == 0) {
        assert_int_equal(chown(p.folder, 65534, 65534), 0);
        assert_null(store_open(p.folder, MIB));
    }
    store_close(NULL);
    remove_tree(p.top);
}

/* ---- how much is kept ---- */

static uint64_t bytes_on_disk(const struct place *p)
{
    uint64_t bytes = 0;
    DIR *d = opendir(p->folder);
    assert_non_null(d);
    for (const struct dirent *entry; (entry = readdir(d));) {
        struct stat info;
        struct buf path = path_in(p, entry->d_name);
        if (entry->d_name[0] != '.' && stat(path.p, &info) == 0)
            bytes += (uint64_t)info.st_blocks * 512;
        buf_free(&path);
    }
    closedir(d);
    return bytes;
}

static void set_used(const struct place *p, time_t when)
{
    DIR *d = opendir(p->folder);
    assert_non_null(d);
    for (const struct dirent *entry; (entry = readdir(d));) {
        struct buf path = path_in(p, entry->d_name);
        const struct timespec times[] = {{when, 0}, {when, 0}};
        if (entry->d_name[0] != '.')
            assert_int_equal(utimensat(AT_FDCWD, path.p, times, 0), 0);
        buf_free(&path);
    }
    closedir(d);
}

static void what_was_used_last_is_kept(void **state)
{
    (void)state;
    enum { FIRST = 8, MORE = 200, BYTES = 20000 };
    struct place p;
    char room[32];
    struct buf value = BUF_INIT;
    make_place(&p);
    struct store *s = store_open(p.folder, MIB);
    for (unsigned i = 0; i < FIRST; i++) {
        make_value(&value, i, BYTES);
        store_put(s, number_key(i, room, sizeof room), buf_sv(&value));
    }
    set_used(&p, time(NULL) - 100000);
    make_value(&value, 3, BYTES);
    assert_true(has(s, number_key(3, room, sizeof room), buf_sv(&value)));
    for (unsigned i = FIRST; i < MORE; i++) {
        make_value(&value, i, BYTES);
        store_put(s, number_key(i, room, sizeof room), buf_sv(&value));
        assert_true(bytes_on_disk(&p) <= MIB + 4096);
        if (i < 40) { /* the oldest go first, not the one that was used */
            make_value(&value, 3, BYTES);
            assert_true(has(s, number_key(3, room, sizeof room), buf_sv(&value)));
        }
    }
    assert_false(has(s, number_key(0, room, sizeof room), SV("")));
    make_value(&value, MORE - 1, BYTES);
    assert_true(has(s, number_key(MORE - 1, room, sizeof room), buf_sv(&value)));
    assert_true(bytes_on_disk(&p) > MIB / 2);
    buf_free(&value);
    store_close(s);
    remove_tree(p.top);
}

/* A limit that leaves no room for it: nothing is written, and nothing else goes for it. */
static void what_is_too_large_is_not_kept(void **state)
{
    (void)state;
    struct place p;
    struct buf value = BUF_INIT;
    make_place(&p);
    struct store *s = store_open(p.folder, MIB);
    store_put(s, SV("small"), SV("value"));
    make_value(&value, 1, MIB / 8);
    store_put(s, SV("large"), buf_sv(&value));
    assert_false(has(s, SV("large"), SV("")));
    assert_true(has(s, SV("small"), SV("value")));
    store_close(s);
    s = store_open(p.folder, 1);
    store_put(s, SV("x"), SV("y"));
    assert_false(has(s, SV("x"), SV("")));
    assert_true(has(s, SV("small"), SV("value")));
    store_close(s);
    s = store_open(p.folder, 4096 * (uint64_t)MIB);
    make_value(&value, 2, 9 * MIB);
    store_put(s, SV("too large for any"), buf_sv(&value));
    assert_false(has(s, SV("too large for any"), SV("")));
    buf_free(&value);
    store_close(s);
    remove_tree(p.top);
}

/* What is not ours is never removed. */
static void other_files_stay(void **state)
{
    (void)state;
    struct place p;
    char room[32];
    struct buf value = BUF_INIT;
    make_place(&p);
    struct store *s = store_open(p.folder, MIB);
    struct buf other = path_in(&p, "other.txt"), long_name = path_in(&p, "0123456789abcdef0");
    write_bytes(other.p, SV("x"));
    write_bytes(long_name.p, SV("x"));
    set_used(&p, time(NULL) - 4000);
    for (unsigned i = 0; i < 60; i++) {
        make_value(&value, i, 20000);
        store_put(s, number_key(i, room, sizeof room), buf_sv(&value));
    }
    assert_true(count_files(&p, false) < 60);
    assert_int_equal(access(other.p, F_OK), 0);
    assert_int_equal(access(long_name.p, F_OK), 0);
    buf_free(&other);
    buf_free(&long_name);
    buf_free(&value);
    store_close(s);
    remove_tree(p.top);
}

/* A file may not grow as far as it must: as on a full disk. */
static void a_failed_write_leaves_nothing(void **state)
{
    (void)state;
    struct place p;
    struct buf value = BUF_INIT;
    make_place(&p);
    struct store *s = store_open(p.folder, 100 * MIB);
    store_put(s, SV("before"), SV("value"));
    unsigned files = count_files(&p, true);
    make_value(&value, 1, 100000);
    void (*old)(int) = signal(SIGXFSZ, SIG_IGN);
    struct rlimit usual, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
    small = (struct rlimit){50000, usual.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    store_put(s, SV("during"), buf_sv(&value));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
    signal(SIGXFSZ, old);
    store_put(s, SV("after"), SV("value")); /* no more by this store */
    assert_false(has(s, SV("during"), SV("")));
    assert_false(has(s, SV("after"), SV("")));
    assert_true(has(s, SV("before"), SV("value")));
    assert_int_equal(count_files(&p, true), files);
    buf_free(&value);
    store_close(s);
    remove_tree(p.top);
}

/* ---- several programs ---- */

enum { KEYS = 60, ROUNDS = SANITIZER ? 200 : 600 };

/* Puts and gets values that are known; leaves with the number of wrong ones. */
static void use_store(const char *folder, unsigned seed)
{
    struct store *s = store_open(folder, MIB);
    struct buf value = BUF_INIT, file = BUF_INIT;
    struct sv got;
    char room[32];
    unsigned wrong = 0;
    for (unsigned i = 0; i < ROUNDS; i++) {
        seed = seed * 1664525 + 1013904223;
        unsigned number = (seed >> 16) % KEYS;
        make_value(&value, number, 1000 + number * 700);
        struct sv key = number_key(number, room, sizeof room);
        if (seed >> 28 < 6)
            store_put(s, key, buf_sv(&value));
        else if (store_get(s, key, &file, &got))
            wrong += !sv_eq(got, buf_sv(&value));
    }
    _exit(wrong > 0);
}

static void programs_do_not_disturb_each_other(void **state)
{
    (void)state;
    enum { PROGRAMS = 4, KILLED = 12 };
    struct place p;
    pid_t pids[PROGRAMS];
    make_place(&p);
    for (unsigned i = 0; i < PROGRAMS; i++)
        if (!(pids[i] = fork()))
            use_store(p.folder, i + 1);
    for (unsigned i = 0; i < KILLED; i++) {
        pid_t pid = fork();
        if (!pid)
            use_store(p.folder, i + 100);
        usleep(1000 * i);
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
    for (unsigned i = 0; i < PROGRAMS; i++) {
        int status;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_int_equal(status, 0);
    }
    assert_true(bytes_on_disk(&p) <= 2 * MIB);
    remove_tree(p.top);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_found_under_its_key),
        cmocka_unit_test(a_key_is_not_taken_for_another),
        cmocka_unit_test(a_damaged_file_counts_as_absent),
        cmocka_unit_test(what_is_no_file_of_ours_counts_as_absent),
        cmocka_unit_test(a_folder_that_cannot_be_used_is_no_store),
        cmocka_unit_test(what_was_used_last_is_kept),
        cmocka_unit_test(what_is_too_large_is_not_kept),
        cmocka_unit_test(other_files_stay),
        cmocka_unit_test(a_failed_write_leaves_nothing),
        cmocka_unit_test(programs_do_not_disturb_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
