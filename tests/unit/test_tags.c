/* Tags and chapters in files, read back as bytes and with libsndfile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sndfile.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/replacement.h"
#include "sink/tag/bytes.h"
#include "sink/tag/id3.h"
#include "sink/tag/picture.h"
#include "sink/tag/rdxml.h"
#include "sink/tag/riff.h"
#include "sink/tag/vorbis.h"

enum { RATE = 22050, SECONDS = 40 };

static const struct sink_format mono = {RATE, 1, NULL, NULL};

static int enter_folder(void **state)
{
    char name[] = "/tmp/docbao-tags-XXXXXX";
    if (!mkdtemp(name) || chdir(name) != 0)
        return -1;
    *state = strdup(name);
    return 0;
}

static int leave_folder(void **state)
{
    unlink("a.wav"), unlink("a.flac"), unlink("a.ogg"), unlink("a.mp3"), unlink("a.opus");
    int failure = chdir("/") || rmdir(*state);
    free(*state);
    return failure;
}

/* ---- saving ---- */

struct plan {
    struct sink_tags tags;
    unsigned chapters;
};

/* A chapter every SECONDS / chapters; the sound differs in every second. */
static void save(const char *path, const struct plan *plan)
{
    struct err e = ERR_INIT;
    void *state;
    static int16_t second[RATE];
    uint32_t noise = 1, chapter = 0;
    assert_int_equal(sink_file.open(&state, path, &mono, &e), STATUS_OK);
    assert_int_equal(sink_set_tags(&sink_file, state, &plan->tags, &e), STATUS_OK);
    for (uint32_t i = 0; i < SECONDS; i++) {
        for (; chapter < plan->chapters && chapter * SECONDS < (i + 1) * plan->chapters;
             chapter++) {
            char title[64];
            snprintf(title, sizeof title, "Chương %u: đất nước", chapter + 1);
            uint64_t frame = (uint64_t)chapter * SECONDS * RATE / plan->chapters;
            struct sink_mark mark = {frame, SINK_MARK_HEADING, sv_of(title)};
            assert_int_equal(sink_add_mark(&sink_file, state, &mark, &e), STATUS_OK);
        }
        for (int k = 0; k < RATE; k++) {
            noise = noise * 1664525u + 1013904223u;
            second[k] = (int16_t)((int32_t)(noise >> 16) % 300 + (k % 100) * (int32_t)i);
        }
        assert_int_equal(sink_file.write(state, second, RATE, &e), STATUS_OK);
    }
    assert_int_equal(sink_file.finish(state, &e), STATUS_OK);
    sink_file.close(state);
    err_free(&e);
}

static struct buf read_file(const char *path)
{
    struct buf b = BUF_INIT;
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    for (size_t n = 1; n;) {
        buf_reserve(&b, 65536);
        n = fread(b.p + b.n, 1, 65536, f);
        b.n += n;
    }
    fclose(f);
    return b;
}

static uint64_t sound_of(const char *path)
{
    SF_INFO info = {0};
    SNDFILE *f = sf_open(path, SFM_READ, &info);
    assert_non_null(f);
    assert_int_equal(info.frames, SECONDS * RATE);
    int16_t *pcm = calloc((size_t)info.frames, sizeof *pcm);
    assert_int_equal(sf_readf_short(f, pcm, info.frames), info.frames);
    sf_close(f);
    uint64_t hash = sv_hash((struct sv){(char *)pcm, (size_t)info.frames * sizeof *pcm});
    free(pcm);
    return hash;
}

static size_t count_of(const struct buf *b, const char *text)
{
    size_t n = 0;
    struct sv rest = buf_sv(b);
    for (ptrdiff_t at; (at = sv_find(rest, sv_of(text))) >= 0; n++)
        rest = sv_sub(rest, (size_t)at + 1, rest.n);
    return n;
}

static bool has(const struct buf *b, struct sv bytes)
{
    return sv_find(buf_sv(b), bytes) >= 0;
}

