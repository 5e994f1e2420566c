#include "session/playback_internal.h"

#include "session/chime.h"

enum {
    MS_PER_SECOND = 1000,
    /* The amount of sound that is taken from the pool before it is needed. */
    AHEAD_SECONDS = 3,
    /* One step hands on no more than this, so that a sink without a pace leaves room for keys. */
    STEP_SECONDS = 2,
    /* The time between two requests for an article that is not there yet. */
    ASK_MS = 50,
    POOL_MS = 500,
    /* Articles without a sentence in a row after which a queue that goes round has an end. */
    EMPTY_ARTICLES_MAX = 1000,
    /* Articles that are kept though nothing refers to them: a listener may soon go back, and to
     * open one again may mean to fetch it again. */
    SPARE_ARTICLES = 4,
};

/* ---- opening and closing ---- */

enum status playback_open(struct playback **out, const struct playback_options *options,
                          struct err *e)
{
    *out = NULL;
    struct playback *p = mem_zalloc(sizeof *p);
    p->output = (struct live_output){
        .driver = options->sink,
        .target = options->target,
        .impatient = options->impatient,
        .volume = options->volume_percent ? options->volume_percent : 100,
    };
    p->has_chime = options->chime;
    p->here.token = DOCBAO_NO_TOKEN;
    p->entry = ENTRY_START;
    p->cursor = CURSOR_FIRST;
    struct feeder_options feeder = {
        .engine = options->engine,
        .settings = options->settings,
        .jobs = options->jobs,
        .deadline_ms = options->deadline_ms,
    };
    enum status status = feeder_open(&p->feeder, &feeder, e);
    if (status) {
        playback_close(p);
        return status;
    }
    *out = p;
    return STATUS_OK;
}

void playback_begin(struct playback *p, const struct rules *rules,
                    const struct playback_client *client)
{
    struct feeder_source source = {
        .neighbour = client->neighbour,
        .start = client->start,
        .done = client->done,
        .user = client->user,
        .most_empty = EMPTY_ARTICLES_MAX,
    };
    p->client = client;
    feeder_begin(&p->feeder, rules, &source);
}

void playback_close(struct playback *p)
{
    if (!p)
        return;
    struct err e = ERR_INIT;
    if (transport_is_ended(p->state) && p->output.sink)
        p->output.driver->finish(p->output.sink, &e);
    live_output_close(&p->output);
    err_free(&e);
    feeder_close(&p->feeder);
    marks_free(&p->marks);
    vec_free(&p->chime);
    vec_free(&p->reports);
    free(p);
}

/* ---- the machine ---- */

/* Drops all sound and begins anew at p->target. */
static void restart(struct playback *p)
{
    live_output_cut(&p->output);
    p->reports.n = p->next_report = 0;
    p->cursor = CURSOR_FIRST;
    feeder_seek(&p->feeder, p->target.article, p->target.sentence);
}

bool playback_apply(struct playback *p, enum transport_event event)
{
    struct transport_step step = transport_next(p->state, event);
    p->state = step.next;
    switch (step.action) {
    case TRANSPORT_NOTHING:
    case TRANSPORT_GO_ON: /* the next step hands sound on, since the state is not paused */
        return true;
    case TRANSPORT_REFUSE:
        return false;
    case TRANSPORT_CUT:
        live_output_cut(&p->output);
        playback_rewind(p);
        return true;
    case TRANSPORT_RESTART:
        restart(p);
        return true;
    case TRANSPORT_REWIND:
        playback_rewind(p);
        return true;
    }
    return true;
}

void playback_update_supply(struct playback *p)
{
    bool starved = p->feeder.waiting && playback_none_left(p);
    playback_apply(p, starved ? TRANSPORT_STARVED : TRANSPORT_SUPPLIED);
}

/* ---- a step ---- */

