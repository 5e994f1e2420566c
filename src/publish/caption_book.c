/*
 * An EPUB 3 book whose text is heard along with the sound (Media Overlays 3.2): the members that
 * are made of the text. book.h has the others.
 *
 * Each word of the text has a part of the sound, up to the next word, so that the pauses between
 * sentences are heard too, and the parts add up to the whole.
 */
#include "base/message.h"
#include "base/sha256.h"
#include "publish/caption_format.h"

enum { US_PER_MS = 1000, MS_PER_SECOND = 1000, UUID_BYTES = 16 };

static void add_title(struct buf *out, const struct article *a, struct caption_state state)
{
    struct buf title = BUF_INIT;
    caption_add_title(&title, a, state);
    buf_add_printable_markup(out, buf_sv(&title));
    buf_free(&title);
}

static void add_whole_title(struct buf *out, const struct article *a, struct caption_state state)
{
    struct buf title = BUF_INIT;
    caption_add_whole_title(&title, a, state);
    buf_add_printable_markup(out, buf_sv(&title));
    buf_free(&title);
}

static void begin_page(struct buf *out, const char *names)
{
    buf_addf(out,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<html "
             "xmlns=\"http://www.w3.org/1999/xhtml\"%s lang=\"vi\" xml:lang=\"vi\">\n<head>\n"
             "<title>",
             names);
}

/* ---- the text ---- */

void book_text_article(struct buf *out, const struct article *a, struct caption_state state)
{
    if (!state.articles) {
        begin_page(out, "");
        add_whole_title(out, a, state);
        buf_adds(out, "</title>\n<link rel=\"stylesheet\" href=\"book.css\"/>\n</head>\n<body>\n");
    } else {
        buf_adds(out, "</section>\n");
    }
    buf_addf(out, "<section id=\"a%u\">\n", state.articles + 1);
    if (!state.part || state.part_is_read)
        return;
    buf_adds(out, "<h1>");
    add_title(out, a, state);
    buf_adds(out, "</h1>\n");
}

void book_text_sentence(struct buf *out, const struct timed *t, struct caption_state state)
{
    buf_adds(out, "\n<span id=\"");
    caption_add_id(out, state);
    buf_adds(out, "\">");
    for (size_t i = 0; i < t->words.n; i++) {
        if (!timed_goes_on(t, i)) {
            buf_adds(out, i ? "</span> <span id=\"" : "<span id=\"");
            caption_add_word_id(out, i, state);
            buf_adds(out, "\">");
        }
        buf_add_printable_markup(out, t->words.at[i].text);
    }
    buf_adds(out, t->words.n ? "</span></span>" : "</span>");
}

void book_text_end(struct buf *out, struct caption_state state, uint64_t us)
{
    (void)state;
    (void)us;
    buf_adds(out, "</section>\n</body>\n</html>\n");
}

/* ---- the times ---- */

static void add_seconds(struct buf *out, uint64_t us)
{
    uint64_t ms = us / US_PER_MS;
    buf_addf(out, "%u.%03us", (unsigned)(ms / MS_PER_SECOND), (unsigned)(ms % MS_PER_SECOND));
}

void book_times_begin(struct buf *out)
{
    buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<smil "
                  "xmlns=\"http://www.w3.org/ns/SMIL\" xmlns:epub=\"http://www.idpf.org/2007/ops\" "
                  "version=\"3.0\">\n<body>\n");
}

/* The last part lasts until `us`. */
static void end_part(struct buf *out, uint64_t us)
{
    buf_adds(out, " clipEnd=\"");
    add_seconds(out, us);
    buf_adds(out, "\"/></par>");
}

/* A part must not be empty: words that are heard at once are one part. */
static bool begins_part(const struct timed *t, size_t word, uint64_t last)
{
    return !timed_goes_on(t, word) && t->words.at[word].us / US_PER_MS > last / US_PER_MS;
}

static void begin_part(struct buf *out, size_t word, uint64_t us, struct caption_state state)
{
    buf_adds(out, "\n<par><text src=\"text.xhtml#");
    caption_add_word_id(out, word, state);
    buf_adds(out, "\"/><audio src=\"sound.mp3\" clipBegin=\"");
    add_seconds(out, us);
    buf_putc(out, '"');
}

/* The first part of a sentence begins with it, and the first of all with the sound. */
void book_times_sentence(struct buf *out, const struct timed *t, struct caption_state state)
{
    uint64_t start = state.all ? t->start : 0, last = start;
    if (!t->words.n)
        return;
    if (state.all) {
        end_part(out, start);
        buf_adds(out, "</seq>\n");
    }
    buf_adds(out, "<seq epub:textref=\"text.xhtml#");
    caption_add_id(out, state);
    buf_adds(out, "\">");
    begin_part(out, 0, start, state);
    for (size_t i = 1; i < t->words.n; i++)
        if (begins_part(t, i, last)) {
            last = t->words.at[i].us;
            end_part(out, last);
            begin_part(out, i, last, state);
        }
}

void book_times_end(struct buf *out, struct caption_state state, uint64_t us)
{
    if (state.all) {
        end_part(out, us);
        buf_adds(out, "</seq>\n");
    }
    buf_adds(out, "</body>\n</smil>\n");
}

/* ---- the contents ---- */

void book_contents_article(struct buf *out, const struct article *a, struct caption_state state)
{
    if (!state.articles) {
        begin_page(out, " xmlns:epub=\"http://www.idpf.org/2007/ops\"");
        add_whole_title(out, a, state);
        buf_adds(out,
                 "</title>\n</head>\n<body>\n<nav epub:type=\"toc\" role=\"doc-toc\">\n<ol>\n");
    }
    buf_addf(out, "<li><a href=\"text.xhtml#a%u\">", state.articles + 1);
    add_title(out, a, state);
    buf_adds(out, "</a></li>\n");
}

