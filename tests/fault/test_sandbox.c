/*
 * Confined processes (base/sandbox.h): a library that was taken over tries what it could do harm
 * with, in a process of each kind and in the real ones. Functions here replace those of libxml2 and
 * libcurl (the test program exports them, so the modules find them first).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "article/parser.h"
#include "base/child.h"
#include "base/clock.h"
#include "base/sanitizer.h"
#include "tone.h"
#include "unit/pool_run.h"

enum mode {
    PASS,
    TRY,
    TRY_STAYING,
    CRASH,
    ABORT,
    HANG,
    FILL_MEMORY,
    ABORT_FULL,
    TALK_NONSENSE,
    LEAVE
};

/* Shared with the processes that are started. */
struct lab {
    enum mode mode;
    pid_t victim;
    uint32_t tried, succeeded; /* bits of enum deed */
};

static struct lab *lab;

/* ---- deeds ---- */

static int open_file(void)
{
    return open("/etc/passwd", O_RDONLY);
}

static int create_file(void)
{
    return open("/tmp/docbao-sandbox-test", O_WRONLY | O_CREAT, 0600);
}

static int open_terminal(void)
{
    return open("/dev/tty", O_WRONLY);
}

static int type_into_terminal(void)
{
    int null = STDIN_FILENO;
    errno = 0;
    return ioctl(null, TIOCSTI, "x") == 0 || errno == ENOTTY ? 0 : -1;
}

static int open_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0);
}

static int open_local_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0);
}

static int run_program(void)
{
    char name[] = "true", *const arguments[] = {name, NULL};
    execve("/bin/true", arguments, NULL);
    return -1;
}

static int start_process(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid > 0 ? 0 : -1;
}

static int trace_victim(void)
{
    return ptrace(PTRACE_ATTACH, lab->victim, NULL, NULL) == 0 ? 0 : -1;
}

static int signal_victim(void)
{
    return kill(lab->victim, 0);
}

static int read_victim(void)
{
    char byte;
    struct iovec here = {&byte, 1}, there = {(void *)&lab, 1};
    return process_vm_readv(lab->victim, &here, 1, &there, 1, 0) == 1 ? 0 : -1;
}

static int make_code(void)
{
    void *page =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page == MAP_FAILED ? -1 : 0;
}

static int raise_limit(void)
{
    struct rlimit more = {1 << 20, 1 << 20};
    return setrlimit(RLIMIT_FSIZE, &more);
}

static int make_folder_outside(void)
{
    return mkdir("/tmp/docbao-sandbox-folder", 0700);
}

#define DEED(function)                                                                             \
    {                                                                                              \
#function, function                                                                        \
    }
static const struct {
    const char *name;
    int (*attempt)(void);
} deeds[] = {
    DEED(open_file),          DEED(create_file),         DEED(open_terminal),
    DEED(type_into_terminal), DEED(open_socket),         DEED(run_program),
    DEED(open_local_socket),  DEED(start_process),       DEED(trace_victim),
    DEED(signal_victim),      DEED(read_victim),         DEED(make_code),
    DEED(raise_limit),        DEED(make_folder_outside),
};
enum { DEEDS = sizeof deeds / sizeof *deeds };

static void try_all(void)
{
    for (size_t i = 0; i < DEEDS; i++) {
        lab->tried |= 1u << i;
        if (lab->mode == TRY_STAYING && deeds[i].attempt == run_program)
            continue;
        if (deeds[i].attempt() >= 0)
            lab->succeeded |= 1u << i;
    }
}

/* ---- a library that was taken over ---- */

/* False: it behaves. */
static bool misbehave(void)
{
    switch (lab ? lab->mode : PASS) {
    case PASS:
        return false;
    case TRY:
    case TRY_STAYING:
        try_all();
        break;
    case CRASH:
        signal(SIGSEGV, SIG_DFL); /* the tests and sanitizers have handlers */
        raise(SIGSEGV);
        break;
    case HANG:
        for (;;)
            pause();
    case FILL_MEMORY:
        for (;;)
            memset(mem_regrow(NULL, 1 << 28, 1), 1, 1 << 12);
    case ABORT:
        abort();
    case ABORT_FULL: /* as C++ does */
        while (malloc(1 << 28))
            ;
        abort();
    case TALK_NONSENSE:
        send(CHILD_CHANNEL, "\2\0\0\0\0\0\0\0\0\0\0\0\7nonsense", 24, 0);
        break;
    case LEAVE:
        break;
    }
    _exit(0);
}

