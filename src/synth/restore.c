#include "synth/restore.h"

#include <stdint.h>
#include <string.h>

#include "base/sanitizer.h"

/* The stack that a sentence may use: espeak-ng needs less than half of it. */
enum { STACK_BYTES = 96 << 10 };

void restore_wipe_stack(void)
{
    char unused[STACK_BYTES];
    memset(unused, 0, sizeof unused);
    __asm__ volatile("" : : "r"(unused) : "memory"); /* the compiler must not leave it out */
}

/* The state that sanitizers keep of the memory would not be restored with it. */
#if defined(__linux__) && defined(__GLIBC__) && !SANITIZER

#include <elf.h>
#include <link.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    REGIONS_MAX = 256,
    PAGE = 4096, /* the unit of comparison; need not be the system's */
    LARGE_BLOCK = 64 << 10,
    HEAP_STEP = 256 << 10,
    STATE_MAX = 4 << 20, /* comparing more takes longer than a new process */
};

struct region {
    char *start, *copy;
    size_t size;
};

struct restore {
    char *heap_end;
    size_t count, bytes;
    bool overflow;
    const char *program; /* an address inside the program itself */
    struct region regions[REGIONS_MAX];
};

bool restore_is_possible(void)
{
    return true;
}

void restore_prepare(void)
{
    mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
    mallopt(M_TRIM_THRESHOLD, INT32_MAX);
    mallopt(M_TOP_PAD, HEAP_STEP);
}

static void add_region(struct restore *r, uintptr_t start, uintptr_t end)
{
    if (start >= end)
        return;
    if (r->count == REGIONS_MAX) {
        r->overflow = true;
        return;
    }
    r->regions[r->count++] = (struct region){.start = (char *)start, .size = end - start};
    r->bytes += end - start;
}

/* ---- the data of libraries ---- */

/* The parts of an object's data that the loader owns: two ranges, each may be empty. */
struct loader_data {
    uintptr_t relro_end; /* RELRO is at the beginning of the data */
    uintptr_t got, got_end;
};

/* The addresses of imported functions, which the loader fills in at their first call. */
static void find_got(const struct dl_phdr_info *object, const ElfW(Phdr) * dynamic,
                     struct loader_data *owned)
{
    size_t relocations = 0, size = sizeof(ElfW(Rela));
    const ElfW(Dyn) *entry = (const ElfW(Dyn) *)(object->dlpi_addr + dynamic->p_vaddr);
    for (; entry->d_tag != DT_NULL; entry++) {
        if (entry->d_tag == DT_PLTGOT)
            owned->got = entry->d_un.d_ptr;
        else if (entry->d_tag == DT_PLTRELSZ)
            relocations = entry->d_un.d_val;
        else if (entry->d_tag == DT_PLTREL && entry->d_un.d_val == DT_REL)
            size = sizeof(ElfW(Rel));
    }
    enum { RESERVED = 3 }; /* words of the loader before the first function */
    owned->got_end = owned->got + (RESERVED + relocations / size) * sizeof(void *);
}

static bool is_loader(const struct dl_phdr_info *object)
{
    const char *slash = strrchr(object->dlpi_name, '/');
    const char *name = slash ? slash + 1 : object->dlpi_name;
    return strncmp(name, "ld-", 3) == 0 || strncmp(name, "ld.so", 5) == 0 ||
           strncmp(name, "linux-vdso", 10) == 0;
}

static bool contains(const struct dl_phdr_info *object, const char *address)
{
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &object->dlpi_phdr[i];
        uintptr_t start = object->dlpi_addr + p->p_vaddr;
        if (p->p_type == PT_LOAD && (uintptr_t)address - start < p->p_memsz)
            return true;
    }
    return false;
}

static int add_library(struct dl_phdr_info *object, size_t size, void *to)
{
    struct restore *r = to;
    struct loader_data owned = {0};
    (void)size;
    if (is_loader(object) || contains(object, r->program))
        return 0;
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &object->dlpi_phdr[i];
        if (p->p_type == PT_GNU_RELRO)
            owned.relro_end = (object->dlpi_addr + p->p_vaddr + p->p_memsz) & -(uintptr_t)PAGE;
        else if (p->p_type == PT_DYNAMIC)
            find_got(object, p, &owned);
    }
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &object->dlpi_phdr[i];
        uintptr_t start = object->dlpi_addr + p->p_vaddr, end = start + p->p_memsz;
        if (p->p_type != PT_LOAD || !(p->p_flags & PF_W))
            continue;
        if (start < owned.relro_end)
            start = owned.relro_end;
        if (owned.got >= start && owned.got_end <= end) {
            add_region(r, start, owned.got);
            start = owned.got_end;
        }
        add_region(r, start, end);
    }
    return 0;
}

/* ---- the heap ---- */

/* False if malloc does not use the heap that begins at the program break. */
static bool add_heap(struct restore *r)
{
    char *block = malloc(1);
    r->heap_end = sbrk(0);
    size_t size = mallinfo2().arena;
    char *start = r->heap_end - size;
    bool inside = block > start && block < r->heap_end;
    free(block);
    if (inside)
        add_region(r, (uintptr_t)start, (uintptr_t)r->heap_end);
    return inside;
}

/* ---- saving and restoring ---- */

static void *map(size_t size)
{
    void *at =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    return at == MAP_FAILED ? NULL : at;
}

struct restore *restore_save(void)
{
    static const char inside_the_program = 0;
    struct restore *r = map(sizeof *r);
    if (!r)
        return NULL;
    r->program = &inside_the_program;
    bool whole = add_heap(r);
    dl_iterate_phdr(add_library, r);
    char *copy = whole && !r->overflow && r->bytes <= STATE_MAX ? map(r->bytes) : NULL;
    if (!copy) {
        munmap(r, sizeof *r);
        return NULL;
    }
    for (size_t i = 0; i < r->count; i++) {
        r->regions[i].copy = copy;
        memcpy(copy, r->regions[i].start, r->regions[i].size);
        copy += r->regions[i].size;
    }
    return r;
}

static void restore_region(const struct region *region)
{
    for (size_t at = 0; at < region->size; at += PAGE) {
        size_t size = region->size - at < PAGE ? region->size - at : PAGE;
        if (memcmp(region->start + at, region->copy + at, size) != 0)
            memcpy(region->start + at, region->copy + at, size);
    }
}

void restore_apply(const struct restore *r)
{
    /* First the heap's end, so that all of the heap is there to be written. */
    if (sbrk(0) != r->heap_end && brk(r->heap_end) != 0)
        _exit(1);
    for (size_t i = 0; i < r->count; i++)
        restore_region(&r->regions[i]);
    restore_wipe_stack();
}

#else

bool restore_is_possible(void)
{
    return false;
}

void restore_prepare(void)
{
}

struct restore *restore_save(void)
{
    return NULL;
}

void restore_apply(const struct restore *r)
{
    (void)r;
}

#endif
