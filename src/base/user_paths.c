#include "base/user_paths.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Whether a folder above the file cannot be entered: HOME may be that of another user. */
static bool is_closed(const char *path)
{
    struct stat info;
    return stat(path, &info) != 0 && errno == EACCES;
}

/* In the folder that the variable names, or else in that one of the home folder. */
static char *path_of_user(const char *variable, const char *in_home, const char *name)
{
    const char *folder = getenv(variable);
    const char *home = getenv("HOME");
    struct buf path = BUF_INIT;
    /* The XDG specification: a path that is not absolute does not count. */
    if (folder && *folder == '/')
        buf_addf(&path, "%s/docbao/%s", folder, name);
    else if (home && *home == '/')
        buf_addf(&path, "%s/%s/docbao/%s", home, in_home, name);
    if (path.n && !is_closed(path.p))
        return buf_detach(&path);
    buf_free(&path);
    return NULL;
}

char *user_file(const char *name)
{
    return path_of_user("XDG_CONFIG_HOME", ".config", name);
}

void user_make_folder(void)
{
    char *file = user_file("");
    for (char *slash = file; slash && (slash = strchr(slash + 1, '/'));) {
        *slash = '\0';
        mkdir(file, 0700); /* as the XDG specification has it */
        *slash = '/';
    }
    free(file);
}

char *user_state(const char *name)
{
    return path_of_user("XDG_STATE_HOME", ".local/state", name);
}

char *user_cache(const char *name)
{
    return path_of_user("XDG_CACHE_HOME", ".cache", name);
}

char *user_folder(const char *name)
{
    char *folder = user_file(name);
    if (folder && is_folder(folder))
        return folder;
    free(folder);
    return NULL;
}
