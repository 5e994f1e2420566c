/*
 * A library with the functions of sherpa-onnx that docbao uses, for tests on machines without it.
 * It speaks a tenth of a second of one level for each space-separated word. The name of the model
 * tells what is wrong with it, the words what goes wrong; tests/e2e/sherpa.sh tries the true
 * library.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

struct settings {
    const char *model, *lexicon, *tokens, *data;
    float noise, noise_of_lengths, length;
    const char *unused;
    int32_t threads, debug;
    const char *provider;
    unsigned char later[1024];
};

struct sound {
    float *samples;
    int32_t n, rate;
};

struct model {
    int32_t rate;
};

const char *SherpaOnnxGetVersionStr(void);
const struct model *SherpaOnnxCreateOfflineTts(const struct settings *s);
int32_t SherpaOnnxOfflineTtsSampleRate(const struct model *m);
int32_t SherpaOnnxOfflineTtsNumSpeakers(const struct model *m);
const struct sound *SherpaOnnxOfflineTtsGenerate(const struct model *m, const char *text,
                                                 int32_t speaker, float speed);
void SherpaOnnxDestroyOfflineTtsGeneratedAudio(const struct sound *s);

static struct model model = {16000};

const char *SherpaOnnxGetVersionStr(void)
{
    return STAND_IN_VERSION;
}

/* Only what docbao must not get wrong: the layout, and that nothing is left to chance. */
const struct model *SherpaOnnxCreateOfflineTts(const struct settings *s)
{
    for (size_t i = 0; i < sizeof s->later; i++)
        if (s->later[i])
            return NULL;
    if (!(s->noise > 0 && s->noise < 1e-20F) || s->noise_of_lengths != s->noise || s->length < 1 ||
        s->length > 1 || s->threads != 3 || strcmp(s->provider, "cpu") != 0 ||
        !strstr(s->tokens, "tokens") || !*s->data || *s->lexicon || s->debug)
        return NULL;
    if (strstr(s->model, "exits"))
        _exit(255);
    if (strstr(s->model, "odd-rate"))
        model.rate = 1000;
    return strstr(s->model, "broken") ? NULL : &model;
}

int32_t SherpaOnnxOfflineTtsSampleRate(const struct model *m)
{
    return m->rate;
}

int32_t SherpaOnnxOfflineTtsNumSpeakers(const struct model *m)
{
    (void)m;
    return 4;
}

static float level_of(const char *text, int32_t speaker)
{
    if (strstr(text, "loud"))
        return -7;
    return strstr(text, "nan") ? NAN : 0.1F * (float)(speaker + 1);
}

const struct sound *SherpaOnnxOfflineTtsGenerate(const struct model *m, const char *text,
                                                 int32_t speaker, float speed)
{
    struct sound *s = calloc(1, sizeof *s);
    if (strstr(text, "crash"))
        abort();
    while (strstr(text, "hang"))
        pause();
    if (strstr(text, "null"))
        return NULL;
    s->rate = m->rate;
    for (const char *c = text; *c; c++)
        s->n += *c == ' ' ? m->rate / 10 : 0;
    s->n += m->rate / 10;
    s->n = (int32_t)((float)s->n / speed);
    if (strstr(text, "empty"))
        s->n = 0;
    if (strstr(text, "long"))
        s->n = m->rate * 1000;
    s->samples = malloc((size_t)(s->n + 1) * sizeof *s->samples);
    for (int32_t i = 0; i < s->n; i++)
        s->samples[i] = level_of(text, speaker);
    return s;
}

void SherpaOnnxDestroyOfflineTtsGeneratedAudio(const struct sound *s)
{
    free(s->samples);
    free((void *)(uintptr_t)s);
}
