/*
 * Word texts: archives as they are, and the members of archives (members.h), the first of which is
 * the text.
 */
#include "fuzz/check.h"
#include "fuzz/members.h"
#include "fuzz/target.h"

enum { RAW = 1, ARCHIVE = 2, SKIP_TABLES = 4 };

static const struct member_default none[] = {{NULL, NULL}};

static void run(struct sv input)
{
    unsigned choices = fuzz_choices(&input);
    struct fuzz_way way = {
        .name = "fuzz.docx",
        .read = {.raw = choices & RAW,
                 .skip_tables = choices & SKIP_TABLES,
                 .load.max_bytes = 1 << 20},
    };
    struct buf archive = BUF_INIT;
    if (!(choices & ARCHIVE))
        members_archive(input, "word/document.xml", none, &archive);
    check_article(choices & ARCHIVE ? input : buf_sv(&archive), &way);
    buf_free(&archive);
}

#define WORD "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define TEXT(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"

static const char document[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document " WORD "><w:body>"
    "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>" TEXT(
        "Chợ quê &amp; bến") "</w:p>"
                             "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>" TEXT(
                                 "Phần một") "</w:p>"
                                             "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId "
                                             "w:val=\"1\"/></w:numPr></w:pPr>" TEXT(
                                                 "Cá 80.000 đồng/kg") "<w:r><w:footnoteReference "
                                                                      "w:id=\"2\"/></w:r></w:p>"
                                                                      "<w:p>" TEXT(
                                                                          "cỡ 10") "<w:r><w:rPr><w:"
                                                                                   "vertAlign "
                                                                                   "w:val="
                                                                                   "\"superscript\""
                                                                                   "/></"
                                                                                   "w:rPr><w:t>6</"
                                                                                   "w:t>"
                                                                                   "</"
                                                                                   "w:r><w:r><w:"
                                                                                   "rPr><w:vanish/"
                                                                                   "></"
                                                                                   "w:rPr><w:t>ẩn</"
                                                                                   "w:t></"
                                                                                   "w:r><w:r><w:"
                                                                                   "tab/><w:br/"
                                                                                   "><w:sym "
                                                                                   "w:font="
                                                                                   "\"Symbol\" "
                                                                                   "w:char="
                                                                                   "\"F0B7\"/></"
                                                                                   "w:r><w:del><w:"
                                                                                   "r><w:delText>"
                                                                                   "bỏ</"
                                                                                   "w:delText></"
                                                                                   "w:r></w:del>"
                                                                                   "</"
                                                                                   "w:p><w:tbl><w:"
                                                                                   "tr><w:tc><w:"
                                                                                   "p>" TEXT("Hàng") "</w:p></w:tc><w:tc><w:p>" TEXT(
                                                                                       "Giá") "</"
                                                                                              "w:p>"
                                                                                              "</"
                                                                                              "w:"
                                                                                              "tc><"
                                                                                              "/w:"
                                                                                              "tr><"
                                                                                              "/w:"
                                                                                              "tbl>"
                                                                                              "</"
                                                                                              "w:"
                                                                                              "body"
                                                                                              "></"
                                                                                              "w:"
                                                                                              "docu"
                                                                                              "ment"
                                                                                              ">";

static const char parts[] =
    "\n@@ _rels/.rels\n<Relationships><Relationship Type=\"http://a/officeDocument\" "
    "Target=\"word/document.xml\"/></Relationships>"
    "\n@@ word/styles.xml\n<w:styles " WORD
    "><w:style w:styleId=\"u1\"><w:name w:val=\"heading 1\"/>"
    "<w:basedOn w:val=\"u2\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"
    "</w:styles>"
    "\n@@ word/numbering.xml\n<w:numbering " WORD "><w:abstractNum w:abstractNumId=\"0\"><w:lvl "
    "w:ilvl=\"0\"><w:start w:val=\"3\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText "
    "w:val=\"%1)\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/>"
    "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/></w:lvlOverride></w:num>"
    "</w:numbering>"
    "\n@@ word/footnotes.xml\n<w:footnotes " WORD "><w:footnote w:id=\"2\"><w:p>" TEXT(
        "Lời chú.") "</w:p></w:footnote></w:footnotes>"
                    "\n@@ docProps/core.xml\n<cp:coreProperties xmlns:cp=\"c\" "
                    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Tên</"
                    "dc:title><dc:creator>Lan"
                    "</dc:creator></cp:coreProperties>";

/* An equation, and documents of other formats within. */
static const char with_parts_of_others[] =
    "<w:document xmlns:m=\"http://a/math\"><w:body><w:p><m:oMath><m:nary><m:naryPr><m:chr "
    "m:val=\"∑\"/>"
    "</m:naryPr><m:sub><m:r><m:t>i</m:t></m:r></m:sub><m:sup/><m:e><m:f><m:num><m:r><m:t>1</m:t></"
    "m:r>"
    "</m:num><m:den><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></"
    "m:sup>"
    "</m:sSup></m:den></m:f><m:rad><m:deg><m:r><m:t>3</m:t></m:r></"
    "m:deg><m:e><m:d><m:e><m:r><m:t>a</m:t>"
    "</m:r></m:e></m:d></m:e></m:rad></m:e></m:nary></m:oMath></w:p><w:altChunk r:id=\"r1\"/>"
    "<w:altChunk r:id=\"r2\"/><w:p><w:r><w:t>Sau</w:t></w:r></w:p></w:body></w:document>"
    "\n@@ word/_rels/document.xml.rels\n<Relationships><Relationship Id=\"r1\" Type=\"x/aFChunk\" "
    "Target=\"a.htm\"/><Relationship Id=\"r2\" Type=\"x/aFChunk\" "
    "Target=\"b.txt\"/></Relationships>"
    "\n@@ word/a.htm\n<p>Chợ<sup>2</sup><table><tr><td>Cá"
    "\n@@ word/b.txt\nMột\nhai";

static void add_seeds(const struct seeds *seeds)
{
    struct buf text = BUF_INIT, archive = BUF_INIT;
    buf_adds(&text, document);
    seed_bytes(seeds, 0, buf_sv(&text));
    seed_bytes(seeds, RAW, buf_sv(&text));
    buf_adds(&text, parts);
    seed_bytes(seeds, 0, buf_sv(&text));
    members_archive(buf_sv(&text), "word/document.xml", none, &archive);
    seed_bytes(seeds, ARCHIVE, buf_sv(&archive));
    seed_text(
        seeds, SKIP_TABLES,
        "<w:document><w:body><w:p><w:r><w:t>Hãng AT&T <5 đồng &foo;chào</w:t></w:p></w:body>");
    buf_clear(&text);
    buf_adds(&text, with_parts_of_others);
    seed_bytes(seeds, 0, buf_sv(&text));
    buf_free(&text);
    buf_free(&archive);
}

const struct fuzz_target fuzz_docx = {run, add_seeds};
