#include "cli/cli.h"

int verb_voices(struct cli *c)
{
    uint32_t count;
    if (docbao_voices(c->docbao, &count)) {
        cli_tell_error(c);
        return EXIT_USAGE;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct docbao_voice v = docbao_voice_at(c->docbao, i);
        out_printf(&c->out, "%s\t%s\t%s\t%s\t%s%s\n", v.name, v.description, v.dialect, v.engine,
                   v.works ? "works" : "unavailable: ", v.why);
    }
    return EXIT_DONE;
}
