#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/replacement.h"

static char folder[] = "/tmp/docbao-replacement-XXXXXX";

static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
    (void)state;
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

static void make_file(const char *path, const char *text, mode_t mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static void expect_text(const char *path, const char *text)
{
    struct buf bytes = BUF_INIT;
    assert_true(file_read(path, &bytes));
    assert_string_equal(bytes.n ? bytes.p : "", text);
    buf_free(&bytes);
}

static size_t count_files(void)
{
    size_t count = 0;
    DIR *here = opendir(".");
    assert_non_null(here);
    for (const struct dirent *entry; (entry = readdir(here));)
        count += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    closedir(here);
    return count;
}

static void the_old_file_is_replaced_with_its_mode(void **state)
{
    (void)state;
    struct stat s;
    make_file("a", "cũ", 0600);
    assert_int_equal(symlink("a", "link"), 0);
    assert_true(file_replace("link", SV("mới")));
    expect_text("a", "mới");
    assert_int_equal(lstat("link", &s), 0);
    assert_true(S_ISLNK(s.st_mode));
    assert_int_equal(stat("a", &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
    assert_int_equal(count_files(), 2);
    unlink("a");
    unlink("link");
}

static void what_is_not_committed_leaves_nothing(void **state)
{
    (void)state;
    struct replacement r = REPLACEMENT_INIT;
    make_file("a", "cũ", 0644);
    assert_int_equal(replacement_open(&r, "a"), 0);
    assert_int_equal(write(r.fd, "m", 1), 1);
    replacement_free(&r);
    expect_text("a", "cũ");
    assert_int_equal(count_files(), 1);
    assert_false(file_replace("a/b", SV("mới")));
    assert_int_equal(errno, ENOTDIR);
    unlink("a");
}

/* Another file appears under the name while this one is made. */
static void the_last_one_wins(void **state)
{
    (void)state;
    struct replacement r = REPLACEMENT_INIT;
    assert_int_equal(replacement_open(&r, "a"), 0);
    assert_int_equal(write(r.fd, "m", 1), 1);
    make_file("a", "khác", 0644);
    assert_int_equal(replacement_commit(&r), 0);
    replacement_free(&r);
    expect_text("a", "m");
    assert_int_equal(count_files(), 1);
    unlink("a");
}

static void what_a_dead_program_left_is_removed(void **state)
{
    (void)state;
    static const char *const stay[] = {".a.wav.lockedd.part", ".a.wav.abcde1.part",
                                       ".a.wav.abcdef.par", ".b.wav.abcdef.part",
                                       ".a.wav.held22.part"};
    enum { STAY = sizeof stay / sizeof *stay };
    for (size_t i = 0; i < STAY; i++)
        make_file(stay[i], "x", 0644);
    make_file(".a.wav.abc234.part", "x", 0644);
    int held = open(stay[STAY - 1], O_RDONLY | O_CLOEXEC);
    assert_int_equal(flock(held, LOCK_EX | LOCK_NB), 0);
    assert_true(file_replace("a.wav", SV("mới")));
    assert_int_equal(access(".a.wav.abc234.part", F_OK), -1);
    assert_int_equal(count_files(), STAY + 1);
    close(held);
    assert_true(file_replace("a.wav", SV("mới")));
    assert_int_equal(access(stay[STAY - 1], F_OK), -1);
    for (size_t i = 0; i < STAY - 1; i++)
        assert_int_equal(unlink(stay[i]), 0);
    unlink("a.wav");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_old_file_is_replaced_with_its_mode),
        cmocka_unit_test(what_is_not_committed_leaves_nothing),
        cmocka_unit_test(the_last_one_wins),
        cmocka_unit_test(what_a_dead_program_left_is_removed),
    };
    return cmocka_run_group_tests_name("replacement", tests, enter_folder, leave_folder);
}
