#include "text/glue.h"

#include "base/ascii.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/joined_words.h"
#include "lang/syllable.h"

/* A place at which a word may be divided. */
struct seam {
    struct sv first, second; /* as written */
    uint32_t atom;
};

/* An abbreviation or a place, then a word with marks, one that begins sentences, or one that goes
 * on in small letters and is too long for the end of a brand (VNPay): HCMMột, AFPSau khi, ThSKhi
 * đó, HCMDoanh nghiệp. */
static bool ends_in_abbreviation(const struct view *v, const struct seam *s)
{
    enum { SHORTEST = 2, LONG = 4 };
    if (s->first.n < SHORTEST || !rules_find(v->rules, TABLE_ABBREVIATIONS, s->first))
        return false;
    bool goes_on = is_syllable(v, s->atom + 1) && !atom_glued(v, s->atom + 1) &&
                   !is_capitalized(v, s->atom + 1);
    bool city = word_is(v, s->atom - 1, "tp") && s->first.n > 2; /* TP HCMXe Lexus */
    struct sv lower = lower_of(v, s->second);
    bool begins = rules_stop_kinds(v->rules, lower) & STOP_START;
    return !ascii_only(s->second) || city || begins || (s->second.n >= LONG && goes_on);
}

/* A unit after its number, then a word: 500gDứa. */
static bool ends_in_unit(const struct view *v, const struct seam *s)
{
    if (!is_number(v, s->atom - 1) || !atom_glued(v, s->atom) || s->second.n < 3)
        return false;
    return rules_find(v->rules, TABLE_UNITS, s->first) ||
           rules_find(v->rules, TABLE_CURRENCIES, s->first);
}

/* Two syllables, of which the second has marks: NộiNgày, naiMột. */
static bool is_two_syllables(const struct seam *s)
{
    return s->first.n > 1 && !ascii_only(s->second) && syllable_is_legal(s->first);
}

/* The end of a name, then a word that begins sentences: Hoàng NamKhi mới đưa, Kon TumXe tải chở;
 * any word behind a place that begins the text: Nghệ AnHai nam thanh niên. */
static bool ends_in_name(const struct view *v, const struct seam *s)
{
    enum { SHORTEST = 2 };
    bool place = s->atom == v->begin + 1 && !atom_has(atom_at(v, v->begin), ATOM_PLAIN);
    bool begins = rules_stop_kinds(v->rules, lower_of(v, s->second)) & STOP_START;
    bool goes_on = is_syllable(v, s->atom + 1) &&
                   (!is_capitalized(v, s->atom + 1) ||
                    (place && near_word(v, s->atom + 1, NEAR_SURNAME))); /* GiangAnh Phan */
    return is_capitalized(v, s->atom - 1) && !is_upper(v, s->atom - 1) && s->first.n > 1 &&
           s->second.n >= SHORTEST && syllable_is_legal(s->first) && goes_on && (place || begins);
}

/* A foreign word, or capitals, before a syllable with marks: IranMột, AFPViệc; a known foreign word
 * before one that begins sentences: PhilippinesKhi. */
static bool ends_in_foreign(const struct view *v, const struct seam *s)
{
    enum { SHORTEST = 3 };
    if (s->first.n < SHORTEST || !ascii_only(s->second))
        return s->first.n >= SHORTEST;
    return (rules_stop_kinds(v->rules, lower_of(v, s->second)) & STOP_START) &&
           rules_find(v->rules, TABLE_LOANWORDS, lower_of(v, s->first));
}

/* A syllable with a capital before syllables that are written together: Đồng NaiÔtô. */
static bool ends_before_joined(const struct view *v, const struct seam *s)
{
    if (!is_capitalized(v, s->atom - 1) || s->first.n < 2 || ascii_only(s->second) ||
        !syllable_is_legal(s->first))
        return false;
    struct buf parts = BUF_INIT;
    bool joined = joined_split(lower_of(v, s->second), &parts);
    buf_free(&parts);
    return joined;
}

