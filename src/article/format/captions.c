/*
 * Captions of films: SubRip (.srt) and WebVTT (.vtt). What is said goes on from cue to cue, so the
 * text of the cues is joined; a new paragraph begins with another speaker, and after the end of a
 * sentence where nothing is said for a while.
 *
 * Source: WebVTT (W3C), section 6; SubRip has no standard, and its tags are those of players.
 */
#include "article/format/draft.h"
#include "article/format/entity.h"
#include "article/format/format.h"
#include "base/ascii.h"
#include "base/utf8.h"

struct reader {
    struct draft *draft;
    struct sv text;             /* the article's text */
    size_t at;                  /* the line that comes next */
    uint64_t end;               /* of the last cue, in milliseconds */
    struct buf last_line, line; /* without tags; programs repeat a line in the next cue */
    bool is_webvtt;
};

/* ---- lines ---- */

/* The next line, without its end and the white space around it; false: there is none. */
static bool next_line(struct reader *r, struct sv *line)
{
    if (r->at >= r->text.n)
        return false;
    struct sv rest = sv_sub(r->text, r->at, r->text.n - r->at);
    struct sv whole = sv_cut(&rest, '\n');
    r->at = rest.p ? (size_t)(rest.p - r->text.p) : r->text.n;
    *line = sv_trim(whole);
    return true;
}

static struct span place_of(const struct reader *r, struct sv v)
{
    return (struct span){(uint32_t)(v.p - r->text.p), (uint32_t)v.n};
}

static bool is_number(struct sv line)
{
    for (size_t i = 0; i < line.n; i++)
        if (!ascii_is_digit(line.p[i]))
            return false;
    return line.n > 0;
}

/* "00:01:02,500", "01:02.500": the milliseconds; false: it is no time. */
static bool parse_time(struct sv *v, uint64_t *time)
{
    enum { MOST_DIGITS = 6 };
    uint64_t number = 0, parts = 0, digits = 0;
    size_t i = 0;
    *time = 0;
    for (; i < v->n && (ascii_is_digit(v->p[i]) || strchr(":.,", v->p[i])); i++) {
        if (ascii_is_digit(v->p[i])) {
            number = number * 10 + (uint64_t)(v->p[i] - '0');
            if (++digits > MOST_DIGITS)
                return false;
            continue;
        }
        *time = (*time + number) * (v->p[i] == ':' ? 60 : 1000);
        parts += v->p[i] == ':';
        number = digits = 0;
    }
    *time += number;
    *v = sv_sub(*v, i, v->n - i);
    return i && parts;
}

static bool parse_times(struct sv line, uint64_t *from, uint64_t *to)
{
    ptrdiff_t arrow = sv_find(line, SV("-->"));
    if (arrow < 0)
        return false;
    struct sv first = sv_trim(sv_sub(line, 0, (size_t)arrow));
    struct sv second = sv_trim(sv_sub(line, (size_t)arrow + 3, line.n - (size_t)arrow - 3));
    return parse_time(&first, from) && !first.n && parse_time(&second, to);
}

static bool is_times(struct sv line)
{
    uint64_t from, to;
    return parse_times(line, &from, &to);
}

/* Whether the line after the one that was read has the times of a cue. */
static bool times_follow(const struct reader *r)
{
    struct reader ahead = *r;
    struct sv line;
    return next_line(&ahead, &line) && is_times(line);
}

/* ---- the text of a cue ---- */

static void end_piece(struct reader *r)
{
    draft_end_piece(r->draft, BLOCK_PARAGRAPH, SKIP_NONE);
}

static void skip(struct reader *r, struct sv v, enum skip_reason reason)
{
    draft_add_hole(r->draft, v, place_of(r, v), reason);
}

/* The lines from the one to the other. */
static struct sv joined(struct sv first, struct sv last)
{
    return (struct sv){first.p, (size_t)(last.p - first.p) + last.n};
}

/* The length of a tag at the front: <i>, </font>, <00:01.000>, {\an8}; 0: it is text. */
static size_t tag_length(struct sv v)
{
    enum { LONGEST = 200 };
    char first = v.n > 1 ? v.p[1] : ' ';
    bool angle = v.p[0] == '<' && (ascii_is_letter(first) || ascii_is_digit(first) || first == '/');
    bool brace = v.p[0] == '{' && first == '\\';
    const char *end = angle || brace ? memchr(v.p, angle ? '>' : '}', v.n) : NULL;
    size_t n = end ? (size_t)(end - v.p) + 1 : 0;
    return n <= LONGEST ? n : 0;
}

static void add_without_tags(struct sv line, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < line.n;) {
        size_t n = tag_length(sv_sub(line, i, line.n - i));
        if (!n)
            buf_putc(out, line.p[i]);
        i += n ? n : 1;
    }
}

/* <v Lan>, <v.loud Lan>: another speaks. */
static void read_speaker(struct reader *r, struct sv tag)
{
    const char *space = memchr(tag.p, ' ', tag.n);
    if (tag.n < 4 || tag.p[1] != 'v' || (tag.p[2] != ' ' && tag.p[2] != '.') || !space)
        return;
    end_piece(r);
    size_t from = (size_t)(space - tag.p) + 1;
    skip(r, sv_sub(tag, from, tag.n - from - 1), SKIP_SPEAKER);
}

