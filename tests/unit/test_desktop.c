/* Media keys and panels, with a session bus of our own and the programs that people use on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "docbao/docbao.h"

#define BUS_NAME "org.mpris.MediaPlayer2.docbao"
#define OBJECT "/org/mpris/MediaPlayer2"
#define PLAYER "org.mpris.MediaPlayer2.Player"
#define TO_DOCBAO "dbus-send", "--session", "--print-reply", "--dest=" BUS_NAME, OBJECT
#define SET TO_DOCBAO, "org.freedesktop.DBus.Properties.Set", "string:" PLAYER
#define GET TO_DOCBAO, "org.freedesktop.DBus.Properties.Get", "string:" PLAYER
#define TITLE "Chợ Đồng Xuân mở cửa lại"

/* A player as far as the desktop can see it, the bus, and what a program said. */
struct fixture {
    char folder[32];
    struct buf address;
    pid_t bus;
    int bus_out; /* kept open, so that it may complain */
    struct docbao *d;
    struct docbao_desktop *desktop, *second;
    struct docbao_desktop_status status;
    struct buf asked; /* the commands: "next 0, volume 50, " */
    struct buf out;   /* of the program that ran last */
    int exit_code;
};

/* ---- the player ---- */

static void take_command(void *user, enum docbao_desktop_command command, int64_t value)
{
    static const char *const names[] = {"play", "pause", "toggle", "stop",  "next",  "previous",
                                        "quit", "seek",  "place",  "speed", "volume"};
    struct fixture *f = user;
    buf_addf(&f->asked, "%s %lld, ", names[command], (long long)value);
    if (command == DOCBAO_DESKTOP_TOGGLE)
        f->status.playing = f->status.playing == DOCBAO_PLAYING ? DOCBAO_PAUSED : DOCBAO_PLAYING;
    else if (command == DOCBAO_DESKTOP_SPEED)
        f->status.speed_percent = (uint32_t)value;
    else if (command == DOCBAO_DESKTOP_VOLUME)
        f->status.volume_percent = (uint32_t)value;
    else
        return;
    docbao_desktop_tell(f->desktop, &f->status, false);
}

static struct docbao_text text(const char *s)
{
    return (struct docbao_text){s, strlen(s)};
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Waits, for at most 100 ms, for the bus or for `fd` (-1: none), and serves. True: `fd` is ready.
 */
static bool turn(struct fixture *f, int fd)
{
    struct pollfd fds[3] = {{.fd = fd, .events = POLLIN}, {.fd = -1}, {.fd = -1}};
    int timeout = 100;
    if (f->desktop)
        docbao_desktop_wants(f->desktop, &fds[1], &timeout);
    if (f->second)
        docbao_desktop_wants(f->second, &fds[2], &timeout);
    poll(fds, 3, timeout);
    if (f->desktop)
        assert_true(docbao_desktop_serve(f->desktop));
    if (f->second)
        assert_true(docbao_desktop_serve(f->second));
    return fds[0].revents != 0;
}

static void open_desktop(struct fixture *f, struct docbao_desktop **out)
{
    if (docbao_desktop_open(f->d, take_command, f, out))
        fail_msg("%s", docbao_last_error(f->d)->message);
}

/* ---- other programs ---- */

/* Starts a program, which ends with us at the latest; *out gives what it prints. */
static pid_t start(const char *const *arguments, int *out)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (!child) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(ends[0]);
        close(ends[1]);
        execvp(arguments[0], (char *const *)arguments);
        _exit(127);
    }
    close(ends[1]);
    *out = ends[0];
    return child;
}

/* Reads once; false at the end. */
static bool take_output(struct buf *b, int fd)
{
    char bytes[4096];
    ssize_t n = read(fd, bytes, sizeof bytes);
    if (n > 0)
        buf_add(b, bytes, (size_t)n);
    return n > 0;
}

static void end_child(pid_t child, int how)
{
    kill(child, how);
    waitpid(child, NULL, 0);
}