/* The function that this one replaces. */
static void *real_function(const char *library, const char *name)
{
    void *handle = dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
    return handle ? dlsym(handle, name) : NULL;
}

int htmlParseDocument(void *context);
int curl_easy_perform(void *curl);

int htmlParseDocument(void *context)
{
    int (*real)(void *);
    if (misbehave())
        return -1;
    void *symbol = real_function("libxml2.so.2", "htmlParseDocument");
    memcpy(&real, &symbol, sizeof real);
    return real(context);
}

int curl_easy_perform(void *curl)
{
    int (*real)(void *);
    if (misbehave())
        return 0;
    void *symbol = real_function("libcurl.so.4", "curl_easy_perform");
    memcpy(&real, &symbol, sizeof real);
    return real(curl);
}

/* ---- what is expected ---- */

static bool is_allowed(const char *name, enum sandbox_kind kind)
{
    if (strcmp(name, "open_socket") == 0)
        return kind == SANDBOX_FETCHER;
    bool zygote = kind == SANDBOX_ZYGOTE, program = kind == SANDBOX_PROGRAM;
    enum { SCOPES = 6 }; /* the version of Landlock that keeps signals inside */
    if (strcmp(name, "signal_victim") == 0)
        return (zygote || program) && sandbox_support().landlock < SCOPES;
    if (strcmp(name, "make_code") == 0 || strcmp(name, "raise_limit") == 0)
        return program; /* it has no limit that could be raised */
    return (zygote || program) && strcmp(name, "start_process") == 0;
}

static void begin(enum mode mode)
{
    lab->mode = mode;
    lab->victim = getpid();
    lab->tried = lab->succeeded = 0;
}

static void expect_confined(enum sandbox_kind kind)
{
    assert_int_equal(lab->tried, (1u << DEEDS) - 1);
    for (size_t i = 0; i < DEEDS; i++) {
        bool did = lab->succeeded >> i & 1;
        if (did && !is_allowed(deeds[i].name, kind))
            fail_msg("a process of kind %d could %s", kind, deeds[i].name);
    }
}

/* ---- tests ---- */

static bool can_confine(void)
{
    struct sandbox_support support = sandbox_support();
    if (!support.calls || !support.landlock)
        print_message("this kernel or build cannot confine processes: %d %d\n", support.calls,
                      support.landlock);
    return support.calls && support.landlock;
}

static void try_work(void *with)
{
    (void)with;
    try_all();
}

static void each_kind_is_confined(void **state)
{
    (void)state;
    if (!can_confine())
        skip();
    for (int kind = SANDBOX_PARSER; kind < SANDBOX_KINDS; kind++) {
        struct child child;
        const struct child_plan plan = {
            .name = "docbao-test", .sandbox = {.kind = (enum sandbox_kind)kind}, .work = try_work};
        begin(kind == SANDBOX_PROGRAM ? TRY_STAYING : TRY); /* that one may start programs */
        assert_true(child_start(&child, &plan));
        const struct child_wait wait = {.deadline_ns = INT64_MAX};
        uint32_t head;
        assert_int_equal(child_receive(&child, &head, sizeof head, NULL, &wait), CHILD_ENDED);
        assert_int_equal(child_end(&child), 0);
        expect_confined((enum sandbox_kind)kind);
    }
}

/* What is not refused must not seem to be refused by chance. */
static void without_confinement_the_deeds_succeed(void **state)
{
    (void)state;
    begin(TRY);
    lab->victim = 0; /* kill(0, 0): this process */
    assert_true(open_file() >= 0 && open_socket() >= 0 && open_local_socket() >= 0);
    assert_int_equal(start_process(), 0);
    assert_int_equal(signal_victim(), 0);
    assert_int_equal(make_code(), 0);
    while (waitpid(-1, NULL, 0) > 0)
        ;
}

