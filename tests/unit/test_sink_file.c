/* The file sink: what lands on disk or in a stream, and when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <sndfile.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sink/file.h"
#include "sink/wav.h"

enum { FRAMES = 30000, WAV_HEADER = 44 };

static const struct sink_format mono = {22050, 1, NULL};

/* A sound that no wrong byte leaves as it was. */
static int16_t *make_sound(void)
{
    int16_t *pcm = malloc(FRAMES * sizeof *pcm);
    uint32_t noise = 1;
    for (int i = 0; i < FRAMES; i++) {
        noise = noise * 1664525u + 1013904223u;
        pcm[i] = (int16_t)((int32_t)(noise >> 16) % 8000);
    }
    return pcm;
}

static int enter_folder(void **state)
{
    char name[] = "/tmp/docbao-sink-XXXXXX";
    if (!mkdtemp(name) || chdir(name) != 0)
        return -1;
    *state = strdup(name);
    return 0;
}

static int leave_folder(void **state)
{
    DIR *d = opendir(".");
    for (struct dirent *entry; (entry = readdir(d));)
        unlinkat(AT_FDCWD, entry->d_name, 0);
    closedir(d);
    int failure = chdir("/") || rmdir(*state);
    free(*state);
    return failure;
}

static int count_entries(void)
{
    int n = 0;
    DIR *d = opendir(".");
    for (struct dirent *entry; (entry = readdir(d));)
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(d);
    return n;
}

static struct buf read_all(int fd)
{
    struct buf b = BUF_INIT;
    for (;;) {
        buf_reserve(&b, 65536);
        ssize_t n = read(fd, b.p + b.n, 65536);
        if (n <= 0)
            break;
        b.n += (size_t)n;
    }
    close(fd);
    return b;
}

static struct buf read_file(const char *path)
{
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    return read_all(fd);
}

static void write_text(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    fputs(text, f);
    fclose(f);
}

static void assert_text(const char *path, const char *text)
{
    struct buf b = read_file(path);
    assert_true(sv_is(buf_sv(&b), text));
    buf_free(&b);
}

/* In uneven pieces, as sentences come. */
static enum status write_sound(void *state, struct err *e)
{
    int16_t *pcm = make_sound();
    enum status status = STATUS_OK;
    for (uint32_t at = 0, piece = 1; at < FRAMES && !status; at += piece, piece = piece * 3 + 1) {
        piece = piece < FRAMES - at ? piece : FRAMES - at;
        status = sink_file.write(state, pcm + at, piece, e);
    }
    free(pcm);
    return status;
}

static void save(const char *path)
{
    struct err e = ERR_INIT;
    void *state;
    assert_int_equal(sink_file.open(&state, path, &mono, &e), STATUS_OK);
    assert_int_equal(write_sound(state, &e), STATUS_OK);
    assert_int_equal(sink_file.finish(state, &e), STATUS_OK);
    sink_file.close(state);
    err_free(&e);
}

/* Saves to `path` with tags and marks among the writes. */
static void save_with_marks(const char *path)
{
    struct err e = ERR_INIT;
    void *state;
    int16_t *pcm = make_sound();
    const struct sink_tags tags = {.title = sv_of("Chợ Đồng Xuân"), .language = sv_of("vi")};
    assert_int_equal(sink_file.open(&state, path, &mono, &e), STATUS_OK);
    assert_int_equal(sink_set_tags(&sink_file, state, &tags, &e), STATUS_OK);
    for (uint32_t at = 0; at < FRAMES; at += FRAMES / 4) {
        struct sink_mark mark = {at, SINK_MARK_SENTENCE, sv_of("Một câu.")};
        assert_int_equal(sink_add_mark(&sink_file, state, &mark, &e), STATUS_OK);
        assert_int_equal(sink_file.write(state, pcm + at, FRAMES / 4, &e), STATUS_OK);
    }
    assert_int_equal(sink_file.finish(state, &e), STATUS_OK);
    sink_file.close(state);
    free(pcm);
    err_free(&e);
}

/* The sound that libsndfile finds in the file. */
static int16_t *decode(const char *path, SF_INFO *info)
{
    *info = (SF_INFO){0};
    SNDFILE *f = sf_open(path, SFM_READ, info);
    assert_non_null(f);
    int16_t *pcm = malloc((size_t)info->frames * sizeof *pcm + 1);
    assert_int_equal(sf_readf_short(f, pcm, info->frames), info->frames);
    sf_close(f);
    return pcm;
}