static void run_arguments(struct fixture *f, const char *const *arguments)
{
    int fd, status;
    int64_t end = now_ms() + 20000;
    pid_t child = start(arguments, &fd);
    buf_clear(&f->out);
    while (!turn(f, fd) || take_output(&f->out, fd))
        if (now_ms() > end) {
            end_child(child, SIGKILL);
            fail_msg("%s does not end", arguments[0]);
        }
    close(fd);
    waitpid(child, &status, 0);
    f->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    while (f->out.n && f->out.p[f->out.n - 1] == '\n')
        buf_cut(&f->out, f->out.n - 1);
}

/* Runs a program while the bus is served: what it printed is then in f->out. */
#define RUN(f, ...) run_arguments((f), (const char *const[]){__VA_ARGS__, NULL})

/* The same, for one that must succeed and print this. */
#define EXPECT(f, printed, ...)                                                                    \
    do {                                                                                           \
        RUN(f, __VA_ARGS__);                                                                       \
        assert_string_equal((f)->out.p, printed);                                                  \
        assert_int_equal((f)->exit_code, 0);                                                       \
    } while (0)

static void expect_asked(struct fixture *f, const char *commands)
{
    assert_string_equal(f->asked.p, commands);
    buf_clear(&f->asked);
}

/* Until playerctl lists a player of this name, or (wanted false) no longer does. */
static void await_name(struct fixture *f, const char *name, bool wanted)
{
    int64_t end = now_ms() + 20000;
    struct buf line = BUF_INIT;
    bool there;
    do {
        RUN(f, "playerctl", "-l");
        buf_putc(&f->out, '\n');
        buf_clear(&line);
        buf_addf(&line, "%s\n", name);
        ptrdiff_t at = sv_find(buf_sv(&f->out), buf_sv(&line));
        there = at >= 0 && (at == 0 || f->out.p[at - 1] == '\n');
    } while (there != wanted && now_ms() < end);
    buf_free(&line);
    if (there != wanted)
        fail_msg("%s: %s", name, f->out.p);
}

/* ---- the bus ---- */

static void write_config(const char *path, const char *folder)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file,
            "<busconfig><type>session</type><listen>unix:path=%s/bus</listen>"
            "<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
            "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>\n",
            folder);
    assert_int_equal(fclose(file), 0);
}

/* Its address is a line of its own; where it runs without rights it may complain before that. */
static bool find_address(struct buf *address, const struct buf *printed)
{
    struct sv rest = buf_sv(printed);
    while (rest.p) {
        struct sv line = sv_cut(&rest, '\n');
        if (rest.p && sv_starts(line, SV("unix:"))) {
            buf_clear(address);
            buf_add_sv(address, line);
            return true;
        }
    }
    return false;
}

static void start_bus(struct fixture *f)
{
    struct buf config = BUF_INIT, option = BUF_INIT, printed = BUF_INIT;
    buf_addf(&config, "%s/session.conf", f->folder);
    buf_addf(&option, "--config-file=%s", config.p);
    write_config(config.p, f->folder);
    f->bus =
        start((const char *const[]){"dbus-daemon", "--nofork", "--print-address", option.p, NULL},
              &f->bus_out);
    while (!find_address(&f->address, &printed))
        if (!take_output(&printed, f->bus_out))
            fail_msg("dbus-daemon: %s", printed.p);
    setenv("DBUS_SESSION_BUS_ADDRESS", f->address.p, 1);
    buf_free(&config);
    buf_free(&option);
    buf_free(&printed);
}

static void remove_file(const struct fixture *f, const char *name)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", f->folder, name);
    unlink(path.p);
    buf_free(&path);
}

/* A bus, and a docbao without a connection to it. */
static int set_up_bus(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *f = (struct fixture){.folder = "/tmp/docbao-desktop-XXXXXX",
                          .address = BUF_INIT,
                          .asked = BUF_INIT,
                          .out = BUF_INIT};
    *state = f;
    assert_non_null(mkdtemp(f->folder));
    f->d = docbao_new(&(struct docbao_options){0});
    start_bus(f);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    docbao_desktop_close(f->desktop);
    docbao_desktop_close(f->second);
    docbao_free(f->d);
    if (f->bus)
        end_child(f->bus, SIGTERM);
    close(f->bus_out);
    remove_file(f, "session.conf");
    remove_file(f, "bus");
    rmdir(f->folder);
    buf_free(&f->address);
    buf_free(&f->asked);
    buf_free(&f->out);
    free(f);
    return 0;
}

