/*
 * Runs the specification: spec_runner [--record] FILE.md ...
 *
 * Each FILE is prose with fenced examples of what is written and what is said (docs/spec.md
 * describes them). Prints every example that fails, as FILE:LINE, and exits with 1 if there was
 * one, or if a FILE has no example or cannot be understood.
 *
 * Besides its reading, every example is checked against the promises (tests/promises.h) and, where
 * it is in the record ../golden/spec/NAME.tsv, against its recorded analysis: the sentences with
 * their pauses, and the class, the written text and the rule of each token. Examples that are not
 * yet recorded are not compared. --record writes the records anew.
 */
#include "article/read.h"
#include "base/table.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "rules/rules.h"
#include "text/normalize.h"
#include "lang/syllable.h"

#include "promises.h"

enum fence { FENCE_NONE, FENCE_READING, FENCE_SENTENCES, FENCE_OTHER };

struct spec {
    const char *file;
    uint32_t line; /* the current line, from 1 */
    const struct rules *rules;
    enum fence fence;
    uint32_t fence_line;
    struct reading_options options; /* of the open fence */
    /* The paragraph of a sentences fence that is being collected. */
    struct sv paragraph;
    uint32_t paragraph_line;
    VEC(struct sv) expected;
    uint32_t examples, wrong;
    bool recording;
    struct buf record;   /* read from the record file, or to be written to it */
    struct index lookup; /* from an example's key, as in the record, to the offset of its line */
};

static const struct sv arrow = {"\xE2\x9F\xB6", 3}; /* U+27F6 */

static bool is_pause(char c)
{
    return c && strchr(",.;:?!", c);
}

/* A fault of the spec file itself. */
static void fault(struct spec *s, uint32_t line, const char *what, struct sv detail)
{
    printf("%s:%u: %s%s%.*s\n", s->file, line, what, detail.n ? ": " : "", SV_ARG(detail));
    s->wrong++;
}

static void miss(struct spec *s, uint32_t line, struct sv written, struct sv got, struct sv want)
{
    printf("%s:%u: %.*s\n    got:  %.*s\n    want: %.*s\n", s->file, line, SV_ARG(written),
           SV_ARG(got), SV_ARG(want));
    s->wrong++;
}

/* ---- the record: a line is the options, what is written, and its analysis, with tabs ---- */

static void add_record_key(struct spec *s, struct sv written, struct buf *out)
{
    static const char *const dialects[] = {"north", "central", "south"};
    buf_addf(out, "%s %s\t%.*s", dialects[s->options.dialect],
             s->options.codes == DOCBAO_CODES_SPELL ? "spell" : "expand", SV_ARG(written));
}

static void add_sentence_record(const struct article *a, const struct sentence *sentence,
                                struct buf *out)
{
    buf_addf(out, "\t%u %.*s", sentence->pause_ms,
             SV_ARG(sv_at(buf_sv(&a->spoken), sentence->spoken)));
    for (uint32_t i = 0; i < sentence->ntok; i++) {
        const struct token *t = &a->tokens.at[sentence->tok0 + i];
        struct sv name = sv_of(token_class_name(t->cls));
        if (!sv_is(name, "word"))
            buf_addf(out, " | %.*s [%.*s] %s", SV_ARG(name), SV_ARG(sv_at(a->text, t->text)),
                     t->rule ? t->rule : "");
    }
}

static void compare_record(struct spec *s, struct sv written, struct sv key, struct sv line)
{
    const struct index_entry *entry = index_find(&s->lookup, key);
    if (!entry)
        return;
    struct sv rest = sv_sub(buf_sv(&s->record), entry->row, s->record.n - entry->row);
    struct sv want = sv_cut(&rest, '\n');
    if (!sv_eq(line, want))
        miss(s, s->line, written, line, want);
}

/* Checks the promises, and the record or adds to it. */
static void check_analysis(struct spec *s, struct sv written, const struct article *a)
{
    struct buf broken = BUF_INIT, line = BUF_INIT;
    if (!promises_kept(a, s->rules, &broken))
        miss(s, s->line, written, buf_sv(&broken), SV("the promises of tests/promises.h"));
    add_record_key(s, written, &line);
    size_t key = line.n;
    for (size_t i = 0; i < a->sentences.n; i++)
        add_sentence_record(a, &a->sentences.at[i], &line);
    if (s->recording)
        buf_addf(&s->record, "%.*s\n", SV_ARG(buf_sv(&line)));
    else
        compare_record(s, written, (struct sv){line.p, key}, buf_sv(&line));
    buf_free(&broken);
    buf_free(&line);
}

