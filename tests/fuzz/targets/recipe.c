/*
 * Recipes of bulletins: what is accepted has keys in their sections and values of their types, and
 * says its texts on any day; what is not has an error with a line.
 */
#include "publish/recipe.h"

#include "base/utf8.h"
#include "fuzz/check.h"
#include "fuzz/target.h"

static void check_text(const struct recipe *r, const struct recipe_part *p, const char *text)
{
    static const int32_t days[] = {-25567, 0, 20787, 47482};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct buf out = BUF_INIT;
        struct err e = ERR_INIT;
        if (recipe_add_text(r, p, text, days[i], &out, &e))
            check_error(&e);
        if (utf8_valid_prefix(buf_sv(&out)) < out.n)
            broken_promise("a text says what is not UTF-8");
        buf_free(&out);
        err_free(&e);
    }
}

static void check_part(const struct recipe *r, const struct recipe_part *p)
{
    for (unsigned key = 0; key < RECIPE_KEYS; key++) {
        const struct recipe_value *v = &p->values[key];
        if (!v->line != !v->text)
            broken_promise("a key has a line and no value, or the other way round");
        if (v->text && !*v->text)
            broken_promise("a value is empty");
    }
    if (p->line == 0 && p != &r->whole)
        broken_promise("a part has no line");
    if (recipe_number(p, RECIPE_KEY_gap, 0) < 0 || recipe_number(p, RECIPE_KEY_gap, 0) > 30 ||
        recipe_number(p, RECIPE_KEY_priority, 1) < 1 || recipe_number(p, RECIPE_KEY_fit, 1) <= 0)
        broken_promise("a number is outside its limits");
    if (recipe_has(p, RECIPE_KEY_text))
        check_text(r, p, p->values[RECIPE_KEY_text].text);
}

static void run(struct sv input)
{
    struct recipe r;
    struct err e = ERR_INIT;
    if (recipe_parse(&r, input, "fuzz.ini", &e)) {
        check_error(&e);
        err_free(&e);
        return;
    }
    if (!r.parts.n)
        broken_promise("a recipe without a part is accepted");
    check_part(&r, &r.whole);
    for (size_t i = 0; i < r.parts.n; i++)
        check_part(&r, &r.parts.at[i]);
    recipe_free(&r);
}

static void add(const struct seeds *seeds, const char *text)
{
    seeds->take(seeds->user, sv_of(text));
}

static void add_seeds(const struct seeds *seeds)
{
    add(seeds, "[bulletin]\nstation = Đài A\nfirst = 2026-01-01\nfit = 15:00\nfit_by = both\n"
               "repeat = 2\n[opening]\ntext = {station}, {weekday}, {date}, {number}\n hai\n");
    add(seeds,
        "[jingle]\nfile = docbao:nhac-hieu\nlevel = -3\n[headlines]\nbed = a.wav\nduck = -9\n"
        "[articles]\nfeed = http://x/\nnew = yes\nmost = 3\npriority = 9\n[closing]\n");
    add(seeds, "# lời\n[article]\r\nfile = b.txt\nvoices = a, b\ninterview = yes\ngap = 0.5\n");
}

const struct fuzz_target fuzz_recipe = {run, add_seeds};
