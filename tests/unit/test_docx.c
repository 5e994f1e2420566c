#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "documents.h"

static const char styles[] =
    "<w:styles " WORD "><w:style w:styleId=\"u1\"><w:name w:val=\"heading 1\"/></w:style>"
    "<w:style w:styleId=\"u9\"><w:name w:val=\"Riêng\"/><w:basedOn w:val=\"u1\"/></w:style>"
    "<w:style w:styleId=\"m1\"><w:name w:val=\"toc 1\"/></w:style>"
    "<w:style w:styleId=\"a\"><w:name w:val=\"Normal\"/><w:basedOn w:val=\"b\"/></w:style>"
    "<w:style w:styleId=\"b\"><w:name w:val=\"Khác\"/><w:basedOn "
    "w:val=\"a\"/></w:style></w:styles>";

static void docx_is_read(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/styles.xml", styles},
        {"word/document.xml",
         BODY(STYLED("m1", "Mục lục 3") STYLED(
             "u1",
             "Chợ &amp; bến") "<w:p><w:r><w:t xml:space=\"preserve\">Sáng "
                              "</w:t></w:r><w:r><w:t>25-4, ch</w:t>"
                              "</w:r><w:r><w:t>ợ họp.</w:t></w:r><w:r><w:footnoteReference "
                              "w:id=\"1\"/></w:r></w:p>" STYLED("u9",
                                                                "Giá cả") "<w:tbl><w:tr>" CELL("Cá")
                                  CELL("80 đồng") "</w:tr></w:tbl>"
                                                  "<w:p><w:pPr><w:numPr><w:numId "
                                                  "w:val=\"2\"/></w:numPr></w:pPr><w:r><w:t>Một</"
                                                  "w:t>"
                                                  "<w:br/><w:t>hai</w:t></w:r></w:p>"
                                                  "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn "
                                                  "</w:t></w:r><w:r><w:t>hiện</w:t></w:r>"
                                                  "<w:del><w:r><w:delText>bỏ</w:delText></w:r></"
                                                  "w:del>"
                                                  "<w:moveFrom><w:r><w:t>dời</w:t></w:r></"
                                                  "w:moveFrom></w:p>" STYLED("a", "Vòng."))},
        {"docProps/core.xml", CORE("Tên trong thuộc tính")},
        {NULL, NULL},
    };
    expect_parts(
        "a.docx", parts,
        "title: Chợ & bến\nparagraph: Sáng 25-4, chợ họp.\nheading: Giá cả\n"
        "table: Cá; 80 đồng\nlist: Một\nlist: hai\nparagraph: ẩn  hiện bỏdời\n"
        "paragraph: Vòng.\n"
        "-properties: Tên trong thuộc tính\n-contents: Mục lục 3\n-hidden: ẩn\n-deleted: bỏdời\n");
}

#define RELATION(type, target)                                                                     \
    "<Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/" type "\" Target=\"" target  \
    "\"/>"
#define NOTE(kind, attributes, text) "<w:" kind attributes ">" PARAGRAPH(text) "</w:" kind ">"

/* The parts have other names than those Word gives them; notes are listed as skipped. */
static void docx_parts_are_found(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"_rels/.rels",
         "<Relationships>" RELATION("officeDocument/2006/relationships/officeDocument",
                                    "/word/document2.xml")
             RELATION("package/2006/relationships/metadata/core-properties",
                      "docProps/none.xml") "</Relationships>"},
        {"word/_rels/document2.xml.rels",
         "<Relationships>" RELATION("officeDocument/2006/relationships/styles", "kieu.xml")
             RELATION("officeDocument/2006/relationships/footnotes",
                      "../word/chu.xml") "</Relationships>"},
        {"word/kieu.xml", styles},
        {"word/document2.xml",
         BODY(STYLED("u1", "Chợ") "<w:p><w:r><w:t>Sáng nay"
                                  "</w:t></w:r><w:r><w:footnoteReference "
                                  "w:id=\"1\"/></w:r><w:r><w:t> họp.</w:t></w:r></w:p>")},
        {"word/chu.xml", "<w:footnotes " WORD ">" NOTE("footnote", " w:type=\"separator\"", "—")
                             NOTE("footnote", " w:id=\"1\"", "Lời chú.") "</w:footnotes>"},
        {"word/endnotes.xml",
         "<w:endnotes " WORD ">" NOTE("endnote", "", "Chú cuối.") "</w:endnotes>"},
        {NULL, NULL},
    };
    static const struct part slides[] = {
        {"_rels/.rels",
         "<Relationships>" RELATION("officeDocument/2006/relationships/officeDocument",
                                    "ppt/presentation.xml") "</Relationships>"},
        {"ppt/presentation.xml", "<p/>"},
        {NULL, NULL},
    };
    expect_parts("a.docx", parts,
                 "title: Chợ\nparagraph: Sáng nay họp.\n-notes: Lời chú.\n-notes: Chú cuối.\n");
    expect_parts_error(slides, 0, "presentation");
}

