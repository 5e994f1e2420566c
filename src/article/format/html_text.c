#include "article/format/html_text.h"

#include "base/nfc.h"
#include "base/utf8.h"

void html_text_start(struct html_text *t)
{
    *t = (struct html_text){.out = BUF_INIT};
}

void html_text_free(struct html_text *t)
{
    buf_free(&t->out);
    vec_free(&t->map);
    vec_free(&t->codes);
}

/* Text that is appended now comes from here. */
static void mark(struct html_text *t, size_t from, size_t length, bool linear)
{
    uint32_t at = (uint32_t)t->out.n;
    struct breakpoint b = {at, (uint32_t)from, linear, linear ? 0 : (uint32_t)length};
    if (t->map.n) {
        struct breakpoint *last = &t->map.at[t->map.n - 1];
        if (linear && last->linear && last->source_off + (at - last->text_off) == from)
            return;
        if (last->text_off == at) {
            *last = b;
            return;
        }
    }
    *vec_push(&t->map) = b;
}

static void put_codes(struct html_text *t)
{
    if (!t->codes.n)
        return;
    mark(t, t->codes_from, t->codes_to - t->codes_from, false);
    nfc_append_codes(&t->out, t->codes.at, t->codes.n);
    t->codes.n = 0;
}

void html_text_flush(struct html_text *t)
{
    put_codes(t);
}

static void put_space(struct html_text *t)
{
    if (!t->space)
        return;
    put_codes(t);
    if (t->out.n > t->line) {
        mark(t, t->space_from, 1, false);
        buf_putc(&t->out, ' ');
    }
    t->space = false;
}

/* Takes the last character of the line back out: a mark that comes now may join it. */
static void take_back(struct html_text *t)
{
    size_t at = t->out.n;
    if (at == t->line)
        return;
    do
        at--;
    while (at > t->line && ((unsigned char)t->out.p[at] & 0xC0) == 0x80);
    struct breakpoint last = t->map.at[t->map.n - 1];
    if (!last.linear)
        at = last.text_off; /* such a stretch is only replaced as a whole */
    t->codes_from = last.source_off + (at - last.text_off);
    for (size_t i = at; i < t->out.n;) {
        uint32_t code;
        i += utf8_decode_valid(t->out.p + i, &code);
        *vec_push(&t->codes) = code;
    }
    buf_cut(&t->out, at);
    if (last.text_off == at)
        t->map.n--;
}

/* A character that composition may change: it is held back until one comes that does not join. */
static void hold(struct html_text *t, uint32_t code, size_t from, size_t to)
{
    if (!nfc_joins(code))
        put_codes(t);
    if (!t->codes.n) {
        t->codes_from = from;
        if (nfc_joins(code))
            take_back(t);
    }
    *vec_push(&t->codes) = code;
    t->codes_to = to;
}

/* How many bytes at the front are neither white space nor anything composition may touch: ASCII,
 * Latin letters to U+02FF, the block of Vietnamese letters, dashes and quotes. */
static size_t plain_run(struct sv v)
{
    const unsigned char *p = (const unsigned char *)v.p;
    size_t i = 0;
    while (i < v.n) {
        unsigned char c = p[i];
        if (c > 0x20 && c < 0x7F)
            i++;
        else if (c == ' ' && i + 1 < v.n && p[i + 1] > 0x20 && i)
            i++;
        else if (c >= 0xC3 && c <= 0xCB && i + 1 < v.n)
            i += 2;
        else if (i + 2 < v.n && c == 0xE1 && p[i + 1] >= 0xB8 && p[i + 1] <= 0xBB)
            i += 3;
        else if (i + 2 < v.n && c == 0xE2 && p[i + 1] == 0x80 && p[i + 2] >= 0x90 &&
                 p[i + 2] <= 0xA6)
            i += 3;
        else
            break;
    }
    return i;
}

