/* --control: its commands, answers and events, as programs that connect see them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "control_remote.h"
#include "documents.h"

/* ---- commands ---- */

static void every_command(void **state)
{
    struct player *p = *state;
    struct remote r = come(p);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = &command_rows[i];
        struct buf line = BUF_INIT;
        buf_addf(&line, "{\"command\": \"%s\"", row->name);
        if (row->type != COMMAND_NONE)
            buf_addf(&line, ", \"%s\": %s", row->argument,
                     row->type == COMMAND_NUMBER ? "-17" : "\"công \\\"an\\\"\"");
        buf_adds(&line, i == COMMAND_correct ? ", \"spoken\": \"a\"}\n" : "}\n");
        p->asked = 0;
        say(p, &r, line.p);
        buf_free(&line);
        if (i == COMMAND_status) {
            json_decref(hear(p, &r));
            assert_int_equal(p->asked, 0);
            continue;
        }
        hear_exactly(p, &r, "{\"ok\": true}");
        assert_int_equal(p->asked, 1);
        assert_int_equal(p->request.command, i);
        assert_int_equal(p->request.given, row->type != COMMAND_NONE);
        assert_int_equal(p->request.number, row->type == COMMAND_NUMBER ? -17 : 0);
        if (row->type == COMMAND_TEXT)
            assert_string_equal(p->text, "công \"an\"");
        else
            assert_null(p->text);
        if (i == COMMAND_correct)
            assert_string_equal(p->spoken, "a");
        else
            assert_null(p->spoken);
    }
    leave(&r);
}

static void values_left_out(void **state)
{
    struct player *p = *state;
    struct remote r = come(p);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = &command_rows[i];
        struct buf line = BUF_INIT;
        if (row->type == COMMAND_NONE)
            continue;
        buf_addf(&line, "{\"command\": \"%s\"}\n", row->name);
        p->asked = 0;
        say(p, &r, line.p);
        buf_free(&line);
        bool may_miss = row->step || i == COMMAND_voice;
        assert_int_equal(p->asked, may_miss);
        if (!may_miss) {
            hear_error(p, &r, "needs");
            continue;
        }
        hear_exactly(p, &r, "{\"ok\": true}");
        assert_int_equal(p->request.given, row->type == COMMAND_NUMBER);
        assert_int_equal(p->request.number, row->step);
    }
    say(p, &r, "{\"command\":\"correct\",\"written\":\"GDP\"}\n");
    hear_error(p, &r, "needs \"spoken\"");
    leave(&r);
}

static void ids_come_back(void **state)
{
    static const char *const ids[] = {
        "7", "-1.50", "\"\"", "\"a\\n\\u0000\\ud83d\\ude00 \\\\ud800\"", "12345678901234567", NULL,
    };
    struct player *p = *state;
    struct remote r = come(p);
    for (const char *const *id = ids; *id; id++) {
        static const char *const commands[] = {"\"play\"", "\"fly\"", "3", NULL};
        for (const char *const *command = commands; *command; command++) {
            struct buf line = BUF_INIT;
            buf_addf(&line, "{\"command\": %s, \"id\": %s}\n", *command, *id);
            say(p, &r, line.p);
            json_t *answer = hear(p, &r), *sent = json_loads(line.p, JSON_ALLOW_NUL, NULL);
            assert_non_null(sent);
            assert_true(json_equal(json_object_get(answer, "id"), json_object_get(sent, "id")));
            assert_non_null(json_object_get(answer, *command == commands[0] ? "ok" : "error"));
            json_decref(answer);
            json_decref(sent);
            buf_free(&line);
        }
    }
    leave(&r);
}

static void refusals_and_status(void **state)
{
    struct player *p = *state;
    struct remote r = come(p);
    p->refusal = "there is no next sentence";
    say(p, &r, "{\"command\": \"sentence\", \"id\": \"x\"}\n");
    hear_exactly(p, &r, "{\"error\": \"there is no next sentence\", \"id\": \"x\"}");
    p->refusal = NULL;
    /* In order, and the status is that behind the command before. */
    say(p, &r, "{\"command\":\"speed\",\"percent\":150}\n{\"id\":2,\"command\":\"status\"}\n");
    hear_exactly(p, &r, "{\"ok\": true}");
    hear_exactly(p, &r,
                 "{\"ok\": true, \"id\": 2, \"status\": {\"state\": \"playing\", \"speed\": 150,"
                 "\"volume\": 90, \"voice\": \"nam\", \"trouble\": null, \"sleep_minutes\": 0,"
                 "\"article\": 1, \"articles\": null, \"sentence\": 0, \"elapsed_ms\": 0,"
                 "\"total_ms\": 5000}}");
    leave(&r);
}

