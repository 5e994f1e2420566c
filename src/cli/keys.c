/* Keys: turns the bytes that a terminal sends into keys, and keys into requests. */
#include <string.h>

#include "base/utf8.h"
#include "cli/command.h"

const struct command_row command_rows[COMMAND_COUNT] = {
#define COMMAND(id, name, argument, type, step, keys, back, help)                                  \
    {name, argument, COMMAND_##type, step, keys, back, help},
#include "cli/commands.def"
#undef COMMAND
};

/* ---- from bytes ---- */

enum { BELL = 0x07, ESC = 0x1B };

/* The character at the front of the bytes (n >= 1) and its length; 0: the rest of it may still
 * come; -1: it is not UTF-8. */
static int character_at(const char *bytes, size_t n, uint32_t *code)
{
    struct sv v = {bytes, n};
    unsigned length = utf8_decode(v, code);
    if (length)
        return (int)length;
    return utf8_is_cut_short(v) ? 0 : -1;
}

static uint32_t key_of_letter(char letter)
{
    switch (letter) {
    case 'A':
    case 'a': /* rxvt, with Shift or Control; the same below */
        return KEYS_UP;
    case 'B':
    case 'b':
        return KEYS_DOWN;
    case 'C':
    case 'c':
        return KEYS_RIGHT;
    case 'D':
    case 'd':
        return KEYS_LEFT;
    case 'H':
        return KEYS_HOME;
    case 'F':
        return KEYS_END;
    }
    return KEYS_UNKNOWN;
}

/* The numbers of ESC [ NUMBER ~. */
static uint32_t key_of_number(unsigned number)
{
    switch (number) {
    case 1:
    case 7: /* rxvt */
        return KEYS_HOME;
    case 4:
    case 8: /* rxvt */
        return KEYS_END;
    case 3:
        return KEYS_DELETE;
    case 5:
        return KEYS_PAGE_UP;
    case 6:
        return KEYS_PAGE_DOWN;
    }
    return KEYS_UNKNOWN;
}

static unsigned leading_number(const char *digits, unsigned n)
{
    unsigned number = 0;
    for (unsigned i = 0; i < n && digits[i] >= '0' && digits[i] <= '9' && number < 1000; i++)
        number = number * 10 + (unsigned)(digits[i] - '0');
    return number;
}

/* A sequence whose end does not come, or never could, is swallowed as far as it is there. */
static unsigned cut_short(unsigned n, bool last)
{
    return last ? n : 0;
}

/* ESC [ parameters final. */
static unsigned take_csi(const char *bytes, unsigned n, bool last, uint32_t *key)
{
    unsigned i = 2;
    if (n > 2 && bytes[2] == '[') /* the Linux console: ESC [ [ A is F1 */
        return n > 3 ? 4 : cut_short(n, last);
    bool is_private = n > 2 && strchr("<=>?", bytes[2]) && bytes[2];
    for (; i < n && bytes[i] >= 0x20 && bytes[i] < 0x40; i++)
        if (bytes[i] == '$' && !is_private) /* rxvt: ESC [ 7 $ is Shift-Home */
            break;
    if (i == n)
        return cut_short(n, last);
    char final = bytes[i];
    if (final != '$' && (final < 0x40 || final > 0x7E))
        return i;
    if (is_private)
        return i + 1;
    *key = strchr("~^$@", final) ? key_of_number(leading_number(bytes + 2, i - 2))
                                 : key_of_letter(final);
    return i + 1;
}

/* ESC O letter; old terminals put a number for Shift and the like before the letter. */
static unsigned take_ss3(const char *bytes, unsigned n, bool last, uint32_t *key)
{
    unsigned i = 2;
    while (i < n && ((bytes[i] >= '0' && bytes[i] <= '9') || bytes[i] == ';'))
        i++;
    if (i == n)
        return cut_short(n, last);
    if (bytes[i] < 0x40 || bytes[i] > 0x7E)
        return i;
    *key = bytes[i] == 'M' ? KEYS_ENTER : key_of_letter(bytes[i]);
    return i + 1;
}

/* A terminal's answer to a query: it ends with BEL or ESC \. */
static unsigned take_string(const char *bytes, unsigned n, bool last)
{
    for (unsigned i = 2; i < n; i++) {
        if (bytes[i] == BELL)
            return i + 1;
        if (bytes[i] == ESC && i + 1 < n && bytes[i + 1] == '\\')
            return i + 2;
    }
    return cut_short(n, last);
}

static unsigned take_escape(const char *bytes, unsigned n, bool last, uint32_t *key)
{
    uint32_t code;
    int length;
    if (n == 1) {
        *key = KEYS_ESCAPE;
        return cut_short(1, last);
    }
    switch (bytes[1]) {
    case '[':
        return take_csi(bytes, n, last, key);
    case 'O':
        return take_ss3(bytes, n, last, key);
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
        return take_string(bytes, n, last);
    }
    length = character_at(bytes + 1, n - 1, &code); /* with Alt: nothing of ours */
    return length < 0 ? 2 : length ? 1 + (unsigned)length : cut_short(n, last);
}

/* ESC ESC [ A is Alt with an arrow in some terminals; otherwise the first ESC is a key. */
static unsigned take_two_escapes(const char *bytes, unsigned n, bool last, uint32_t *key)
{
    if (n == 2 && !last)
        return 0;
    if (n > 2 && (bytes[2] == '[' || bytes[2] == 'O')) {
        unsigned length = take_escape(bytes + 1, n - 1, last, key);
        return length ? length + 1 : 0;
    }
    *key = KEYS_ESCAPE;
    return 1;
}

static unsigned take_character(const char *bytes, unsigned n, bool last, uint32_t *key)
{
    uint32_t code = 0;
    int length = character_at(bytes, n, &code);
    if (length <= 0)
        return length ? 1 : cut_short(1, last);
    if (code == '\b')
        *key = KEYS_BACKSPACE;
    else if (code == '\r')
        *key = KEYS_ENTER;
    else if (code && (code < 0x80 || code >= 0xA0))
        *key = code;
    return (unsigned)length;
}

unsigned key_take(const char *bytes, unsigned n, bool last, uint32_t *key)
{
    *key = KEYS_UNKNOWN;
    unsigned length = 0;
    if (n > 1 && bytes[0] == ESC && bytes[1] == ESC)
        length = take_two_escapes(bytes, n, last, key);
    else if (n && bytes[0] == ESC)
        length = take_escape(bytes, n, last, key);
    else if (n)
        length = take_character(bytes, n, last, key);
    if (!length)
        *key = KEYS_NONE;
    return length;
}

/* ---- to requests ---- */

/* The key that the word in the table means. */
static uint32_t key_named(const char *word, size_t n)
{
    static const struct {
        const char *name;
        uint32_t key;
    } names[] = {
        {"LEFT", KEYS_LEFT},    {"RIGHT", KEYS_RIGHT},    {"UP", KEYS_UP},     {"DOWN", KEYS_DOWN},
        {"PGUP", KEYS_PAGE_UP}, {"PGDN", KEYS_PAGE_DOWN}, {"HOME", KEYS_HOME}, {"END", KEYS_END},
        {"SPACE", ' '},         {"BACKSPACE", 0x7F},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == n && memcmp(names[i].name, word, n) == 0)
            return names[i].key;
    uint32_t code = 0;
    return utf8_decode((struct sv){word, n}, &code) == n ? code : KEYS_UNKNOWN;
}

static bool names_key(const char *words, uint32_t key)
{
    for (const char *word = words; *word;) {
        size_t n = strcspn(word, " ");
        if (n && key_named(word, n) == key)
            return true;
        word += n + (word[n] == ' ');
    }
    return false;
}

bool key_request(uint32_t key, struct request *request)
{
    if (key == KEYS_NONE || key == KEYS_UNKNOWN)
        return false;
    for (unsigned i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = &command_rows[i];
        bool forward = names_key(row->keys, key);
        if (!forward && !names_key(row->back, key))
            continue;
        *request = (struct request){.command = (enum command)i};
        request->given = row->type == COMMAND_NUMBER && row->step != 0;
        request->number = forward ? row->step : -row->step;
        return true;
    }
    return false;
}