/* The engine must have started, for its rate; it has the first sentences already. */
static enum status start(struct playback *p, struct err *e)
{
    feeder_feed(&p->feeder);
    if (!p->feeder.article)
        return p->feeder.waiting ? STATUS_OK
                                 : err_set(e, STATUS_INPUT, "There is nothing to speak.");
    enum status status = feeder_await_rate(&p->feeder, e);
    if (status)
        return status;
    uint32_t rate = p->feeder.rate;
    if (p->has_chime) {
        vec_reserve(&p->chime, chime_frames(rate));
        p->chime.n = chime_frames(rate);
        chime_make(rate, p->chime.at);
    }
    status = live_output_open(&p->output, rate, e);
    if (status)
        return status;
    static const struct sink_tags nothing_given;
    struct marks_target target = {.given = &nothing_given,
                                  .tags = live_output_tags,
                                  .mark = live_output_mark,
                                  .to = &p->output};
    marks_begin(&p->marks, p->output.driver, &target);
    return STATUS_OK;
}

static uint64_t frames_ready(const struct playback *p)
{
    uint64_t frames = 0;
    for (size_t i = p->cursor.clip; i < p->feeder.begun; i++)
        frames += p->feeder.clips.at[i]->pcm.n;
    bool inside = p->cursor.phase == CURSOR_AUDIO && p->cursor.clip < p->feeder.begun;
    return inside ? frames - p->cursor.frame : frames;
}

static bool wants_audio(const struct playback *p)
{
    if (!feeder_is_busy(&p->feeder))
        return false;
    /* The entry may be anywhere in the first sentence, however long it is. */
    bool inside = p->entry.word || p->entry.token != DOCBAO_NO_TOKEN;
    bool entered = p->cursor.clip || p->cursor.phase == CURSOR_AUDIO;
    if (inside && !entered && p->feeder.begun < 2)
        return true;
    return frames_ready(p) < (uint64_t)AHEAD_SECONDS * p->output.rate;
}

/* Takes all events that the pool has. */
static enum status pull(struct playback *p, bool *done, struct err *e)
{
    *done = false;
    while (wants_audio(p)) {
        struct feeder_event event;
        enum status status = feeder_next(&p->feeder, 0, &event, e);
        if (status || event.kind == FEEDER_NOTHING)
            return status;
        clip_add_audio(event.clip, event.pcm, event.frames);
        *done = true;
    }
    return STATUS_OK;
}

static enum status move_audio(struct playback *p, struct err *e)
{
    uint64_t before = p->output.frames;
    uint64_t most = before + (uint64_t)STEP_SECONDS * p->output.rate;
    bool pulled = true, handed_on = true;
    while ((pulled || handed_on) && p->output.frames < most) {
        enum status status = pull(p, &pulled, e);
        if (!status)
            status = playback_hand_on(p, &handed_on, e);
        if (status)
            return status;
        feeder_feed(&p->feeder);
    }
    /* A sink without a pace has played it already. */
    p->has_work = pulled || handed_on || p->output.frames > before;
    return STATUS_OK;
}

static enum status update_output(struct playback *p, struct err *e)
{
    enum live_output_change change;
    enum status status = live_output_update(&p->output, &change, e);
    if (change == LIVE_OUTPUT_LOST)
        playback_apply(p, TRANSPORT_LOST);
    else if (change == LIVE_OUTPUT_BACK)
        playback_apply(p, TRANSPORT_BACK);
    return status;
}

static enum status end(struct playback *p, struct err *e)
{
    playback_apply(p, TRANSPORT_END);
    if (!p->feeder.next_id)
        return err_set(e, STATUS_INPUT, "There is nothing to speak.");
    if (p->feeder.lost && p->feeder.lost == p->feeder.sentences)
        return err_set(e, STATUS_INPUT,
                       "The engine could not speak a single sentence; check the voice with "
                       "“docbao voices”, or choose another with --voice NAME.");
    return STATUS_OK;
}

static bool all_heard(const struct playback *p)
{
    return playback_all_handed_on(p) && p->output.heard >= p->output.written &&
           p->next_report == p->reports.n && !transport_is_away(p->state);
}

