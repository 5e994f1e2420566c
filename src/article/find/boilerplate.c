#include "article/find/boilerplate.h"

#include "base/nfc.h"
#include "base/utf8.h"

static enum skip_reason reason_of(const struct row *row)
{
    static const struct {
        uint64_t kind;
        enum skip_reason reason;
    } reasons[] = {
        {REASON_MENU, SKIP_MENU},         {REASON_CLOCK, SKIP_CLOCK},
        {REASON_WIDGET, SKIP_WIDGET},     {REASON_SHARE, SKIP_SHARE},
        {REASON_COMMENTS, SKIP_COMMENTS}, {REASON_RELATED, SKIP_RELATED},
        {REASON_TAGS, SKIP_TAGS},         {REASON_LINKS, SKIP_LINKS},
        {REASON_ADVERT, SKIP_ADVERT},     {REASON_COPYRIGHT, SKIP_COPYRIGHT},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (row_kinds(row) & reasons[i].kind)
            return reasons[i].reason;
    return SKIP_MENU;
}

/* The first row with the same key, starting at `row`, that has this kind of match. */
static const struct row *matched_as(const struct row *row, uint64_t match)
{
    while (row && !(row_kinds(row) & match))
        row = row_next(row);
    return row;
}

static bool is_content(uint32_t code)
{
    enum char_kind kind = char_kind_of(code);
    return kind == CHAR_LETTER || kind == CHAR_DIGIT || kind == CHAR_MARK;
}

static bool is_number_part(uint32_t code)
{
    return (code >= '0' && code <= '9') || !is_content(code);
}

/* Removes arrows, colons, brackets and counts from both ends. */
static struct sv core_of(struct sv v)
{
    while (v.n) {
        uint32_t code;
        unsigned n = utf8_decode(v, &code);
        if (!is_number_part(code))
            break;
        v = sv_from(v, n);
    }
    while (v.n) {
        size_t i = v.n - 1;
        uint32_t code;
        while (i && ((unsigned char)v.p[i] & 0xC0) == 0x80)
            i--;
        utf8_decode(sv_from(v, i), &code);
        if (!is_number_part(code) || code == '+')
            break;
        v.n = i;
    }
    return v;
}

static const struct row *find_exact(const struct packed_table *b, struct sv part)
{
    const struct row *row = matched_as(packed_find(b, sv_trim(part)), MATCH_EXACT);
    return row ? row : matched_as(packed_find(b, core_of(part)), MATCH_EXACT);
}

/* If the part is short and consists of known phrases, the row of the first of them, else NULL. */
static const struct row *find_phrases(const struct packed_table *b, struct sv part)
{
    enum { MOST_WORDS = 12 };
    struct sv words[MOST_WORDS], rest = part;
    size_t n = 0;
    for (struct sv w = line_next_word(&rest); w.n; w = line_next_word(&rest)) {
        if (n == MOST_WORDS)
            return NULL;
        words[n++] = w;
    }
    const struct row *first = NULL;
    for (size_t i = 0; i < n;) {
        size_t end = n;
        const struct row *hit = NULL;
        for (; end > i && !hit; end--) {
            size_t length = (size_t)(words[end - 1].p + words[end - 1].n - words[i].p);
            hit = find_exact(b, (struct sv){words[i].p, length});
            if (hit)
                break;
        }
        if (!hit && core_of(words[i]).n)
            return NULL;
        first = first ? first : hit;
        i = hit ? end : i + 1;
    }
    return first;
}

/* Cuts the next part off a line. Two spaces or a bar separate parts. */
static struct sv next_part(struct sv *rest)
{
    size_t i = 0;
    while (i < rest->n && rest->p[i] != '|' &&
           !(rest->p[i] == ' ' && i + 1 < rest->n && rest->p[i + 1] == ' '))
        i++;
    struct sv part = sv_sub(*rest, 0, i);
    size_t skip = i < rest->n ? i + 1 : i;
    *rest = sv_from(*rest, skip);
    return part;
}

static enum skip_reason match_parts(const struct packed_table *b, struct sv line)
{
    enum skip_reason reason = SKIP_NONE;
    while (line.n) {
        struct sv part = next_part(&line);
        if (!core_of(part).n && !find_exact(b, part))
            continue;
        const struct row *hit = find_phrases(b, part);
        if (!hit)
            return SKIP_NONE;
        reason = reason ? reason : reason_of(hit);
    }
    return reason;
}

static bool begins_with(struct sv line, struct sv head)
{
    if (line.n < head.n || line.p[0] != head.p[0] || !sv_starts(line, head))
        return false;
    uint32_t code, last;
    if (line.n == head.n)
        return true;
    utf8_decode(sv_from(line, head.n), &code);
    last = (unsigned char)head.p[head.n - 1];
    bool word_end = last >= 0x80 || char_kind_of(last) == CHAR_LETTER;
    return !word_end || !is_content(code);
}

/* The reason of a row with which the line begins, for that kind of match. */
static enum skip_reason match_begin(const struct packed_table *b, struct sv line, uint64_t match)
{
    const struct row *row = packed_find(b, boilerplate_head(line));
    for (; (row = matched_as(row, match)); row = row_next(row))
        if (begins_with(line, row_text(row, BOILERPLATE_LINE)))
            return reason_of(row);
    return SKIP_NONE;
}

static enum skip_reason match_rest(const struct packed_table *b, struct sv line)
{
    enum skip_reason begin = match_begin(b, line, MATCH_PREFIX | MATCH_SENTENCE);
    if (begin)
        return begin;
    for (size_t i = 0, n; i < line.n; i += n) {
        struct sv rest = sv_from(line, i), letters = boilerplate_head(rest);
        n = letters.n ? letters.n : 1;
        const struct row *row = packed_find(b, letters);
        for (; (row = matched_as(row, MATCH_CONTAINS)); row = row_next(row))
            if (sv_starts(rest, row_text(row, BOILERPLATE_LINE)))
                return reason_of(row);
    }
    return SKIP_NONE;
}

enum skip_reason boilerplate_reason(const struct packed_table *b, struct sv line, bool prose)
{
    enum { LONGEST = 240 };
    if (line.n > LONGEST)
        return SKIP_NONE;
    struct buf lower = BUF_INIT;
    line_add_lower(&lower, line);
    enum skip_reason reason = match_parts(b, buf_sv(&lower));
    if (!reason)
        reason = match_rest(b, buf_sv(&lower));
    if (prose && reason && reason != SKIP_COMMENTS && reason != SKIP_COPYRIGHT)
        reason = match_begin(b, buf_sv(&lower), MATCH_SENTENCE);
    buf_free(&lower);
    return reason;
}

/* If a dash follows v[at], after at most one space, the offset after the dash; else 0. */
static size_t after_dash(struct sv v, size_t at)
{
    uint32_t code = 0;
    if (at < v.n && v.p[at] == ' ')
        at++;
    if (at >= v.n)
        return 0;
    unsigned n = utf8_decode(sv_from(v, at), &code);
    if (code != '-' && code != 0x2013 && code != 0x2014)
        return 0;
    return at + n;
}

static bool is_agency(const struct packed_table *b, struct sv name)
{
    struct buf lower = BUF_INIT;
    line_add_lower(&lower, sv_trim(name));
    bool known = matched_as(packed_find(b, buf_sv(&lower)), MATCH_AGENCY) != NULL;
    buf_free(&lower);
    return known;
}

size_t boilerplate_agency(const struct packed_table *b, struct sv text, bool opening)
{
    enum { LONGEST = 40 };
    size_t window = text.n < LONGEST ? text.n : LONGEST;
    if (window && text.p[0] == '(') {
        const char *close = memchr(text.p, ')', window);
        if (!close)
            return 0;
        size_t inside = (size_t)(close - text.p) - 1;
        struct sv name = sv_sub(text, 1, inside);
        size_t end = after_dash(text, inside + 2);
        bool worded = core_of(name).n > 1;
        return worded && (opening || is_agency(b, name)) ? end : 0;
    }
    for (size_t i = 1; i < window; i++) {
        if (text.p[i] != ' ')
            continue;
        size_t end = after_dash(text, i);
        if (end)
            return is_agency(b, sv_sub(text, 0, i)) ? end : 0;
    }
    return 0;
}
