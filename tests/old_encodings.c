#include "old_encodings.h"

#include <iconv.h>

#include "base/nfc.h"
#include "base/utf8.h"
#include "rules/rules.h"

const char *const old_form_names[OLD_FORMS] = {
    "UTF-8",
    "UTF-8 with a byte order mark",
    "UTF-8, decomposed (NFD)",
    "UTF-16LE with a byte order mark",
    "UTF-16BE with a byte order mark",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1258",
    "VISCII",
    "TCVN3",
    "VNI",
    "TCVN3 letters in UTF-8",
    "VNI letters in UTF-8",
    "UTF-8 twice",
    "TCVN3 for a font of capitals",
};

const char *const old_form_encodings[OLD_FORMS] = {
    "UTF-8",    "UTF-8",         "UTF-8",        "UTF-16LE",      "UTF-16BE",
    "UTF-16LE", "UTF-16BE",      "windows-1258", "VISCII",        "TCVN3",
    "VNI",      "UTF-8 (TCVN3)", "UTF-8 (VNI)",  "UTF-8 (UTF-8)", "TCVN3",
};

/* Converts code point by code point, so that one without a place costs itself only. */
static void convert(const char *to, struct sv text, struct buf *out)
{
    if (text.n == 1 && (unsigned char)text.p[0] < 0x80) {
        buf_putc(out, text.p[0]);
        return;
    }
    iconv_t cd = iconv_open(to, "UTF-8");
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        char *from = (char *)text.p + i, bytes[16], *p = bytes;
        size_t left = n, room = sizeof bytes;
        if (iconv(cd, &from, &left, &p, &room) == (size_t)-1 || p == bytes)
            buf_putc(out, '?');
        else
            buf_add(out, bytes, (size_t)(p - bytes));
        i += n;
    }
    iconv_close(cd);
}

static void write_utf16(struct sv text, bool big, struct buf *out)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        i += utf8_decode(sv_sub(text, i, text.n - i), &code);
        code = code < 0x10000 ? code : '?';
        buf_putc(out, (char)(big ? code >> 8 : code));
        buf_putc(out, (char)(big ? code : code >> 8));
    }
}

static void decompose(struct sv text, struct buf *out)
{
    /* Marks one by one: the tone last, as most programs write it. */
    static const uint32_t tones[] = {0x300, 0x301, 0x303, 0x309, 0x323};
    static const uint32_t shapes[] = {0x302, 0x306, 0x31B};
    for (size_t i = 0; i < text.n;) {
        uint32_t code, found[3] = {0};
        i += utf8_decode(sv_sub(text, i, text.n - i), &code);
        uint32_t base = nfc_base(code);
        if (char_lower(code) != code)
            base = char_upper(base);
        struct buf want = BUF_INIT, got = BUF_INIT;
        buf_add_code(&want, code);
        for (unsigned s = 0; s < 4 && !sv_eq(buf_sv(&got), buf_sv(&want)); s++)
            for (unsigned t = 0; t < 6 && !sv_eq(buf_sv(&got), buf_sv(&want)); t++) {
                unsigned n = 0;
                found[n++] = base;
                if (s < 3)
                    found[n++] = shapes[s];
                if (t < 5)
                    found[n++] = tones[t];
                found[2] = n == 3 ? found[2] : 0;
                found[1] = n >= 2 ? found[1] : 0;
                buf_clear(&got);
                nfc_append_codes(&got, found, n);
            }
        if (sv_eq(buf_sv(&got), buf_sv(&want)))
            for (unsigned n = 0; n < 3 && found[n]; n++)
                buf_add_code(out, found[n]);
        else
            buf_add_sv(out, buf_sv(&want));
        buf_free(&want);
        buf_free(&got);
    }
}

/* TCVN3 has no capitals for some letters; these are written small. */
static void lower_toned(struct sv text, bool all, struct buf *out)
{
    static const char capitals[] = "ĂÂÊÔƠƯĐ";
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        bool has = code < 0xC0 || code > 0x1EFF || sv_find(SV(capitals), sv_sub(text, i, n)) >= 0;
        buf_add_code(out, has && !all ? code : char_lower(code));
        i += n;
    }
}

static void write_vni(struct sv text, struct buf *out)
{
    const struct packed_table *vni = rules_table(NULL, TABLE_VNI);
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        struct sv letter = sv_sub(text, i, n), written = letter;
        for (uint32_t row = 0; row < vni->rows; row++)
            if (sv_eq(row_text(packed_row(vni, row), VNI_LETTER), letter))
                written = row_text(packed_row(vni, row), VNI_BYTES);
        convert("WINDOWS-1252", written, out);
        i += n;
    }
}

static void western_to_utf8(struct sv bytes, struct buf *out)
{
    iconv_t cd = iconv_open("UTF-8", "WINDOWS-1252");
    for (size_t i = 0; i < bytes.n; i++) {
        char *from = (char *)bytes.p + i, made[8], *p = made;
        size_t left = 1, room = sizeof made;
        if (iconv(cd, &from, &left, &p, &room) == (size_t)-1) /* as browsers do */
            buf_add_code(out, (unsigned char)bytes.p[i]);
        else
            buf_add(out, made, (size_t)(p - made));
    }
    iconv_close(cd);
}

