/*
 * Speaks each line of a file in this process and drops the sound: what the engine itself takes.
 *
 *   bench_engine VOICE RATE FILE
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/sv.h"
#include "synth/synth.h"

static bool drop_audio(void *to, const int16_t *pcm, uint32_t frames)
{
    (void)to;
    (void)pcm;
    (void)frames;
    return true;
}

static bool drop_word(void *to, uint32_t text_position, uint32_t frame)
{
    (void)to;
    (void)text_position;
    (void)frame;
    return true;
}

int main(int argc, char **argv)
{
    FILE *file = argc == 4 ? fopen(argv[3], "r") : NULL;
    struct err e = ERR_INIT;
    uint32_t sample_rate;
    if (!file) {
        fputs("usage: bench_engine VOICE RATE FILE\n", stderr);
        return 1;
    }
    const struct synth_settings settings = {.voice = argv[1],
                                            .rate = (uint32_t)strtoul(argv[2], NULL, 10),
                                            .pitch = 50,
                                            .range = 50,
                                            .volume = 100,
                                            .pause_percent = 100};
    const struct synth_output out = {.audio = drop_audio, .word = drop_word};
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    enum status status = synth_espeak.start(&settings, &sample_rate, &e);
    while (!status && (n = getline(&line, &room, file)) > 0) {
        if (line[n - 1] == '\n')
            line[n - 1] = '\0';
        status = synth_espeak.speak(line, &out, &e);
    }
    if (status)
        fprintf(stderr, "bench_engine: %s\n", e.message.p);
    free(line);
    fclose(file);
    return status ? 1 : 0;
}
