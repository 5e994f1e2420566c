#include "base/message.h"
#include "cli/cli.h"

static void print_voice(struct out *out, const struct docbao_voice *v)
{
    const char *columns[] = {v->name, v->description, _(v->dialect), v->engine};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        out_printable_string(out, columns[i]);
        out_bytes(out, "\t", 1);
    }
    struct buf state = BUF_INIT;
    if (v->works)
        buf_adds(&state, _("works"));
    else
        buf_add_message(&state, "unavailable: %s", v->why);
    out_printable_string(out, state.p);
    buf_free(&state);
    if (*v->path) { /* the user's own: whose it is, and where */
        out_bytes(out, "\t", 1);
        out_printable_string(out, v->licence);
        out_bytes(out, "\t", 1);
        out_printable_string(out, v->path);
    }
    out_bytes(out, "\n", 1);
}

int verb_voices(struct cli *c)
{
    uint32_t count;
    if (docbao_voices(c->docbao, &count)) {
        cli_tell_error(c);
        return EXIT_USAGE;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct docbao_voice v = docbao_voice_at(c->docbao, i);
        print_voice(&c->out, &v);
    }
    return EXIT_DONE;
}
