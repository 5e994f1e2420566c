#include "cli/control_line.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#include "base/mem.h"
#include "base/message.h"
#include "base/utf8.h"

static const char example[] = "{\"command\": \"toggle\"}";

/* ---- text from outside ---- */

/* The four digits of an escape \uXXXX, or -1. */
static long escaped(const char *p, size_t n)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    long unit = 0;
    if (n < 6 || p[0] != '\\' || p[1] != 'u')
        return -1;
    for (int i = 2; i < 6; i++) {
        const char *digit = p[i] ? strchr(digits, p[i]) : NULL;
        if (!digit)
            return -1;
        long value = digit - digits;
        unit = unit * 16 + (value > 15 ? value - 6 : value);
    }
    return unit;
}

/* Half of a pair \uD83D\uDE00 alone: yajl takes it for "?", or for bytes that are no UTF-8. */
static bool has_half_pair(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] != '\\')
            continue;
        long unit = escaped(p + i, n - i);
        if (unit >= 0xDC00 && unit <= 0xDFFF)
            return true;
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            long low = escaped(p + i + 6, n - i - 6);
            if (low < 0xDC00 || low > 0xDFFF)
                return true;
            i += 6;
        }
        i += unit >= 0 ? 5 : 1; /* 1: the escaped character may be a backslash */
    }
    return false;
}

/* Returns the number of bytes of the text (UTF-8) that an answer may repeat. */
static int quotable_length(const char *text)
{
    enum { LONGEST_QUOTE = 60 };
    size_t n = strlen(text), cut = n < LONGEST_QUOTE ? n : LONGEST_QUOTE;
    while (cut < n && ((unsigned char)text[cut] & 0xC0) == 0x80)
        cut++;
    return (int)cut;
}

/* ---- lines that come in ---- */

/* Records the first fault. Returns false, so that callers can return the result. */
__attribute__((format(printf, 2, 3))) static bool fault(struct line *line, const char *format, ...)
{
    if (line->fault)
        return false;
    va_list args;
    va_start(args, format);
    struct buf message = BUF_INIT;
    buf_add_message_args(&message, format, args);
    line->fault = buf_detach(&message);
    va_end(args);
    return false;
}

/* Keeps a value of the object itself; values of nested objects are not needed. */
static int take(struct line *line, enum line_kind kind, const void *p, size_t n)
{
    if (line->depth == 1 && line->is_object) {
        struct line_member *m = &line->members[line->count - 1];
        m->kind = kind;
        m->value = mem_copy((struct sv){p, n});
        m->n = n;
    }
    return 1;
}

static int take_null(void *line)
{
    return take(line, LINE_OTHER, NULL, 0);
}

static int take_boolean(void *line, int value)
{
    (void)value;
    return take(line, LINE_OTHER, NULL, 0);
}

static int take_number(void *line, const char *p, size_t n)
{
    return take(line, LINE_NUMBER, p, n);
}

static int take_text(void *line, const unsigned char *p, size_t n)
{
    return take(line, LINE_TEXT, p, n);
}

static int take_key(void *user, const unsigned char *p, size_t n)
{
    struct line *line = user;
    if (line->depth != 1)
        return 1;
    if (line->count == line->cap) {
        line->cap = line->cap ? 2 * line->cap : 8;
        line->members = mem_regrow(line->members, line->cap, sizeof *line->members);
    }
    line->members[line->count++] =
        (struct line_member){.key = mem_copy((struct sv){(const char *)p, n}), .kind = LINE_OTHER};
    if (utf8_has_control((struct sv){(const char *)p, n}))
        fault(line, "the name of a member holds a control character; names are words such as "
                    "\"command\"");
    return 1;
}

static int enter(struct line *line, bool object)
{
    take(line, LINE_OTHER, NULL, 0);
    if (!line->depth++)
        line->is_object = object;
    return 1;
}

static int enter_map(void *line)
{
    return enter(line, true);
}

static int enter_array(void *line)
{
    return enter(line, false);
}

static int leave(void *line)
{
    ((struct line *)line)->depth--;
    return 1;
}