static void tags_and_marks_change_no_sound(void **unused)
{
    static const char *const names[][2] = {
        {"a.wav", "b.wav"}, {"a.flac", "b.flac"}, {"a.mp3", "b.mp3"}};
    (void)unused;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        SF_INFO first, second;
        save(names[i][0]);
        save_with_marks(names[i][1]);
        int16_t *plain = decode(names[i][0], &first), *marked = decode(names[i][1], &second);
        assert_int_equal(first.frames, second.frames);
        assert_memory_equal(plain, marked, (size_t)first.frames * sizeof *plain);
        free(plain);
        free(marked);
    }
}

static void a_wav_is_a_plain_one(void **unused)
{
    (void)unused;
    save("a.wav");
    struct buf b = read_file("a.wav");
    assert_memory_equal(b.p, "RIFF", 4);
    static const unsigned char fmt[] = {'f', 'm', 't', ' ', 16, 0, 0, 0, 1, 0, 1, 0};
    assert_memory_equal(b.p + 12, fmt, sizeof fmt);
    uint32_t size;
    memcpy(&size, b.p + 4, 4);
    assert_int_equal(size, b.n - 8);
    int16_t *pcm = make_sound();
    assert_memory_equal(b.p + b.n - FRAMES * 2, pcm, FRAMES * 2);
    free(pcm);
    buf_free(&b);
    assert_int_equal(count_entries(), 1);
}

/* libsndfile 1.2.0 writes this header for 5,000,000,000 bytes, two channels, 48,000 frames a
 * second. */
static void a_long_wav_says_its_length_in_64_bits(void **unused)
{
    static const unsigned char wanted[WAV_FILE_HEADER] = {
        'R',  'F',  '6',  '4',  0xFF, 0xFF, 0xFF, 0xFF, 'W',  'A',  'V',  'E',  'd',  's',
        '6',  '4',  28,   0,    0,    0,    0x68, 0xF2, 0x05, 0x2A, 1,    0,    0,    0,
        0x00, 0xF2, 0x05, 0x2A, 1,    0,    0,    0,    0x80, 0x7C, 0x81, 0x4A, 0,    0,
        0,    0,    0,    0,    0,    0,    'f',  'm',  't',  ' ',  40,   0,    0,    0,
        0xFE, 0xFF, 2,    0,    0x80, 0xBB, 0,    0,    0x00, 0xEE, 2,    0,    4,    0,
        16,   0,    22,   0,    16,   0,    3,    0,    0,    0,    1,    0,    0,    0,
        0,    0,    16,   0,    0x80, 0,    0,    0xAA, 0,    0x38, 0x9B, 0x71, 'P',  'A',
        'D',  ' ',  0,    0,    0,    0,    'd',  'a',  't',  'a',  0xFF, 0xFF, 0xFF, 0xFF};
    (void)unused;
    struct buf b = BUF_INIT;
    wav_add_file_header(&b, &(struct wav_layout){48000, 2, {0}, 5000000000, 0});
    assert_int_equal(b.n, WAV_FILE_HEADER);
    assert_memory_equal(b.p, wanted, WAV_FILE_HEADER);
    /* The longest plain one, and the shortest long one. */
    buf_clear(&b);
    wav_add_file_header(&b, &(struct wav_layout){22050, 1, {0}, 4294967182, 0});
    assert_memory_equal(b.p, "RIFF\xF6\xFF\xFF\xFFWAVE", 12);
    assert_memory_equal(b.p + WAV_FILE_HEADER - 8, "data\x8E\xFF\xFF\xFF", 8);
    buf_clear(&b);
    wav_add_file_header(&b, &(struct wav_layout){22050, 1, {0}, 4294967184, 0});
    assert_int_equal(b.n, WAV_FILE_HEADER);
    assert_memory_equal(b.p, "RF64\xFF\xFF\xFF\xFFWAVE", 12);
    buf_free(&b);
}

