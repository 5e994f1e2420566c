#include "serve/answer.h"

uint32_t argument_number(const struct http_request *r, const char *name, uint32_t otherwise,
                         uint32_t most)
{
    const char *text = r->argument(r, name);
    char *end;
    unsigned long number = text ? strtoul(text, &end, 10) : otherwise;
    if (text && (end == text || *end))
        number = otherwise;
    return number > most ? most : (uint32_t)number;
}

void answer_header(struct http_answer *a, const char *name, const char *value)
{
    if (!strpbrk(value, "\r\n"))
        buf_addf(&a->headers, "%s\t%s\n", name, value);
}

void answer_text(struct http_answer *a, unsigned status, const char *type)
{
    a->status = status;
    answer_header(a, "Content-Type", type);
}

void answer_sentence(struct http_answer *a, unsigned status, const char *sentence)
{
    answer_text(a, status, "application/json");
    buf_adds(&a->body, "{\"error\":");
    add_json_text(&a->body, sv_of(sentence));
    buf_adds(&a->body, "}\n");
}

bool wants_page(const struct http_request *r)
{
    const char *accept = r->header(r, "Accept"), *dot = strrchr(r->path, '.');
    bool of_programs = strncmp(r->path, "/api/", 5) == 0 && (!dot || strcmp(dot, ".html") != 0);
    return !of_programs && accept && strstr(accept, "text/html");
}

void answer_fault(const struct http_request *r, struct http_answer *a, unsigned status,
                  const char *sentence)
{
    if (!wants_page(r)) {
        answer_sentence(a, status, sentence);
        return;
    }
    answer_text(a, status, "text/html; charset=utf-8");
    page_fault(&a->body, sentence);
}

void answer_lead_to(struct http_answer *a, const char *path)
{
    a->status = SEE_OTHER;
    answer_header(a, "Location", path);
}

/* A page may load nothing but from here, and no other page may hold it. */
void answer_protect(const struct desk *d, struct http_answer *a, bool alone)
{
    struct buf policy = BUF_INIT;
    buf_adds(&policy, "default-src 'none'; base-uri 'none'; form-action 'self'; "
                      "frame-ancestors 'none'; media-src 'self'; img-src 'self'; ");
    if (alone)
        buf_addf(&policy, "script-src 'sha256-%s'; style-src 'unsafe-inline'", d->script_hash.p);
    else
        buf_adds(&policy, "script-src 'self'; style-src 'self'; connect-src 'self'");
    answer_header(a, "Content-Security-Policy", policy.p);
    answer_header(a, "X-Content-Type-Options", "nosniff");
    answer_header(a, "Referrer-Policy", "same-origin");
    answer_header(a, "Cross-Origin-Resource-Policy", "same-origin");
    buf_free(&policy);
}

void answer_pack(const struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct buf packed = BUF_INIT;
    answer_header(a, "Vary", "Accept-Encoding");
    if (a->body.n && gzip_is_accepted(sv_of(r->header(r, "Accept-Encoding"))) &&
        d->http->pack(buf_sv(&a->body), &packed)) {
        answer_header(a, "Content-Encoding", "gzip");
        buf_free(&a->body);
        a->body = packed;
        return;
    }
    buf_free(&packed);
}
