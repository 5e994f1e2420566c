/* Options, errors, and the parts that are loaded when they are first needed. */
#include "docbao/internal.h"

#include "docbao/ahead.h"
#include "rules/rules.h"
#include "synth/pool.h"

const char api_default_voice[] = "bac-nam"; /* what the engine does best */

struct docbao *docbao_new(const struct docbao_options *options)
{
    struct docbao *d = mem_zalloc(sizeof *d);
    d->options = *options;
    d->fetch = (struct fetch_options){
        .allow_local = options->allow_local,
        .timeout_s = options->timeout_s,
        .cookie_file = options->cookie_file,
        .stop = options->stop,
    };
    d->err = ERR_INIT;
    d->error = (struct docbao_error){.message = "", .file = ""};
    d->why = BUF_INIT;
    return d;
}

void docbao_free(struct docbao *d)
{
    if (!d)
        return;
    ahead_free(d->ahead);
    repeats_free(&d->repeats);
    rules_free(d->rules);
    store_close(d->cache);
    pool_stop(d->pool);
    if (d->has_voice)
        voice_free(&d->voice);
    voice_list_free(&d->voices);
    arena_free(&d->profile);
    err_free(&d->err);
    buf_free(&d->why);
    free(d);
}

const struct docbao_error *docbao_last_error(const struct docbao *d)
{
    return &d->error;
}

enum docbao_status api_result(struct docbao *d, enum status status)
{
    enum docbao_status result = (enum docbao_status)status; /* the values are the same */
    if (status)
        d->error = (struct docbao_error){
            .status = result,
            .message = d->err.message.p,
            .file = d->err.file.p,
            .line = d->err.line,
            .column = d->err.column,
        };
    return result;
}

enum status api_need_rules(struct docbao *d)
{
    return d->rules ? STATUS_OK : rules_load(&d->rules, d->options.rules_folders, &d->err);
}

enum status api_need_voice(struct docbao *d)
{
    if (d->has_voice)
        return STATUS_OK;
    const char *name = d->options.voice ? d->options.voice : api_default_voice;
    enum status status = voice_find(&d->voice, sv_of(name), d->options.voices_folder, &d->err);
    d->has_voice = !status;
    return status;
}

struct synth_settings api_settings(const struct docbao *d, uint32_t percent)
{
    struct synth_settings settings = voice_settings(&d->voice, percent);
    if (d->options.style == DOCBAO_STYLE_PLAIN)
        settings.article_pause_ms = 0;
    return settings;
}
