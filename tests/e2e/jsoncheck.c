/*
 * jsoncheck --any < JSON: whether standard input is JSON at all.
 * jsoncheck [SOURCE...] < JSON: whether standard input is the JSON of `docbao text --json`, as
 * scripts were promised it: members and their order, kinds, spans that are disjoint and inside
 * the source, tokens that make up what is spoken. With SOURCE files (as many as articles) spans
 * are held against their length. Prints each fault; exit 1 if there was one.
 */
#include <jansson.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct span {
    json_int_t off, len;
    const char *member; /* of a document of several files, or "" */
};

struct check {
    int faults;
    json_int_t source_length; /* -1: not known */
    struct span *spans;       /* of tokens and skipped stretches */
    const char *member;       /* of the block, or other thing, that is looked at */
    size_t count, cap;
};

__attribute__((format(printf, 2, 3))) static void fault(struct check *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    putchar('\n');
    va_end(args);
    c->faults++;
}

/* The members are exactly these, in this order; `names` ends in NULL. "member" may stand before
 * "span": the file that the span is of, where the document consists of several. */
static bool has_members(struct check *c, const json_t *object, const char *what,
                        const char *const *names)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value)
    {
        if (*names && strcmp(key, "member") == 0 && strcmp(*names, "span") == 0 &&
            json_is_string(value) && strcmp(what, "token") != 0)
            continue;
        if (!*names || strcmp(key, *names) != 0) {
            fault(c, "%s: member \"%s\" where \"%s\" should be", what, key,
                  *names ? *names : "none");
            return false;
        }
        names++;
    }
    if (*names || !json_is_object(object))
        fault(c, "%s: no member \"%s\"", what, *names ? *names : "at all");
    return !*names && json_is_object(object);
}

static struct span span_of(struct check *c, const json_t *object)
{
    const json_t *pair = json_object_get(object, "span");
    struct span span = {json_integer_value(json_array_get(pair, 0)),
                        json_integer_value(json_array_get(pair, 1)), c->member};
    if (json_array_size(pair) != 2 || span.off < 0 || span.len < 0)
        fault(c, "a span is not [offset, length]");
    if (c->source_length >= 0 && !*c->member && span.off + span.len > c->source_length)
        fault(c, "span [%lld, %lld] leaves the source", (long long)span.off, (long long)span.len);
    return span;
}

static void keep_span(struct check *c, struct span span)
{
    if (c->count == c->cap) {
        c->cap = c->cap ? 2 * c->cap : 1024;
        c->spans = realloc(c->spans, c->cap * sizeof *c->spans);
        if (!c->spans)
            abort();
    }
    c->spans[c->count++] = span;
}

static const char *string_of(struct check *c, const json_t *object, const char *name)
{
    const char *string = json_string_value(json_object_get(object, name));
    if (!string)
        fault(c, "\"%s\" is no string", name);
    return string ? string : "";
}

static void check_folded(struct check *c, const char *text)
{
    size_t n = strlen(text);
    if (strstr(text, "  ") || strpbrk(text, "\t\r\n") ||
        (n && (*text == ' ' || text[n - 1] == ' ')))
        fault(c, "white space is not folded: %s", text);
}

/* Lower-case words, single spaces, pauses only behind words: digits and capitals are ASCII here,
 * which is enough to see what slipped through. */
static void check_spoken(struct check *c, const char *spoken)
{
    check_folded(c, spoken);
    for (const char *p = spoken; *p; p++)
        if (!(*p & 0x80) && !strchr("abcdefghijklmnopqrstuvwxyz ,.;:?!", *p)) {
            fault(c, "\"%c\" is spoken: %s", *p, spoken);
            return;
        }
}

static void check_tokens(struct check *c, const json_t *sentence, struct span inside)
{
    static const char *const names[] = {"class", "span", "written", "spoken", "rule", NULL};
    const char *spoken = string_of(c, sentence, "spoken");
    const char *rest = spoken;
    json_int_t end = inside.off;
    size_t i;
    json_t *token;
    json_array_foreach(json_object_get(sentence, "tokens"), i, token)
    {
        if (!has_members(c, token, "token", names))
            return;
        struct span span = span_of(c, token);
        if (span.off < end || span.off + span.len > inside.off + inside.len)
            fault(c, "a token's span [%lld, %lld] is out of order or of its sentence",
                  (long long)span.off, (long long)span.len);
        end = span.off + span.len;
        keep_span(c, span);
        check_folded(c, string_of(c, token, "written"));
        const char *part = string_of(c, token, "spoken");
        size_t n = strlen(part);
        if (!n)
            continue;
        if (rest != spoken && *rest == ' ')
            rest++;
        if (strncmp(rest, part, n) != 0) {
            fault(c, "the tokens are not what is spoken, at “%s”: %s", part, spoken);
            return;
        }
        rest += n;
    }
    if (*rest)
        fault(c, "no token says “%s” of: %s", rest, spoken);
}

