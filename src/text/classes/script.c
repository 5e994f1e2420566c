/* Words in other scripts: named once a run. */
#include "text/classes/class.h"

uint32_t read_script(struct speaker *s, uint32_t i)
{
    uint32_t n = 0;
    while (atom_at(s, i + n)->kind == ATOM_SCRIPT)
        n++;
    if (!n)
        return 0;
    if (s->options->scripts == SCRIPTS_SKIP) {
        for (uint32_t k = 0; k < n; k++)
            article_skip(s->article, atom_at(s, i + k)->text, "foreign script");
        return n;
    }
    token_begin(s, CLASS_script, "other script", i, n);
    say(s, "chữ nước ngoài");
    token_end(s);
    return n;
}