/* ../golden/spec/NAME.tsv for .../NAME.md. */
static void add_record_path(const char *file, struct buf *out)
{
    const char *slash = strrchr(file, '/');
    size_t folder = slash ? (size_t)(slash - file) + 1 : 0;
    size_t name = strlen(file + folder) - strlen(".md");
    buf_addf(out, "%.*s../golden/spec/%.*s.tsv", (int)folder, file, (int)name, file + folder);
}

static void index_record(struct spec *s)
{
    struct sv rest = buf_sv(&s->record);
    while (rest.n) {
        struct sv line = sv_cut(&rest, '\n');
        const char *tab = memchr(line.p, '\t', line.n);
        size_t first = tab ? (size_t)(tab - line.p) + 1 : line.n;
        const char *second = tab ? memchr(line.p + first, '\t', line.n - first) : NULL;
        size_t key = second ? (size_t)(second - line.p) : line.n;
        index_add(&s->lookup, (struct sv){line.p, key}, (uint32_t)(line.p - s->record.p));
    }
}

/* ---- from what is written to an article ---- */

/* Analyses one raw paragraph. Text without anything to read is an article without sentences. */
static bool analyse(struct spec *s, uint32_t line, struct sv written, struct article *a)
{
    struct err e = ERR_INIT;
    struct read_options options = {.raw = true};
    enum status status = article_from_bytes(a, "example", written, &options, &e);
    if (status == STATUS_OK) {
        normalize_article(a, s->rules, &s->options);
        check_analysis(s, written, a);
    } else if (status != STATUS_INPUT)
        fault(s, line, e.message.p, written);
    err_free(&e);
    return status == STATUS_OK || status == STATUS_INPUT;
}

static void add_spoken(struct buf *out, const struct article *a)
{
    for (size_t i = 0; i < a->sentences.n; i++) {
        struct sv spoken = sv_at(buf_sv(&a->spoken), a->sentences.at[i].spoken);
        if (out->n && spoken.n)
            buf_putc(out, ' ');
        buf_add_sv(out, spoken);
    }
}

/* White space folded to single spaces; without the pause marks if asked. */
static void add_folded(struct buf *out, struct sv text, bool pauses)
{
    bool space = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == ' ' || c == '\n' || c == '\t') {
            space = out->n > 0;
            continue;
        }
        if (!pauses && is_pause(c))
            continue;
        if (space)
            buf_putc(out, ' ');
        space = false;
        buf_putc(out, c);
    }
}

/* ---- ```reading ---- */

static void check_words(struct spec *s, struct sv want)
{
    while (want.n) {
        struct sv word = sv_cut(&want, ' ');
        while (word.n && is_pause(word.p[word.n - 1]))
            word.n--;
        if (!syllable_is_legal(word))
            fault(s, s->line, "the expected reading has a word that is no syllable", word);
    }
}

static void check_class(struct spec *s, const struct article *a, struct sv written, struct sv want)
{
    struct buf seen = BUF_INIT;
    bool found = false;
    for (size_t i = 0; i < a->tokens.n; i++) {
        const char *name = token_class_name(a->tokens.at[i].cls);
        found = found || sv_is(want, name);
        buf_addf(&seen, "%s%s", seen.n ? " " : "", name);
    }
    if (!found)
        miss(s, s->line, written, buf_sv(&seen), want);
    buf_free(&seen);
}

static void check_reading(struct spec *s, struct sv written, struct sv want, struct sv class_name)
{
    bool pauses = false;
    for (size_t i = 0; i < want.n; i++)
        pauses = pauses || is_pause(want.p[i]);
    check_words(s, want);

    struct article a = {0};
    struct buf spoken = BUF_INIT, got = BUF_INIT;
    s->examples++;
    if (analyse(s, s->line, written, &a)) {
        add_spoken(&spoken, &a);
        add_folded(&got, buf_sv(&spoken), pauses);
        if (!sv_eq(buf_sv(&got), want))
            miss(s, s->line, written, buf_sv(&got), want);
        if (class_name.n)
            check_class(s, &a, written, class_name);
    }
    buf_free(&spoken);
    buf_free(&got);
    article_free(&a);
}

