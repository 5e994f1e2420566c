#include "cli/batch/log.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <yajl/yajl_tree.h>

#include "base/utf8.h"

#define LOG_NAME "docbao.log"
#define LOG_ENDING ".jsonl"

/* ---- reading ---- */

static const char *text_of(yajl_val line, const char *name)
{
    const char *path[] = {name, NULL};
    const char *text = YAJL_GET_STRING(yajl_tree_get(line, path, yajl_t_string));
    return text ? text : "";
}

static double number_of(yajl_val line, const char *name)
{
    const char *path[] = {name, NULL};
    yajl_val number = yajl_tree_get(line, path, yajl_t_number);
    return number ? YAJL_GET_DOUBLE(number) : 0;
}

/* Whether it is a line of ours. */
static bool parse_line(yajl_val v, struct batch_line *line)
{
    char *end;
    *line = (struct batch_line){
        .time = text_of(v, "time"),
        .source = text_of(v, "source"),
        .id = text_of(v, "id"),
        .status = text_of(v, "status"),
        .output = text_of(v, "output"),
        .title = text_of(v, "title"),
        .date = text_of(v, "date"),
        .lead = text_of(v, "lead"),
        .key = text_of(v, "key"),
        .seconds = number_of(v, "seconds"),
        .bytes = (uint64_t)number_of(v, "bytes"),
    };
    line->hash = strtoull(line->id, &end, 16);
    return strlen(line->id) == 16 && !*end;
}

static void read_file(const char *path, void (*each)(void *user, const struct batch_line *line),
                      void *user)
{
    FILE *f = fopen(path, "re");
    char *text = NULL;
    size_t room = 0;
    while (f && getline(&text, &room, f) > 0) {
        struct batch_line line;
        yajl_val v = yajl_tree_parse(text, NULL, 0);
        if (v && parse_line(v, &line))
            each(user, &line);
        yajl_tree_free(v);
    }
    free(text);
    if (f)
        fclose(f);
}

static bool is_log(const char *name)
{
    struct sv v = sv_of(name);
    return sv_starts(v, SV(LOG_NAME)) && sv_ends(v, SV(LOG_ENDING));
}

static int compare_made(const void *a, const void *b)
{
    const struct made *x = a, *y = b;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* What is made again is no newer for that, unless it was taken out meanwhile. */
static void inherit(const struct made *before, struct made *now)
{
    if (!now->dated && (now->expired || !before->expired))
        now->published = before->published;
}

static void keep_last(struct batch_log *log)
{
    size_t kept = 0;
    if (log->made.n)
        qsort(log->made.at, log->made.n, sizeof *log->made.at, compare_made);
    for (size_t i = 1; i < log->made.n; i++)
        if (log->made.at[i].source == log->made.at[i - 1].source)
            inherit(&log->made.at[i - 1], &log->made.at[i]);
    for (size_t i = 0; i < log->made.n; i++)
        if (i + 1 == log->made.n || log->made.at[i].source != log->made.at[i + 1].source)
            log->made.at[kept++] = log->made.at[i];
    log->made.n = kept;
}

/* Those of other shards first, its own last: what it knows itself is the newest. */
static void read_files(const char *folder, const char *own,
                       void (*each)(void *user, const struct batch_line *line), void *user)
{
    DIR *all = opendir(folder);
    struct buf path = BUF_INIT;
    for (const struct dirent *entry; all && (entry = readdir(all));) {
        buf_clear(&path);
        buf_addf(&path, "%s/%s", folder, entry->d_name);
        if (is_log(entry->d_name) && strcmp(path.p, own) != 0)
            read_file(path.p, each, user);
    }
    if (all)
        closedir(all);
    buf_free(&path);
    read_file(own, each, user);
}

void batch_log_each(const char *folder, void (*each)(void *user, const struct batch_line *line),
                    void *user)
{
    struct buf own = BUF_INIT;
    buf_addf(&own, "%s/" LOG_NAME LOG_ENDING, folder);
    read_files(folder, own.p, each, user);
    buf_free(&own);
}

/* ---- what was made ---- */

struct reading_log {
    struct batch_log *log;
    struct shard shard;
};

static size_t keep_text(struct batch_log *log, const char *text)
{
    size_t at = log->texts.n;
    buf_add(&log->texts, text, strlen(text) + 1);
    return at;
}

static bool tells_of_sound(const struct batch_line *line)
{
    bool known = strcmp(line->status, "done") == 0 || strcmp(line->status, "skipped") == 0 ||
                 strcmp(line->status, "expired") == 0;
    return known && *line->key && *line->output;
}

static void note_made(void *user, const struct batch_line *line)
{
    const struct reading_log *r = user;
    struct batch_log *log = r->log;
    if (line->hash % r->shard.count != r->shard.index || !tells_of_sound(line))
        return;
    time_t published = 0;
    bool dated = batch_time(line->date, &published);
    if (!dated)
        batch_time(line->time, &published);
    *vec_push(&log->made) = (struct made){
        .dated = dated,
        .published = published,
        .source = line->hash,
        .bytes = line->bytes,
        .key = keep_text(log, line->key),
        .output = keep_text(log, line->output),
        .place = (uint32_t)log->made.n,
        .expired = strcmp(line->status, "expired") == 0,
    };
}

static void read_logs(struct batch_log *log, const char *folder, struct shard shard)
{
    struct reading_log reading = {log, shard};
    read_files(folder, log->path.p, note_made, &reading);
    keep_last(log);
}

/* ---- opening ---- */

/* A line that was cut short shall not spoil the next one. */
static void end_last_line(int fd)
{
    struct stat info;
    char last;
    if (fstat(fd, &info) == 0 && info.st_size > 0 && pread(fd, &last, 1, info.st_size - 1) == 1 &&
        last != '\n' && write(fd, "\n", 1) != 1)
        return; /* nor is there room for what follows */
}

bool batch_log_open(struct batch_log *log, const char *folder, struct shard shard)
{
    *log = (struct batch_log){.texts = BUF_INIT, .path = BUF_INIT};
    buf_addf(&log->path, "%s/" LOG_NAME, folder);
    if (shard.count > 1)
        buf_addf(&log->path, ".%u-of-%u", shard.index + 1, shard.count);
    buf_adds(&log->path, LOG_ENDING);
    read_logs(log, folder, shard);
    int fd = open(log->path.p, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return false;
    end_last_line(fd);
    out_init(&log->out, fd);
    log->open = true;
    return true;
}

void batch_log_close(struct batch_log *log)
{
    if (log->open) {
        close(log->out.fd);
        out_free(&log->out);
    }
    vec_free(&log->made);
    buf_free(&log->texts);
    buf_free(&log->path);
}

const struct made *batch_log_find(const struct batch_log *log, uint64_t source)
{
    size_t low = 0, high = log->made.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (log->made.at[middle].source < source)
            low = middle + 1;
        else
            high = middle;
    }
    return low < log->made.n && log->made.at[low].source == source ? &log->made.at[low] : NULL;
}

/* ---- writing ---- */

static void put_text(struct json_writer *w, const struct buf *text)
{
    json_string(w, text->n ? buf_sv(text) : (struct sv){NULL, 0});
}

static void put_decimal(struct json_writer *w, double number)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%.2f", number);
    json_literal(w, buf_sv(&text));
    buf_free(&text);
}

