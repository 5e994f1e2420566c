/*
 * A program as docbao's engine "command" wants it, for tests: for each word a tenth of a second of
 * one level, which tells how many sentences this process has spoken. Certain words make it
 * misbehave. Its arguments: the sample rate, the abilities (docs/voices.md), and "silent" for one
 * that says no hello.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/sanitizer.h"

#if SANITIZER
/* A program that is confined cannot look for its leaks. */
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
    return 1;
}
#endif

enum { WORDS_A_SECOND = 10, LEVEL = 100, MOST_WORDS = 64 };

static uint32_t rate, abilities, spoken;

static void put(const void *bytes, size_t n)
{
    const char *at = bytes;
    while (n) {
        ssize_t done = write(STDOUT_FILENO, at, n);
        if (done <= 0)
            _exit(1);
        at += done;
        n -= (size_t)done;
    }
}

static void put_number(uint32_t number)
{
    unsigned char bytes[4] = {(unsigned char)number, (unsigned char)(number >> 8),
                              (unsigned char)(number >> 16), (unsigned char)(number >> 24)};
    put(bytes, sizeof bytes);
}

static void put_head(uint32_t length, char kind)
{
    put_number(length);
    put(&kind, 1);
}

static void put_sound(uint32_t frames, int16_t level)
{
    put_head(frames * 2, 'p');
    for (uint32_t i = 0; i < frames; i++)
        put(&level, sizeof level);
}

static void put_word(uint32_t number, uint32_t frame)
{
    put_head(8, 'w');
    put_number(number);
    put_number(frame);
}

static void put_error(const char *text)
{
    put_head((uint32_t)strlen(text), 'x');
    put(text, strlen(text));
}

static void put_hello(void)
{
    put_head(12, 'h');
    put_number(1);
    put_number(rate);
    put_number(abilities);
}

/* What a program that was taken over might try; tells what it could do. */
static void try_deeds(void)
{
    char text[200];
    int file = open("/tmp/docbao-engine-program", O_WRONLY | O_CREAT, 0600);
    int secret = open("/etc/passwd", O_RDONLY);
    int network = socket(AF_INET, SOCK_STREAM, 0);
    int local = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(text, sizeof text, "file %d, secret %d, network %d, local %d, group %d", file >= 0,
             secret >= 0, network >= 0, local >= 0, setpgid(0, 0) == 0);
    put_error(text);
}

/* True: the sentence is over. */
static bool act(const char *word, uint32_t id)
{
    static const struct {
        const char *word;
        uint32_t length;
        char kind;
    } frames[] = {
        {"huge", 1u << 31, 'p'}, {"odd", 3, 'p'},
        {"empty", 0, 'p'},       {"kind", 4, 'q'},
        {"longword", 12, 'w'},   {"longerror", 5000, 'x'},
        {"shortend", 2, 'e'},    {"garbage", 0x6b6e756a, 'j'},
    };
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
        if (strcmp(word, frames[i].word) == 0) {
            put_head(frames[i].length, frames[i].kind);
            return true;
        }
    if (strcmp(word, "crash") == 0)
        abort();
    if (strcmp(word, "exit") == 0) {
        fputs("one line\nthe model is broken\n\n", stderr);
        _exit(3); /* nothing of sanitizers after it */
    }
    while (strcmp(word, "hang") == 0)
        pause();
    while (strcmp(word, "noise") == 0)
        fputs("noise\n", stderr);
    while (strcmp(word, "endless") == 0)
        put_sound(rate, 1);
    if (strcmp(word, "noend") == 0) {
        put_sound(100, 1);
        return true;
    }
    if (strcmp(word, "wrongend") == 0) {
        put_head(4, 'e');
        put_number(id + 1);
        return true;
    }
    if (strcmp(word, "hello") == 0)
        put_hello();
    if (strcmp(word, "backwards") == 0) {
        put_word(1, 0);
        put_word(0, 0);
    }
    if (strcmp(word, "beyond") == 0)
        put_word(99, 0);
    if (strcmp(word, "past") == 0) {
        put_sound(100, 1);
        put_word(0, 50);
    }
    if (strcmp(word, "error") == 0) {
        put_error("no\nvoice");
        return true;
    }
    if (strcmp(word, "deeds") == 0) {
        try_deeds();
        return true;
    }
    if (strcmp(word, "slow") == 0)
        usleep(50000);
    return false;
}

static void speak(char *text, uint32_t id, uint32_t percent)
{
    char *words[MOST_WORDS], *rest = text;
    uint32_t n = 0, frames = rate / WORDS_A_SECOND * 100 / percent;
    for (char *word; n < MOST_WORDS && (word = strsep(&rest, " "));)
        words[n++] = word;
    for (uint32_t i = 0; i < n; i++) {
        if (act(words[i], id))
            return;
        if (abilities & 2)
            put_word(i, i * frames);
        put_sound(frames, (int16_t)(LEVEL * (spoken + 1)));
    }
    spoken++;
    put_head(4, 'e');
    put_number(id);
    if (strcmp(words[n - 1], "leave") == 0)
        _exit(0);
}

int main(int argc, char **argv)
{
    char line[4096], text[4096];
    rate = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 22050;
    abilities = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
    if (argc > 3 && strcmp(argv[3], "silent") == 0)
        pause();
    if (argc > 3 && strcmp(argv[3], "chatty") == 0)
        put("Loading the model...\n", 21);
    if (argc > 3 && strcmp(argv[3], "broken") == 0) {
        fputs("ImportError: no such thing\n", stderr);
        _exit(1);
    }
    put_hello();
    while (fgets(line, sizeof line, stdin)) {
        unsigned id, percent;
        if (sscanf(line, "{\"id\":%u,\"text\":\"%4000[^\"]\",\"rate\":%u", &id, text, &percent) !=
            3)
            return 2;
        speak(text, id, percent);
    }
    return 0;
}