static bool is_seam(const struct view *v, const struct seam *s)
{
    if (!syllable_is_legal(s->second))
        return ends_before_joined(v, s);
    return ends_in_abbreviation(v, s) || ends_in_unit(v, s) || is_two_syllables(s) ||
           ends_in_foreign(v, s) || ends_in_name(v, s);
}

/* The offset of the first capital after a small letter, if what is before it is a syllable with
 * marks, after which no name goes on: NẵngThS, dụngGoogle, MỹMickey. 0: there is none. */
static size_t end_of_marked_syllable(struct sv word)
{
    uint32_t code;
    bool small = false;
    for (size_t i = 0, n; i < word.n; i += n) {
        n = utf8_decode_valid(word.p + i, &code);
        if (small && char_is_capital(code)) {
            struct sv first = sv_sub(word, 0, i);
            return !ascii_only(first) && syllable_is_legal(first) ? i : 0;
        }
        small = !char_is_capital(code);
    }
    return 0;
}

/* The offset in the word of a capital that small letters follow to the end and that is not its
 * first letter; 0: there is none. */
static size_t last_capital(struct sv word)
{
    uint32_t code;
    size_t at = 0;
    bool small = false;
    for (size_t i = 0, n; i < word.n; i += n) {
        n = utf8_decode_valid(word.p + i, &code);
        small = !char_is_capital(code);
        if (!small)
            at = i;
    }
    return small ? at : 0;
}

/* TP HCMHoREA: the length of the city's letters, behind which another name begins; 0: none. */
static size_t end_of_city(const struct view *v, uint32_t i, struct sv word)
{
    static const struct sv city = {"HCM", 3};
    bool name =
        word.n > city.n && sv_starts(word, city) && word.p[city.n] >= 'A' && word.p[city.n] <= 'Z';
    return name && word_is(v, i - 1, "tp") ? city.n : 0;
}

/* Ảnh: ReutersC919: the length of the known name before a capital with a number; 0: none. */
static size_t end_of_credit(const struct view *v, uint32_t i, struct sv word)
{
    enum { SHORTEST = 3 };
    bool code = is_number(v, i + 1) && atom_glued(v, i + 1) && word.n > SHORTEST &&
                word.p[word.n - 1] >= 'A' && word.p[word.n - 1] <= 'Z';
    if (!code || !is_mark(v, i - 1, ':') || !near_before(v, i - 1, NEAR_CREDIT))
        return 0;
    struct sv name = sv_sub(word, 0, word.n - 1);
    return rules_find(v->rules, TABLE_LOANWORDS, lower_of(v, name)) ? name.n : 0;
}

/* vinh danhNSND Tự Long: the length of a syllable in small letters before an abbreviation, both of
 * three letters or more; 0: the word is none. */
static size_t end_before_capitals(const struct view *v, struct sv word)
{
    enum { SHORTEST = 3 };
    size_t at = 0;
    while (at < word.n && word.p[at] >= 'a' && word.p[at] <= 'z')
        at++;
    struct sv rest = sv_sub(word, at, word.n - at);
    bool legal = at >= SHORTEST && rest.n >= SHORTEST && syllable_is_legal(sv_sub(word, 0, at));
    for (size_t k = 0; legal && k < rest.n; k++)
        legal = rest.p[k] < 'a' || rest.p[k] > 'z';
    return legal && rules_find(v->rules, TABLE_ABBREVIATIONS, rest) ? at : 0;
}

/* NN&PTNTđưa, TNHHđược: the length of an abbreviation before a syllable in small letters that has
 * marks; 0: the word is none. */
