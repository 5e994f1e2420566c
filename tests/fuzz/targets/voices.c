/*
 * Voice files: a voice that is accepted has all its values within the limits, and is the same
 * voice when it is written and read again.
 */
#include "fuzz/check.h"
#include "fuzz/scratch.h"
#include "fuzz/target.h"
#include "synth/voice.h"

static void check_text(const char *what, const char *text)
{
    if (!text || !*text)
        broken_promise("the voice has no %s", what);
}

static void check_limits(const struct voice *v)
{
    const struct synth_engine *engine = synth_engine_named(sv_of(v->engine));
    check_text("name", v->name);
    check_text("description", v->description);
    check_text("engine's voice", v->engine_voice);
    if (!engine || (int)v->dialect >= DIALECT_COUNT || v->gender > VOICE_FEMALE)
        broken_promise("the engine, dialect or gender is not known");
    bool apart = engine->apart;
    if (v->rate < (apart ? 80 : 160) || v->rate > (apart ? 400 : 179) || v->pitch > 99 ||
        v->range > 99 || v->volume > 100 || v->sentence_pause_ms > 60000 ||
        v->block_pause_ms > 60000 || v->title_pause_ms > 60000 || v->article_pause_ms > 60000)
        broken_promise("a number is out of its limits");
    for (uint32_t percent = 50; percent <= 400; percent += 50) {
        struct synth_settings settings = voice_settings(v, percent);
        if (settings.rate < engine->rate_min || settings.rate > engine->rate_max)
            broken_promise("at %u per cent the rate is %u", percent, settings.rate);
    }
}

/* The lines of the engine's own section; a long value goes on in further lines. */
static void write_section(const struct voice *v, struct buf *out)
{
    struct sv rest = sv_of(v->engine_voice);
    buf_addf(out, "[%s]\n", v->engine);
    while (rest.p) {
        struct sv value = sv_cut(&rest, '\t');
        struct sv key = sv_cut(&value, '=');
        buf_addf(out, "%.*s = %.*s\n", SV_ARG(key), SV_ARG(value));
    }
}

static bool has_section(const struct voice *v)
{
    return synth_engine_named(sv_of(v->engine))->check_section != NULL;
}

static void write_voice(const struct voice *v, struct buf *out)
{
    buf_addf(out, "[voice]\ndescription = %s\nengine = %s\n", v->description, v->engine);
    if (!has_section(v))
        buf_addf(out, "engine_voice = %s\n", v->engine_voice);
    if (v->licence)
        buf_addf(out, "licence = %s\n", v->licence);
    buf_addf(out, "dialect = %s\ngender = %s\n", voice_dialect_name(v->dialect),
             v->gender == VOICE_MALE ? "male" : "female");
    buf_addf(out, "[speech]\nrate = %u\nvolume = %u\n", v->rate, v->volume);
    if (!has_section(v))
        buf_addf(out, "pitch = %u\nrange = %u\n", v->pitch, v->range);
    else
        write_section(v, out);
    buf_addf(out, "[pause]\nsentence = %u\nblock = %u\ntitle = %u\narticle = %u\n",
             v->sentence_pause_ms, v->block_pause_ms, v->title_pause_ms, v->article_pause_ms);
}

static bool same_voice(const struct voice *a, const struct voice *b)
{
    return strcmp(a->description, b->description) == 0 && strcmp(a->engine, b->engine) == 0 &&
           strcmp(a->engine_voice, b->engine_voice) == 0 && a->dialect == b->dialect &&
           a->gender == b->gender && a->rate == b->rate && a->pitch == b->pitch &&
           a->range == b->range && a->volume == b->volume &&
           a->sentence_pause_ms == b->sentence_pause_ms && a->block_pause_ms == b->block_pause_ms &&
           a->title_pause_ms == b->title_pause_ms && a->article_pause_ms == b->article_pause_ms;
}

static bool has_long_line(struct sv text)
{
    enum { LONG = 190 };
    while (text.p)
        if (sv_cut(&text, '\n').n > LONG)
            return true;
    return false;
}

static void check_voice(const struct voice *v)
{
    struct buf text = BUF_INIT;
    struct err e = ERR_INIT;
    struct voice again;
    check_limits(v);
    write_voice(v, &text);
    if (has_section(v) && has_long_line(buf_sv(&text))) {
        buf_free(&text);
        return; /* it had been divided in another way */
    }
    scratch_write("fuzz.voice", buf_sv(&text));
    if (voice_find(&again, SV("fuzz"), scratch_folder(), &e))
        broken_promise("written, but not read again: %s", e.message.p);
    if (!same_voice(v, &again))
        broken_promise("written and read again, not the same:\n%s", text.p);
    voice_free(&again);
    err_free(&e);
    buf_free(&text);
}

/* The list has the voice too, or says why it cannot be used. */
static void check_list(bool usable)
{
    struct voice_list list;
    bool found = false;
    voice_list(&list, scratch_folder());
    for (size_t i = 0; i < list.voices.n; i++) {
        const struct voice_entry *entry = &list.voices.at[i];
        if (strcmp(entry->voice.name, "fuzz") != 0)
            continue;
        found = true;
        if (usable != !entry->problem)
            broken_promise("found, but not in the list, or the other way round");
        if (entry->problem)
            check_sentence(sv_of(entry->problem));
    }
    if (!found)
        broken_promise("the list of voices lacks one");
    voice_list_free(&list);
}

static void run(struct sv input)
{
    struct voice v;
    struct err e = ERR_INIT;
    scratch_write("fuzz.voice", input);
    enum status status = voice_find(&v, SV("fuzz"), scratch_folder(), &e);
    check_list(status == STATUS_OK);
    if (status) {
        check_error(&e);
    } else {
        check_voice(&v);
        voice_free(&v);
    }
    err_free(&e);
}

static void add_seeds(const struct seeds *seeds)
{
    struct voice v;
    struct buf text = BUF_INIT;
    struct err e = ERR_INIT;
    if (voice_find(&v, SV("bac-nu"), NULL, &e))
        broken_promise("%s", e.message.p);
    write_voice(&v, &text);
    seeds->take(seeds->user, buf_sv(&text));
    buf_adds(&text, "; ghi chú\nlạ = 1 ; sau\n[khác]\n  tiếp\nrate\n");
    seeds->take(seeds->user, buf_sv(&text));
    buf_clear(&text);
    buf_adds(&text, "[voice]\ndescription = m\nengine = command\nlicence = CC0\ndialect = south\n"
                    "gender = male\n[speech]\nrate = 200\n[pause]\nsentence = 1\nblock = 2\n"
                    "title = 3\n[command]\nprogram = /bin/x --y\n  \"z w\"\nrun = each\n"
                    "sample_rate = 16000\nread = /a\nprocesses = 2\n");
    seeds->take(seeds->user, buf_sv(&text));
    buf_free(&text);
    voice_free(&v);
    err_free(&e);
}

const struct fuzz_target fuzz_voices = {run, add_seeds};
