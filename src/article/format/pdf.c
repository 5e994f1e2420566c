/*
 * PDF: the source of the article is replaced by the text of the pages, which is then read as plain
 * text.
 */
#include "article/format/format.h"
#include "article/format/pdf_module.h"
#include "base/ascii.h"
#include "base/module.h"
#include "base/message.h"

struct page_text {
    struct span text;    /* bytes of pages.text, without the lines that were removed */
    struct span at[2];   /* its first and its last line that is not blank */
    uint64_t exact[2];   /* a hash of each */
    uint64_t counted[2]; /* a hash in which a page number counts as the same on each page */
    bool has_letter[2];  /* whether each has one */
    bool lost[2][2];     /* whether a number, or words, were removed at this edge */
};

struct pages {
    struct buf text;
    uint64_t most;
    VEC(struct page_text) all;
};

static bool add_page(void *user, const char *text, size_t n)
{
    struct pages *p = user;
    if (p->text.n + n + 1 > p->most)
        return false;
    *vec_push(&p->all) = (struct page_text){.text = {(uint32_t)p->text.n, (uint32_t)n}};
    buf_add(&p->text, text, n);
    return true;
}

/* ---- running heads and page numbers ---- */

enum { HEAD, FOOT };

/* The first or last line that is not blank; empty if there is none. */
static struct span edge_line(struct sv page, int edge)
{
    size_t from = 0, to = page.n;
    while (from < to && (unsigned char)page.p[from] <= ' ')
        from++;
    while (to > from && (unsigned char)page.p[to - 1] <= ' ')
        to--;
    if (edge == HEAD) {
        const char *end = memchr(page.p + from, '\n', to - from);
        to = end ? (size_t)(end - page.p) : to;
    } else {
        for (size_t i = to; i > from; i--)
            if (page.p[i - 1] == '\n') {
                from = i;
                break;
            }
    }
    return (struct span){(uint32_t)from, (uint32_t)(to - from)};
}

static bool has_letter(struct sv line)
{
    for (size_t i = 0; i < line.n; i++) {
        if ((unsigned char)line.p[i] >= 0x80 || ascii_is_letter(line.p[i]))
            return true;
    }
    return false;
}

/* A possible page number: the number at the start of the line, otherwise the last number. */
static struct sv page_number(struct sv line)
{
    size_t end = line.n, from;
    if (line.n && ascii_is_digit(line.p[0]))
        for (end = 0; end < line.n && ascii_is_digit(line.p[end]); end++)
            ;
    while (end && !ascii_is_digit(line.p[end - 1]))
        end--;
    for (from = end; from && ascii_is_digit(line.p[from - 1]); from--)
        ;
    return sv_sub(line, from, end - from);
}

static uint64_t counted_hash(struct sv line, size_t page)
{
    struct sv number = page_number(line);
    struct buf counted = BUF_INIT;
    uint64_t value = 0;
    for (size_t i = 0; i < number.n; i++)
        value = value * 10 + (uint64_t)(number.p[i] - '0');
    size_t before = number.n ? (size_t)(number.p - line.p) : line.n;
    buf_add(&counted, line.p, before);
    if (number.n)
        buf_addf(&counted, "#%lld", (long long)(value - page));
    buf_add(&counted, line.p + before + number.n, line.n - before - number.n);
    uint64_t hash = sv_hash(buf_sv(&counted));
    buf_free(&counted);
    return hash;
}

static void find_edge_lines(struct pages *p, int edge)
{
    for (size_t i = 0; i < p->all.n; i++) {
        struct page_text *page = &p->all.at[i];
        struct sv text = sv_at(buf_sv(&p->text), page->text);
        page->at[edge] = edge_line(text, edge);
        struct sv line = sv_at(text, page->at[edge]);
        page->has_letter[edge] = has_letter(line);
        if (!page->has_letter[edge]) /* "12" and "- 13 -" count as the same */
            line = SV("#");
        page->exact[edge] = sv_hash(line);
        page->counted[edge] = page->has_letter[edge] ? counted_hash(line, i) : page->exact[edge];
    }
}

/* The number of pages nearby that have the same line at this edge. Odd and even pages may differ,
 * and so may the chapters of a book. */
static size_t count_alike(const struct pages *p, size_t page, int edge)
{
    enum { NEAR = 6 };
    size_t n = 0, from = page > NEAR ? page - NEAR : 0;
    for (size_t i = from; i < p->all.n && i <= page + NEAR; i++)
        n += p->all.at[i].at[edge].len &&
             (p->all.at[i].exact[edge] == p->all.at[page].exact[edge] ||
              p->all.at[i].counted[edge] == p->all.at[page].counted[edge]);
    return n;
}

