#include "article/format/list_number.h"

#include "base/ascii.h"

/* ---- attributes ---- */

/* As browsers read an integer: "-3", " 12abc". */
static int32_t integer_of(struct sv v, int32_t without)
{
    enum { LARGEST = 99999 }; /* more is no number of an item */
    v = sv_trim(v);
    bool minus = v.n && v.p[0] == '-';
    size_t i = v.n && (minus || v.p[0] == '+') ? 1 : 0;
    int32_t number = 0;
    if (i >= v.n || !ascii_is_digit(v.p[i]))
        return without;
    for (; i < v.n && ascii_is_digit(v.p[i]) && number <= LARGEST; i++)
        number = number * 10 + (v.p[i] - '0');
    return number > LARGEST ? without : minus ? -number : number;
}

/* The value of list-style-type or list-style in a style; empty: it has none. */
static struct sv style_of_list(struct sv style)
{
    struct sv found = {0};
    while (style.n) {
        struct sv value = sv_cut(&style, ';'), name = sv_trim(sv_cut(&value, ':'));
        if (ascii_same(name, SV("list-style-type")) || ascii_same(name, SV("list-style")))
            found = sv_trim(value);
    }
    return found;
}

static char type_of_style(struct sv style, char without)
{
    static const struct {
        const char *name;
        char type;
    } types[] = {{"none", 0},          {"disc", 0},          {"circle", 0},
                 {"square", 0},        {"decimal", '1'},     {"lower-alpha", 'a'},
                 {"lower-latin", 'a'}, {"upper-alpha", 'A'}, {"upper-latin", 'A'},
                 {"lower-roman", 'i'}, {"upper-roman", 'I'}};
    struct sv value = style_of_list(style);
    while (value.n) {
        struct sv word = sv_cut(&value, ' ');
        for (size_t i = 0; i < sizeof types / sizeof *types; i++)
            if (ascii_starts(word, sv_of(types[i].name)))
                return types[i].type;
    }
    return without;
}

static char type_of(const struct list_tag *tag)
{
    if (!tag->ordered || tag->unmarked)
        return 0;
    bool known = tag->type.n == 1 && strchr("1aAiI", tag->type.p[0]);
    return type_of_style(tag->style, known ? tag->type.p[0] : '1');
}

/* ---- lists ---- */

static bool is_tag(struct sv v, struct sv name)
{
    return ascii_starts(v, name) && v.n > name.n && strchr(" \n\t/>", v.p[name.n]);
}

/* The number of items of a list, which begins with the source `v`, without those of lists in it. */
static int32_t count_items(struct sv v)
{
    enum { FURTHEST = 1 << 16 };
    size_t end = v.n < FURTHEST ? v.n : FURTHEST, depth = 1;
    int32_t items = 0;
    for (size_t i = 0; i < end && depth; i++) {
        if (v.p[i] != '<')
            continue;
        struct sv tag = sv_sub(v, i, v.n - i);
        items += depth == 1 && is_tag(tag, SV("<li"));
        depth += is_tag(tag, SV("<ol")) || is_tag(tag, SV("<ul"));
        depth -= is_tag(tag, SV("</ol")) || is_tag(tag, SV("</ul"));
    }
    return items;
}

void list_open(struct list_numbers *n, const struct list_tag *tag, struct sv behind)
{
    struct list_level level = {.type = type_of(tag), .reversed = tag->reversed};
    if (level.type)
        level.next = integer_of(tag->start, tag->reversed ? count_items(behind) : 1);
    *vec_push(&n->levels) = level;
}

void list_close(struct list_numbers *n, size_t levels)
{
    if (n->levels.n > levels)
        n->levels.n = levels;
}

/* ---- numbers ---- */

void list_append_letters(struct buf *out, uint32_t number, char first)
{
    enum { LETTERS = 26, MOST = 8 };
    char letters[MOST];
    size_t n = 0;
    for (; number && n < MOST; number = (number - 1) / LETTERS)
        letters[n++] = (char)(first + (number - 1) % LETTERS);
    while (n)
        buf_putc(out, letters[--n]);
}

void list_append_roman(struct buf *out, uint32_t number, bool upper)
{
    static const struct {
        uint32_t value;
        const char *letters;
    } parts[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                 {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                 {5, "v"},    {4, "iv"},   {1, "i"}};
    size_t from = out->n;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; number >= parts[i].value; number -= parts[i].value)
            buf_adds(out, parts[i].letters);
    for (size_t i = from; upper && i < out->n; i++)
        out->p[i] = (char)(out->p[i] - 'a' + 'A');
}

/* Behind small letters Vietnamese lists have a bracket, which is how they are read: "a)". */
static void append_list_number(struct buf *out, char type, int32_t number)
{
    enum { MOST_ROMAN = 3999 };
    bool letters = type == 'a' || type == 'A', roman = type == 'i' || type == 'I';
    if (letters && number > 0)
        list_append_letters(out, (uint32_t)number, type);
    else if (roman && number > 0 && number <= MOST_ROMAN)
        list_append_roman(out, (uint32_t)number, type == 'I');
    else
        buf_addf(out, "%d", number);
    buf_adds(out, type == 'a' || type == 'i' ? ") " : ". ");
}

void list_next(struct list_numbers *n, struct sv value, struct sv style, struct buf *out)
{
    struct list_level *level = n->levels.n ? &n->levels.at[n->levels.n - 1] : NULL;
    if (!level || !level->type)
        return;
    int32_t number = integer_of(value, level->next);
    char type = type_of_style(style, level->type);
    if (type)
        append_list_number(out, type, number);
    level->next = number + (level->reversed ? -1 : 1);
}

bool list_number_is_written(struct sv number, struct sv text)
{
    number = sv_sub(number, 0, number.n < 2 ? 0 : number.n - 2); /* without sign and space */
    text = sv_trim(text);
    while (text.n > 1 && text.p[0] == '0') /* 01. */
        text = sv_sub(text, 1, text.n - 1);
    return number.n && text.n > number.n && ascii_starts(text, number) &&
           strchr(".):/-", text.p[number.n]);
}

void list_numbers_free(struct list_numbers *n)
{
    vec_free(&n->levels);
}
