#include "article/input/encoding.h"

#include "base/ascii.h"
#include "base/message.h"

static const char *const names[FORM_COUNT][LETTERS_COUNT] = {
    [FORM_UTF8] = {"UTF-8", "UTF-8 (windows-1258)", "UTF-8 (VISCII)", "UTF-8 (TCVN3)",
                   "UTF-8 (VNI)", "UTF-8 (UTF-8)"},
    [FORM_UTF16LE] = {"UTF-16LE", "UTF-16LE (windows-1258)", "UTF-16LE (VISCII)",
                      "UTF-16LE (TCVN3)", "UTF-16LE (VNI)", "UTF-16LE (UTF-8)"},
    [FORM_UTF16BE] = {"UTF-16BE", "UTF-16BE (windows-1258)", "UTF-16BE (VISCII)",
                      "UTF-16BE (TCVN3)", "UTF-16BE (VNI)", "UTF-16BE (UTF-8)"},
    [FORM_BYTES] = {"windows-1252", "windows-1258", "VISCII", "TCVN3", "VNI", "UTF-8"},
};

const char encoding_choices[] =
    N_("UTF-8, UTF-16LE, UTF-16BE, windows-1258, VISCII, TCVN3, VNI, windows-1252; \"UTF-8 "
       "(TCVN3)\" for TCVN3 letters inside UTF-8");

/* Other names in use, in lower case and without hyphens, underlines and spaces. */
static const struct alias {
    const char *name;
    struct encoding encoding;
} aliases[] = {
    {"utf16", {FORM_UTF16LE, LETTERS_PLAIN}},      {"unicode", {FORM_UTF16LE, LETTERS_PLAIN}},
    {"ascii", {FORM_UTF8, LETTERS_PLAIN}},         {"usascii", {FORM_UTF8, LETTERS_PLAIN}},
    {"unicode11utf8", {FORM_UTF8, LETTERS_PLAIN}}, {"cp1258", {FORM_BYTES, LETTERS_1258}},
    {"xcp1258", {FORM_BYTES, LETTERS_1258}},       {"1258", {FORM_BYTES, LETTERS_1258}},
    {"csviscii", {FORM_BYTES, LETTERS_VISCII}},    {"xviscii", {FORM_BYTES, LETTERS_VISCII}},
    {"tcvn", {FORM_BYTES, LETTERS_TCVN3}},         {"abc", {FORM_BYTES, LETTERS_TCVN3}},
    {"tcvn5712", {FORM_BYTES, LETTERS_TCVN3}},     {"tcvn57121", {FORM_BYTES, LETTERS_TCVN3}},
    {"xvietvni", {FORM_BYTES, LETTERS_VNI}},       {"vniwin", {FORM_BYTES, LETTERS_VNI}},
    {"cp1252", {FORM_BYTES, LETTERS_PLAIN}},       {"latin1", {FORM_BYTES, LETTERS_PLAIN}},
    {"iso88591", {FORM_BYTES, LETTERS_PLAIN}},
};

const char *encoding_name(struct encoding e)
{
    return names[e.form][e.letters];
}

/* The next significant character of a name, in lower case; 0 at the end. */
static char next_of_name(struct sv *name)
{
    while (name->n && memchr("-_ :", name->p[0], 4))
        *name = sv_sub(*name, 1, name->n - 1);
    if (!name->n)
        return '\0';
    char c = name->p[0];
    *name = sv_sub(*name, 1, name->n - 1);
    return ascii_lower(c);
}

static bool same_name(struct sv a, struct sv b)
{
    char x, y;
    do {
        x = next_of_name(&a);
        y = next_of_name(&b);
    } while (x && x == y);
    return x == y && !a.n && !b.n;
}

bool encoding_named(struct sv name, struct encoding *out)
{
    for (unsigned form = 0; form < FORM_COUNT; form++)
        for (unsigned letters = 0; letters < LETTERS_COUNT; letters++)
            if (same_name(name, sv_of(names[form][letters]))) {
                *out = (struct encoding){(uint8_t)form, (uint8_t)letters};
                return true;
            }
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (same_name(name, sv_of(aliases[i].name))) {
            *out = aliases[i].encoding;
            return true;
        }
    return false;
}