/* ---- lines that are wrong ---- */

struct wrong {
    const char *line, *says;
};

static const struct wrong wrongs[] = {
    {"toggle", "no JSON"},
    {"{\"command\": \"toggle\"", "no JSON"},
    {"{\"command\": \"toggle\"} {}", "no JSON"},
    {"{\"command\": \"toggle\",}", "no JSON"},
    {"{'command': 'toggle'}", "no JSON"},
    {"{\"command\": \"speed\", \"percent\": 0150}", "no JSON"},
    {"{\"command\": \"tog\tgle\"}", "no JSON"},
    {"{\"command\": \"\\ud83d\"}", "half of a pair"},
    {"{\"command\": \"\\ud83d\\n\"}", "half of a pair"},
    {"{\"command\": \"\\ude00\"}", "half of a pair"},
    {"{\"command\": \"\\ud83d\\ud83d\"}", "half of a pair"},
    {"[]", "no object"},
    {"[{\"command\": \"toggle\"}]", "no object"},
    {"\"toggle\"", "no object"},
    {"17", "no object"},
    {"null", "no object"},
    {"{}", "no member \"command\""},
    {"{\"id\": 3}", "no member \"command\""},
    {"{\"command\": null}", "must be text"},
    {"{\"command\": [\"toggle\"]}", "must be text"},
    {"{\"command\": \"\"}", "there are: toggle, play"},
    {"{\"command\": \"fly\"}", "no command \"fly\""},
    {"{\"command\": \"Toggle\"}", "no command \"Toggle\""},
    {"{\"command\": \"toggle\\u0000\"}", "control character"},
    {"{\"command\": \"toggle\", \"by\": 1}", "no member \"by\""},
    {"{\"command\": \"sentence\", \"percent\": 1}", "it may have \"by\""},
    {"{\"command\": \"search\", \"text\": \"a\", \"spoken\": \"b\"}", "no member \"spoken\""},
    {"{\"command\": \"toggle\", \"by\\u0000\": 1}", "control character"},
    {"{\"command\": \"toggle\", \"\": 1}", "no member \"\""},
    {"{\"command\": \"play\", \"command\": \"pause\"}", "stands twice"},
    {"{\"command\": \"sentence\", \"by\": 1, \"by\": 2}", "stands twice"},
    {"{\"command\": \"sentence\", \"by\": \"1\"}", "whole number"},
    {"{\"command\": \"sentence\", \"by\": null}", "whole number"},
    {"{\"command\": \"sentence\", \"by\": true}", "whole number"},
    {"{\"command\": \"sentence\", \"by\": [1]}", "whole number"},
    {"{\"command\": \"sentence\", \"by\": {\"by\": 1}}", "whole number"},
    {"{\"command\": \"sentence\", \"by\": 1.5}", "whole number"},
    {"{\"command\": \"sentence\", \"by\": 1e3}", "whole number"},
    {"{\"command\": \"sentence\", \"by\": 2147483648}", "between"},
    {"{\"command\": \"sentence\", \"by\": -2147483649}", "between"},
    {"{\"command\": \"sentence\", \"by\": 99999999999999999999}", "between"},
    {"{\"command\": \"search\", \"text\": 5}", "must be text"},
    {"{\"command\": \"search\", \"text\": \"\"}", "not empty"},
    {"{\"command\": \"search\", \"text\": \"a\\u0000b\"}", "control character"},
    {"{\"command\": \"search\", \"text\": \"a\\u001b[2J\"}", "control character"},
    {"{\"command\": \"search\", \"text\": \"a\xC2\x9B\"}", "control character"},
    {"{\"command\": \"correct\", \"written\": \"a\", \"spoken\": \"b\\tc\"}", "control character"},
    {"{\"command\": \"correct\", \"written\": \"a\", \"spoken\": 1}", "must be text"},
    {"{\"command\": \"correct\", \"spoken\": \"a\"}", "needs"},
    {"{\"command\": \"play\", \"id\": null}", "\"id\" must be"},
    {"{\"command\": \"play\", \"id\": [1]}", "\"id\" must be"},
    /* No UTF-8: a byte alone, too long a form, half of a pair, above U+10FFFF, cut off. */
    {"{\"command\": \"\xFF\"}", "no UTF-8"},
    {"{\"command\": \"\x80\"}", "no UTF-8"},
    {"{\"command\": \"\xC0\x80\"}", "byte 14 of the line"},
    {"{\"command\": \"\xE0\x80\x80\"}", "no UTF-8"},
    {"{\"command\": \"\xED\xA0\x80\"}", "no UTF-8"},
    {"{\"command\": \"\xF4\x90\x80\x80\"}", "no UTF-8"},
    {"{\"command\": \"\xF0\x80\x80\x80\"}", "no UTF-8"},
    {"\xE1\xBA", "no UTF-8"},
};