/* ---- text ---- */

static void lines_are_clean(void **unused)
{
    static const struct {
        const char *text, *line;
    } cases[] = {
        {"", ""},
        {" \n\t ", ""},
        {"Một\r\nhai\t ba\n", "Một hai ba"},
        {"Tie\xCC\x82\xCC\x81ng Vie\xCC\xA3\xCC\x82t", "Tiếng Việt"},
        {"a\xC2\xA0\xE2\x80\xA8"
         "b",
         "a b"},
        {"bad \xFF byte", "bad \xEF\xBF\xBD byte"},
        {"\x1B[31mđỏ\x7F", "[31mđỏ"},
        {"👩‍🌾 “ruộng”", "👩‍🌾 “ruộng”"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf line = BUF_INIT;
        description_add_line(&line, sv_of(cases[i].text));
        assert_string_equal(line.p, cases[i].line);
        buf_free(&line);
    }
}

static void ascii_has_no_marks(void **unused)
{
    static const struct {
        const char *text, *ascii;
    } cases[] = {
        {"Đường về xã Ứng Hòa", "Duong ve xa Ung Hoa"},
        {"“ỡ” – ‘é’…", "\"o\" - 'e'..."},
        {"ÑANDÚ ñ", "NANDU n"},
        {"北京 😀", "?? ?"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf ascii = BUF_INIT;
        riff_add_ascii(&ascii, sv_of(cases[i].text));
        assert_string_equal(ascii.p, cases[i].ascii);
        buf_free(&ascii);
    }
}

/* ---- chapters ---- */

static void add_mark(struct description *d, uint64_t frame, enum sink_mark_kind kind,
                     const char *text)
{
    description_add_mark(d, &(struct sink_mark){frame, kind, sv_of(text)});
}

static void assert_chapters(const struct description *d, const char *wanted)
{
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < d->chapters.n; i++)
        buf_addf(&b, "%u-%u %.*s\n", (unsigned)d->chapters.at[i].start,
                 (unsigned)d->chapters.at[i].end, SV_ARG(d->chapters.at[i].title));
    assert_string_equal(b.p, wanted);
    buf_free(&b);
}

static void headings_begin_chapters(void **unused)
{
    struct description d = {0};
    (void)unused;
    add_mark(&d, 0, SINK_MARK_ARTICLE, "Bài một");
    add_mark(&d, 0, SINK_MARK_HEADING, "BÀI MỘT");
    add_mark(&d, 0, SINK_MARK_SENTENCE, "Câu.");
    add_mark(&d, 50, SINK_MARK_PARAGRAPH, "Đoạn.");
    add_mark(&d, 70, SINK_MARK_HEADING, "Mục");
    add_mark(&d, 90, SINK_MARK_ARTICLE, "");
    add_mark(&d, 90, SINK_MARK_HEADING, "Bài hai");
    add_mark(&d, 100, SINK_MARK_HEADING, "Không có tiếng");
    description_end(&d, 100);
    assert_chapters(&d, "0-70 Bài một\n70-90 Mục\n90-100 Bài hai\n");
    description_free(&d);
}

static void the_first_chapter_begins_with_the_sound(void **unused)
{
    struct description d = {0};
    (void)unused;
    add_mark(&d, 10, SINK_MARK_ARTICLE, "Bài");
    description_end(&d, 20);
    assert_chapters(&d, "0-20 Bài\n");
    description_free(&d);
}

static void one_chapter_without_a_title_is_none(void **unused)
{
    struct description d = {0};
    (void)unused;
    add_mark(&d, 0, SINK_MARK_ARTICLE, "");
    description_end(&d, 100);
    assert_chapters(&d, "");
    description_free(&d);
}

/* ---- ID3 ---- */

static void an_id3_tag_has_all(void **unused)
{
    struct description d = {.tags = {.title = SV("Bài"), .comment = SV("lời")}};
    struct buf tag = BUF_INIT;
    (void)unused;
    add_mark(&d, 0, SINK_MARK_ARTICLE, "Một");
    add_mark(&d, 2 * RATE, SINK_MARK_HEADING, "");
    description_end(&d, 3 * RATE);
    d.loudness = (struct loudness){true, -3.25, 0.5};
    id3_add_tag(&tag, &d, RATE);
    static const char wanted[] =
        "ID3\4\0\0\0\0\2\x1A"
        "TIT2\0\0\0\5\0\0\3B\xC3\xA0i"
        "COMM\0\0\0\xA\0\0\3vie\0l\xE1\xBB\x9Di"
        "TXXX\0\0\0\x1F\0\0\3REPLAYGAIN_TRACK_GAIN\0-3.25 dB"
        "TXXX\0\0\0\x1F\0\0\3REPLAYGAIN_TRACK_PEAK\0"
        "0.500000"
        "CTOC\0\0\0\x20\0\0toc0\0\3\2chp0\0chp1\0TIT2\0\0\0\5\0\0\3B\xC3\xA0i"
        "CHAP\0\0\0\x25\0\0chp0\0\0\0\0\0\0\0\7\xD0"
        "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFFTIT2\0\0\0\6\0\0\3M\xE1\xBB\x99t"
        "CHAP\0\0\0\x15\0\0chp1\0\0\0\7\xD0\0\0\x0B\xB8"
        "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
    assert_int_equal(tag.n, sizeof wanted - 1);
    assert_memory_equal(tag.p + 10, wanted + 10, sizeof wanted - 11);
    assert_int_equal((unsigned char)tag.p[8] << 7 | (unsigned char)tag.p[9], tag.n - 10);
    buf_free(&tag);
    description_free(&d);
}

static void many_chapters_are_grouped(void **unused)
{
    struct plan plan = {{.title = SV("Dài")}, 600};
    (void)unused;
    save("a.mp3", &plan);
    struct buf b = read_file("a.mp3");
    assert_memory_equal(b.p, "ID3\4", 4);
    assert_int_equal(count_of(&b, "CHAP"), 600);
    assert_int_equal(count_of(&b, "CTOC"), 4);
    assert_true(has(&b, SV("toc0\0\3\3toc1\0toc2\0toc3\0TIT2")));
    assert_true(has(&b, SV("toc3\0\1\x5A"
                           "chp510\0")));
    assert_true(has(&b, SV("Chương 600: đất nước")));
    buf_free(&b);
}

/* ---- containers ---- */

/* Walks through the chunks: sizes are right, and no byte is left. */
static void assert_chunks(const struct buf *b, const char *names)
{
    const unsigned char *p = (const unsigned char *)b->p;
    struct buf found = BUF_INIT;
    size_t at = 12;
    assert_int_equal(le_get(p + 4, 4), b->n - 8);
    while (at < b->n) {
        assert_true(b->n - at >= 8);
        buf_addf(&found, "%.4s|", b->p + at);
        size_t n = le_get(p + at + 4, 4);
        at += 8 + n + n % 2;
    }
    assert_int_equal(at, b->n);
    assert_string_equal(found.p, names);
    buf_free(&found);
}

static void a_wav_has_its_chunks(void **unused)
{
    struct plan plan = {{.title = SV("Đất nước"), .author = SV("Ước"), .date = SV("2024-05-15")},
                        2};
    (void)unused;
    save("a.wav", &plan);
    struct buf b = read_file("a.wav");
    assert_chunks(&b, "fmt |JUNK|bext|cart|data|LIST|cue |LIST|id3 |");
    assert_true(has(&b, SV("Dat nuoc\0")));
    assert_true(has(&b, SV("A=PCM,F=22050,W=16,M=mono,T=docbao\r\n")));
    assert_true(has(&b, SV("labl\x1F\0\0\0\1\0\0\0Chương 2: đất nước\0")));
    assert_true(has(&b, SV("\1\0\0\0\xA8\xBA\6\0data\0\0\0\0\0\0\0\0\xA8\xBA\6\0")));
    buf_free(&b);
    sound_of("a.wav");
}

static void the_chunks_in_front_keep_their_length(void **unused)
{
    struct riff_sound sound = {48000, 2, 16};
    struct description full = {.loudness = {true, -5, 0.9}}, empty = {0};
    struct buf title = BUF_INIT, front = BUF_INIT, none = BUF_INIT;
    (void)unused;
    for (int i = 0; i < 600; i++)
        buf_adds(&title, "ê");
    full.tags = (struct sink_tags){.title = buf_sv(&title), .comment = buf_sv(&title)};
    riff_add_front(&front, &full, &sound);
    riff_add_front(&none, &empty, &sound);
    assert_int_equal(front.n, none.n);
    /* bext: 602 bytes and the history; cart: 2048. */
    assert_int_equal(le_get((unsigned char *)front.p + 4, 4), 602 + 38);
    assert_int_equal(le_get((unsigned char *)front.p + 8 + 640 + 4, 4), 2048);
    /* Version 2, -13.00 LUFS, and the true peak. */
    assert_memory_equal(front.p + 8 + 346, "\2\0", 2);
    assert_memory_equal(front.p + 8 + 412, "\xEC\xFA\xFF\x7F\xA4\xFF\xFF\x7F\xFF\x7F", 10);
    buf_free(&title);
    buf_free(&front);
    buf_free(&none);
}

static const char *tag_of(const char *path, int kind)
{
    static char text[1024];
    SF_INFO info = {0};
    SNDFILE *f = sf_open(path, SFM_READ, &info);
    assert_non_null(f);
    snprintf(text, sizeof text, "%s", sf_get_string(f, kind) ? sf_get_string(f, kind) : "");
    sf_close(f);
    return text;
}

static void vorbis_comments_are_read(void **unused)
{
    static const char *const names[] = {"a.flac", "a.ogg"};
    (void)unused;
    for (int i = 0; i < 2; i++) {
        struct plan none = {0}, plan = {.tags = {.title = SV("Tiếng Việt"), .author = SV("Ước")}};
        save(names[i], &none);
        uint64_t sound = sound_of(names[i]);
        save(names[i], &plan);
        assert_true(sound_of(names[i]) == sound);
        assert_string_equal(tag_of(names[i], SF_STR_TITLE), "Tiếng Việt");
        assert_string_equal(tag_of(names[i], SF_STR_ARTIST), "Ước");
    }
}

/* The head of an Ogg file then takes many pages, so that all others get new numbers. */
static void long_heads_move_the_sound(void **unused)
{
    static const char *const names[] = {"a.flac", "a.ogg"};
    struct buf picture = BUF_INIT;
    (void)unused;
    buf_adds(&picture, "\xFF\xD8\xFF");
    for (int i = 0; i < 200000; i++)
        buf_putc(&picture, (char)(i * 7));
    for (int i = 0; i < 2; i++) {
        struct plan none = {0};
        struct plan plan = {.tags = {.title = SV("Đây"), .picture = buf_sv(&picture)}, 1200};
        save(names[i], &none);
        uint64_t sound = sound_of(names[i]);
        save(names[i], &plan);
        assert_true(sound_of(names[i]) == sound);
        assert_string_equal(tag_of(names[i], SF_STR_TITLE), "Đây");
        struct buf b = read_file(names[i]);
        assert_true(has(&b, SV("CHAPTER999=00:00:33.266")));
        assert_true(has(&b, SV("CHAPTER999NAME=Chương 999: đất nước")));
        assert_false(has(&b, SV("CHAPTER1000")));
        buf_free(&b);
    }
    buf_free(&picture);
}

/* ---- streams ---- */

/* What comes out of the pipe `path`, into which a child saves, is put in its place. */
static void save_as_stream(const char *path, const struct plan *plan)
{
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    pid_t child = fork();
    if (child == 0) {
        save(path, plan);
        _exit(0);
    }
    struct buf b = read_file(path);
    int how;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_int_equal(how, 0);
    unlink(path);
    assert_true(file_replace(path, buf_sv(&b)));
    buf_free(&b);
}

static const char *const stream_names[] = {"a.flac", "a.ogg", "a.opus"};
enum { STREAMS = sizeof stream_names / sizeof *stream_names };

/* Opus has 48,000 frames a second, so its sound is compared by its bytes alone. */
static uint64_t stream_sound(const char *path)
{
    SF_INFO info = {0};
    SNDFILE *f = sf_open(path, SFM_READ, &info);
    assert_non_null(f);
    uint64_t hash = 0, frames = 0;
    static int16_t pcm[4096];
    for (sf_count_t n; (n = sf_readf_short(f, pcm, 4096)) > 0; frames += (uint64_t)n)
        hash = hash * 31 + sv_hash((struct sv){(char *)pcm, (size_t)n * sizeof *pcm});
    sf_close(f);
    assert_true(frames >= SECONDS * RATE);
    return hash;
}

static void streams_begin_with_their_tags(void **unused)
{
    (void)unused;
    struct plan none = {0}, plan = {.tags = {.title = SV("Tiếng Việt"), .author = SV("Ước")}};
    for (int i = 0; i < STREAMS; i++) {
        const char *name = stream_names[i];
        save_as_stream(name, &none);
        assert_string_equal(tag_of(name, SF_STR_TITLE), "");
        uint64_t sound = stream_sound(name);
        save(name, &plan);
        assert_true(stream_sound(name) == sound);
        unlink(name);
        save_as_stream(name, &plan);
        assert_true(stream_sound(name) == sound);
        assert_string_equal(tag_of(name, SF_STR_TITLE), "Tiếng Việt");
        assert_string_equal(tag_of(name, SF_STR_ARTIST), "Ước");
        unlink(name);
    }
}

/* The end of a chapter is not known when the head is sent. */
static void streams_have_pictures_and_no_chapters(void **unused)
{
    struct buf picture = BUF_INIT;
    (void)unused;
    buf_adds(&picture, "\xFF\xD8\xFF");
    for (int i = 0; i < 200000; i++)
        buf_putc(&picture, (char)(i * 7));
    struct plan plan = {.tags = {.title = SV("Đây"), .picture = buf_sv(&picture)}, 12};
    for (int i = 0; i < STREAMS; i++) {
        const char *name = stream_names[i];
        save_as_stream(name, &plan);
        struct buf b = read_file(name);
        assert_true(has(&b, i ? SV("METADATA_BLOCK_PICTURE=") : sv_sub(buf_sv(&picture), 0, 999)));
        assert_true(b.n > picture.n);
        assert_false(has(&b, SV("CHAPTER0")));
        buf_free(&b);
        assert_string_equal(tag_of(name, SF_STR_TITLE), "Đây");
        stream_sound(name);
        unlink(name);
    }
    buf_free(&picture);
}

static void only_pictures_are_pictures(void **unused)
{
    (void)unused;
    assert_string_equal(picture_type(SV("\xFF\xD8\xFF\xE0")), "image/jpeg");
    assert_string_equal(picture_type(SV("\x89PNG\r\n\x1A\n...")), "image/png");
    assert_null(picture_type(SV("GIF89a")));
    assert_null(picture_type(SV("")));
    assert_null(picture_type((struct sv){"\xFF\xD8\xFF", PICTURE_MOST + 1}));
}

static void a_picture_in_text_is_base64(void **unused)
{
    struct buf out = BUF_INIT;
    struct description d = {.tags.picture = SV("\xFF\xD8\xFF\xFE")};
    struct vorbis_options options = {RATE, true, true};
    (void)unused;
    d.loudness = (struct loudness){true, 2, 1};
    vorbis_add_comments(&out, SV("v"), &d, &options);
    assert_true(has(&out, SV("\1\0\0\0v\2\0\0\0")));
    assert_true(has(&out, SV("R128_TRACK_GAIN=-768")));
    assert_true(has(&out, SV("METADATA_BLOCK_PICTURE=AAAAAwAAAAppbWFnZS9qcGVnAAAAAAAAAAAAAAAAAAAAAA"
                             "AAAAAAAAAE/9j//g==")));
    buf_free(&out);
}

/* ---- Rivendell ---- */

static void rivendell_gets_the_facts_a_line_each(void **unused)
{
    (void)unused;
    struct description d = {.has_tags = true,
                            .tags = {.title = SV("Giá <gạo> & “ngô”"),
                                     .author = SV("Ước"),
                                     .date = SV("2024-05-15T07:00:00+07:00"),
                                     .comment = SV("https://a.vn/?b=1&c=2")}};
    struct buf out = BUF_INIT;
    rdxml_add(&out, &d, 61500);
    assert_string_equal(out.p, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<cart>\n"
                               "  <title>Giá &lt;gạo&gt; &amp; “ngô”</title>\n"
                               "  <artist>Ước</artist>\n"
                               "  <year>2024</year>\n"
                               "  <userDefined>https://a.vn/?b=1&amp;c=2</userDefined>\n"
                               "  <cutList>\n    <cut>\n"
                               "      <description>Giá &lt;gạo&gt; &amp; “ngô”</description>\n"
                               "      <length>61500</length>\n"
                               "    </cut>\n  </cutList>\n</cart>\n");
    buf_free(&out);
}

/* As many characters as the database takes, and no line that the reader would cut in two. */
static void rivendell_gets_short_lines(void **unused)
{
    static const struct {
        const char *character;
        unsigned kept;
    } rows[] = {{"ữ", 191}, {"a", 191}, {"&", 191}, {"😀", 191}};
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf title = BUF_INIT, out = BUF_INIT, wanted = BUF_INIT;
        for (unsigned n = 0; n < 400; n++)
            buf_adds(&title, rows[i].character);
        struct description d = {.has_tags = true, .tags = {.title = buf_sv(&title)}};
        rdxml_add(&out, &d, 1);
        buf_adds(&wanted, "<title>");
        for (unsigned n = 0; n < rows[i].kept; n++)
            buf_add_markup(&wanted, sv_of(rows[i].character));
        buf_adds(&wanted, "</title>\n");
        assert_non_null(strstr(out.p, wanted.p));
        for (struct sv rest = buf_sv(&out); rest.p && rest.n;)
            assert_true(sv_cut(&rest, '\n').n < 1023);
        buf_free(&title);
        buf_free(&out);
        buf_free(&wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_clean),
        cmocka_unit_test(ascii_has_no_marks),
        cmocka_unit_test(headings_begin_chapters),
        cmocka_unit_test(the_first_chapter_begins_with_the_sound),
        cmocka_unit_test(one_chapter_without_a_title_is_none),
        cmocka_unit_test(an_id3_tag_has_all),
        cmocka_unit_test(many_chapters_are_grouped),
        cmocka_unit_test(a_wav_has_its_chunks),
        cmocka_unit_test(the_chunks_in_front_keep_their_length),
        cmocka_unit_test(vorbis_comments_are_read),
        cmocka_unit_test(long_heads_move_the_sound),
        cmocka_unit_test(streams_begin_with_their_tags),
        cmocka_unit_test(streams_have_pictures_and_no_chapters),
        cmocka_unit_test(only_pictures_are_pictures),
        cmocka_unit_test(a_picture_in_text_is_base64),
        cmocka_unit_test(rivendell_gets_the_facts_a_line_each),
        cmocka_unit_test(rivendell_gets_short_lines),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
