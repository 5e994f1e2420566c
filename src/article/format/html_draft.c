#include "article/format/html_draft.h"

#include "article/format/html_names.h"
#include "article/format/list_number.h"
#include "article/format/math_draft.h"
#include "article/format/mathml.h"
#include "article/format/member_path.h"
#include "article/format/superscript.h"
#include "article/format/xml.h"
#include "base/ascii.h"

/* The meaning of an element for the text in it. */
enum role { INLINE, PART, HEADING, ITEM, ROW, CELL, CAPTION, BREAK, PAGE_HEAD, SILENT, ROLE_COUNT };

struct reader {
    const struct html_part *page;
    struct html_notes *notes;
    struct draft *draft;
    unsigned depth;            /* tags open */
    unsigned open[ROLE_COUNT]; /* elements of this role that are open */
    unsigned skipped;          /* depth of the element that is not read; 0: none is open */
    enum skip_reason reason;   /* SKIP_NONE: it holds no text, but a script or the like */
    unsigned silent;           /* depth of a script or the like in that element; 0: none is open */
    unsigned hole;             /* depth of an element within a line that is not read */
    enum skip_reason hole_reason;
    /* Why the open piece is not read, although nothing around it says so. */
    enum skip_reason piece_reason;
    unsigned raised, link, number; /* depths of <sup>, of a link, and of a page number; 0: none */
    struct buf target;             /* of the link: "path#id"; empty: it leads to no id */
    struct list_numbers lists;
    VEC(unsigned) list_depths; /* of `lists` */
    struct buf item_number;    /* of the item that is open, until its text begins */
    struct mathml formula;
};

static enum role role_of(const char *name)
{
    static const struct {
        const char *name;
        enum role role;
    } tags[] = {
        {"p", PART},          {"div", PART},     {"section", PART},
        {"article", PART},    {"body", PART},    {"blockquote", PART},
        {"ul", PART},         {"ol", PART},      {"dl", PART},
        {"table", PART},      {"figure", PART},  {"header", PART},
        {"footer", PART},     {"aside", PART},   {"pre", PART},
        {"address", PART},    {"hr", PART},      {"main", PART},
        {"thead", PART},      {"tbody", PART},   {"tfoot", PART},
        {"center", PART},     {"details", PART}, {"summary", PART},
        {"hgroup", PART},     {"form", PART},    {"fieldset", PART},
        {"nav", PART},        {"text", PART},    {"h1", HEADING},
        {"h2", HEADING},      {"h3", HEADING},   {"h4", HEADING},
        {"h5", HEADING},      {"h6", HEADING},   {"li", ITEM},
        {"dt", ITEM},         {"dd", ITEM},      {"tr", ROW},
        {"td", CELL},         {"th", CELL},      {"figcaption", CAPTION},
        {"caption", CAPTION}, {"br", BREAK},     {"head", PAGE_HEAD},
        {"script", SILENT},   {"style", SILENT}, {"template", SILENT},
        {"title", PAGE_HEAD},
    };
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcmp(tags[i].name, name) == 0)
            return tags[i].role;
    return INLINE;
}

/* ---- what elements say of themselves ---- */

/* Whether epub:type or role has one of the words, which end with NULL. */
static bool means(const struct xml_tag *tag, const char *const *words)
{
    for (size_t i = 0; i < tag->count; i++) {
        const struct xml_attribute *a = &tag->attributes[i];
        for (size_t k = 0; words[k] && (sv_is(a->name, "type") || sv_is(a->name, "role")); k++)
            if (html_has_word(a->value, words[k]))
                return true;
    }
    return false;
}

static bool has_class(const struct xml_tag *tag, const char *const *words)
{
    struct sv names = xml_attribute(tag, "class");
    for (; names.n && *words; words++)
        if (html_has_word(names, *words))
            return true;
    return false;
}

static bool is_note(const struct xml_tag *tag)
{
    static const char *const meanings[] = {
        "footnote",  "footnotes",    "endnote",      "endnotes",    "rearnote",
        "rearnotes", "doc-footnote", "doc-endnotes", "doc-endnote", NULL};
    static const char *const classes[] = {"footnote", "footnotes", "endnote", "endnotes", NULL};
    return means(tag, meanings) || has_class(tag, classes);
}

static bool is_contents(const struct xml_tag *tag)
{
    static const char *const meanings[] = {"toc", "doc-toc", "page-list", "landmarks", NULL};
    return xml_is(tag, "nav") || means(tag, meanings);
}

static bool is_mark_of_note(const struct xml_tag *tag)
{
    static const char *const meanings[] = {"noteref", "doc-noteref", NULL};
    return xml_is(tag, "a") && means(tag, meanings);
}

