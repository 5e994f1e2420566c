/*
 * screen_demo [--plain|--none] FILE...: a user interface without sound. Each key is a step:
 * n the next word, N the next sentence, b the one before, G the last sentence of the article,
 * > the next article, p paused or not, w the device away or not, m a message, ? a page, a ask for
 * a line, z leave and (at the next key) enter again, r read anew, c close and open again, q quit.
 * At the end it prints how long the frames took.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/ui.h"
#include "docbao/docbao.h"

struct demo {
    const struct ui *ui;
    void *shown; /* the interface's own */
    struct docbao_article **articles;
    uint32_t count;
    struct ui_status status;
    bool page, asking, left, quit;
    char *typed;
    double first_ms, slowest_ms;
    unsigned frames;
};

static volatile sig_atomic_t resized, hung_up;

static void on_resize(int signal)
{
    (void)signal;
    resized = 1;
}

static void on_hangup(int signal)
{
    (void)signal;
    hung_up = 1;
}

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void tell_place(struct demo *d)
{
    struct docbao_player_status *p = &d->status.player;
    if (d->ui->sentence)
        d->ui->sentence(d->shown, p->article, p->sentence);
    if (d->ui->word)
        d->ui->word(d->shown, p->article, p->sentence, p->token);
}

static void go(struct demo *d, uint32_t article, uint32_t sentence)
{
    struct docbao_player_status *p = &d->status.player;
    struct docbao_article *a = d->articles[article];
    if (sentence >= docbao_head_of(a).sentences)
        return;
    if (p->article != a && d->ui->article)
        d->ui->article(d->shown, a);
    d->status.article = article + 1;
    p->article = a;
    p->sentence = sentence;
    p->token = docbao_sentence_at(a, sentence).token0;
    p->elapsed_ms = sentence * UINT64_C(4000);
    p->total_ms = docbao_head_of(a).sentences * UINT64_C(4000);
    tell_place(d);
}

static void next_word(struct demo *d)
{
    struct docbao_player_status *p = &d->status.player;
    struct docbao_sentence s = docbao_sentence_at(p->article, p->sentence);
    if (p->token + 1 >= s.token0 + s.tokens) {
        go(d, d->status.article - 1, p->sentence + 1);
        return;
    }
    p->token++;
    tell_place(d);
}

static char *help(void)
{
    char *text = NULL;
    size_t n;
    FILE *out = open_memstream(&text, &n);
    for (unsigned i = 0; i < COMMAND_COUNT; i++)
        if (*command_rows[i].keys)
            fprintf(out, "%-10s %-6s %s\n", command_rows[i].keys, command_rows[i].back,
                    command_rows[i].help);
    fclose(out);
    return text;
}

static void show_page(struct demo *d)
{
    char *text = help();
    if (d->ui->page)
        d->ui->page(d->shown, "Keys", text);
    d->page = d->ui->page_key != NULL;
    free(text);
}

static void ask(struct demo *d, const char *typed)
{
    if (typed != d->typed) {
        free(d->typed);
        d->typed = strdup(typed);
    }
    d->asking = true;
    if (d->ui->ask)
        d->ui->ask(d->shown, "Search for:", d->typed, strlen(d->typed));
}

/* The line is typed at its end only. */
static void key_of_answer(struct demo *d, uint32_t key, const char *bytes, unsigned n)
{
    char *longer = NULL;
    if (key == KEYS_ENTER || key == KEYS_ESCAPE) {
        d->asking = false;
        d->ui->ask(d->shown, NULL, NULL, 0);
        if (asprintf(&longer, "asked: %s", d->typed) < 0)
            abort();
        d->ui->tell(d->shown, longer);
        free(longer);
    } else if (key == KEYS_BACKSPACE) {
        size_t length = strlen(d->typed);
        while (length && ((unsigned char)d->typed[length - 1] & 0xC0) == 0x80)
            length--;
        d->typed[length ? length - 1 : 0] = '\0';
        ask(d, d->typed);
    } else if (key < KEYS_LEFT && key >= ' ') {
        if (asprintf(&longer, "%s%.*s", d->typed, (int)n, bytes) < 0)
            abort();
        ask(d, longer);
        free(longer);
    }
}

static void toggle(struct demo *d, enum docbao_playing state)
{
    struct docbao_player_status *p = &d->status.player;
    p->playing = p->playing == state ? DOCBAO_PLAYING : state;
    p->trouble = p->playing == DOCBAO_AWAY ? "it was unplugged" : "";
}

static void open_again(struct demo *d)
{
    const char *why;
    d->ui->close(d->shown);
    d->shown = d->ui->open(STDIN_FILENO, stdout, false, &why);
    if (!d->shown)
        abort();
    tell_place(d);
}

