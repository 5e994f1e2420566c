/* Keys: equal ones mean equal sound files. */
#include "docbao/internal.h"

#include <dirent.h>
#include <link.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/sha256.h"
#include "docbao/delivery.h"
#include "docbao/publication.h"
#include "rules/tables.h"

static void add_text(struct sha256 *h, const char *text)
{
    sha256_add_part(h, text ? sv_of(text) : SV(""));
}

static void add_number(struct sha256 *h, double number)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%.17g", number);
    sha256_add_part(h, buf_sv(&text));
    buf_free(&text);
}

/* A file that cannot be read counts as one that is empty: what needs it fails. */
static void add_file(struct sha256 *h, const char *path)
{
    struct buf bytes = BUF_INIT;
    if (path)
        file_read(path, &bytes);
    sha256_add_part(h, buf_sv(&bytes));
    buf_free(&bytes);
}

/* ---- the program and the engine ---- */

/* The linker's name of the build: it is another one if anything in the program is, also a table. */
static int add_build(struct dl_phdr_info *info, size_t size, void *to)
{
    (void)size;
    for (unsigned i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type != PT_NOTE)
            continue;
        const char *notes = (const char *)(info->dlpi_addr + part->p_vaddr);
        sha256_add_part(to, (struct sv){notes, part->p_memsz});
    }
    return 1; /* the program comes first */
}

/* The data of the engine, by the names and sizes of its files: those of another version have
 * others. In any order, since a folder has none. */
static void add_engine(struct sha256 *h, const struct synth_engine *engine,
                       const struct synth_settings *settings)
{
    struct buf path = BUF_INIT;
    uint64_t sum = 0;
    if (engine->add_folder)
        engine->add_folder(&path);
    DIR *folder = path.n ? opendir(path.p) : NULL;
    for (const struct dirent *entry; folder && (entry = readdir(folder));) {
        struct stat info;
        struct buf file = BUF_INIT;
        if (fstatat(dirfd(folder), entry->d_name, &info, 0) == 0 && S_ISREG(info.st_mode)) {
            buf_addf(&file, "%s %lld", entry->d_name, (long long)info.st_size);
            sum += sha256_number(buf_sv(&file));
        }
        buf_free(&file);
    }
    if (folder)
        closedir(folder);
    buf_clear(&path);
    if (engine->apart && engine->identify)
        engine->identify(settings, &path);
    sha256_add_part(h, buf_sv(&path));
    buf_free(&path);
    add_text(h, engine->name);
    add_number(h, (double)(sum >> 32));
    add_number(h, (double)(sum & UINT32_MAX));
}

/* ---- what was asked for ---- */

static void add_voice(struct sha256 *h, const struct voice *v)
{
    const uint32_t numbers[] = {
        v->dialect,
        v->gender,
        v->rate,
        v->pitch,
        v->range,
        v->volume,
        v->sentence_pause_ms,
        v->block_pause_ms,
        v->title_pause_ms,
        v->article_pause_ms,
    };
    add_text(h, v->engine_voice);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_number(h, numbers[i]);
}

static void add_options(struct sha256 *h, const struct docbao_options *o)
{
    const uint32_t numbers[] = {
        o->rate_percent ? o->rate_percent : 100,
        o->raw,
        o->codes,
        o->letters,
        o->scripts,
        o->style,
        o->skip_tables,
        o->skip_repeats,
        o->pictures,
    };
    add_text(h, o->encoding);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_number(h, numbers[i]);
}

static void add_tables(struct sha256 *h, const struct docbao_options *o)
{
    struct buf path = BUF_INIT;
    for (const char *const *folder = o->rules_folders; *folder; folder++)
        for (unsigned i = 0; i < TABLE_COUNT; i++) {
            buf_clear(&path);
            buf_addf(&path, "%s/%s", *folder, table_definitions[i].file);
            add_file(h, path.p);
        }
    buf_free(&path);
    add_file(h, o->lexicon);
}

static void add_output(struct sha256 *h, const struct docbao_speech *speech)
{
    static const struct docbao_output none;
    const struct docbao_output *o = speech->output ? speech->output : &none;
    const struct docbao_tone *t = &o->tone;
    const double numbers[] = {
        o->sample_rate,  o->channels, o->bitrate, o->variable_bitrate, o->has_loudness,
        o->has_peak,     o->loudness, o->peak,    o->loudness_stereo,  t->low_hz,
        t->high_hz,      t->lift_db,  t->ratio,   t->lift_from_hz,     t->lift_to_hz,
        t->threshold_db, o->rdxml,
    };
    add_text(h, speech->target ? docbao_format_of(speech->target, o) : NULL);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_number(h, numbers[i]);
    add_text(h, speech->captions);
    add_number(h, speech->hold_sound);
    add_number(h, speech->target && publication_sound(speech->target, o));
}

static void add_tags(struct sha256 *h, const struct docbao_speech *speech)
{
    struct docbao_tags tags = delivery_tags(speech);
    const char *const texts[] = {tags.title, tags.author, tags.comment, tags.date};
    add_number(h, tags.none);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        add_number(h, texts[i] != NULL);
        add_text(h, texts[i]);
    }
    add_file(h, tags.cover);
    if (!tags.cover)
        add_file(h, tags.spare_cover);
}

enum docbao_status docbao_settings_key(struct docbao *d, const struct docbao_speech *speech,
                                       struct docbao_key *out)
{
    struct sha256 h;
    enum status status = api_need_voice(d);
    if (!status)
        status = api_need_rules(d);
    if (status)
        return api_result(d, status);
    sha256_begin(&h);
    dl_iterate_phdr(add_build, &h);
    const struct synth_settings own = voice_settings(&d->voice, 100);
    add_engine(&h, synth_engine_named(sv_of(d->voice.engine)), &own);
    add_voice(&h, &d->voice);
    add_options(&h, &d->options);
    add_tables(&h, &d->options);
    add_output(&h, speech);
    add_tags(&h, speech);
    sha256_end(&h, out->bytes);
    return api_result(d, STATUS_OK);
}

/* ---- a document ---- */

void docbao_document_key(struct docbao *d, const struct docbao_key *settings, const char *name,
                         struct docbao_text bytes, struct docbao_key *out)
{
    struct sha256 h;
    struct buf beside = BUF_INIT;
    sha256_begin(&h);
    sha256_add(&h, (struct sv){(const char *)settings->bytes, sizeof settings->bytes});
    add_text(&h, name);
    sha256_add_part(&h, (struct sv){bytes.p, bytes.n});
    api_lexicon_beside(d, name, &beside);
    add_file(&h, beside.n ? beside.p : NULL);
    sha256_end(&h, out->bytes);
    buf_free(&beside);
}

void docbao_article_key(const struct docbao_key *settings, const struct docbao_article *a,
                        struct docbao_key *out)
{
    struct sha256 h;
    sha256_begin(&h);
    sha256_add(&h, (struct sv){(const char *)settings->bytes, sizeof settings->bytes});
    add_text(&h, a->a.name);
    add_text(&h, a->a.title);
    add_text(&h, a->a.date);
    for (size_t i = 0; i < a->a.blocks.n; i++) {
        add_number(&h, a->a.blocks.at[i].kind);
        sha256_add_part(&h, sv_at(a->a.text, a->a.blocks.at[i].text));
    }
    sha256_end(&h, out->bytes);
}