/* The same with a player that is known, and was told about the second of three articles. */
static int set_up_playing(void **state)
{
    set_up_bus(state);
    struct fixture *f = *state;
    open_desktop(f, &f->desktop);
    f->status = (struct docbao_desktop_status){
        .playing = DOCBAO_PLAYING,
        .track = 1,
        .title = {TITLE " và", strlen(TITLE)}, /* not terminated */
        .byline = text("Thu Hà"),
        .url = "file:///tin/ch%E1%BB%A3.txt",
        .place_ms = 61500,
        .length_ms = 180000,
        .speed_percent = 100,
        .volume_percent = 80,
        .has_next = true,
        .has_previous = true,
    };
    docbao_desktop_tell(f->desktop, &f->status, false);
    await_name(f, "docbao", true);
    return 0;
}

/* ---- tests ---- */

static void playerctl_sees_what_is_played(void **state)
{
    struct fixture *f = *state;
    EXPECT(f, "docbao", "playerctl", "-l");
    EXPECT(f, "Playing", "playerctl", "status");
    RUN(f, "playerctl", "position"); /* with the time that it took to ask */
    assert_true(sv_starts(buf_sv(&f->out), SV("61.5")));
    RUN(f, GET, "string:Position");
    assert_non_null(strstr(f->out.p, "int64 61500000"));
    EXPECT(f, "0.800000", "playerctl", "volume");
    EXPECT(f, "None", "playerctl", "loop");
    EXPECT(f, "Off", "playerctl", "shuffle");
    EXPECT(f, TITLE "|Thu Hà|180000000|file:///tin/ch%E1%BB%A3.txt", "playerctl", "metadata",
           "--format", "{{title}}|{{artist}}|{{mpris:length}}|{{xesam:url}}");
    RUN(f, "playerctl", "metadata", "mpris:trackid"); /* in quotes or not: versions differ */
    assert_non_null(strstr(f->out.p, "/docbao/track/1"));
    expect_asked(f, "");
}