static bool is_page_number(const struct xml_tag *tag)
{
    static const char *const meanings[] = {"pagebreak", "doc-pagebreak", NULL};
    static const char *const classes[] = {"pagenum",     "pagenumber", "page-number", "page_number",
                                          "pageno",      "page-num",   "pagebreak",   "page-break",
                                          "pagenumbers", NULL};
    return means(tag, meanings) || has_class(tag, classes);
}

static bool is_raised(const struct xml_tag *tag)
{
    static const char *const classes[] = {"sup", "super", "superscript", NULL};
    return xml_is(tag, "sup") || (xml_is(tag, "span") && has_class(tag, classes)) ||
           sv_find(xml_attribute(tag, "style"), SV("vertical-align: super")) >= 0 ||
           sv_find(xml_attribute(tag, "style"), SV("vertical-align:super")) >= 0;
}

static bool is_hidden(const struct xml_tag *tag)
{
    return xml_attribute(tag, "hidden").p || html_is_not_displayed(xml_attribute(tag, "style"));
}

/* Writes "path#id" of the place that a reference leads to; nothing if it leads to no id. */
static void add_target(const struct reader *r, struct sv reference, struct buf *out)
{
    const char *mark = reference.n ? memchr(reference.p, '#', reference.n) : NULL;
    size_t length = mark ? (size_t)(mark - reference.p) : 0;
    buf_clear(out);
    if (!mark)
        return;
    if (!length)
        buf_adds(out, r->page->path ? r->page->path : "");
    else if (!r->page->path ||
             !member_path_append(out, r->page->path, sv_sub(reference, 0, length)))
        return;
    buf_add(out, mark, reference.n - length);
}

/* Whether the mark of a note leads to this element. */
static bool is_target(const struct reader *r, const struct xml_tag *tag)
{
    struct sv id = xml_attribute(tag, "id");
    if (!id.n || !r->notes->targets.entries.n)
        return false;
    struct buf key = BUF_INIT;
    buf_addf(&key, "%s#%.*s", r->page->path ? r->page->path : "", SV_ARG(id));
    bool found = index_find(&r->notes->targets, buf_sv(&key));
    buf_free(&key);
    return found;
}

/* ---- pieces ---- */

static void end_piece(struct reader *r)
{
    enum block_kind kind = r->open[CAPTION]   ? BLOCK_CAPTION
                           : r->open[HEADING] ? BLOCK_HEADING
                           : r->open[ROW]     ? BLOCK_TABLE
                           : r->open[ITEM]    ? BLOCK_LIST
                                              : BLOCK_PARAGRAPH;
    enum skip_reason reason = r->skipped        ? r->reason
                              : r->piece_reason ? r->piece_reason
                                                : r->page->reason;
    draft_end_piece(r->draft, kind, reason);
    r->piece_reason = SKIP_NONE;
}

/* Returns why the text in an element that is no part of a line is not read; SKIP_NONE: it is read.
 */
static enum skip_reason reason_of(const struct reader *r, const struct xml_tag *tag)
{
    return is_note(tag) || is_target(r, tag) ? SKIP_NOTES
           : is_contents(tag)                ? SKIP_CONTENTS
           : is_hidden(tag)                  ? SKIP_HIDDEN
                                             : SKIP_NONE;
}

/* The same for an element in a line. */
static enum skip_reason hole_reason_of(const struct xml_tag *tag)
{
    return is_mark_of_note(tag)                     ? SKIP_NOTES
           : xml_is(tag, "rt") || xml_is(tag, "rp") ? SKIP_PRONUNCIATION
           : xml_is(tag, "annotation")              ? SKIP_FORMULA
           : is_hidden(tag)                         ? SKIP_HIDDEN
                                                    : SKIP_NONE;
}

static void remember_target(struct reader *r)
{
    struct sv key = buf_sv(&r->target);
    if (key.n && !index_find(&r->notes->targets, key))
        index_add(&r->notes->targets, (struct sv){arena_dup(&r->notes->arena, key), key.n}, 0);
}

static void open_inline(struct reader *r, const struct xml_tag *tag)
{
    if (!r->link && xml_is(tag, "a")) {
        r->link = r->depth;
        add_target(r, xml_attribute(tag, "href"), &r->target);
    }
    if (!r->raised && is_raised(tag))
        r->raised = r->depth;
    if (!draft_has_text(r->draft) && is_target(r, tag))
        r->piece_reason = SKIP_NOTES;
    enum skip_reason reason = r->hole ? SKIP_NONE : hole_reason_of(tag);
    if (!reason)
        return;
    r->hole = r->depth;
    r->hole_reason = reason;
    if (is_mark_of_note(tag))
        remember_target(r);
    r->notes->marks += !r->draft->keep_all && reason != SKIP_HIDDEN;
}

