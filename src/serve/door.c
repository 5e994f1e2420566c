/* Who may come in. The order matters: the name first, so that no other site learns anything. */
#include "base/clock.h"
#include "serve/desk.h"

static struct sv header_of(const struct http_request *r, const char *name)
{
    return sv_of(r->header(r, name));
}

/* Only a program sends this: no browser adds it to a request by itself. */
bool has_token(const struct desk *d, const struct http_request *r)
{
    struct sv value = header_of(r, "Authorization");
    struct sv scheme = sv_cut(&value, ' ');
    return sv_is(scheme, "Bearer") && secret_is_same(sv_trim(value), buf_sv(&d->token));
}

/* The token as the password of any user name, which is all that players of podcasts can send. A
 * browser that was told it sends it with every request, also with one that another site began: so
 * it is for reading alone. */
static bool has_password(const struct desk *d, const struct http_request *r)
{
    struct sv value = header_of(r, "Authorization");
    struct sv scheme = sv_cut(&value, ' ');
    struct buf pair = BUF_INIT;
    bool same = false;
    if (sv_is(scheme, "Basic") && base64_decode(sv_trim(value), &pair)) {
        struct sv password = buf_sv(&pair);
        sv_cut(&password, ':');
        same = secret_is_same(password, buf_sv(&d->token));
    }
    buf_free(&pair);
    return same;
}

static bool has_cookie(const struct desk *d, const struct http_request *r)
{
    return secret_is_same(cookie_of(header_of(r, "Cookie"), SV("docbao")), buf_sv(&d->cookie));
}

static bool is_reading(const struct http_request *r)
{
    return strcmp(r->method, "GET") == 0;
}

/* Browsers say where a request comes from; what does not is no page. */
static bool comes_from_elsewhere(const struct desk *d, const struct http_request *r)
{
    struct sv origin = header_of(r, "Origin"), site = header_of(r, "Sec-Fetch-Site");
    if (origin.p && !origin_is_ours(&d->hosts, origin))
        return true;
    return site.p && !sv_is(site, "same-origin") && !sv_is(site, "none");
}

/* Nothing of these tells anything, and a page to log in needs them. */
static bool is_open_to_all(const struct http_request *r)
{
    return strcmp(r->path, "/login") == 0 || strcmp(r->path, "/serve.css") == 0 ||
           strcmp(r->path, "/docbao.svg") == 0;
}

static enum allowance allowance_of(const struct http_request *r)
{
    return strcmp(r->path, "/login") == 0          ? ALLOWANCE_LOGINS
           : sv_ends(sv_of(r->path), SV("/place")) ? ALLOWANCE_PLACES
                                                   : ALLOWANCE_CHANGES;
}

enum admission admit(struct desk *d, const struct http_request *r)
{
    if (r->hosts != 1 || !host_is_ours(&d->hosts, header_of(r, "Host")))
        return NOT_OUR_NAME;
    bool token = has_token(d, r);
    if (!is_reading(r) && !token && comes_from_elsewhere(d, r))
        return FROM_ELSEWHERE;
    bool known = token || has_cookie(d, r) || has_password(d, r);
    if (d->guarded && !known && !is_open_to_all(r))
        return WITHOUT_TOKEN;
    bool free = is_reading(r) || token;
    return free || take_allowance(d, allowance_of(r)) ? ADMITTED : TOO_OFTEN;
}

bool may_change(const struct desk *d, const struct http_request *r, struct sv secret)
{
    return has_token(d, r) || secret_is_same(secret, buf_sv(&d->form_secret)) ||
           secret_is_same(header_of(r, "X-Docbao-Form"), buf_sv(&d->form_secret));
}

/* So many at once, and then so many a second. */
static const struct {
    double most, per_s;
} allowances[ALLOWANCES] = {
    [ALLOWANCE_CHANGES] = {200, 4},
    [ALLOWANCE_LOGINS] = {10, 0.2},
    [ALLOWANCE_PLACES] = {400, 20},
};

void allowances_begin(struct desk *d)
{
    for (int i = 0; i < ALLOWANCES; i++)
        d->allowances[i] = allowances[i].most;
    d->allowances_ns = clock_now_ns();
}

static double grown(double left, double passed_s, double per_s, double most)
{
    left += passed_s * per_s;
    return left < most ? left : most;
}

bool take_allowance(struct desk *d, enum allowance kind)
{
    int64_t now = clock_now_ns();
    double passed_s = (double)(now - d->allowances_ns) / CLOCK_NS_PER_SECOND;
    d->allowances_ns = now;
    for (int i = 0; i < ALLOWANCES; i++)
        d->allowances[i] =
            grown(d->allowances[i], passed_s, allowances[i].per_s, allowances[i].most);
    if (d->allowances[kind] < 1)
        return false;
    d->allowances[kind] -= 1;
    return true;
}