static void each_state_has_its_word(void **state)
{
    struct fixture *f = *state;
    static const struct {
        enum docbao_playing playing;
        const char *word;
    } words[] = {{DOCBAO_PAUSED, "Paused"},
                 {DOCBAO_FETCHING, "Playing"},
                 {DOCBAO_ENDED, "Stopped"},
                 {DOCBAO_AWAY, "Playing"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        f->status.playing = words[i].playing;
        docbao_desktop_tell(f->desktop, &f->status, false);
        EXPECT(f, words[i].word, "playerctl", "status");
    }
}

static void playerctl_commands(void **state)
{
    struct fixture *f = *state;
    EXPECT(f, "", "playerctl", "play-pause");
    expect_asked(f, "toggle 0, ");
    EXPECT(f, "Paused", "playerctl", "status");
    EXPECT(f, "", "playerctl", "next");
    EXPECT(f, "", "playerctl", "previous");
    EXPECT(f, "", "playerctl", "play");
    EXPECT(f, "", "playerctl", "pause");
    EXPECT(f, "", "playerctl", "stop");
    expect_asked(f, "next 0, previous 0, play 0, pause 0, stop 0, ");
    EXPECT(f, "", "playerctl", "position", "30");
    EXPECT(f, "", "playerctl", "position", "5+");
    EXPECT(f, "", "playerctl", "position", "5-");
    expect_asked(f, "place 30000, seek 5000, seek -5000, ");
    EXPECT(f, "", "playerctl", "volume", "0.5");
    expect_asked(f, "volume 50, ");
    EXPECT(f, "0.500000", "playerctl", "volume");
}

static void what_cannot_be_done_is_not_asked_for(void **state)
{
    struct fixture *f = *state;
    f->status.has_next = f->status.has_previous = false;
    docbao_desktop_tell(f->desktop, &f->status, false);
    RUN(f, TO_DOCBAO, PLAYER ".Next");
    assert_int_equal(f->exit_code, 0);
    RUN(f, TO_DOCBAO, PLAYER ".Previous");
    assert_int_equal(f->exit_code, 0);
    expect_asked(f, "");
    /* A leap over the end is the next article, where there is one. */
    RUN(f, TO_DOCBAO, PLAYER ".Seek", "int64:200000000");
    expect_asked(f, "seek 200000, ");
    f->status.has_next = true;
    docbao_desktop_tell(f->desktop, &f->status, false);
    RUN(f, TO_DOCBAO, PLAYER ".Seek", "int64:118500000");
    RUN(f, TO_DOCBAO, PLAYER ".Seek", "int64:118501000");
    RUN(f, TO_DOCBAO, PLAYER ".Seek", "int64:9223372036854775807");
    RUN(f, TO_DOCBAO, PLAYER ".Seek", "int64:-9223372036854775807");
    expect_asked(f, "seek 118500, next 0, next 0, seek -9223372036854775, ");
}

static void a_place_must_be_inside_this_article(void **state)
{
    struct fixture *f = *state;
    static const char *const wrong[][2] = {{"objpath:/docbao/track/0", "int64:1000000"},
                                           {"objpath:/docbao/track/1", "int64:-1"},
                                           {"objpath:/docbao/track/1", "int64:180001000"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        RUN(f, TO_DOCBAO, PLAYER ".SetPosition", wrong[i][0], wrong[i][1]);
        assert_int_equal(f->exit_code, 0);
    }
    expect_asked(f, "");
    RUN(f, TO_DOCBAO, PLAYER ".SetPosition", "objpath:/docbao/track/1", "int64:180000000");
    expect_asked(f, "place 180000, ");
}

static void the_speed_has_limits(void **state)
{
    struct fixture *f = *state;
    static const char *const rates[] = {"1.5", "0.1", "9", "-1", "0", "1.15"};
    struct buf value = BUF_INIT;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        buf_clear(&value);
        buf_addf(&value, "variant:double:%s", rates[i]);
        RUN(f, SET, "string:Rate", value.p);
        assert_int_equal(f->exit_code, 0);
    }
    buf_free(&value);
    expect_asked(f, "speed 150, speed 50, speed 400, speed 50, pause 0, speed 115, ");
    RUN(f, GET, "string:Rate");
    assert_non_null(strstr(f->out.p, "double 1.15"));
    RUN(f, SET, "string:Rate", "variant:double:nan");
    assert_int_not_equal(f->exit_code, 0);
    RUN(f, SET, "string:Volume", "variant:double:7");
    RUN(f, SET, "string:Volume", "variant:double:-7");
    expect_asked(f, "volume 100, volume 0, ");
}

static void what_it_cannot_do_it_says(void **state)
{
    struct fixture *f = *state;
    RUN(f, TO_DOCBAO, PLAYER ".OpenUri", "string:https://example.org/");
    assert_int_not_equal(f->exit_code, 0);
    assert_non_null(strstr(f->out.p, "org.freedesktop.DBus.Error.NotSupported"));
    RUN(f, SET, "string:LoopStatus", "variant:string:Track");
    assert_int_not_equal(f->exit_code, 0);
    RUN(f, TO_DOCBAO, "org.mpris.MediaPlayer2.Raise");
    assert_int_equal(f->exit_code, 0);
    expect_asked(f, "");
    RUN(f, TO_DOCBAO, "org.mpris.MediaPlayer2.Quit");
    assert_int_equal(f->exit_code, 0);
    expect_asked(f, "quit 0, ");
}

static void all_properties_of_the_specification_are_there(void **state)
{
    struct fixture *f = *state;
    static const char *const root[] = {"CanQuit",           "CanRaise",     "HasTrackList",
                                       "Identity",          "DesktopEntry", "SupportedUriSchemes",
                                       "SupportedMimeTypes"};
    static const char *const player[] = {
        "PlaybackStatus", "LoopStatus", "Rate",     "MinimumRate", "MaximumRate",
        "Shuffle",        "Metadata",   "Volume",   "Position",    "CanGoNext",
        "CanGoPrevious",  "CanPlay",    "CanPause", "CanSeek",     "CanControl"};
    RUN(f, TO_DOCBAO, "org.freedesktop.DBus.Properties.GetAll", "string:org.mpris.MediaPlayer2");
    for (size_t i = 0; i < sizeof root / sizeof *root; i++)
        assert_non_null(strstr(f->out.p, root[i]));
    RUN(f, TO_DOCBAO, "org.freedesktop.DBus.Properties.GetAll", "string:" PLAYER);
    for (size_t i = 0; i < sizeof player / sizeof *player; i++)
        assert_non_null(strstr(f->out.p, player[i]));
}

static void hostile_texts_do_no_harm(void **state)
{
    struct fixture *f = *state;
    f->status.title = (struct docbao_text){"một\0hai\xEF\xBF\xBE"
                                           "ba\xFF\xEF\xB7\x90\x1B\xC2\x9D\xE2\x80\xAE.",
                                           23};
    f->status.byline = (struct docbao_text){NULL, 0};
    f->status.url = "file:///tin/\xFF.txt";
    docbao_desktop_tell(f->desktop, &f->status, false);
    EXPECT(f,
           "một\xEF\xBF\xBDhai\xEF\xBF\xBD"
           "ba\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD||",
           "playerctl", "metadata", "--format", "{{title}}|{{artist}}|{{xesam:url}}");
    f->status.url = "file:///a b";
    docbao_desktop_tell(f->desktop, &f->status, false);
    EXPECT(f, "|", "playerctl", "metadata", "--format", "{{xesam:url}}|");
}

static void nothing_is_known_at_first(void **state)
{
    struct fixture *f = *state;
    open_desktop(f, &f->desktop);
    await_name(f, "docbao", true);
    EXPECT(f, "Stopped", "playerctl", "status");
    RUN(f, GET, "string:CanPlay");
    assert_non_null(strstr(f->out.p, "boolean false"));
    RUN(f, TO_DOCBAO, PLAYER ".PlayPause");
    assert_int_not_equal(f->exit_code, 0);
    RUN(f, TO_DOCBAO, PLAYER ".Play");
    assert_int_equal(f->exit_code, 0);
    expect_asked(f, "");
}

/* ---- what is announced ---- */

static void count(const struct buf *heard, const char *word, size_t times)
{
    size_t n = 0;
    for (const char *p = heard->p; (p = strstr(p, word)); p++)
        n++;
    if (n != times)
        fail_msg("%s: %zu times, not %zu, in:\n%s", word, n, times, heard->p);
}

/* Reads from the monitor until it has said `word`; tells a leap again and again if `repeat`, since
 * nobody knows when the monitor begins to listen. */
static void listen_for(struct fixture *f, int monitor, struct buf *heard, const char *word,
                       bool repeat)
{
    int64_t end = now_ms() + 20000;
    while (!strstr(heard->p, word)) {
        if (repeat)
            docbao_desktop_tell(f->desktop, &f->status, true);
        if (turn(f, monitor))
            assert_true(take_output(heard, monitor));
        if (now_ms() > end)
            fail_msg("no %s in:\n%s", word, heard->p);
    }
}

static void only_changes_are_announced(void **state)
{
    struct fixture *f = *state;
    struct buf heard = BUF_INIT;
    int monitor;
    pid_t child = start(
        (const char *const[]){"dbus-monitor", "--session", "type='signal',path='" OBJECT "'", NULL},
        &monitor);
    listen_for(f, monitor, &heard, "Seeked", true);
    /* The same again, and a place that moves on, are no news. */
    for (int i = 0; i < 50; i++) {
        f->status.place_ms += 100;
        f->status.length_ms = 180000 + (unsigned)i * 10;
        docbao_desktop_tell(f->desktop, &f->status, false);
    }
    f->status.volume_percent = 30;
    docbao_desktop_tell(f->desktop, &f->status, false);
    listen_for(f, monitor, &heard, "\"Volume\"", false);
    f->status.title = text("Tin khác");
    f->status.has_next = false;
    docbao_desktop_tell(f->desktop, &f->status, false);
    f->status.place_ms = 1234;
    docbao_desktop_tell(f->desktop, &f->status, true);
    listen_for(f, monitor, &heard, "int64 1234000", false);
    end_child(child, SIGTERM);
    close(monitor);
    count(&heard, "member=PropertiesChanged", 2);
    count(&heard, "\"Metadata\"", 1);
    count(&heard, "Tin khác", 1);
    count(&heard, "\"CanGoNext\"", 1);
    count(&heard, "\"CanGoPrevious\"", 0);
    count(&heard, "\"Position\"", 0);
    count(&heard, "\"PlaybackStatus\"", 0);
    buf_free(&heard);
}

/* ---- names, and a bus that is not as it should be ---- */

static void two_at_once_have_two_names(void **state)
{
    struct fixture *f = *state;
    struct buf name = BUF_INIT;
    struct docbao_desktop *third;
    buf_addf(&name, "docbao.instance%ld", (long)getpid());
    open_desktop(f, &f->second);
    await_name(f, name.p, true);
    await_name(f, "docbao", true);
    docbao_desktop_tell(f->second, &f->status, false);
    RUN(f, "playerctl", "-p", name.p, "next");
    expect_asked(f, "next 0, ");
    /* A third one of the same process finds both names taken, and gives up. */
    open_desktop(f, &third);
    int64_t end = now_ms() + 20000;
    while (docbao_desktop_serve(third) && now_ms() < end)
        turn(f, -1);
    assert_false(docbao_desktop_serve(third));
    docbao_desktop_close(third);
    /* The name goes at once, though another process may hold the connection. */
    pid_t child = fork();
    if (!child) {
        pause();
        _exit(0);
    }
    docbao_desktop_close(f->desktop);
    f->desktop = NULL;
    await_name(f, "docbao", false);
    await_name(f, name.p, true);
    end_child(child, SIGKILL);
    buf_free(&name);
}

static void a_bus_that_dies_is_noticed(void **state)
{
    struct fixture *f = *state;
    int64_t end = now_ms() + 20000;
    bool there = true;
    end_child(f->bus, SIGKILL);
    f->bus = 0;
    f->status.volume_percent = 1;
    docbao_desktop_tell(f->desktop, &f->status, true);
    while (there && now_ms() < end) {
        struct pollfd fd;
        int timeout = -1;
        docbao_desktop_wants(f->desktop, &fd, &timeout);
        poll(&fd, 1, timeout < 0 || timeout > 1000 ? 1000 : timeout);
        there = docbao_desktop_serve(f->desktop);
    }
    assert_false(there);
    struct pollfd fd;
    int timeout = -1;
    f->status.volume_percent = 2;
    docbao_desktop_tell(f->desktop, &f->status, true);
    docbao_desktop_wants(f->desktop, &fd, &timeout);
    assert_int_equal(fd.fd, -1);
    assert_int_equal(timeout, -1);
    assert_false(docbao_desktop_serve(f->desktop));
}

static void expect_no_bus(struct fixture *f, const char *word)
{
    assert_int_equal(docbao_desktop_open(f->d, take_command, f, &f->desktop), DOCBAO_USAGE);
    assert_null(f->desktop);
    if (!strstr(docbao_last_error(f->d)->message, word))
        fail_msg("%s", docbao_last_error(f->d)->message);
}

static void without_a_bus_it_says_so(void **state)
{
    struct fixture *f = *state;
    unsetenv("DBUS_SESSION_BUS_ADDRESS");
    unsetenv("XDG_RUNTIME_DIR");
    expect_no_bus(f, "no session bus");
    setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus", 1);
    expect_no_bus(f, "No such file");
    setenv("DBUS_SESSION_BUS_ADDRESS", "nonsense", 1);
    expect_no_bus(f, "DBUS_SESSION_BUS_ADDRESS");
}

/* Something that takes connections and never says a word. */
static void a_silent_bus_holds_nobody_up(void **state)
{
    struct fixture *f = *state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct buf path = BUF_INIT;
    int64_t begin = now_ms();
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    remove_file(f, "bus"); /* the daemon keeps its own */
    buf_addf(&path, "%s/bus", f->folder);
    memcpy(address.sun_path, path.p, path.n + 1);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(listener, 1), 0);
    buf_cut(&path, 0);
    buf_addf(&path, "unix:path=%s/bus", f->folder);
    setenv("DBUS_SESSION_BUS_ADDRESS", path.p, 1);
    open_desktop(f, &f->desktop);
    for (int i = 0; i < 20; i++) {
        f->status.title = text(i % 2 ? "một" : "hai");
        docbao_desktop_tell(f->desktop, &f->status, true);
        turn(f, -1);
    }
    docbao_desktop_close(f->desktop);
    f->desktop = NULL;
    assert_true(now_ms() - begin < 5000);
    close(listener);
    buf_free(&path);
}

