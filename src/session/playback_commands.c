#include "session/playback_internal.h"

#include "text/recall.h"

static void progress(struct playback *p, enum progress_event event)
{
    p->progress = progress_next(p->progress, event);
}

static uint32_t sentences_of(const struct article *a)
{
    return (uint32_t)a->sentences.n;
}

/* Has the sound made anew from a sentence of an article, or from what follows the article. */
static void restart_at(struct playback *p, struct article *a, uint32_t sentence, struct entry entry)
{
    p->target = (struct playback_position){a, sentence, DOCBAO_NO_TOKEN};
    p->entry = entry;
    playback_apply(p, TRANSPORT_SEEK);
}

/* Makes a sentence the present one and starts at it, or goes past the end of the article. */
static void seek(struct playback *p, struct article *a, uint32_t sentence)
{
    bool beyond = sentence >= sentences_of(a);
    if (!beyond)
        p->here = (struct playback_position){a, sentence, DOCBAO_NO_TOKEN};
    progress(p, beyond ? PROGRESS_SEEK_BEYOND : PROGRESS_SEEK);
    restart_at(p, a, sentence, ENTRY_START);
}

bool playback_pause(struct playback *p)
{
    playback_note_request(p);
    if (!playback_apply(p, TRANSPORT_PAUSE))
        return false;
    playback_note_answer(p);
    return true;
}

bool playback_resume(struct playback *p)
{
    if (!playback_apply(p, TRANSPORT_RESUME))
        return false;
    playback_update_supply(p);
    playback_note_request(p);
    return true;
}

void playback_go(struct playback *p, struct article *a, uint32_t sentence)
{
    playback_note_request(p);
    seek(p, a, sentence);
}

void playback_go_inside(struct playback *p, struct article *a, uint32_t sentence, uint32_t token)
{
    playback_note_request(p);
    p->here = (struct playback_position){a, sentence, token};
    progress(p, PROGRESS_SEEK);
    restart_at(p, a, sentence, (struct entry){0, token});
}

void playback_volume(struct playback *p, uint32_t percent)
{
    live_output_set_volume(&p->output, percent);
    playback_note_request(p);
}

/* ---- by units ---- */

/* To the article `step` after this one: to its start, or back to the start of its last `unit`. */
static bool move_to_neighbour(struct playback *p, enum navigate_unit unit, int step)
{
    struct article *a = p->here.article, *found;
    bool known = feeder_neighbour(&p->feeder, a, step, &found);
    if (!known && step > 0) {
        playback_go(p, a, sentences_of(a)); /* as soon as it is there */
        return true;
    }
    if (!known || !found || !found->sentences.n)
        return false;
    playback_go(p, found, step > 0 ? 0 : navigate_last(found, unit));
    return true;
}

bool playback_move(struct playback *p, enum navigate_unit unit, int32_t number)
{
    struct playback_position at = p->here;
    int step = number < 0 ? -1 : 1;
    if (!at.article)
        return false;
    if (unit == NAVIGATE_ARTICLE && number)
        return move_to_neighbour(p, unit, step);
    if (!number)
        navigate_by(at.article, unit, at.sentence + 1, -1, &at.sentence);
    for (int64_t left = (int64_t)step * number; left; left--)
        if (!navigate_by(at.article, unit, at.sentence, step, &at.sentence))
            return move_to_neighbour(p, unit, step);
    playback_go(p, at.article, at.sentence);
    return true;
}

/* ---- sound made anew ---- */

/* Before anything was heard the listener is where sound will begin. */
static void find_here(struct playback *p)
{
    if (p->here.article || !p->feeder.clips.n)
        return;
    const struct clip *first = p->feeder.clips.at[0];
    p->here = (struct playback_position){first->article, first->sentence, DOCBAO_NO_TOKEN};
    progress(p, PROGRESS_SEEK);
}

/* Starts anew after the sentence `here`, which was heard to its end, or after its article. */
static void restart_after(struct playback *p)
{
    struct article *a = p->here.article;
    bool beyond = p->progress == PROGRESS_BEYOND;
    seek(p, a, beyond ? sentences_of(a) : p->here.sentence + 1);
}

static bool is_over(const struct playback *p)
{
    return p->progress == PROGRESS_AFTER || p->progress == PROGRESS_BEYOND;
}

void playback_adjust(struct playback *p, const struct synth_settings *settings)
{
    playback_note_request(p);
    feeder_adjust(&p->feeder, settings);
    find_here(p);
    if (!p->here.article)
        return;
    if (is_over(p)) {
        restart_after(p);
        return;
    }
    struct entry entry =
        p->progress == PROGRESS_INSIDE ? (struct entry){p->heard_word, DOCBAO_NO_TOKEN} : p->entry;
    progress(p, PROGRESS_REMAKE);
    restart_at(p, p->here.article, p->here.sentence, entry);
}

/* The byte of the text at which sound is to go on. */
static uint32_t offset_here(const struct playback *p, bool whole)
{
    const struct article *a = p->here.article;
    uint32_t token = p->here.token;
    if (p->progress != PROGRESS_INSIDE && p->progress != PROGRESS_AFTER &&
        p->entry.token != DOCBAO_NO_TOKEN)
        token = p->entry.token; /* where it was on the way to */
    if (whole || token == DOCBAO_NO_TOKEN)
        return a->sentences.at[p->here.sentence].text.off;
    recall_sentence(a, p->here.sentence);
    return article_token(a, token)->text.off;
}

/* The last token of the sentence that begins at or before this byte. */
static uint32_t token_at_offset(const struct article *a, uint32_t sentence, uint32_t offset)
{
    const struct sentence *s = &a->sentences.at[sentence];
    uint32_t token = DOCBAO_NO_TOKEN;
    recall_sentence(a, sentence);
    for (uint32_t i = 0; i < s->ntok; i++)
        if (article_token(a, s->tok0 + i)->text.off <= offset)
            token = s->tok0 + i;
    return token;
}

/* The articles have other sentences now: finds where the listener was in them. */
static void find_place_again(struct playback *p, uint32_t offset, bool whole)
{
    struct article *a = p->here.article;
    uint32_t sentence = navigate_to_offset(a, offset);
    bool over = is_over(p) && !whole;
    p->here = (struct playback_position){a, sentence, DOCBAO_NO_TOKEN};
    if (over) {
        restart_after(p);
        return;
    }
    struct entry entry = ENTRY_START;
    if (!whole)
        entry.token = token_at_offset(a, sentence, offset);
    progress(p, whole ? PROGRESS_SEEK : PROGRESS_REMAKE);
    restart_at(p, a, sentence, entry);
}

void playback_reread(struct playback *p, void (*reread)(void *user, struct article *a), void *user,
                     bool whole)
{
    uint32_t offset = 0;
    find_here(p);
    playback_note_request(p);
    struct article *a = p->here.article;
    if (a) {
        offset = offset_here(p, whole);
        /* No clip may refer to sentences that are about to change. */
        progress(p, PROGRESS_REMAKE);
        restart_at(p, a, p->here.sentence, ENTRY_START);
    }
    for (size_t i = 0; i < p->feeder.articles.n; i++)
        reread(user, p->feeder.articles.at[i].article);
    if (a && a->sentences.n)
        find_place_again(p, offset, whole);
}
