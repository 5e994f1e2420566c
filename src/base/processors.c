#include "base/processors.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"

/* ---- small files ---- */

/* A file of the kernel: a few lines. False: it cannot be read. */
static bool read_lines(const struct buf *path, struct buf *out)
{
    char piece[4096];
    FILE *f = fopen(path->p, "re");
    buf_clear(out);
    for (size_t n; f && (n = fread(piece, 1, sizeof piece, f)) > 0;)
        buf_add(out, piece, n);
    if (f)
        fclose(f);
    return f != NULL;
}

/* The number at the front; false for "max" and -1, which mean no limit. */
static bool take_number(struct sv text, uint64_t *number)
{
    *number = 0;
    size_t i = 0;
    for (; i < text.n && text.p[i] >= '0' && text.p[i] <= '9' && i < 18; i++)
        *number = *number * 10 + (uint64_t)(text.p[i] - '0');
    return i > 0;
}

/* ---- one group ---- */

static uint32_t share_of(uint64_t quota, uint64_t period)
{
    uint64_t count = period ? (quota + period - 1) / period : UINT32_MAX;
    return count > UINT32_MAX ? UINT32_MAX : count ? (uint32_t)count : 1;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* "150000 100000", or "max 100000". */
static uint32_t share_of_version_2(const struct buf *folder)
{
    struct buf path = BUF_INIT, text = BUF_INIT;
    uint64_t quota, period;
    uint32_t share = UINT32_MAX;
    buf_addf(&path, "%s/cpu.max", folder->p);
    if (read_lines(&path, &text)) {
        struct sv rest = buf_sv(&text);
        struct sv first = sv_cut(&rest, ' ');
        if (take_number(first, &quota) && take_number(rest, &period))
            share = share_of(quota, period);
    }
    buf_free(&path);
    buf_free(&text);
    return share;
}

static bool read_number(const struct buf *folder, const char *name, uint64_t *number)
{
    struct buf path = BUF_INIT, text = BUF_INIT;
    buf_addf(&path, "%s/%s", folder->p, name);
    bool read = read_lines(&path, &text) && take_number(buf_sv(&text), number);
    buf_free(&path);
    buf_free(&text);
    return read;
}

static uint32_t share_of_version_1(const struct buf *folder)
{
    uint64_t quota, period;
    bool limited = read_number(folder, "cpu.cfs_quota_us", &quota) &&
                   read_number(folder, "cpu.cfs_period_us", &period);
    return limited ? share_of(quota, period) : UINT32_MAX;
}

/* ---- a group and those above it ---- */

/* `mount` is the folder of the hierarchy, `group` the path of the group in it. A container may see
 * a path of the host's: where there is no such folder, the next one above it counts. */
static uint32_t share_of_groups(const char *mount, struct sv group,
                                uint32_t (*share_of_one)(const struct buf *folder))
{
    struct buf folder = BUF_INIT;
    uint32_t share = UINT32_MAX;
    while (group.n && group.p[group.n - 1] == '/')
        group.n--;
    for (;;) {
        buf_clear(&folder);
        buf_adds(&folder, mount);
        buf_add_sv(&folder, group);
        share = least(share, share_of_one(&folder));
        if (!group.n)
            break;
        while (group.n && group.p[group.n - 1] != '/')
            group.n--;
        if (group.n)
            group.n--;
    }
    buf_free(&folder);
    return share;
}

static bool names_cpu(struct sv controllers)
{
    while (controllers.p)
        if (sv_is(sv_cut(&controllers, ','), "cpu"))
            return true;
    return false;
}

/* A line of /proc/self/cgroup: "0::/user.slice", or "4:cpu,cpuacct:/docker/ab". */
static uint32_t share_of_line(const char *root, struct sv line)
{
    struct buf mount = BUF_INIT;
    uint32_t share = UINT32_MAX;
    struct sv number = sv_cut(&line, ':');
    struct sv controllers = sv_cut(&line, ':');
    buf_addf(&mount, "%s/sys/fs/cgroup", root);
    if (sv_is(number, "0") && !controllers.n) {
        share = share_of_groups(mount.p, line, share_of_version_2);
        buf_adds(&mount, "/unified"); /* where systemd runs both versions */
        share = least(share, share_of_groups(mount.p, line, share_of_version_2));
    } else if (names_cpu(controllers)) {
        size_t length = mount.n;
        buf_addf(&mount, "/%.*s", SV_ARG(controllers));
        share = share_of_groups(mount.p, line, share_of_version_1);
        buf_cut(&mount, length);
        buf_adds(&mount, "/cpu");
        share = least(share, share_of_groups(mount.p, line, share_of_version_1));
    }
    buf_free(&mount);
    return share;
}

uint32_t processors_share(const char *root)
{
    struct buf path = BUF_INIT, text = BUF_INIT;
    uint32_t share = UINT32_MAX;
    buf_addf(&path, "%s/proc/self/cgroup", root);
    if (read_lines(&path, &text))
        for (struct sv rest = buf_sv(&text); rest.n;)
            share = least(share, share_of_line(root, sv_cut(&rest, '\n')));
    buf_free(&path);
    buf_free(&text);
    return share;
}

/* ---- the mask ---- */

/* 0: not known. */
static uint32_t processors_of_mask(void)
{
    enum { MOST = 1 << 16 };
    for (int room = CPU_SETSIZE; room <= MOST; room *= 2) {
        cpu_set_t *mask = CPU_ALLOC((size_t)room);
        size_t size = CPU_ALLOC_SIZE((size_t)room);
        int count = mask && sched_getaffinity(0, size, mask) == 0 ? CPU_COUNT_S(size, mask) : 0;
        CPU_FREE(mask);
        if (count > 0)
            return (uint32_t)count;
    }
    return 0;
}

uint32_t processors_allowed(void)
{
    uint32_t count = processors_of_mask();
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    if (!count)
        count = online > 0 ? (uint32_t)online : 1;
    return least(count, processors_share(""));
}
