#include "docbao/languages.h"

#include "base/ascii.h"
#include "docbao/internal.h"

struct language_search {
    struct sv wanted;
    const char *voice; /* the best so far, or NULL */
    bool exact;
};

static char plain_letter(char c)
{
    return c == '_' ? '-' : ascii_lower(c);
}

static bool same_language(struct sv a, struct sv b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (plain_letter(a.p[i]) != plain_letter(b.p[i]))
            return false;
    return true;
}

/* en of en-US. */
static struct sv without_country(struct sv language)
{
    for (size_t i = 0; i < language.n; i++)
        if (language.p[i] == '-' || language.p[i] == '_')
            return sv_sub(language, 0, i);
    return language;
}

static void compare_language(void *user, const char *language, const char *voice)
{
    struct language_search *s = user;
    struct sv own = sv_of(language);
    bool exact = same_language(own, s->wanted);
    bool near = same_language(without_country(own), without_country(s->wanted));
    if (s->exact || (!exact && (!near || s->voice)))
        return;
    s->voice = voice;
    s->exact = exact;
}

const char *voice_for_language(const struct synth_engine *engine, const char *language)
{
    struct language_search search = {.wanted = sv_of(language)};
    if (language && engine->languages && engine->prepare_foreign)
        engine->languages(compare_language, &search);
    return search.voice;
}

struct language_list {
    void (*each)(void *user, const char *language);
    void *user;
};

static void list_language(void *user, const char *language, const char *voice)
{
    const struct language_list *list = user;
    (void)voice;
    list->each(list->user, language);
}

void docbao_languages(struct docbao *d, void (*each)(void *user, const char *language), void *user)
{
    struct language_list list = {each, user};
    if (api_need_voice(d))
        return;
    const struct synth_engine *engine = synth_engine_named(sv_of(d->voice.engine));
    if (engine->languages)
        engine->languages(list_language, &list);
}