#define LEVEL(number, format, text)                                                                \
    "<w:lvl w:ilvl=\"" number "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" format                 \
    "\"/><w:lvlText w:val=\"" text "\"/></w:lvl>"
#define IN_LIST(id, level, text)                                                                   \
    "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" id                       \
    "\"/></w:numPr></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"

static void docx_counts_paragraphs(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/numbering.xml",
         "<w:numbering " WORD
         "><w:abstractNum w:abstractNumId=\"7\">" LEVEL("0", "decimal", "Điều %1.")
             LEVEL("1", "lowerLetter", "%2)") LEVEL("2", "decimal", "%1.%3.")
                 LEVEL("3", "bullet", "-") "</w:abstractNum><w:abstractNum "
                                           "w:abstractNumId=\"8\">" LEVEL(
                                               "0", "upperRoman",
                                               "%1.") "</w:abstractNum>"
                                                      "<w:num w:numId=\"1\"><w:abstractNumId "
                                                      "w:val=\"7\"/></w:num>"
                                                      "<w:num w:numId=\"2\"><w:abstractNumId "
                                                      "w:val=\"8\"/></w:num>"
                                                      "<w:num w:numId=\"3\"><w:abstractNumId "
                                                      "w:val=\"8\"/><w:lvlOverride "
                                                      "w:ilvl=\"0\"><w:startOverride "
                                                      "w:val=\"9\"/></w:lvlOverride></w:num></"
                                                      "w:numbering>"},
        {"word/styles.xml",
         "<w:styles " WORD "><w:style w:styleId=\"m\"><w:name w:val=\"heading "
         "1\"/><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>"
         "</w:styles>"},
        {"word/document.xml",
         BODY(PARAGRAPH("Mở đầu.") IN_LIST("1", "0", "Phạm vi") IN_LIST("1", "1", "Tổ chức;")
                  IN_LIST("1", "1", "Cá nhân.") IN_LIST("1", "0", "Mức thu") IN_LIST(
                      "1", "2", "Phí.") IN_LIST("1", "1", "Lệ phí.") IN_LIST("1", "3", "Gạch.")
                      STYLED("m", "Mục một") IN_LIST("2", "0", "Mục hai")
                          IN_LIST("3", "0", "Mục chín") IN_LIST("3", "0", "Mục mười")
                              IN_LIST("5", "0", "Lạ.") IN_LIST("0", "0", "Không."))},
        {NULL, NULL},
    };
    expect_parts("a.docx", parts,
                 "paragraph: Mở đầu.\nlist: Điều 1. Phạm vi\nlist: a) Tổ chức;\nlist: b) Cá nhân.\n"
                 "list: Điều 2. Mức thu\nlist: 2.1. Phí.\nlist: a) Lệ phí.\nlist: Gạch.\n"
                 "heading: I. Mục một\nlist: II. Mục hai\nlist: IX. Mục chín\nlist: X. Mục mười\n"
                 "list: Lạ.\nparagraph: Không.\n");
}

#define RAISED(before, raised, after)                                                              \
    "<w:p><w:r><w:t>" before                                                                       \
    "</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>"                         \
    "<w:t>" raised "</w:t></w:r><w:r><w:t>" after "</w:t></w:r></w:p>"