static const yajl_callbacks takes = {
    .yajl_null = take_null,
    .yajl_boolean = take_boolean,
    .yajl_number = take_number,
    .yajl_string = take_text,
    .yajl_start_map = enter_map,
    .yajl_map_key = take_key,
    .yajl_end_map = leave,
    .yajl_start_array = enter_array,
    .yajl_end_array = leave,
};

static bool check_bytes(struct line *line, const char *p, size_t n)
{
    if (memchr(p, '\0', n))
        return fault(line, "the line holds a NUL byte; send JSON as UTF-8, such as %s", example);
    size_t valid = utf8_valid_prefix((struct sv){p, n});
    if (valid < n)
        return fault(line, "byte %zu of the line is no UTF-8; send JSON as UTF-8", valid + 1);
    if (has_half_pair(p, n))
        return fault(line, "the line holds half of a pair \\uD800\\uDC00; send both halves, or "
                           "the character itself as UTF-8");
    return true;
}

static bool parse(struct line *line, const char *p, size_t n)
{
    if (!check_bytes(line, p, n))
        return false;
    yajl_alloc_funcs memory = {mem_for_library, mem_regrow_for_library, mem_free_for_library, NULL};
    yajl_handle json = yajl_alloc(&takes, &memory, line);
    const unsigned char *bytes = (const unsigned char *)p;
    if (yajl_parse(json, bytes, n) != yajl_status_ok ||
        yajl_complete_parse(json) != yajl_status_ok) {
        unsigned char *why = yajl_get_error(json, 0, bytes, n);
        fault(line, "the line is no JSON (%.*s); send one object a line, such as %s",
              (int)strcspn((char *)why, "\n"), (char *)why, example);
        yajl_free_error(json, why);
    } else if (!line->is_object)
        fault(line, "the line is JSON, but no object; send one such as %s", example);
    yajl_free(json);
    return !line->fault;
}

/* ---- what a line asks for ---- */

static const struct line_member *find(const struct line *line, const char *name)
{
    for (size_t i = 0; name && i < line->count; i++)
        if (strcmp(line->members[i].key, name) == 0)
            return &line->members[i];
    return NULL;
}

static char *command_names(void)
{
    struct buf names = BUF_INIT;
    for (int i = 0; i < COMMAND_COUNT; i++) {
        buf_adds(&names, i ? ", " : "");
        buf_adds(&names, command_rows[i].name);
    }
    return buf_detach(&names);
}

static bool find_command(struct line *line)
{
    const struct line_member *m = find(line, "command");
    if (!m)
        return fault(line, "there is no member \"command\"; send one such as %s", example);
    if (m->kind != LINE_TEXT)
        return fault(line, "\"command\" must be text, such as %s", example);
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strlen(command_rows[i].name) == m->n &&
            memcmp(command_rows[i].name, m->value, m->n) == 0) {
            line->request.command = (enum command)i;
            return true;
        }
    if (utf8_has_control((struct sv){m->value, m->n}))
        return fault(line, "\"command\" holds a control character; send one such as %s", example);
    char *names = command_names();
    fault(line, "there is no command \"%.*s\"; there are: %s", quotable_length(m->value), m->value,
          names);
    free(names);
    return false;
}

/* Whether the command may have that member. Both "written" and "spoken" belong to "correct". */
static bool may_have(enum command command, const char *key)
{
    const char *argument = command_rows[command].argument;
    return strcmp(key, "command") == 0 || strcmp(key, "id") == 0 ||
           (argument && strcmp(key, argument) == 0) ||
           (command == COMMAND_correct && strcmp(key, "spoken") == 0);
}

static bool refuse_member(struct line *line, enum command command, const char *key)
{
    const struct command_row *row = &command_rows[command];
    int n = quotable_length(key);
    if (command == COMMAND_correct)
        return fault(line,
                     "\"%s\" has no member \"%.*s\"; it may have \"%s\", \"spoken\" and \"id\"",
                     row->name, n, key, row->argument);
    return fault(line, "\"%s\" has no member \"%.*s\"; it may have \"%s\" and \"id\"", row->name, n,
                 key, row->argument ? row->argument : "command");
}

