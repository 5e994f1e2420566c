#include <errno.h>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/message.h"
#include "base/sha256.h"
#include "base/system_text.h"
#include "serve/desk.h"

enum { TOKEN_BYTES = 32, TOKEN_LETTERS = 2 * TOKEN_BYTES, MOST_LETTERS = 4096 };

static void add_hex(struct buf *out, const unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_addf(out, "%02x", bytes[i]);
}

/* A secret that does not tell the token: hash of the token and the hash of both. */
static void derive(const struct buf *token, const char *purpose, struct buf *out)
{
    unsigned char inner[SHA256_BYTES], outer[SHA256_BYTES];
    struct sha256 h;
    sha256_begin(&h);
    sha256_add_part(&h, buf_sv(token));
    sha256_add_part(&h, sv_of(purpose));
    sha256_end(&h, inner);
    sha256_begin(&h);
    sha256_add_part(&h, buf_sv(token));
    sha256_add_part(&h, (struct sv){(const char *)inner, sizeof inner});
    sha256_end(&h, outer);
    add_hex(out, outer, sizeof outer);
}

/* A new file that only its owner may read, whatever the umask. */
static bool make_token(const char *path)
{
    unsigned char bytes[TOKEN_BYTES];
    struct buf text = BUF_INIT;
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
        return false;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return errno == EEXIST;
    add_hex(&text, bytes, sizeof bytes);
    buf_putc(&text, '\n');
    bool written = write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
    close(fd);
    buf_free(&text);
    if (!written)
        unlink(path);
    return written;
}

static bool read_token(const char *path, struct buf *token, struct buf *fault)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool known = fd >= 0 && fstat(fd, &info) == 0;
    bool mine = known && S_ISREG(info.st_mode) && info.st_uid == geteuid();
    if (!known)
        buf_add_message(fault, "“%s” cannot be read: %s.", path, system_error(errno));
    else if (!mine || info.st_mode & (S_IRWXG | S_IRWXO))
        buf_add_message(fault,
                        "“%s” holds the token of the server, and others may read it; make it yours "
                        "alone: chmod 600.",
                        path);
    else if (file_read_descriptor(fd, MOST_LETTERS, token))
        buf_cut(token, sv_trim(buf_sv(token)).n);
    if (fd >= 0)
        close(fd);
    if (!fault->n && token->n < TOKEN_LETTERS / 2)
        buf_add_message(fault,
                        "“%s” holds no token of at least %d letters; remove it, and a new "
                        "one is made.",
                        path, TOKEN_LETTERS / 2);
    return !fault->n;
}

bool secrets_open(struct desk *d, const char *path, struct buf *fault)
{
    if (access(path, F_OK) != 0 && !make_token(path)) {
        buf_add_message(fault, "“%s” cannot be written: %s.", path, system_error(errno));
        return false;
    }
    if (!read_token(path, &d->token, fault))
        return false;
    derive(&d->token, "cookie", &d->cookie);
    derive(&d->token, "form", &d->form_secret);
    return true;
}

void secrets_free(struct desk *d)
{
    buf_free(&d->token);
    buf_free(&d->cookie);
    buf_free(&d->form_secret);
}
