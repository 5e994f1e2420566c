/* The parts of a bulletin, from those of its recipe. */
#include "docbao/bulletin.h"

#include "article/parser.h"
#include "base/embedded.h"
#include "base/message.h"

/* ---- sounds ---- */

#define INSIDE "docbao:"

static void add_known_sounds(struct buf *out)
{
    for (const struct embedded_file *f = embedded_files; f->name; f++) {
        struct sv name = sv_of(f->name);
        if (sv_ends(name, SV(".flac")))
            buf_addf(out, "%s" INSIDE "%.*s", out->n ? ", " : "", (int)name.n - 5, name.p);
    }
}

/* The bytes of a sound in the program. */
static enum status find_inside(struct docbao_bulletin *b, const struct recipe_part *p,
                               enum recipe_key key, struct sv *bytes)
{
    const char *path = p->values[key].text;
    struct buf name = BUF_INIT, known = BUF_INIT;
    buf_addf(&name, "%s.flac", path + strlen(INSIDE));
    *bytes = embedded_find(buf_sv(&name));
    buf_free(&name);
    if (bytes->p)
        return STATUS_OK;
    add_known_sounds(&known);
    err_set(&b->d->err, STATUS_USAGE, "There is no sound “%s”; there are %s.", path, known.p);
    buf_free(&known);
    return recipe_error_at(&b->recipe, p, key, &b->d->err);
}

/* Tells that something is left out, and why, as b->d->err says. `format` is for what and why. */
static void tell_left_out(struct docbao_bulletin *b, const struct recipe_part *p,
                          enum recipe_key key, const char *format, const char *what)
{
    struct buf why = BUF_INIT;
    buf_add_sv(&why, buf_sv(&b->d->err.message));
    err_set(&b->d->err, STATUS_INPUT, format, what, why.p);
    buf_free(&why);
    bulletin_note(b, p, key);
    b->partial = true;
}

/* Reads a sound once. What is missing is told, and left out: *sound is BULLETIN_NO_SOUND then. */
static enum status open_sound(struct docbao_bulletin *b, const struct recipe_part *p,
                              enum recipe_key key, size_t *sound)
{
    struct recording_options o = {
        .name = p->values[key].text,
        .target = b->wish->target,
        .rate = b->rate,
        .channels = b->most_channels,
        .stop = b->d->options.stop,
    };
    for (*sound = 0; *sound < b->sounds.n; ++*sound)
        if (strcmp(b->sounds.at[*sound].path, o.name) == 0)
            return STATUS_OK;
    struct bulletin_sound s = {.path = o.name};
    enum status status = STATUS_OK;
    if (sv_starts(sv_of(o.name), SV(INSIDE)))
        status = find_inside(b, p, key, &o.bytes);
    if (!status)
        status = recording_open(&s.recording, &o, &b->d->err);
    if (!status) {
        if (recording_channels(s.recording) > b->channels)
            b->channels = recording_channels(s.recording);
        *vec_push(&b->sounds) = s;
        return STATUS_OK;
    }
    *sound = BULLETIN_NO_SOUND;
    if (status != STATUS_INPUT)
        return status;
    tell_left_out(b, p, key, N_("“%s” is left out. %s"), o.name);
    return STATUS_OK;
}

/* ---- one part ---- */

size_t bulletin_add_part(struct docbao_bulletin *b, const struct recipe_part *p, const char *title)
{
    *vec_push(&b->fit_parts) = (struct fit_part){
        .gap = recipe_number(p, RECIPE_KEY_gap, bulletin_gap(b)),
        .priority = (unsigned)recipe_number(p, RECIPE_KEY_priority, 0),
        .first = (uint32_t)b->sentences.n,
    };
    *vec_push(&b->parts) = (struct bulletin_part){
        .recipe = p,
        .title = arena_dup(&b->arena, sv_of(title)),
        .reader = "",
        .sound = BULLETIN_NO_SOUND,
        .bed = BULLETIN_NO_SOUND,
        .chapter = p->section != RECIPE_jingle || recipe_has(p, RECIPE_KEY_title),
    };
    return b->parts.n - 1;
}

/* "bac-nam" or, of an interview, "bac-nam, bac-nu". */
static void add_reader(struct docbao_bulletin *b, struct bulletin_part *part, uint32_t voice)
{
    const char *name = b->voices.at[voice].name;
    if (!*part->reader) {
        part->reader = name;
        return;
    }
    if (strstr(part->reader, name))
        return;
    struct buf both = BUF_INIT;
    buf_addf(&both, "%s, %s", part->reader, name);
    part->reader = arena_dup(&b->arena, buf_sv(&both));
    buf_free(&both);
}

