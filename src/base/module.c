#include "base/module.h"

#include <dlfcn.h>
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
    bool exists;
    void *handle = open_module(name, &path, &exists);
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