static void raised_text_is_a_power_or_a_note(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml",
         BODY(RAISED("Gần 10", "6", " vi khuẩn.") RAISED("Năm 1930", "3", " có Đảng.")
                  RAISED("Rộng 5 km", "2", ".") RAISED("Lúc 2.10", "4", ".")
                      RAISED("Nhãn Việt", "®", ".") RAISED("Theo báo cáo", "[12]", ".")
                          RAISED("Cỡ 10", "-9", " m.") RAISED("x", "2", " + 1"))},
        {NULL, NULL},
    };
    expect_parts("a.docx", parts,
                 "paragraph: Gần 10⁶ vi khuẩn.\nparagraph: Năm 1930 3 có Đảng.\n"
                 "paragraph: Rộng 5 km².\nparagraph: Lúc 2.10 4.\nparagraph: Nhãn Việt®.\n"
                 "paragraph: Theo báo cáo [12].\nparagraph: Cỡ 10⁻⁹ m.\nparagraph: x² + 1\n"
                 "-notes: 3\n-notes: 4\n-notes: [12]\n");
}

#define RUN(text) "<w:r><w:t>" text "</w:t></w:r>"
#define SPACED(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define SIGN(font, code) "<w:r><w:sym w:font=\"" font "\" w:char=\"" code "\"/></w:r>"
#define LINE(runs) "<w:p>" runs "</w:p>"

static void signs_of_fonts_are_characters(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml",
         BODY(LINE(SPACED("Góc ") SIGN("Symbol", "F061") SPACED(" bằng 30") SIGN("Symbol", "F0B0"))
                  LINE(SIGN("Wingdings", "F0FC") SPACED(" Đồng ý ") SIGN("Wingdings", "A8"))
                      LINE(SPACED("Lạ ") SIGN("Wingdings", "F0BF") SIGN("Webdings", "F041")
                               SIGN("Symbol", "xyz") RUN(" hết."))
                          LINE("<w:r><w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr><w:t>"
                               "\xEF\x81\xA2 v\xEF\x82\xAE</w:t></w:r>" RUN("\xEF\x82\xB7")))},
        {NULL, NULL},
    };
    expect_parts("a.docx", parts,
                 "paragraph: Góc α bằng 30°\nparagraph: ✓ Đồng ý □\nparagraph: Lạ \xEF\x82\xBF"
                 "\xEF\x81\x81 hết.\nparagraph: β v→\xEF\x82\xB7\n");
}

static void characters_that_are_elements(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml",
         BODY("<w:p><w:r><w:t>Hà</w:t><w:noBreakHyphen/><w:t>Nội, chợ</w:t><w:softHyphen/>"
              "<w:t>phiên</w:t><w:tab/><w:t>năm</w:t><w:cr/><w:t>sau</w:t></w:r></w:p>"
              "<w:tbl><w:tr>" CELL("Một") "<w:tc><w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/>"
                                          "</w:tabs></w:pPr>" RUN("hai") "</w:p>" PARAGRAPH(
                                              "ba") "</w:tc></w:tr></w:tbl>"
                                                    "<w:p><w:pPr><w:"
                                                    "framePr w:dropCap="
                                                    "\"drop\"/></w:pPr>" RUN(
                                                        "T") "</w:p>"
                                                             "<w:p>" RUN("rời mưa.") "</w:p>")},
        {NULL, NULL},
    };
    expect_parts("a.docx", parts,
                 "paragraph: Hà-Nội, chợphiên   năm\nparagraph: sau\ntable: Một; hai\ntable: ba\n"
                 "paragraph: Trời mưa.\n");
}

#define FIELD(instruction, shown)                                                                  \
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>" instruction                \
    "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" shown                 \
    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"

static void fields_show_text(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml",
         BODY(LINE(SPACED("Xem ") FIELD(" HYPERLINK \"https://vi.vn\" ", RUN("trang này"))
                       RUN(".") "<w:hyperlink w:anchor=\"a\">" SPACED(" Và đây.") "</w:hyperlink>")
                  LINE(SPACED("Trang ") FIELD(" PAGE  \\* MERGEFORMAT ", RUN("3"))
                           SPACED(" trong ") "<w:fldSimple w:instr=\" NUMPAGES \">" RUN(
                               "9") "</w:fldSimple>" RUN("."))
                      LINE(FIELD(" IF ", FIELD("PAGE", RUN("4")) RUN("năm")) RUN(" sáu."))
                          LINE("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:fldSimple "
                               "w:instr=\"DATE\">" RUN("25/4.") "</w:fldSimple>"))},
        {NULL, NULL},
    };
    expect_parts("a.docx", parts,
                 "paragraph: Xem trang này. Và đây.\nparagraph: Trang 3 trong 9.\n"
                 "paragraph: 4 năm sáu.\nparagraph: 25/4.\n-page: 3\n-page: 9\n-page: 4\n");
}

