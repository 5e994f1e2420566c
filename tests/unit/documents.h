/*
 * Documents of other formats than text, for their tests: archives made in memory, what is read of
 * them, and the promises that hold for all of it. Include after cmocka.h.
 */
#ifndef DOCBAO_TESTS_DOCUMENTS_H
#define DOCBAO_TESTS_DOCUMENTS_H

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "article/read.h"
#include "promises.h"
#include "rules/rules.h"

/* ---- archives ---- */

struct part {
    const char *name, *text;
};

static inline zip_source_t *part_source(zip_t *zip, const char *text, size_t n)
{
    zip_source_t *source = zip_source_buffer(zip, text, n, 0);
    assert_non_null(source);
    return source;
}

/* Appends an archive of the parts, which end with one without a name. `password` may be NULL. */
static inline void zip_parts(struct buf *out, const struct part *parts, const char *password)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *archive = zip_source_buffer_create(NULL, 0, 0, &error);
    assert_non_null(archive);
    zip_source_keep(archive);
    zip_t *zip = zip_open_from_source(archive, ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    for (const struct part *p = parts; p->name; p++) {
        zip_int64_t at = zip_file_add(zip, p->name, part_source(zip, p->text, strlen(p->text)),
                                      ZIP_FL_ENC_UTF_8);
        assert_true(at >= 0);
        if (password)
            assert_int_equal(
                zip_file_set_encryption(zip, (zip_uint64_t)at, ZIP_EM_TRAD_PKWARE, password), 0);
    }
    assert_int_equal(zip_close(zip), 0);
    zip_stat_t stat;
    assert_int_equal(zip_source_stat(archive, &stat), 0);
    size_t from = out->n;
    buf_reserve(out, stat.size);
    assert_int_equal(zip_source_open(archive), 0);
    assert_int_equal(zip_source_read(archive, out->p + from, stat.size), stat.size);
    buf_cut(out, from + stat.size);
    zip_source_close(archive);
    zip_source_free(archive);
}

/* ---- the parts of a DOCX file ---- */

#define WORD "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define BODY(inside)                                                                               \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<w:document " WORD "><w:body>" inside           \
    "</w:body></w:document>"
#define PARAGRAPH(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define STYLED(style, text)                                                                        \
    "<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define CELL(text) "<w:tc>" PARAGRAPH(text) "</w:tc>"
#define CORE(title)                                                                                \
    "<cp:coreProperties xmlns:cp=\"c\" "                                                           \
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>" title                               \
    "</dc:title><dc:creator>Ai</dc:creator></cp:coreProperties>"

/* ---- what is read ---- */

static const char *const kinds[] = {
    [BLOCK_TITLE] = "title",     [BLOCK_DATE] = "date",       [BLOCK_SAPO] = "sapo",
    [BLOCK_HEADING] = "heading", [BLOCK_LIST] = "list",       [BLOCK_PARAGRAPH] = "paragraph",
    [BLOCK_TABLE] = "table",     [BLOCK_CAPTION] = "caption", [BLOCK_BYLINE] = "byline",
};

static struct rules *rules;

static inline int load_rules(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    enum status status = rules_load(&rules, NULL, &e);
    err_free(&e);
    return (int)status;
}

static inline int free_rules(void **state)
{
    (void)state;
    rules_free(rules);
    return 0;
}

static inline void expect_promises(struct article *a)
{
    struct buf broken = BUF_INIT;
    struct reading_options options = {.dialect = DIALECT_NORTH};
    normalize_article(a, rules, &options);
    if (!promises_kept(a, rules, &broken))
        fail_msg("%s", broken.p);
    buf_free(&broken);
}

static inline void open_document(struct article *a, const char *name, struct sv bytes, bool raw)
{
    struct err e = ERR_INIT;
    struct read_options options = {.raw = raw};
    if (article_from_bytes(a, name, bytes, &options, &e))
        fail_msg("%s: %s", name, e.message.p);
    err_free(&e);
}

/* Lists the blocks and skipped stretches of the article: "kind: text\n" and "-reason: text\n". */
static inline void describe(const struct article *a, struct buf *out)
{
    for (size_t i = 0; i < a->blocks.n; i++)
        buf_addf(out, "%s: %.*s\n", kinds[a->blocks.at[i].kind],
                 SV_ARG(sv_at(a->text, a->blocks.at[i].text)));
    for (size_t i = 0; i < a->skipped.n; i++)
        buf_addf(out, "-%s: %.*s\n", skip_word(a->skipped.at[i].reason),
                 SV_ARG(sv_at(a->text, a->skipped.at[i].text)));
}

