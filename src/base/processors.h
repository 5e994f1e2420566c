/*
 * The number of processors that this process may keep busy.
 *
 * It is the smallest of: the processors of the affinity mask (taskset, cpusets, Slurm), and the
 * share of time that the control groups of the process and all groups above it allow (cpu.max of
 * version 2; cpu.cfs_quota_us and cpu.cfs_period_us of version 1), rounded up. What cannot be read
 * limits nothing.
 *
 * Invariants: the answer is never 0; the files are read at each call.
 */
#ifndef DOCBAO_BASE_PROCESSORS_H
#define DOCBAO_BASE_PROCESSORS_H

#include <stdint.h>

/* At least 1. */
uint32_t processors_allowed(void);

/* The share of the control groups alone, as the files under `root` ("" for those of the system) say
 * it: ROOT/proc/self/cgroup and ROOT/sys/fs/cgroup. UINT32_MAX: no limit. */
uint32_t processors_share(const char *root);

#endif
