#include "article/format/docx_styles.h"

#include "article/format/docx_numbering.h"
#include "article/format/xml.h"
#include "base/ascii.h"

static enum docx_role role_of(struct sv name)
{
    static const struct {
        const char *head;
        enum docx_role role;
    } known[] = {
        {"heading", DOCX_HEADING},
        {"title", DOCX_TITLE},
        {"subtitle", DOCX_HEADING},
        {"list", DOCX_LIST},
        {"caption", DOCX_CAPTION},
        {"toc ", DOCX_CONTENTS},
        {"toc1", DOCX_CONTENTS},
        {"toc2", DOCX_CONTENTS},
        {"toc3", DOCX_CONTENTS},
        {"tocheading", DOCX_CONTENTS},
        {"table of figures", DOCX_CONTENTS},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (ascii_starts(name, sv_of(known[i].head))) /* "Heading1", "HEADING 1" */
            return known[i].role;
    return DOCX_PLAIN;
}

static struct sv kept(struct docx_styles *s, struct sv v)
{
    return (struct sv){arena_dup(&s->arena, v), v.n};
}

static void on_open(void *user, const struct xml_tag *tag)
{
    struct docx_styles *s = user;
    struct docx_style *last = s->all.n ? &s->all.at[s->all.n - 1] : NULL;
    if (xml_is(tag, "style"))
        *vec_push(&s->all) = (struct docx_style){.id = kept(s, xml_attribute(tag, "styleId"))};
    else if (last && xml_is(tag, "name") && !last->role)
        last->role = role_of(xml_attribute(tag, "val"));
    else if (last && xml_is(tag, "basedOn"))
        last->based_on = kept(s, xml_attribute(tag, "val"));
    else if (last && xml_is(tag, "outlineLvl") && !last->role &&
             !sv_is(xml_attribute(tag, "val"), "9"))
        last->role = DOCX_HEADING;
    else if (last && xml_is(tag, "numPr") && !last->role)
        last->role = DOCX_LIST;
    else if (last && xml_is(tag, "numId"))
        last->list = kept(s, xml_attribute(tag, "val"));
    else if (last && xml_is(tag, "ilvl"))
        last->level = docx_level(xml_attribute(tag, "val"));
}

static void on_close(void *user, const char *name, const char *space)
{
    (void)user, (void)name, (void)space;
}

void docx_styles_load(struct docx_styles *s, struct sv xml)
{
    struct xml_client client = {.open = on_open, .close = on_close, .user = s};
    struct xml_fault fault;
    *s = (struct docx_styles){0};
    if (!xml.n)
        return;
    xml_walk(xml, NULL, &client, &fault);
    for (size_t i = 0; i < s->all.n; i++)
        index_add(&s->by_id, s->all.at[i].id, (uint32_t)i);
}

static const struct docx_style *find(const struct docx_styles *s, struct sv id)
{
    const struct index_entry *entry = s->all.n ? index_find(&s->by_id, id) : NULL;
    return entry ? &s->all.at[entry->row] : NULL;
}

/* Styles may be based on each other in a circle. */
enum { DEEPEST = 16 };

const struct docx_style *docx_styles_list(const struct docx_styles *s, struct sv id)
{
    const struct docx_style *style = find(s, id);
    for (int i = 0; style && i < DEEPEST; i++) {
        if (style->list.n)
            return style;
        style = style->based_on.n ? find(s, style->based_on) : NULL;
    }
    return NULL;
}

enum docx_role docx_styles_role(const struct docx_styles *s, struct sv id)
{
    const struct docx_style *style = find(s, id);
    if (!style)
        return s->all.n ? DOCX_PLAIN : role_of(id);
    for (int i = 0; style && i < DEEPEST; i++) {
        if (style->role)
            return style->role;
        style = style->based_on.n ? find(s, style->based_on) : NULL;
    }
    return DOCX_PLAIN;
}

void docx_styles_free(struct docx_styles *s)
{
    vec_free(&s->all);
    index_free(&s->by_id);
    arena_free(&s->arena);
}
