/* The place where a listener stopped is remembered by content, whatever happens to the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "library/positions.h"
#include "base/file.h"
#include "docbao/docbao.h"

/* ---- a folder that goes when the test ends ---- */

struct folder {
    struct buf path, file;
};

static void make_folder(struct folder *f)
{
    char template[] = "/tmp/docbao-positions-XXXXXX";
    assert_non_null(mkdtemp(template));
    f->path = f->file = BUF_INIT;
    buf_adds(&f->path, template);
    buf_addf(&f->file, "%s/state/docbao/positions", template);
}

static void remove_all(const char *path)
{
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        struct buf inner = BUF_INIT;
        buf_addf(&inner, "%s/%s", path, entry->d_name);
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            unlink(inner.p) != 0)
            remove_all(inner.p);
        buf_free(&inner);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}

static void remove_folder(struct folder *f)
{
    remove_all(f->path.p);
    buf_free(&f->path);
    buf_free(&f->file);
}

static void write_file(const char *path, struct sv bytes)
{
    int fd = file_lock(path); /* makes the folders */
    assert_true(fd >= 0);
    close(fd);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
    assert_int_equal(fclose(file), 0);
}

static void expect_file(const char *path, struct sv expected)
{
    struct buf bytes = BUF_INIT;
    assert_true(file_read(path, &bytes));
    assert_int_equal(bytes.n, expected.n);
    assert_memory_equal(bytes.p, expected.p, expected.n);
    buf_free(&bytes);
}

static size_t lines_of(const char *path)
{
    struct buf bytes = BUF_INIT;
    size_t lines = 0;
    assert_true(file_read(path, &bytes));
    for (size_t i = 0; i < bytes.n; i++)
        lines += bytes.p[i] == '\n';
    buf_free(&bytes);
    return lines;
}

/* ---- articles, through the public header ---- */

static const char weather[] =
    "<html><body><article><h1>Mưa lớn ở vùng núi phía bắc</h1>"
    "<p>Từ đêm qua, mưa lớn trút xuống nhiều xã vùng cao. Nước suối dâng nhanh. Trường học cho "
    "học sinh nghỉ một ngày.</p>"
    "<p>Người dân được đưa đến nơi an toàn. Nước suối dâng nhanh. Dự báo mưa còn kéo dài.</p>"
    "</article></body></html>";

/* The same, saved otherwise: other lines, and a date. */
static const char weather_again[] =
    "<html><head><meta property='article:published_time' content='2026-11-20T08:00:00+07:00'>"
    "</head><body><article>\n<h1>Mưa lớn ở vùng núi\nphía bắc</h1>\n"
    "<p class='date'>Thứ Sáu, 20/11/2026, 08:00</p>\n"
    "<p>Từ đêm qua, mưa lớn trút xuống nhiều xã   vùng cao. Nước suối dâng\nnhanh. Trường học cho "
    "học sinh nghỉ một ngày.</p>\n"
    "<p>Người dân được đưa đến nơi an toàn. Nước suối dâng nhanh. Dự báo mưa còn kéo dài.</p>\n"
    "</article></body></html>";

static const char market[] =
    "<html><body><article><h1>Chợ hoa họp sớm</h1>"
    "<p>Năm nay chợ hoa họp sớm hơn mọi năm. Người bán chở hoa về từ sáng tinh mơ.</p>"
    "<p>Giá đào và quất không tăng nhiều. Ai cũng mong trời ấm.</p></article></body></html>";

static struct docbao_article *open_text(struct docbao *d, const char *name, const char *text)
{
    struct docbao_article *a;
    if (docbao_open_bytes(d, name, text, strlen(text), &a) != DOCBAO_OK)
        fail_msg("%s", docbao_last_error(d)->message);
    return a;
}

static void expect_recalled(struct docbao *d, const char *path, struct docbao_article *a,
                            uint32_t expected)
{
    uint32_t sentence = UINT32_MAX;
    assert_true(docbao_recall(d, path, a, &sentence));
    assert_int_equal(sentence, expected);
}

