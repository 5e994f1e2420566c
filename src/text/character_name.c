#include "text/character_name.h"

#include "base/ascii.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "rules/rules.h"

enum {
    MOST_PARTS = 10, /* of an emoji: a family has seven, the flag of a region as many */
    KEYCAP = 0x20E3,
    EMOJI_FORM = 0xFE0F,
    FIRST_PICTURE = 0x2600,
};

/* ---- the tables ---- */

static struct sv reading_of(const struct row *row, uint32_t column)
{
    return row ? row_text(row, column) : (struct sv){NULL, 0};
}

/* How characters.tsv writes it. */
static void add_key(struct buf *key, uint32_t code)
{
    enum char_kind kind = char_kind_of(code);
    buf_clear(key);
    if (code == '#' || kind == CHAR_SPACE || kind == CHAR_MARK || char_is_format(code))
        buf_addf(key, "U+%04X", (unsigned)code);
    else
        buf_add_code(key, code);
}

static const struct row *character_row(const struct rules *r, uint32_t code)
{
    struct buf key = BUF_INIT;
    add_key(&key, code);
    const struct row *row = rules_find(r, TABLE_CHARACTER_NAMES, buf_sv(&key));
    if (!row && char_lower(code) != code) {
        add_key(&key, char_lower(code));
        row = rules_find(r, TABLE_CHARACTER_NAMES, buf_sv(&key));
    }
    buf_free(&key);
    return row;
}

/* The longest emoji at the front; *length: its bytes. */
static struct sv emoji_at(const struct rules *r, struct sv text, size_t *length, unsigned *parts)
{
    struct buf key = BUF_INIT;
    struct sv name = {NULL, 0};
    size_t i = 0;
    *length = *parts = 0;
    for (unsigned n = 1; n <= MOST_PARTS && i < text.n; n++) {
        uint32_t code;
        unsigned bytes = utf8_decode(sv_from(text, i), &code);
        if (!bytes || (code < 0x80 && n > 1))
            break;
        i += bytes;
        if (code != EMOJI_FORM)
            buf_add_code(&key, code);
        const struct row *row = rules_find(r, TABLE_EMOJI_NAMES, buf_sv(&key));
        if (!row && code != EMOJI_FORM)
            continue;
        if (row) {
            name = row_text(row, EMOJI_NAMES_NAME);
            *parts = n;
        }
        *length = *parts ? i : 0;
    }
    buf_free(&key);
    return name;
}

/* ---- letters ---- */

static const char *const tone_names[] = {"", "huyền", "hỏi", "ngã", "sắc", "nặng"};

static struct sv letter_name(const struct row *row, enum docbao_letters letters)
{
    if (!row)
        return (struct sv){NULL, 0};
    struct sv name = letters == DOCBAO_LETTERS_BO        ? row_text(row, LETTER_NAMES_BO)
                     : letters == DOCBAO_LETTERS_ENGLISH ? row_text(row, LETTER_NAMES_ENGLISH)
                                                         : row_text(row, LETTER_NAMES_ALONE);
    return name.n ? name : row_text(row, LETTER_NAMES_NAME);
}

static struct sv name_of_code(const struct rules *r, uint32_t code, enum docbao_letters letters)
{
    char bytes[4];
    struct sv key = {bytes, utf8_encode(char_lower(code), bytes)};
    return letter_name(rules_find(r, TABLE_LETTER_NAMES, key), letters);
}

/* Letters of Vietnamese with their tone, other letters with the mark that they have. */
static void look_for_letter(const struct rules *r, enum docbao_letters letters,
                            struct named_character *c)
{
    struct letter letter = letter_of(c->code);
    if (letter.id) {
        c->name = letter_name(rules_letter(r, letter.id), letters);
        c->rest = tone_names[letter.tone];
        return;
    }
    c->name = name_of_code(r, c->code, letters);
    uint32_t base = nfc_base(c->code);
    if (!c->name.n && base != c->code && char_kind_of(c->code) == CHAR_LETTER) {
        struct letter plain = letter_of(base);
        c->name = plain.id ? letter_name(rules_letter(r, plain.id), letters)
                           : name_of_code(r, base, letters);
        c->rest = c->name.n ? "có dấu" : "";
    }
}

/* ---- characters ---- */

static bool may_be_emoji(struct sv text, uint32_t code)
{
    return code >= 0x80 || (text.n > 4 && (unsigned char)text.p[1] == 0xEF) ||
           (text.n > 3 && (unsigned char)text.p[1] == 0xE2);
}

