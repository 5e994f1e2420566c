#include "sd_docbao/settings.h"

enum { VALUE_MOST = 100 };

void settings_init(struct settings *s)
{
    *s = (struct settings){
        .volume = VALUE_MOST, .voice_type = BUF_INIT, .voice = BUF_INIT, .language = BUF_INIT};
}

void settings_free(struct settings *s)
{
    buf_free(&s->voice_type);
    buf_free(&s->voice);
    buf_free(&s->language);
}

/* ---- values ---- */

static bool take_number(struct sv value, int *out)
{
    bool minus = value.n && value.p[0] == '-';
    int number = 0;
    size_t i = minus || (value.n && value.p[0] == '+');
    if (i >= value.n)
        return false;
    for (; i < value.n; i++) {
        if (value.p[i] < '0' || value.p[i] > '9')
            return false;
        number = number * 10 + value.p[i] - '0';
        if (number > VALUE_MOST)
            return false;
    }
    *out = minus ? -number : number;
    return true;
}

/* The number of the word among `words`, ended by NULL. */
static bool take_word(struct sv value, const char *const *words, unsigned *out)
{
    for (unsigned i = 0; words[i]; i++)
        if (sv_is(value, words[i])) {
            *out = i;
            return true;
        }
    return false;
}

static void take_text(struct sv value, struct buf *out)
{
    buf_clear(out);
    if (!sv_is(value, "NULL"))
        buf_add_sv(out, value);
}

/* ---- names ---- */

static const char *const punctuation_words[] = {"none", "some", "most", "all", NULL};
static const char *const spelling_words[] = {"off", "on", NULL};
static const char *const capitals_words[] = {"none", "spell", "icon", NULL};

static bool take_mode(struct settings *s, struct sv name, struct sv value, bool *known)
{
    unsigned word = 0;
    bool done = false;
    *known = true;
    if (sv_is(name, "punctuation_mode")) {
        done = take_word(value, punctuation_words, &word);
        s->punctuation = done ? (enum docbao_punctuation)word : s->punctuation;
    } else if (sv_is(name, "spelling_mode")) {
        done = take_word(value, spelling_words, &word);
        s->spelling = done ? word != 0 : s->spelling;
    } else if (sv_is(name, "cap_let_recogn")) {
        done = take_word(value, capitals_words, &word);
        s->capitals = done ? (enum capitals)word : s->capitals;
    } else {
        *known = false;
    }
    return done;
}

static bool take_one(struct settings *s, struct sv name, struct sv value)
{
    const struct {
        const char *name;
        int *number;
        struct buf *text;
    } plain[] = {
        {"rate", &s->rate, NULL},
        {"pitch", &s->pitch, NULL},
        {"pitch_range", &s->pitch_range, NULL},
        {"volume", &s->volume, NULL},
        {"voice", NULL, &s->voice_type},
        {"synthesis_voice", NULL, &s->voice},
        {"language", NULL, &s->language},
    };
    bool known;
    bool done = take_mode(s, name, value, &known);
    for (size_t i = 0; i < sizeof plain / sizeof *plain && !known; i++) {
        if (!sv_is(name, plain[i].name))
            continue;
        if (plain[i].number)
            return take_number(value, plain[i].number);
        take_text(value, plain[i].text);
        return true;
    }
    return done;
}

/* Takes the next NAME=VALUE. False: the line is none. */
static bool next_pair(struct sv *rest, struct sv *name, struct sv *value)
{
    *value = sv_cut(rest, '\n');
    *name = sv_cut(value, '=');
    return value->p && name->n;
}

enum settings_result settings_take(struct settings *s, struct sv lines)
{
    enum settings_result result = SETTINGS_DONE;
    struct sv name, value;
    while (lines.n) {
        if (!next_pair(&lines, &name, &value))
            result = SETTINGS_BAD_SYNTAX;
        else if (!take_one(s, name, value))
            result = SETTINGS_BAD_VALUE;
    }
    return result;
}

enum settings_result settings_check_audio(struct sv lines)
{
    bool server = false;
    struct sv name, value;
    while (lines.n) {
        if (!next_pair(&lines, &name, &value))
            return SETTINGS_BAD_SYNTAX;
        if (sv_is(name, "audio_output_method"))
            server = sv_is(value, "server");
    }
    return server ? SETTINGS_DONE : SETTINGS_BAD_VALUE;
}
