#include "article/format/entity.h"
#include "article/format/xml_walk.h"
#include "base/message.h"
#include "base/utf8.h"

/* Each character has its own place in a document that was decoded. */
static void report_decoded(const struct walk *w, struct sv text, struct span from)
{
    if (text.n != from.len) { /* of a reference */
        w->client->text(w->client->user, text, source_map_find_source(w->map, from));
        return;
    }
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        struct span place = {from.off + (uint32_t)i, n};
        w->client->text(w->client->user, sv_sub(text, i, n), source_map_find_source(w->map, place));
        i += n;
    }
}

/* Reports the next `length` bytes as `text`. */
void xml_report_text(struct walk *w, struct sv text, size_t length)
{
    struct span from = {(uint32_t)w->at, (uint32_t)length};
    w->at += length;
    if (!w->client->text || !text.n)
        return;
    if (w->map)
        report_decoded(w, text, from);
    else
        w->client->text(w->client->user, text, from);
}

static void report_code(struct walk *w, uint32_t code, size_t length)
{
    char bytes[4];
    xml_report_text(w, (struct sv){bytes, utf8_encode(code, bytes)}, length);
}

/* The end of a line in any form is one line feed. */
void xml_report_line_end(struct walk *w)
{
    struct sv v = xml_rest(w);
    report_code(w, '\n', v.n > 1 && v.p[1] == '\n' ? 2 : 1);
}

/* Reports text up to one of the bytes of `ends`, which must hold '\r', or at most `n` bytes. */
void xml_report_run(struct walk *w, size_t n, const char *ends)
{
    struct sv v = xml_rest(w);
    size_t length = 0;
    while (length < n && !(v.p[length] && strchr(ends, v.p[length])))
        length++;
    xml_report_text(w, sv_sub(v, 0, length), length);
}

/* The text of a CDATA section of `n` bytes. */
void xml_report_cdata(struct walk *w, size_t n)
{
    for (size_t end = w->at + n; w->at < end;) {
        if (w->bytes.p[w->at] == '\r')
            xml_report_line_end(w);
        else
            xml_report_run(w, end - w->at, "\r");
    }
}

void xml_read_reference(struct walk *w)
{
    uint32_t code;
    size_t length = entity_decode(xml_rest(w), &code);
    if (length) {
        report_code(w, code, length);
        return;
    }
    xml_note_fault(w, N_("a & that begins no reference"));
    xml_report_text(w, SV("&"), 1);
}