static void the_place_is_found_again(void **state)
{
    (void)state;
    struct folder f;
    uint32_t sentence;
    make_folder(&f);
    const char *path = f.file.p;
    struct docbao *d = docbao_new(&(struct docbao_options){0});
    struct docbao_article *a = open_text(d, "mưa.html", weather);
    struct docbao_article *b = open_text(d, "chợ.html", market);
    uint32_t count = docbao_head_of(a).sentences;
    assert_int_equal(count, 7);
    assert_false(docbao_recall(d, path, a, &sentence));
    assert_int_equal(docbao_forget(d, path, a), DOCBAO_OK);
    assert_int_equal(access(f.file.p, F_OK), -1);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(docbao_remember(d, path, a, i), DOCBAO_OK);
        expect_recalled(d, path, a, i);
    }
    assert_false(docbao_recall(d, path, b, &sentence));
    assert_int_equal(docbao_remember(d, path, b, 3), DOCBAO_OK);
    assert_int_equal(docbao_remember(d, path, a, 1000), DOCBAO_OK);
    expect_recalled(d, path, b, 3);
    expect_recalled(d, path, a, count - 1);
    assert_int_equal(lines_of(path), 3);
    assert_int_equal(docbao_forget(d, path, a), DOCBAO_OK);
    assert_int_equal(docbao_forget(d, path, a), DOCBAO_OK);
    assert_false(docbao_recall(d, path, a, &sentence));
    expect_recalled(d, path, b, 3);
    struct stat info;
    buf_cut(&f.file, f.file.n - strlen("/positions"));
    assert_int_equal(stat(f.file.p, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    docbao_close(a);
    docbao_close(b);
    docbao_free(d);
    remove_folder(&f);
}

static void the_same_content_is_the_same_article(void **state)
{
    (void)state;
    struct folder f;
    uint32_t sentence;
    make_folder(&f);
    struct docbao *d = docbao_new(&(struct docbao_options){0});
    struct docbao *other = docbao_new(&(struct docbao_options){.voice = "nam-nu"});
    struct docbao_article *a = open_text(d, "một.html", weather);
    struct docbao_article *b = open_text(other, "https://bao.example/hai", weather_again);
    assert_int_equal(docbao_remember(d, f.file.p, a, 5), DOCBAO_OK);
    assert_int_equal(docbao_head_of(b).sentences, docbao_head_of(a).sentences + 1); /* the date */
    assert_true(docbao_recall(other, f.file.p, b, &sentence));
    struct docbao_text at = docbao_sentence_at(b, sentence).written;
    assert_int_equal(strncmp(at.p, "Nước suối dâng", strlen("Nước suối dâng")), 0);
    assert_int_equal(sentence, 6); /* the nearer one of two that say the same, not number 5 */
    docbao_close(a);
    docbao_close(b);
    docbao_free(d);
    docbao_free(other);
    remove_folder(&f);
}

/* Skipping a part of an article does not make it another article. */
static void skipping_does_not_change_the_article(void **state)
{
    (void)state;
    static const char note[] = "<p>Bài thuộc loạt bài viết về đời sống vùng cao.</p></article>";
    struct folder f;
    struct buf first = BUF_INIT, second = BUF_INIT;
    make_folder(&f);
    buf_addf(&first, "%.*s%s", (int)(strstr(market, "</article>") - market), market, note);
    buf_addf(&second, "%.*s%s", (int)(strstr(weather, "</article>") - weather), weather, note);
    struct docbao *d = docbao_new(&(struct docbao_options){.skip_repeats = true});
    struct docbao *plain = docbao_new(&(struct docbao_options){0});
    struct docbao_article *a = open_text(d, "a", first.p);
    struct docbao_article *b = open_text(d, "b", second.p);
    struct docbao_article *whole = open_text(plain, "b", second.p);
    assert_int_equal(docbao_head_of(b).sentences + 1, docbao_head_of(whole).sentences);
    assert_int_equal(docbao_remember(plain, f.file.p, whole, 7), DOCBAO_OK);
    expect_recalled(d, f.file.p, b, 6); /* the last one now */
    assert_int_equal(docbao_remember(d, f.file.p, b, 2), DOCBAO_OK);
    expect_recalled(plain, f.file.p, whole, 2);
    assert_int_equal(lines_of(f.file.p), 2);
    docbao_close(a);
    docbao_close(b);
    docbao_close(whole);
    docbao_free(d);
    docbao_free(plain);
    buf_free(&first);
    buf_free(&second);
    remove_folder(&f);
}

/* ---- sentences of our own making ---- */

/* An article of these sentences, one a line. */
static void make_article(struct article *a, const char *text)
{
    *a = (struct article){.spoken = BUF_INIT, .text = sv_of(text)};
    uint32_t off = 0;
    for (struct sv rest = a->text; rest.p && rest.n;) {
        struct sv line = sv_cut(&rest, '\n');
        *vec_push(&a->sentences) = (struct sentence){.text = {off, (uint32_t)line.n}};
        off += (uint32_t)line.n + 1;
    }
}

static void expect_sentence(const char *path, const char *text, uint32_t expected)
{
    struct article a;
    uint32_t sentence = UINT32_MAX;
    make_article(&a, text);
    assert_true(positions_recall(path, 1, &a, &sentence));
    assert_int_equal(sentence, expected);
    article_free(&a);
}

static void a_sentence_is_found_where_it_moved_to(void **state)
{
    (void)state;
    struct folder f;
    struct article a;
    struct err e = ERR_INIT;
    uint32_t sentence;
    make_folder(&f);
    const char *path = f.file.p;
    make_article(&a, "Một.\nHai.\nBa.\nBốn.\nNăm.");
    assert_int_equal(positions_remember(path, 1, &a, 3, &e), STATUS_OK);
    article_free(&a);
    expect_sentence(path, "Một.\nHai.\nBa.\nBốn.\nNăm.", 3);
    expect_sentence(path, "Mở đầu.\nMột.\nHai.\nBa.\nBốn.\nNăm.", 4);
    expect_sentence(path, "Một. Hai.\nBa.\nBốn.\nNăm.", 2);
    expect_sentence(path, "Bốn.\nHai.\nBa.\nNăm.\nBốn.", 4);
    expect_sentence(path, "Một.\nHai.\nBốn.\nNăm.\nBốn.", 2); /* both as near: hear it again */
    expect_sentence(path, "Một.\nHai.\nBa.\nBốn rồi.\nNăm.", 3);
    expect_sentence(path, "Một.\nHai.", 1);
    expect_sentence(path, "Bốn.\nHai.", 0);
    make_article(&a, "");
    assert_false(positions_recall(path, 1, &a, &sentence));
    assert_int_equal(positions_remember(path, 2, &a, 0, &e), STATUS_OK);
    article_free(&a);
    err_free(&e);
    remove_folder(&f);
}

static void lists_are_known_by_their_names(void **state)
{
    (void)state;
    struct folder f;
    static const char *const names[] = {"a.txt", "b.txt", "c.txt"};
    static const char *const turned[] = {"b.txt", "a.txt", "c.txt"};
    static const char *const joined[] = {"a.txtb.txt", "c.txt"};
    uint32_t index = 9;
    make_folder(&f);
    struct docbao *d = docbao_new(&(struct docbao_options){0});
    assert_false(docbao_recall_list(d, f.file.p, names, 3, &index));
    assert_int_equal(docbao_remember_list(d, f.file.p, names, 3, 2), DOCBAO_OK);
    assert_true(docbao_recall_list(d, f.file.p, names, 3, &index));
    assert_int_equal(index, 2);
    assert_false(docbao_recall_list(d, f.file.p, names, 2, &index));
    assert_false(docbao_recall_list(d, f.file.p, turned, 3, &index));
    assert_false(docbao_recall_list(d, f.file.p, joined, 2, &index));
    assert_int_equal(docbao_remember_list(d, f.file.p, turned, 3, 1), DOCBAO_OK);
    assert_int_equal(docbao_remember_list(d, f.file.p, names, 3, 0), DOCBAO_OK);
    assert_true(docbao_recall_list(d, f.file.p, names, 3, &index));
    assert_int_equal(index, 0);
    assert_int_equal(docbao_remember_list(d, f.file.p, names, 3, 3), DOCBAO_OK);
    assert_false(docbao_recall_list(d, f.file.p, names, 3, &index));
    docbao_free(d);
    remove_folder(&f);
}

/* ---- what may stand in the file ---- */

static bool remembers(const char *path, uint64_t key, uint32_t *sentence)
{
    struct article a;
    make_article(&a, "Một.\nHai.\nBa.\nBốn.\nNăm.\nSáu.\nBảy.\nTám.\nChín.\nMười.");
    bool found = positions_recall(path, key, &a, sentence);
    article_free(&a);
    return found;
}

static enum status remember(const char *path, uint64_t key, uint32_t sentence, struct err *e)
{
    struct article a;
    make_article(&a, "Một.\nHai.\nBa.\nBốn.\nNăm.\nSáu.\nBảy.\nTám.\nChín.\nMười.");
    enum status status = positions_remember(path, key, &a, sentence, e);
    article_free(&a);
    return status;
}

static void broken_lines_cost_only_themselves(void **state)
{
    (void)state;
    static const char mixed[] = "# my own remark\n"
                                "article\t000000000000000a\t4\t0000000000000000\r\n"
                                "article\t000000000000000b\n"
                                "article\t000000000000000B\t1\t0000000000000000\n"
                                "article\tb\t1\t0000000000000000\n"
                                "article\t000000000000000b\t4294967296\t0000000000000000\n"
                                "article\t000000000000000b\t-1\t0000000000000000\n"
                                "article\t000000000000000b\t1\t00000000000000000\n"
                                "list\t000000000000000c\n"
                                "list\t000000000000000c\t\n"
                                "nothing\n"
                                "\n"
                                "\xFF\xFE\t1\n"
                                "\x01\x02\0\t\t\n"
                                "# a remark\n"
                                "newer\tanything\n"
                                "article\t000000000000000d\t2\t0000000000000000\tmore\t1.5\n"
                                "article\t000000000000000e\t3\t0000000000000000";
    static const char kept[] = "# my own remark\n"
                               "article\t000000000000000a\t4\t0000000000000000\n"
                               "# a remark\n"
                               "newer\tanything\n"
                               "article\t000000000000000d\t2\t0000000000000000\tmore\t1.5\n"
                               "list\t";
    struct folder f;
    struct err e = ERR_INIT;
    struct buf bytes = BUF_INIT;
    static const char *const names[] = {"x"};
    uint32_t sentence;
    make_folder(&f);
    const char *path = f.file.p;
    write_file(path, SV(mixed));
    assert_true(remembers(path, 0xa, &sentence) && sentence == 4);
    assert_true(remembers(path, 0xd, &sentence) && sentence == 2);
    assert_false(remembers(path, 0xb, &sentence));
    assert_false(remembers(path, 0xe, &sentence)); /* cut off */
    assert_int_equal(positions_remember_list(path, names, 1, 0, &e), STATUS_OK);
    assert_true(file_read(path, &bytes));
    assert_true(sv_starts(buf_sv(&bytes), SV(kept)));
    buf_free(&bytes);
    assert_int_equal(lines_of(path), 6);
    err_free(&e);
    remove_folder(&f);
}

/* Every cut of a file, and noise in it: what can be read is, and it can be written again. */
static void damage_does_no_harm(void **state)
{
    (void)state;
    struct folder f;
    struct err e = ERR_INIT;
    struct buf whole = BUF_INIT;
    uint32_t sentence, seed = 7;
    make_folder(&f);
    const char *path = f.file.p;
    for (uint64_t key = 1; key <= 5; key++)
        assert_int_equal(remember(path, key, (uint32_t)key, &e), STATUS_OK);
    assert_true(file_read(path, &whole));
    for (size_t n = 0; n <= whole.n; n++) {
        write_file(path, sv_sub(buf_sv(&whole), 0, n));
        for (uint64_t key = 1; key <= 5; key++)
            assert_true(!remembers(path, key, &sentence) || sentence == key);
    }
    for (int round = 0; round < 300; round++) {
        struct buf bytes = BUF_INIT;
        buf_add_sv(&bytes, buf_sv(&whole));
        for (int i = 0; i < 1 + round % 40; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes.p[(seed >> 8) % bytes.n] = "\t\n\r\0\xff\xe1#-9zf"[(seed >> 4) % 12];
        }
        write_file(path, buf_sv(&bytes));
        for (uint64_t key = 1; key <= 5; key++)
            assert_true(!remembers(path, key, &sentence) || sentence < 10);
        buf_free(&bytes);
    }
    assert_int_equal(remember(path, 6, 6, &e), STATUS_OK);
    assert_true(remembers(path, 6, &sentence) && sentence == 6);
    buf_free(&whole);
    err_free(&e);
    remove_folder(&f);
}

static void the_oldest_are_forgotten(void **state)
{
    (void)state;
    enum { MOST = 5000, LINES = 200000 };
    struct folder f;
    struct err e = ERR_INIT;
    struct buf bytes = BUF_INIT;
    uint32_t sentence;
    make_folder(&f);
    const char *path = f.file.p;
    buf_adds(&bytes, "# header\n");
    for (unsigned i = 0; i < LINES; i++)
        buf_addf(&bytes, "article\t%016x\t%u\t%016x\n", i + 1, i % 10, 0);
    write_file(path, buf_sv(&bytes));
    assert_true(remembers(path, LINES, &sentence) && sentence == 9);
    assert_int_equal(remember(path, LINES - 1, 1, &e), STATUS_OK);
    assert_true(lines_of(path) <= MOST + 1 && lines_of(path) >= MOST);
    assert_true(remembers(path, LINES - 1, &sentence) && sentence == 1);
    assert_true(remembers(path, LINES, &sentence) && sentence == 9);
    assert_true(remembers(path, LINES - MOST + 10, &sentence));
    assert_false(remembers(path, LINES - MOST - 10, &sentence));
    buf_clear(&bytes);
    while (bytes.n < 20u << 20) /* one line without an end */
        buf_adds(&bytes, "rác rác rác rác ");
    write_file(path, buf_sv(&bytes));
    assert_false(remembers(path, LINES, &sentence));
    assert_int_equal(remember(path, 1, 1, &e), STATUS_OK);
    assert_int_equal(lines_of(path), 2);
    /* Large, but with holes: no more of it is read than its end. */
    assert_int_equal(truncate(path, (off_t)1 << 40), 0);
    assert_false(remembers(path, 1, &sentence));
    assert_int_equal(remember(path, 2, 1, &e), STATUS_OK);
    assert_int_equal(lines_of(path), 2);
    buf_free(&bytes);
    err_free(&e);
    remove_folder(&f);
}

/* ---- several programs, and programs that fail ---- */

static void expect_children(int count)
{
    for (int i = 0; i < count; i++) {
        int how;
        assert_true(wait(&how) > 0);
        assert_int_equal(how, 0);
    }
}

static void two_programs_lose_nothing(void **state)
{
    (void)state;
    enum { PROGRAMS = 2, TIMES = 200 };
    struct folder f;
    uint32_t sentence;
    make_folder(&f);
    for (uint64_t i = 0; i < PROGRAMS; i++) {
        if (fork() != 0)
            continue;
        struct err e = ERR_INIT;
        bool failed = false;
        for (uint64_t k = 0; k < TIMES; k++) {
            failed = failed || remember(f.file.p, k * PROGRAMS + i, k % 10, &e);
            failed = failed || (k % 10 == 9 && remember(f.file.p, UINT64_MAX, k % 10, &e));
        }
        _exit(failed);
    }
    expect_children(PROGRAMS);
    for (uint64_t key = 0; key < PROGRAMS * TIMES; key++)
        assert_true(remembers(f.file.p, key, &sentence) && sentence == key / PROGRAMS % 10);
    assert_int_equal(lines_of(f.file.p), PROGRAMS * TIMES + 2);
    remove_folder(&f);
}

static size_t entries_of(const char *path)
{
    DIR *folder = opendir(path);
    size_t entries = 0;
    assert_non_null(folder);
    while (readdir(folder))
        entries++;
    closedir(folder);
    return entries;
}

static void a_killed_writer_leaves_a_whole_file(void **state)
{
    (void)state;
    enum { BEFORE = 500, ROUNDS = 40 };
    struct folder f;
    struct err e = ERR_INIT;
    struct buf bytes = BUF_INIT;
    uint32_t sentence;
    make_folder(&f);
    for (unsigned i = 1; i <= BEFORE; i++)
        buf_addf(&bytes, "article\t%016x\t3\t%016x\n", i, 0);
    write_file(f.file.p, buf_sv(&bytes));
    assert_int_equal(remember(f.file.p, 1, 3, &e), STATUS_OK);
    for (int round = 0; round < ROUNDS; round++) {
        pid_t child = fork();
        if (child == 0)
            for (uint32_t k = 0;; k++)
                remember(f.file.p, 1000 + k % 50, k % 10, &e);
        assert_true(child > 0);
        usleep(1000 + 333 * (useconds_t)round);
        assert_int_equal(kill(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, NULL, 0), child);
        assert_true(lines_of(f.file.p) >= BEFORE + 1);
        assert_true(remembers(f.file.p, 2, &sentence) && sentence == 3);
        assert_true(remembers(f.file.p, BEFORE, &sentence) && sentence == 3);
        /* Its lock has gone with it. */
        assert_int_equal(remember(f.file.p, 999, (uint32_t)round % 10, &e), STATUS_OK);
    }
    buf_cut(&f.file, f.file.n - strlen("/positions"));
    assert_int_equal(entries_of(f.file.p), 4); /* ., .., the file, its lock */
    buf_free(&bytes);
    err_free(&e);
    remove_folder(&f);
}

static void expect_refused(enum status status, const struct err *e, const char *path)
{
    assert_int_equal(status, STATUS_OUTPUT);
    assert_int_equal(e->status, STATUS_OUTPUT);
    assert_string_equal(e->file.p, path);
    assert_true(e->message.n > 30);
}

static void a_limit_of_size_leaves_the_old_file(void **state)
{
    (void)state;
    struct folder f;
    struct err e = ERR_INIT;
    struct buf old = BUF_INIT, bytes = BUF_INIT;
    make_folder(&f);
    for (unsigned i = 1; i <= 100; i++)
        buf_addf(&bytes, "article\t%016x\t3\t%016x\n", i, 0);
    write_file(f.file.p, buf_sv(&bytes));
    assert_int_equal(remember(f.file.p, 1, 3, &e), STATUS_OK);
    assert_true(file_read(f.file.p, &old));
    pid_t child = fork();
    if (child == 0) {
        /* Files may not grow beyond this: the nearest thing to a full disk for a user who is not
         * root. */
        struct rlimit limit = {1000, 1000};
        signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
            _exit(1);
        bool refused = remember(f.file.p, 1000, 1, &e) == STATUS_OUTPUT &&
                       positions_forget(f.file.p, 5, &e) == STATUS_OUTPUT &&
                       sv_find(buf_sv(&e.message), SV("large")) > 0;
        _exit(!refused);
    }
    expect_children(1);
    expect_file(f.file.p, buf_sv(&old));
    buf_cut(&f.file, f.file.n - strlen("/positions"));
    assert_int_equal(entries_of(f.file.p), 4); /* ., .., the file, its lock */
    buf_free(&old);
    buf_free(&bytes);
    err_free(&e);
    remove_folder(&f);
}

enum { NO_DISK = 77 };

/* In a process of its own, which takes the disk with it when it ends. */
static int fill_disk(const struct folder *f, struct sv bytes)
{
    struct err e = ERR_INIT;
    uint32_t sentence;
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", f->path.p, "tmpfs", 0, "size=16k,mode=700") != 0)
        return NO_DISK;
    write_file(f->file.p, bytes);
    if (remember(f->file.p, 1000, 1, &e) != STATUS_OUTPUT ||
        sv_find(buf_sv(&e.message), SV("space")) < 0)
        return 1;
    expect_file(f->file.p, bytes);
    return !remembers(f->file.p, 200, &sentence) || sentence != 3;
}

static void a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    struct folder f;
    struct buf bytes = BUF_INIT;
    int how;
    make_folder(&f);
    for (unsigned i = 1; i <= 250; i++)
        buf_addf(&bytes, "article\t%016x\t3\t%016x\n", i, 0);
    pid_t child = fork();
    if (child == 0)
        _exit(fill_disk(&f, buf_sv(&bytes)));
    assert_int_equal(waitpid(child, &how, 0), child);
    buf_free(&bytes);
    remove_folder(&f);
    assert_true(WIFEXITED(how));
    if (WEXITSTATUS(how) == NO_DISK)
        skip(); /* only root may make one */
    assert_int_equal(WEXITSTATUS(how), 0);
}

