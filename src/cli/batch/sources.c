#include "cli/batch/sources.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/nfc.h"
#include "base/sha256.h"
#include "base/system_text.h"
#include "base/utf8.h"
#include "cli/complain.h"
#include "cli/folder.h"

/* ---- adding ---- */

/* All that is known while the sources are collected. */
struct collector {
    struct sources *sources;
    struct cli *cli;
    const struct sources_options *options;
    uint16_t origin;
};

/* On FAT and Windows names that differ only by capitals are the same. */
static uint64_t hash_of_stem(struct sv source)
{
    struct buf name = BUF_INIT, lower = BUF_INIT;
    name_of_source(source, &name);
    for (size_t i = 0; i < name.n;) {
        uint32_t code;
        i += utf8_decode_valid(name.p + i, &code);
        buf_add_code(&lower, char_lower(code));
    }
    uint64_t hash = sha256_number(buf_sv(&lower));
    buf_free(&name);
    buf_free(&lower);
    return hash;
}

static void add_source(const struct collector *k, struct sv name, uint32_t item)
{
    struct sources *s = k->sources;
    struct shard shard = k->options->shard;
    uint64_t hash = sha256_number(name);
    s->count++;
    if (k->options->twins)
        *vec_push(&s->stems) = (struct stem){hash_of_stem(name), hash};
    if (hash % shard.count != shard.index)
        return;
    struct source *source = vec_push(&s->all);
    *source = (struct source){
        .name = s->names.n,
        .hash = hash,
        .number = s->count,
        .item = item,
        .origin = k->origin,
    };
    buf_add_sv(&s->names, name);
    buf_putc(&s->names, '\0');
}

static uint16_t add_origin(struct sources *s, const char *folder, struct docbao_feed *feed)
{
    *vec_push(&s->origins) = (struct origin){folder, feed};
    return (uint16_t)(s->origins.n - 1);
}

static bool is_url(const char *name)
{
    return ascii_starts(sv_of(name), SV("http://")) || ascii_starts(sv_of(name), SV("https://"));
}

/* ---- lists ---- */

static struct sv clean_line(struct sv line, bool first)
{
    static const struct sv mark = {"\xEF\xBB\xBF", 3}; /* some editors begin a file with it */
    if (first && sv_starts(line, mark))
        line = sv_sub(line, mark.n, line.n - mark.n);
    if (line.n && line.p[line.n - 1] == '\n')
        line.n--;
    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    bool empty = !sv_trim(line).n || line.p[0] == '#';
    return empty ? (struct sv){NULL, 0} : line;
}

static bool leads_somewhere(const char *name)
{
    struct stat info;
    return is_url(name) || stat(name, &info) == 0;
}

/* An article that was taken for a list: none of its lines leads anywhere. */
static bool complain_of_list(const char *operand)
{
    complain("“%s” is no list: none of its lines is the name of a file or a URL; docbao save makes "
             "the sound of a single article",
             operand);
    return false;
}

static bool read_list(const struct collector *k, FILE *list, const char *operand)
{
    char *line = NULL;
    size_t room = 0;
    bool begins = true, any = false, leads = false;
    for (ssize_t n; (n = getdelim(&line, &room, k->options->null ? '\0' : '\n', list)) > 0;) {
        struct sv name = {line, strnlen(line, (size_t)n)};
        if (!k->options->null)
            name = clean_line(name, begins);
        begins = false;
        if (!name.n)
            continue;
        line[name.p - line + (ptrdiff_t)name.n] = '\0';
        any = true;
        leads = leads || leads_somewhere(name.p);
        add_source(k, name, 0);
    }
    free(line);
    if (ferror(list)) {
        complain("“%s” cannot be read: %s", operand, system_error(errno));
        return false;
    }
    return leads || !any || complain_of_list(operand);
}

static bool add_list(struct collector *k, const char *path)
{
    k->origin = add_origin(k->sources, NULL, NULL);
    if (strcmp(path, "-") == 0)
        return read_list(k, stdin, "-");
    FILE *list = fopen(path, "re");
    if (!list) {
        complain("“%s” cannot be read: %s", path, system_error(errno));
        return false;
    }
    bool read = read_list(k, list, path);
    fclose(list);
    return read;
}

/* ---- folders ---- */

static bool walk_folder(const struct collector *k, struct buf *path, size_t root);

/* `path` leads to something in the folder, by that name. Links to folders may lead round in a
 * circle, and are not followed. */
static bool walk_entry(const struct collector *k, struct buf *path, size_t root, const char *name)
{
    struct stat info, own;
    if (lstat(path->p, &own) != 0 || stat(path->p, &info) != 0)
        return true; /* it went meanwhile, or is a link to nothing */
    if (S_ISDIR(own.st_mode))
        return file_is_same(path->p, k->options->output) || walk_folder(k, path, root);
    if (S_ISREG(info.st_mode) && folder_is_document(sv_of(name)))
        add_source(k, sv_sub(buf_sv(path), root, path->n - root), 0);
    return true;
}

static bool walk_folder(const struct collector *k, struct buf *path, size_t root)
{
    struct folder_names names = {NULL, 0, 0};
    size_t length = path->n;
    bool good = folder_list(path->p, &names);
    if (!good)
        complain("The folder “%s” cannot be read: %s.", path->p, system_error(errno));
    for (size_t i = 0; i < names.n; i++) {
        buf_addf(path, "/%s", names.at[i]);
        good = good && walk_entry(k, path, root, names.at[i]);
        buf_cut(path, length);
        free(names.at[i]);
    }
    vec_free(&names);
    return good;
}