/* Makes room for so many sentences behind those of the part. Returns the first of them. */
static uint32_t make_room(struct docbao_bulletin *b, size_t part, uint32_t count)
{
    uint32_t at = b->fit_parts.at[part].first + b->fit_parts.at[part].sentences;
    size_t behind = b->sentences.n - at;
    vec_reserve(&b->sentences, count);
    vec_reserve(&b->fit_sentences, count);
    memmove(b->sentences.at + at + count, b->sentences.at + at, behind * sizeof *b->sentences.at);
    memmove(b->fit_sentences.at + at + count, b->fit_sentences.at + at,
            behind * sizeof *b->fit_sentences.at);
    b->sentences.n += count;
    b->fit_sentences.n += count;
    b->fit_parts.at[part].sentences += count;
    for (size_t i = part + 1; i < b->fit_parts.n; i++)
        b->fit_parts.at[i].first += count;
    return at;
}

void bulletin_add_sentences(struct docbao_bulletin *b, size_t part, struct docbao_article *a,
                            uint32_t voice, struct span range)
{
    enum { MS_PER_SECOND = 1000 };
    if (!range.len)
        return;
    uint32_t at = make_room(b, part, range.len);
    for (uint32_t i = 0; i < range.len; i++) {
        uint32_t sentence = range.off + i;
        b->sentences.at[at + i] =
            (struct bulletin_sentence){.article = a, .sentence = sentence, .voice = voice};
        b->fit_sentences.at[at + i] = (struct fit_sentence){
            .pause = (double)a->a.sentences.at[sentence].pause_ms / MS_PER_SECOND,
            .announces = FIT_NO_PART,
        };
    }
    add_reader(b, &b->parts.at[part], voice);
}

/* ---- texts ---- */

/* Every line of it is read. */
static struct read_options text_options(const struct docbao *d)
{
    struct read_options options = api_read_options(d);
    options.raw = true;
    return options;
}

static enum status keep_text(struct docbao_bulletin *b, struct docbao *d, struct docbao_article *a,
                             const char *title, enum status status, struct docbao_article **out)
{
    if (api_finish_open(d, a, status, out))
        return bulletin_take_error(b, d);
    *vec_push(&b->articles) = *out;
    (*out)->a.title = arena_dup(&(*out)->a.arena, sv_of(title));
    return STATUS_OK;
}

enum status bulletin_open_text(struct docbao_bulletin *b, uint32_t voice, const char *title,
                               struct sv text, struct docbao_article **out)
{
    struct docbao *d = b->voices.at[voice].d;
    struct docbao_article *a = api_new_article();
    struct buf copy = BUF_INIT;
    enum status status = api_need_rules(d);
    struct read_options options = text_options(d);
    options.encoding = "UTF-8";
    buf_add_sv(&copy, text);
    if (!status)
        status = parser_take_bytes(&a->a, b->recipe.file, &copy, &options, &a->parser, &d->err);
    buf_free(&copy);
    return keep_text(b, d, a, title, status, out);
}

/* The same for a file, in any format and encoding that docbao reads. */
static enum status open_text_file(struct docbao_bulletin *b, uint32_t voice, const char *title,
                                  const char *path, struct docbao_article **out)
{
    struct docbao *d = b->voices.at[voice].d;
    struct docbao_article *a = api_new_article();
    enum status status = api_need_rules(d);
    struct read_options options = text_options(d);
    if (!status)
        status = parser_read(&a->a, path, &options, &a->parser, &d->err);
    return keep_text(b, d, a, title, status, out);
}

/* The n-th of names with commas, going round, without the spaces around it. */
static struct sv name_at(const char *names, uint32_t n)
{
    uint32_t count = (uint32_t)sv_count(sv_of(names), ',') + 1;
    struct sv rest = sv_of(names), name = rest;
    for (uint32_t i = 0; i <= n % count; i++)
        name = sv_cut(&rest, ',');
    return sv_trim(name);
}