static size_t end_of_capitals(const struct view *v, struct sv word)
{
    enum { SHORTEST = 3 };
    uint32_t code;
    size_t at = 0, n;
    for (; at < word.n; at += n) {
        n = utf8_decode_valid(word.p + at, &code);
        if (!char_is_capital(code))
            break;
    }
    struct sv first = sv_sub(word, 0, at), rest = sv_sub(word, at, word.n - at);
    return at >= SHORTEST && rest.n >= SHORTEST && !ascii_only(rest) && syllable_is_legal(rest) &&
                   rules_find(v->rules, TABLE_ABBREVIATIONS, first)
               ? at
               : 0;
}

/* Todaydẫn, Seoullà: the length of a known foreign word before a syllable in small letters that has
 * marks; 0: the word is none. */
static size_t end_of_foreign(const struct view *v, struct sv word)
{
    enum { SHORTEST = 4 };
    size_t plain = 0;
    while (plain < word.n && (unsigned char)word.p[plain] < 0x80 &&
           (!plain || word.p[plain] >= 'a'))
        plain++;
    if (plain == word.n || (unsigned char)word.p[plain] < 0x80) /* NaiMột */
        return 0;
    for (size_t at = plain; at >= SHORTEST; at--) {
        struct sv rest = sv_sub(word, at, word.n - at);
        if (syllable_is_legal(rest) &&
            rules_find(v->rules, TABLE_LOANWORDS, lower_of(v, sv_sub(word, 0, at))))
            return at;
    }
    return 0;
}

/* The offset at which the word, atom i or its front, is divided; 0: it is not. */
static size_t seam_in(const struct view *v, uint32_t i, struct sv word)
{
    size_t city = end_of_city(v, i, word);
    if (city)
        return city;
    size_t credit = end_of_credit(v, i, word);
    if (credit)
        return credit;
    size_t capitals = end_before_capitals(v, word);
    if (!capitals)
        capitals = end_of_capitals(v, word);
    if (!capitals)
        capitals = end_of_foreign(v, word);
    if (capitals)
        return capitals;
    size_t last = last_capital(word), marked = end_of_marked_syllable(word);
    struct sv lower = lower_of(v, word);
    if ((!last && !marked) || rules_find(v->rules, TABLE_ABBREVIATIONS, word) ||
        rules_find(v->rules, TABLE_LOANWORDS, lower))
        return 0;
    struct seam s = {sv_sub(word, 0, last), sv_sub(word, last, word.n - last), i};
    return last && is_seam(v, &s) ? last : marked;
}

/* 4.000mx75m, 10cmx15cm: the length of the unit before an x that multiplies; 0: there is none. */
static uint32_t times_seam(const struct view *v, uint32_t i)
{
    struct sv word = atom_written(v, i);
    bool between =
        is_number(v, i - 1) && atom_glued(v, i) && is_number(v, i + 1) && atom_glued(v, i + 1);
    if (!between || (!sv_is(word, "mx") && !sv_is(word, "cmx") && !sv_is(word, "mmx")))
        return 0;
    return (uint32_t)word.n - 1;
}

/* 15hchiều, 11hngày: the length of the letter of an hour before a syllable with marks; 0: it is
 * none. */
static uint32_t hour_seam(const struct view *v, uint32_t i)
{
    struct sv word = atom_written(v, i);
    struct sv rest = sv_sub(word, 1, word.n - 1);
    return !ascii_only(rest) && syllable_is_legal(rest) ? 1 : 0;
}

/* A quick look: a small h or g behind one or two digits. */
static bool may_begin_with_hour(const struct view *v, uint32_t i)
{
    const struct atom *a = &v->atoms[i];
    return (a->code == 'h' || a->code == 'g') && a->text.len > 2 && atom_glued(v, i) &&
           is_number(v, i - 1) && digit_count(v, i - 1) <= 2;
}

/* A quick look: a short word with x at its end. */
static bool may_end_in_times(const struct view *v, uint32_t i)
{
    const struct atom *a = &v->atoms[i];
    return a->text.len <= 3 && !atom_has(a, ATOM_SPACED) &&
           v->text.p[a->text.off + a->text.len - 1] == 'x';
}

