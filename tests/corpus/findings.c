#include "corpus/findings.h"

#include "base/arena.h"
#include "base/vec.h"

/* One sight of a thing: the place is contexts[0]. */
struct sight {
    struct finding thing;
    uint32_t number; /* in the order of adding */
};

struct findings {
    struct arena arena;
    VEC(struct sight) sights;
};

struct findings *findings_new(void)
{
    return mem_zalloc(sizeof(struct findings));
}

void findings_free(struct findings *f)
{
    vec_free(&f->sights);
    arena_free(&f->arena);
    free(f);
}

static struct sv keep(struct findings *f, struct sv text)
{
    return (struct sv){arena_dup(&f->arena, text), text.n};
}

void findings_add(struct findings *f, const struct finding *thing)
{
    struct sight sight = {*thing, (uint32_t)f->sights.n};
    sight.thing.written = keep(f, thing->written);
    sight.thing.spoken = keep(f, thing->spoken);
    sight.thing.why = keep(f, thing->why);
    sight.thing.contexts[0] = keep(f, thing->contexts[0]);
    for (unsigned i = 1; i < CONTEXTS; i++)
        sight.thing.contexts[i] = (struct sv){"", 0}; /* what is given there is not kept */
    *vec_push(&f->sights) = sight;
}

static int compare_things(const struct finding *a, const struct finding *b)
{
    int order = sv_cmp(a->written, b->written);
    if (!order)
        order = sv_cmp(a->spoken, b->spoken);
    return order ? order : sv_cmp(a->why, b->why);
}

static int by_thing(const void *a, const void *b)
{
    const struct sight *x = a, *y = b;
    int order = compare_things(&x->thing, &y->thing);
    return order ? order : x->number < y->number ? -1 : x->number > y->number;
}

static int by_count(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    return x->count != y->count ? (x->count > y->count ? -1 : 1) : compare_things(x, y);
}

/* The finding of the sights from `first` to below `end`. */
static struct finding join(const struct sight *first, const struct sight *end)
{
    struct finding f = first->thing;
    f.count = (uint32_t)(end - first);
    if (f.count > 2)
        f.contexts[1] = first[f.count / 2].thing.contexts[0];
    if (f.count > 1)
        f.contexts[f.count > 2 ? 2 : 1] = end[-1].thing.contexts[0];
    return f;
}

void findings_each(struct findings *f, unsigned list,
                   void (*each)(void *user, const struct finding *finding), void *user)
{
    VEC(struct sight) sights = {0};
    VEC(struct finding) joined = {0};
    for (size_t i = 0; i < f->sights.n; i++)
        if (f->sights.at[i].thing.list == list)
            *vec_push(&sights) = f->sights.at[i];
    if (sights.n)
        qsort(sights.at, sights.n, sizeof *sights.at, by_thing);
    for (size_t i = 0, end; i < sights.n; i = end) {
        for (end = i + 1; end < sights.n; end++)
            if (compare_things(&sights.at[i].thing, &sights.at[end].thing) != 0)
                break;
        *vec_push(&joined) = join(&sights.at[i], sights.at + end);
    }
    if (joined.n)
        qsort(joined.at, joined.n, sizeof *joined.at, by_count);
    for (size_t i = 0; i < joined.n; i++)
        each(user, &joined.at[i]);
    vec_free(&joined);
    vec_free(&sights);
}