enum status bulletin_voice_of(struct docbao_bulletin *b, const struct recipe_part *p, uint32_t turn,
                              uint32_t *voice)
{
    const struct recipe_part *whole = &b->recipe.whole;
    enum recipe_key key = recipe_has(p, RECIPE_KEY_voice) ? RECIPE_KEY_voice : RECIPE_KEY_voices;
    const struct recipe_part *of = recipe_has(p, key) ? p : whole;
    const char *usual = b->d->options.voice ? b->d->options.voice : api_default_voice;
    const char *names = recipe_text(of, key, recipe_text(whole, RECIPE_KEY_voices, usual));
    struct buf name = BUF_INIT;
    buf_add_sv(&name, name_at(names, turn));
    enum status status = bulletin_voice(b, name.p, voice);
    if (status && !b->d->err.file.n && recipe_has(of, key))
        recipe_error_at(&b->recipe, of, key, &b->d->err);
    buf_free(&name);
    return status;
}

/* What is said where the recipe does not say it. */
static const char *usual_text(const struct docbao_bulletin *b, enum recipe_section section)
{
    bool station = recipe_has(&b->recipe.whole, RECIPE_KEY_station);
    switch (section) {
    case RECIPE_opening:
        return station ? "Đây là {station}. Hôm nay là {weekday}, ngày {date}."
                       : "Hôm nay là {weekday}, ngày {date}.";
    case RECIPE_headlines:
        return "Sau đây là những tin chính.";
    default:
        return "Bản tin đến đây là hết. Cảm ơn quý vị đã lắng nghe.";
    }
}

static const char *usual_title(enum recipe_section section)
{
    switch (section) {
    case RECIPE_opening:
        return "Mở đầu";
    case RECIPE_headlines:
        return "Những tin chính";
    case RECIPE_closing:
        return "Kết thúc";
    case RECIPE_jingle:
        return "Nhạc hiệu";
    case RECIPE_text:
        return "Thông báo";
    default:
        return "Chuyên mục";
    }
}

/* Opens what the part says today: its file, or its text. */
static enum status open_text_of(struct docbao_bulletin *b, const struct recipe_part *p,
                                uint32_t voice, const char *title, struct docbao_article **out)
{
    struct buf text = BUF_INIT;
    if (recipe_has(p, RECIPE_KEY_file))
        return open_text_file(b, voice, title, p->values[RECIPE_KEY_file].text, out);
    const char *template = recipe_text(p, RECIPE_KEY_text, NULL);
    if (!template)
        template = usual_text(b, p->section);
    enum status status = recipe_add_text(&b->recipe, p, template, b->day, &text, &b->d->err);
    if (!status)
        status = bulletin_open_text(b, voice, title, buf_sv(&text), out);
    buf_free(&text);
    return status;
}

static enum status add_bed(struct docbao_bulletin *b, const struct recipe_part *p, size_t part)
{
    if (!recipe_has(p, RECIPE_KEY_bed))
        return STATUS_OK;
    enum status status = open_sound(b, p, RECIPE_KEY_bed, &b->parts.at[part].bed);
    if (!status && b->parts.at[part].bed != BULLETIN_NO_SOUND)
        b->fit_parts.at[part].fixed = BULLETIN_BED_BEFORE_S + BULLETIN_BED_AFTER_S;
    return status;
}

/* What cannot be read is told. */
static enum status add_text(struct docbao_bulletin *b, size_t part)
{
    const struct recipe_part *p = b->parts.at[part].recipe;
    enum recipe_key key = recipe_has(p, RECIPE_KEY_file) ? RECIPE_KEY_file : RECIPE_KEY_text;
    const char *title = b->parts.at[part].title;
    uint32_t voice;
    struct docbao_article *a;
    enum status status = bulletin_voice_of(b, p, 0, &voice);
    if (status)
        return status;
    status = open_text_of(b, p, voice, title, &a);
    if (status == STATUS_INPUT) {
        tell_left_out(b, p, key, N_("“%s” is left out: %s"),
                      key == RECIPE_KEY_file ? p->values[key].text : title);
        return STATUS_OK;
    }
    if (!status)
        bulletin_add_sentences(b, part, a, voice, (struct span){0, (uint32_t)a->a.sentences.n});
    return status;
}

static enum status add_spoken(struct docbao_bulletin *b, const struct recipe_part *p)
{
    size_t part =
        bulletin_add_part(b, p, recipe_text(p, RECIPE_KEY_title, usual_title(p->section)));
    enum status status = add_text(b, part);
    b->fit_parts.at[part].least = b->fit_parts.at[part].sentences;
    if (!status)
        status = add_bed(b, p, part);
    return status;
}

