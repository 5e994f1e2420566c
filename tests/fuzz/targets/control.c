/*
 * Lines of --control: what cli/control_line.h promises, and a request that is written again is the
 * same request.
 */
#include "cli/control_line.h"

#include "base/utf8.h"
#include "fuzz/check.h"
#include "fuzz/target.h"

enum { LONGEST = 65536 };

static void check_value(const char *what, const char *text)
{
    if (!*text || !is_one_line(sv_of(text)))
        broken_promise("the %s of a request is empty, or not one line", what);
}

static void check_request(const struct request *r)
{
    if (r->command >= COMMAND_COUNT)
        broken_promise("no fault, and no command");
    const struct command_row *row = &command_rows[r->command];
    bool correct = r->command == COMMAND_correct;
    if (r->given && row->type == COMMAND_NONE)
        broken_promise("\"%s\" was given a value", row->name);
    if ((r->text != NULL) != (r->given && row->type == COMMAND_TEXT))
        broken_promise("\"%s\" has a text, or lacks it", row->name);
    if ((r->spoken != NULL) != correct)
        broken_promise("\"%s\" has a reading, or lacks it", row->name);
    if (!r->given && row->type != COMMAND_NONE && r->command != COMMAND_voice)
        broken_promise("\"%s\" lacks its value", row->name);
    if (r->text)
        check_value(row->argument, r->text);
    if (r->spoken)
        check_value("spoken", r->spoken);
}

/* ---- a request as a line ---- */

static void write_text(const char *name, const char *text, struct buf *out)
{
    buf_addf(out, ", \"%s\": \"", name);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buf_putc(out, '\\');
        buf_putc(out, *text);
    }
    buf_putc(out, '"');
}

static void write_request(const struct request *r, struct buf *out)
{
    const struct command_row *row = &command_rows[r->command];
    buf_addf(out, "{\"command\": \"%s\"", row->name);
    if (r->text)
        write_text(row->argument, r->text, out);
    else if (r->given)
        buf_addf(out, ", \"%s\": %d", row->argument, (int)r->number);
    if (r->spoken)
        write_text("spoken", r->spoken, out);
    buf_putc(out, '}');
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void check_written(const struct request *r)
{
    struct buf text = BUF_INIT;
    write_request(r, &text);
    struct line line = line_read(text.p, text.n, LONGEST);
    if (line.fault)
        broken_promise("%s is refused: %s", text.p, line.fault);
    if (line.request.command != r->command || line.request.given != r->given ||
        line.request.number != r->number || !same_text(line.request.text, r->text) ||
        !same_text(line.request.spoken, r->spoken))
        broken_promise("%s is not what was written", text.p);
    line_free(&line);
    buf_free(&text);
}

/* ---- the target ---- */

static void run(struct sv input)
{
    struct line line = line_read(input.p ? input.p : "", input.n, LONGEST);
    if (line.id && line.id->kind != LINE_NUMBER && line.id->kind != LINE_TEXT)
        broken_promise("the id is neither number nor text");
    if (line.fault) {
        check_sentence(sv_of(line.fault));
    } else {
        check_request(&line.request);
        check_written(&line.request);
    }
    line_free(&line);
}

static void add(const struct seeds *seeds, const char *text)
{
    seeds->take(seeds->user, sv_of(text));
}

/* Each command with and without a value, and lines that are refused. */
static void add_seeds(const struct seeds *seeds)
{
    struct buf text = BUF_INIT;
    for (unsigned i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = &command_rows[i];
        struct request r = {.command = (enum command)i, .given = row->type != COMMAND_NONE};
        r.number = 3;
        r.text = row->type == COMMAND_TEXT ? "chợ \"quê\"" : NULL;
        r.spoken = i == COMMAND_correct ? "chợ quê" : NULL;
        buf_clear(&text);
        write_request(&r, &text);
        seeds->take(seeds->user, buf_sv(&text));
    }
    buf_free(&text);
    add(seeds, "{\"command\": \"go\", \"sentence\": -2147483648, \"id\": \"a\\u1EA1\\n\"}");
    add(seeds, "{\"command\": \"voice\", \"id\": 1e9, \"x\": [null, {\"y\": true}]}");
    add(seeds, "{\"command\": \"search\", \"text\": \"\\uD83D\\uDE00 \\\\\\u0000\"}");
    add(seeds, "[{}] {\"command\": \"quit\", \"command\": \"quit\"}");
}

const struct fuzz_target fuzz_control = {run, add_seeds};