static enum status work(struct playback *p, struct err *e)
{
    enum status status = p->output.rate ? STATUS_OK : start(p, e);
    if (status || !p->output.rate)
        return status;
    status = update_output(p, e);
    if (status)
        return status;
    playback_report(p);
    feeder_feed(&p->feeder);
    if (p->feeder.waiting)
        p->asked_ns = 0; /* it waits for the article, not for the player */
    status = move_audio(p, e);
    return status || !all_heard(p) ? status : end(p, e);
}

/* Gives back the articles that the listener has left. */
static void release_articles(struct playback *p)
{
    struct feeder_held held = {{p->here.article, p->told_article}};
    feeder_release(&p->feeder, held, SPARE_ARTICLES);
}

enum status playback_step(struct playback *p, struct err *e)
{
    enum status status = work(p, e);
    if (status)
        return status;
    playback_update_supply(p);
    playback_report_state(p);
    release_articles(p);
    return STATUS_OK;
}

uint32_t playback_descriptors(struct playback *p, struct pollfd *fds, int *timeout_ms)
{
    uint32_t n = 0;
    int wait = transport_is_ended(p->state) ? -1 : p->has_work ? 0 : POOL_MS;
    if (p->feeder.waiting && wait > ASK_MS)
        wait = ASK_MS;
    if (p->output.rate) {
        int fd = live_output_descriptor(&p->output, &wait);
        if (fd >= 0)
            fds[n++] = (struct pollfd){.fd = fd, .events = POLLIN};
    } else {
        wait = p->feeder.waiting ? ASK_MS : 0;
    }
    if (wants_audio(p))
        n += feeder_descriptors(&p->feeder, fds + n);
    if (wait >= 0 && (*timeout_ms < 0 || *timeout_ms > wait))
        *timeout_ms = wait;
    return n;
}

/* ---- what is ---- */

enum docbao_playing playback_state(const struct playback *p)
{
    static const enum docbao_playing playing[TRANSPORT_STATES] = {
        [TRANSPORT_PLAYING] = DOCBAO_PLAYING,    [TRANSPORT_PAUSED] = DOCBAO_PAUSED,
        [TRANSPORT_FETCHING] = DOCBAO_FETCHING,  [TRANSPORT_AWAY] = DOCBAO_AWAY,
        [TRANSPORT_AWAY_PAUSED] = DOCBAO_AWAY,   [TRANSPORT_ENDED] = DOCBAO_ENDED,
        [TRANSPORT_ENDED_PAUSED] = DOCBAO_ENDED,
    };
    return playing[p->state];
}

bool playback_is_paused(const struct playback *p)
{
    return transport_is_paused(p->state);
}

struct playback_position playback_position(const struct playback *p)
{
    return p->here;
}

uint32_t playback_inside_ms(const struct playback *p)
{
    size_t index;
    bool heard = p->progress == PROGRESS_INSIDE || p->progress == PROGRESS_AFTER;
    const struct clip *clip = heard ? playback_clip(p, p->heard_clip, &index) : NULL;
    if (!clip || !clip->pcm.n)
        return 0;
    size_t frame = 0;
    if (p->progress == PROGRESS_AFTER)
        frame = clip->pcm.n;
    else if (p->heard_word < clip->times.n)
        frame = clip->times.at[p->heard_word].frame;
    return (uint32_t)((uint64_t)frame * MS_PER_SECOND / p->output.rate);
}

const char *playback_trouble(const struct playback *p)
{
    return transport_is_away(p->state) ? p->output.trouble.p : "";
}

void playback_stats(const struct playback *p, struct docbao_player_stats *stats)
{
    *stats = (struct docbao_player_stats){
        .first_block_ns = p->output.first_ns,
        .frames = p->output.frames,
        .rate = p->output.rate,
        .sentences = p->feeder.sentences,
        .lost = p->feeder.lost,
        .underruns = live_output_underruns(&p->output),
        .answers = p->answers,
        .answer_most_ns = p->answer_most_ns,
        .answer_sum_ns = p->answer_sum_ns,
    };
}
