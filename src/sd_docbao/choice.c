#include "sd_docbao/choice.h"

#include "base/ascii.h"
#include "base/utf8.h"

/* The kinds of voices that a user may ask for. */
static const struct {
    const char *type, *voice;
    int pitch; /* is added */
} types[] = {
    {"male1", "bac-nam", 0},      {"male2", "trung-nam", 0},      {"male3", "nam-nam", 0},
    {"female1", "bac-nu", 0},     {"female2", "trung-nu", 0},     {"female3", "nam-nu", 0},
    {"child_male", "bac-nu", 25}, {"child_female", "bac-nu", 40},
};

/* Whether a language is `wanted`, or a kind of it: vi is vi-VN. */
static bool is_language(struct sv language, struct sv wanted)
{
    if (language.n < wanted.n)
        return false;
    for (size_t i = 0; i < wanted.n; i++)
        if (ascii_lower(language.p[i]) != ascii_lower(wanted.p[i]))
            return false;
    return language.n == wanted.n || language.p[wanted.n] == '-' || language.p[wanted.n] == '_';
}

/* Sets *out to the voice of that name; false: there is none. */
static bool find_voice(struct docbao *d, struct sv name, struct docbao_voice *out)
{
    uint32_t count = 0;
    docbao_voices(d, &count);
    for (uint32_t i = 0; i < count; i++) {
        *out = docbao_voice_at(d, i);
        if (sv_is(name, out->name))
            return true;
    }
    return false;
}

void choice_prepare(struct docbao *d, struct docbao_speaker *speaker, const struct settings *s)
{
    struct docbao_voice voice;
    if (speaker && s->voice.n && find_voice(d, buf_sv(&s->voice), &voice) && voice.apart)
        docbao_speaker_prepare(speaker, voice.name);
}

/* Letters that Vietnamese has, and no other language that is often read. */
static bool looks_vietnamese(struct sv text)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_from(text, i), &code);
        if ((code >= 0x1EA0 && code <= 0x1EF9) || code == 0x110 || code == 0x111 || code == 0x1A0 ||
            code == 0x1A1 || code == 0x1AF || code == 0x1B0)
            return true;
        i += n ? n : 1;
    }
    return false;
}

static void choose_voice(struct choice *c, struct docbao *d, const struct settings *s)
{
    struct docbao_voice voice;
    if (s->voice.n && find_voice(d, buf_sv(&s->voice), &voice)) {
        buf_add_sv(&c->voice, buf_sv(&s->voice));
        c->utterance.voice = c->voice.p;
        return;
    }
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (sv_is(buf_sv(&s->voice_type), types[i].type)) {
            c->utterance.voice = types[i].voice;
            c->utterance.pitch += types[i].pitch;
        }
}

static void choose_language(struct choice *c, const struct settings *s, struct sv text,
                            struct sv language)
{
    bool ours = c->voice.n > 0;
    struct sv wanted = language;
    if (!wanted.n && !ours)
        wanted = s->voice.n ? buf_sv(&s->voice) : buf_sv(&s->language);
    if (!wanted.n || is_language(wanted, SV("vi")) || looks_vietnamese(text))
        return;
    buf_add_sv(&c->language, wanted);
    c->utterance.language = c->language.p;
}

void choice_make(struct choice *out, struct docbao *d, const struct settings *s, struct sv text,
                 struct sv language, enum docbao_manner manner)
{
    *out = (struct choice){.voice = BUF_INIT, .language = BUF_INIT};
    out->utterance = (struct docbao_utterance){
        .text = {text.p, text.n},
        .manner = s->spelling && manner == DOCBAO_AS_TEXT ? DOCBAO_AS_CHARACTERS : manner,
        .rate = s->rate,
        .pitch = s->pitch,
        .range = s->pitch_range,
        .quieter = (100 - s->volume) / 2,
        .punctuation = s->punctuation,
        .capitals = s->capitals == CAPITALS_SPELL,
    };
    choose_voice(out, d, s);
    if (out->utterance.manner == DOCBAO_AS_TEXT)
        choose_language(out, s, text, language);
}

void choice_free(struct choice *c)
{
    buf_free(&c->voice);
    buf_free(&c->language);
}

enum docbao_manner choice_char_manner(struct sv text)
{
    enum { MOST_CHARACTERS = 2 }; /* a letter with a mark behind it */
    bool ascii = text.n && (unsigned char)text.p[0] < 0x80;
    size_t most = ascii ? 1 : MOST_CHARACTERS;
    struct buf valid = BUF_INIT;
    buf_add_valid(&valid, text);
    bool word = utf8_count(buf_sv(&valid)) > most && ascii;
    buf_free(&valid);
    return word ? DOCBAO_AS_TEXT : DOCBAO_AS_CHARACTERS;
}

/* ---- LIST VOICES ---- */

struct list {
    struct sv language, variant; /* empty: all */
    struct buf *out;
    bool some;
};

static void list_voice(struct list *list, const char *name, const char *language)
{
    bool variant = !list->variant.n || sv_is(list->variant, "none");
    if (!variant || (list->language.n && !is_language(sv_of(language), list->language)))
        return;
    buf_addf(list->out, "200-%s\t%s\tnone\n", name, language);
    list->some = true;
}

static void list_language(void *user, const char *language)
{
    list_voice(user, language, language);
}

void choice_list_voices(struct docbao *d, struct sv wanted, struct buf *out)
{
    struct list list = {.out = out, .variant = wanted};
    list.language = sv_cut(&list.variant, ' ');
    uint32_t count = 0;
    docbao_voices(d, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct docbao_voice v = docbao_voice_at(d, i);
        if (v.works)
            list_voice(&list, v.name, "vi");
    }
    docbao_languages(d, list_language, &list);
    buf_adds(out, list.some ? "200 OK VOICE LIST SENT\n" : "304 CANT LIST VOICES\n");
}