/* The page behind the name of the first attribute of a tag; empty if that is not known. */
static struct sv behind_tag(const struct reader *r, const struct xml_tag *tag)
{
    struct sv page = r->page->bytes;
    uintptr_t begin = (uintptr_t)page.p, at = tag->count ? (uintptr_t)tag->attributes[0].name.p : 0;
    if (at < begin || at > begin + page.n)
        return (struct sv){0};
    return sv_sub(page, at - begin, page.n - (at - begin));
}

/* Opens a list, or counts an item. */
static void open_list(struct reader *r, const struct xml_tag *tag)
{
    struct sv style = xml_attribute(tag, "style"), value = xml_attribute(tag, "value");
    if (xml_is(tag, "li")) {
        buf_clear(&r->item_number);
        if (!is_hidden(tag)) /* what is not shown is not counted */
            list_next(&r->lists, value, style, &r->item_number);
    } else if (xml_is(tag, "ol") || xml_is(tag, "ul")) {
        struct list_tag list = {.ordered = xml_is(tag, "ol"),
                                .reversed = xml_attribute(tag, "reversed").p,
                                .start = xml_attribute(tag, "start"),
                                .type = xml_attribute(tag, "type"),
                                .style = style};
        list_open(&r->lists, &list, behind_tag(r, tag));
        *vec_push(&r->list_depths) = r->depth;
    }
}

static void open_block(struct reader *r, const struct xml_tag *tag, enum role role)
{
    if (role == BREAK && r->open[ROW] + r->open[HEADING])
        draft_add_filler(r->draft, " ");
    else if (role == CELL || (role == PART && r->open[ROW]))
        draft_add_filler(r->draft, "; ");
    else
        end_piece(r);
    open_list(r, tag);
    r->open[role]++;
    r->reason = role == SILENT ? SKIP_NONE : role == PAGE_HEAD ? SKIP_TITLE : reason_of(r, tag);
    if (r->reason || role == SILENT)
        r->skipped = r->depth;
}

static void on_open(void *user, const struct xml_tag *tag)
{
    struct reader *r = user;
    enum role role = role_of(tag->name);
    r->depth++;
    if (r->skipped) {
        if (role != INLINE && r->reason)
            end_piece(r);
        if (role == SILENT && r->reason && !r->silent)
            r->silent = r->depth;
        return;
    }
    if (role == INLINE)
        open_inline(r, tag);
    else
        open_block(r, tag, role);
    if (!r->number && is_page_number(tag))
        r->number = r->depth;
    mathml_open(&r->formula, tag->name, r->depth);
}

static void close_block(struct reader *r, enum role role)
{
    bool in_row = r->open[ROW] && (role == CELL || role == PART || role == BREAK);
    if (role != BREAK && !in_row)
        end_piece(r);
    if (r->skipped && r->depth > r->skipped)
        return;
    r->skipped = 0;
    if (r->open[role])
        r->open[role]--;
}

static void on_close(void *user, const char *name, const char *space)
{
    (void)space;
    struct reader *r = user;
    enum role role = role_of(name);
    struct sv rest = mathml_close(&r->formula, r->depth);
    if (!r->hole && !r->skipped)
        draft_add_made(r->draft, rest);
    unsigned *const depths[] = {&r->hole, &r->raised, &r->link, &r->number, &r->silent};
    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++)
        if (*depths[i] == r->depth)
            *depths[i] = 0;
    if (role != INLINE)
        close_block(r, role);
    if (r->list_depths.n && r->list_depths.at[r->list_depths.n - 1] == r->depth)
        list_close(&r->lists, --r->list_depths.n);
    if (strcmp(name, "li") == 0)
        buf_clear(&r->item_number); /* the item is empty */
    r->depth -= r->depth > 0;
}

/* ---- text ---- */

/* "12", "xiv", "[Pg 12]", "Trang 5". */
static bool is_number_of_page(struct sv text)
{
    enum { LONGEST = 16 };
    static const char *const words[] = {"pg", "pg.", "p", "p.", "page", "trang", "tr", "tr."};
    text = sv_trim(text);
    if (text.n > 2 && (text.p[0] == '[' || text.p[0] == '{' || text.p[0] == '('))
        text = sv_trim(sv_sub(text, 1, text.n - 2));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (ascii_starts(text, sv_of(words[i])) && text.n > n &&
            (text.p[n] == ' ' || ascii_is_digit(text.p[n])))
            text = sv_trim(sv_sub(text, n, text.n - n));
    }
    for (size_t i = 0; i < text.n; i++)
        if (!ascii_is_digit(text.p[i]) && !strchr("ivxlcdmIVXLCDM-", text.p[i]))
            return false;
    return text.n <= LONGEST;
}

