#include "lang/web_names.h"

#include "lang/syllable.h"

enum { LONGEST_NAME = 64, LONGEST_SYLLABLE = 6 };

/* The vowels that two or three plain letters are spelled for; *taken: how many. NULL: they stay. */
static const char *restored(struct sv rest, size_t *taken)
{
    char after_uo = rest.n > 2 ? rest.p[2] : '\0';
    if (sv_starts(rest, SV("uoi"))) {
        *taken = 3;
        return "uôi";
    }
    *taken = 2;
    if (sv_starts(rest, SV("ie")))
        return "iê";
    if (sv_starts(rest, SV("ye")))
        return "yê";
    if (sv_starts(rest, SV("uo")))
        return after_uo == 'c' || after_uo == 'm' || after_uo == 't' ? "uô" : "ươ";
    return NULL;
}

static void restore_vowels(struct sv plain, struct buf *out)
{
    for (size_t i = 0; i < plain.n;) {
        size_t taken;
        const char *letters = restored(sv_sub(plain, i, plain.n - i), &taken);
        if (letters) {
            buf_adds(out, letters);
            i += taken;
        } else {
            buf_putc(out, plain.p[i++]);
        }
    }
}

static bool ends_in_stop(struct sv plain)
{
    char last = plain.p[plain.n - 1];
    return last == 'c' || last == 'p' || last == 't' || sv_ends(plain, SV("ch"));
}

/* Appends the syllable that is spelled `plain` without its marks; false if there is none. */
static bool restore(struct sv plain, struct buf *out)
{
    struct buf marked = BUF_INIT;
    struct syllable s;
    restore_vowels(plain, &marked);
    enum tone tone = ends_in_stop(plain) ? TONE_SAC : TONE_NGANG;
    bool legal = syllable_parse_toned(buf_sv(&marked), tone, &s);
    if (legal)
        syllable_write(&s, syllable_tone_place(&s), out);
    buf_free(&marked);
    return legal;
}

struct split {
    uint8_t count[LONGEST_NAME + 1]; /* syllables of the best split from here on; 0: none */
    uint8_t length[LONGEST_NAME];    /* the first of them */
};

/* A single letter does not count as a syllable, or every name would split. */
static bool is_part(struct sv name, size_t at, size_t length, struct buf *scratch)
{
    buf_clear(scratch);
    return length > 1 && restore(sv_sub(name, at, length), scratch);
}

static bool find_split(struct sv name, struct split *s, struct buf *scratch)
{
    *s = (struct split){{0}, {0}};
    for (size_t at = name.n; at-- > 0;) {
        for (size_t n = LONGEST_SYLLABLE; n > 1; n--) {
            if (at + n > name.n || (at + n < name.n && !s->count[at + n]))
                continue;
            unsigned count = 1u + (at + n < name.n ? s->count[at + n] : 0u);
            if ((!s->count[at] || count < s->count[at]) && is_part(name, at, n, scratch)) {
                s->count[at] = (uint8_t)count;
                s->length[at] = (uint8_t)n;
            }
        }
    }
    return s->count[0] > 0;
}

static bool is_plain(struct sv name)
{
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] < 'a' || name.p[i] > 'z')
            return false;
    return true;
}

bool web_name_syllable(struct sv name, struct buf *out)
{
    return name.n > 1 && name.n <= LONGEST_SYLLABLE && is_plain(name) && restore(name, out);
}

bool web_name_split(struct sv name, struct buf *out)
{
    if (name.n < 2 || name.n > LONGEST_NAME || !is_plain(name))
        return false;
    struct split s;
    struct buf scratch = BUF_INIT;
    bool found = find_split(name, &s, &scratch);
    for (size_t at = 0; found && at < name.n; at += s.length[at]) {
        if (at)
            buf_putc(out, ' ');
        restore(sv_sub(name, at, s.length[at]), out);
    }
    buf_free(&scratch);
    return found;
}
