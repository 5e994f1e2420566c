#include "article/format/docx_numbering.h"

#include "article/format/entity.h"
#include "article/format/list_number.h"
#include "article/format/xml.h"
#include "base/ascii.h"

/* ---- the file ---- */

struct loader {
    struct docx_numbering *n;
    bool in_pattern, in_list;
    uint32_t level;
};

static uint32_t number_of(struct sv v, uint32_t without)
{
    uint32_t number = 0;
    for (size_t i = 0; i < v.n; i++) {
        if (!ascii_is_digit(v.p[i]) || number > 1000000)
            return without;
        number = number * 10 + (uint32_t)(v.p[i] - '0');
    }
    return v.n ? number : without;
}

uint32_t docx_level(struct sv written)
{
    uint32_t level = number_of(written, 0);
    return level < NUMBERING_LEVELS ? level : NUMBERING_LEVELS - 1;
}

static struct sv keep(struct docx_numbering *n, struct sv v)
{
    struct buf text = BUF_INIT;
    entity_decode_all(&text, v);
    struct sv kept = {arena_dup(&n->arena, buf_sv(&text)), text.n};
    buf_free(&text);
    return kept;
}

static void begin_pattern(struct loader *l, const struct xml_tag *tag)
{
    index_add(&l->n->pattern_of, keep(l->n, xml_attribute(tag, "abstractNumId")),
              (uint32_t)l->n->patterns.n);
    struct numbering_pattern *p = vec_push(&l->n->patterns);
    *p = (struct numbering_pattern){0};
    for (size_t i = 0; i < NUMBERING_LEVELS; i++)
        p->levels[i].start = 1;
    l->in_pattern = true;
    l->in_list = false;
}

static void begin_list(struct loader *l, const struct xml_tag *tag)
{
    index_add(&l->n->list_of, keep(l->n, xml_attribute(tag, "numId")), (uint32_t)l->n->lists.n);
    struct numbering_list *list = vec_push(&l->n->lists);
    *list = (struct numbering_list){.used = false};
    for (size_t i = 0; i < NUMBERING_LEVELS; i++)
        list->start[i] = UINT32_MAX;
    l->in_list = true;
    l->in_pattern = false;
}

static void set_level(struct loader *l, const struct xml_tag *tag)
{
    struct sv value = xml_attribute(tag, "val");
    struct numbering_level *level = &l->n->patterns.at[l->n->patterns.n - 1].levels[l->level];
    if (xml_is(tag, "start"))
        level->start = number_of(value, 1);
    else if (xml_is(tag, "numFmt"))
        level->format = keep(l->n, value);
    else if (xml_is(tag, "lvlText"))
        level->text = keep(l->n, value);
}

static void on_open(void *user, const struct xml_tag *tag)
{
    struct loader *l = user;
    if (xml_is(tag, "abstractNum")) {
        begin_pattern(l, tag);
    } else if (xml_is(tag, "num")) {
        begin_list(l, tag);
    } else if (xml_is(tag, "lvl") || xml_is(tag, "lvlOverride")) {
        l->level = docx_level(xml_attribute(tag, "ilvl"));
    } else if (l->in_pattern) {
        set_level(l, tag);
    } else if (l->in_list) {
        struct numbering_list *list = &l->n->lists.at[l->n->lists.n - 1];
        if (xml_is(tag, "abstractNumId"))
            list->pattern = keep(l->n, xml_attribute(tag, "val"));
        else if (xml_is(tag, "startOverride"))
            list->start[l->level] = number_of(xml_attribute(tag, "val"), 1);
    }
}

static void on_close(void *user, const char *name, const char *space)
{
    (void)user, (void)name, (void)space;
}

void docx_numbering_load(struct docx_numbering *n, struct sv xml)
{
    *n = (struct docx_numbering){0};
    struct loader loader = {.n = n};
    const struct xml_client client = {.open = on_open, .close = on_close, .user = &loader};
    struct xml_fault fault;
    if (xml.n)
        xml_walk(xml, NULL, &client, &fault);
}

/* ---- numbers ---- */

static void append_letters(struct buf *out, uint32_t count, char first)
{
    /* a to z, then aa, bb: as in Word */
    enum { LETTERS = 26 };
    for (uint32_t i = 0; count && i <= (count - 1) / LETTERS; i++)
        buf_putc(out, (char)(first + (count - 1) % LETTERS));
}

static void append_count(struct buf *out, struct sv format, uint32_t count)
{
    enum { MOST = 3000 }; /* more is no number of a paragraph, and long in letters */
    bool letters = count <= MOST;
    if (letters && (sv_is(format, "lowerLetter") || sv_is(format, "upperLetter")))
        append_letters(out, count, format.p[0] == 'l' ? 'a' : 'A');
    else if (letters && (sv_is(format, "lowerRoman") || sv_is(format, "upperRoman")))
        list_append_roman(out, count, format.p[0] == 'u');
    else
        buf_addf(out, "%s%u", sv_is(format, "decimalZero") && count < 10 ? "0" : "", count);
}

/* Counts on at the level; those below it begin again. */
static void count_on(struct numbering_pattern *p, const struct numbering_list *list, uint32_t level)
{
    bool again = !list->used && list->start[level] != UINT32_MAX;
    if (again)
        p->count[level] = list->start[level];
    else if (!p->begun[level])
        p->count[level] = p->levels[level].start;
    else
        p->count[level]++;
    for (uint32_t i = 0; i < level; i++)
        if (!p->begun[i])
            p->count[i] = p->levels[i].start;
    p->begun[level] = true;
    for (uint32_t i = level + 1; i < NUMBERING_LEVELS; i++)
        p->begun[i] = false;
}

static void append_text(const struct numbering_pattern *p, uint32_t level, struct buf *out)
{
    struct sv text = p->levels[level].text;
    for (size_t i = 0; i < text.n; i++) {
        uint32_t digit = i + 1 < text.n ? (uint32_t)(text.p[i + 1] - '1') : NUMBERING_LEVELS;
        if (text.p[i] != '%' || digit >= NUMBERING_LEVELS)
            buf_putc(out, text.p[i]);
        else
            append_count(out, p->levels[digit].format, p->count[digit]), i++;
    }
}

void docx_numbering_next(struct docx_numbering *n, struct sv id, uint32_t level, struct buf *out)
{
    const struct index_entry *entry = n->lists.n ? index_find(&n->list_of, id) : NULL;
    struct numbering_list *list = entry ? &n->lists.at[entry->row] : NULL;
    entry = list && n->patterns.n ? index_find(&n->pattern_of, list->pattern) : NULL;
    if (!entry || level >= NUMBERING_LEVELS)
        return;
    struct numbering_pattern *p = &n->patterns.at[entry->row];
    count_on(p, list, level);
    list->used = true;
    struct sv format = p->levels[level].format;
    if (!sv_is(format, "bullet") && !sv_is(format, "none"))
        append_text(p, level, out);
}

void docx_numbering_free(struct docx_numbering *n)
{
    vec_free(&n->patterns);
    vec_free(&n->lists);
    index_free(&n->pattern_of);
    index_free(&n->list_of);
    arena_free(&n->arena);
}