static void changes_are_read_as_accepted(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml",
         BODY(LINE(RUN("Giá ") "<w:del w:id=\"1\"><w:r><w:delText>năm</w:delText></w:r></w:del>"
                               "<w:ins w:id=\"2\">" RUN("sáu") "</w:ins>" RUN(" đồng."))
                  LINE("<w:moveFrom>" RUN("Câu dời.") "</w:moveFrom>") LINE("<w:moveTo>" RUN(
                      "Câu dời.") "</w:moveTo>") "<w:p><w:pPr><w:rPr><w:del "
                                                 "w:id=\"3\"/></w:rPr></"
                                                 "w:pPr>" SPACED("Một ") "</"
                                                                         "w:p><w:p><w:pPr><w:"
                                                                         "pPrChange><w:pPr><"
                                                                         "w:pStyle "
                                                                         "w:val=\"Title\"/>"
                                                                         "</w:pPr></"
                                                                         "w:pPrChange></"
                                                                         "w:pPr>" RUN(
                                                                             "hai.") "</"
                                                                                     "w:p>")},
        {NULL, NULL},
    };
    expect_parts("a.docx", parts,
                 "paragraph: Giá năm sáu đồng.\nparagraph: Câu dời.\nparagraph: Một hai.\n"
                 "-deleted: Câu dời.\n-deleted: năm\n");
}

static void what_stands_beside_the_text_is_listed(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/_rels/document.xml.rels",
         "<Relationships>" RELATION("officeDocument/2006/relationships/header", "header1.xml")
             RELATION("officeDocument/2006/relationships/header", "header1.xml")
                 RELATION("officeDocument/2006/relationships/footer", "footer1.xml") RELATION(
                     "officeDocument/2006/relationships/footer", "khong.xml") "</Relationships>"},
        {"word/header1.xml", "<w:hdr " WORD ">" PARAGRAPH("BÁO CHỢ") "</w:hdr>"},
        {"word/footer1.xml",
         "<w:ftr " WORD ">" LINE(RUN("Trang ") FIELD("PAGE", RUN("1"))) "</w:ftr>"},
        {"word/comments.xml", "<w:comments " WORD "><w:comment w:id=\"0\">" PARAGRAPH(
                                  "Xem lại.") "</w:comment></w:comments>"},
        {"word/document.xml",
         BODY(LINE(RUN("Chợ họp.") "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>"
                                   "<w:footnoteReference w:customMarkFollows=\"1\" w:id=\"2\"/>"
                                   "<w:t>a</w:t></w:r>" RUN("Sớm."))
                  LINE("<w:r><w:ruby><w:rt>" RUN("tự") "</w:rt><w:rubyBase>" RUN(
                      "字") "</w:rubyBase></w:ruby></w:r>"))},
        {NULL, NULL},
    };
    expect_parts("a.docx", parts,
                 "paragraph: Chợ họp. a Sớm.\nparagraph: tự 字\n-comments: Xem lại.\n"
                 "-margin: BÁO CHỢ\n-margin: Trang 1\n-notes: a\n-pronunciation: tự\n");
}

#define MATH "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""
#define LETTERS(text) "<m:r><m:t>" text "</m:t></m:r>"

/* A paragraph with an equation. */
static void expect_equation(const char *equation, const char *expected)
{
    struct buf document = BUF_INIT, all = BUF_INIT;
    buf_addf(&document,
             BODY("<w:p><w:r><w:t xml:space=\"preserve\">Ta có </w:t></w:r><m:oMath " MATH ">%s"
                  "</m:oMath><w:r><w:t>.</w:t></w:r></w:p>"),
             equation);
    buf_addf(&all, "paragraph: Ta có %s.\n", expected);
    expect_parts("a.docx", (const struct part[]){{"word/document.xml", document.p}, {NULL, NULL}},
                 all.p);
    buf_free(&document);
    buf_free(&all);
}