/* Sound of every length around the blocks in which a file is written. */
static void every_length_is_written_whole(void **unused)
{
    enum { BLOCK_FRAMES = 256 * 1024 / 2 };
    static const uint32_t lengths[] = {
        1, BLOCK_FRAMES - WAV_FILE_HEADER / 2 - 1, BLOCK_FRAMES - WAV_FILE_HEADER / 2,
        BLOCK_FRAMES - WAV_FILE_HEADER / 2 + 1, 3 * BLOCK_FRAMES + 5};
    (void)unused;
    struct err e = ERR_INIT;
    int16_t *pcm = malloc(4 * BLOCK_FRAMES * sizeof *pcm);
    for (uint32_t i = 0; i < 4 * BLOCK_FRAMES; i++)
        pcm[i] = (int16_t)(i * 7919);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        void *state;
        uint32_t piece;
        assert_int_equal(sink_file.open(&state, "a.wav", &mono, &e), STATUS_OK);
        for (uint32_t at = 0; at < lengths[i]; at += piece) {
            piece = lengths[i] - at < 1081 ? lengths[i] - at : 1081;
            assert_int_equal(sink_file.write(state, pcm + at, piece, &e), STATUS_OK);
        }
        assert_int_equal(sink_file.finish(state, &e), STATUS_OK);
        sink_file.close(state);
        struct buf b = read_file("a.wav");
        assert_int_equal(b.n, WAV_FILE_HEADER + lengths[i] * sizeof *pcm);
        assert_memory_equal(b.p + WAV_FILE_HEADER, pcm, lengths[i] * sizeof *pcm);
        buf_free(&b);
    }
    free(pcm);
    err_free(&e);
}

static void every_ending_makes_its_format(void **unused)
{
    (void)unused;
    static const struct {
        const char *path;
        int type;
        bool exact, whole;
    } formats[] = {
        {"a.wav", SF_FORMAT_WAV, true, true},     {"a.FLAC", SF_FORMAT_FLAC, true, true},
        {"a.ogg", SF_FORMAT_OGG, false, true},    {"a.mp3", SF_FORMAT_MPEG, false, false},
        {"a.b c.WAV", SF_FORMAT_WAV, true, true}, {".wav", SF_FORMAT_WAV, true, true},
    };
    int16_t *pcm = make_sound(), *back = malloc(FRAMES * 2 * sizeof *back);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        save(formats[i].path);
        SF_INFO info = {0};
        SNDFILE *f = sf_open(formats[i].path, SFM_READ, &info);
        assert_non_null(f);
        assert_int_equal(info.format & SF_FORMAT_TYPEMASK, formats[i].type);
        assert_int_equal(info.samplerate, 22050);
        assert_int_equal(info.channels, 1);
        sf_count_t n = sf_readf_short(f, back, FRAMES * 2);
        assert_true(formats[i].whole ? n == FRAMES : n >= FRAMES);
        if (formats[i].exact)
            assert_memory_equal(pcm, back, FRAMES * 2);
        sf_close(f);
    }
    free(pcm);
    free(back);
}

static void the_same_sound_makes_the_same_bytes(void **unused)
{
    (void)unused;
    static const char *const pairs[][2] = {{"1.wav", "2.wav"}, {"1.flac", "2.flac"},
                                           {"1.ogg", "2.ogg"}, {"1.opus", "2.opus"},
                                           {"1.mp3", "2.mp3"}, {"1.m4a", "2.m4a"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        save(pairs[i][0]);
        save(pairs[i][1]);
        struct buf one = read_file(pairs[i][0]), two = read_file(pairs[i][1]);
        assert_true(sv_eq(buf_sv(&one), buf_sv(&two)));
        buf_free(&one);
        buf_free(&two);
    }
}

static void the_old_file_stays_until_the_new_is_whole(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    void *state;
    write_text("a.wav", "old");
    assert_int_equal(sink_file.open(&state, "a.wav", &mono, &e), STATUS_OK);
    assert_int_equal(write_sound(state, &e), STATUS_OK);
    assert_text("a.wav", "old");
    assert_int_equal(sink_file.finish(state, &e), STATUS_OK);
    sink_file.close(state);
    struct buf b = read_file("a.wav");
    assert_true(sv_starts(buf_sv(&b), SV("RIFF")));
    buf_free(&b);
    assert_int_equal(count_entries(), 1);
    err_free(&e);
}

static void close_without_finish_leaves_nothing(void **unused)
{
    (void)unused;
    static const char *const paths[] = {"a.wav", "a.flac", "a.ogg", "a.opus", "a.mp3", "a.m4a"};
    struct err e = ERR_INIT;
    write_text("a.wav", "old");
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        void *state;
        assert_int_equal(sink_file.open(&state, paths[i], &mono, &e), STATUS_OK);
        assert_int_equal(write_sound(state, &e), STATUS_OK);
        sink_file.close(state);
    }
    assert_text("a.wav", "old");
    assert_int_equal(count_entries(), 1);
    err_free(&e);
}

