/* Words in other scripts: named once a run. */
#include "text/classes/class.h"

uint32_t read_script(struct speaker *s, uint32_t i)
{
    uint32_t n = 0;
    while (atom_at(s, i + n)->kind == ATOM_SCRIPT)
        n++;
    if (!n)
        return 0;
    token_begin(s, CLASS_script, "other script", i, n);
    say(s, "chữ nước ngoài");
    token_end(s);
    return n;
}