static void leave(struct demo *d)
{
    d->left = true;
    if (d->ui->leave)
        d->ui->leave(d->shown);
    printf("left for a while\n");
    fflush(stdout);
}

static void enter(struct demo *d)
{
    d->left = false;
    if (d->ui->enter)
        d->ui->enter(d->shown);
}

static void key_of_article(struct demo *d, uint32_t key)
{
    const struct docbao_player_status *p = &d->status.player;
    uint32_t article = d->status.article - 1;
    if (key == 'n')
        next_word(d);
    else if (key == 'N')
        go(d, article, p->sentence + 1);
    else if (key == 'b')
        go(d, article, p->sentence - 1);
    else if (key == 'G')
        go(d, article, docbao_head_of(p->article).sentences - 1);
    else if (key == '>')
        go(d, (article + 1) % d->count, 0);
    else if (key == 'p')
        toggle(d, DOCBAO_PAUSED);
    else if (key == 'w')
        toggle(d, DOCBAO_AWAY);
    else if (key == 'm')
        d->ui->tell(d->shown, "speed 110 %");
    else if (key == '?')
        show_page(d);
    else if (key == 'a')
        ask(d, "");
    else if (key == 'z')
        leave(d);
    else if (key == 'r' && d->ui->reread)
        d->ui->reread(d->shown);
    else if (key == 'c')
        open_again(d);
    else if (key == 'q')
        d->quit = true;
}

static void take_key(struct demo *d, uint32_t key, const char *bytes, unsigned n)
{
    if (d->left)
        enter(d);
    else if (d->asking)
        key_of_answer(d, key, bytes, n);
    else if (d->page)
        d->page = d->ui->page_key(d->shown, key);
    else
        key_of_article(d, key);
}

static void take_keys(struct demo *d)
{
    char bytes[64];
    ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
    d->quit |= n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN);
    for (unsigned at = 0, length; n > 0 && at < (unsigned)n; at += length) {
        uint32_t key;
        length = key_take(bytes + at, (unsigned)n - at, true, &key);
        take_key(d, key, bytes + at, length);
    }
}

static void show(struct demo *d)
{
    double before = now_ms();
    if (!d->ui->show)
        return;
    if (!d->ui->show(d->shown, &d->status))
        d->quit = true;
    double took = now_ms() - before;
    if (!d->frames++)
        d->first_ms = took;
    else if (took > d->slowest_ms)
        d->slowest_ms = took;
}

static void run(struct demo *d)
{
    struct pollfd keys = {.fd = STDIN_FILENO, .events = POLLIN};
    go(d, 0, 0);
    while (!d->quit && !hung_up) {
        if (resized && d->ui->resize)
            d->ui->resize(d->shown);
        resized = 0;
        show(d);
        if (poll(&keys, 1, 50) > 0)
            take_keys(d);
    }
}

static void open_articles(struct demo *d, struct docbao *docbao, char **paths)
{
    d->articles = calloc(d->count, sizeof(struct docbao_article *));
    for (uint32_t i = 0; i < d->count; i++)
        if (docbao_open_file(docbao, paths[i], &d->articles[i])) {
            fprintf(stderr, "%s: %s\n", paths[i], docbao_last_error(docbao)->message);
            exit(2);
        }
}

int main(int argc, char **argv)
{
    struct demo d = {.ui = &ui_screen};
    int first = 1;
    if (argc > 1 && strncmp(argv[1], "--", 2) == 0)
        d.ui = strcmp(argv[first++], "--plain") == 0 ? &ui_plain : &ui_none;
    if (first == argc)
        return 1;
    d.count = d.status.articles = (uint32_t)(argc - first);
    struct docbao *docbao = docbao_new(&(struct docbao_options){.jobs = 1});
    open_articles(&d, docbao, argv + first);
    d.status.player = (struct docbao_player_status){
        .speed_percent = 110, .volume_percent = 100, .voice = "bac-nam", .trouble = ""};
    const char *why = NULL;
    d.shown = d.ui->open(STDIN_FILENO, stdout, false, &why);
    if (!d.shown) {
        fprintf(stderr, "no screen: %s\n", why);
        return 3;
    }
    sigaction(SIGWINCH, &(struct sigaction){.sa_handler = on_resize}, NULL);
    sigaction(SIGHUP, &(struct sigaction){.sa_handler = on_hangup}, NULL);
    run(&d);
    d.ui->close(d.shown);
    printf("%u frames: first %.1f ms, slowest later %.1f ms\n", d.frames, d.first_ms, d.slowest_ms);
    for (uint32_t i = 0; i < d.count; i++)
        docbao_close(d.articles[i]);
    free(d.articles);
    free(d.typed);
    docbao_free(docbao);
    return 0;
}