static mode_t mode_of(const char *path)
{
    struct stat s;
    assert_int_equal(stat(path, &s), 0);
    return s.st_mode & 0777;
}

static void a_new_file_has_an_ordinary_mode_and_an_old_one_keeps_its(void **unused)
{
    (void)unused;
    mode_t mask = umask(027);
    save("new.wav");
    write_text("old.wav", "old");
    assert_int_equal(chmod("old.wav", 0604), 0);
    save("old.wav");
    umask(mask);
    assert_int_equal(mode_of("new.wav"), 0640);
    assert_int_equal(mode_of("old.wav"), 0604);
}

static void a_link_stays_a_link(void **unused)
{
    (void)unused;
    write_text("real.wav", "old");
    assert_int_equal(symlink("real.wav", "one.wav"), 0);
    assert_int_equal(symlink("one.wav", "two.wav"), 0);
    assert_int_equal(symlink("later.wav", "dangling.wav"), 0);
    save("two.wav");
    save("dangling.wav");
    struct stat s;
    assert_int_equal(lstat("two.wav", &s), 0);
    assert_true(S_ISLNK(s.st_mode));
    assert_int_equal(lstat("real.wav", &s), 0);
    assert_true(S_ISREG(s.st_mode) && s.st_size > FRAMES);
    assert_int_equal(lstat("later.wav", &s), 0);
    assert_true(S_ISREG(s.st_mode) && s.st_size > FRAMES);
}

static void a_name_as_long_as_names_may_be(void **unused)
{
    (void)unused;
    struct buf name = BUF_INIT;
    while (name.n + 3 <= 250)
        buf_adds(&name, "ế");
    buf_adds(&name, ".wav");
    save(name.p);
    assert_int_equal(count_entries(), 1);
    buf_free(&name);
}

static void an_unknown_ending_names_the_known_ones(void **unused)
{
    (void)unused;
    static const char *const targets[] = {"a.xyz", "wav", "", "a.wav.txt"};
    struct err e = ERR_INIT;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        void *state = &e;
        assert_int_equal(sink_file.open(&state, targets[i], &mono, &e), STATUS_USAGE);
        assert_null(state);
        if (*targets[i])
            assert_non_null(strstr(e.message.p, ".wav, .flac, .ogg, .opus, .mp3"));
    }
    assert_int_equal(count_entries(), 0);
    err_free(&e);
}

static void an_empty_sound_is_a_valid_file(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    void *state;
    assert_int_equal(sink_file.open(&state, "a.wav", &mono, &e), STATUS_OK);
    assert_int_equal(sink_file.finish(state, &e), STATUS_OK);
    sink_file.close(state);
    SF_INFO info = {0};
    SNDFILE *f = sf_open("a.wav", SFM_READ, &info);
    assert_non_null(f);
    assert_int_equal(info.frames, 0);
    sf_close(f);
    err_free(&e);
}

/* ---- streams ---- */

/* Saves the sound to `target` in a child whose standard output is a pipe (or to the pipe named
 * `fifo`), and gives what came out of it. */
static struct buf stream_of(const char *target, const char *fifo, bool sound, uint64_t limit,
                            enum status expected)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        struct err e = ERR_INIT;
        void *state;
        enum status status = sink_file_open_limited(&state, target, &mono, limit, &e);
        if (status)
            _exit(100);
        if (sound)
            status = write_sound(state, &e);
        if (!status)
            status = sink_file.finish(state, &e);
        sink_file.close(state);
        err_free(&e);
        _exit((int)status);
    }
    close(ends[1]);
    if (fifo) {
        close(ends[0]);
        ends[0] = open(fifo, O_RDONLY);
    }
    struct buf b = read_all(ends[0]);
    int how;
    waitpid(child, &how, 0);
    assert_true(WIFEXITED(how));
    assert_int_equal(WEXITSTATUS(how), expected);
    return b;
}