static void wrong_lines_are_told(void **state)
{
    struct player *p = *state;
    struct remote r = come(p);
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        p->asked = 0;
        say(p, &r, wrongs[i].line);
        say(p, &r, "\n");
        hear_error(p, &r, wrongs[i].says);
        assert_int_equal(p->asked, 0);
        say(p, &r, "{\"command\": \"toggle\"}\n");
        hear_exactly(p, &r, "{\"ok\": true}");
    }
    static const char nul[] = "{\"command\": \"toggle\"}\0\n";
    say_bytes(p, &r, nul, sizeof nul - 1);
    hear_error(p, &r, "NUL");
    leave(&r);
}

/* Names that are longer than an answer should repeat, and more members than anybody needs. */
static void long_names_are_cut(void **state)
{
    struct player *p = *state;
    struct remote r = come(p);
    struct buf line = BUF_INIT;
    buf_adds(&line, "{\"command\": \"");
    for (int i = 0; i < 20000; i++)
        buf_adds(&line, "ạ");
    buf_adds(&line, "\"}\n");
    say_bytes(p, &r, line.p, line.n);
    json_t *answer = hear(p, &r);
    assert_true(strlen(json_string_value(json_object_get(answer, "error"))) < 1000);
    json_decref(answer);
    buf_cut(&line, 0);
    buf_adds(&line, "{\"id\": 1, \"command\": \"play\"");
    for (int i = 0; i < 8000; i++)
        buf_adds(&line, ",\"a\":1");
    buf_adds(&line, "}\n");
    say_bytes(p, &r, line.p, line.n);
    hear_error(p, &r, "no member \"a\"");
    buf_cut(&line, 0);
    for (int i = 0; i < 60000; i++)
        buf_adds(&line, "[");
    buf_adds(&line, "\n");
    say_bytes(p, &r, line.p, line.n);
    hear_error(p, &r, "no JSON");
    buf_free(&line);
    leave(&r);
}

static void add_spaces(struct buf *line, size_t n)
{
    while (n--)
        buf_adds(line, " ");
}

static void lines_that_are_too_long(void **state)
{
    static const char command[] = "{\"command\": \"toggle\"}";
    struct player *p = *state;
    struct remote r = come(p);
    for (size_t more = 0; more <= 200000; more = more ? more * 20 : 1) {
        struct buf line = BUF_INIT;
        add_spaces(&line, (1 << 16) - (sizeof command - 1) + more);
        buf_adds(&line, command);
        buf_adds(&line, "\n{\"command\": \"play\", \"id\": 1}\n{\"command\": \"fly\"}\n");
        p->asked = 0;
        say_bytes(p, &r, line.p, line.n);
        buf_free(&line);
        if (more)
            hear_error(p, &r, "longer than 65536 bytes");
        else
            hear_exactly(p, &r, "{\"ok\": true}");
        hear_exactly(p, &r, "{\"ok\": true, \"id\": 1}");
        hear_error(p, &r, "no command \"fly\"");
        hear_nothing(p, &r);
        assert_int_equal(p->asked, more ? 1 : 2);
    }
    leave(&r);
}

/* ---- how lines come ---- */

