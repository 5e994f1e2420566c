#include "article/format/math_draft.h"

struct place {
    struct draft *draft;
    struct span from;
    bool exact; /* the text has the bytes of the document */
};

static struct sv without_second_space(const struct draft *d, struct sv text)
{
    bool second = text.n && text.p[0] == ' ' && sv_ends(buf_sv(&d->text), SV(" "));
    return second ? sv_from(text, 1) : text;
}

static void add_word(void *user, struct sv word, size_t from, size_t to)
{
    struct draft *d = user;
    draft_add(d, without_second_space(d, word),
              (struct span){(uint32_t)from, (uint32_t)(to - from)});
}

static void add_part(void *user, struct sv text, size_t from, size_t n)
{
    const struct place *p = user;
    struct span part = {p->from.off + (uint32_t)from, (uint32_t)n};
    if (n && text.n != n) /* said in other words */
        text = without_second_space(p->draft, text);
    if (n)
        draft_add(p->draft, text, p->exact ? part : p->from);
    else
        math_divide(text, p->draft->source_end, p->from.off, add_word, p->draft);
}

void math_draft_add(struct math *m, struct draft *draft, struct sv text, struct span from,
                    unsigned flags)
{
    struct place place = {draft, from, text.n == from.len};
    math_say(m, text, flags | (place.exact ? MATH_EXACT : 0), add_part, &place);
}
