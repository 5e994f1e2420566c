/* How many processors may be used: control groups, from files made up here, and the mask. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/processors.h"
#include "base/replacement.h"

static char root[] = "/tmp/docbao-processors-XXXXXX";

static int make_root(void **unused)
{
    (void)unused;
    return mkdtemp(root) ? 0 : -1;
}

static void run(const char *before, const char *behind)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "%s%s%s", before, root, behind);
    assert_int_equal(system(line.p), 0);
    buf_free(&line);
}

static int remove_root(void **unused)
{
    (void)unused;
    run("rm -rf ", "");
    return 0;
}

/* A file below the root, with the folders above it. */
static void put(const char *name, const char *text)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", root, name);
    for (char *p = path.p + strlen(root) + 1; (p = strchr(p, '/')); p++) {
        *p = '\0';
        mkdir(path.p, 0700);
        *p = '/';
    }
    assert_true(file_replace(path.p, sv_of(text)));
    buf_free(&path);
}

static int empty_root(void **unused)
{
    (void)unused;
    run("rm -rf ", "/*");
    return 0;
}

static void without_files_there_is_no_limit(void **unused)
{
    (void)unused;
    assert_true(processors_share(root) == UINT32_MAX);
}

static void version_2_and_the_groups_above(void **unused)
{
    (void)unused;
    put("proc/self/cgroup", "0::/a.slice/b.scope\n");
    put("sys/fs/cgroup/a.slice/b.scope/cpu.max", "max 100000\n");
    assert_true(processors_share(root) == UINT32_MAX);
    put("sys/fs/cgroup/a.slice/cpu.max", "350000 100000\n");
    assert_int_equal(processors_share(root), 4);
    put("sys/fs/cgroup/a.slice/b.scope/cpu.max", "200000 100000\n");
    assert_int_equal(processors_share(root), 2);
    put("sys/fs/cgroup/cpu.max", "1 100000\n");
    assert_int_equal(processors_share(root), 1);
}

/* In a container the group is the root of what it sees, whatever the path says. */
static void a_group_that_is_not_seen(void **unused)
{
    (void)unused;
    put("proc/self/cgroup", "0::/../../docker/1234\n");
    put("sys/fs/cgroup/cpu.max", "200000 100000\n");
    assert_int_equal(processors_share(root), 2);
}

static void version_1(void **unused)
{
    (void)unused;
    put("proc/self/cgroup", "12:memory:/m\n4:cpu,cpuacct:/docker/1234\n1:name=systemd:/\n0::/\n");
    put("sys/fs/cgroup/cpu,cpuacct/docker/1234/cpu.cfs_quota_us", "-1\n");
    put("sys/fs/cgroup/cpu,cpuacct/docker/1234/cpu.cfs_period_us", "100000\n");
    assert_true(processors_share(root) == UINT32_MAX);
    put("sys/fs/cgroup/cpu,cpuacct/docker/1234/cpu.cfs_quota_us", "300000\n");
    assert_int_equal(processors_share(root), 3);
    put("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "150000\n");
    put("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    assert_int_equal(processors_share(root), 2);
}

static void what_makes_no_sense_limits_nothing(void **unused)
{
    (void)unused;
    put("proc/self/cgroup", "0::/\nrubbish\n\n::::\n");
    put("sys/fs/cgroup/cpu.max", "");
    assert_true(processors_share(root) == UINT32_MAX);
    put("sys/fs/cgroup/cpu.max", "200000 0\n");
    assert_true(processors_share(root) == UINT32_MAX);
    put("sys/fs/cgroup/cpu.max", "0 100000\n");
    assert_int_equal(processors_share(root), 1);
}

static void the_mask_counts(void **unused)
{
    (void)unused;
    cpu_set_t before, one;
    if (sched_getaffinity(0, sizeof before, &before) != 0)
        skip();
    CPU_ZERO(&one);
    for (int i = 0; i < CPU_SETSIZE && !CPU_COUNT(&one); i++)
        if (CPU_ISSET(i, &before))
            CPU_SET(i, &one);
    uint32_t all = processors_allowed();
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    assert_int_equal(processors_allowed(), 1);
    sched_setaffinity(0, sizeof before, &before);
    assert_true(all >= 1 && all <= (uint32_t)CPU_COUNT(&before));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(without_files_there_is_no_limit, empty_root),
        cmocka_unit_test_teardown(version_2_and_the_groups_above, empty_root),
        cmocka_unit_test_teardown(a_group_that_is_not_seen, empty_root),
        cmocka_unit_test_teardown(version_1, empty_root),
        cmocka_unit_test_teardown(what_makes_no_sense_limits_nothing, empty_root),
        cmocka_unit_test(the_mask_counts),
    };
    return cmocka_run_group_tests(tests, make_root, remove_root);
}