static bool check_members(struct line *line, enum command command)
{
    if (find(line, "id") && !line->id)
        return fault(line, "\"id\" must be a number or text");
    for (size_t i = 0; i < line->count; i++) {
        const char *key = line->members[i].key;
        if (!may_have(command, key))
            return refuse_member(line, command, key);
        if (find(line, key) != &line->members[i])
            return fault(line, "\"%s\" stands twice; send it once", key);
    }
    return true;
}

static bool read_number(struct line *line, const struct line_member *m)
{
    const char *name = command_rows[line->request.command].name;
    if (m->kind != LINE_NUMBER || m->value[strcspn(m->value, ".eE")])
        return fault(line,
                     "\"%s\" of \"%s\" must be a whole number, such as {\"command\": "
                     "\"%s\", \"%s\": 1}",
                     m->key, name, name, m->key);
    errno = 0;
    long long number = strtoll(m->value, NULL, 10);
    if (errno || number < INT32_MIN || number > INT32_MAX)
        return fault(line, "\"%s\" of \"%s\" must lie between %d and %d", m->key, name, INT32_MIN,
                     INT32_MAX);
    line->request.number = (int32_t)number;
    line->request.given = true;
    return true;
}

/* Control characters would reach the terminal, or a line of the lexicon. */
static bool read_text(struct line *line, const struct line_member *m, const char *name,
                      const char **text)
{
    if (m->kind != LINE_TEXT || !m->n)
        return fault(line, "\"%s\" of \"%s\" must be text, and not empty", m->key, name);
    if (utf8_has_control((struct sv){m->value, m->n}))
        return fault(line,
                     "\"%s\" of \"%s\" holds a control character; send it as plain text, "
                     "without tabs and line ends",
                     m->key, name);
    *text = m->value;
    return true;
}

/* A number may be omitted if the command has a step; of the texts, only the voice may be. */
static bool read_nothing(struct line *line)
{
    const struct command_row *row = &command_rows[line->request.command];
    if (row->type == COMMAND_NUMBER && row->step) {
        line->request.number = row->step;
        line->request.given = true;
        return true;
    }
    if (row->type == COMMAND_NONE || line->request.command == COMMAND_voice)
        return true;
    return fault(line, "\"%s\" needs a value: {\"command\": \"%s\", \"%s\": %s}", row->name,
                 row->name, row->argument, row->type == COMMAND_NUMBER ? "30" : "\"...\"");
}

static bool read_spoken(struct line *line)
{
    const struct line_member *m = find(line, "spoken");
    if (!m)
        return fault(line, "\"correct\" needs \"spoken\", the reading in Vietnamese syllables, "
                           "beside \"written\"");
    return read_text(line, m, "correct", &line->request.spoken);
}

static bool read_request(struct line *line)
{
    if (!find_command(line) || !check_members(line, line->request.command))
        return false;
    const struct command_row *row = &command_rows[line->request.command];
    const struct line_member *value = find(line, row->argument);
    if (!value)
        return read_nothing(line);
    if (row->type == COMMAND_NUMBER)
        return read_number(line, value);
    line->request.given = true;
    return read_text(line, value, row->name, &line->request.text) &&
           (line->request.command != COMMAND_correct || read_spoken(line));
}

/* ---- the whole ---- */

static void keep_id(struct line *line)
{
    const struct line_member *id = find(line, "id");
    if (id && id->value && id->kind != LINE_OTHER)
        line->id = id;
}

struct line line_read(const char *bytes, size_t n, size_t most)
{
    struct line line = {.request = {.command = COMMAND_COUNT}};
    if (!bytes)
        fault(&line, "the line is longer than %zu bytes, and was dropped; send shorter ones", most);
    else {
        bool parsed = parse(&line, bytes, n);
        keep_id(&line);
        if (parsed)
            read_request(&line);
    }
    return line;
}

void line_free(struct line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        free(line->members[i].key);
        free(line->members[i].value);
    }
    free(line->members);
    free(line->fault);
}
