/* Brings a bulletin to the length that its recipe wants. */
#include "docbao/bulletin.h"

#include <math.h>

#include "base/message.h"

/* Between these, pauses that are all longer or shorter do not sound hurried or forgotten. */
static const double pauses_least = 0.7, pauses_most = 1.6;
/* Where nothing else is allowed, or is enough. */
static const double pauses_limit = 2.5;
/* The speed may change by a tenth. */
static const double speed_least = 0.9, speed_most = 1.1;
/* Estimates are off by some percent; what they leave out is never wanted back. */
static const double room_for_estimates = 1.25;
/* What the end may be off by. */
static const double tolerance_s = 0.5;

enum fit_by { FIT_BOTH, FIT_SENTENCES, FIT_SPEED };

struct settling {
    struct docbao_bulletin *b;
    struct fit fit;
    enum fit_by by;
    double target; /* seconds, of one round */
};

static double pauses_for(const struct settling *s, double speed)
{
    struct fit_length l = fit_length(&s->fit);
    double left = s->target - l.fixed - l.speech / speed;
    return l.pauses > 0 ? left / l.pauses : left > tolerance_s ? INFINITY : left < 0 ? -1 : 1;
}

/* "1:05" */
static void add_clock(struct buf *out, double seconds)
{
    enum { MINUTE = 60 };
    unsigned whole = (unsigned)(seconds + 0.5);
    buf_addf(out, "%u:%02u", whole / MINUTE, whole % MINUTE);
}

static enum status fail_at_fit(const struct settling *s)
{
    const struct recipe *r = &s->b->recipe;
    return recipe_error_at(r, &r->whole, RECIPE_KEY_fit, &s->b->d->err);
}

/* ---- estimates ---- */

static void estimate_lengths(struct docbao_bulletin *b)
{
    enum { MS_PER_SECOND = 1000 };
    uint32_t own = b->d->options.rate_percent ? b->d->options.rate_percent : 100;
    for (size_t i = 0; i < b->sentences.n; i++) {
        const struct bulletin_sentence *s = &b->sentences.at[i];
        const struct estimate *e = &s->article->estimate;
        if (estimate_sentences(e) < s->article->a.sentences.n && e->engine)
            api_estimate(s->article);
        double all = (double)estimate_ms(e, s->sentence, s->sentence + 1, own) / MS_PER_SECOND;
        b->fit_sentences.at[i].seconds = fmax(0, all - b->fit_sentences.at[i].pause);
    }
}

/* What hardly has a chance is not spoken. */
static void choose_roughly(struct settling *s)
{
    estimate_lengths(s->b);
    if (s->by != FIT_SPEED)
        fit_choose(&s->fit, s->target * room_for_estimates);
}

/* ---- speed ---- */

/* The speed at which the pauses would be as they are times `pauses`; 0: there is none. */
static double speed_for(const struct settling *s, double pauses)
{
    struct fit_length l = fit_length(&s->fit);
    double left = s->target - l.fixed - l.pauses * pauses;
    return left > 0 ? l.speech / left : 0;
}

static bool may_speak_so(double speed)
{
    return speed >= speed_least && speed <= speed_most;
}

/* The speed nearest to the usual one at which the pauses can do the rest; the less near it is, the
 * more they do. 0: there is none. */
static double nearest_speed(const struct settling *s)
{
    const double ways[][3] = {
        {(1 + pauses_least) / 2, pauses_least, pauses_least},
        {(1 + pauses_most) / 2, pauses_most, pauses_limit},
    };
    const double *way = ways[pauses_for(s, 1) >= pauses_least];
    for (size_t i = 0; i < sizeof ways[0] / sizeof *ways[0]; i++) {
        double speed = speed_for(s, way[i]);
        if (may_speak_so(speed))
            return speed;
    }
    return 0;
}

/* Speaks anew at the speed that is nearest to the usual one and lets the pauses do the rest.
 * *done: the length is right then. */
static enum status change_speed(struct settling *s, bool *done)
{
    double speed = nearest_speed(s);
    *done = false;
    if (!may_speak_so(speed))
        return STATUS_OK;
    uint32_t percent = (uint32_t)(speed * 100 + 0.5);
    enum status status = bulletin_speak(s->b, percent);
    double pauses = pauses_for(s, 1); /* what is measured now is of this speed */
    *done = !status && pauses > pauses_least / 2 && pauses < pauses_limit;
    if (*done)
        s->b->pauses = pauses;
    return status;
}

static enum status refuse_speed(const struct settling *s)
{
    struct buf takes = BUF_INIT;
    struct fit_length l = fit_length(&s->fit);
    add_clock(&takes, fit_seconds(l, 1, 1));
    err_set(&s->b->d->err, STATUS_USAGE,
            "At the usual speed this takes %s, and no speed within 10 percent of that makes it "
            "fit; fit_by = both may leave sentences out.",
            takes.p);
    buf_free(&takes);
    return fail_at_fit(s);
}

/* ---- sentences ---- */

static enum status refuse_length(const struct settling *s)
{
    struct buf takes = BUF_INIT;
    add_clock(&takes, fit_seconds(fit_length(&s->fit), 1, 1));
    err_set(&s->b->d->err, STATUS_USAGE,
            "This is too short: what must stay, because it has no priority, takes %s.", takes.p);
    buf_free(&takes);
    return fail_at_fit(s);
}

static bool is_article(const struct docbao_bulletin *b, size_t part)
{
    enum recipe_section section = b->parts.at[part].recipe->section;
    return section == RECIPE_article || section == RECIPE_articles;
}

