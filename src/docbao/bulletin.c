/* Bulletins: the public calls. */
#include "docbao/bulletin.h"

#include "base/embedded.h"

enum docbao_status docbao_bulletin_open(struct docbao *d, const char *recipe,
                                        struct docbao_bulletin **out)
{
    struct docbao_bulletin *b = mem_zalloc(sizeof *b);
    *out = NULL;
    b->d = d;
    b->between = BULLETIN_NO_SOUND;
    b->taken.bytes = BUF_INIT;
    b->pauses = 1;
    b->percent = 100;
    enum status status = recipe_read(&b->recipe, recipe, &d->err);
    if (status)
        free(b);
    else
        *out = b;
    return api_result(d, status);
}

void docbao_bulletin_close(struct docbao_bulletin *b)
{
    if (!b)
        return;
    for (size_t i = 0; i < b->articles.n; i++)
        docbao_close(b->articles.at[i]);
    for (size_t i = 0; i < b->feeds.n; i++)
        docbao_feed_close(b->feeds.at[i]);
    for (size_t i = 0; i < b->sounds.n; i++)
        recording_close(b->sounds.at[i].recording);
    for (size_t i = 0; i < b->voices.n; i++) {
        takes_free(&b->voices.at[i].takes);
        docbao_free(b->voices.at[i].d);
    }
    vec_free(&b->articles);
    vec_free(&b->feeds);
    vec_free(&b->items);
    heard_free(&b->taken);
    vec_free(&b->sounds);
    vec_free(&b->voices);
    vec_free(&b->parts);
    vec_free(&b->fit_parts);
    vec_free(&b->sentences);
    vec_free(&b->fit_sentences);
    recipe_free(&b->recipe);
    arena_free(&b->arena);
    free(b);
}

const char *docbao_bulletin_profile(const struct docbao_bulletin *b)
{
    return recipe_text(&b->recipe.whole, RECIPE_KEY_profile, NULL);
}

enum docbao_status docbao_bulletin_output(struct docbao_bulletin *b, const char *folder,
                                          struct docbao_output *out)
{
    enum docbao_status status = docbao_profile(b->d, docbao_bulletin_profile(b), folder, out);
    if (status && !b->d->err.file.n)
        recipe_error_at(&b->recipe, &b->recipe.whole, RECIPE_KEY_profile, &b->d->err);
    return api_result(b->d, (enum status)status);
}

struct docbao_text docbao_bulletin_example(void)
{
    return api_text(embedded_find(SV("ban-tin.recipe")));
}

/* ---- what its files share ---- */

void bulletin_note(struct docbao_bulletin *b, const struct recipe_part *p, enum recipe_key key)
{
    const struct docbao_bulletin_wish *w = b->wish;
    const struct err *e = &b->d->err;
    struct docbao_error note = {.message = e->message.p, .file = ""};
    if (p) {
        note.file = b->recipe.file;
        note.line = key < RECIPE_KEYS && recipe_has(p, key) ? p->values[key].line : p->line;
    }
    if (w->note)
        w->note(w->user, &note);
}

enum status bulletin_take_error(struct docbao_bulletin *b, const struct docbao *of)
{
    const struct err *from = &of->err;
    if (of == b->d)
        return from->status;
    err_set(&b->d->err, from->status, "%.*s", SV_ARG(buf_sv(&from->message)));
    if (from->file.n)
        err_at(&b->d->err, from->file.p, from->line, from->column);
    return from->status;
}

void bulletin_taken(const struct docbao_bulletin *b, struct sv key, struct buf *out)
{
    char *recipe = realpath(b->recipe.file, NULL);
    buf_addf(out, "%s %s %.*s", b->wish->date, recipe ? recipe : b->recipe.file, SV_ARG(key));
    free(recipe);
}

struct fit bulletin_fit(struct docbao_bulletin *b)
{
    return (struct fit){b->fit_parts.at, b->fit_parts.n, b->fit_sentences.at, b->fit_sentences.n};
}

enum status bulletin_voice(struct docbao_bulletin *b, const char *name, uint32_t *index)
{
    for (*index = 0; *index < b->voices.n; ++*index)
        if (strcmp(b->voices.at[*index].name, name) == 0)
            return STATUS_OK;
    struct docbao_options options = b->d->options;
    char *own = arena_dup(&b->arena, sv_of(name));
    options.voice = own;
    options.block = NULL;
    options.read_when_spoken = options.recall_words = options.keep_engine = false;
    struct docbao *d = docbao_new(&options);
    enum status status = api_need_voice(d);
    if (status) {
        bulletin_take_error(b, d);
        docbao_free(d);
        return status;
    }
    *vec_push(&b->voices) = (struct bulletin_voice){.name = own, .d = d};
    return STATUS_OK;
}

/* ---- making ---- */

static enum status check_wish(struct docbao_bulletin *b)
{
    struct err *e = &b->d->err;
    if (!recipe_days(b->wish->date, &b->day))
        return err_set(e, STATUS_USAGE,
                       "“%s” is no date: write year, month and day as in 2024-05-15.",
                       b->wish->date);
    return b->wish->run_sheet ? run_sheet_check(b->wish->target, b->wish->run_sheet, e) : STATUS_OK;
}

static enum status remember_item(struct docbao_bulletin *b, const struct bulletin_item *item)
{
    const struct docbao_bulletin_wish *w = b->wish;
    struct docbao_text key = docbao_feed_at(item->feed, item->index).key;
    struct buf name = BUF_INIT;
    enum status status = STATUS_OK;
    bulletin_taken(b, (struct sv){key.p, key.n}, &name);
    if (w->taken)
        status = heard_add(w->taken, buf_sv(&name), &b->d->err);
    if (!status && w->heard)
        status = (enum status)docbao_feed_remember(b->d, item->feed, item->index, w->heard);
    buf_free(&name);
    return status;
}

static void remember_items(struct docbao_bulletin *b)
{
    for (size_t i = 0; i < b->items.n; i++) {
        const struct bulletin_item *item = &b->items.at[i];
        if (!b->fit_parts.at[item->part].left_out && remember_item(b, item)) {
            bulletin_note(b, NULL, RECIPE_KEYS);
            b->partial = true;
        }
    }
}

enum docbao_status docbao_bulletin_make(struct docbao_bulletin *b,
                                        const struct docbao_bulletin_wish *wish,
                                        struct docbao_stats *stats)
{
    struct docbao_stats own;
    stats = stats ? stats : &own;
    *stats = (struct docbao_stats){0};
    b->wish = wish;
    enum status status = check_wish(b);
    if (!status && wish->taken)
        status = heard_load(&b->taken, wish->taken, &b->d->err);
    if (!status)
        status = api_need_rules(b->d);
    if (!status)
        status = bulletin_collect(b);
    if (!status)
        status = bulletin_settle(b);
    if (!status)
        status = bulletin_render(b, stats);
    if (!status)
        remember_items(b);
    if (!status && b->partial)
        status = err_set(&b->d->err, STATUS_PARTIAL,
                         "The bulletin is made, but not all of what the recipe asks for is in it.");
    return api_result(b->d, status);
}
