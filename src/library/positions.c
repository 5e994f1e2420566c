#include "library/positions.h"

#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

#include "base/file.h"
#include "base/replacement.h"
#include "base/utf8.h"

enum {
    MOST_LINES = 5000,
    LONGEST_LINE = 4096,
    MOST_BYTES = 8 << 20, /* read from the end of the file */
    HASH_DIGITS = 16,
};

static const char header[] =
    "# docbao: where a listener left, the latest last. Columns: article or list; the hash of its "
    "content or names; which sentence or file, from 0; the hash of the sentence. "
    "Delete a line to forget.";

/* ---- a line ---- */

enum kind {
    KIND_BROKEN,
    KIND_OTHER, /* a comment, or from a newer version: kept as it is */
    KIND_ARTICLE,
    KIND_LIST,
};

struct entry {
    enum kind kind;
    uint64_t key;
    uint32_t place;
    uint64_t sentence; /* KIND_ARTICLE: the hash of its text */
};

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool parse_hash(struct sv v, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < v.n; i++) {
        int digit = digit_value(v.p[i]);
        if (digit < 0)
            return false;
        *out = *out << 4 | (unsigned)digit;
    }
    return v.n == HASH_DIGITS;
}

static bool parse_place(struct sv v, uint32_t *out)
{
    uint64_t place = 0;
    for (size_t i = 0; i < v.n && place <= UINT32_MAX; i++) {
        if (v.p[i] < '0' || v.p[i] > '9')
            return false;
        place = place * 10 + (unsigned)(v.p[i] - '0');
    }
    *out = (uint32_t)place;
    return v.n && place <= UINT32_MAX;
}

static bool is_text(struct sv line)
{
    for (size_t i = 0; i < line.n; i++)
        if (((unsigned char)line.p[i] < ' ' && line.p[i] != '\t') || line.p[i] == 0x7F)
            return false;
    return utf8_valid_prefix(line) == line.n;
}

static struct entry parse(struct sv line)
{
    struct entry entry = {.kind = KIND_OTHER};
    if (!line.n || line.n > LONGEST_LINE || !is_text(line))
        return (struct entry){.kind = KIND_BROKEN};
    if (line.p[0] == '#')
        return entry;
    struct sv rest = line;
    struct sv kind = sv_cut(&rest, '\t');
    bool article = sv_is(kind, "article"), list = sv_is(kind, "list");
    bool valid = rest.p != NULL; /* every line has columns */
    if (article || list) {
        entry.kind = article ? KIND_ARTICLE : KIND_LIST;
        valid = valid && parse_hash(sv_cut(&rest, '\t'), &entry.key);
        valid = valid && rest.p && parse_place(sv_cut(&rest, '\t'), &entry.place);
        if (article)
            valid = valid && rest.p && parse_hash(sv_cut(&rest, '\t'), &entry.sentence);
    }
    return valid ? entry : (struct entry){.kind = KIND_BROKEN};
}

static void add_entry(struct buf *out, const struct entry *entry)
{
    buf_addf(out, "%s\t%016" PRIx64 "\t%" PRIu32, entry->kind == KIND_LIST ? "list" : "article",
             entry->key, entry->place);
    if (entry->kind == KIND_ARTICLE)
        buf_addf(out, "\t%016" PRIx64, entry->sentence);
    buf_putc(out, '\n');
}

static bool same_key(const struct entry *a, const struct entry *b)
{
    return a->kind == b->kind && a->key == b->key;
}

/* ---- the file ---- */

struct positions {
    struct buf bytes;
    struct sv header;     /* of the file; if it has none, the text above */
    VEC(struct sv) lines; /* views of `bytes`; none is broken */
};

static void positions_free(struct positions *p)
{
    buf_free(&p->bytes);
    vec_free(&p->lines);
}

/* Finds the complete lines. A last line without a line end was cut off, perhaps inside a number.
 * `cut`: the first line has lost its beginning. */
static void find_lines(struct positions *p, bool cut)
{
    struct sv rest = buf_sv(&p->bytes);
    if (cut)
        sv_cut(&rest, '\n');
    for (bool first = !cut; rest.p && rest.n; first = false) {
        struct sv line = sv_cut(&rest, '\n');
        if (!rest.p)
            return;
        if (line.n && line.p[line.n - 1] == '\r')
            line.n--;
        enum kind kind = parse(line).kind;
        if (first && kind == KIND_OTHER && line.p[0] == '#')
            p->header = line;
        else if (kind != KIND_BROKEN)
            *vec_push(&p->lines) = line;
    }
}

/* Sets all of *p. A file that does not exist counts as empty. False with errno set: it cannot be
 * read. */
static bool load(struct positions *p, const char *path)
{
    bool cut = false;
    *p = (struct positions){.bytes = BUF_INIT, .header = SV(header)};
    if (!file_read_end(path, MOST_BYTES, &p->bytes, &cut))
        return file_is_absent(errno);
    find_lines(p, cut);
    return true;
}