static size_t read_reference(struct reader *r, struct sv v)
{
    uint32_t code;
    char bytes[4];
    size_t n = entity_decode(v, &code);
    struct sv text = n ? (struct sv){bytes, utf8_encode(code, bytes)} : sv_sub(v, 0, 1);
    draft_add(r->draft, text, place_of(r, sv_sub(v, 0, n ? n : 1)));
    return n ? n : 1;
}

static void read_marked(struct reader *r, struct sv line)
{
    for (size_t i = 0; i < line.n;) {
        struct sv rest = sv_sub(line, i, line.n - i);
        size_t n = tag_length(rest);
        if (n) {
            read_speaker(r, sv_sub(rest, 0, n));
        } else if (rest.p[0] == '&') {
            n = read_reference(r, rest);
        } else {
            for (n = 1; n < rest.n && !strchr("<{&", rest.p[n]);)
                n++;
            draft_add(r->draft, sv_sub(rest, 0, n), place_of(r, sv_sub(rest, 0, n)));
        }
        i += n;
    }
}

static void read_line(struct reader *r, struct sv line)
{
    add_without_tags(line, &r->line);
    bool repeated = sv_eq(buf_sv(&r->line), buf_sv(&r->last_line));
    bool speaks = line.p[0] == '-' && line.n > 1; /* "- Chào bác." */
    if (repeated) {
        skip(r, line, SKIP_REPEATED);
        return;
    }
    buf_clear(&r->last_line);
    buf_add_sv(&r->last_line, buf_sv(&r->line));
    if (speaks)
        end_piece(r);
    draft_add_filler(r->draft, " ");
    read_marked(r, line);
}

/* ---- cues ---- */

static bool ends_sentence(const struct draft *d)
{
    struct sv v = sv_trim(sv_sub(buf_sv(&d->text), d->begin, d->text.n - d->begin));
    static const char *const ends[] = {".", "!", "?", "…", ".\"", "?\"", "!\"", ".”", "?”", "!”"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (sv_ends(v, sv_of(ends[i])))
            return true;
    return false;
}

/* Ends the paragraph in front of a cue, where one may end. */
static void part_from(struct reader *r, uint64_t from)
{
    enum { PAUSE = 1500, LONG_PAUSE = 5000, LONG = 500, LONGEST = 2000 };
    uint64_t pause = from > r->end ? from - r->end : 0;
    size_t length = r->draft->text.n - r->draft->begin;
    bool may = draft_has_text(r->draft) && ends_sentence(r->draft);
    if (pause >= LONG_PAUSE || length > LONGEST || (may && (pause >= PAUSE || length > LONG)))
        end_piece(r);
}

/* A cue: the line with its times, and its text up to an empty line. Some files have none between
 * two cues. */
static void read_cue(struct reader *r, struct sv name, struct sv times)
{
    uint64_t from = 0, to = 0;
    struct sv line;
    parse_times(times, &from, &to);
    part_from(r, from);
    skip(r, joined(name, times), SKIP_TIMECODE);
    for (size_t before = r->at; next_line(r, &line) && line.n; before = r->at) {
        if (is_times(line) || (is_number(line) && times_follow(r))) {
            r->at = before;
            break;
        }
        read_line(r, line);
    }
    r->end = to;
}

/* The head, notes and styles of a WebVTT file: up to an empty line. */
static void skip_group(struct reader *r, struct sv first, enum skip_reason reason)
{
    struct sv line, last = first;
    for (size_t before = r->at; next_line(r, &line) && line.n; before = r->at) {
        if (is_times(line)) {
            r->at = before;
            break;
        }
        last = line;
    }
    end_piece(r);
    skip(r, joined(first, last), reason);
    end_piece(r);
}

static void read_group(struct reader *r, struct sv line)
{
    static const char *const heads[] = {"WEBVTT", "STYLE", "REGION"};
    if (is_times(line)) {
        read_cue(r, (struct sv){line.p, 0}, line);
        return;
    }
    if (times_follow(r)) {
        struct sv name = line;
        next_line(r, &line);
        read_cue(r, name, line);
        return;
    }
    for (size_t i = 0; r->is_webvtt && i < sizeof heads / sizeof *heads; i++)
        if (sv_starts(line, sv_of(heads[i]))) {
            skip_group(r, line, SKIP_MARKUP);
            return;
        }
    if (r->is_webvtt && sv_starts(line, SV("NOTE")))
        skip_group(r, line, SKIP_COMMENTS);
    else
        read_line(r, line);
}

bool captions_are(struct sv text)
{
    struct reader r = {.text = text};
    struct sv line;
    bool found = next_line(&r, &line);
    while (found && !line.n)
        found = next_line(&r, &line);
    if (!found)
        return false;
    return sv_is(line, "WEBVTT") || sv_starts(line, SV("WEBVTT ")) || is_times(line) ||
           (is_number(line) && times_follow(&r));
}

void captions_read(struct article *a, const struct format_options *options, struct draft *draft)
{
    struct reader r = {.draft = draft, .text = a->text, .last_line = BUF_INIT, .line = BUF_INIT};
    struct sv line;
    draft_begin(draft, a, options->raw);
    draft->is_book = true; /* it has no date and byline of its own */
    while (next_line(&r, &line)) {
        r.is_webvtt = r.is_webvtt || sv_starts(line, SV("WEBVTT"));
        if (line.n)
            read_group(&r, line);
    }
    end_piece(&r);
    buf_free(&r.last_line);
    buf_free(&r.line);
}