static const unsigned char stream_header[WAV_HEADER] = {
    'R', 'I', 'F', 'F', 255, 255, 255, 255, 'W', 'A',  'V',  'E', 'f', 'm',  't',
    ' ', 16,  0,   0,   0,   1,   0,   1,   0,   0x22, 0x56, 0,   0,   0x44, 0xAC,
    0,   0,   2,   0,   16,  0,   'd', 'a', 't', 'a',  255,  255, 255, 255};

static void assert_wav_stream(struct buf *b, size_t bytes)
{
    int16_t *pcm = make_sound();
    assert_int_equal(b->n, WAV_HEADER + bytes);
    assert_memory_equal(b->p, stream_header, WAV_HEADER);
    if (bytes)
        assert_memory_equal(b->p + WAV_HEADER, pcm, bytes);
    free(pcm);
    buf_free(b);
}

static void standard_output_is_a_wav_stream(void **unused)
{
    (void)unused;
    struct buf b = stream_of("-", NULL, true, UINT32_MAX, STATUS_OK);
    assert_wav_stream(&b, FRAMES * 2);
    b = stream_of("/dev/stdout", NULL, true, UINT32_MAX, STATUS_OK);
    assert_wav_stream(&b, FRAMES * 2);
    b = stream_of("-", NULL, false, UINT32_MAX, STATUS_OK);
    assert_wav_stream(&b, 0);
}

static void a_stream_past_its_limit_is_whole_up_to_it(void **unused)
{
    (void)unused;
    struct buf b = stream_of("-", NULL, true, 50001, STATUS_PARTIAL);
    assert_wav_stream(&b, 50000);
    b = stream_of("-", NULL, true, FRAMES * 2, STATUS_OK);
    assert_wav_stream(&b, FRAMES * 2);
}

static void a_named_pipe_is_written_and_stays(void **unused)
{
    (void)unused;
    assert_int_equal(mkfifo("plain", 0600), 0);
    struct buf b = stream_of("plain", "plain", true, UINT32_MAX, STATUS_OK);
    assert_wav_stream(&b, FRAMES * 2);
    struct stat s;
    assert_int_equal(lstat("plain", &s), 0);
    assert_true(S_ISFIFO(s.st_mode));
    assert_int_equal(count_entries(), 1);
}

static void other_formats_stream_too(void **unused)
{
    (void)unused;
    static const char *const names[] = {"a.ogg", "a.mp3", "a.flac", "a.wav", "a.opus"};
    int16_t *back = malloc(FRAMES * 2 * sizeof *back);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(mkfifo(names[i], 0600), 0);
        struct buf b = stream_of(names[i], names[i], true, UINT32_MAX, STATUS_OK);
        int fd = open("copy", O_RDWR | O_CREAT | O_TRUNC, 0600);
        assert_int_equal(write(fd, b.p, b.n), b.n);
        lseek(fd, 0, SEEK_SET);
        SF_INFO info = {0};
        SNDFILE *f = sf_open_fd(fd, SFM_READ, &info, 1);
        assert_non_null(f);
        assert_true(sf_readf_short(f, back, FRAMES * 2) >= FRAMES);
        sf_close(f);
        buf_free(&b);
    }
    free(back);
}

#define in_folder(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(a_wav_is_a_plain_one),
        in_folder(tags_and_marks_change_no_sound),
        cmocka_unit_test(a_long_wav_says_its_length_in_64_bits),
        in_folder(every_length_is_written_whole),
        in_folder(every_ending_makes_its_format),
        in_folder(the_same_sound_makes_the_same_bytes),
        in_folder(the_old_file_stays_until_the_new_is_whole),
        in_folder(close_without_finish_leaves_nothing),
        in_folder(a_new_file_has_an_ordinary_mode_and_an_old_one_keeps_its),
        in_folder(a_link_stays_a_link),
        in_folder(a_name_as_long_as_names_may_be),
        in_folder(an_unknown_ending_names_the_known_ones),
        in_folder(an_empty_sound_is_a_valid_file),
        in_folder(standard_output_is_a_wav_stream),
        in_folder(a_stream_past_its_limit_is_whole_up_to_it),
        in_folder(a_named_pipe_is_written_and_stays),
        in_folder(other_formats_stream_too),
    };
    return cmocka_run_group_tests_name("sink_file", tests, NULL, NULL);
}
