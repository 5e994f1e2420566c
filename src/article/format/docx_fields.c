#include "article/format/docx_fields.h"

#include "base/ascii.h"

/* Whether the first word of the instruction asks for the number of this page, or of all pages. */
static bool is_page_number(struct sv instruction)
{
    instruction = sv_trim(instruction);
    struct sv name = sv_cut(&instruction, ' ');
    return ascii_same(name, SV("PAGE")) || ascii_same(name, SV("NUMPAGES")) ||
           ascii_same(name, SV("SECTIONPAGES"));
}

static void open_mark(struct docx_fields *f, struct sv type)
{
    enum { MOST = 64 }; /* fields in fields: more are damage */
    if (sv_is(type, "begin") && f->is_page.n < MOST) {
        *vec_push(&f->is_page) = false;
        buf_clear(&f->instruction);
    } else if (sv_is(type, "separate") && f->is_page.n) {
        f->is_page.at[f->is_page.n - 1] = is_page_number(buf_sv(&f->instruction));
    } else if (sv_is(type, "end") && f->is_page.n) {
        f->is_page.n--;
        buf_clear(&f->instruction);
    }
}

bool docx_fields_open(struct docx_fields *f, const struct xml_tag *tag, unsigned depth)
{
    if (!f->instruction.p)
        f->instruction = BUF_INIT;
    if (xml_is(tag, "fldChar"))
        open_mark(f, xml_attribute(tag, "fldCharType"));
    else if (!xml_is(tag, "fldSimple"))
        return false;
    else if (!f->simple && is_page_number(xml_attribute(tag, "instr")))
        f->simple = depth;
    return true;
}

void docx_fields_close(struct docx_fields *f, unsigned depth)
{
    if (f->simple == depth)
        f->simple = 0;
}

void docx_fields_add(struct docx_fields *f, struct sv text)
{
    enum { MOST = 256 }; /* bytes; the first word is enough */
    if (f->instruction.p && f->instruction.n < MOST)
        buf_add(&f->instruction, text.p, text.n < MOST ? text.n : MOST);
}

bool docx_fields_hide_text(const struct docx_fields *f)
{
    for (size_t i = 0; i < f->is_page.n; i++)
        if (f->is_page.at[i])
            return true;
    return f->simple > 0;
}

void docx_fields_forget(struct docx_fields *f)
{
    f->is_page.n = 0;
    f->simple = 0;
}

void docx_fields_free(struct docx_fields *f)
{
    vec_free(&f->is_page);
    if (f->instruction.p)
        buf_free(&f->instruction);
}
