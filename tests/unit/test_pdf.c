#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "documents.h"

/* One page of two lines. The font's codes are led to Vietnamese letters by its table; the index
 * that a PDF ends with is left out, which readers make up for. */
static const char pdf[] =
    "%PDF-1.4\n"
    "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R"
    "/Resources<</Font<</F1 5 0 R>>>>>>\nendobj\n"
    "4 0 obj\n<</Length 87>>\nstream\n"
    "BT /F1 12 Tf 20 300 Td (Ch# h$p l%c 5 gi& s'ng.) Tj 0 -20 Td (Ai c(ng vui.) Tj ET     \n"
    "\nendstream\nendobj\n"
    "5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>\nendobj\n"
    "6 0 obj\n<</Length 276>>\nstream\n"
    "/CIDInit /ProcSet findresource begin begincmap /CMapName /V def /CMapType 2 def\n"
    "1 begincodespacerange <00> <FF> endcodespacerange\n"
    "1 beginbfrange <28> <7E> <0028> endbfrange\n"
    "6 beginbfchar <20> <0020> <23> <1EE3> <24> <1ECD> <25> <00FA> <26> <1EDD> <27> <00E1>\n"
    "endbfchar endcmap end\n"
    "\nendstream\nendobj\n"
    "trailer\n<</Root 1 0 R/Size 7>>\n%%EOF\n";

static void pdf_gives_its_text(void **state)
{
    (void)state;
    struct article a;
    struct err e = ERR_INIT;
    struct read_options options = {0};
    enum status status = article_from_bytes(&a, "a.pdf", SV(pdf), &options, &e);
    bool lacking = status == STATUS_USAGE && strstr(e.message.p, "poppler-glib");
    if (status && !lacking)
        fail_msg("%s", e.message.p);
    if (!status) {
        assert_true(sv_find(a.text, SV("Chợ họp lúc 5 giờ sáng.")) >= 0);
        expect_promises(&a);
        assert_int_equal(a.members.n, 0);
    }
    article_free(&a);
    err_free(&e);
    if (lacking)
        skip();
    expect_error(SV("%PDF-1.4\nkhông có gì"), 0, "damaged");
}

static void add_object(struct buf *out, size_t number, const char *inside)
{
    buf_addf(out, "%zu 0 obj\n%s\nendobj\n", number, inside);
}

/* Pages with a head, two lines and a number each. */
static void make_pages(struct buf *out, size_t pages)
{
    struct buf kids = BUF_INIT, stream = BUF_INIT, object = BUF_INIT;
    buf_adds(out, "%PDF-1.4\n");
    add_object(out, 1, "<</Type/Catalog/Pages 2 0 R>>");
    add_object(out, 3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    for (size_t i = 0; i < pages; i++) {
        buf_addf(&kids, "%zu 0 R ", 4 + 2 * i);
        buf_clear(&object);
        buf_addf(&object,
                 "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents %zu 0 R"
                 "/Resources<</Font<</F1 3 0 R>>>>>>",
                 5 + 2 * i);
        add_object(out, 4 + 2 * i, object.p);
        buf_clear(&stream);
        buf_addf(&stream,
                 "BT /F1 12 Tf 20 380 Td (Ben song xanh) Tj 0 -80 Td (Trang nay mang chu so %zu "
                 "va) Tj 0 -14 Td (con them %zu dong nua.) Tj 150 -250 Td (- %zu -) Tj ET",
                 i * 7 + 20, i * 3 + 100, i + 1);
        buf_clear(&object);
        buf_addf(&object, "<</Length %zu>>\nstream\n%s\nendstream", stream.n, stream.p);
        add_object(out, 5 + 2 * i, object.p);
    }
    buf_clear(&object);
    buf_addf(&object, "<</Type/Pages/Count %zu/Kids[%s]>>", pages, kids.p);
    add_object(out, 2, object.p);
    buf_adds(out, "trailer\n<</Root 1 0 R>>\n%%EOF\n");
    buf_free(&kids);
    buf_free(&stream);
    buf_free(&object);
}

static void pdf_loses_its_page_numbers(void **state)
{
    (void)state;
    struct buf bytes = BUF_INIT;
    struct article a;
    struct err e = ERR_INIT;
    struct read_options options = {0};
    make_pages(&bytes, 5);
    enum status status = article_from_bytes(&a, "a.pdf", buf_sv(&bytes), &options, &e);
    buf_free(&bytes);
    bool lacking = status == STATUS_USAGE;
    if (status && !lacking)
        fail_msg("%s", e.message.p);
    if (!status) {
        if (!stands_before(&a, "chu so 20 va", "con them 112"))
            fail_msg("%.*s", SV_ARG(a.text));
        assert_true(sv_find(a.text, SV("Ben song xanh")) >= 0);
        assert_int_equal(sv_find(a.text, SV("- 3 -")), -1);
        ptrdiff_t second = sv_find(sv_sub(a.text, 20, a.text.n - 20), SV("Ben song xanh"));
        assert_int_equal(second, -1);
        assert_int_equal(a.diagnostics.at[0].kind, NOTE_PAGES);
        expect_promises(&a);
    }
    article_free(&a);
    err_free(&e);
    if (lacking)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pdf_gives_its_text),
        cmocka_unit_test(pdf_loses_its_page_numbers),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