static void equations(void **state)
{
    (void)state;
    expect_equation(
        "<m:sSup><m:e>" LETTERS("x") "</m:e><m:sup>" LETTERS("2") "</m:sup></m:sSup>" LETTERS("=5"),
        "x² =5");
    expect_equation("<m:sSup><m:e>" LETTERS("x") "</m:e><m:sup>" LETTERS("n") "</m:sup></m:sSup>",
                    "x mũ n");
    expect_equation("<m:sSub><m:e>" LETTERS("x") "</m:e><m:sub>" LETTERS("1") "</m:sub></m:sSub>",
                    "x 1");
    expect_equation("<m:f><m:fPr/><m:num>" LETTERS("1") "</m:num><m:den>" LETTERS(
                        "2") "</m:den></m:f>" LETTERS("+y"),
                    "1/2 +y");
    expect_equation("<m:sSup><m:e>" LETTERS("x") "</m:e><m:sup>" LETTERS("2")
                        LETTERS("n") "</m:sup></m:sSup>",
                    "x mũ 2n");
    expect_equation("<m:f><m:num>" LETTERS("1") "</m:num><m:den>" LETTERS("2")
                        LETTERS("a") "</m:den></m:f>",
                    "1 trên 2a");
    expect_equation("<m:f><m:num>" LETTERS("a+b") "</m:num><m:den>" LETTERS(
                        "2") "</m:den></m:f>" LETTERS("=5−c"),
                    "a+b, tất cả trên 2 =5 trừ c");
    expect_equation("<m:limLow><m:e>" LETTERS("lim") "</m:e><m:lim>" LETTERS(
                        "x→0") "</m:lim></m:limLow>" LETTERS("f"),
                    "lim khi x→0, f");
    expect_equation("<m:rad><m:deg/><m:e>" LETTERS("3") "</m:e></m:rad>", "căn 3");
    expect_equation("<m:rad><m:deg>" LETTERS("3") "</m:deg><m:e>" LETTERS("x") "</m:e></m:rad>",
                    "căn bậc 3 của x");
    expect_equation(
        "<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr><m:sub>" LETTERS(
            "i=1") "</m:sub><m:sup>" LETTERS("n") "</m:sup><m:e>" LETTERS("i") "</m:e></m:nary>",
        "∑ từ i=1 đến n của i");
    expect_equation("<m:nary><m:sub/><m:sup/><m:e>" LETTERS("f") "</m:e></m:nary>", "∫ f");
    expect_equation("<m:d><m:e>" LETTERS("a+b") "</m:e></m:d>" LETTERS("=0"), "(a+b)=0");
    /* Nothing but text: as it is, also where elements of another kind have these names. */
    expect_equation(LETTERS("a=b"), "a=b");
    expect_equation("<x:den xmlns:x=\"y\"/>" LETTERS("a"), "a");
}

#define CHUNK(id) "<w:altChunk r:id=\"" id "\" xmlns:r=\"r\"/>"

static void documents_within(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml", BODY(PARAGRAPH("Trước.") CHUNK("r1") CHUNK("r2"))},
        {"word/_rels/document.xml.rels",
         "<Relationships><Relationship Id=\"r1\" Type=\"http://x/aFChunk\" Target=\"a.htm\"/>"
         "<Relationship Id=\"r2\" Type=\"http://x/aFChunk\" Target=\"b.txt\"/></Relationships>"},
        {"word/a.htm", "<html><head><title>Tên</title></head><body><h1>Chợ</h1><p>Cá &amp; rau."
                       "</p></body></html>"},
        {"word/b.txt", "Dòng một.\r\nDòng hai."},
        {NULL, NULL},
    };
    expect_parts("a.docx", parts,
                 "paragraph: Trước.\nheading: Chợ\nparagraph: Cá & rau.\nparagraph: Dòng một.\n"
                 "paragraph: Dòng hai.\n-title: Tên\n");
    static const struct part others[] = {
        {"word/document.xml", BODY(CHUNK("r1") CHUNK("r2") CHUNK("r3") PARAGRAPH("Sau."))},
        {"word/_rels/document.xml.rels",
         "<Relationships><Relationship Id=\"r1\" Type=\"http://x/aFChunk\" Target=\"a.rtf\"/>"
         "<Relationship Id=\"r2\" Type=\"http://x/aFChunk\" Target=\"b.docx\"/></Relationships>"},
        {"word/a.rtf", "{\\rtf1 Chợ}"},
        {"word/b.docx", "PK\x03\x04"},
        {NULL, NULL},
    };
    static const enum note_kind kinds_of_notes[] = {NOTE_MISSING, NOTE_MISSING, NOTE_MISSING,
                                                    NOTE_STRUCTURE};
    struct buf bytes = BUF_INIT;
    struct article a;
    zip_parts(&bytes, others, NULL);
    open_document(&a, "a.docx", buf_sv(&bytes), false);
    expect_described(&a, "paragraph: Sau.\n");
    expect_promises(&a);
    assert_int_equal(a.diagnostics.n, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(a.diagnostics.at[i].kind, kinds_of_notes[i]);
    article_free(&a);
    buf_free(&bytes);
}

