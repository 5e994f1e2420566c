#include "article/find/html_meta.h"

#include <strings.h>

#include "article/find/dateline.h"
#include "base/nfc.h"
#include "base/utf8.h"

static uint32_t hex_at(struct sv v, size_t at, size_t n)
{
    uint32_t value = 0;
    for (size_t i = at; i < at + n; i++) {
        char c = i < v.n ? v.p[i] : 'x';
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 99;
        if (digit > 15)
            return UTF8_REPLACEMENT;
        value = value << 4 | digit;
    }
    return value;
}

/* "&#x1EAC;", "&#7852;" and the five of XML: pages put them into JSON too. */
static size_t entity(struct sv v, uint32_t *code)
{
    static const struct {
        const char *name;
        uint32_t code;
    } named[] = {{"&amp;", '&'}, {"&quot;", '"'},  {"&lt;", '<'},
                 {"&gt;", '>'},  {"&apos;", '\''}, {"&nbsp;", ' '}};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (sv_starts(v, sv_of(named[i].name))) {
            *code = named[i].code;
            return strlen(named[i].name);
        }
    if (v.n < 4 || v.p[1] != '#')
        return 0;
    bool hex = v.p[2] == 'x' || v.p[2] == 'X';
    size_t i = hex ? 3 : 2, from = i;
    uint32_t value = 0;
    for (; i < v.n && i < from + 7 && v.p[i] != ';'; i++) {
        uint32_t digit = hex_at(v, i, 1);
        if (digit > (hex ? 15 : 9))
            return 0;
        value = value * (hex ? 16 : 10) + digit;
    }
    if (i == from || i >= v.n || v.p[i] != ';')
        return 0;
    *code = value;
    return i + 1;
}

static void put_code(struct buf *out, uint32_t code)
{
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = UTF8_REPLACEMENT;
    if (char_is_format(code))
        return;
    if (char_kind_of(code) == CHAR_SPACE) {
        if (out->n && out->p[out->n - 1] != ' ')
            buf_putc(out, ' ');
        return;
    }
    buf_add_code(out, code);
}

const char *html_meta_keep(struct article *a, struct sv v)
{
    struct buf plain = BUF_INIT, composed = BUF_INIT;
    for (size_t i = 0; i < v.n && plain.n < 4096;) {
        uint32_t code;
        size_t n = v.p[i] == '&' ? entity(sv_sub(v, i, v.n - i), &code) : 0;
        if (!n)
            n = utf8_decode(sv_sub(v, i, v.n - i), &code);
        put_code(&plain, code);
        i += n ? n : 1;
    }
    nfc_append(&composed, sv_trim(buf_sv(&plain)));
    const char *kept = composed.n ? arena_dup(&a->arena, buf_sv(&composed)) : NULL;
    buf_free(&plain);
    buf_free(&composed);
    return kept;
}

static bool is_any(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcasecmp(name, *names) == 0)
            return true;
    return false;
}

static void keep_first(struct html_page *page, const char **slot, const char *content)
{
    if (!*slot)
        *slot = html_meta_keep(page->a, sv_of(content));
}

void html_meta_add(struct html_page *page, const char *name, const char *content)
{
    static const char *const titles[] = {"og:title", "twitter:title", "headline", NULL};
    static const char *const texts[] = {"og:description", "description", "twitter:description",
                                        NULL};
    static const char *const dates[] = {
        "article:published_time", "datepublished",   "pubdate", "publishdate", "publish_date",
        "dc.date.issued",         "dcterms.created", "dc.date", NULL};
    static const char *const people[] = {"author", "article:author", "dable:author", "dc.creator",
                                         NULL};
    struct html_meta *m = &page->meta;
    if (is_any(name, titles))
        keep_first(page, &m->headline, content);
    else if (is_any(name, texts))
        keep_first(page, &m->description, content);
    else if (is_any(name, dates))
        keep_first(page, &m->published, content);
    else if (is_any(name, people)) {
        const char *more = html_meta_keep(page->a, sv_of(content));
        struct buf all = BUF_INIT;
        buf_addf(&all, "%s%s%s", m->author ? m->author : "", m->author ? ";" : "",
                 more ? more : "");
        if (all.n < 4096)
            m->author = arena_dup(&page->a->arena, buf_sv(&all));
        buf_free(&all);
    } else if (strcasecmp(name, "og:type") == 0) {
        if (strcasecmp(content, "article") == 0)
            m->says_article = true;
        else if (strcasecmp(content, "website") == 0)
            m->says_list = true;
    }
}

