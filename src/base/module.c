#include "base/module.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

/* Set by the build: how to get from the folder of programs to that of libraries where they are
 * installed, "../lib/x86_64-linux-gnu". */
#ifndef DOCBAO_LIBRARY_FOLDER
#define DOCBAO_LIBRARY_FOLDER "../lib"
#endif

static bool holds_address(const struct dl_phdr_info *info, uintptr_t address)
{
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type == PT_LOAD && address - info->dlpi_addr - part->p_vaddr < part->p_memsz)
            return true;
    }
    return false;
}

/* Appends the path of the file that this function was loaded from. The program itself has no
 * name there. */
static int add_own_file(struct dl_phdr_info *info, size_t size, void *path)
{
    (void)size;
    if (!holds_address(info, (uintptr_t)add_own_file))
        return 0;
    buf_adds(path, *info->dlpi_name ? info->dlpi_name : "/proc/self/exe");
    return 1;
}

void module_add_own_folder(struct buf *folder)
{
    struct buf path = BUF_INIT;
    dl_iterate_phdr(add_own_file, &path);
    char *real = path.n ? realpath(path.p, NULL) : NULL;
    if (path.n && !real && errno == ENOMEM)
        mem_exhausted(); /* or every module would count as one that is not installed */
    if (real)
        buf_add(folder, real, (size_t)(strrchr(real, '/') + 1 - real));
    free(real);
    buf_free(&path);
}

struct wanted_module {
    struct buf file, path;
};

static int match_loaded(struct dl_phdr_info *info, size_t size, void *user)
{
    (void)size;
    struct wanted_module *wanted = user;
    if (!sv_ends(sv_of(info->dlpi_name), buf_sv(&wanted->file)))
        return 0;
    buf_adds(&wanted->path, info->dlpi_name);
    return 1;
}

/* The module if it is open already, else NULL. This opens no file, so it works in a sandbox. */
static void *find_open_module(const char *name)
{
    struct wanted_module wanted = {BUF_INIT, BUF_INIT};
    buf_addf(&wanted.file, "/docbao-%s.so", name);
    dl_iterate_phdr(match_loaded, &wanted);
    void *handle = NULL;
    if (wanted.path.n)
        handle = dlopen(wanted.path.p, RTLD_LAZY | RTLD_LOCAL | RTLD_NOLOAD);
    buf_free(&wanted.file);
    buf_free(&wanted.path);
    return handle;
}

/* The path of the module in the first of the folders that has it. False: none has it; *path is then
 * the last that was tried. */
static bool find_file(const char *name, struct buf *path)
{
    static const char *const folders[] = {"modules", "docbao", DOCBAO_LIBRARY_FOLDER "/docbao",
                                          "../lib/docbao"};
    struct buf own = BUF_INIT;
    bool exists = false;
    module_add_own_folder(&own);
    for (size_t i = 0; own.n && i < sizeof folders / sizeof *folders && !exists; i++) {
        buf_clear(path);
        buf_addf(path, "%s%s/docbao-%s.so", own.p, folders[i], name);
        exists = access(path->p, R_OK) == 0;
    }
    buf_free(&own);
    return exists;
}

bool module_is_installed(const char *name)
{
    struct buf path = BUF_INIT;
    bool exists = find_file(name, &path);
    buf_free(&path);
    return exists;
}

void module_add_path(const char *name, struct buf *out)
{
    struct buf path = BUF_INIT;
    char *real = find_file(name, &path) ? realpath(path.p, NULL) : NULL;
    buf_adds(out, real ? real : "");
    free(real);
    buf_free(&path);
}

/* The module itself is linked to be complete; RTLD_NOW would look up all functions of the libraries
 * that it needs, most of which are never called. */
static void *open_module(const char *name, struct buf *path, bool *exists)
{
    *exists = find_file(name, path);
    return *exists ? dlopen(path->p, RTLD_LAZY | RTLD_LOCAL) : NULL;
}

enum status module_find(const char *name, const char *symbol, const void **found, struct err *e)
{
    struct buf path = BUF_INIT;
    void *handle = find_open_module(name);
    bool exists = handle != NULL;
    if (!handle)
        handle = open_module(name, &path, &exists);
    *found = handle ? dlsym(handle, symbol) : NULL;
    enum status status = STATUS_OK;
    if (!exists)
        status =
            err_set(e, STATUS_USAGE,
                    "docbao-%s.so, or a library that it uses, is not installed; it should be in "
                    "the folder modules beside the program, or in %s/docbao",
                    name, DOCBAO_LIBRARY_FOLDER);
    else if (!*found)
        status =
            handle ? err_set(e, STATUS_USAGE, "docbao-%s.so is not of this version", name)
                   : err_set(e, STATUS_USAGE, "docbao-%s.so cannot be loaded: %s", name, dlerror());
    buf_free(&path);
    return status;
}

/* ---- what is loaded ---- */

/* Finds the build ID among the notes of a segment. The sizes of a note are padded to `align`. */
static struct sv find_build_id(struct sv notes, size_t align)
{
    ElfW(Nhdr) head;
    while (notes.n >= sizeof head) {
        memcpy(&head, notes.p, sizeof head);
        size_t name = (head.n_namesz + align - 1) / align * align;
        size_t size = (head.n_descsz + align - 1) / align * align;
        if (name > notes.n - sizeof head || size > notes.n - sizeof head - name)
            break;
        const char *at = notes.p + sizeof head;
        if (head.n_type == NT_GNU_BUILD_ID && head.n_namesz == sizeof "GNU" &&
            memcmp(at, "GNU", sizeof "GNU") == 0)
            return (struct sv){at + name, head.n_descsz};
        notes = sv_sub(notes, sizeof head + name + size, notes.n - sizeof head - name - size);
    }
    return (struct sv){NULL, 0};
}

static struct sv build_id_of(const struct dl_phdr_info *info)
{
    struct sv id = {NULL, 0};
    for (size_t i = 0; i < info->dlpi_phnum && !id.n; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        struct sv notes = {(const char *)(info->dlpi_addr + part->p_vaddr), part->p_memsz};
        if (part->p_type == PT_NOTE)
            id = find_build_id(notes, part->p_align == 8 ? 8 : 4);
    }
    return id;
}

static void add_size_and_time(const char *path, struct buf *out)
{
    struct stat info = {0};
    stat(path, &info);
    buf_addf(out, "%llu %lld.%09ld", (unsigned long long)info.st_size,
             (long long)info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
}

static int add_build(struct dl_phdr_info *info, size_t size, void *out)
{
    (void)size;
    const char *path = *info->dlpi_name ? info->dlpi_name : "/proc/self/exe";
    if (!strchr(path, '/'))
        return 0; /* what the kernel puts into every process */
    struct sv id = build_id_of(info);
    for (size_t i = 0; i < id.n; i++)
        buf_addf(out, "%02x", (unsigned char)id.p[i]);
    if (!id.n)
        add_size_and_time(path, out);
    buf_addf(out, " %s\n", path);
    return 0;
}

void module_add_builds(struct buf *out)
{
    dl_iterate_phdr(add_build, out);
}
