#include "article/find/people.h"

#include "article/find/line.h"
#include "base/nfc.h"
#include "base/utf8.h"

enum { MOST_NAMES = 8, MOST_WORDS_A_NAME = 5, LONGEST_LINE = 160 };

static uint32_t code_at(struct sv v, size_t at, unsigned *n)
{
    uint32_t code;
    *n = utf8_decode(sv_from(v, at), &code);
    return code;
}

/* The length of the first of `words` (in lower case) that v starts with, compared without regard to
 * case. 0 if v starts with none of them. */
static size_t begins_with_any(struct sv v, const char *const *words)
{
    unsigned bytes;
    uint32_t front = v.n ? char_lower(code_at(v, 0, &bytes)) : 0;
    for (; *words; words++) {
        struct sv want = sv_of(*words);
        size_t i = 0, w = 0;
        if (front < 0x80 && (unsigned char)want.p[0] != front)
            continue;
        while (w < want.n && i < v.n) {
            unsigned n, m;
            if (char_lower(code_at(v, i, &n)) != code_at(want, w, &m))
                break;
            i += n;
            w += m;
        }
        if (w == want.n)
            return i;
    }
    return 0;
}

/* Removes a note in brackets from the end: "Hà Vy (tổng hợp)". */
static struct sv without_note(struct sv v)
{
    if (!v.n || v.p[v.n - 1] != ')')
        return v;
    const char *open = memrchr(v.p, '(', v.n);
    return open ? sv_trim(sv_sub(v, 0, (size_t)(open - v.p))) : v;
}

static bool is_connector(struct sv word)
{
    static const char *const connectors[] = {"-", "–", "—", "&", "và", "+", "/", "|", ",", "•"};
    for (size_t i = 0; i < sizeof connectors / sizeof *connectors; i++)
        if (sv_is(word, connectors[i]))
            return true;
    return false;
}

/* Removes what the person did from the end: "Hà Vy thực hiện". */
static struct sv without_deed(struct sv v)
{
    static const char *const deeds[] = {" thực hiện", " ghi",         " tổng hợp",
                                        " lược dịch", " dịch",        " biên soạn",
                                        " lược ghi",  " tường thuật", " thuật"};
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        if (sv_ends(v, sv_of(deeds[i])))
            return sv_sub(v, 0, v.n - strlen(deeds[i]));
    return v;
}

/* Whether the word can be part of a name: a capital, then letters, dots, hyphens, apostrophes. */
static bool is_name_word(struct sv word)
{
    for (size_t i = 0; i < word.n;) {
        unsigned n;
        uint32_t code = code_at(word, i, &n);
        bool letter = char_kind_of(code) == CHAR_LETTER;
        if (i == 0 ? !letter || char_lower(code) == code
                   : !letter && code != '.' && code != '-' && code != '\'' && code != '/' &&
                         code != 0x2013)
            return false;
        i += n;
    }
    return true;
}

/* Whether the word alone can be a name, such as a pen name or initials: "Minh", "H.L", "PV". */
static bool is_lone_name(struct sv word)
{
    return utf8_count(word) <= 12 && word.p[word.n - 1] != '.';
}

static bool is_names(struct sv v)
{
    size_t names = 1, words = 0, total = 0;
    struct sv rest = v, last = {0};
    for (struct sv w = line_next_word(&rest); w.n; w = line_next_word(&rest)) {
        if (is_connector(w)) {
            names++;
            words = 0;
            continue;
        }
        bool comma = w.p[w.n - 1] == ',';
        w.n -= comma;
        if (!is_name_word(w) || ++words > MOST_WORDS_A_NAME || names > MOST_NAMES)
            return false;
        total++;
        last = w;
        names += comma;
        words = comma ? 0 : words;
    }
    if (!total || last.p[last.n - 1] == '.')
        return false;
    return total > 1 || is_lone_name(last);
}

static size_t count_words(struct sv v)
{
    size_t n = 0;
    while (line_next_word(&v).n)
        n++;
    return n;
}

bool people_is_source(struct sv line)
{
    static const char *const heads[] = {"theo ", "nguồn: ", "nguồn tin: ", "(theo ", NULL};
    size_t n = begins_with_any(line, heads);
    if (!n || line.n > LONGEST_LINE || count_words(line) > 8)
        return false;
    unsigned step;
    uint32_t code = code_at(line, n, &step), last = (unsigned char)line.p[line.n - 1];
    return char_lower(code) != code && last != '.' && last != ':' && last != ',';
}