static void docx_finds_its_title(void **state)
{
    (void)state;
    static const struct part properties[] = {
        {"word/document.xml", BODY(PARAGRAPH("Một đoạn văn."))},
        {"docProps/core.xml", CORE("Tên của bài")},
        {NULL, NULL},
    };
    static const struct part same[] = {
        {"word/document.xml", BODY(PARAGRAPH("Tên của bài") PARAGRAPH("Một đoạn văn."))},
        {"docProps/core.xml", CORE("Tên của bài")},
        {NULL, NULL},
    };
    static const struct part none[] = {
        {"word/document.xml", BODY(PARAGRAPH("Một đoạn văn."))},
        {"docProps/core.xml", CORE("Document1")},
        {NULL, NULL},
    };
    static const struct part plain_ids[] = {
        {"word/document.xml", BODY(STYLED("Title", "Tên") STYLED("Heading2", "Mục"))},
        {NULL, NULL},
    };
    expect_parts("a", properties, "title: Tên của bài\nparagraph: Một đoạn văn.\n");
    expect_parts("a", same,
                 "title: Tên của bài\nparagraph: Một đoạn văn.\n"
                 "-properties: Tên của bài\n");
    expect_parts("a", none, "paragraph: Một đoạn văn.\n-properties: Document1\n");
    expect_parts("a", plain_ids, "title: Tên\nheading: Mục\n");
}

static void docx_keeps_its_places(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml", BODY("<!-- <w:t>không</w:t> -->" PARAGRAPH(
                                  "a &lt;b&#x1EBF;") "<w:p w:x='1>2'/>"
                                                     "<w:p><w:r><w:t><![CDATA[R & <D>]]> "
                                                     "x</w:t></w:r></w:p>\r\n" PARAGRAPH(
                                                         "hai\r\nba") PARAGRAPH("Ho\u0300a"))},
        {"docProps/core.xml", CORE("Tên của bài")},
        {NULL, NULL},
    };
    static const char member[] = "word/document.xml";
    struct buf bytes = BUF_INIT;
    struct article a;
    zip_parts(&bytes, parts, NULL);
    open_document(&a, "a.docx", buf_sv(&bytes), false);
    expect_source(&a, "Tên của bài", "docProps/core.xml", "Tên của bài");
    expect_source(&a, "<b", member, "&lt;b");
    expect_source(&a, "bế", member, "b&#x1EBF;");
    expect_source(&a, "R & <D>", member, "R & <D>");
    expect_source(&a, "x", member, "x");
    expect_source(&a, "hai\nba", member, "hai\r\nba");
    expect_source(&a, "Hòa", member, "Ho\u0300a");
    article_free(&a);
    buf_free(&bytes);
}