static bool all_articles_went(const struct docbao_bulletin *b)
{
    bool had = false;
    for (size_t i = 0; i < b->parts.n; i++) {
        if (!is_article(b, i) || !b->fit_parts.at[i].sentences)
            continue;
        if (!b->fit_parts.at[i].left_out)
            return false;
        had = true;
    }
    return had;
}

/* What only seemed too long is taken back, and has to be spoken yet. */
static bool lacks_takes(struct settling *s)
{
    for (size_t i = 0; i < s->fit.part_count; i++) {
        const struct fit_part *part = &s->fit.parts[i];
        for (uint32_t at = part->first; at < part->first + part->sentences; at++)
            if (fit_keeps(&s->fit, part, at) && !s->b->sentences.at[at].recorded)
                return true;
    }
    return false;
}

static enum status choose(struct settling *s)
{
    if (!fit_choose(&s->fit, s->target))
        return refuse_length(s);
    return lacks_takes(s) ? bulletin_speak(s->b, s->b->percent) : STATUS_OK;
}

static enum status check_articles(const struct settling *s)
{
    if (!all_articles_went(s->b))
        return STATUS_OK;
    err_set(&s->b->d->err, STATUS_USAGE,
            "This is too short for the title and a sentence of any article, besides what must "
            "stay.");
    return fail_at_fit(s);
}

/* ---- the whole ---- */

/* The pauses alone, as far as they go; what is still missing is told. */
static void stretch(struct settling *s)
{
    struct docbao_bulletin *b = s->b;
    struct buf missing = BUF_INIT;
    double pauses = pauses_for(s, 1);
    b->pauses = fmin(pauses, pauses_limit);
    double seconds = s->target - fit_seconds(fit_length(&s->fit), b->pauses, 1);
    if (seconds <= tolerance_s)
        return;
    add_clock(&missing, seconds);
    err_set(&b->d->err, STATUS_PARTIAL,
            "The bulletin is %s too short for its time, also with longer pauses: there is too "
            "little to hear.",
            missing.p);
    bulletin_note(b, &b->recipe.whole, RECIPE_KEY_fit);
    b->partial = true;
    buf_free(&missing);
}

static bool is_right(const struct settling *s)
{
    double pauses = pauses_for(s, 1);
    return pauses >= pauses_least && pauses <= pauses_most;
}

static enum status bring_to_length(struct settling *s)
{
    bool done = is_right(s);
    enum status status = STATUS_OK;
    if (!done && s->by != FIT_SENTENCES)
        status = change_speed(s, &done);
    if (status || (done && !is_right(s)))
        return status;
    if (!done && pauses_for(s, 1) < pauses_least) {
        status = s->by == FIT_SPEED ? refuse_speed(s) : choose(s);
        if (!status && !is_right(s) && s->by == FIT_BOTH)
            status = change_speed(s, &done);
    }
    if (!status)
        status = check_articles(s);
    if (!status)
        stretch(s);
    return status;
}

/* ---- what was left out ---- */

static void tell_part(struct docbao_bulletin *b, size_t index)
{
    const struct fit_part *part = &b->fit_parts.at[index];
    const struct bulletin_part *own = &b->parts.at[index];
    struct err *e = &b->d->err;
    uint32_t gone = 0;
    for (uint32_t i = 0; i < part->sentences; i++)
        gone += b->fit_sentences.at[part->first + i].left_out;
    if (own->recipe->section == RECIPE_headlines ||
        (!part->sentences && own->sound == BULLETIN_NO_SOUND))
        return; /* it was never there, or goes with what it announces */
    if (part->left_out)
        err_set(e, STATUS_PARTIAL, "For the time: “%s” is left out.", own->title);
    else if (gone)
        err_set(e, STATUS_PARTIAL,
                message_plural("For the time: “%s” ends %u sentence early, of %u.",
                               "For the time: “%s” ends %u sentences early, of %u.", gone),
                own->title, gone, part->sentences);
    if (part->left_out || gone)
        bulletin_note(b, own->recipe, RECIPE_KEYS);
}

static void tell_left_out(struct docbao_bulletin *b)
{
    for (size_t i = 0; i < b->parts.n; i++)
        tell_part(b, i);
    if (b->percent == 100)
        return;
    err_set(&b->d->err, STATUS_PARTIAL, "For the time: all is spoken at %u percent of its speed.",
            b->percent);
    bulletin_note(b, &b->recipe.whole, RECIPE_KEY_fit);
}

double bulletin_gap(const struct docbao_bulletin *b)
{
    return recipe_number(&b->recipe.whole, RECIPE_KEY_gap, BULLETIN_GAP_S);
}

enum status bulletin_settle(struct docbao_bulletin *b)
{
    const struct recipe_part *whole = &b->recipe.whole;
    double repeat = recipe_number(whole, RECIPE_KEY_repeat, 1);
    if (!recipe_has(whole, RECIPE_KEY_fit))
        return bulletin_speak(b, 100);
    double all = whole->values[RECIPE_KEY_fit].number - (repeat - 1) * bulletin_gap(b);
    struct settling s = {
        .b = b,
        .fit = bulletin_fit(b),
        .by = (enum fit_by)recipe_number(whole, RECIPE_KEY_fit_by, FIT_BOTH),
        .target = all / repeat,
    };
    choose_roughly(&s);
    enum status status = bulletin_speak(b, 100);
    if (!status)
        status = bring_to_length(&s);
    if (!status)
        status = check_articles(&s);
    if (!status)
        tell_left_out(b);
    return status;
}
