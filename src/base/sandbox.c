#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sandbox_filter.h"
#include "base/sanitizer.h"

/* ---- Landlock: files, the network, other processes (Documentation/userspace-api/landlock.rst of
 * the kernel). The numbers are the kernel's, because the system's headers may be older than it. */

#ifdef SYS_landlock_create_ruleset

enum {
    ABI_RENAME = 2, /* from this version on, each adds a right or a group of them */
    ABI_TRUNCATE = 3,
    ABI_NETWORK = 4,
    ABI_DEVICE = 5,
    ABI_SCOPE = 6,
    VERSION_ASKED = 1 << 0, /* LANDLOCK_CREATE_RULESET_VERSION */
    PATH_BENEATH = 1,       /* LANDLOCK_RULE_PATH_BENEATH */
    EXECUTE = 1 << 0,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_FOLDER = 1 << 3,
    FIRST_VERSION = (1 << 13) - 1, /* all rights of version 1 */
    RENAME = 1 << 13,
    TRUNCATE = 1 << 14,
    DEVICE = 1 << 15,
    BIND_AND_CONNECT = 3, /* TCP */
    SOCKETS_AND_SIGNALS = 3,
};

struct ruleset {
    uint64_t files, network, scoped;
};

struct path_rule {
    uint64_t allowed;
    int32_t folder;
} __attribute__((packed));

static int landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, VERSION_ASKED);
    return version > 0 ? (int)version : 0;
}

static uint64_t file_rights(int version)
{
    return FIRST_VERSION | (version >= ABI_RENAME ? RENAME : 0) |
           (version >= ABI_TRUNCATE ? TRUNCATE : 0) | (version >= ABI_DEVICE ? DEVICE : 0);
}

static void allow_path(int ruleset, const char *path, uint64_t rights)
{
    struct stat info;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &info) == 0) {
        if (S_ISDIR(info.st_mode))
            rights |= READ_FOLDER;
        const struct path_rule rule = {.allowed = rights, .folder = fd};
        syscall(SYS_landlock_add_rule, ruleset, PATH_BENEATH, &rule, 0);
    }
    close(fd);
}

/* What programs read and start wherever they come from. */
static void allow_system(int ruleset)
{
    static const char *const started[] = {"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64"};
    static const char *const read[] = {
        "/etc/ld.so.cache", "/etc/localtime", "/etc/python3", "/etc/RHVoice",        "/proc",
        "/dev/urandom",     "/dev/random",    "/dev/zero",    "/sys/devices/system",
    };
    for (size_t i = 0; i < sizeof started / sizeof *started; i++)
        allow_path(ruleset, started[i], READ_FILE | EXECUTE);
    for (size_t i = 0; i < sizeof read / sizeof *read; i++)
        allow_path(ruleset, read[i], READ_FILE);
    allow_path(ruleset, "/dev/null", READ_FILE | WRITE_FILE);
}

static void confine_files(const struct sandbox_plan *plan)
{
    int version = landlock_version();
    if (!version)
        return;
    struct ruleset rules = {.files = file_rights(version)};
    if (version >= ABI_NETWORK && plan->kind != SANDBOX_FETCHER)
        rules.network = BIND_AND_CONNECT;
    if (version >= ABI_SCOPE)
        rules.scoped = SOCKETS_AND_SIGNALS;
    size_t size = version >= ABI_SCOPE     ? sizeof rules
                  : version >= ABI_NETWORK ? offsetof(struct ruleset, scoped)
                                           : offsetof(struct ruleset, network);
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (ruleset < 0)
        return;
    bool program = plan->kind == SANDBOX_PROGRAM;
    for (size_t i = 0; plan->readable && plan->readable[i]; i++)
        allow_path(ruleset, plan->readable[i], program ? READ_FILE | EXECUTE : READ_FILE);
    if (program)
        allow_system(ruleset);
    syscall(SYS_landlock_restrict_self, ruleset, 0);
    close(ruleset);
}

#else

static int landlock_version(void)
{
    return 0;
}

static void confine_files(const struct sandbox_plan *plan)
{
    (void)plan;
}

#endif

/* ---- limits ---- */

static void limit(int what, uint64_t most)
{
    setrlimit(what, &(struct rlimit){most, most});
}

/* The address space that this process uses already; 0: not known. The first number of the file are
 * its pages. (Reading it with stdio takes ten times as long, as long as to parse a short text.) */
static uint64_t address_space(void)
{
    char digits[24];
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, digits, sizeof digits);
    if (fd >= 0)
        close(fd);
    uint64_t pages = 0;
    for (ssize_t i = 0; i < n && digits[i] >= '0' && digits[i] <= '9'; i++)
        pages = pages * 10 + (uint64_t)(digits[i] - '0');
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void limit_resources(const struct sandbox_plan *plan)
{
    enum { FILES_MOST = 64 }; /* a fetcher has a socket for each address that it tries */
    bool program = plan->kind == SANDBOX_PROGRAM;
    limit(RLIMIT_CORE, 0);
    /* It would also end a program that shares memory among its threads by a file. */
    if (!program || !landlock_version())
        limit(RLIMIT_FSIZE, 0);
    if (plan->kind != SANDBOX_ZYGOTE && !program) /* a zygote has a socket for each worker */
        limit(RLIMIT_NOFILE, FILES_MOST);
    if (plan->cpu_seconds)
        limit(RLIMIT_CPU, plan->cpu_seconds);
    uint64_t used = plan->memory && !SANITIZER ? address_space() : 0;
    if (used)
        limit(RLIMIT_AS, used + plan->memory);
}

/* ---- system calls ---- */

static void filter_calls(enum sandbox_kind kind)
{
    const struct sandbox_filter *filter = &sandbox_filters[kind];
    struct sock_filter *steps = mem_zalloc((filter->count + 1) * sizeof *steps);
    for (size_t i = 0; i < filter->count; i++) {
        struct sandbox_step step = filter->steps[i];
        uint32_t value = step.value == SANDBOX_OWN_PROCESS ? (uint32_t)getpid() : step.value;
        steps[i] = (struct sock_filter){step.code, step.if_true, step.if_false, value};
    }
    struct sock_fprog program = {.len = filter->count, .filter = steps};
    if (filter->count)
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
    free(steps);
}

/* ---- the whole ---- */

void sandbox_enter(const struct sandbox_plan *plan)
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (plan->kind != SANDBOX_ZYGOTE)
        prctl(PR_SET_DUMPABLE, 0);
    limit_resources(plan);
    confine_files(plan);
    filter_calls(plan->kind);
}

struct sandbox_support sandbox_support(void)
{
    /* No program at this address: a kernel that has filters says so. */
    bool known = prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL) == -1 && errno == EFAULT;
    return (struct sandbox_support){
        .calls = known && sandbox_filters[SANDBOX_PARSER].count,
        .landlock = landlock_version(),
    };
}