static void docx_of_boxes_and_forms(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml",
         BODY(
             "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table "
             "of Contents\"/>"
             "</w:docPartObj></w:sdtPr><w:sdtContent>" PARAGRAPH("Mục lục") PARAGRAPH(
                 "Chương 1") "</w:sdtContent></w:sdt>"
                             "<w:p><w:r><w:t>Trước "
                             "</w:t></w:r><mc:AlternateContent "
                             "xmlns:mc=\"m\"><mc:Choice>"
                             "<w:txbxContent>" PARAGRAPH(
                                 "Trong "
                                 "khung") "</w:txbxContent></"
                                          "mc:Choice><mc:Fallback>" PARAGRAPH(
                                              "Trong "
                                              "khung") "</"
                                                       "mc"
                                                       ":F"
                                                       "al"
                                                       "lb"
                                                       "ac"
                                                       "k>"
                                                       "</"
                                                       "mc"
                                                       ":"
                                                       "Al"
                                                       "te"
                                                       "rn"
                                                       "at"
                                                       "eC"
                                                       "on"
                                                       "te"
                                                       "nt"
                                                       "><"
                                                       "w:"
                                                       "r>"
                                                       "<w"
                                                       ":t"
                                                       ">s"
                                                       "au"
                                                       ".<"
                                                       "/"
                                                       "w:"
                                                       "t>"
                                                       "</"
                                                       "w:"
                                                       "r>"
                                                       "</"
                                                       "w:"
                                                       "p>"
                                                       "<w"
                                                       ":t"
                                                       "bl"
                                                       "><"
                                                       "w:"
                                                       "tr"
                                                       "><"
                                                       "w:"
                                                       "tc"
                                                       ">" PARAGRAPH("UBND XÃ") PARAGRAPH(
                                                           "Số: "
                                                           "5/"
                                                           "QĐ") "</w:tc>" CELL("CỘNG "
                                                                                "HÒA") "</"
                                                                                       "w:tr><w:"
                                                                                       "tr>" CELL("") CELL(
                                                                                           "x") "<"
                                                                                                "/"
                                                                                                "w"
                                                                                                ":"
                                                                                                "t"
                                                                                                "r"
                                                                                                ">"
                                                                                                "<"
                                                                                                "/"
                                                                                                "w"
                                                                                                ":"
                                                                                                "t"
                                                                                                "b"
                                                                                                "l"
                                                                                                ">")},
        {NULL, NULL},
    };
    struct buf bytes = BUF_INIT;
    struct article a;
    zip_parts(&bytes, parts, NULL);
    open_document(&a, "a.docx", buf_sv(&bytes), false);
    expect_promises(&a);
    assert_true(stands_before(&a, "Trước", "Trong khung"));
    assert_true(stands_before(&a, "Trong khung", "sau."));
    assert_true(stands_before(&a, "UBND XÃ", "Số: 5/QĐ"));
    assert_true(stands_before(&a, "Số: 5/QĐ", "CỘNG HÒA"));
    assert_int_equal(a.skipped.at[a.skipped.n - 1].reason, SKIP_REPEATED);
    assert_int_equal(a.skipped.n, 3);
    assert_int_equal(a.skipped.at[1].reason, SKIP_CONTENTS);
    article_free(&a);
    buf_free(&bytes);
}

static void docx_has_date_and_byline(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml",
         BODY(STYLED("Title", "Chợ Cầu Ván") PARAGRAPH("Thứ 7, 10/05/2025 | 16:05") PARAGRAPH(
             "Chợ họp từ sớm, đông vui.") PARAGRAPH("Ai cũng mừng.") PARAGRAPH("Lê Thị Sáu"))},
        {NULL, NULL},
    };
    struct buf bytes = BUF_INIT;
    struct article a;
    expect_parts("a.docx", parts,
                 "title: Chợ Cầu Ván\ndate: Thứ 7, 10/05/2025\n"
                 "paragraph: Chợ họp từ sớm, đông vui.\nparagraph: Ai cũng mừng.\n"
                 "byline: Lê Thị Sáu\n-decoration: |\n-clock: 16:05\n");
    zip_parts(&bytes, parts, NULL);
    open_document(&a, "a.docx", buf_sv(&bytes), false);
    assert_string_equal(a.date, "2025-05-10T16:05");
    article_free(&a);
    buf_free(&bytes);
}

static void bytes_that_are_not_utf8(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml", BODY(PARAGRAPH("Chợ quê \xCF\xCF\xCF\xCF\xCF\xCF\xCF\xCF\xCF họp")
                                       PARAGRAPH("Phần hai &bull; ba") PARAGRAPH("tr\xE1i"))},
        {NULL, NULL},
    };
    struct buf bytes = BUF_INIT;
    struct article a;
    zip_parts(&bytes, parts, NULL);
    open_document(&a, "a.docx", buf_sv(&bytes), false);
    expect_described(
        &a, "paragraph: Chợ quê \uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD họp\n"
            "paragraph: Phần hai • ba\nparagraph: tr\uFFFDi\n");
    expect_source(&a, "•", "word/document.xml", "&bull;");
    assert_non_null(strstr(a.diagnostics.at[0].message, "10 byte sequences"));
    expect_promises(&a);
    article_free(&a);
    buf_free(&bytes);
}

/* ---- a web page that was pasted ---- */

#define PROSE_1                                                                                    \
    "Sáng sớm nay, người dân xóm Bến kéo nhau ra đê xem nước rút sau ba ngày mưa lớn liên tiếp."
#define PROSE_2                                                                                    \
    "Theo ban quản lý, mực nước đã xuống dưới mức báo động và các chuyến đò sẽ chạy lại từ chiều."
#define PROSE_3                                                                                    \
    "Bà con nói năm nay lũ về muộn hơn mọi năm, nhưng ai cũng đã kịp gặt xong ruộng lúa của mình."