static void a_byte_at_a_time(void **state)
{
    static const char lines[] = "{\"command\": \"search\", \"text\": \"công an\"}\r\n"
                                "\n  \t\r\n{\"command\": \"play\", \"id\": 1}\n";
    struct player *p = *state;
    struct remote r = come(p);
    for (size_t i = 0; i + 1 < sizeof lines; i++)
        say_bytes(p, &r, lines + i, 1);
    hear_exactly(p, &r, "{\"ok\": true}");
    assert_string_equal(command_rows[p->request.command].name, "play");
    hear_exactly(p, &r, "{\"ok\": true, \"id\": 1}");
    hear_nothing(p, &r);
    /* And all at once. */
    p->asked = 0;
    struct buf many = BUF_INIT;
    for (int i = 0; i < 5000; i++)
        buf_addf(&many, "{\"command\": \"sentence\", \"id\": %d}\n", i);
    say_bytes(p, &r, many.p, many.n);
    buf_free(&many);
    assert_int_equal(p->asked, 5000);
    for (int i = 0; i < 5000; i++) {
        json_t *answer = hear(p, &r);
        assert_int_equal(json_integer_value(json_object_get(answer, "id")), i);
        json_decref(answer);
    }
    leave(&r);
}

/* ---- events ---- */

static struct docbao_article *open_text(struct docbao *d, const char *text)
{
    struct docbao_article *a;
    assert_int_equal(docbao_open_bytes(d, "a.txt", text, strlen(text), &a), DOCBAO_OK);
    return a;
}

static void no_terminal_obeys_a_name(void **state)
{
    struct player *p = *state;
    struct docbao *d = docbao_new(&(struct docbao_options){.raw = true});
    struct docbao_article *a;
    const char *name = "\x1B]52;c;x\a\xC2\x9D\xE2\x80\xAE.txt";
    assert_int_equal(docbao_open_bytes(d, name, "Mưa.", strlen("Mưa."), &a), DOCBAO_OK);
    struct remote r = come(p);
    control_article(p->control, a, &p->status);
    hear_exactly(p, &r,
                 "{\"event\": \"article\", \"title\": null, \"name\": "
                 "\"\\u001b]52;c;x\\u0007\\u009d\\u202e.txt\", \"number\": 1, \"of\": null, "
                 "\"sentences\": 1}");
    leave(&r);
    docbao_close(a);
    docbao_free(d);
}

static void events_of_an_article(void **state)
{
    static const char *const events[] = {
        "{\"event\": \"article\", \"title\": null, \"name\": \"a.txt\", \"number\": 1,"
        " \"of\": null, \"sentences\": 2}",
        "{\"event\": \"sentence\", \"sentence\": 1, \"of\": 2, \"written\": \"Có 12 ô.\","
        " \"spoken\": \"có mười hai ô.\", \"span\": [13, 10]}",
        "{\"event\": \"word\", \"sentence\": 1, \"token\": 3, \"written\": \"12\","
        " \"span\": [17, 2]}",
        "{\"event\": \"word\", \"sentence\": 1, \"token\": null, \"written\": null,"
        " \"span\": [13, 10]}",
    };
    struct player *p = *state;
    struct docbao *d = docbao_new(&(struct docbao_options){.raw = true});
    struct docbao_article *a = open_text(d, "Trời mưa.\nCó 12 ô.\n");
    struct remote r = come(p), late;
    control_article(p->control, a, &p->status);
    control_sentence(p->control, a, 1);
    control_word(p->control, a, 1, 3);
    control_word(p->control, a, 1, DOCBAO_NO_TOKEN);
    for (int i = 0; i < 4; i++)
        hear_exactly(p, &r, events[i]);
    late = connect_to(p);
    hear_exactly(p, &late,
                 "{\"event\": \"hello\", \"docbao\": \"" DOCBAO_VERSION "\", \"protocol\": 1}");
    hear_exactly(p, &late, events[0]);
    hear_exactly(p, &late, events[1]);
    hear_event(p, &late, "state");
    hear_nothing(p, &late);
    leave(&late);
    /* The sentence was one of the article before. */
    p->status.articles = 3;
    control_article(p->control, a, &p->status);
    late = connect_to(p);
    hear_event(p, &late, "hello");
    hear_event(p, &late, "article");
    hear_event(p, &late, "state");
    leave(&late);
    leave(&r);
    docbao_close(a);
    docbao_free(d);
}

static void members_of_archives(void **state)
{
    struct player *p = *state;
    struct buf zip = BUF_INIT;
    struct docbao_article *a;
    zip_parts(&zip,
              (struct part[]){{"word/document.xml", "<w:document " WORD "><w:body><w:p><w:r><w:t>"
                                                    "Trời mưa.</w:t></w:r></w:p></w:body>"
                                                    "</w:document>"},
                              {"[Content_Types].xml", "<Types/>"},
                              {0}},
              NULL);
    struct docbao *d = docbao_new(&(struct docbao_options){0});
    if (docbao_open_bytes(d, "a.docx", zip.p, zip.n, &a) != DOCBAO_OK)
        fail_msg("%s", docbao_last_error(d)->message);
    struct remote r = come(p);
    control_sentence(p->control, a, 0);
    json_t *line = hear(p, &r);
    assert_string_equal(json_string_value(json_object_get(line, "member")), "word/document.xml");
    json_decref(line);
    leave(&r);
    docbao_close(a);
    docbao_free(d);
    buf_free(&zip);
}