static void what_cannot_be_written_is_said(void **state)
{
    (void)state;
    struct folder f;
    struct err e = ERR_INIT;
    uint32_t sentence;
    make_folder(&f);
    const char *nowhere = "/proc/docbao/positions";
    expect_refused(remember(nowhere, 1, 1, &e), &e, nowhere);
    assert_false(remembers(nowhere, 1, &sentence));
    assert_int_equal(positions_forget(nowhere, 1, &e), STATUS_OK);
    /* A folder and a pipe stand where the file should. */
    write_file(f.file.p, SV(""));
    assert_int_equal(unlink(f.file.p), 0);
    assert_int_equal(mkdir(f.file.p, 0700), 0);
    assert_false(remembers(f.file.p, 1, &sentence));
    expect_refused(remember(f.file.p, 1, 1, &e), &e, f.file.p);
    expect_refused(positions_forget(f.file.p, 1, &e), &e, f.file.p);
    assert_int_equal(rmdir(f.file.p), 0);
    assert_int_equal(mkfifo(f.file.p, 0600), 0);
    assert_false(remembers(f.file.p, 1, &sentence));
    expect_refused(remember(f.file.p, 1, 1, &e), &e, f.file.p);
    assert_int_equal(unlink(f.file.p), 0);
    err_free(&e);
    remove_folder(&f);
}