static void put_source(struct json_writer *w, const char *source, uint64_t hash)
{
    struct buf text = BUF_INIT;
    buf_add_valid(&text, sv_of(source));
    json_name(w, "source");
    json_string(w, buf_sv(&text));
    buf_clear(&text);
    buf_addf(&text, "%016" PRIx64, hash);
    json_name(w, "id");
    json_string(w, buf_sv(&text));
    buf_free(&text);
}

static void put_sound(struct json_writer *w, const struct result_head *head)
{
    json_name(w, "seconds");
    put_decimal(w, head->seconds);
    json_name(w, "bytes");
    json_number(w, head->bytes);
    json_name(w, "words");
    json_number(w, head->words);
    json_name(w, "sentences");
    json_number(w, head->sentences);
    json_name(w, "lost");
    json_number(w, head->lost);
    if (!head->levelled)
        return;
    json_name(w, "loudness");
    put_decimal(w, head->loudness);
    json_name(w, "peak");
    put_decimal(w, head->peak);
    json_name(w, "gain_db");
    put_decimal(w, head->gain_db);
    json_name(w, "most_cut_db");
    put_decimal(w, head->most_cut_db);
}

void batch_log_put(struct json_writer *w, const struct result *r, const char *source, uint64_t hash)
{
    put_source(w, source, hash);
    json_name(w, "status");
    json_string(w, sv_of(r->head.expired ? "expired" : result_names[r->head.status]));
    json_name(w, "output");
    put_text(w, &r->texts[RESULT_OUTPUT]);
    json_name(w, "title");
    put_text(w, &r->texts[RESULT_TITLE]);
    json_name(w, "date");
    put_text(w, &r->texts[RESULT_DATE]);
    json_name(w, "message");
    put_text(w, &r->texts[RESULT_MESSAGE]);
    if (r->head.status == RESULT_DONE || r->head.status == RESULT_PART) {
        json_name(w, "lead");
        put_text(w, &r->texts[RESULT_LEAD]);
        put_sound(w, &r->head);
    }
    if (r->head.status == RESULT_SKIPPED) {
        json_name(w, "bytes");
        json_number(w, r->head.bytes);
    }
    json_name(w, "key");
    put_text(w, &r->texts[RESULT_KEY]);
}

static void put_time(struct json_writer *w)
{
    char text[sizeof "2026-11-30T05:35:00Z"];
    time_t now = time(NULL);
    struct tm parts;
    json_name(w, "time");
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &parts));
    json_string(w, sv_of(text));
}

static bool end_line(struct batch_log *log)
{
    out_bytes(&log->out, "\n", 1);
    if (out_flush(&log->out))
        return true;
    int why = log->out.failure;
    log->out.failure = 0; /* the disk may have room again */
    end_last_line(log->out.fd);
    errno = why;
    return false;
}

bool batch_log_add(struct batch_log *log, const struct result *result, const char *source,
                   uint64_t hash)
{
    struct json_writer w = {.out = &log->out};
    if (!log->open)
        return false;
    json_open(&w, '{');
    put_time(&w);
    batch_log_put(&w, result, source, hash);
    json_close(&w, '}');
    return end_line(log);
}

bool batch_log_expire(struct batch_log *log, const struct batch_line *line)
{
    struct json_writer w = {.out = &log->out};
    json_open(&w, '{');
    put_time(&w);
    put_source(&w, line->source, line->hash);
    json_name(&w, "status");
    json_string(&w, SV("expired"));
    json_name(&w, "output");
    json_string(&w, sv_of(line->output));
    json_name(&w, "key");
    json_string(&w, sv_of(line->key));
    json_close(&w, '}');
    return end_line(log);
}
