/*
 * late PID: how busy this machine is for a program that often waits for a few milliseconds, such as
 * one that plays sound. Until the process PID ends (which must not be a child of this one), a
 * watcher on each core sleeps 5 ms again and again; then the longest time that one of them woke up
 * too late is printed, in milliseconds.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NAP_NS = 5 * 1000 * 1000, NS_PER_SECOND = 1000 * 1000 * 1000, NS_PER_MS = 1000 * 1000 };

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * (int64_t)NS_PER_SECOND + t.tv_nsec;
}

static bool lives(pid_t pid)
{
    return kill(pid, 0) == 0 || errno == EPERM;
}

static void watch(int core, pid_t pid, _Atomic int64_t *latest)
{
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(core, &cores);
    if (sched_setaffinity(0, sizeof cores, &cores) != 0)
        return; /* a core that this process may not use */
    while (lives(pid)) {
        int64_t due = now_ns() + NAP_NS;
        nanosleep(&(struct timespec){0, NAP_NS}, NULL);
        int64_t late = now_ns() - due;
        if (late > atomic_load(latest))
            atomic_store(latest, late);
    }
}

int main(int argc, char **argv)
{
    pid_t pid = argc == 2 ? (pid_t)strtol(argv[1], NULL, 10) : 0;
    long cores = sysconf(_SC_NPROCESSORS_CONF);
    _Atomic int64_t *latest = mmap(NULL, (size_t)cores * sizeof *latest, PROT_READ | PROT_WRITE,
                                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (pid <= 0 || latest == MAP_FAILED)
        return 1;
    for (int core = 0; core < cores; core++) {
        if (fork() == 0) {
            watch(core, pid, &latest[core]);
            _exit(0);
        }
    }
    while (wait(NULL) > 0)
        ;
    int64_t most = 0;
    for (int core = 0; core < cores; core++)
        most = atomic_load(&latest[core]) > most ? atomic_load(&latest[core]) : most;
    printf("%ld\n", (long)(most / NS_PER_MS));
    return 0;
}