static void states_only_when_they_change(void **state)
{
    struct player *p = *state;
    struct docbao_player_status *player = &p->status.player;
    struct remote r = come(p);
    control_status(p->control, &p->status);
    hear_event(p, &r, "state");
    for (int i = 0; i < 10; i++) {
        player->elapsed_ms += 100;
        player->total_ms++;
        player->sentence++;
        player->token++;
        control_status(p->control, &p->status);
    }
    hear_nothing(p, &r);
    player->playing = DOCBAO_AWAY;
    player->trouble = "the device is gone";
    p->status.sleep_minutes = 15;
    p->status.articles = 4;
    control_status(p->control, &p->status);
    control_status(p->control, &p->status);
    hear_exactly(p, &r,
                 "{\"event\": \"state\", \"state\": \"away\", \"speed\": 100, \"volume\": 90,"
                 "\"voice\": \"nam\", \"trouble\": \"the device is gone\", \"sleep_minutes\": 15,"
                 "\"article\": 1, \"articles\": 4, \"sentence\": 10, \"elapsed_ms\": 1000,"
                 "\"total_ms\": 5010}");
    hear_nothing(p, &r);
    static const char *const names[] = {"playing", "paused", "fetching", "away", "ended"};
    for (int i = 0; i < 5; i++) {
        player->playing = (enum docbao_playing)i;
        control_status(p->control, &p->status);
        json_t *line = hear(p, &r);
        assert_string_equal(json_string_value(json_object_get(line, "state")), names[i]);
        json_decref(line);
    }
    leave(&r);
}

/* ---- docs/control.md ---- */

static struct buf read_page(void)
{
    struct buf page = BUF_INIT;
    char block[4096];
    size_t n;
    FILE *file = fopen(DOCBAO_SOURCE "/docs/control.md", "rb");
    assert_non_null(file);
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        buf_add(&page, block, n);
    fclose(file);
    return page;
}

/* Every command is a row, with its value; and what stands in the row is answered with ok. */
static void commands_are_documented(void **state)
{
    struct player *p = *state;
    struct remote r = come(p);
    struct buf page = read_page();
    for (int i = 0; i < COMMAND_COUNT; i++) {
        struct buf row = BUF_INIT;
        buf_addf(&row, "\n| `{\"command\": \"%s\"", command_rows[i].name);
        const char *at = strstr(page.p, row.p);
        if (!at)
            fail_msg("docs/control.md has no row that begins: %s", row.p);
        buf_free(&row);
        at += strlen("\n| `");
        struct sv line = {at, strcspn(at, "`")};
        say_bytes(p, &r, line.p, line.n);
        say(p, &r, "\n");
        json_t *answer = hear(p, &r), *sent = json_loadb(line.p, line.n, 0, NULL);
        assert_true(json_is_true(json_object_get(answer, "ok")));
        if (command_rows[i].argument)
            assert_non_null(json_object_get(sent, command_rows[i].argument));
        json_decref(answer);
        json_decref(sent);
    }
    buf_free(&page);
    leave(&r);
}

/* The row of an event names all of its members. */
static void check_event(const char *page, json_t *event)
{
    struct buf row = BUF_INIT;
    buf_addf(&row, "\n| `{\"event\": \"%s\"}`", json_string_value(json_object_get(event, "event")));
    const char *at = strstr(page, row.p), *key;
    if (!at)
        fail_msg("docs/control.md has no row that begins: %s", row.p);
    struct sv rest = {at, strcspn(at + 1, "\n")};
    json_t *value;
    json_object_foreach(event, key, value)
    {
        buf_cut(&row, 0);
        buf_addf(&row, "\"%s\"", key);
        if (sv_find(rest, buf_sv(&row)) < 0)
            fail_msg("the row in docs/control.md has no %s: %.*s", row.p, SV_ARG(rest));
    }
    buf_free(&row);
    json_decref(event);
}

