/* The list of articles of a server, with a clock that goes back, and what expires of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/module.h"
#include "serve/shelf.h"

enum { DAY = 24 * 60 * 60, NOW = 1796000000 };

struct shelf_test {
    const struct shelf_driver *driver;
    void *shelf;
    char folder[sizeof "/tmp/shelf-XXXXXX"];
    struct buf path;
};

static int set_up(void **state)
{
    struct shelf_test *t = mem_zalloc(sizeof *t);
    struct err e = ERR_INIT;
    const void *found = NULL;
    module_find("sqlite", "docbao_sqlite", &found, &e);
    err_free(&e);
    const struct shelf_driver *driver = found;
    *t = (struct shelf_test){.driver = driver, .folder = "/tmp/shelf-XXXXXX", .path = BUF_INIT};
    *state = t;
    if (!driver)
        return 0;
    assert_non_null(mkdtemp(t->folder));
    buf_addf(&t->path, "%s/articles.sqlite", t->folder);
    t->shelf = driver->open(t->path.p);
    assert_non_null(t->shelf);
    return 0;
}

static int tear_down(void **state)
{
    struct shelf_test *t = *state;
    if (t->shelf) {
        t->driver->close(t->shelf);
        unlink(t->path.p);
        rmdir(t->folder);
    }
    buf_free(&t->path);
    free(t);
    return 0;
}

/* The test ends here where the module of SQLite was not built. */
static struct shelf_test *test_of(void **state)
{
    struct shelf_test *t = *state;
    if (!t->driver) {
        print_message("docbao-sqlite.so is not there\n");
        skip();
    }
    return t;
}

static bool add(struct shelf_test *t, const char *id, int64_t now)
{
    bool added = false;
    assert_true(t->driver->add(t->shelf, id, "text", "", now, &added));
    return added;
}

static void finish(struct shelf_test *t, const char *id, const char *state, int64_t bytes)
{
    assert_true(t->driver->finish(t->shelf, &(struct shelf_article){.id = id,
                                                                    .state = state,
                                                                    .title = "",
                                                                    .date = "",
                                                                    .message = "",
                                                                    .key = bytes ? "k" : "",
                                                                    .bytes = bytes}));
}

static void add_id(void *user, const struct shelf_article *a)
{
    buf_addf(user, "%s ", a->id);
}

static void add_state(void *user, const struct shelf_article *a)
{
    buf_addf(user, "%s: %s %s", a->id, a->state, a->message);
}

/* Takes all that waits, in its order. */
static void assert_queue(struct shelf_test *t, const char *ids)
{
    struct buf found = BUF_INIT;
    size_t before;
    do {
        before = found.n;
        assert_true(t->driver->next(t->shelf, add_id, &found));
    } while (found.n > before);
    assert_string_equal(found.p, ids);
    buf_free(&found);
}

static void assert_expired(struct shelf_test *t, int64_t before, int64_t most, const char *ids)
{
    struct buf found = BUF_INIT;
    assert_true(t->driver->expired(t->shelf, before, most, add_id, &found));
    assert_string_equal(found.p, ids);
    buf_free(&found);
}

static void the_queue_does_not_follow_the_clock(void **state)
{
    struct shelf_test *t = test_of(state);
    assert_true(add(t, "a", NOW));
    assert_true(add(t, "b", NOW - 400 * DAY)); /* the clock was set back */
    assert_true(add(t, "c", 0));
    assert_false(add(t, "a", NOW + DAY));
    assert_queue(t, "a b c ");
    assert_true(t->driver->recover(t->shelf, ""));
    assert_true(add(t, "d", NOW));
    assert_queue(t, "a b c d ");
}

static void what_could_not_be_written_waits_at_the_end(void **state)
{
    struct shelf_test *t = test_of(state);
    struct buf found = BUF_INIT;
    add(t, "a", NOW);
    add(t, "b", NOW);
    assert_true(t->driver->next(t->shelf, add_id, &found));
    assert_true(t->driver->postpone(t->shelf, "a", "full"));
    buf_clear(&found);
    assert_true(t->driver->find(t->shelf, "a", add_state, &found));
    assert_string_equal(found.p, "a: queued full");
    assert_queue(t, "b a ");
    buf_clear(&found);
    assert_true(t->driver->find(t->shelf, "a", add_state, &found));
    assert_string_equal(found.p, "a: making ");
    buf_free(&found);
}

static void of_the_same_second_the_last_comes_first(void **state)
{
    struct shelf_test *t = test_of(state);
    struct buf found = BUF_INIT;
    add(t, "a", NOW);
    add(t, "c", NOW);
    add(t, "b", NOW);
    assert_true(t->driver->each(t->shelf, 0, 2, add_id, &found));
    assert_string_equal(found.p, "b c ");
    for (const char *id = "abc"; *id; id++)
        finish(t, (char[]){*id, '\0'}, "done", 100);
    assert_expired(t, INT64_MIN, 250, "a ");
    buf_free(&found);
}

static void the_oldest_expire(void **state)
{
    struct shelf_test *t = test_of(state);
    add(t, "old", NOW - 10 * DAY);
    add(t, "fault", NOW - 9 * DAY);
    add(t, "waits", NOW - 8 * DAY);
    add(t, "made", NOW - 7 * DAY);
    add(t, "new", NOW);
    finish(t, "old", "done", 100);
    finish(t, "fault", "failed", 0);
    finish(t, "made", "part", 50);
    finish(t, "new", "done", 200);
    assert_expired(t, INT64_MIN, INT64_MAX, "");
    assert_expired(t, NOW - 7 * DAY, INT64_MAX, "old fault ");
    assert_expired(t, NOW - 7 * DAY + 1, INT64_MAX, "old fault made ");
    assert_expired(t, INT64_MIN, 350, "");
    assert_expired(t, INT64_MIN, 349, "old ");
    assert_expired(t, INT64_MIN, 249, "old fault made ");
    assert_expired(t, INT64_MIN, 1, "old fault made "); /* the newest one stays */
    /* A clock that is set back lets nothing expire too early. */
    assert_expired(t, NOW - 400 * DAY, INT64_MAX, "");
    add(t, "tomorrow", NOW + 300 * DAY);
    finish(t, "tomorrow", "done", 1);
    assert_expired(t, NOW - 7 * DAY, INT64_MAX, "old fault ");
}

static void what_was_removed_comes_back_only_when_it_is_sent(void **state)
{
    struct shelf_test *t = test_of(state);
    struct buf found = BUF_INIT;
    add(t, "a", NOW - 10 * DAY);
    finish(t, "a", "done", 100);
    assert_true(t->driver->remove(t->shelf, "a"));
    assert_expired(t, NOW, INT64_MAX, "");
    assert_false(add(t, "a", NOW)); /* as a feed does */
    assert_queue(t, "");
    assert_true(t->driver->revive(t->shelf, "a", NOW));
    assert_queue(t, "a ");
    finish(t, "a", "done", 100);
    assert_expired(t, NOW, INT64_MAX, ""); /* it counts from when it was sent again */
    assert_expired(t, NOW + 1, INT64_MAX, "a ");
    buf_free(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_queue_does_not_follow_the_clock, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_could_not_be_written_waits_at_the_end, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(of_the_same_second_the_last_comes_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_oldest_expire, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_removed_comes_back_only_when_it_is_sent, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
