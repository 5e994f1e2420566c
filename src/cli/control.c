#include "cli/control.h"

#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_gen.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/message.h"
#include "cli/clients.h"
#include "cli/control_line.h"

_Static_assert((int)CONTROL_MOST_DESCRIPTORS == 1 + (int)CLIENTS_MOST, "the socket, and clients");

struct control {
    struct clients *clients;
    control_do *does;
    void *user;
    struct buf article, sentence; /* the last event of each, for clients that connect later */
    struct buf state;             /* the last one, without the place */
};

/* ---- lines that go out ---- */

static yajl_gen open_line(void)
{
    yajl_alloc_funcs memory = {mem_for_library, mem_regrow_for_library, mem_free_for_library, NULL};
    yajl_gen json = yajl_gen_alloc(&memory);
    yajl_gen_map_open(json);
    return json;
}

static struct buf close_line(yajl_gen json)
{
    const unsigned char *p;
    size_t n;
    struct buf line = BUF_INIT;
    yajl_gen_map_close(json);
    yajl_gen_get_buf(json, &p, &n);
    buf_add_printable_json(&line, (struct sv){(const char *)p, n});
    buf_putc(&line, '\n');
    yajl_gen_free(json);
    return line;
}

static void put_string(yajl_gen json, const char *string)
{
    yajl_gen_string(json, (const unsigned char *)string, strlen(string));
}

static void put_text(yajl_gen json, const char *key, struct docbao_text text)
{
    put_string(json, key);
    if (text.p)
        yajl_gen_string(json, (const unsigned char *)text.p, text.n);
    else
        yajl_gen_null(json);
}

/* NULL and "": null. */
static void put_word(yajl_gen json, const char *key, const char *word)
{
    bool known = word && *word;
    put_text(json, key, (struct docbao_text){known ? word : NULL, known ? strlen(word) : 0});
}

static void put_number(yajl_gen json, const char *key, uint64_t number)
{
    put_string(json, key);
    yajl_gen_integer(json, (long long)number);
}

static void put_span(yajl_gen json, struct docbao_span span)
{
    put_string(json, "span");
    yajl_gen_array_open(json);
    yajl_gen_integer(json, span.off);
    yajl_gen_integer(json, span.len);
    yajl_gen_array_close(json);
}

/* 0 means that it is not known. */
static void put_count(yajl_gen json, const char *key, uint32_t count)
{
    if (count)
        put_number(json, key, count);
    else
        put_word(json, key, NULL);
}

static const char *state_name(enum docbao_playing playing)
{
    switch (playing) {
    case DOCBAO_PLAYING:
        return "playing";
    case DOCBAO_PAUSED:
        return "paused";
    case DOCBAO_FETCHING:
        return "fetching";
    case DOCBAO_AWAY:
        return "away";
    case DOCBAO_ENDED:
        return "ended";
    }
    return NULL;
}

/* The members whose change is an event. */
static void put_state(yajl_gen json, const struct ui_status *status)
{
    const struct docbao_player_status *player = &status->player;
    put_word(json, "state", state_name(player->playing));
    put_number(json, "speed", player->speed_percent);
    put_number(json, "volume", player->volume_percent);
    put_word(json, "voice", player->voice);
    put_word(json, "trouble", player->trouble);
    put_number(json, "sleep_minutes", status->sleep_minutes);
    put_count(json, "article", status->article);
    put_count(json, "articles", status->articles);
}

static void put_place(yajl_gen json, const struct ui_status *status)
{
    put_number(json, "sentence", status->player.sentence);
    put_number(json, "elapsed_ms", status->player.elapsed_ms);
    put_number(json, "total_ms", status->player.total_ms);
}

static struct buf state_event(const struct ui_status *status, bool with_place)
{
    yajl_gen json = open_line();
    put_word(json, "event", "state");
    put_state(json, status);
    if (with_place)
        put_place(json, status);
    return close_line(json);
}

static void send_all(struct control *c, struct buf line)
{
    clients_send_all(c->clients, buf_sv(&line));
    buf_free(&line);
}

static void send_to(struct client *client, struct buf line)
{
    clients_send(client, buf_sv(&line));
    buf_free(&line);
}

static void keep(struct buf *kept, struct buf line)
{
    buf_free(kept);
    *kept = line;
}

/* ---- events ---- */

void control_article(struct control *c, struct docbao_article *a, const struct ui_status *status)
{
    struct docbao_head head = docbao_head_of(a);
    yajl_gen json = open_line();
    put_word(json, "event", "article");
    put_text(json, "title", head.title);
    put_text(json, "name", head.name);
    put_count(json, "number", status->article);
    put_count(json, "of", status->articles);
    put_number(json, "sentences", head.sentences);
    keep(&c->article, close_line(json));
    buf_free(&c->sentence); /* it was of the article before */
    clients_send_all(c->clients, buf_sv(&c->article));
}