static void events_are_documented(void **state)
{
    struct player *p = *state;
    struct buf page = read_page();
    struct docbao *d = docbao_new(&(struct docbao_options){.raw = true});
    struct docbao_article *a = open_text(d, "Trời mưa.");
    struct remote r = connect_to(p);
    check_event(page.p, hear(p, &r));
    control_article(p->control, a, &p->status);
    control_sentence(p->control, a, 0);
    control_word(p->control, a, 0, 0);
    control_status(p->control, &p->status);
    for (int i = 0; i < 5; i++)
        check_event(page.p, hear(p, &r));
    hear_nothing(p, &r);
    leave(&r);
    docbao_close(a);
    docbao_free(d);
    buf_free(&page);
}

/* ---- what nobody would send ---- */

/* A generator of its own: the same bytes on every machine. */
static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static void add_random_line(struct buf *out, uint64_t *seed)
{
    static const char *const pieces[] = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\\u",
        "d83d",
        "\\",
        "\"id\"",
        "\"command\"",
        "\"by\"",
        "\"search\"",
        "\"text\"",
        "\"sentence\"",
        "ạ",
        "\xE1",
        "1",
        "-",
        "e9",
        " ",
        "null",
        "true",
        "\r",
        "\"toggle\"",
        "\"correct\"",
        "\xED\xA0\x80",
        "{\"command\":\"search\",\"text\":\"",
        "{\"command\":\"sentence\",\"by\":",
        "\n",
    };
    for (uint32_t n = next_random(seed) % 40; n; n--) {
        if (next_random(seed) % 8 == 0) {
            char byte = (char)next_random(seed);
            buf_add(out, &byte, 1);
        } else
            buf_adds(out, pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)]);
    }
    buf_adds(out, "\n");
}

/* Whatever is sent: every answer is one, and the next command is done. DOCBAO_FUZZ_ROUNDS and
 * DOCBAO_FUZZ_SEED let it go on for longer, elsewhere. */
static void random_bytes(void **state)
{
    struct player *p = *state;
    const char *rounds = getenv("DOCBAO_FUZZ_ROUNDS"), *from = getenv("DOCBAO_FUZZ_SEED");
    uint64_t seed = from ? strtoull(from, NULL, 10) : 1;
    struct remote r = come(p);
    for (long round = rounds ? strtol(rounds, NULL, 10) : 3000; round > 0; round--) {
        struct buf bytes = BUF_INIT;
        bool whole = false;
        add_random_line(&bytes, &seed);
        buf_adds(&bytes, "{\"command\":\"play\",\"id\":\"whole\"}\n");
        for (size_t done = 0, n; done < bytes.n; done += n) {
            n = 1 + next_random(&seed) % bytes.n;
            n = n < bytes.n - done ? n : bytes.n - done;
            say_bytes(p, &r, bytes.p + done, n);
        }
        buf_free(&bytes);
        while (!whole) {
            json_t *line = hear(p, &r);
            const char *id = json_string_value(json_object_get(line, "id"));
            assert_true(json_object_get(line, "ok") || json_object_get(line, "error"));
            whole = id && strcmp(id, "whole") == 0;
            json_decref(line);
        }
        if (next_random(&seed) % 50 == 0) {
            leave(&r);
            r = come(p);
        }
    }
    leave(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_command, start, end),
        cmocka_unit_test_setup_teardown(values_left_out, start, end),
        cmocka_unit_test_setup_teardown(ids_come_back, start, end),
        cmocka_unit_test_setup_teardown(refusals_and_status, start, end),
        cmocka_unit_test_setup_teardown(wrong_lines_are_told, start, end),
        cmocka_unit_test_setup_teardown(long_names_are_cut, start, end),
        cmocka_unit_test_setup_teardown(lines_that_are_too_long, start, end),
        cmocka_unit_test_setup_teardown(a_byte_at_a_time, start, end),
        cmocka_unit_test_setup_teardown(no_terminal_obeys_a_name, start, end),
        cmocka_unit_test_setup_teardown(events_of_an_article, start, end),
        cmocka_unit_test_setup_teardown(members_of_archives, start, end),
        cmocka_unit_test_setup_teardown(states_only_when_they_change, start, end),
        cmocka_unit_test_setup_teardown(commands_are_documented, start, end),
        cmocka_unit_test_setup_teardown(events_are_documented, start, end),
        cmocka_unit_test_setup_teardown(random_bytes, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