#define MENU PARAGRAPH("Trang chủ") PARAGRAPH("Thời sự") PARAGRAPH("Thế giới") PARAGRAPH("Kinh tế")
#define STORY PARAGRAPH(PROSE_1) PARAGRAPH(PROSE_2) PARAGRAPH(PROSE_3)
#define STORY_READ "paragraph: " PROSE_1 "\nparagraph: " PROSE_2 "\nparagraph: " PROSE_3 "\n"

static void expect_document(const char *document, const char *expected)
{
    const struct part parts[] = {
        {"word/styles.xml", styles}, {"word/document.xml", document}, {NULL, NULL}};
    expect_parts("a.docx", parts, expected);
}

static void docx_pasted_page(void **state)
{
    (void)state;
    /* What Word knows stays: the heading, the table. Its title is the page's. */
    expect_document(
        BODY(MENU STYLED("u1", "Đọc báo") PARAGRAPH("Chuyến đò đầu tiên sau cơn lũ ở xóm Bến")
                 PARAGRAPH("05/03/2024 09:51") PARAGRAPH(PROSE_1) STYLED("u9", "Nước rút")
                     PARAGRAPH(PROSE_2) "<w:tbl><w:tr>" CELL("Đò")
                         CELL("80 đồng") "</w:tr></w:tbl>" PARAGRAPH(PROSE_3)
                             PARAGRAPH("Bình luận (2)") PARAGRAPH("Hay quá, cảm ơn tác giả.")
                                 PARAGRAPH("Bản quyền thuộc về Báo Sớm Mai")),
        "title: Chuyến đò đầu tiên sau cơn lũ ở xóm Bến\ndate: 05/03/2024\nsapo: " PROSE_1
        "\nheading: Nước rút\nparagraph: " PROSE_2 "\ntable: Đò; 80 đồng\nparagraph: " PROSE_3
        "\n-menu: Trang chủ\n-menu: Thời sự\n-menu: Thế giới\n-menu: Kinh tế\n-menu: Đọc báo\n"
        "-clock: 09:51\n-comments: Bình luận (2)\n-comments: Hay quá, cảm ơn tác giả.\n"
        "-copyright: Bản quyền thuộc về Báo Sớm Mai\n");
}

/* Documents that look a little like a page are read whole. */
static void docx_is_no_page(void **state)
{
    (void)state;
    static const char menu_read[] = "paragraph: Trang chủ\nparagraph: Thời sự\nparagraph: Thế "
                                    "giới\nparagraph: Kinh tế\n";
    struct buf expected = BUF_INIT;
    /* Names of sections alone may be those of a report. */
    buf_addf(&expected, "%s%s", menu_read, STORY_READ);
    expect_document(BODY(MENU STORY), expected.p);
    /* So may a copyright alone. */
    expect_document(BODY(STORY PARAGRAPH("Bản quyền thuộc về Báo Sớm Mai")),
                    STORY_READ "paragraph: Bản quyền thuộc về Báo Sớm Mai\n");
    /* Both, but inside the text. */
    buf_clear(&expected);
    buf_addf(&expected, "%s%sparagraph: Chia sẻ\n%s", STORY_READ, menu_read, STORY_READ);
    expect_document(BODY(STORY MENU PARAGRAPH("Chia sẻ") STORY), expected.p);
    buf_free(&expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(docx_pasted_page),
        cmocka_unit_test(docx_is_no_page),
        cmocka_unit_test(bytes_that_are_not_utf8),
        cmocka_unit_test(equations),
        cmocka_unit_test(documents_within),
        cmocka_unit_test(docx_is_read),
        cmocka_unit_test(docx_parts_are_found),
        cmocka_unit_test(raised_text_is_a_power_or_a_note),
        cmocka_unit_test(docx_counts_paragraphs),
        cmocka_unit_test(signs_of_fonts_are_characters),
        cmocka_unit_test(characters_that_are_elements),
        cmocka_unit_test(fields_show_text),
        cmocka_unit_test(changes_are_read_as_accepted),
        cmocka_unit_test(what_stands_beside_the_text_is_listed),
        cmocka_unit_test(docx_finds_its_title),
        cmocka_unit_test(docx_keeps_its_places),
        cmocka_unit_test(docx_of_boxes_and_forms),
        cmocka_unit_test(docx_has_date_and_byline),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