/* Replaces *wanted by the latest entry of the same kind and key. False: there is none. */
static bool find(const struct positions *p, struct entry *wanted)
{
    for (size_t i = p->lines.n; i-- > 0;) {
        struct entry entry = parse(p->lines.at[i]);
        if (!same_key(&entry, wanted))
            continue;
        *wanted = entry;
        return true;
    }
    return false;
}

/* Makes the new content of the file: without the old lines of this kind and key, and, if `keep`,
 * with the new one. */
static void compose(const struct positions *p, const struct entry *entry, bool keep,
                    struct buf *out)
{
    buf_add_sv(out, p->header);
    buf_putc(out, '\n');
    size_t room = MOST_LINES - keep;
    for (size_t i = p->lines.n > room ? p->lines.n - room : 0; i < p->lines.n; i++) {
        struct entry other = parse(p->lines.at[i]);
        if (same_key(&other, entry))
            continue;
        buf_add_sv(out, p->lines.at[i]);
        buf_putc(out, '\n');
    }
    if (keep)
        add_entry(out, entry);
}

static bool write_changed(const char *path, const struct entry *entry, bool keep)
{
    struct positions p;
    struct buf all = BUF_INIT;
    bool done = load(&p, path);
    if (done) {
        compose(&p, entry, keep, &all);
        if (!sv_eq(buf_sv(&all),
                   buf_sv(&p.bytes))) /* do not write an entry that is there already */
            done = file_replace(path, buf_sv(&all));
    }
    int why = errno;
    buf_free(&all);
    positions_free(&p);
    errno = why;
    return done;
}

static enum status fail(const char *path, struct err *e)
{
    err_set(e, STATUS_OUTPUT,
            "where you left cannot be remembered: %s; check that its folder is yours and the disk "
            "has room",
            file_fault(errno));
    return err_at(e, path, 0, 0);
}

static enum status update(const char *path, const struct entry *entry, bool keep, struct err *e)
{
    int fd = file_lock(path);
    if (fd < 0)
        return fail(path, e);
    enum status status = write_changed(path, entry, keep) ? STATUS_OK : fail(path, e);
    close(fd);
    return status;
}

static bool recall(const char *path, struct entry *wanted)
{
    struct positions p;
    bool found = load(&p, path) && find(&p, wanted);
    positions_free(&p);
    return found;
}

/* ---- articles ---- */

static uint64_t sentence_hash(const struct article *a, uint32_t sentence)
{
    return fingerprint_of(sv_at(a->text, a->sentences.at[sentence].text)).hash;
}

/* The sentence with that hash nearest to `place`; at the same distance the earlier one. */
static uint32_t nearest(const struct article *a, uint32_t place, uint64_t hash)
{
    uint32_t count = (uint32_t)a->sentences.n;
    place = place < count ? place : count - 1;
    for (uint32_t away = 0; away < count; away++) {
        if (away <= place && sentence_hash(a, place - away) == hash)
            return place - away;
        if (away && away < count - place && sentence_hash(a, place + away) == hash)
            return place + away;
    }
    return place;
}

bool positions_recall(const char *path, uint64_t article, const struct article *a,
                      uint32_t *sentence)
{
    struct entry entry = {.kind = KIND_ARTICLE, .key = article};
    if (!a->sentences.n || !recall(path, &entry))
        return false;
    *sentence = nearest(a, entry.place, entry.sentence);
    return true;
}

enum status positions_remember(const char *path, uint64_t article, const struct article *a,
                               uint32_t sentence, struct err *e)
{
    if (!a->sentences.n)
        return STATUS_OK;
    if (sentence >= a->sentences.n)
        sentence = (uint32_t)a->sentences.n - 1;
    struct entry entry = {KIND_ARTICLE, article, sentence, sentence_hash(a, sentence)};
    return update(path, &entry, true, e);
}

enum status positions_forget(const char *path, uint64_t article, struct err *e)
{
    struct positions p;
    struct entry entry = {.kind = KIND_ARTICLE, .key = article};
    bool readable = load(&p, path);
    enum status status = readable ? STATUS_OK : fail(path, e);
    bool found = readable && find(&p, &entry);
    positions_free(&p);
    return found ? update(path, &entry, false, e) : status;
}

/* ---- lists ---- */

/* Hashes the names with their terminators, so that "ab" "c" differs from "a" "bc". */
static struct entry list_entry(const char *const *names, uint32_t count)
{
    struct buf all = BUF_INIT;
    for (uint32_t i = 0; i < count; i++)
        buf_add(&all, names[i], strlen(names[i]) + 1);
    struct entry entry = {.kind = KIND_LIST, .key = fingerprint_of(buf_sv(&all)).hash};
    buf_free(&all);
    return entry;
}

bool positions_recall_list(const char *path, const char *const *names, uint32_t count,
                           uint32_t *index)
{
    struct entry entry = list_entry(names, count);
    if (!recall(path, &entry) || entry.place >= count)
        return false;
    *index = entry.place;
    return true;
}

enum status positions_remember_list(const char *path, const char *const *names, uint32_t count,
                                    uint32_t index, struct err *e)
{
    struct entry entry = list_entry(names, count);
    entry.place = index;
    return update(path, &entry, true, e);
}
