#include "session/playback_internal.h"

void playback_add_report(struct playback *p, uint64_t frame, enum report_kind kind,
                         const struct clip *clip, size_t word)
{
    *vec_push(&p->reports) = (struct report){frame, kind, clip->id, (uint32_t)word};
}

struct clip *playback_clip(const struct playback *p, uint32_t id, size_t *index)
{
    for (size_t i = 0; i < p->feeder.begun; i++) {
        if (p->feeder.clips.at[i]->id == id) {
            *index = i;
            return p->feeder.clips.at[i];
        }
    }
    return NULL;
}

static void tell_sentence(struct playback *p, bool again)
{
    const struct playback_client *c = p->client;
    struct playback_position here = p->here;
    if (p->told_article != here.article) {
        p->told_article = here.article;
        if (c->article)
            c->article(c->user, here.article);
    }
    if (!again && c->sentence)
        c->sentence(c->user, here.article, here.sentence);
}

/* If the listener moves during a pause, the new place is shown at once. */
static void tell_during_pause(struct playback *p)
{
    if (!transport_is_paused(p->state) || p->progress != PROGRESS_SOUGHT)
        return;
    p->progress = progress_next(p->progress, PROGRESS_TELL);
    tell_sentence(p, false);
}

static void hear_sentence(struct playback *p, const struct clip *clip, size_t index)
{
    /* The first clip after a cut or a restart is one that the client may know already. */
    bool again = index == 0 && (p->progress == PROGRESS_TOLD || p->progress == PROGRESS_INSIDE);
    feeder_drop(&p->feeder, index);
    p->cursor.clip -= index;
    p->here = (struct playback_position){clip->article, clip->sentence, DOCBAO_NO_TOKEN};
    p->progress = progress_next(p->progress, PROGRESS_BEGIN);
    p->heard_clip = clip->id;
    p->heard_word = 0;
    p->entry = ENTRY_START;
    feeder_heard(&p->feeder, clip->article);
    tell_sentence(p, again);
}

static void hear_word(struct playback *p, const struct clip *clip, uint32_t word)
{
    const struct playback_client *c = p->client;
    uint32_t token = clip->times.at[word].token;
    bool changed = token != p->here.token || token == DOCBAO_NO_TOKEN;
    p->heard_word = word;
    p->here.token = token;
    if (changed && c->word)
        c->word(c->user, clip->article, clip->sentence, token);
}

static void hear_end(struct playback *p, const struct clip *clip)
{
    const struct playback_client *c = p->client;
    struct article *a = clip->article;
    bool last = clip->sentence + 1 == a->sentences.n;
    p->progress = progress_next(p->progress, PROGRESS_END);
    /* Only now is it known whether the sentence is whole: an engine may fail in the middle of it.
     */
    if (clip->loss.n && c->lost)
        c->lost(c->user, a, clip->sentence, clip->loss.p);
    if (last && c->heard)
        c->heard(c->user, a);
}

void playback_report(struct playback *p)
{
    tell_during_pause(p);
    /* A command that the client gives meanwhile empties the reports. */
    while (p->next_report < p->reports.n &&
           p->reports.at[p->next_report].frame <= p->output.heard) {
        struct report report = p->reports.at[p->next_report++];
        size_t index;
        struct clip *clip = playback_clip(p, report.clip, &index);
        if (!clip)
            continue;
        if (report.kind == REPORT_SENTENCE)
            hear_sentence(p, clip, index);
        else if (report.kind == REPORT_WORD)
            hear_word(p, clip, report.word);
        else
            hear_end(p, clip);
    }
    if (p->next_report == p->reports.n)
        p->next_report = p->reports.n = 0;
}

void playback_report_state(struct playback *p)
{
    enum docbao_playing now = playback_state(p);
    if (now == p->told_state)
        return;
    p->told_state = now;
    if (p->client->changed)
        p->client->changed(p->client->user);
}