/* The string that is the value of "key" in the JSON, escapes undone; from `at`, which moves behind
 * it. False: there is none. */
static bool json_string(struct sv json, const char *key, size_t *at, struct buf *out)
{
    struct buf quoted = BUF_INIT;
    buf_addf(&quoted, "\"%s\"", key);
    ptrdiff_t hit = *at <= json.n ? sv_find(sv_sub(json, *at, json.n - *at), buf_sv(&quoted)) : -1;
    size_t i = hit < 0 ? json.n : *at + (size_t)hit + quoted.n;
    buf_free(&quoted);
    buf_clear(out);
    while (i < json.n && strchr(" \t\r\n:[", json.p[i]))
        i++;
    if (i >= json.n || json.p[i] != '"')
        return false;
    for (i++; i < json.n && json.p[i] != '"'; i++) {
        if (json.p[i] != '\\' || i + 1 >= json.n) {
            buf_putc(out, json.p[i]);
            continue;
        }
        char c = json.p[++i];
        if (c != 'u') {
            buf_putc(out, c == 'n' || c == 't' || c == 'r' ? ' ' : c);
            continue;
        }
        uint32_t code = hex_at(json, i + 1, 4);
        i += json.n - i > 4 ? 4 : json.n - i - 1;
        buf_add_code(out, code >= 0xD800 && code <= 0xDFFF ? UTF8_REPLACEMENT : code);
    }
    *at = i;
    return i < json.n;
}

/* The names inside "author": all up to the end of its list or object. */
static void add_people(struct html_page *page, struct sv json)
{
    ptrdiff_t hit = sv_find(json, SV("\"author\""));
    if (hit < 0 || page->meta.people)
        return;
    struct sv rest = sv_sub(json, (size_t)hit + 8, json.n - (size_t)hit - 8);
    size_t i = 0, depth = 0, at = 0;
    for (; i < rest.n; i++) {
        depth += rest.p[i] == '{' || rest.p[i] == '[';
        if ((rest.p[i] == '}' || rest.p[i] == ']') && (depth < 2 || !--depth))
            break;
    }
    rest.n = i;
    struct buf name = BUF_INIT, all = BUF_INIT;
    for (int k = 0; k < 8 && json_string(rest, "name", &at, &name); k++)
        if (name.n && all.n < 1024)
            buf_addf(&all, "%s%s", all.n ? ";" : "", name.p);
    if (all.n)
        page->meta.people = html_meta_keep(page->a, buf_sv(&all));
    buf_free(&name);
    buf_free(&all);
}

static bool is_article_type(const char *type)
{
    static const char *const types[] = {
        "Article",         "NewsArticle",        "ReportageNewsArticle", "BlogPosting",
        "LiveBlogPosting", "OpinionNewsArticle", "AnalysisNewsArticle",  NULL};
    return is_any(type, types);
}

static bool is_list_type(const char *type)
{
    static const char *const types[] = {"CollectionPage", "ItemList", "SearchResultsPage", NULL};
    return is_any(type, types);
}

void html_meta_add_ld(struct html_page *page, struct sv json)
{
    struct html_meta *m = &page->meta;
    struct buf value = BUF_INIT;
    size_t at = 0;
    bool article = false;
    for (int k = 0; k < 64 && json_string(json, "@type", &at, &value); k++) {
        article = article || is_article_type(value.p);
        m->says_list = m->says_list || is_list_type(value.p);
    }
    m->says_article = m->says_article || article;
    at = 0;
    if (!m->ld_date && json_string(json, "datePublished", &at, &value))
        m->ld_date = html_meta_keep(page->a, buf_sv(&value));
    at = 0;
    if (article && !m->ld_headline && json_string(json, "headline", &at, &value))
        m->ld_headline = html_meta_keep(page->a, buf_sv(&value));
    if (article)
        add_people(page, json);
    buf_free(&value);
}