/* ---- sound ---- */

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static enum status add_sound(struct docbao_bulletin *b, const struct recipe_part *p)
{
    size_t index =
        bulletin_add_part(b, p, recipe_text(p, RECIPE_KEY_title, usual_title(p->section)));
    struct bulletin_part *part = &b->parts.at[index];
    enum status status = open_sound(b, p, RECIPE_KEY_file, &part->sound);
    if (status || part->sound == BULLETIN_NO_SOUND)
        return status;
    struct recording *r = b->sounds.at[part->sound].recording;
    part->reader = arena_dup(&b->arena, sv_of(file_name(b->sounds.at[part->sound].path)));
    b->fit_parts.at[index].fixed = (double)recording_frames(r) / b->rate;
    return STATUS_OK;
}

static enum status add_between(struct docbao_bulletin *b)
{
    const struct recipe_part *whole = &b->recipe.whole;
    if (!recipe_has(whole, RECIPE_KEY_between))
        return STATUS_OK;
    return open_sound(b, whole, RECIPE_KEY_between, &b->between);
}

/* ---- all of them ---- */

static enum status add_recipe_part(struct docbao_bulletin *b, const struct recipe_part *p)
{
    switch (p->section) {
    case RECIPE_article:
    case RECIPE_articles:
        return bulletin_add_articles(b, p);
    case RECIPE_jingle:
    case RECIPE_audio:
        return add_sound(b, p);
    default:
        return add_spoken(b, p);
    }
}

/* Headlines without an article announce nothing. */
static bool says_nothing(const struct docbao_bulletin *b, size_t index)
{
    const struct fit_part *part = &b->fit_parts.at[index];
    if (b->parts.at[index].recipe->section != RECIPE_headlines)
        return !part->sentences && b->parts.at[index].sound == BULLETIN_NO_SOUND;
    for (uint32_t i = part->first; i < part->first + part->sentences; i++)
        if (b->fit_sentences.at[i].announces != FIT_NO_PART)
            return false;
    return true;
}

/* Parts without any sound are not there: what was wrong with them has been told. */
static void leave_out_empty(struct docbao_bulletin *b)
{
    for (size_t i = 0; i < b->parts.n; i++)
        b->fit_parts.at[i].left_out = says_nothing(b, i);
}

static size_t headlines_of(const struct docbao_bulletin *b)
{
    size_t i = 0;
    while (i < b->parts.n && b->parts.at[i].recipe->section != RECIPE_headlines)
        i++;
    return i;
}

/* Opens all voices that a part names: also one whose turn never comes today must be there. */
static enum status check_voices_of(struct docbao_bulletin *b, const struct recipe_part *p)
{
    enum recipe_key key = recipe_has(p, RECIPE_KEY_voice) ? RECIPE_KEY_voice : RECIPE_KEY_voices;
    uint32_t voice;
    enum status status = STATUS_OK;
    if (!recipe_has(p, key))
        return STATUS_OK;
    size_t names = sv_count(sv_of(p->values[key].text), ',') + 1;
    for (uint32_t i = 0; i < names && !status; i++)
        status = bulletin_voice_of(b, p, i, &voice);
    return status;
}

static enum status check_voices(struct docbao_bulletin *b)
{
    enum status status = check_voices_of(b, &b->recipe.whole);
    for (size_t i = 0; i < b->recipe.parts.n && !status; i++)
        status = check_voices_of(b, &b->recipe.parts.at[i]);
    return status;
}

enum status bulletin_collect(struct docbao_bulletin *b)
{
    const struct docbao_output *o = b->wish->output;
    enum { USUAL_RATE = 22050 };
    b->rate = o && o->sample_rate ? o->sample_rate : USUAL_RATE;
    b->most_channels = o && o->channels ? o->channels : 1;
    b->channels = 1;
    enum status status = check_voices(b);
    if (!status)
        status = add_between(b);
    for (size_t i = 0; i < b->recipe.parts.n && !status; i++)
        status = add_recipe_part(b, &b->recipe.parts.at[i]);
    size_t headlines = headlines_of(b);
    if (!status && headlines < b->parts.n)
        status = bulletin_add_headlines(b, headlines);
    leave_out_empty(b);
    struct fit fit = bulletin_fit(b);
    if (!status && fit_last_part(&fit) == fit.part_count)
        status = err_set(&b->d->err, STATUS_INPUT, "There is nothing to speak.");
    return status;
}