void book_contents_sentence(struct buf *out, const struct timed *t, struct caption_state state)
{
    if (state.kind != BLOCK_HEADING || !state.begins_block)
        return;
    buf_adds(out, "<li><a href=\"text.xhtml#");
    caption_add_id(out, state);
    buf_adds(out, "\">");
    for (size_t i = 0; i < t->words.n; i++) {
        if (i && !timed_goes_on(t, i))
            buf_putc(out, ' ');
        buf_add_printable_markup(out, t->words.at[i].text);
    }
    buf_adds(out, "</a></li>\n");
}

void book_contents_end(struct buf *out, struct caption_state state, uint64_t us)
{
    (void)state;
    (void)us;
    buf_adds(out, "</ol>\n</nav>\n</body>\n</html>\n");
}

/* ---- the package ---- */

/* The same text gives the same name on every machine (version 8 of RFC 9562: a name of our own). */
static void add_identifier(struct buf *out, const struct article *a, struct caption_state state)
{
    struct sha256 h;
    unsigned char digest[SHA256_BYTES];
    sha256_begin(&h);
    sha256_add_part(&h, a->text);
    if (state.whole.title)
        sha256_add_part(&h, sv_of(state.whole.title));
    sha256_end(&h, digest);
    digest[6] = (unsigned char)((digest[6] & 0x0F) | 0x80);
    digest[8] = (unsigned char)((digest[8] & 0x3F) | 0x80);
    buf_adds(out, "<dc:identifier id=\"name\">urn:uuid:");
    for (unsigned i = 0; i < UUID_BYTES; i++)
        buf_addf(out, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", digest[i]);
    buf_adds(out, "</dc:identifier>\n");
}

static void add_author(struct buf *out, const struct article *a, struct caption_state state)
{
    struct buf author = BUF_INIT;
    buf_adds(&author, state.whole.author ? state.whole.author : "");
    if (author.n || article_add_read(a, BLOCK_BYLINE, &author)) {
        buf_adds(out, "<dc:creator>");
        buf_add_printable_markup(out, buf_sv(&author));
        buf_adds(out, "</dc:creator>\n");
    }
    buf_free(&author);
}

/* The day of the article. A book must say when it was changed, and the clock would make every one
 * another: without a day, it is the first that can be. */
static void add_date(struct buf *out, const struct article *a, struct caption_state state)
{
    enum { DAY = 10 };
    const char *own = state.whole.date ? state.whole.date : a->date;
    bool known = own && strlen(own) >= DAY;
    const char *date = known ? own : "2000-01-01";
    if (known)
        buf_addf(out, "<dc:date>%.*s</dc:date>\n", (int)DAY, date);
    buf_addf(out, "<meta property=\"dcterms:modified\">%.*sT00:00:00Z</meta>\n", (int)DAY, date);
}

void book_package_article(struct buf *out, const struct article *a, struct caption_state state)
{
    if (state.articles)
        return;
    buf_adds(out,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package "
             "xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"name\" "
             "xml:lang=\"vi\">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    add_identifier(out, a, state);
    buf_adds(out, "<dc:title>");
    add_whole_title(out, a, state);
    buf_adds(out, "</dc:title>\n<dc:language>vi</dc:language>\n");
    add_author(out, a, state);
    add_date(out, a, state);
}

static void add_duration(struct buf *out, const char *of, uint64_t us)
{
    buf_addf(out, "<meta property=\"media:duration\"%s>", of);
    add_seconds(out, us);
    buf_adds(out, "</meta>\n");
}

/* The contents stand in the spine too, though no reader turns to them: foliate-js marks nothing in
 * the first document of a book. */
void book_package_end(struct buf *out, struct caption_state state, uint64_t us)
{
    (void)state;
    add_duration(out, "", us);
    add_duration(out, " refines=\"#times\"", us);
    buf_adds(out,
             "<meta property=\"media:active-class\">heard</meta>\n"
             "<meta property=\"schema:accessMode\">textual</meta>\n"
             "<meta property=\"schema:accessMode\">auditory</meta>\n"
             "<meta property=\"schema:accessModeSufficient\">textual</meta>\n"
             "<meta property=\"schema:accessModeSufficient\">auditory</meta>\n"
             "<meta property=\"schema:accessibilityFeature\">synchronizedAudioText</meta>\n"
             "<meta property=\"schema:accessibilityFeature\">tableOfContents</meta>\n"
             "<meta property=\"schema:accessibilityHazard\">none</meta>\n"
             "<meta property=\"schema:accessibilitySummary\">Toàn bộ văn bản có tiếng đọc; câu và "
             "từ đang nghe được đánh dấu. Sách không có hình.</meta>\n"
             "</metadata>\n<manifest>\n"
             "<item id=\"contents\" href=\"contents.xhtml\" media-type=\"application/xhtml+xml\" "
             "properties=\"nav\"/>\n"
             "<item id=\"text\" href=\"text.xhtml\" media-type=\"application/xhtml+xml\" "
             "media-overlay=\"times\"/>\n"
             "<item id=\"times\" href=\"text.smil\" media-type=\"application/smil+xml\"/>\n"
             "<item id=\"sound\" href=\"sound.mp3\" media-type=\"audio/mpeg\"/>\n"
             "<item id=\"style\" href=\"book.css\" media-type=\"text/css\"/>\n"
             "</manifest>\n<spine>\n<itemref idref=\"contents\" linear=\"no\"/>\n"
             "<itemref idref=\"text\"/>\n</spine>\n</package>\n");
}
