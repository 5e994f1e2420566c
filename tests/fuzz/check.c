#include "fuzz/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "promises.h"

void broken_promise(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("broken promise: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    abort();
}

bool is_one_line(struct sv text)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        if (!n || code < 0x20 || (code >= 0x7F && code < 0xA0))
            return false;
        i += n;
    }
    return true;
}

void check_sentence(struct sv message)
{
    size_t spaces = sv_count(message, ' ');
    if (!is_one_line(message) || spaces < 2)
        broken_promise("\"%.*s\" is no sentence", SV_ARG(message));
}

void check_error(const struct err *e)
{
    if (e->status == STATUS_OK)
        broken_promise("an error without a status: %s", e->message.p);
    check_sentence(buf_sv(&e->message));
}

const struct rules *built_in_rules(void)
{
    static struct rules *rules;
    struct err e = ERR_INIT;
    if (!rules && rules_load(&rules, NULL, &e) != STATUS_OK)
        broken_promise("the built-in tables: %s", e.message.p);
    return rules;
}

static enum status read_once(struct article *a, struct sv document, const struct fuzz_way *way,
                             struct err *e)
{
    const struct rules *rules = way->rules ? way->rules : built_in_rules();
    enum status status = article_from_bytes(a, way->name, document, &way->read, e);
    if (status)
        check_error(e);
    else
        normalize_article(a, rules, &way->reading);
    if (status && status != e->status)
        broken_promise("the status is %d, that of the error %d", (int)status, (int)e->status);
    return status;
}

static void check_readings(const struct article *a, const struct article *again,
                           const struct fuzz_way *way)
{
    struct buf broken = BUF_INIT;
    const struct rules *rules = way->rules ? way->rules : built_in_rules();
    for (size_t i = 0; i < a->diagnostics.n; i++)
        check_sentence(sv_of(a->diagnostics.at[i].message));
    if (!promises_kept(a, rules, &broken) || !promises_same(a, again, &broken))
        broken_promise("%s", broken.p);
    buf_free(&broken);
}

bool check_article(struct sv document, const struct fuzz_way *way)
{
    struct article a = {0}, again = {0};
    struct err e = ERR_INIT, other = ERR_INIT;
    enum status status = read_once(&a, document, way, &e);
    enum status second = read_once(&again, document, way, &other);
    if (status != second || !sv_eq(buf_sv(&e.message), buf_sv(&other.message)))
        broken_promise("read twice, not the same: \"%s\" and \"%s\"", e.message.p, other.message.p);
    if (!status)
        check_readings(&a, &again, way);
    article_free(&a);
    article_free(&again);
    err_free(&e);
    err_free(&other);
    return !status;
}