bool people_is_byline(struct sv line)
{
    static const char *const labels[] = {"bài, ảnh",
                                         "bài và ảnh",
                                         "bài, ảnh, clip",
                                         "tin, ảnh",
                                         "tin và ảnh",
                                         "bài:",
                                         "tin:",
                                         "bài - ảnh",
                                         "bài & ảnh",
                                         "thực hiện:",
                                         "tác giả:",
                                         "nội dung:",
                                         "viết bởi",
                                         "bởi ",
                                         "by ",
                                         "nhóm pv",
                                         "nhóm phóng viên",
                                         "phóng viên",
                                         "pv ",
                                         "p.v ",
                                         "biên dịch:",
                                         "người dịch:",
                                         "ghi:",
                                         "tổng hợp:",
                                         "ctv ",
                                         "thực hiện",
                                         NULL};
    struct sv v = without_note(line);
    if (!v.n || v.n > LONGEST_LINE || memchr(v.p, '\n', v.n))
        return false;
    if (people_is_source(v))
        return true;
    size_t n = begins_with_any(v, labels);
    if (n && count_words(v) <= 12 && v.p[v.n - 1] != '.' && v.p[v.n - 1] != ':')
        return n == v.n || is_names(sv_trim(sv_from(v, n + (v.p[n] == ':'))));
    return is_names(without_deed(v));
}

size_t people_source_part(struct sv line)
{
    const char *slash = memchr(line.p, '/', line.n);
    return slash && slash > line.p ? (size_t)(slash - line.p) : line.n;
}

/* Whether the words before "ảnh:" make it a kind of article: "Chùm ảnh: Mùa nước nổi". */
static bool ends_with_kind_of_article(struct sv v)
{
    return sv_ends(v, SV("hùm ")) || sv_ends(v, SV("HÙM ")) || sv_ends(v, SV("hóng sự "));
}

/* Whether only a few words follow the last `head` ("Ảnh:") in v. */
static bool ends_with_credit(struct sv v, const char *head)
{
    struct sv want = sv_of(head);
    for (size_t at = v.n; at-- > 0;) {
        if (v.p[at] != want.p[0] || !sv_starts(sv_from(v, at), want))
            continue;
        bool apart = at == 0 || strchr(" (.-,;", v.p[at - 1]) || (unsigned char)v.p[at - 1] >= 0x80;
        return apart && !ends_with_kind_of_article(sv_sub(v, 0, at)) &&
               count_words(sv_from(v, at)) <= 9;
    }
    return false;
}

static const char *const credit_heads[] = {"ảnh:",
                                           "ảnh minh họa",
                                           "ảnh minh hoạ",
                                           "nguồn ảnh",
                                           "nguồn:",
                                           "đồ họa:",
                                           "đồ hoạ:",
                                           "video:",
                                           "clip:",
                                           "hình:",
                                           "hình ảnh:",
                                           "ảnh tư liệu",
                                           "ảnh chụp màn hình",
                                           NULL};

bool people_is_credit(struct sv line)
{
    return line.n <= 120 && begins_with_any(line, credit_heads);
}

bool people_is_caption(struct sv line)
{
    static const char *const credits[] = {
        "Ảnh:",  "ảnh:",         "ẢNH:",         "Nguồn:",      "Đồ họa:",  "Đồ hoạ:", "Video:",
        "Clip:", "Ảnh minh họa", "Ảnh minh hoạ", "Ảnh tư liệu", "Ảnh chụp", NULL};
    enum { LONGEST_CAPTION = 900, TAIL = 120 };
    if (line.n > LONGEST_CAPTION || people_is_byline(line))
        return false;
    if (line.n <= 300 && begins_with_any(line, credit_heads))
        return true;
    size_t from = line.n > TAIL ? line.n - TAIL : 0;
    struct sv tail = sv_from(line, from);
    /* This quick test rules out most lines of prose. */
    if (!memchr(tail.p, ':', tail.n) && sv_find(tail, SV("Ảnh ")) < 0)
        return false;
    for (const char *const *c = credits; *c; c++)
        if (ends_with_credit(sv_from(line, from), *c))
            return true;
    return false;
}
