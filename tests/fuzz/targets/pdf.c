/*
 * PDF files as they are, and the text of pages, divided by form feeds, in a file made of it.
 */
#include "base/utf8.h"
#include "fuzz/check.h"
#include "fuzz/target.h"

enum { RAW = 1, PAGES = 2 };

/* ---- a file made of text ---- */

/* A line of a page, as UTF-16, which the font leads to the same characters. */
static void add_line(struct sv line, unsigned from_top, struct buf *out)
{
    enum { TOP = 800, LINE = 14, LEFT = 20 };
    buf_addf(out, "BT /F 12 Tf %d %d Td <", LEFT, TOP - (int)from_top * LINE);
    for (size_t i = 0; i < line.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(line, i, line.n - i), &code);
        buf_addf(out, "%04X", code < 0x10000 ? code : UTF8_REPLACEMENT);
        i += n ? n : 1;
    }
    buf_adds(out, "> Tj ET\n");
}

static void add_page(struct sv page, unsigned number, struct buf *out)
{
    struct buf stream = BUF_INIT;
    for (unsigned line = 0; page.p; line++)
        add_line(sv_cut(&page, '\n'), line, &stream);
    buf_addf(out,
             "%u 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 820]/Contents %u 0 R/Resources"
             "<</Font<</F 3 0 R>>>>>>\nendobj\n%u 0 obj\n<</Length %zu>>\nstream\n%s\nendstream\n"
             "endobj\n",
             number, number + 1, number + 1, stream.n, stream.p);
    buf_free(&stream);
}

static const char font[] =
    "3 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[<</Type"
    "/Font/Subtype/CIDFontType2/BaseFont/F/DW "
    "500/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    "/Supplement 0>>>>]/ToUnicode 4 0 R>>\nendobj\n"
    "4 0 obj\n<</Length 205>>\nstream\n/CIDInit /ProcSet findresource begin begincmap /CMapName /V "
    "def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    "1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end\n          \nendstream\nendobj\n";

static void make_file(struct sv text, struct buf *out)
{
    enum { PAGES_MAX = 50, FIRST = 5 };
    struct buf kids = BUF_INIT;
    unsigned pages = 0;
    buf_addf(out, "%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n%s", font);
    for (; text.p && pages < PAGES_MAX; pages++) {
        add_page(sv_cut(&text, '\f'), FIRST + 2 * pages, out);
        buf_addf(&kids, "%u 0 R ", FIRST + 2 * pages);
    }
    buf_addf(
        out,
        "2 0 obj\n<</Type/Pages/Count %u/Kids[%s]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%%%EOF\n",
        pages, kids.p);
    buf_free(&kids);
}

/* ---- the target ---- */

static void run(struct sv input)
{
    unsigned choices = fuzz_choices(&input);
    struct fuzz_way way = {
        .name = "fuzz.pdf",
        .read = {.raw = choices & RAW, .load.max_bytes = 1 << 20},
    };
    struct buf file = BUF_INIT;
    if (choices & PAGES)
        make_file(input, &file);
    check_article(choices & PAGES ? buf_sv(&file) : input, &way);
    buf_free(&file);
}

static const char pages[] = "BÁO A\nChợ quê họp sớm\nSáng nay chợ họp từ 5 giờ, giá\ncá tăng 5%.\n1"
                            "\fBÁO A\nĐoạn hai của bài.\n2\fBÁO A\nĐoạn ba.\n\n- 3 -\fBÁO A\n4";

static void add_seeds(const struct seeds *seeds)
{
    struct buf file = BUF_INIT;
    seed_text(seeds, PAGES, pages);
    seed_text(seeds, PAGES | RAW, pages);
    make_file(SV("Chợ họp\fTrang 2"), &file);
    seed_bytes(seeds, 0, buf_sv(&file));
    buf_free(&file);
}

const struct fuzz_target fuzz_pdf = {run, add_seeds};
