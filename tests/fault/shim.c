/*
 * A library that stands before the C library (LD_PRELOAD) and makes one of its calls fail, as the
 * plan says (plan.h). Without a plan all calls go through, but for what DOCBAO_NO_TMPFILE says.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "plan.h"

/* glibc's own names for these: a search for the functions would itself call them. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static struct fault_plan *plan;

/* The code of the program that loads libraries. Where it lacks memory, it may end the program with
 * words and a code of its own; so its calls are not counted. */
static uintptr_t loader, loader_end;

static int find_loader(struct dl_phdr_info *object, size_t size, void *unused)
{
    (void)size;
    (void)unused;
    if (object->dlpi_addr != getauxval(AT_BASE))
        return 0;
    loader = object->dlpi_addr;
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type == PT_LOAD && loader + part->p_vaddr + part->p_memsz > loader_end)
            loader_end = loader + part->p_vaddr + part->p_memsz;
    }
    return 1;
}

__attribute__((constructor)) static void take_plan(void)
{
    const char *path = getenv("DOCBAO_FAULT");
    int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    void *at =
        (void *)syscall(SYS_mmap, NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (at == MAP_FAILED)
        return;
    dl_iterate_phdr(find_loader, NULL);
    plan = at;
    plan->first = getpid();
}

static void send_signal(void)
{
    struct sigaction now;
    if (sigaction(plan->signal, NULL, &now) == 0 && now.sa_handler != SIG_DFL) {
        atomic_fetch_add(&plan->failed, 1);
        raise(plan->signal);
    }
}

static bool fails(enum fault_kind kind)
{
    if (!plan || (plan->first_only && getpid() != plan->first))
        return false;
    uint64_t n = atomic_fetch_add(&plan->calls[kind], 1) + 1;
    if (kind != plan->kind || n < plan->n || (n > plan->n && !plan->onward))
        return false;
    if (plan->signal) {
        send_signal();
        return false;
    }
    atomic_fetch_add(&plan->failed, 1);
    errno = plan->error;
    return true;
}

/* ---- memory ---- */

static bool memory_fails(const void *caller)
{
    uintptr_t from = (uintptr_t)caller;
    return (from < loader || from >= loader_end) && fails(FAULT_MEMORY);
}

void *malloc(size_t size)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

/* ---- files ---- */

/* DOCBAO_NO_TMPFILE: files without a name cannot be made, as on many file systems. */
static int open_at(int folder, const char *path, int flags, mode_t mode)
{
    if ((flags & O_TMPFILE) == O_TMPFILE && getenv("DOCBAO_NO_TMPFILE")) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return fails(FAULT_OPEN) ? -1 : (int)syscall(SYS_openat, folder, path, flags, mode);
}

static mode_t mode_of(int flags, va_list args)
{
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = mode_of(flags, args);
    va_end(args);
    return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) __attribute__((alias("open")));

int openat(int folder, const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = mode_of(flags, args);
    va_end(args);
    return open_at(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) __attribute__((alias("openat")));

/* What open becomes in a hardened build. */
int __open_2(const char *path, int flags)
{
    return open_at(AT_FDCWD, path, flags, 0);
}

int __open64_2(const char *path, int flags) __attribute__((alias("__open_2")));

ssize_t read(int fd, void *bytes, size_t n)
{
    return fails(FAULT_READ) ? -1 : syscall(SYS_read, fd, bytes, n);
}

ssize_t pread(int fd, void *bytes, size_t n, off_t offset)
{
    return fails(FAULT_READ) ? -1 : syscall(SYS_pread64, fd, bytes, n, offset);
}

ssize_t pread64(int fd, void *bytes, size_t n, off_t offset) __attribute__((alias("pread")));

/* What people are told must come through, or no run could be judged. */
ssize_t write(int fd, const void *bytes, size_t n)
{
    bool failed = fd != STDERR_FILENO && fails(FAULT_WRITE);
    return failed ? -1 : syscall(SYS_write, fd, bytes, n);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t offset)
{
    return fails(FAULT_WRITE) ? -1 : syscall(SYS_pwrite64, fd, bytes, n, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off_t offset)
    __attribute__((alias("pwrite")));

int fsync(int fd)
{
    return fails(FAULT_SYNC) ? -1 : (int)syscall(SYS_fsync, fd);
}

int rename(const char *from, const char *to)
{
    return fails(FAULT_NAME) ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int renameat(int folder, const char *from, int other, const char *to)
{
    return fails(FAULT_NAME) ? -1 : (int)syscall(SYS_renameat2, folder, from, other, to, 0);
}

int link(const char *from, const char *to)
{
    return fails(FAULT_NAME) ? -1 : (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int linkat(int folder, const char *from, int other, const char *to, int flags)
{
    return fails(FAULT_NAME) ? -1 : (int)syscall(SYS_linkat, folder, from, other, to, flags);
}

/* ---- processes ---- */

void *mmap(void *at, size_t size, int may, int flags, int fd, off_t offset)
{
    if (fails(FAULT_MMAP))
        return MAP_FAILED;
    return (void *)syscall(SYS_mmap, at, size, may, flags, fd, offset);
}

void *mmap64(void *at, size_t size, int may, int flags, int fd, off_t offset)
    __attribute__((alias("mmap")));

/* The C library's own has more to do than the system call. */
pid_t fork(void)
{
    pid_t (*real)(void) = (pid_t(*)(void))dlsym(RTLD_NEXT, "fork");
    return fails(FAULT_FORK) ? -1 : real();
}

int socketpair(int domain, int type, int protocol, int ends[2])
{
    return fails(FAULT_SOCKETPAIR) ? -1
                                   : (int)syscall(SYS_socketpair, domain, type, protocol, ends);
}