static inline void expect_described(const struct article *a, const char *expected)
{
    struct buf got = BUF_INIT;
    describe(a, &got);
    if (!sv_is(buf_sv(&got), expected))
        fail_msg("got:\n%sinstead of:\n%s", got.p, expected);
    buf_free(&got);
}

static inline void expect_read(const char *name, struct sv bytes, const char *expected)
{
    struct article a;
    open_document(&a, name, bytes, false);
    expect_described(&a, expected);
    expect_promises(&a);
    article_free(&a);
    open_document(&a, name, bytes, true);
    expect_promises(&a);
    article_free(&a);
}

static inline void expect_parts(const char *name, const struct part *parts, const char *expected)
{
    struct buf bytes = BUF_INIT;
    zip_parts(&bytes, parts, NULL);
    expect_read(name, buf_sv(&bytes), expected);
    buf_free(&bytes);
}

static inline void expect_error(struct sv bytes, uint64_t most, const char *part)
{
    struct article a;
    struct err e = ERR_INIT;
    struct read_options options = {.load.max_bytes = most};
    assert_int_equal(article_from_bytes(&a, "tệp", bytes, &options, &e), STATUS_INPUT);
    if (!strstr(e.message.p, part))
        fail_msg("the message lacks \"%s\": %s", part, e.message.p);
    assert_string_equal(e.file.p, "tệp");
    err_free(&e);
    article_free(&a);
}

static inline void expect_parts_error(const struct part *parts, uint64_t most, const char *part)
{
    struct buf bytes = BUF_INIT;
    zip_parts(&bytes, parts, NULL);
    expect_error(buf_sv(&bytes), most, part);
    buf_free(&bytes);
}

/* The source of the first place where `part` stands in the text, in its member. */
static inline void expect_source(const struct article *a, const char *part, const char *member,
                                 const char *source)
{
    ptrdiff_t at = sv_find(a->text, sv_of(part));
    assert_true(at >= 0);
    struct span span = article_source_span(a, (struct span){(uint32_t)at, (uint32_t)strlen(part)});
    if (!sv_is(sv_at(a->source, span), source))
        fail_msg("\"%s\" came from \"%.*s\"", part, SV_ARG(sv_at(a->source, span)));
    const char *name = article_member(a, &span);
    if (member)
        assert_string_equal(name, member);
    else
        assert_null(name);
}

/* Marks the bytes of the source that are in a token or a skipped stretch; to be freed. */
static inline unsigned char *covered_bytes(const struct article *a)
{
    unsigned char *covered = calloc(a->source.n + 1, 1);
    assert_non_null(covered);
    for (size_t i = 0; i < a->tokens.n + a->skipped.n; i++) {
        struct span text =
            i < a->tokens.n ? a->tokens.at[i].text : a->skipped.at[i - a->tokens.n].text;
        struct span from = article_source_span(a, text);
        memset(covered + from.off, 1, from.len);
    }
    return covered;
}

/* Replaces, drops or inserts some bytes; the new ones are bits turned, or of `noise`. */
static inline void damage(struct buf *bytes, const char *noise, uint32_t *seed, unsigned count)
{
    for (unsigned i = 0; i < count && bytes->n > 1; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        size_t at = (*seed >> 8) % bytes->n;
        char c = noise[(*seed >> 4) % strlen(noise)];
        unsigned how = (*seed >> 28) % 4;
        if (how == 0) {
            memmove(bytes->p + at, bytes->p + at + 1, bytes->n - at - 1);
            buf_cut(bytes, bytes->n - 1);
        } else if (how == 1) {
            buf_putc(bytes, ' ');
            memmove(bytes->p + at + 1, bytes->p + at, bytes->n - at - 1);
            bytes->p[at] = c;
        } else {
            bytes->p[at] = how == 2 ? (char)(bytes->p[at] ^ 1 << (*seed % 7)) : c;
        }
    }
}

/* A text of the document that stands in it before the other. */
static inline bool stands_before(const struct article *a, const char *one, const char *other)
{
    ptrdiff_t i = sv_find(a->text, sv_of(one)), j = sv_find(a->text, sv_of(other));
    return i >= 0 && j > i;
}

#endif
