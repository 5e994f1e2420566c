#include "sd_docbao/command.h"

static const struct {
    const char *name;
    enum command_kind kind;
    bool has_rest; /* the line goes on after the name */
} commands[] = {
    {"INIT", COMMAND_INIT, false},
    {"SPEAK", COMMAND_SPEAK, false},
    {"CHAR", COMMAND_CHAR, false},
    {"KEY", COMMAND_KEY, false},
    {"SOUND_ICON", COMMAND_SOUND_ICON, false},
    {"STOP", COMMAND_STOP, false},
    {"PAUSE", COMMAND_PAUSE, false},
    {"LIST VOICES", COMMAND_LIST_VOICES, true},
    {"SET", COMMAND_SET, false},
    {"AUDIO", COMMAND_AUDIO, false},
    {"LOGLEVEL", COMMAND_LOGLEVEL, false},
    {"DEBUG", COMMAND_DEBUG, true},
    {"QUIT", COMMAND_QUIT, false},
};

void command_reader_init(struct command_reader *r)
{
    *r = (struct command_reader){.in = BUF_INIT, .data = BUF_INIT};
}

void command_reader_free(struct command_reader *r)
{
    buf_free(&r->in);
    buf_free(&r->data);
}

void command_add(struct command_reader *r, const char *bytes, size_t n)
{
    buf_drop(&r->in, r->taken);
    r->taken = 0;
    buf_add(&r->in, bytes, n);
}

static bool has_data(enum command_kind kind)
{
    return kind >= COMMAND_SPEAK && kind <= COMMAND_LOGLEVEL;
}

static struct command command_of(struct sv line)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        struct sv name = sv_of(commands[i].name);
        bool whole = sv_eq(line, name);
        bool longer = commands[i].has_rest && sv_starts(line, name) && line.p[name.n] == ' ';
        if (whole || longer)
            return (struct command){.kind = commands[i].kind,
                                    .complete = !has_data(commands[i].kind),
                                    .text = sv_trim(sv_from(line, name.n))};
    }
    return (struct command){.kind = COMMAND_UNKNOWN, .complete = true, .text = line};
}

/* The next line, without its end. False: it is not all there. Of a line that is too long its
 * beginning is given, and the rest is passed over. */
static bool take_line(struct command_reader *r, struct sv *line)
{
    struct sv left = sv_from(buf_sv(&r->in), r->taken);
    const char *end = left.n ? memchr(left.p, '\n', left.n) : NULL;
    *line = sv_sub(left, 0, end ? (size_t)(end - left.p) : left.n);
    if (r->in_long_line) {
        r->taken += line->n + (end != NULL);
        r->in_long_line = !end;
        return end && take_line(r, line);
    }
    if (!end && left.n < COMMAND_MOST_BYTES)
        return false;
    r->in_long_line = !end;
    r->taken += line->n + (end != NULL);
    if (line->n && line->p[line->n - 1] == '\r')
        line->n--;
    return true;
}

static void add_data(struct command_reader *r, struct sv line)
{
    if (line.n && line.p[0] == '.')
        line = sv_from(line, 1); /* it was doubled */
    if (r->lines++)
        buf_putc(&r->data, '\n');
    size_t room = COMMAND_MOST_BYTES > r->data.n ? COMMAND_MOST_BYTES - r->data.n : 0;
    buf_add(&r->data, line.p, line.n < room ? line.n : room);
}

static bool end_data(struct command_reader *r, struct command *out)
{
    *out = (struct command){
        .kind = r->open, .complete = true, .text = buf_sv(&r->data), .lines = r->lines};
    r->open = COMMAND_UNKNOWN;
    return true;
}

static bool begin(struct command_reader *r, struct sv line, struct command *out)
{
    *out = command_of(line);
    if (!out->complete) {
        r->open = out->kind;
        r->lines = 0;
        buf_clear(&r->data);
    }
    return true;
}

bool command_next(struct command_reader *r, struct command *out)
{
    struct sv line;
    while (take_line(r, &line)) {
        if (r->open == COMMAND_UNKNOWN)
            return begin(r, line, out);
        if (sv_is(line, "."))
            return end_data(r, out);
        if (r->data.n < COMMAND_MOST_BYTES)
            add_data(r, line);
    }
    return false;
}