/* A link that stands right behind a word and is the mark of a note, but not raised: Huế<a>2</a>. */
static bool is_linked_mark(const struct reader *r, struct sv text)
{
    struct sv before =
        sv_sub(buf_sv(&r->draft->text), r->draft->begin, r->draft->text.n - r->draft->begin);
    return r->link && r->target.n && draft_has_text(r->draft) && before.n &&
           !strchr(" \n\t-/", before.p[before.n - 1]) &&
           superscript_kind(before, sv_trim(text)) == SUPERSCRIPT_NOTE;
}

static void add_raised(struct reader *r, struct sv text, struct span from)
{
    if (draft_add_superscript(r->draft, text, from))
        return;
    r->notes->marks++;
    if (r->link)
        remember_target(r);
}

static void add_item_number(struct reader *r, struct sv text)
{
    struct sv number = buf_sv(&r->item_number);
    if (!r->skipped && !list_number_is_written(number, text))
        draft_add_made(r->draft, number);
    buf_clear(&r->item_number);
}

static void add_formula(struct reader *r, struct sv text, struct span from)
{
    struct sv said = text, page = r->page->bytes;
    size_t end = from.off + from.len - r->page->base;
    unsigned flags;
    if (!mathml_before(&r->formula, &said, sv_from(page, end < page.n ? end : page.n), &flags))
        return;
    if (text.n == from.len)
        from = (struct span){from.off + (uint32_t)(said.p - text.p), (uint32_t)said.n};
    math_draft_add(&r->formula.math, r->draft, said, from, flags);
}

static void add_text(void *user, struct sv text, struct span from)
{
    struct reader *r = user;
    from.off += r->page->base;
    bool blank = !sv_trim(text).n;
    if (r->silent || (r->skipped && !r->reason) || (!draft_has_text(r->draft) && blank))
        return;
    if (r->item_number.n && !blank && !r->hole)
        add_item_number(r, text);
    if (r->hole)
        draft_add_hole(r->draft, text, from, r->hole_reason);
    else if (r->number && !blank && is_number_of_page(text))
        draft_add_hole(r->draft, text, from, SKIP_PAGE);
    else if (!blank && (r->raised || is_linked_mark(r, text)))
        add_raised(r, text, from);
    else if (mathml_is_open(&r->formula))
        add_formula(r, text, from);
    else
        draft_add(r->draft, text, from);
}

/* ---- pages ---- */

/* The encoding that a page names in <meta>, for bytes that are not UTF-8. */
static const char *charset_of(struct sv bytes, struct buf *name)
{
    enum { HEAD = 1024 };
    struct sv head = sv_sub(bytes, 0, bytes.n < HEAD ? bytes.n : HEAD);
    ptrdiff_t at = sv_find(head, SV("charset="));
    for (size_t i = at < 0 ? head.n : (size_t)at + 8; i < head.n && !strchr(" ;>/", head.p[i]); i++)
        if (head.p[i] != '"' && head.p[i] != '\'')
            buf_putc(name, head.p[i]);
    return name->n ? name->p : NULL;
}

void html_draft_read(const struct html_part *page, struct html_notes *notes, struct draft *draft)
{
    struct reader r = {
        .page = page, .notes = notes, .draft = draft, .target = BUF_INIT, .item_number = BUF_INIT};
    const struct xml_client client = {
        .open = on_open, .close = on_close, .text = add_text, .user = &r, .is_html = true};
    struct xml_fault fault;
    struct buf charset = BUF_INIT;
    draft_move_to(draft, page->base);
    xml_walk(page->bytes, charset_of(page->bytes, &charset), &client, &fault);
    end_piece(&r);
    if (page->path && fault.line)
        article_note(draft->a, NO_SPAN, fault.cut_short ? NOTE_MISSING : NOTE_DAMAGED,
                     "%s is damaged in line %u (%s); what could be read of it is read", page->path,
                     fault.line, fault.message);
    buf_free(&charset);
    buf_free(&r.target);
    buf_free(&r.item_number);
    list_numbers_free(&r.lists);
    mathml_free(&r.formula);
    vec_free(&r.list_depths);
}

void html_notes_free(struct html_notes *n)
{
    index_free(&n->targets);
    arena_free(&n->arena);
}