/* The daemon hangs while it is told more and more. */
static void a_bus_that_hangs_holds_nobody_up(void **state)
{
    enum { TIMES = 5000 };
    struct fixture *f = *state;
    int64_t begin = now_ms();
    kill(f->bus, SIGSTOP);
    for (uint32_t i = 0; i < TIMES; i++) {
        f->status.track = i;
        docbao_desktop_tell(f->desktop, &f->status, true);
        assert_true(docbao_desktop_serve(f->desktop));
    }
    assert_true(now_ms() - begin < 10000);
    kill(f->bus, SIGCONT);
    RUN(f, "playerctl", "metadata", "mpris:trackid");
    assert_non_null(strstr(f->out.p, "/docbao/track/4999"));
    kill(f->bus, SIGSTOP);
    begin = now_ms();
    docbao_desktop_close(f->desktop);
    f->desktop = NULL;
    assert_true(now_ms() - begin < 1000);
    kill(f->bus, SIGCONT);
}

/* ---- whether it can be tried here ---- */

static bool can_run(const char *program)
{
    int out, status;
    pid_t child = start((const char *const[]){program, "--version", NULL}, &out);
    struct buf ignored = BUF_INIT;
    while (take_output(&ignored, out))
        ;
    buf_free(&ignored);
    close(out);
    waitpid(child, &status, 0);
    return !(WIFEXITED(status) && WEXITSTATUS(status) == 127);
}