/* The fonts called TCVN3 have windows-1252 where the standard has capitals with tones. */
static void write_tcvn3(struct sv text, bool capitals_font, struct buf *out)
{
    struct buf small = BUF_INIT;
    lower_toned(text, capitals_font, &small);
    for (size_t i = 0; i < small.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(buf_sv(&small), i, small.n - i), &code);
        bool western = code < 0x80 || (code >= 0x2010 && code <= 0x203A);
        convert(western ? "WINDOWS-1252" : "TCVN5712-1", sv_sub(buf_sv(&small), i, n), out);
        i += n;
    }
    buf_free(&small);
}

/* windows-1258 writes â and the like as one byte and the tone behind it as another. */
static void write_1258(struct sv text, struct buf *out)
{
    static const char *const tones[] = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"};
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        struct sv letter = sv_sub(text, i, n);
        struct buf bytes = BUF_INIT, plain = BUF_INIT, again = BUF_INIT;
        convert("CP1258", letter, &bytes);
        static const char bases[] = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";
        for (size_t b = 0;
             bytes.n == 1 && bytes.p[0] == '?' && code > 0x7F && b + 1 < sizeof bases;)
            for (size_t t = 0, base = utf8_decode_valid(bases + b, &code); t <= 5; t++) {
                if (t == 5) {
                    b += base;
                    break;
                }
                buf_clear(&plain);
                buf_clear(&again);
                buf_add(&plain, bases + b, base);
                buf_adds(&plain, tones[t]);
                nfc_append(&again, buf_sv(&plain));
                if (sv_eq(buf_sv(&again), letter)) {
                    buf_clear(&bytes);
                    convert("CP1258", buf_sv(&plain), &bytes);
                    break;
                }
            }
        buf_add_sv(out, buf_sv(&bytes));
        buf_free(&bytes);
        buf_free(&plain);
        buf_free(&again);
        i += n;
    }
}

void old_write(enum old_form form, struct sv text, struct buf *out)
{
    struct buf bytes = BUF_INIT;
    switch (form) {
    case OLD_UTF8_MARK:
        buf_adds(out, "\xEF\xBB\xBF");
        buf_add_sv(out, text);
        break;
    case OLD_NFD:
        decompose(text, out);
        break;
    case OLD_UTF16LE_MARK:
        buf_adds(out, "\xFF\xFE");
        write_utf16(text, false, out);
        break;
    case OLD_UTF16BE_MARK:
        buf_adds(out, "\xFE\xFF");
        write_utf16(text, true, out);
        break;
    case OLD_UTF16LE:
    case OLD_UTF16BE:
        write_utf16(text, form == OLD_UTF16BE, out);
        break;
    case OLD_1258:
        write_1258(text, out);
        break;
    case OLD_VISCII:
        convert("VISCII", text, out);
        break;
    case OLD_TCVN3:
    case OLD_TCVN3_CAPITALS:
        write_tcvn3(text, form == OLD_TCVN3_CAPITALS, out);
        break;
    case OLD_VNI:
        write_vni(text, out);
        break;
    case OLD_TCVN3_AS_UTF8:
        write_tcvn3(text, false, &bytes);
        western_to_utf8(buf_sv(&bytes), out);
        break;
    case OLD_VNI_AS_UTF8:
        write_vni(text, &bytes);
        western_to_utf8(buf_sv(&bytes), out);
        break;
    case OLD_UTF8_TWICE:
        western_to_utf8(text, out);
        break;
    default:
        buf_add_sv(out, text);
    }
    buf_free(&bytes);
}

bool old_same(enum old_form form, struct sv a, struct sv b)
{
    if (form != OLD_TCVN3 && form != OLD_TCVN3_AS_UTF8)
        return sv_eq(a, b);
    struct buf small[2] = {BUF_INIT, BUF_INIT};
    lower_toned(a, true, &small[0]);
    lower_toned(b, true, &small[1]);
    bool same = sv_eq(buf_sv(&small[0]), buf_sv(&small[1]));
    buf_free(&small[0]);
    buf_free(&small[1]);
    return same;
}

static bool has_place(enum old_form form, uint32_t code, struct sv letter)
{
    struct buf bytes = BUF_INIT;
    if (code < 0x80 || (code >= 0x1EA0 && code <= 0x1EF9)) /* every form has them */
        return true;
    if (form == OLD_UTF16LE || form == OLD_UTF16BE || form == OLD_UTF16LE_MARK ||
        form == OLD_UTF16BE_MARK)
        return code < 0x10000;
    old_write(form, letter, &bytes);
    bool has = !(bytes.n == 1 && bytes.p[0] == '?');
    buf_free(&bytes);
    return has;
}

void old_expected(enum old_form form, struct sv text, struct buf *out)
{
    struct buf small = BUF_INIT;
    if (form == OLD_TCVN3 || form == OLD_TCVN3_AS_UTF8 || form == OLD_TCVN3_CAPITALS)
        lower_toned(text, form == OLD_TCVN3_CAPITALS, &small);
    else
        buf_add_sv(&small, text);
    for (size_t i = 0; i < small.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(buf_sv(&small), i, small.n - i), &code);
        struct sv letter = sv_sub(buf_sv(&small), i, n);
        if (has_place(form, code, letter))
            buf_add_sv(out, letter);
        else
            buf_putc(out, '?');
        i += n;
    }
    buf_free(&small);
}
