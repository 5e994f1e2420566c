/* The user's own readings. */
#include "docbao/internal.h"

#include "text/lexicon_file.h"

enum docbao_status docbao_lexicon_add(struct docbao *d, const char *path, const char *written,
                                      const char *spoken, const char *context)
{
    return api_result(
        d, lexicon_file_add(path, sv_of(written), sv_of(spoken), sv_of(context), &d->err));
}

enum docbao_status docbao_lexicon_remove(struct docbao *d, const char *path, const char *written,
                                         const char *context, uint32_t *removed)
{
    return api_result(d,
                      lexicon_file_remove(path, sv_of(written), sv_of(context), removed, &d->err));
}

struct row_listener {
    void (*each)(void *user, const struct docbao_lexicon_row *row);
    void *user;
};

static void tell_row(void *to, const struct lexicon_row *row)
{
    const struct row_listener *listener = to;
    listener->each(listener->user, &(struct docbao_lexicon_row){.line = row->line,
                                                                .written = api_text(row->written),
                                                                .spoken = api_text(row->spoken),
                                                                .context = api_text(row->context),
                                                                .fault = row->fault});
}

enum docbao_status
docbao_lexicon_each(struct docbao *d, const char *path,
                    void (*each)(void *user, const struct docbao_lexicon_row *row), void *user)
{
    struct row_listener listener = {each, user};
    return api_result(d, lexicon_file_each(path, tell_row, &listener, &d->err));
}