struct named_character named_character_at(const struct rules *r, enum docbao_letters letters,
                                          struct sv text)
{
    struct named_character c = {.rest = ""};
    unsigned length = utf8_decode(text, &c.code), parts = 0;
    c.length = length ? length : 1;
    size_t emoji_length = 0;
    struct sv emoji = {NULL, 0};
    if (may_be_emoji(text, c.code) && !letter_of(c.code).id)
        emoji = emoji_at(r, text, &emoji_length, &parts);
    const struct row *row = character_row(r, c.code);
    if (row && parts < 2) {
        c.name = row_text(row, CHARACTER_NAMES_NAME);
        c.named_at = row_kinds(row);
    } else if (emoji.n) {
        c.name = emoji;
        c.length = emoji_length;
        c.is_emoji = parts > 1 || c.code >= FIRST_PICTURE;
        c.named_at = NAMED_AT_SOME;
    } else {
        look_for_letter(r, letters, &c);
    }
    return c;
}

static uint32_t hexadecimal(struct sv digits)
{
    uint32_t value = 0;
    for (size_t i = 0; i < digits.n; i++) {
        char c = digits.p[i];
        value = value * 16 + (uint32_t)(c <= '9' ? c - '0' : c - 'A' + 10);
    }
    return value;
}

static struct sv block_name(const struct rules *r, uint32_t code)
{
    const struct packed_table *t = rules_table(r, TABLE_CHARACTER_BLOCKS);
    for (uint32_t i = 0; i < t->rows; i++) {
        const struct row *row = packed_row(t, i);
        if (code >= hexadecimal(row_text(row, CHARACTER_BLOCKS_FIRST)) &&
            code <= hexadecimal(row_text(row, CHARACTER_BLOCKS_LAST)))
            return row_text(row, CHARACTER_BLOCKS_NAME);
    }
    return SV("ký tự");
}

static void add_code_point(const struct rules *r, enum docbao_letters letters, uint32_t code,
                           struct buf *out)
{
    struct buf digits = BUF_INIT;
    buf_add_sv(out, block_name(r, code));
    buf_adds(out, " mã");
    buf_addf(&digits, "%04x", (unsigned)code);
    for (size_t i = 0; i < digits.n; i++) {
        struct named_character digit =
            named_character_at(r, letters, sv_sub(buf_sv(&digits), i, 1));
        buf_putc(out, ' ');
        buf_add_sv(out, digit.name);
    }
    buf_free(&digits);
}

void character_add_name(const struct rules *r, enum docbao_letters letters,
                        const struct named_character *c, bool capital, struct buf *out)
{
    if (c->name.n)
        buf_add_sv(out, c->name);
    else
        add_code_point(r, letters, c->code, out);
    if (*c->rest)
        buf_addf(out, " %s", c->rest);
    if (capital && c->name.n && char_is_capital(c->code))
        buf_adds(out, " hoa");
}

bool character_is_named(const struct named_character *c, enum docbao_punctuation punctuation)
{
    static const uint64_t named[] = {
        [DOCBAO_PUNCTUATION_NONE] = 0,
        [DOCBAO_PUNCTUATION_SOME] = NAMED_AT_SOME,
        [DOCBAO_PUNCTUATION_MOST] = NAMED_AT_SOME | NAMED_AT_MOST,
        [DOCBAO_PUNCTUATION_ALL] = NAMED_AT_SOME | NAMED_AT_MOST | NAMED_AT_ALL,
    };
    return c->is_emoji || (c->named_at & named[punctuation]) != 0;
}

/* ---- keys ---- */

static struct sv key_row(const struct rules *r, struct sv key)
{
    struct buf lower = BUF_INIT;
    for (size_t i = 0; i < key.n; i++)
        buf_putc(&lower, ascii_lower(key.p[i]));
    struct sv name = reading_of(rules_find(r, TABLE_KEY_NAMES, buf_sv(&lower)), KEY_NAMES_NAME);
    buf_free(&lower);
    return name;
}

/* One key: by its row, or the name of its character, or as it is written. */
static void add_one_key(const struct rules *r, enum docbao_letters letters, struct sv key,
                        struct buf *out)
{
    struct sv name = key_row(r, key);
    struct named_character c = named_character_at(r, letters, key);
    if (out->n)
        buf_putc(out, ' ');
    if (name.n)
        buf_add_sv(out, name);
    else if (c.length == key.n)
        character_add_name(r, letters, &c, false, out);
    else
        buf_add_sv(out, key);
}

/* The length of the key at the front of several: page_up is one key, control_a are two. */
static size_t first_key(const struct rules *r, struct sv keys)
{
    if (key_row(r, keys).n)
        return keys.n;
    for (size_t i = 1; i < keys.n; i++) {
        bool number_pad = keys.p[i] == '-' && i == 2 && sv_starts(keys, SV("kp"));
        if (keys.p[i] == '_' || keys.p[i] == '+' || number_pad)
            return i;
    }
    return keys.n;
}

void key_add_name(const struct rules *r, enum docbao_letters letters, struct sv key,
                  struct buf *out)
{
    struct sv rest = key;
    while (rest.n) {
        size_t n = first_key(r, rest);
        add_one_key(r, letters, sv_sub(rest, 0, n), out);
        rest = sv_from(rest, n + 1 < rest.n ? n + 1 : rest.n);
    }
}
