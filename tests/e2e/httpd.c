/*
 * A web server for the tests, on loopback alone: httpd FOLDER. It prints its port, and ends when
 * its standard input does (or after some minutes, whatever happens). Every answer is a file of
 * FOLDER, the HTTP head included, sent as it stands; the paths:
 *   /NAME           the file
 *   /drip/NAME      the file, a byte every tenth of a second
 *   /silent         the connection, and never a byte
 *   /endless/NAME   the file, then its last 64 KiB or less again and again
 *   /reset          the connection is closed without a word
 *   /hop/N          leads on to /hop/N-1, and /hop/0 to /ok
 *   /echo           the request, as plain text
 * Each path asked for is added to FOLDER/log, a line each.
 */
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    REQUEST_MOST = 65536,
    LIFE_SECONDS = 280,
    ROUNDS = 16384, /* of an endless answer: 1 GiB at most */
    SLICE = 65536,
    DRIP_MS = 100,
};

struct request {
    int fd;
    char bytes[REQUEST_MOST + 1];
    size_t n;
    char path[256];
};

static const char *folder;
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;

static bool send_all(int fd, const char *bytes, size_t n)
{
    while (n) {
        ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        n -= (size_t)sent;
    }
    return true;
}

/* The whole file, which the caller frees; NULL where there is none. */
static char *read_answer(const char *name, size_t *n)
{
    char *path = NULL, *bytes = NULL;
    *n = 0;
    if (strchr(name, '/') || *name == '.' || asprintf(&path, "%s/%s", folder, name) < 0)
        return NULL;
    FILE *file = fopen(path, "rb");
    free(path);
    while (file && !feof(file) && !ferror(file)) {
        bytes = realloc(bytes, *n + SLICE);
        if (!bytes)
            abort();
        *n += fread(bytes + *n, 1, SLICE, file);
    }
    if (file)
        fclose(file);
    return bytes;
}

static void send_not_found(int fd)
{
    static const char answer[] = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n"
                                 "Connection: close\r\n\r\n<p>No such page here.</p>\n";
    send_all(fd, answer, sizeof answer - 1);
}

static void send_file(int fd, const char *name)
{
    size_t n;
    char *bytes = read_answer(name, &n);
    if (bytes)
        send_all(fd, bytes, n);
    else
        send_not_found(fd);
    free(bytes);
}

static void drip(int fd, const char *name)
{
    size_t n;
    char *bytes = read_answer(name, &n);
    struct pollfd gone = {.fd = fd, .events = POLLRDHUP};
    for (size_t i = 0; bytes && i < n && send_all(fd, bytes + i, 1); i++)
        if (poll(&gone, 1, DRIP_MS) > 0)
            break;
    free(bytes);
}

static void send_endless(int fd, const char *name)
{
    size_t n;
    char *bytes = read_answer(name, &n);
    size_t tail = n < SLICE ? n : SLICE;
    bool open = bytes && send_all(fd, bytes, n);
    for (int i = 0; open && i < ROUNDS; i++)
        open = send_all(fd, bytes + n - tail, tail);
    free(bytes);
}

static void wait_for_the_end(int fd)
{
    struct pollfd gone = {.fd = fd, .events = POLLRDHUP};
    poll(&gone, 1, LIFE_SECONDS * 1000);
}

static void lead_on(int fd, const char *count)
{
    char *answer = NULL;
    long n = strtol(count, NULL, 10);
    int length = n > 0 ? asprintf(&answer, "HTTP/1.1 302 Found\r\nLocation: /hop/%ld\r\n", n - 1)
                       : asprintf(&answer, "HTTP/1.1 301 Moved Permanently\r\nLocation: /ok\r\n");
    if (length < 0)
        abort();
    send_all(fd, answer, (size_t)length);
    static const char rest[] = "Content-Length: 0\r\nConnection: close\r\n\r\n";
    send_all(fd, rest, sizeof rest - 1);
    free(answer);
}

static void echo(const struct request *r)
{
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"
                               "Connection: close\r\n\r\n";
    send_all(r->fd, head, sizeof head - 1);
    send_all(r->fd, r->bytes, r->n);
}

static void answer(const struct request *r)
{
    const char *path = r->path;
    if (strncmp(path, "/drip/", 6) == 0)
        drip(r->fd, path + 6);
    else if (strncmp(path, "/endless/", 9) == 0)
        send_endless(r->fd, path + 9);
    else if (strncmp(path, "/hop/", 5) == 0)
        lead_on(r->fd, path + 5);
    else if (strcmp(path, "/silent") == 0)
        wait_for_the_end(r->fd);
    else if (strcmp(path, "/echo") == 0)
        echo(r);
    else if (strcmp(path, "/reset") != 0)
        send_file(r->fd, path + 1);
}

/* The head of the request; false where there is none. */
static bool take_request(struct request *r)
{
    while (r->n < REQUEST_MOST) {
        ssize_t n = recv(r->fd, r->bytes + r->n, REQUEST_MOST - r->n, 0);
        if (n <= 0)
            return false;
        r->n += (size_t)n;
        r->bytes[r->n] = '\0';
        if (r->bytes[0] != 'G') /* a TLS handshake, say */
            return false;
        if (strstr(r->bytes, "\r\n\r\n"))
            return sscanf(r->bytes, "GET %255s", r->path) == 1;
    }
    return false;
}

static void log_path(const char *path)
{
    char *name = NULL;
    pthread_mutex_lock(&log_lock);
    FILE *file = asprintf(&name, "%s/log", folder) < 0 ? NULL : fopen(name, "a");
    if (file) {
        fprintf(file, "%s\n", path);
        fclose(file);
    }
    free(name);
    pthread_mutex_unlock(&log_lock);
}

static void *serve(void *of)
{
    struct request *r = of;
    if (take_request(r)) {
        log_path(r->path);
        answer(r);
        shutdown(r->fd, SHUT_WR);
    }
    close(r->fd);
    free(r);
    return NULL;
}

static int open_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(fd, 64) != 0 || getsockname(fd, (struct sockaddr *)&address, &length) != 0) {
        perror("httpd");
        exit(1);
    }
    printf("%u\n", (unsigned)ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

static void take_connection(int listening)
{
    struct request *r = calloc(1, sizeof *r);
    if (!r)
        abort();
    r->fd = accept(listening, NULL, NULL);
    pthread_t thread;
    if (r->fd >= 0 && pthread_create(&thread, NULL, serve, r) == 0) {
        pthread_detach(thread);
        return;
    }
    if (r->fd >= 0)
        close(r->fd);
    free(r);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("httpd FOLDER\n", stderr);
        return 1;
    }
    folder = argv[1];
    alarm(LIFE_SECONDS);
    int listening = open_port();
    struct pollfd events[] = {{.fd = listening, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
    while (poll(events, 2, -1) > 0 && !events[1].revents)
        if (events[0].revents)
            take_connection(listening);
    fflush(NULL);
    _exit(0); /* connections that never end need no farewell */
}