static void a_folder_without_leave_is_left_alone(void **state)
{
    (void)state;
    enum { NOBODY = 65534 };
    bool root = geteuid() == 0; /* who may write everywhere */
    struct folder f;
    struct err e = ERR_INIT;
    struct buf old = BUF_INIT, folder = BUF_INIT;
    uint32_t sentence;
    make_folder(&f);
    if (root && (chown(f.path.p, NOBODY, NOBODY) != 0 || seteuid(NOBODY) != 0)) {
        remove_folder(&f);
        skip();
    }
    assert_int_equal(remember(f.file.p, 1, 4, &e), STATUS_OK);
    assert_true(file_read(f.file.p, &old));
    buf_add(&folder, f.file.p, f.file.n - strlen("/positions"));
    assert_int_equal(chmod(folder.p, 0500), 0);
    expect_refused(remember(f.file.p, 2, 1, &e), &e, f.file.p);
    assert_true(remembers(f.file.p, 1, &sentence) && sentence == 4);
    assert_int_equal(chmod(folder.p, 0700), 0);
    expect_file(f.file.p, buf_sv(&old));
    assert_int_equal(chmod(f.file.p, 0), 0);
    assert_false(remembers(f.file.p, 1, &sentence));
    expect_refused(remember(f.file.p, 2, 1, &e), &e, f.file.p);
    assert_int_equal(chmod(f.file.p, 0600), 0);
    expect_file(f.file.p, buf_sv(&old));
    if (root)
        assert_int_equal(seteuid(0), 0);
    buf_free(&old);
    buf_free(&folder);
    err_free(&e);
    remove_folder(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_place_is_found_again),
        cmocka_unit_test(the_same_content_is_the_same_article),
        cmocka_unit_test(skipping_does_not_change_the_article),
        cmocka_unit_test(a_sentence_is_found_where_it_moved_to),
        cmocka_unit_test(lists_are_known_by_their_names),
        cmocka_unit_test(broken_lines_cost_only_themselves),
        cmocka_unit_test(damage_does_no_harm),
        cmocka_unit_test(the_oldest_are_forgotten),
        cmocka_unit_test(two_programs_lose_nothing),
        cmocka_unit_test(a_killed_writer_leaves_a_whole_file),
        cmocka_unit_test(a_limit_of_size_leaves_the_old_file),
        cmocka_unit_test(a_full_disk_leaves_the_old_file),
        cmocka_unit_test(what_cannot_be_written_is_said),
        cmocka_unit_test(a_folder_without_leave_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