void html_text_add(struct html_text *t, struct sv text, size_t from, size_t to, bool linear)
{
    for (size_t i = 0; i < text.n;) {
        size_t here = linear ? from + i : from;
        size_t run = linear ? plain_run(sv_sub(text, i, text.n - i)) : 0;
        /* The last character may yet be joined by a mark: it is taken back then. */
        if (run) {
            put_space(t);
            put_codes(t);
            mark(t, here, run, true);
            buf_add(&t->out, text.p + i, run);
            i += run;
            continue;
        }
        uint32_t code;
        unsigned n = utf8_decode_valid(text.p + i, &code);
        enum char_kind kind = char_kind_of(code);
        i += n;
        size_t behind = linear ? here + n : to;
        if (char_is_format(code)) /* neither seen nor heard */
            continue;
        if (kind == CHAR_SPACE) {
            if (!t->space)
                t->space_from = here;
            t->space = true;
            continue;
        }
        put_space(t);
        if (nfc_needs_work(code) || nfc_joins(code)) {
            hold(t, code, here, behind);
            continue;
        }
        put_codes(t);
        mark(t, here, behind - here, linear);
        buf_add_code(&t->out, code);
    }
}

bool html_text_end_line(struct html_text *t)
{
    put_codes(t);
    t->space = false;
    if (t->out.n == t->line)
        return false;
    size_t from = t->map.n ? t->map.at[t->map.n - 1].source_off : 0;
    const struct breakpoint *last = t->map.n ? &t->map.at[t->map.n - 1] : NULL;
    if (last)
        from = last->source_off + (last->linear ? t->out.n - last->text_off : last->source_len);
    mark(t, from, 0, false);
    buf_putc(&t->out, '\n');
    t->line = t->out.n;
    return true;
}

static void push(breakpoint_vec *out, struct breakpoint b)
{
    if (out->n && out->at[out->n - 1].text_off == b.text_off)
        out->at[out->n - 1] = b;
    else
        *vec_push(out) = b;
}

/* The stretch of `a`'s map that holds `off`; `i` is where the last search ended. */
static size_t stretch_at(const struct article *a, size_t i, uint32_t off)
{
    while (i + 1 < a->map.n && a->map.at[i + 1].text_off <= off)
        i++;
    return i;
}

static void compose_linear(const struct article *a, size_t *i, struct breakpoint b, uint32_t length,
                           breakpoint_vec *out)
{
    uint32_t done = 0;
    while (done < length) {
        uint32_t at = b.source_off + done;
        *i = stretch_at(a, *i, at);
        const struct breakpoint *s = &a->map.at[*i];
        uint32_t end = *i + 1 < a->map.n ? s[1].text_off : (uint32_t)a->text.n;
        uint32_t n = end - at < length - done ? end - at : length - done;
        if (s->linear) {
            push(out, (struct breakpoint){b.text_off + done, s->source_off + (at - s->text_off),
                                          true, 0});
        } else {
            struct span whole =
                article_source_span(a, (struct span){s->text_off, end - s->text_off});
            push(out, (struct breakpoint){b.text_off + done, whole.off, false, whole.len});
        }
        done += n ? n : length;
    }
}

void html_text_compose(const struct article *a, const breakpoint_vec *first, size_t length,
                       breakpoint_vec *out)
{
    size_t i = 0;
    out->n = 0;
    for (size_t k = 0; k < first->n; k++) {
        struct breakpoint b = first->at[k];
        uint32_t end = k + 1 < first->n ? first->at[k + 1].text_off : (uint32_t)length;
        if (b.linear) {
            compose_linear(a, &i, b, end - b.text_off, out);
            continue;
        }
        struct span whole =
            article_source_span(a, (struct span){b.source_off, b.source_len ? b.source_len : 0});
        push(out, (struct breakpoint){b.text_off, whole.off, false, b.source_len ? whole.len : 0});
    }
    if (!out->n || out->at[0].text_off)
        *vec_push(out) = (struct breakpoint){0, 0, true, 0};
}
