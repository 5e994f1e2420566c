#include "base/module.h"

#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

#ifndef DOCBAO_LIBRARY_FOLDER
#define DOCBAO_LIBRARY_FOLDER "lib"
#endif

/* The folder of the running program, with a slash at its end; empty if unknown. */
static void add_program_folder(struct buf *path)
{
    size_t room = 256;
    for (;;) {
        buf_clear(path);
        buf_reserve(path, room);
        ssize_t n = readlink("/proc/self/exe", path->p, room);
        if (n < 0)
            return;
        if ((size_t)n < room) {
            buf_cut(path, (size_t)n);
            break;
        }
        room *= 2;
    }
    while (path->n && path->p[path->n - 1] != '/')
        buf_cut(path, path->n - 1);
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

/* The module in the first of the folders that has it; *path is then its path, otherwise the last
 * one that was tried. */
static void *open_module(const char *name, struct buf *path, bool *exists)
{
    static const char *const folders[] = {"modules", "../" DOCBAO_LIBRARY_FOLDER "/docbao",
                                          "../lib/docbao"};
    struct buf program = BUF_INIT;
    void *handle = NULL;
    add_program_folder(&program);
    *exists = false;
    for (size_t i = 0; program.n && i < sizeof folders / sizeof *folders && !*exists; i++) {
        buf_clear(path);
        buf_addf(path, "%s%s/docbao-%s.so", program.p, folders[i], name);
        *exists = access(path->p, R_OK) == 0;
        if (*exists)
            /* The module itself is linked to be complete; RTLD_NOW would look up all functions of
             * the libraries that it needs, most of which are never called. */
            handle = dlopen(path->p, RTLD_LAZY | RTLD_LOCAL);
    }
    buf_free(&program);
    return handle;
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
        status = err_set(e, STATUS_USAGE,
                         "docbao-%s.so was not built or not installed; it should be in the folder "
                         "modules beside the program, or in ../lib/docbao",
                         name);
    else if (!*found)
        status =
            handle ? err_set(e, STATUS_USAGE, "docbao-%s.so is not of this version", name)
                   : err_set(e, STATUS_USAGE, "docbao-%s.so cannot be loaded: %s", name, dlerror());
    buf_free(&path);
    return status;
}
