#include "sink/tag/rdxml.h"

#include <inttypes.h>

#include "base/utf8.h"

enum {
    MOST_CHARACTERS = 191,
    MOST_OF_CUT = 64,
    MOST_LINE = 960, /* bytes of the text as it is written */
};

/* As many whole characters as fit. */
static void add_text(struct buf *out, struct sv text, unsigned most)
{
    size_t start = out->n;
    for (size_t i = 0; i < text.n && most; most--) {
        uint32_t code;
        size_t before = out->n, n = utf8_decode_valid(text.p + i, &code);
        buf_add_markup(out, sv_sub(text, i, n));
        if (out->n - start > MOST_LINE) {
            buf_cut(out, before);
            return;
        }
        i += n;
    }
}

static void add_element(struct buf *out, const char *indent, const char *name, struct sv text,
                        unsigned most)
{
    if (!text.n)
        return;
    buf_addf(out, "%s<%s>", indent, name);
    add_text(out, text, most);
    buf_addf(out, "</%s>\n", name);
}

void rdxml_add(struct buf *out, const struct description *d, uint64_t ms)
{
    enum { YEAR = 4 };
    const struct sink_tags *t = &d->tags;
    buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<cart>\n");
    add_element(out, "  ", "title", t->title, MOST_CHARACTERS);
    add_element(out, "  ", "artist", t->author, MOST_CHARACTERS);
    add_element(out, "  ", "album", t->source, MOST_CHARACTERS);
    add_element(out, "  ", "year", t->date.n < YEAR ? SV("") : sv_sub(t->date, 0, YEAR), YEAR);
    add_element(out, "  ", "userDefined", t->comment, MOST_CHARACTERS);
    buf_adds(out, "  <cutList>\n    <cut>\n");
    add_element(out, "      ", "description", t->title, MOST_OF_CUT);
    buf_addf(out, "      <length>%" PRIu64 "</length>\n", ms);
    buf_adds(out, "    </cut>\n  </cutList>\n</cart>\n");
}
