/*
 * Writes the filters of system calls as a C file: pack_filters OUT. libseccomp makes them when the
 * program is built, because making one takes longer than to take apart a short text. The program
 * that is built must be for the machine that it is built on, as for pack_tables.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/sandbox.h"
#include "base/sandbox_filter.h"

enum {
    PARSER = 1 << SANDBOX_PARSER,
    WORKER = 1 << SANDBOX_WORKER,
    ZYGOTE = 1 << SANDBOX_ZYGOTE,
    FETCHER = 1 << SANDBOX_FETCHER,
    FILES = WORKER | ZYGOTE | FETCHER,
    ALL = PARSER | FILES,
};

struct call {
    const char *name;
    unsigned kinds;
};

static const struct call calls[] = {
#define CALL(name, kinds) {#name, kinds},
#include "base/sandbox_calls.def"
};

/* What a program of the user's is refused. */
static const char *const refused[] = {
#define REFUSED(name) #name,
#include "base/sandbox_refused.def"
};

static const uint32_t allow = SCMP_ACT_ALLOW;

static void allow_calls(scmp_filter_ctx filter, unsigned kind)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        int number = seccomp_syscall_resolve_name(calls[i].name);
        if (calls[i].kinds & kind && number != __NR_SCMP_ERROR)
            seccomp_rule_add(filter, allow, number, 0);
    }
}

/* Data never becomes code. */
static void allow_memory(scmp_filter_ctx filter)
{
    static const int numbers[] = {SCMP_SYS(mmap), SCMP_SYS(mmap2), SCMP_SYS(mprotect)};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        seccomp_rule_add(filter, allow, numbers[i], 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}

static void allow_reading(scmp_filter_ctx filter)
{
    enum { WRITES = O_ACCMODE | O_CREAT | O_TRUNC | O_TMPFILE };
    seccomp_rule_add(filter, allow, SCMP_SYS(open), 1,
                     SCMP_A1(SCMP_CMP_MASKED_EQ, WRITES & ~O_DIRECTORY, O_RDONLY));
    seccomp_rule_add(filter, allow, SCMP_SYS(openat), 1,
                     SCMP_A2(SCMP_CMP_MASKED_EQ, WRITES & ~O_DIRECTORY, O_RDONLY));
}

/* Threads for a fetcher, processes for a zygote. clone3 has its flags in memory, where a filter
 * cannot see them: ENOSYS makes the C library take clone. */
static void allow_clone(scmp_filter_ctx filter, unsigned kind)
{
    uint64_t wanted = kind == FETCHER ? CLONE_THREAD : 0;
    uint64_t mask = CLONE_THREAD | CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                    CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    seccomp_rule_add(filter, allow, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, mask, wanted));
    seccomp_rule_add(filter, allow, SCMP_SYS(fork), 0);
}

static void allow_sockets(scmp_filter_ctx filter)
{
    static const int families[] = {AF_INET, AF_INET6, AF_NETLINK}; /* the last: for the resolver */
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        seccomp_rule_add(filter, allow, SCMP_SYS(socket), 1,
                         SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i], 0));
    seccomp_rule_add(filter, allow, SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_EQ, FIONBIO, 0));
    seccomp_rule_add(filter, allow, SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_EQ, FIONREAD, 0));
}

static void add_rules(scmp_filter_ctx filter, unsigned kind)
{
    allow_calls(filter, kind);
    allow_memory(filter);
    /* abort(): a signal to itself. The workers of a zygote have other numbers, and filters of their
     * own besides. */
    if (kind == ZYGOTE)
        seccomp_rule_add(filter, allow, SCMP_SYS(tgkill), 0);
    else
        seccomp_rule_add(filter, allow, SCMP_SYS(tgkill), 1,
                         SCMP_A0(SCMP_CMP_EQ, SANDBOX_OWN_PROCESS, 0));
    if (kind & FILES)
        allow_reading(filter);
    if (kind & (ZYGOTE | FETCHER))
        allow_clone(filter, kind);
    if (kind == FETCHER)
        allow_sockets(filter);
}

/* Programs and their libraries make calls that nobody can list: all but some are allowed. */
static void refuse_calls(scmp_filter_ctx filter)
{
    static const uint64_t spaces[] = {CLONE_NEWNS,   CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC,
                                      CLONE_NEWUSER, CLONE_NEWPID,    CLONE_NEWNET};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        int number = seccomp_syscall_resolve_name(refused[i]);
        if (number != __NR_SCMP_ERROR)
            seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0);
    }
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                         SCMP_A0(SCMP_CMP_MASKED_EQ, spaces[i], spaces[i]));
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
                     SCMP_A1(SCMP_CMP_MASKED_EQ, UINT32_MAX, TIOCSTI));
}

/* The filter of a kind, as instructions; false: libseccomp cannot make it. */
static bool make_filter(enum sandbox_kind kind, FILE *to)
{
    bool program = kind == SANDBOX_PROGRAM;
    scmp_filter_ctx filter = seccomp_init(program ? allow : SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return false;
    seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* a tree: these are many calls */
    if (program)
        refuse_calls(filter);
    else
        add_rules(filter, 1u << kind);
    bool done = fflush(to) == 0 && seccomp_export_bpf(filter, fileno(to)) == 0;
    seccomp_release(filter);
    return done;
}

static size_t write_filter(enum sandbox_kind kind, FILE *out)
{
    FILE *made = tmpfile();
    struct sock_filter step;
    size_t count = 0;
    if (!made || !make_filter(kind, made))
        return 0;
    rewind(made);
    fprintf(out, "static const struct sandbox_step filter_%d[] = {\n", (int)kind);
    for (; fread(&step, sizeof step, 1, made) == 1; count++)
        fprintf(out, "    {%u, %u, %u, %uu},\n", step.code, step.jt, step.jf, step.k);
    fprintf(out, "};\n");
    fclose(made);
    return count;
}

int main(int argc, char **argv)
{
    size_t counts[SANDBOX_KINDS];
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (!out)
        return 2;
    fprintf(out, "/* Made by cmake/pack_filters.c. */\n#include \"base/sandbox_filter.h\"\n\n");
    for (unsigned i = 0; i < SANDBOX_KINDS; i++)
        if ((counts[i] = write_filter((enum sandbox_kind)i, out)) == 0)
            return 1;
    fprintf(out, "const struct sandbox_filter sandbox_filters[] = {\n");
    for (unsigned i = 0; i < SANDBOX_KINDS; i++)
        fprintf(out, "    [%u] = {filter_%u, %zu},\n", i, i, counts[i]);
    fprintf(out, "};\n");
    return fclose(out) == 0 ? 0 : 1;
}
