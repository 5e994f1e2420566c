#include "text/sentences.h"

#include "base/utf8.h"
#include "text/full_stop.h"

static bool is_stop(const struct stops *g, uint32_t i)
{
    return is_punct(g, i, '.') || is_punct(g, i, '!') || is_punct(g, i, '?') ||
           is_punct(g, i, 0x2026);
}

static bool is_closer(const struct stops *g, uint32_t i)
{
    if (i >= g->n || g->at[i].kind != ATOM_PUNCT)
        return false;
    switch (g->at[i].code) {
    case ')':
    case ']':
    case '}':
    case '"':
    case '\'':
    case 0xBB: /* » */
    case 0x2019:
    case 0x201D:
        return true;
    default:
        return false;
    }
}

static bool is_straight_quote(const struct stops *g, uint32_t i)
{
    return is_punct(g, i, '"') || is_punct(g, i, '\'');
}

/* What clings to the end of a sentence, behind its stop: a face, a heart, a raised number. */
static bool is_ornament(const struct stops *g, uint32_t i)
{
    if (i >= g->n)
        return false;
    const struct atom *a = &g->at[i];
    bool raised = a->code == 0xB9 || a->code == 0xB2 || a->code == 0xB3 ||
                  (a->code >= 0x2070 && a->code <= 0x2079);
    if (a->kind == ATOM_PUNCT)
        return a->code == '*' && !spaced(g, i) && spaced(g, i + 1);
    if (a->kind != ATOM_SYMBOL)
        return false;
    return (raised && !spaced(g, i)) || a->code >= 0x1F300 || a->code == 0x2764 ||
           (a->code >= 0x2600 && a->code <= 0x26FF) || a->code == 0xFE0F;
}

/* A footnote, "[1]"; gives the atom behind it, or i. */
static uint32_t behind_footnote(const struct stops *g, uint32_t i)
{
    bool footnote = is_punct(g, i, '[') && i + 2 < g->n && g->at[i + 1].kind == ATOM_NUMBER &&
                    is_punct(g, i + 2, ']');
    return footnote ? i + 3 : i;
}

/* A closing mark; an opening one that is straight, or was typed the wrong way round, is told by
 * the spaces around it: `học ".` closes, `"Anh` opens. */
static bool closes(const struct stops *g, uint32_t j)
{
    if (is_punct(g, j, 0x201C))
        return !spaced(g, j) && spaced(g, j + 1);
    if (!is_closer(g, j))
        return false;
    bool typed = is_straight_quote(g, j) || is_punct(g, j, 0x2019) || is_punct(g, j, 0x201D);
    bool opens = spaced(g, j) && j + 1 < g->n && !spaced(g, j + 1) && !is_stop(g, j + 1) &&
                 !is_closer(g, j + 1);
    return !typed || !opens;
}

/* The stop's run: "...", "?!", and the closing marks behind it. Gives the atom behind them. */
static uint32_t behind_stop(const struct stops *g, uint32_t i)
{
    uint32_t j = i + 1;
    for (;;) {
        uint32_t before = j;
        while (is_stop(g, j) && (!spaced(g, j) || g->at[j].code != '.' || j > i + 1))
            j++;
        j = behind_footnote(g, j);
        while (closes(g, j) || is_ornament(g, j))
            j++;
        if (j == before)
            return j;
    }
}

/* "(?)" and "(!)" doubt a word and end nothing, but for a stop behind them. */
static bool is_doubt(const struct stops *g, uint32_t i, uint32_t j)
{
    if (i == 0 || !(is_punct(g, i - 1, '(') || is_punct(g, i - 1, '[')))
        return false;
    for (uint32_t k = i; k < j; k++)
        if (is_closer(g, k))
            return !is_stop(g, j - 1);
    return false;
}

/* `"Đi đâu?" - Lan hỏi`: whose words they were is said behind a dash. A stop behind the quotation
 * mark ends the sentence, and so does a dash that opens another speech. */
static bool names_speaker(const struct stops *g, uint32_t i, uint32_t j)
{
    bool quoted = j > i + 1 && (is_straight_quote(g, j - 1) || is_punct(g, j - 1, 0x201D) ||
                                is_punct(g, j - 1, 0xBB));
    return quoted && is_dash_atom(g, j) && spaced(g, j + 1) && j + 1 < g->n &&
           g->at[j + 1].kind == ATOM_WORD;
}

/* "chỉ còn... 3 ngày": an ellipsis before a number holds the breath. */
static bool holds_breath(const struct stops *g, uint32_t i, uint32_t j)
{
    bool ellipsis = is_punct(g, i, 0x2026) || (is_punct(g, i, '.') && g->at[i].text.len == 3);
    return ellipsis && j == i + 1 && j < g->n && g->at[j].kind == ATOM_NUMBER;
}