static bool is_built(void)
{
    struct docbao *d = docbao_new(&(struct docbao_options){0});
    struct docbao_desktop *desktop;
    setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus", 1);
    docbao_desktop_open(d, take_command, NULL, &desktop);
    bool built = !strstr(docbao_last_error(d)->message, "docbao-mpris.so");
    if (!built)
        puts(docbao_last_error(d)->message);
    docbao_free(d);
    return built;
}

#define WITH_BUS(test) cmocka_unit_test_setup_teardown(test, set_up_bus, tear_down)
#define PLAYING(test) cmocka_unit_test_setup_teardown(test, set_up_playing, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAYING(playerctl_sees_what_is_played),
        PLAYING(each_state_has_its_word),
        PLAYING(playerctl_commands),
        PLAYING(what_cannot_be_done_is_not_asked_for),
        PLAYING(a_place_must_be_inside_this_article),
        PLAYING(the_speed_has_limits),
        PLAYING(what_it_cannot_do_it_says),
        PLAYING(all_properties_of_the_specification_are_there),
        PLAYING(hostile_texts_do_no_harm),
        WITH_BUS(nothing_is_known_at_first),
        PLAYING(only_changes_are_announced),
        PLAYING(two_at_once_have_two_names),
        PLAYING(a_bus_that_dies_is_noticed),
        WITH_BUS(without_a_bus_it_says_so),
        WITH_BUS(a_silent_bus_holds_nobody_up),
        PLAYING(a_bus_that_hangs_holds_nobody_up),
    };
    if (!can_run("dbus-daemon") || !can_run("dbus-send") || !can_run("playerctl") || !is_built())
        return 77;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