static const char page[] = "<!DOCTYPE html><html><body><article><h1>Tin trong ngày</h1><p>Chiều "
                           "nay trời mưa to ở nhiều nơi.</p></article></body></html>";

static enum status read_page(struct err *e)
{
    struct article a;
    struct buf bytes = BUF_INIT;
    struct fetch_options fetch = {.timeout_s = 1};
    struct read_options options = {.load = {.fetch = &fetch}};
    buf_adds(&bytes, page);
    enum status status = parser_take_bytes(&a, "a.html", &bytes, &options, NULL, e);
    if (!status)
        assert_true(article_block(&a, BLOCK_TITLE) || a.title);
    article_free(&a);
    buf_free(&bytes);
    return status;
}

static void the_parser_is_confined(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    begin(PASS);
    assert_int_equal(read_page(&e), STATUS_OK);
    begin(TRY);
    assert_int_equal(read_page(&e), STATUS_INPUT);
    if (can_confine())
        expect_confined(SANDBOX_PARSER);
    err_free(&e);
}

static void a_parser_that_fails_spoils_its_article_alone(void **state)
{
    (void)state;
    static const struct {
        enum mode mode;
        const char *words;
    } rows[] = {
        {CRASH, "died"},        {HANG, "within 1 seconds"}, {TALK_NONSENSE, "makes sense"},
        {LEAVE, "makes sense"}, {FILL_MEMORY, "memory"},    {ABORT_FULL, "memory"},
        {ABORT, "died"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct err e = ERR_INIT;
        bool full = rows[i].mode == FILL_MEMORY || rows[i].mode == ABORT_FULL;
        if (full && SANITIZER)
            continue; /* they have no limit of memory */
        begin(rows[i].mode);
        assert_int_equal(read_page(&e), STATUS_INPUT);
        assert_string_equal(e.file.p, "a.html");
        if (!strstr(e.message.p, rows[i].words))
            fail_msg("no “%s” in: %s", rows[i].words, e.message.p);
        begin(PASS);
        assert_int_equal(read_page(&e), STATUS_OK);
        err_free(&e);
    }
}

static void the_fetcher_is_confined(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct buf body = BUF_INIT, charset = BUF_INIT;
    struct fetch_options options = {.allow_local = true, .timeout_s = 5};
    begin(TRY);
    fetch_url("http://127.0.0.1:9/", 1000, &options, &body, &charset, NULL, &e);
    if (lab->tried && can_confine())
        expect_confined(SANDBOX_FETCHER);
    assert_true(lab->tried || strstr(e.message.p, "docbao-fetch.so"));
    begin(CRASH);
    assert_int_equal(fetch_url("http://127.0.0.1:9/", 1000, &options, &body, &charset, NULL, &e),
                     STATUS_INPUT);
    err_free(&e);
    buf_free(&body);
    buf_free(&charset);
}

static enum status hostile_speak(const char *text, const struct synth_output *out, struct err *e)
{
    if (strstr(text, "hại"))
        try_all();
    return synth_tone.speak(text, out, e);
}

static void the_engine_is_confined(void **state)
{
    (void)state;
    static const char *const texts[] = {"một", "hai hại", "ba"};
    struct synth_engine engine = synth_tone;
    engine.speak = hostile_speak;
    struct run r = {.engine = &engine, .voice = "x", .jobs = 1, .deadline_ms = 5000};
    begin(TRY);
    run_all(&r, texts, 3);
    for (size_t i = 0; i < 3; i++)
        assert_false(r.heard.at[i].lost);
    run_free(&r);
    if (can_confine())
        expect_confined(SANDBOX_WORKER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_confinement_the_deeds_succeed),
        cmocka_unit_test(each_kind_is_confined),
        cmocka_unit_test(the_parser_is_confined),
        cmocka_unit_test(a_parser_that_fails_spoils_its_article_alone),
        cmocka_unit_test(the_fetcher_is_confined),
        cmocka_unit_test(the_engine_is_confined),
    };
    void *shared =
        mmap(NULL, sizeof *lab, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return 77;
    lab = shared;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
