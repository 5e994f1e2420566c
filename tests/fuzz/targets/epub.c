/*
 * Books: archives as they are, and the members of archives (members.h), the first of which is a
 * chapter.
 */
#include "fuzz/check.h"
#include "fuzz/members.h"
#include "fuzz/target.h"

enum { RAW = 1, ARCHIVE = 2 };

#define CHAPTER "OEBPS/a.xhtml"

static const struct member_default package[] = {
    {"META-INF/container.xml",
     "<container><rootfiles><rootfile full-path=\"OEBPS/a.opf\"/></rootfiles></container>"},
    {"OEBPS/a.opf",
     "<package xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><metadata><dc:title>Sách</dc:title>"
     "</metadata><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/>"
     "<item id=\"b\" href=\"b.xhtml\" media-type=\"text/html\"/></manifest><spine><itemref "
     "idref=\"a\"/><itemref idref=\"b\"/></spine></package>"},
    {NULL, NULL},
};

static void run(struct sv input)
{
    unsigned choices = fuzz_choices(&input);
    struct fuzz_way way = {
        .name = "fuzz.epub",
        .read = {.raw = choices & RAW, .load.max_bytes = 1 << 20},
    };
    struct buf archive = BUF_INIT;
    if (!(choices & ARCHIVE))
        members_archive(input, CHAPTER, package, &archive);
    check_article(choices & ARCHIVE ? input : buf_sv(&archive), &way);
    buf_free(&archive);
}

static const char chapter[] =
    "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"e\"><head>"
    "<title>Tên</title><style>p {}</style></head><body><h1>Chương một</h1><p>Cỡ 10<sup>6</sup>, "
    "năm "
    "1930<sup>3</sup>.<a epub:type=\"noteref\">1</a><br/>S&aacute;ng &#7841; &amp; x</p><ul><li>cá"
    "</li></ul><table><tr><td>Cá</td><td>80</td></tr></table><aside epub:type=\"footnote\"><p>Chú"
    "</p></aside><span epub:type=\"pagebreak\">12</span><ruby>字<rt>tự</rt></ruby><math><mi>x</mi>"
    "<annotation>y</annotation></math><p hidden=\"\">ẩn</p></body></html>";

static const char others[] =
    "\n@@ OEBPS/b.xhtml\n<p>Một <b>hai</p><p>ba & bốn<br>năm"
    "\n@@ META-INF/encryption.xml\n<encryption><EncryptedData><CipherData><CipherReference "
    "URI=\"OEBPS/c.xhtml\"/></CipherData></EncryptedData></encryption>"
    "\n@@ OEBPS/a.opf\n<package><metadata><dc:title>Sách &amp; vở</dc:title></metadata><manifest>"
    "<item id=\"n\" href=\"n.xhtml\" properties=\"nav\" media-type=\"application/xhtml+xml\"/>"
    "<item id=\"a\" href=\"../OEBPS/./a.xhtml\" media-type=\"application/xhtml+xml\"/>"
    "<item id=\"b\" href=\"b%2Exhtml\" media-type=\"text/html\"/></manifest><spine><itemref "
    "idref=\"n\"/><itemref idref=\"b\"/><itemref idref=\"a\" linear=\"no\"/><itemref idref=\"a\"/>"
    "</spine></package>";

static void add_seeds(const struct seeds *seeds)
{
    struct buf text = BUF_INIT, archive = BUF_INIT;
    buf_adds(&text, chapter);
    seed_bytes(seeds, 0, buf_sv(&text));
    seed_bytes(seeds, RAW, buf_sv(&text));
    buf_adds(&text, others);
    seed_bytes(seeds, 0, buf_sv(&text));
    members_archive(buf_sv(&text), CHAPTER, package, &archive);
    seed_bytes(seeds, ARCHIVE, buf_sv(&archive));
    buf_free(&text);
    buf_free(&archive);
}

const struct fuzz_target fuzz_epub = {run, add_seeds};
