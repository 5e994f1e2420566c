#include "article/format/docx_reader.h"

#include "article/format/html_draft.h"
#include "base/ascii.h"
#include "base/message.h"

static void read_lines(struct draft *draft, struct sv text, uint32_t base)
{
    for (struct sv rest = text; rest.p && rest.n;) {
        struct sv line = sv_cut(&rest, '\n');
        uint32_t at = base + (uint32_t)(line.p - text.p);
        draft_add(draft, line, (struct span){at, (uint32_t)line.n});
        draft_end_piece(draft, BLOCK_PARAGRAPH, SKIP_NONE);
    }
}

/* Whether it is HTML or plain text. */
static bool can_be_read(struct sv bytes)
{
    static const char *const others[] = {"PK\x03\x04", "{\\rtf", "\xD0\xCF\x11\xE0", "MIME-Version",
                                         "From: "};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (ascii_starts(sv_trim(bytes), sv_of(others[i])))
            return false;
    return !memchr(bytes.p, '\0', bytes.n);
}

static void read_chunk(struct docx_reader *r, struct unpacked *unpacked, const char *path)
{
    struct err e = ERR_INIT;
    struct span where;
    struct html_notes notes = {0};
    if (unpacked_add(unpacked, path, &where, &e)) {
        article_note(r->draft->a, NO_SPAN, NOTE_MISSING, "%s", e.message.p);
        err_free(&e);
        return;
    }
    struct sv bytes = unpacked_bytes(unpacked, where);
    if (!can_be_read(bytes)) {
        article_note(r->draft->a, NO_SPAN, NOTE_MISSING,
                     "the included document %s is in a format that is not read", path);
    } else if (memchr(bytes.p, '<', bytes.n)) {
        html_draft_read(&(struct html_part){.path = path, .bytes = bytes, .base = where.off},
                        &notes, r->draft);
    } else {
        read_lines(r->draft, bytes, where.off);
    }
    r->notes += notes.marks;
    html_notes_free(&notes);
}

void docx_read_chunks(struct docx_reader *r, struct unpacked *unpacked)
{
    for (size_t i = 0; i < r->chunks.n; i++)
        read_chunk(r, unpacked, r->chunks.at[i]);
    if (r->lost_chunks)
        article_note(r->draft->a, NO_SPAN, NOTE_MISSING,
                     message_plural("%zu document that is included is not in the file",
                                    "%zu documents that are included are not in the file",
                                    r->lost_chunks),
                     r->lost_chunks);
    if (r->continues)
        article_note(r->draft->a, NO_SPAN, NOTE_STRUCTURE,
                     "a document of another format that stands within the text is read behind it");
}
