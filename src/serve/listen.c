#include "serve/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <unistd.h>

enum { BACKLOG = 256, HTTP_PORT = 80 };

/* ---- reading ---- */

static bool read_port(struct sv text, uint16_t *port)
{
    unsigned long number = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9' || text.n > 5)
            return false;
        number = 10 * number + (unsigned long)(text.p[i] - '0');
    }
    *port = (uint16_t)number;
    return text.n && number <= UINT16_MAX;
}

/* Divides it into address and port; an IPv6 address alone has several colons. */
static bool divide(struct sv text, struct sv *address, uint16_t *port)
{
    *address = text;
    if (sv_starts(text, SV("["))) {
        struct sv rest = sv_from(text, 1);
        *address = sv_cut(&rest, ']');
        if (!rest.p)
            return false;
        return !rest.n || (rest.p[0] == ':' && read_port(sv_from(rest, 1), port));
    }
    if (sv_count(text, ':') != 1)
        return true;
    *address = sv_cut(&text, ':');
    return read_port(text, port);
}

static bool read_numbers(const char *text, struct listen_place *out)
{
    struct sockaddr_in *four = (struct sockaddr_in *)&out->address;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)&out->address;
    if (inet_pton(AF_INET, text, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        out->length = sizeof *four;
        out->loopback = ntohl(four->sin_addr.s_addr) >> 24 == 127;
        return true;
    }
    if (inet_pton(AF_INET6, text, &six->sin6_addr) != 1)
        return false;
    six->sin6_family = AF_INET6;
    out->length = sizeof *six;
    out->loopback = IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
    return true;
}

static void set_port(struct listen_place *place)
{
    if (place->address.ss_family == AF_INET6)
        ((struct sockaddr_in6 *)&place->address)->sin6_port = htons(place->port);
    else
        ((struct sockaddr_in *)&place->address)->sin_port = htons(place->port);
}

bool listen_place_read(const char *text, uint16_t port, struct listen_place *out)
{
    struct sv address;
    *out = (struct listen_place){.port = port};
    if (!divide(sv_of(text ? text : "127.0.0.1"), &address, &out->port))
        return false;
    char *copy = mem_copy(sv_is(address, "localhost") ? SV("127.0.0.1") : address);
    bool read = read_numbers(copy, out);
    free(copy);
    set_port(out);
    return read;
}

/* ---- listening ---- */

static uint16_t port_of(int fd)
{
    struct sockaddr_storage bound;
    socklen_t length = sizeof bound;
    if (getsockname(fd, (struct sockaddr *)&bound, &length) != 0)
        return 0;
    return ntohs(bound.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&bound)->sin6_port
                                             : ((struct sockaddr_in *)&bound)->sin_port);
}

int listen_open(struct listen_place *place)
{
    int yes = 1;
    int fd = socket(place->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&place->address, place->length) == 0 &&
        listen(fd, BACKLOG) == 0) {
        place->port = port_of(fd);
        return fd;
    }
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

/* ---- names ---- */

static void add_text(const struct sockaddr *address, struct buf *out)
{
    char text[INET6_ADDRSTRLEN];
    if (address->sa_family == AF_INET &&
        inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, text, sizeof text))
        buf_adds(out, text);
    if (address->sa_family == AF_INET6 &&
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)address)->sin6_addr, text, sizeof text))
        buf_addf(out, "[%s]", text);
}

/* With the port; browsers leave that of HTTP out. */
static void add_name(const struct listen_place *place, const char *name, struct host_names *names)
{
    struct buf text = BUF_INIT;
    if (place->port == HTTP_PORT)
        host_names_add(names, name);
    buf_addf(&text, "%s:%u", name, place->port);
    host_names_add(names, text.p);
    buf_free(&text);
}

static void add_address(const struct listen_place *place, const struct sockaddr *address,
                        struct host_names *names)
{
    struct buf text = BUF_INIT;
    add_text(address, &text);
    if (text.n)
        add_name(place, text.p, names);
    buf_free(&text);
}

static bool is_any(const struct listen_place *place)
{
    if (place->address.ss_family == AF_INET6)
        return IN6_IS_ADDR_UNSPECIFIED(&((const struct sockaddr_in6 *)&place->address)->sin6_addr);
    return ((const struct sockaddr_in *)&place->address)->sin_addr.s_addr == htonl(INADDR_ANY);
}

/* Every address of this machine. */
static void add_all(const struct listen_place *place, struct host_names *names)
{
    struct ifaddrs *all = NULL;
    if (getifaddrs(&all) != 0)
        return;
    for (const struct ifaddrs *one = all; one; one = one->ifa_next)
        if (one->ifa_addr)
            add_address(place, one->ifa_addr, names);
    freeifaddrs(all);
}

void listen_add_names(const struct listen_place *place, const char *host, struct host_names *names)
{
    add_name(place, "localhost", names);
    add_name(place, "127.0.0.1", names);
    add_name(place, "[::1]", names);
    if (is_any(place))
        add_all(place, names);
    else
        add_address(place, (const struct sockaddr *)&place->address, names);
    if (host) {
        host_names_add(names, host);
        add_name(place, host, names);
    }
}

void listen_add_address(const struct listen_place *place, const char *host, struct buf *out)
{
    buf_adds(out, "http://");
    if (host) {
        buf_adds(out, host);
        return;
    }
    if (is_any(place))
        buf_adds(out, "127.0.0.1");
    else
        add_text((const struct sockaddr *)&place->address, out);
    if (place->port != HTTP_PORT)
        buf_addf(out, ":%u", place->port);
}