/* The text that the spans refer to, from here on. */
static void enter(struct check *c, const json_t *object)
{
    const char *member = json_string_value(json_object_get(object, "member"));
    c->member = member ? member : "";
}

static void check_block(struct check *c, const json_t *block)
{
    static const char *const names[] = {"kind", "span", "text", "sentences", NULL};
    static const char *const sentence_names[] = {"span",     "written", "spoken",
                                                 "pause_ms", "tokens",  NULL};
    if (!has_members(c, block, "block", names))
        return;
    enter(c, block);
    span_of(c, block);
    check_folded(c, string_of(c, block, "text"));
    size_t i;
    json_t *sentence;
    json_array_foreach(json_object_get(block, "sentences"), i, sentence)
    {
        if (!has_members(c, sentence, "sentence", sentence_names))
            return;
        check_folded(c, string_of(c, sentence, "written"));
        check_spoken(c, string_of(c, sentence, "spoken"));
        if (!json_is_integer(json_object_get(sentence, "pause_ms")))
            fault(c, "\"pause_ms\" is no number");
        check_tokens(c, sentence, span_of(c, sentence));
    }
}

static int by_offset(const void *left, const void *right)
{
    const struct span *a = left, *b = right;
    int order = strcmp(a->member, b->member);
    return order ? order : (a->off > b->off) - (a->off < b->off);
}

static void check_disjoint(struct check *c)
{
    if (c->count)
        qsort(c->spans, c->count, sizeof *c->spans, by_offset);
    for (size_t i = 1; i < c->count; i++)
        if (strcmp(c->spans[i].member, c->spans[i - 1].member) == 0 &&
            c->spans[i].off < c->spans[i - 1].off + c->spans[i - 1].len)
            fault(c, "spans [%lld, %lld] and [%lld, %lld] overlap", (long long)c->spans[i - 1].off,
                  (long long)c->spans[i - 1].len, (long long)c->spans[i].off,
                  (long long)c->spans[i].len);
    c->count = 0;
}

static void check_article(struct check *c, const json_t *article)
{
    static const char *const names[] = {"source", "encoding", "title",       "date", "byline",
                                        "blocks", "skipped",  "diagnostics", NULL};
    static const char *const encoding_names[] = {"name", "confidence", NULL};
    static const char *const skipped_names[] = {"span", "text", "reason", NULL};
    static const char *const diagnostic_names[] = {"span", "kind", "message", NULL};
    if (!has_members(c, article, "article", names))
        return;
    has_members(c, json_object_get(article, "encoding"), "encoding", encoding_names);
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(article, "blocks"), i, item) check_block(c, item);
    json_array_foreach(json_object_get(article, "skipped"), i, item)
    {
        enter(c, item);
        if (has_members(c, item, "skipped", skipped_names))
            keep_span(c, span_of(c, item));
    }
    json_array_foreach(json_object_get(article, "diagnostics"), i, item)
    {
        enter(c, item);
        if (has_members(c, item, "diagnostic", diagnostic_names))
            span_of(c, item);
    }
    check_disjoint(c);
}

static json_int_t length_of(const char *path)
{
    struct stat info;
    return path && stat(path, &info) == 0 ? (json_int_t)info.st_size : -1;
}

int main(int argc, char **argv)
{
    json_error_t error;
    json_t *root = json_loadf(stdin, JSON_REJECT_DUPLICATES, &error);
    if (!root) {
        printf("no JSON: line %d: %s\n", error.line, error.text);
        return 1;
    }
    struct check c = {.member = ""};
    if (argc == 2 && strcmp(argv[1], "--any") == 0) {
        json_decref(root);
        return 0;
    }
    size_t articles = json_is_array(root) ? json_array_size(root) : 1;
    for (size_t i = 0; i < articles; i++) {
        c.source_length = length_of((int)i + 1 < argc ? argv[i + 1] : NULL);
        check_article(&c, json_is_array(root) ? json_array_get(root, i) : root);
    }
    free(c.spans);
    json_decref(root);
    return c.faults ? 1 : 0;
}