static bool leap(int year)
{
    return year % 4 == 0 && (year % 100 || year % 400 == 0);
}

/* Moves a time by hours, at most a day. */
static void shift(struct dateline *d, int hours)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    d->hour += hours;
    if (d->hour < 24)
        return;
    d->hour -= 24;
    int last = days[d->month - 1] + (d->month == 2 && leap(d->year));
    if (++d->day <= last)
        return;
    d->day = 1;
    if (++d->month > 12) {
        d->month = 1;
        d->year++;
    }
}

/* "+07:00", "+0700", "-05", "Z". */
static void read_zone(struct sv v, struct dateline *d)
{
    int hours = 0, minutes = 0;
    if (v.n && (v.p[0] == 'Z' || v.p[0] == 'z')) {
        d->has_zone = true;
    } else if (v.n >= 3 && (v.p[0] == '+' || v.p[0] == '-')) {
        uint32_t tens = hex_at(v, 1, 1), ones = hex_at(v, 2, 1);
        size_t at = v.n > 3 && v.p[3] == ':' ? 4 : 3;
        hours = tens < 2 && ones < 10 ? (int)(tens * 10 + ones) : 0;
        if (at + 1 < v.n && hex_at(v, at, 1) < 6 && hex_at(v, at + 1, 1) < 10)
            minutes = (int)(hex_at(v, at, 1) * 10 + hex_at(v, at + 1, 1));
        d->zone = (hours * 60 + minutes) * (v.p[0] == '-' ? -1 : 1);
        d->has_zone = true;
    }
    if (d->has_zone && d->zone == 0) {
        shift(d, 7);
        d->zone = 7 * 60;
    }
}

static int two_digits(struct sv v, size_t at)
{
    if (at + 1 >= v.n || hex_at(v, at, 1) > 9 || hex_at(v, at + 1, 1) > 9)
        return -1;
    return (int)(hex_at(v, at, 1) * 10 + hex_at(v, at + 1, 1));
}

/* "T09:51:00.000+07:00" behind the day. */
static void read_time(struct sv v, struct dateline *d)
{
    int hour = two_digits(v, 1), minute = two_digits(v, 4);
    if (v.n < 6 || (v.p[0] != 'T' && v.p[0] != 't' && v.p[0] != ' ') || v.p[3] != ':' || hour < 0 ||
        hour > 23 || minute < 0 || minute > 59)
        return;
    d->hour = hour;
    d->minute = minute;
    d->has_time = true;
    size_t at = 6;
    if (at < v.n && v.p[at] == ':' && two_digits(v, at + 1) >= 0) {
        d->second = two_digits(v, at + 1) < 60 ? two_digits(v, at + 1) : -1;
        at += 3;
    }
    while (at < v.n && (v.p[at] == '.' || v.p[at] == ' ' || hex_at(v, at, 1) < 10))
        at++;
    read_zone(sv_sub(v, at, v.n - at), d);
}

bool html_meta_date(struct sv value, char out[32])
{
    struct sv v = sv_trim(value);
    struct dateline d = {.second = -1};
    int century = two_digits(v, 0), years = two_digits(v, 2);
    if (v.n >= 10 && v.p[4] == '-' && v.p[7] == '-' && century >= 19 && century <= 20) {
        d.year = century * 100 + years;
        d.month = two_digits(v, 5);
        d.day = two_digits(v, 8);
        if (years < 0 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31)
            return false;
        read_time(sv_sub(v, 10, v.n - 10), &d);
        dateline_iso(&d, out);
        return true;
    }
    bool found = dateline_parse(v, &d) && d.date.len;
    if (found)
        dateline_iso(&d, out);
    dateline_free(&d);
    return found;
}