static void remove_line(struct page_text *page, int edge)
{
    uint32_t end = page->at[edge].off + page->at[edge].len;
    if (edge == HEAD) {
        page->text.off += end;
        page->text.len -= end;
    } else {
        page->text.len = page->at[edge].off;
    }
}

/* Removes a line from the head or foot of each page if it is a page number, or repeats that of a
 * page before. Returns how many were removed. Words on the first page are kept: they may be the
 * title. Each page loses at most one number and one line of words, because the article may repeat
 * itself. */
static size_t drop_edges(struct pages *p, int edge)
{
    size_t dropped = 0, before = 0;
    find_edge_lines(p, edge);
    for (size_t i = 0; i < p->all.n; i++) {
        struct page_text *page = &p->all.at[i];
        size_t alike = count_alike(p, i, edge);
        bool words = page->has_letter[edge];
        bool drop = words ? alike >= 3 && before : alike >= 2;
        before += words && alike >= 3;
        if (page->at[edge].len && drop && !page->lost[edge][words]) {
            remove_line(page, edge);
            page->lost[edge][words] = true;
            dropped++;
        }
    }
    return dropped;
}

/* Joins what is left of the pages. */
static void join(struct pages *p, struct buf *out)
{
    for (size_t i = 0; i < p->all.n; i++) {
        struct sv page = sv_trim(sv_at(buf_sv(&p->text), p->all.at[i].text));
        buf_add_sv(out, page);
        if (page.n)
            buf_putc(out, '\n');
    }
}

static void drop_running_heads(struct pages *p, struct article *a)
{
    enum { LINES = 2 }; /* a page may have both a number and a head */
    size_t dropped = 0;
    for (int i = 0; i < LINES; i++)
        dropped += drop_edges(p, HEAD) + drop_edges(p, FOOT);
    if (dropped)
        article_note(a, (struct span){0, 0}, NOTE_PAGES,
                     message_plural("%zu line is left out: page numbers, and what is repeated at "
                                    "the head or foot of pages",
                                    "%zu lines are left out: page numbers, and what is repeated at "
                                    "the head or foot of pages",
                                    dropped),
                     dropped);
}

/* ---- reading ---- */

static enum status find_driver(const struct article *a, const struct pdf_driver **driver,
                               struct err *e)
{
    struct err why = ERR_INIT;
    const void *found;
    enum status status = module_find("pdf", "docbao_pdf", &found, &why);
    *driver = found;
    if (status) {
        err_set(e, STATUS_USAGE,
                "PDF files cannot be read: %s. This is an optional part of docbao: install "
                "poppler-glib (Debian, Ubuntu: libpoppler-glib8, and libpoppler-glib-dev before "
                "docbao is built), or save the text of the file as .txt",
                why.message.p);
        err_at(e, a->name, 0, 0);
    }
    err_free(&why);
    return status;
}

static enum status fail(const struct article *a, enum pdf_result result, struct err *e)
{
    if (result == PDF_ENCRYPTED)
        err_set(e, STATUS_INPUT, "is protected by a password; save it again without one");
    else if (result == PDF_STOPPED)
        err_set(e, STATUS_INPUT, "holds more text than may be read; allow more with --max-bytes N");
    else if (result == PDF_BROKEN)
        err_set(e, STATUS_INPUT,
                "is a damaged PDF file, or one cut short; download or copy it again");
    else
        err_set(e, STATUS_INPUT,
                "holds no text, only pictures of pages (a scan); have its text recognised first, "
                "for example by ocrmypdf -l vie");
    return err_at(e, a->name, 0, 0);
}

enum status pdf_read(struct article *a, const struct format_options *options, struct err *e)
{
    const struct pdf_driver *driver;
    enum status status = find_driver(a, &driver, e);
    if (status)
        return status;
    struct pages pages = {.text = BUF_INIT, .most = options->max_bytes};
    struct buf text = BUF_INIT;
    enum pdf_result result = driver->read(a->source.p, a->source.n, add_page, &pages);
    if (!result) {
        if (!options->raw)
            drop_running_heads(&pages, a);
        join(&pages, &text);
    }
    buf_free(&pages.text);
    vec_free(&pages.all);
    if (!text.n)
        return fail(a, result, e);
    free(a->source_owned);
    a->source.n = text.n;
    a->source_owned = buf_detach(&text);
    a->source.p = a->source_owned;
    return STATUS_OK;
}