/* Cuts `rest` at the first arrow that has a space before it, and a space or the end behind it. */
static struct sv cut_at_arrow(struct sv *rest)
{
    struct sv all = *rest;
    for (size_t i = 1; i + arrow.n <= all.n; i++) {
        size_t end = i + arrow.n;
        if (all.p[i - 1] == ' ' && sv_starts(sv_sub(all, i, all.n - i), arrow) &&
            (end == all.n || all.p[end] == ' ')) {
            *rest = sv_sub(all, end, all.n - end);
            return sv_trim(sv_sub(all, 0, i));
        }
    }
    *rest = (struct sv){NULL, 0};
    return sv_trim(all);
}

/* written ⟶ spoken [⟶ class] */
static void reading_line(struct spec *s, struct sv line)
{
    line = sv_trim(line);
    if (!line.n || line.p[0] == '#')
        return;
    struct sv rest = line;
    struct sv written = cut_at_arrow(&rest);
    if (!rest.p || !written.n) {
        fault(s, s->line, "an example is: written ⟶ spoken", line);
        return;
    }
    if (sv_starts(written, SV("\\#")))
        written = sv_sub(written, 1, written.n - 1);
    struct sv want = cut_at_arrow(&rest);
    check_reading(s, written, want, sv_trim(rest));
}

/* ---- ```sentences ---- */

static void compare_sentences(struct spec *s, const struct article *a)
{
    size_t n = a->sentences.n > s->expected.n ? a->sentences.n : s->expected.n;
    for (size_t i = 0; i < n; i++) {
        struct buf got = BUF_INIT;
        struct sv want = i < s->expected.n ? s->expected.at[i] : SV("(no further sentence)");
        if (i < a->sentences.n)
            add_folded(&got, sv_at(a->text, a->sentences.at[i].text), true);
        else
            buf_adds(&got, "(no further sentence)");
        bool same = sv_eq(buf_sv(&got), want);
        if (!same)
            miss(s, s->paragraph_line + (uint32_t)i + 1, s->paragraph, buf_sv(&got), want);
        buf_free(&got);
        if (!same)
            return; /* the rest is shifted: one failure a paragraph is enough */
    }
}

static void end_paragraph(struct spec *s)
{
    if (!s->paragraph.n)
        return;
    struct article a = {0};
    s->examples++;
    if (!s->expected.n)
        fault(s, s->paragraph_line, "a paragraph without expected sentences", s->paragraph);
    else if (analyse(s, s->paragraph_line, s->paragraph, &a)) {
        compare_sentences(s, &a);
    }
    article_free(&a);
    s->paragraph = (struct sv){NULL, 0};
    s->expected.n = 0;
}

static void sentences_line(struct spec *s, struct sv line)
{
    line = sv_trim(line);
    if (!line.n) {
        end_paragraph(s);
    } else if (sv_starts(line, SV("> "))) {
        if (s->paragraph.n)
            fault(s, s->line, "a blank line belongs before a paragraph", line);
        end_paragraph(s);
        s->paragraph = sv_trim(sv_sub(line, 2, line.n - 2));
        s->paragraph_line = s->line;
    } else if (s->paragraph.n) {
        *vec_push(&s->expected) = line;
    } else {
        fault(s, s->line, "a paragraph begins with \"> \"", line);
    }
}

/* ---- the file ---- */

static bool set_option(struct spec *s, struct sv word)
{
    if (sv_is(word, "dialect=north"))
        s->options.dialect = DIALECT_NORTH;
    else if (sv_is(word, "dialect=central"))
        s->options.dialect = DIALECT_CENTRAL;
    else if (sv_is(word, "dialect=south"))
        s->options.dialect = DIALECT_SOUTH;
    else if (sv_is(word, "codes=expand"))
        s->options.codes = DOCBAO_CODES_EXPAND;
    else if (sv_is(word, "codes=spell"))
        s->options.codes = DOCBAO_CODES_SPELL;
    else
        return false;
    return true;
}

