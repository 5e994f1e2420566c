#include "base/embedded.h"

struct sv embedded_find(struct sv name)
{
    for (const struct embedded_file *f = embedded_files; f->name; f++)
        if (sv_is(name, f->name))
            return (struct sv){(const char *)f->bytes, f->length};
    return (struct sv){NULL, 0};
}