static bool add_folder(struct collector *k, const char *folder)
{
    struct buf path = BUF_INIT;
    buf_adds(&path, folder);
    while (path.n > 1 && path.p[path.n - 1] == '/')
        buf_cut(&path, path.n - 1);
    k->origin = add_origin(k->sources, folder, NULL);
    bool good = walk_folder(k, &path, path.n + 1);
    buf_free(&path);
    return good;
}

/* ---- feeds ---- */

static bool add_feed(struct collector *k, const char *name)
{
    struct docbao_feed *feed;
    enum docbao_status status = docbao_feed_open(k->cli->docbao, name, NULL, &feed);
    if (status) {
        cli_tell_error(k->cli);
        return false;
    }
    if (docbao_feed_is_cut_short(feed)) {
        complain("%s: the feed is cut short: the rest of it has not come, or cannot be unpacked; "
                 "the articles that came are read",
                 name);
        k->cli->incomplete = true;
    }
    k->origin = add_origin(k->sources, NULL, feed);
    for (uint32_t i = 0; i < docbao_feed_count(feed); i++) {
        struct docbao_feed_item item = docbao_feed_at(feed, i);
        add_source(k, cli_view(item.key.n ? item.key : item.title), i);
    }
    return true;
}

/* Feeds begin with the mark of XML or JSON, or, in UTF-16 or packed, with bytes that no list has.
 */
static bool looks_like_feed(const char *path)
{
    unsigned char bytes[64] = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat info;
    bool regular = fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    ssize_t n = regular ? read(fd, bytes, sizeof bytes) : 0;
    if (fd >= 0)
        close(fd);
    struct sv begin = {(const char *)bytes, n > 0 ? (size_t)n : 0};
    if (sv_starts(begin, SV("\xEF\xBB\xBF")))
        begin = sv_sub(begin, 3, begin.n - 3);
    begin = sv_trim(begin);
    return sv_starts(begin, SV("<")) || sv_starts(begin, SV("{")) ||
           sv_starts(begin, SV("\xFF\xFE")) || sv_starts(begin, SV("\xFE\xFF")) ||
           sv_starts(begin, SV("\x1F\x8B"));
}

/* ---- the whole ---- */

bool sources_add(struct sources *s, struct cli *c, const char *operand,
                 const struct sources_options *options)
{
    struct collector k = {.sources = s, .cli = c, .options = options};
    struct stat info;
    if (!s->names.p)
        s->names = BUF_INIT;
    if (operand[0] == '@')
        return add_list(&k, operand + 1);
    if (is_url(operand))
        return add_feed(&k, operand);
    if (strcmp(operand, "-") != 0 && stat(operand, &info) == 0 && S_ISDIR(info.st_mode))
        return add_folder(&k, operand);
    return looks_like_feed(operand) ? add_feed(&k, operand) : add_list(&k, operand);
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_stems(const void *a, const void *b)
{
    const struct stem *x = a, *y = b;
    return x->hash != y->hash ? compare_numbers(x->hash, y->hash)
                              : compare_numbers(x->source, y->source);
}

/* The first of those with that hash. */
static size_t find_stem(const struct sources *s, uint64_t hash)
{
    size_t low = 0, high = s->stems.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->stems.at[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Sources of the same hash are one. */
static bool has_twin(const struct sources *s, const struct source *source)
{
    uint64_t hash = hash_of_stem(sv_of(source_name(s, source)));
    for (size_t i = find_stem(s, hash); i < s->stems.n && s->stems.at[i].hash == hash; i++)
        if (s->stems.at[i].source != source->hash)
            return true;
    return false;
}

static int compare_sources(const void *a, const void *b)
{
    const struct source *x = a, *y = b;
    return x->hash != y->hash ? compare_numbers(x->hash, y->hash)
                              : compare_numbers(x->number, y->number);
}

static int compare_places(const void *a, const void *b)
{
    return compare_numbers(((const struct source *)a)->number, ((const struct source *)b)->number);
}

static void sort(struct sources *s, int (*compare)(const void *, const void *))
{
    if (s->all.n)
        qsort(s->all.at, s->all.n, sizeof *s->all.at, compare);
}

static void leave_out_again(struct sources *s)
{
    size_t kept = 0;
    sort(s, compare_sources);
    for (size_t i = 0; i < s->all.n; i++)
        if (!kept || s->all.at[kept - 1].hash != s->all.at[i].hash)
            s->all.at[kept++] = s->all.at[i];
    s->again = (uint32_t)(s->all.n - kept);
    s->all.n = kept;
    sort(s, compare_places);
}

void sources_finish(struct sources *s)
{
    leave_out_again(s);
    if (s->stems.n)
        qsort(s->stems.at, s->stems.n, sizeof *s->stems.at, compare_stems);
    for (size_t i = 0; i < s->all.n; i++)
        s->all.at[i].twin = has_twin(s, &s->all.at[i]);
    vec_free(&s->stems);
}

void sources_free(struct sources *s)
{
    for (size_t i = 0; i < s->origins.n; i++)
        docbao_feed_close(s->origins.at[i].feed);
    vec_free(&s->origins);
    vec_free(&s->all);
    vec_free(&s->stems);
    buf_free(&s->names);
}

/* ---- one source ---- */

const char *source_name(const struct sources *s, const struct source *source)
{
    return s->names.p + source->name;
}

void source_path(const struct sources *s, const struct source *source, struct buf *out)
{
    const struct origin *origin = &s->origins.at[source->origin];
    if (origin->feed)
        buf_add_sv(out, cli_view(docbao_feed_at(origin->feed, source->item).link));
    else if (origin->folder)
        buf_addf(out, "%s%s%s", origin->folder, sv_ends(sv_of(origin->folder), SV("/")) ? "" : "/",
                 source_name(s, source));
    else
        buf_adds(out, source_name(s, source));
}
