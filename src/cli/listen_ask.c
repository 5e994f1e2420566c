/* Asking a listener for a line, and editing it. */
#include "cli/listen.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/message.h"
#include "base/utf8.h"

/* A proposal that the line is not filled with stands beside the question. */
static void show(struct listen *l)
{
    struct question *q = &l->question;
    struct buf words = BUF_INIT;
    buf_adds(&words, q->words);
    if (q->proposed)
        buf_addf(&words, " [%s]", q->proposed);
    l->ui->ask(l->shown, words.p, q->typed, q->cursor);
    buf_free(&words);
}

void listen_ask(struct listen *l, enum asking asking, const char *words, const char *proposed)
{
    struct question *q = &l->question;
    bool was_playing = q->asking ? q->was_playing : docbao_player_do(l->player, DOCBAO_PAUSE, 0);
    char *written = q->written;
    q->written = NULL;
    listen_answer_free(l);
    *q = (struct question){
        .asking = asking, .words = mem_copy(sv_of(words)), .was_playing = was_playing};
    q->written = written;
    q->typed = mem_copy(sv_of(l->ui->fills_in && proposed ? proposed : ""));
    q->length = q->cursor = strlen(q->typed);
    if (!l->ui->fills_in && proposed)
        q->proposed = mem_copy(sv_of(proposed));
    show(l);
}

void listen_answer_free(struct listen *l)
{
    struct question *q = &l->question;
    free(q->words);
    free(q->typed);
    free(q->proposed);
    free(q->written);
    *q = (struct question){0};
}

static void close_question(struct listen *l)
{
    bool was_playing = l->question.was_playing;
    listen_answer_free(l);
    if (was_playing)
        docbao_player_do(l->player, DOCBAO_PLAY, 0);
}

/* The answer leads to a command, or to the next question; or it is refused, and can be mended. What
 * is said of it comes below the line. */
static void take_answer(struct listen *l)
{
    struct question *q = &l->question;
    enum asking asking = q->asking;
    char *answer = mem_copy(sv_of(*q->typed || !q->proposed ? q->typed : q->proposed));
    l->ui->ask(l->shown, NULL, "", 0);
    bool taken = listen_answered(l, asking, answer);
    free(answer);
    if (!taken)
        show(l);
    else if (q->asking == asking)
        close_question(l);
}

void listen_answer_cancel(struct listen *l)
{
    l->ui->ask(l->shown, NULL, "", 0);
    close_question(l);
    listen_say(l, "cancelled");
}

/* ---- editing ---- */

static bool is_inside(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* A combining mark moves with its base letter. */
static bool is_combining_mark(const char *p)
{
    unsigned char first = (unsigned char)p[0], second = (unsigned char)p[1];
    return first == 0xCC || (first == 0xCD && second < 0xB0);
}

static size_t before(const struct question *q)
{
    size_t at = q->cursor;
    while (at && (is_inside(q->typed[--at]) || is_combining_mark(q->typed + at)))
        ;
    return at;
}

static size_t after_cursor(const struct question *q)
{
    size_t at = q->cursor;
    if (at < q->length)
        at++;
    while (at < q->length && (is_inside(q->typed[at]) || is_combining_mark(q->typed + at)))
        at++;
    return at;
}

static void erase_range(struct question *q, size_t from, size_t to)
{
    memmove(q->typed + from, q->typed + to, q->length - to + 1);
    q->length -= to - from;
    q->cursor = from;
}

static void insert_character(struct question *q, uint32_t code)
{
    char bytes[4];
    size_t n = utf8_encode(code, bytes);
    q->typed = mem_regrow(q->typed, q->length + n + 1, 1);
    memmove(q->typed + q->cursor + n, q->typed + q->cursor, q->length - q->cursor + 1);
    memcpy(q->typed + q->cursor, bytes, n);
    q->length += n;
    q->cursor += n;
}

static void edit(struct question *q, uint32_t key)
{
    enum { ERASE_LINE = 'U' - '@', TO_START = 'A' - '@', TO_END = 'E' - '@', LONGEST = 4096 };
    switch (key) {
    case KEYS_BACKSPACE:
        erase_range(q, before(q), q->cursor);
        break;
    case KEYS_DELETE:
        erase_range(q, q->cursor, after_cursor(q));
        break;
    case KEYS_LEFT:
        q->cursor = before(q);
        break;
    case KEYS_RIGHT:
        q->cursor = after_cursor(q);
        break;
    case KEYS_HOME:
    case TO_START:
        q->cursor = 0;
        break;
    case KEYS_END:
    case TO_END:
        q->cursor = q->length;
        break;
    case ERASE_LINE:
        erase_range(q, 0, q->length);
        break;
    default:
        if (key >= ' ' && key < KEYS_LEFT && !char_is_obeyed(key) && q->length < LONGEST)
            insert_character(q, key);
    }
}

void listen_answer_key(struct listen *l, uint32_t key)
{
    enum { END_OF_INPUT = 'D' - '@' };
    struct question *q = &l->question;
    if (key == KEYS_ENTER) {
        take_answer(l);
    } else if (key == KEYS_ESCAPE || (key == END_OF_INPUT && !q->length)) {
        listen_answer_cancel(l);
    } else {
        edit(q, key);
        show(l);
    }
}