static bool begins_sentence(const struct stops *g, uint32_t j)
{
    uint32_t k = next_content(g, j);
    if (k >= g->n)
        return true;
    const struct atom *a = &g->at[k];
    switch (a->kind) {
    case ATOM_WORD: /* iPhone, eBay; the next item of a list: "b. Trường hợp", "b) Nộp" */
        return (a->flags & (ATOM_CAPITAL | ATOM_MIXED)) ||
               (is_one_letter(g, k) && !spaced(g, k + 1) && spaced(g, k + 2) &&
                (is_punct(g, k + 1, ')') || is_full_stop(g, k + 1)));
    case ATOM_PUNCT: /* @nam, #tag */
        return (a->code == '@' || a->code == '#') && k + 1 < g->n && !spaced(g, k + 1);
    default:
        return true;
    }
}

/* "xong. hôm nay": a full stop between two small syllables is one all the same, and the capital
 * was forgotten. */
static bool forgets_capital(const struct stops *g, uint32_t i, uint32_t j)
{
    if (j != i + 1 || !is_full_stop(g, i) || spaced(g, i) || i < 2)
        return false;
    const struct atom *a = &g->at[i - 1], *b = &g->at[j];
    return a->kind == ATOM_WORD && b->kind == ATOM_WORD && atom_has(a, ATOM_LEGAL | ATOM_SPACED) &&
           atom_has(b, ATOM_LEGAL) && a->text.len > 2 && b->text.len > 1 &&
           !((a->flags | b->flags) & (ATOM_CAPITAL | ATOM_UPPER)) &&
           !stop_kinds_of_written(g, i - 1);
}

/* What stands before a stop with no space behind it, if it can be the last word of a sentence and
 * not a part of an address. */
static bool can_end(const struct stops *g, uint32_t begin, uint32_t i)
{
    while (i > begin && is_closer(g, i - 1))
        i--;
    if (i == begin)
        return false;
    const struct atom *a = &g->at[i - 1];
    bool glued = i - 1 > begin && !spaced(g, i - 1);
    uint32_t before = glued ? g->at[i - 2].code : ' ';
    if (before == '/' || before == '@' || before == '_' || before == '=' || before == ':')
        return false;
    if (a->kind == ATOM_NUMBER)
        return i - 1 > begin && !(glued && g->at[i - 2].kind == ATOM_WORD);
    if (a->kind == ATOM_WORD)
        return atom_has(a, ATOM_LEGAL) && !(a->flags & ATOM_UPPER) && a->text.len > 1 &&
               before != '.';
    return is_punct(g, i - 1, '%');
}

/* A stop with no space behind it ends a sentence only by a slip of the typist ("xong.Hôm"): where
 * a syllable meets a capitalised one, or anything meets a word that begins sentences. */
static bool is_slip(const struct stops *g, uint32_t begin, uint32_t i, uint32_t j)
{
    uint32_t k = j;
    while (is_opening_quote(g, k))
        k++;
    if (i == begin || k >= g->n || g->at[k].kind != ATOM_WORD)
        return false;
    const struct atom *b = &g->at[k];
    bool address = k + 1 < g->n && !spaced(g, k + 1) &&
                   (is_punct(g, k + 1, '@') || is_punct(g, k + 1, '/') || is_punct(g, k + 1, '_'));
    if (address || !atom_has(b, ATOM_LEGAL | ATOM_CAPITAL) || (b->flags & ATOM_UPPER) ||
        b->text.len < 2)
        return false;
    if (can_end(g, begin, i))
        return true;
    return g->at[i - 1].kind == ATOM_WORD && g->at[i - 1].text.len > 1 &&
           (i - 1 == begin || spaced(g, i - 1) || is_full_stop(g, i - 2)) &&
           (stop_kinds_behind(g, k) & STOP_START);
}

static bool ends_sentence(const struct stops *g, uint32_t begin, uint32_t i, uint32_t j)
{
    if (j >= g->n)
        return true;
    if (!spaced(g, j))
        return is_slip(g, begin, i, j);
    if (is_doubt(g, i, j) || names_speaker(g, i, j) || holds_breath(g, i, j))
        return false;
    if (!begins_sentence(g, j))
        return forgets_capital(g, i, j);
    return j > i + 1 || !stop_belongs(g, begin, i);
}

void segment(struct sv text, const char *lower, const struct atoms *atoms,
             const struct rules *rules, struct ends *out)
{
    struct stops g = {text, lower, atoms->at, (uint32_t)atoms->n, rules};
    uint32_t begin = 0;
    size_t before = out->n;
    bool content = false; /* a stop before anything else ("... Hôm nay") ends nothing */
    for (uint32_t i = 0; i < g.n; i++) {
        if (g.at[i].kind != ATOM_PUNCT) {
            content = content || g.at[i].kind != ATOM_SYMBOL;
            continue;
        }
        if (!is_stop(&g, i))
            continue;
        uint32_t j = behind_stop(&g, i);
        if (content && ends_sentence(&g, begin, i, j)) {
            *vec_push(out) = j;
            begin = j;
            content = false;
        }
        i = j - 1;
    }
    if (begin == g.n)
        return;
    if (!content && out->n > before) /* marks alone at the end are no sentence */
        out->at[out->n - 1] = g.n;
    else
        *vec_push(out) = g.n;
}
