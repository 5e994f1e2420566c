/*
 * docbao-sqlite.so: the shelf of a server, by SQLite.
 */
#include <sqlite3.h>
#include <stddef.h>

#include "serve/shelf.h"

enum { WAIT_MS = 5000 };

static const char schema[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, source TEXT NOT NULL,"
    " state TEXT NOT NULL DEFAULT 'queued', title TEXT NOT NULL DEFAULT '',"
    " date TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '',"
    " key TEXT NOT NULL DEFAULT '', seconds REAL NOT NULL DEFAULT 0, added INTEGER NOT NULL,"
    " bytes INTEGER NOT NULL DEFAULT 0, place INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX IF NOT EXISTS by_place ON articles (state, place);"
    "CREATE INDEX IF NOT EXISTS by_time ON articles (added);"
    "CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, asked INTEGER NOT NULL DEFAULT 0,"
    " message TEXT NOT NULL DEFAULT '');"
    "CREATE TABLE IF NOT EXISTS places (id TEXT PRIMARY KEY, seconds REAL NOT NULL,"
    " sentence INTEGER NOT NULL, sentences INTEGER NOT NULL, at INTEGER NOT NULL);";

#define NEXT_PLACE "(SELECT coalesce(max(place), 0) + 1 FROM articles)"
#define FIRST_PLACE "(SELECT coalesce(min(place), 0) - 1 FROM articles)"
#define COLUMNS "id, source, state, title, date, message, key, articles.seconds, added, bytes"
#define WITH_PLACES                                                                                \
    "SELECT " COLUMNS ", places.seconds, sentence, sentences, at"                                  \
    " FROM articles LEFT JOIN places USING (id)"

static void close_shelf(void *shelf)
{
    sqlite3_close(shelf);
}

static void *open_shelf(const char *path)
{
    sqlite3 *db = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW;
    if (sqlite3_open_v2(path, &db, flags, NULL) == SQLITE_OK) {
        sqlite3_busy_timeout(db, WAIT_MS);
        if (sqlite3_exec(db, schema, NULL, NULL, NULL) == SQLITE_OK)
            return db;
    }
    sqlite3_close(db);
    return NULL;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    sqlite3_prepare_v2(db, sql, -1, &s, NULL);
    return s;
}

/* SQLite allows NULL for a statement, and then reports misuse. */
static void bind_text(sqlite3_stmt *s, int at, const char *text)
{
    sqlite3_bind_text(s, at, text, -1, SQLITE_STATIC);
}

/* Runs a statement that gives no rows, and frees it. */
static bool finish_statement(sqlite3_stmt *s)
{
    bool done = s && sqlite3_step(s) == SQLITE_DONE;
    sqlite3_finalize(s);
    return done;
}

static bool run_with(sqlite3 *db, const char *sql, const char *text)
{
    sqlite3_stmt *s = prepare(db, sql);
    bind_text(s, 1, text);
    return finish_statement(s);
}

static const char *text_at(sqlite3_stmt *s, int column)
{
    const unsigned char *text = sqlite3_column_text(s, column);
    return text ? (const char *)text : "";
}

/* Of the row of an article, where it was asked for; what is not there is 0. */
static struct shelf_place place_at(sqlite3_stmt *s)
{
    enum { FIRST = 10 };
    if (sqlite3_column_count(s) <= FIRST)
        return (struct shelf_place){0};
    return (struct shelf_place){
        .seconds = sqlite3_column_double(s, FIRST),
        .sentence = (uint32_t)sqlite3_column_int64(s, FIRST + 1),
        .of = (uint32_t)sqlite3_column_int64(s, FIRST + 2),
        .at = sqlite3_column_int64(s, FIRST + 3),
    };
}

static struct shelf_article article_at(sqlite3_stmt *s)
{
    return (struct shelf_article){
        .id = text_at(s, 0),
        .source = text_at(s, 1),
        .state = text_at(s, 2),
        .title = text_at(s, 3),
        .date = text_at(s, 4),
        .message = text_at(s, 5),
        .key = text_at(s, 6),
        .seconds = sqlite3_column_double(s, 7),
        .added = sqlite3_column_int64(s, 8),
        .bytes = sqlite3_column_int64(s, 9),
        .place = place_at(s),
    };
}

/* Gives all rows, and frees the statement. */
static bool give(sqlite3_stmt *s, void (*take)(void *, const struct shelf_article *), void *user)
{
    int result = SQLITE_MISUSE;
    while (s && (result = sqlite3_step(s)) == SQLITE_ROW) {
        struct shelf_article a = article_at(s);
        take(user, &a);
    }
    sqlite3_finalize(s);
    return result == SQLITE_DONE;
}

/* ---- articles ---- */

static bool add(void *shelf, const char *id, const char *source, const char *title, int64_t now,
                bool *added)
{
    sqlite3_stmt *s = prepare(shelf, "INSERT OR IGNORE INTO articles (id, source, title, added,"
                                     " place) VALUES (?, ?, ?, ?, " NEXT_PLACE ")");
    bind_text(s, 1, id);
    bind_text(s, 2, source);
    bind_text(s, 3, title);
    sqlite3_bind_int64(s, 4, now);
    bool done = finish_statement(s);
    *added = done && sqlite3_changes(shelf) > 0;
    return done;
}

#define AGAIN(place)                                                                               \
    "UPDATE articles SET state = 'queued', place = " place                                         \
    " WHERE id = ? AND state NOT IN ('queued', 'making', 'removed')"

static bool again(void *shelf, const char *id, bool first)
{
    return run_with(shelf, first ? AGAIN(FIRST_PLACE) : AGAIN(NEXT_PLACE), id);
}

static bool revive(void *shelf, const char *id, int64_t now)
{
    sqlite3_stmt *s = prepare(shelf, "UPDATE articles SET state = 'queued', message = '',"
                                     " place = " NEXT_PLACE ", added = ?"
                                     " WHERE id = ? AND state IN ('failed', 'removed')");
    sqlite3_bind_int64(s, 1, now);
    bind_text(s, 2, id);
    return finish_statement(s);
}

static bool postpone(void *shelf, const char *id, const char *message)
{
    sqlite3_stmt *s = prepare(shelf, "UPDATE articles SET state = 'queued', message = ?,"
                                     " place = " NEXT_PLACE " WHERE id = ?");
    bind_text(s, 1, message);
    bind_text(s, 2, id);
    return finish_statement(s);
}

static bool put_back(void *shelf, const char *id)
{
    return run_with(shelf, "UPDATE articles SET state = 'queued' WHERE id = ?", id);
}

static bool recover(void *shelf, const char *message)
{
    return run_with(
        shelf, "UPDATE articles SET state = 'queued', message = ? WHERE state = 'making'", message);
}

static bool next(void *shelf, void (*take)(void *, const struct shelf_article *), void *user)
{
    return give(
        prepare(shelf,
                "UPDATE articles SET state = 'making', message = '' WHERE id = (SELECT id FROM"
                " articles WHERE state = 'queued' ORDER BY place LIMIT 1)"
                " RETURNING " COLUMNS),
        take, user);
}

static bool finish(void *shelf, const struct shelf_article *a)
{
    sqlite3_stmt *s = prepare(shelf, "UPDATE articles SET state = ?, title ="
                                     " coalesce(nullif(?, ''), title), date = ?,"
                                     " message = ?, key = ?, seconds = ?, bytes = ? WHERE id = ?");
    const char *const texts[] = {a->state, a->title, a->date, a->message, a->key};
    enum { TEXTS = sizeof texts / sizeof *texts };
    for (int i = 0; i < TEXTS; i++)
        bind_text(s, i + 1, texts[i]);
    sqlite3_bind_double(s, TEXTS + 1, a->seconds);
    sqlite3_bind_int64(s, TEXTS + 2, a->bytes);
    bind_text(s, TEXTS + 3, a->id);
    return finish_statement(s);
}

static bool remove_article(void *shelf, const char *id)
{
    return run_with(shelf, "DELETE FROM places WHERE id = ?", id) &&
           run_with(shelf,
                    "UPDATE articles SET state = 'removed', title = '', date = '', message = '',"
                    " key = '', seconds = 0, bytes = 0 WHERE id = ?",
                    id);
}

static bool leave(void *shelf, const char *id, const struct shelf_place *place, bool *known)
{
    sqlite3_stmt *s = prepare(shelf, "INSERT OR REPLACE INTO places (id, seconds, sentence,"
                                     " sentences, at) SELECT id, ?, ?, ?, ? FROM articles"
                                     " WHERE id = ? AND state <> 'removed'");
    sqlite3_bind_double(s, 1, place->seconds);
    sqlite3_bind_int64(s, 2, place->sentence);
    sqlite3_bind_int64(s, 3, place->of);
    sqlite3_bind_int64(s, 4, place->at);
    bind_text(s, 5, id);
    bool done = finish_statement(s);
    *known = done && sqlite3_changes(shelf) > 0;
    return done;
}

static bool find(void *shelf, const char *id, void (*take)(void *, const struct shelf_article *),
                 void *user)
{
    sqlite3_stmt *s = prepare(shelf, WITH_PLACES " WHERE id = ? AND state <> 'removed'");
    bind_text(s, 1, id);
    return give(s, take, user);
}

static bool each(void *shelf, uint32_t from, uint32_t most,
                 void (*take)(void *, const struct shelf_article *), void *user)
{
    sqlite3_stmt *s = prepare(shelf, WITH_PLACES " WHERE state <> 'removed'"
                                                 " ORDER BY added DESC, place DESC"
                                                 " LIMIT ? OFFSET ?");
    sqlite3_bind_int64(s, 1, most);
    sqlite3_bind_int64(s, 2, from);
    return give(s, take, user);
}

static bool expired(void *shelf, int64_t before, int64_t most_bytes,
                    void (*take)(void *, const struct shelf_article *), void *user)
{
    sqlite3_stmt *s =
        prepare(shelf, "SELECT " COLUMNS " FROM (SELECT *,"
                       " sum(bytes) OVER newest AS newer_bytes,"
                       " row_number() OVER newest AS number FROM articles"
                       " WHERE state IN ('done', 'part', 'failed')"
                       " WINDOW newest AS (ORDER BY added DESC, place DESC)) AS articles"
                       " WHERE added < ? OR (newer_bytes > ? AND number > 1)"
                       " ORDER BY added, id");
    sqlite3_bind_int64(s, 1, before);
    sqlite3_bind_int64(s, 2, most_bytes);
    return give(s, take, user);
}

static bool count(void *shelf, uint32_t *all, uint32_t *unfinished)
{
    sqlite3_stmt *s = prepare(shelf, "SELECT count(*), coalesce(sum(state IN ('queued',"
                                     " 'making')), 0) FROM articles"
                                     " WHERE state <> 'removed'");
    bool done = s && sqlite3_step(s) == SQLITE_ROW;
    *all = done ? (uint32_t)sqlite3_column_int64(s, 0) : 0;
    *unfinished = done ? (uint32_t)sqlite3_column_int64(s, 1) : 0;
    sqlite3_finalize(s);
    return done;
}

/* ---- feeds ---- */

static bool feed_add(void *shelf, const char *url)
{
    return run_with(shelf, "INSERT OR IGNORE INTO feeds (url) VALUES (?)", url);
}

static bool feed_remove(void *shelf, const char *url)
{
    return run_with(shelf, "DELETE FROM feeds WHERE url = ?", url);
}

static bool feed_asked(void *shelf, const char *url, int64_t now, const char *message)
{
    sqlite3_stmt *s = prepare(shelf, "UPDATE feeds SET asked = ?, message = ? WHERE url = ?");
    sqlite3_bind_int64(s, 1, now);
    bind_text(s, 2, message);
    bind_text(s, 3, url);
    return finish_statement(s);
}

static bool feeds(void *shelf,
                  void (*take)(void *user, const char *url, int64_t asked, const char *message),
                  void *user)
{
    sqlite3_stmt *s = prepare(shelf, "SELECT url, asked, message FROM feeds ORDER BY url");
    int result = SQLITE_MISUSE;
    while (s && (result = sqlite3_step(s)) == SQLITE_ROW)
        take(user, text_at(s, 0), sqlite3_column_int64(s, 1), text_at(s, 2));
    sqlite3_finalize(s);
    return result == SQLITE_DONE;
}

extern const struct shelf_driver docbao_sqlite;

__attribute__((visibility("default"))) const struct shelf_driver docbao_sqlite = {
    open_shelf, close_shelf, add,      again,          revive,     postpone, put_back,
    recover,    next,        finish,   remove_article, leave,      find,     each,
    expired,    count,       feed_add, feed_remove,    feed_asked, feeds};