static void open_fence(struct spec *s, struct sv info)
{
    static const char *const others[] = {"", "text", "sh", "tsv", "json"};
    struct sv rest = sv_trim(info);
    struct sv kind = sv_cut(&rest, ' ');
    s->fence_line = s->line;
    s->options = (struct reading_options){
        .plain = true, .sentence_pause_ms = 400, .block_pause_ms = 700, .title_pause_ms = 1000};
    s->fence = FENCE_OTHER;
    if (sv_is(kind, "reading") || sv_is(kind, "sentences")) {
        s->fence = sv_is(kind, "reading") ? FENCE_READING : FENCE_SENTENCES;
        while (rest.n) {
            struct sv word = sv_cut(&rest, ' ');
            if (word.n && !set_option(s, word))
                fault(s, s->line, "no such word on a fence", word);
        }
        return;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (sv_is(kind, others[i]))
            return;
    fault(s, s->line, "no such fence (reading, sentences, text, sh, tsv, json)", kind);
}

static void spec_line(struct spec *s, struct sv line)
{
    bool mark = sv_starts(line, SV("```"));
    if (s->fence == FENCE_NONE) {
        if (mark)
            open_fence(s, sv_sub(line, 3, line.n - 3));
    } else if (mark) {
        end_paragraph(s);
        s->fence = FENCE_NONE;
    } else if (s->fence == FENCE_READING) {
        reading_line(s, line);
    } else if (s->fence == FENCE_SENTENCES) {
        sentences_line(s, line);
    }
}

static void check_line_bytes(struct spec *s, struct sv line)
{
    if (utf8_valid_prefix(line) < line.n) {
        fault(s, s->line, "not UTF-8", SV(""));
        return;
    }
    struct buf nfc = BUF_INIT;
    nfc_append(&nfc, line);
    if (!sv_eq(buf_sv(&nfc), line))
        fault(s, s->line, "not NFC", line);
    buf_free(&nfc);
    if (line.n && memchr(line.p, '\r', line.n))
        fault(s, s->line, "a Windows line end", SV(""));
}

static bool read_whole(const char *file, struct buf *out)
{
    FILE *f = fopen(file, "rb");
    if (!f)
        return false;
    char block[16384];
    size_t n;
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        buf_add(out, block, n);
    bool good = !ferror(f);
    fclose(f);
    return good;
}

static bool write_whole(const char *file, struct sv bytes)
{
    FILE *f = fopen(file, "wb");
    bool good = f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
    return f && fclose(f) == 0 && good;
}

static void open_record(struct spec *s, const char *path)
{
    if (!s->recording && read_whole(path, &s->record))
        index_record(s);
}

static void close_record(struct spec *s, const char *path)
{
    if (s->recording && !write_whole(path, buf_sv(&s->record)))
        fault(s, 0, "its record cannot be written", sv_of(path));
    index_free(&s->lookup);
    buf_free(&s->record);
}

static void check_lines(struct spec *s, struct sv rest)
{
    while (rest.p) {
        struct sv line = sv_cut(&rest, '\n');
        s->line++;
        check_line_bytes(s, line);
        spec_line(s, line);
    }
    if (s->fence != FENCE_NONE)
        fault(s, s->fence_line, "a fence that is never closed", SV(""));
    if (!s->examples)
        fault(s, s->line, "no example", SV(""));
}

/* Whether every example of the file holds. */
static bool run(const char *file, const struct rules *rules, bool recording)
{
    struct spec s = {.file = file, .rules = rules, .recording = recording};
    struct buf bytes = BUF_INIT, path = BUF_INIT;
    add_record_path(file, &path);
    open_record(&s, path.p);
    if (!read_whole(file, &bytes))
        fault(&s, 0, "cannot be read", SV(""));
    check_lines(&s, buf_sv(&bytes));
    close_record(&s, path.p);
    printf("%s: %u examples, %u wrong\n", file, s.examples, s.wrong);
    vec_free(&s.expected);
    buf_free(&bytes);
    buf_free(&path);
    return s.wrong == 0;
}

int main(int argc, char **argv)
{
    struct rules *rules = NULL;
    struct err e = ERR_INIT;
    bool recording = argc > 1 && strcmp(argv[1], "--record") == 0;
    if (argc < 2 + recording) {
        fprintf(stderr, "usage: spec_runner [--record] FILE.md ...\n");
        return 1;
    }
    if (rules_load(&rules, NULL, &e) != STATUS_OK) {
        fprintf(stderr, "%s:%u: %s\n", e.file.p, e.line, e.message.p);
        err_free(&e);
        return 1;
    }
    bool good = true;
    for (int i = 1 + recording; i < argc; i++)
        good = run(argv[i], rules, recording) && good;
    rules_free(rules);
    err_free(&e);
    return good ? 0 : 1;
}