static bool may_have_seam(const struct atom *a)
{
    return !atom_has(a, ATOM_LEGAL) && (a->flags & (ATOM_CAPITAL | ATOM_MIXED));
}

/* Whether the word is a part of a tag or of the name of an account; or of an address, which has no
 * marks: TP.HCMNgười is none. */
static bool is_in_address(const struct view *v, uint32_t i)
{
    uint32_t code = atom_at(v, i - 1)->code;
    if (!atom_glued(v, i))
        return false;
    bool joint = code == '.' || code == '/' || code == '-';
    return code == '#' || code == '@' || code == '_' ||
           (joint && atom_has(atom_at(v, i), ATOM_PLAIN));
}

/* The length of the part of the number that belongs to what is before it, where a date and a time
 * ran into one another: 06/0418:00, 06/04/202418:00, 18:0006/04; 0: it is not divided. */
static uint32_t number_seam(const struct view *v, uint32_t i)
{
    enum { PART = 2, YEAR = 4 };
    uint32_t digits = digit_count(v, i), first = digits - PART;
    if ((first != PART && first != YEAR) || !is_number(v, i - 2) || !is_number(v, i + 2) ||
        digit_count(v, i - 2) > PART)
        return 0;
    bool date = is_tight_mark(v, i - 1, '/') && is_tight_mark(v, i + 1, ':');
    bool time = is_tight_mark(v, i - 1, ':') && is_tight_mark(v, i + 1, '/');
    if (!date && !(time && first == PART))
        return 0;
    struct sv text = atom_written(v, i), front = sv_sub(text, 0, PART);
    struct sv back = sv_sub(text, first, PART);
    bool month = first == YEAR || sv_cmp(front, SV("12")) <= 0;
    bool ok = date ? month && sv_cmp(back, SV("23")) <= 0
                   : sv_cmp(front, SV("59")) <= 0 && sv_cmp(back, SV("31")) <= 0;
    return ok ? first : 0;
}

/* Hà Nội40 cựu chiến binh: a number that begins the text behind the place of a report. */
static bool is_number_behind_place(const struct view *v, uint32_t i)
{
    enum { PLACE_ATOMS = 4 };
    bool place =
        is_capitalized(v, i - 1) && is_capitalized(v, i - 2) && is_syllable(v, i - 1) &&
        !is_upper(v, i - 1) &&
        !(atom_has(atom_at(v, i - 1), ATOM_PLAIN) && atom_has(atom_at(v, i - 2), ATOM_PLAIN));
    bool counts = digit_count(v, i) > 1 || cue_after(v, i + 1, CUE_COUNTED); /* Tân Lập1 */
    return place && counts && i <= v->begin + PLACE_ATOMS && atom_glued(v, i) &&
           !atom_glued(v, i + 1) && is_word(v, i + 1) && !is_capitalized(v, i + 1);
}

/* 45 phút5-6 người2.426 kcal: the minutes, the portions and the energy of a recipe. */
static bool is_number_behind_measure(const struct view *v, uint32_t i)
{
    bool measure = word_is(v, i - 1, "phút") || word_is(v, i - 1, "người");
    return measure && atom_glued(v, i) && is_number(v, i - 2) && !word_is(v, i + 1, "giây");
}

/* Hà Nội40 cựu chiến binh, 45 phút5 người: something else begins with the number. */
static bool is_number_behind_word(const struct view *v, uint32_t i)
{
    return is_number_behind_place(v, i) || is_number_behind_measure(v, i);
}

static uint32_t code_at(const struct view *v, uint32_t off)
{
    uint32_t code;
    utf8_decode_valid(v->text.p + off, &code);
    return code;
}

