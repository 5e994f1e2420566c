#include "synth/sherpa/library.h"

#include <dlfcn.h>

#define NAME "libsherpa-onnx-c-api.so"

/* The first and the last version of the interface that was looked at. */
enum { KNOWN_MAJOR = 1, KNOWN_MINOR_LEAST = 10, KNOWN_MINOR_MOST = 13 };

bool library_is_known(struct sv version)
{
    char *end;
    struct buf text = BUF_INIT;
    buf_add_sv(&text, version);
    unsigned long major = strtoul(text.p, &end, 10);
    unsigned long minor = *end == '.' ? strtoul(end + 1, &end, 10) : 0;
    bool known = major == KNOWN_MAJOR && *end == '.' && minor >= KNOWN_MINOR_LEAST &&
                 minor <= KNOWN_MINOR_MOST;
    buf_free(&text);
    return known;
}

/* ISO C has no way from an object pointer to one of a function; POSIX wants it to work so. */
static bool find(void *handle, const char *name, void *function, size_t size)
{
    void *symbol = dlsym(handle, name);
    memcpy(function, &symbol, size);
    return symbol != NULL;
}

static bool find_functions(struct sherpa_library *l, void *handle)
{
#define FIND(name, function) find(handle, "SherpaOnnx" name, &l->function, sizeof l->function)
    return FIND("GetVersionStr", version) && FIND("CreateOfflineTts", create) &&
           FIND("OfflineTtsSampleRate", sample_rate) && FIND("OfflineTtsNumSpeakers", speakers) &&
           FIND("OfflineTtsGenerate", generate) &&
           FIND("DestroyOfflineTtsGeneratedAudio", free_sound);
#undef FIND
}

enum status library_open(struct sherpa_library *out, const char *path, struct err *e)
{
    void *handle = dlopen(*path ? path : NAME, RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return err_set(e, STATUS_USAGE,
                       "sherpa-onnx cannot be loaded: %s. Name its library by “library” in the "
                       "section [sherpa] of the voice; docs/voices.md says where it comes from.",
                       dlerror());
    if (!find_functions(out, handle))
        return err_set(e, STATUS_USAGE,
                       "\"%s\" has not all functions of sherpa-onnx that docbao uses; name another "
                       "library by “library” in the section [sherpa] of the voice.",
                       *path ? path : NAME);
    const char *version = out->version();
    if (!library_is_known(sv_of(version)))
        return err_set(e, STATUS_USAGE,
                       "sherpa-onnx is of version %s; docbao knows %d.%d to %d.%d.", version,
                       KNOWN_MAJOR, KNOWN_MINOR_LEAST, KNOWN_MAJOR, KNOWN_MINOR_MOST);
    return STATUS_OK;
}