/* The file of an archive that the sentence's spans are of, or NULL. */
static const char *member_of(struct docbao_article *a, uint32_t blocks, uint32_t sentence)
{
    for (uint32_t i = 0; i < blocks; i++) {
        struct docbao_block b = docbao_block_at(a, i);
        if (sentence >= b.sentence0 && sentence - b.sentence0 < b.sentences)
            return b.member;
    }
    return NULL;
}

void control_sentence(struct control *c, struct docbao_article *a, uint32_t sentence)
{
    struct docbao_head head = docbao_head_of(a);
    struct docbao_sentence s = docbao_sentence_at(a, sentence);
    const char *member = member_of(a, head.blocks, sentence);
    yajl_gen json = open_line();
    put_word(json, "event", "sentence");
    put_number(json, "sentence", sentence);
    put_number(json, "of", head.sentences);
    put_text(json, "written", s.written);
    put_text(json, "spoken", s.spoken);
    if (member)
        put_word(json, "member", member);
    put_span(json, s.span);
    keep(&c->sentence, close_line(json));
    clients_send_all(c->clients, buf_sv(&c->sentence));
}

void control_word(struct control *c, struct docbao_article *a, uint32_t sentence, uint32_t token)
{
    yajl_gen json = open_line();
    put_word(json, "event", "word");
    put_number(json, "sentence", sentence);
    if (token == DOCBAO_NO_TOKEN) {
        put_word(json, "token", NULL);
        put_word(json, "written", NULL);
        put_span(json, docbao_sentence_at(a, sentence).span);
    } else {
        struct docbao_token t = docbao_token_at(a, token);
        put_number(json, "token", token);
        put_text(json, "written", t.written);
        put_span(json, t.span);
    }
    send_all(c, close_line(json));
}

void control_status(struct control *c, const struct ui_status *status)
{
    struct buf state = state_event(status, false);
    bool same = sv_eq(buf_sv(&state), buf_sv(&c->state));
    keep(&c->state, state);
    if (!same)
        send_all(c, state_event(status, true));
}

/* ---- answers ---- */

/* `status` is NULL where it was not asked for, `error` where there was none. */
static struct buf answer(const struct line *line, const char *error, const struct ui_status *status)
{
    const struct line_member *id = line->id;
    yajl_gen json = open_line();
    if (error)
        put_word(json, "error", error);
    else {
        put_string(json, "ok");
        yajl_gen_bool(json, true);
    }
    if (id) {
        put_string(json, "id");
        if (id->kind == LINE_NUMBER)
            yajl_gen_number(json, id->value, id->n);
        else
            yajl_gen_string(json, (const unsigned char *)id->value, id->n);
    }
    if (status && !error) {
        put_string(json, "status");
        yajl_gen_map_open(json);
        put_state(json, status);
        put_place(json, status);
        yajl_gen_map_close(json);
    }
    return close_line(json);
}

/* The `user` of the handlers. */
struct serving {
    struct control *c;
    const struct ui_status *status;
};

static bool is_blank(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strchr(" \t\r", p[i]) || !p[i])
            return false;
    return true;
}

static void serve_line(void *user, struct client *client, const char *p, size_t n)
{
    const struct serving *serving = user;
    struct control *c = serving->c;
    if (p && is_blank(p, n))
        return;
    struct line line = line_read(p, n, CLIENTS_LONGEST_LINE);
    bool wants_status = !line.fault && line.request.command == COMMAND_status;
    const char *error = line.fault;
    if (!error && !wants_status)
        error = c->does(c->user, &line.request);
    send_to(client, answer(&line, error, wants_status ? serving->status : NULL));
    line_free(&line);
}

static void greet(void *user, struct client *client)
{
    const struct serving *serving = user;
    const struct control *c = serving->c;
    yajl_gen json = open_line();
    put_word(json, "event", "hello");
    put_word(json, "docbao", DOCBAO_VERSION);
    put_number(json, "protocol", 1);
    send_to(client, close_line(json));
    if (c->article.n)
        clients_send(client, buf_sv(&c->article));
    if (c->sentence.n)
        clients_send(client, buf_sv(&c->sentence));
    send_to(client, state_event(serving->status, true));
}

/* ---- the whole ---- */

struct control *control_open(const char *path, control_do *does, void *user)
{
    struct clients *clients = clients_open(path);
    if (!clients)
        return NULL;
    struct control *c = mem_zalloc(sizeof *c);
    *c = (struct control){.clients = clients, .does = does, .user = user};
    c->article = c->sentence = c->state = BUF_INIT;
    return c;
}

void control_close(struct control *c)
{
    if (!c)
        return;
    clients_close(c->clients);
    buf_free(&c->article);
    buf_free(&c->sentence);
    buf_free(&c->state);
    free(c);
}

uint32_t control_descriptors(const struct control *c, struct pollfd *fds)
{
    return clients_descriptors(c->clients, fds);
}

void control_serve(struct control *c, const struct ui_status *status)
{
    static const struct clients_handler handler = {
        .connected = greet,
        .line = serve_line,
        .full = "{\"error\":\"16 programs are connected already, and there is no room for more; "
                "close one of them\"}\n",
    };
    struct serving serving = {c, status};
    clients_serve(c->clients, &handler, &serving);
}