/* SơnTùng: two parts of a name, of which none begins sentences. Hà NộiNgày is none. */
static bool is_name_without_space(const struct view *v, uint32_t i, uint32_t cut)
{
    struct sv word = atom_written(v, i), second = sv_sub(word, cut, word.n - cut);
    return is_capitalized(v, i) && !is_capitalized(v, i - 1) && syllable_is_legal(second) &&
           syllable_is_legal(sv_sub(word, 0, cut)) && is_capitalized(v, i + 1) &&
           !rules_find(v->rules, TABLE_PLACES, lower_of(v, sv_sub(word, 0, cut))) &&
           !(rules_stop_kinds(v->rules, lower_of(v, second)) & STOP_START);
}

/* Appends the part of a word as an atom. */
static void add_part(const struct view *v, struct span part, unsigned before, struct atoms *out)
{
    scan(v->text, part, v->lower, out, NULL);
    struct atom *a = &out->at[out->n - 1];
    a->flags = (uint8_t)((a->flags & ~(unsigned)ATOM_SPACED) | before);
}

/* Appends atom i, divided where it has to be. */
static void add_divided(const struct view *v, uint32_t i, struct atoms *out)
{
    enum { PARTS = 8 };
    struct atom whole = v->atoms[i];
    uint32_t cuts[PARTS + 1] = {whole.text.len}, n = 0;
    if (whole.kind == ATOM_NUMBER && (cuts[1] = number_seam(v, i)))
        n = 1;
    uint32_t times = is_word(v, i) ? times_seam(v, i) : 0;
    if (!times && is_word(v, i) && may_begin_with_hour(v, i))
        times = hour_seam(v, i);
    if (times) {
        cuts[1] = times;
        n = 1;
    }
    while (n < PARTS && may_have_seam(&whole) && !is_in_address(v, i)) {
        uint32_t at = (uint32_t)seam_in(v, i, sv_sub(atom_written(v, i), 0, cuts[n]));
        if (!at)
            break;
        cuts[++n] = at;
    }
    if (!n) {
        if (whole.kind == ATOM_NUMBER && is_number_behind_word(v, i))
            whole.flags |= ATOM_SPACED | ATOM_BREAK;
        *vec_push(out) = whole;
        return;
    }
    /* Between a measure and what it measures only a space was lost, as in "ứng dụngGoogle". */
    bool measure = (atom_glued(v, i) && is_number(v, i - 1)) || word_is(v, i - 1, "ứng");
    /* … and before small letters: UBNDđã họp. */
    bool small =
        n == 1 && whole.kind == ATOM_WORD && !char_is_capital(code_at(v, whole.text.off + cuts[1]));
    bool name = n == 1 && whole.kind == ATOM_WORD && is_name_without_space(v, i, cuts[1]);
    unsigned lost = ATOM_SPACED | (measure || small || name ? 0 : ATOM_BREAK);
    for (uint32_t from = 0, k = n + 1; k-- > 0; from = cuts[k])
        add_part(v, (struct span){whole.text.off + from, cuts[k] - from},
                 from ? lost : whole.flags & (unsigned)ATOM_SPACED, out);
}

static bool has_seam(const struct view *v, uint32_t i)
{
    if (is_number(v, i))
        return number_seam(v, i) || is_number_behind_word(v, i);
    if (atom_has(&v->atoms[i], ATOM_LEGAL))
        return false;
    if ((may_end_in_times(v, i) && times_seam(v, i)) ||
        (may_begin_with_hour(v, i) && hour_seam(v, i)))
        return true;
    return may_have_seam(&v->atoms[i]) && !is_in_address(v, i) && seam_in(v, i, atom_written(v, i));
}

void glue_divide(struct atoms *atoms, struct view *v)
{
    uint32_t i = v->begin;
    while (i < v->end && !has_seam(v, i))
        i++;
    if (i == v->end)
        return;
    struct atoms divided = {0};
    vec_reserve(&divided, v->end + 1);
    for (i = v->begin; i < v->end; i++)
        add_divided(v, i, &divided);
    vec_free(atoms);
    *atoms = divided;
    v->atoms = atoms->at;
    v->end = (uint32_t)atoms->n;
}
