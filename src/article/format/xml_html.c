#include "article/format/xml_html.h"

#include "base/ascii.h"

bool xml_html_ends_before(struct sv open, struct sv next)
{
    static const struct {
        const char *open, *next;
    } rules[] = {
        {"p", "p"},       {"p", "div"},        {"p", "ul"},        {"p", "ol"},
        {"p", "dl"},      {"p", "li"},         {"p", "dt"},        {"p", "dd"},
        {"p", "h1"},      {"p", "h2"},         {"p", "h3"},        {"p", "h4"},
        {"p", "h5"},      {"p", "h6"},         {"p", "hr"},        {"p", "table"},
        {"p", "pre"},     {"p", "blockquote"}, {"p", "section"},   {"p", "aside"},
        {"p", "article"}, {"p", "figure"},     {"p", "header"},    {"p", "footer"},
        {"p", "nav"},     {"p", "td"},         {"p", "th"},        {"p", "tr"},
        {"p", "main"},    {"li", "li"},        {"dt", "dt"},       {"dt", "dd"},
        {"dd", "dt"},     {"dd", "dd"},        {"td", "td"},       {"td", "th"},
        {"td", "tr"},     {"td", "tbody"},     {"th", "td"},       {"th", "th"},
        {"th", "tr"},     {"th", "tbody"},     {"tr", "tr"},       {"tr", "tbody"},
        {"rt", "rt"},     {"thead", "tbody"},  {"tbody", "tbody"}, {"rt", "rp"},
        {"rp", "rt"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (ascii_same(open, sv_of(rules[i].open)) && ascii_same(next, sv_of(rules[i].next)))
            return true;
    return false;
}

static bool is_one_of(struct sv name, const char *const *names)
{
    for (; *names; names++)
        if (ascii_same(name, sv_of(*names)))
            return true;
    return false;
}

bool xml_html_is_void(struct sv name)
{
    static const char *const names[] = {"area",  "base",   "br",    "col",  "embed",
                                        "hr",    "img",    "input", "link", "meta",
                                        "param", "source", "track", "wbr",  NULL};
    return is_one_of(name, names);
}

bool xml_html_may_stay_open(struct sv name)
{
    static const char *const names[] = {"html",  "head",   "body",     "p",  "li",    "dt",
                                        "dd",    "tr",     "td",       "th", "thead", "tbody",
                                        "tfoot", "option", "colgroup", "rt", "rp",    NULL};
    return is_one_of(name, names);
}
