#include "session/playback.h"

#include "session/chime.h"
#include "session/outlet.h"
#include "session/places.h"
#include "session/takes.h"

enum {
    MS_PER_SECOND = 1000,
    /* Handed on at once: a change is heard that much later at most where the sink waits for it. */
    BLOCK_FRAMES = 512,
    /* How much audio is taken from the pool before it is wanted. */
    AHEAD_SECONDS = 3,
    /* A step hands on no more than this, so that a sink without any pace leaves room for keys. */
    STEP_SECONDS = 2,
    /* An article that is not there yet is asked for again so often. */
    ASK_MS = 50,
    POOL_MS = 500,
};

enum mark_kind { MARK_SENTENCE, MARK_WORD, MARK_END };

/* Something that begins to be heard with frame `at` since the last cut. */
struct mark {
    uint64_t at;
    enum mark_kind kind;
    uint32_t take; /* its id */
    uint32_t word; /* MARK_WORD: which of follow.due */
};

/* Where a line of takes starts to be heard. */
struct entry {
    uint32_t word;  /* of the first take, by number */
    uint32_t token; /* or the first word of this token; FOLLOW_NO_TOKEN: by number */
    bool again;     /* the client knows this sentence already */
};

/* What is handed on next. */
struct cursor {
    size_t take;   /* in the line */
    bool begun;    /* its lead has been worked out */
    uint64_t lead; /* frames of silence and chime before it that are left */
    bool entered;  /* `frame` and `word` are set, and its first mark is */
    size_t frame;  /* of the take's audio */
    size_t word;   /* the next whose mark is to be set */
};

struct playback {
    struct pool *pool;
    struct outlet outlet;
    struct takes takes;
    const struct playback_client *client;
    VEC(int16_t) chime; /* empty: none */
    bool has_chime;
    bool paused, finished;
    bool behind; /* on the way to what is behind the last sentence of `here` */
    bool more;   /* the last step left something to do */
    struct entry entry;
    struct cursor out;
    VEC(struct mark) marks;
    size_t mark; /* the first not yet heard */

    struct spot here;
    bool known;          /* `heard_take` is the take of `here` */
    uint32_t heard_take; /* its id */
    uint32_t heard_word; /* of it, by number */
    bool heard_whole;    /* to its end */
    const struct article *told_article;
    enum playing told;

    uint64_t asked_ns; /* a command waits for its first changed block since then; 0: none does */
    uint32_t answers;
    uint64_t answer_most_ns, answer_sum_ns;
};

/* ---- opening and closing ---- */

enum status playback_open(struct playback **out, const struct playback_options *options,
                          struct err *e)
{
    *out = NULL;
    struct playback *p = mem_zalloc(sizeof *p);
    p->outlet.driver = options->sink;
    p->outlet.target = options->target;
    p->outlet.impatient = options->impatient;
    p->outlet.volume = 100;
    p->has_chime = options->chime;
    p->here.token = FOLLOW_NO_TOKEN;
    p->entry.token = FOLLOW_NO_TOKEN;
    struct pool_options pool = {options->jobs, options->deadline_ms};
    enum status status = pool_start(&p->pool, options->engine, options->settings, &pool, e);
    if (status) {
        free(p);
        return status;
    }
    *out = p;
    return STATUS_OK;
}

void playback_begin(struct playback *p, const struct rules *rules,
                    const struct playback_client *client)
{
    p->client = client;
    takes_init(&p->takes, p->pool, rules,
               &(struct takes_source){client->neighbour, client->start, client->user});
}

void playback_close(struct playback *p)
{
    if (!p)
        return;
    struct err e = ERR_INIT;
    if (p->finished && p->outlet.state)
        p->outlet.driver->finish(p->outlet.state, &e);
    outlet_close(&p->outlet);
    err_free(&e);
    if (p->client)
        takes_free(&p->takes);
    pool_stop(p->pool);
    vec_free(&p->chime);
    vec_free(&p->marks);
    free(p);
}

/* ---- what is heard ---- */

static struct take *take_of(const struct playback *p, uint32_t id, size_t *index)
{
    for (size_t i = 0; i < p->takes.line.n; i++) {
        if (p->takes.line.at[i]->id == id) {
            *index = i;
            return p->takes.line.at[i];
        }
    }
    return NULL;
}

/* What came before the take is over. */
static void drop_before(struct playback *p, size_t index)
{
    takes_drop(&p->takes, index);
    p->out.take -= index;
}

static void tell_sentence(struct playback *p, struct article *a, uint32_t sentence, bool again)
{
    const struct playback_client *c = p->client;
    if (p->told_article != a) {
        p->told_article = a;
        if (c->article)
            c->article(c->user, a);
    }
    if (!again && c->sentence)
        c->sentence(c->user, a, sentence);
}

/* Who moves in a pause wants to see where to. */
static void tell_in_pause(struct playback *p)
{
    if (!p->paused || p->known || p->behind || p->entry.again || !p->here.article)
        return;
    p->entry.again = true;
    tell_sentence(p, p->here.article, p->here.sentence, false);
}

static void hear_sentence(struct playback *p, struct take *take, size_t index)
{
    bool again = index == 0 && p->entry.again;
    drop_before(p, index);
    p->here = (struct spot){take->article, take->sentence, FOLLOW_NO_TOKEN};
    p->known = true;
    p->behind = false;
    takes_heard(&p->takes, take->article);
    p->heard_take = take->id;
    p->heard_word = 0;
    p->heard_whole = false;
    p->entry = (struct entry){0, FOLLOW_NO_TOKEN, false};
    tell_sentence(p, take->article, take->sentence, again);
}

static void hear_word(struct playback *p, const struct take *take, uint32_t word)
{
    const struct playback_client *c = p->client;
    uint32_t token = take->follow.due.at[word].token;
    bool new = token != p->here.token || token == FOLLOW_NO_TOKEN;
    p->heard_word = word;
    p->here.token = token;
    if (new && c->word)
        c->word(c->user, take->article, take->sentence, token);
}

static void hear_end(struct playback *p, const struct take *take)
{
    const struct playback_client *c = p->client;
    struct article *a = take->article;
    bool last = take->sentence + 1 == a->sentences.n;
    p->heard_whole = true;
    /* Only now it is known: an engine may fail in the midst of a sentence. */
    if (take->lost.n && c->lost)
        c->lost(c->user, a, take->sentence, take->lost.p);
    if (last && c->heard)
        c->heard(c->user, a);
}

/* Tells what has begun to be heard. The client may ask for something else meanwhile, and then
 * there are no marks any more. */
static void hear(struct playback *p)
{
    tell_in_pause(p);
    while (p->mark < p->marks.n && p->marks.at[p->mark].at <= p->outlet.heard) {
        struct mark mark = p->marks.at[p->mark++];
        size_t index;
        struct take *take = take_of(p, mark.take, &index);
        if (!take)
            continue;
        if (mark.kind == MARK_SENTENCE)
            hear_sentence(p, take, index);
        else if (mark.kind == MARK_WORD)
            hear_word(p, take, mark.word);
        else
            hear_end(p, take);
    }
    if (p->mark == p->marks.n)
        p->mark = p->marks.n = 0;
}

/* ---- what is handed on ---- */

static void set_mark(struct playback *p, uint64_t at, enum mark_kind kind, const struct take *take,
                     size_t word)
{
    *vec_push(&p->marks) = (struct mark){at, kind, take->id, (uint32_t)word};
}

/* The silence that one sentence leaves before the next, and between two articles the chime. */
static uint64_t lead_of(struct playback *p, size_t index)
{
    const struct takes *t = &p->takes;
    if (!index)
        return 0;
    const struct take *before = t->line.at[index - 1], *take = t->line.at[index];
    uint64_t frames = 0;
    /* Without sound there is nothing to pause behind. */
    if (before->pcm.n)
        frames = (uint64_t)before->article->sentences.at[before->sentence].pause_ms *
                 p->outlet.rate / MS_PER_SECOND;
    return frames + (before->article != take->article ? p->chime.n : 0);
}

/* Where in the first take sound begins; false: not known yet. */
static bool find_entry(const struct playback *p, const struct take *take, size_t *word)
{
    const struct follow *f = &take->follow;
    *word = p->out.take ? 0 : p->entry.word;
    if (!p->out.take && p->entry.token != FOLLOW_NO_TOKEN)
        for (*word = 0; *word < f->due.n; ++*word)
            if (f->due.at[*word].token != FOLLOW_NO_TOKEN &&
                f->due.at[*word].token >= p->entry.token)
                break;
    bool by_token = !p->out.take && p->entry.token != FOLLOW_NO_TOKEN;
    if (*word < f->due.n || (!*word && !by_token))
        return true;
    *word = 0;
    return take->complete;
}

/* The take begins to be handed on, at its start or at the word where it was left. */
static bool enter(struct playback *p, const struct take *take)
{
    size_t word;
    if (!find_entry(p, take, &word))
        return false;
    p->out.entered = true;
    p->out.word = word;
    p->out.frame = word ? take->follow.due.at[word].frame : 0;
    if (p->out.frame > take->pcm.n) {
        p->out.entered = take->complete; /* the audio in front of the word is still to come */
        p->out.frame = take->pcm.n;
        if (!take->complete)
            return false;
    }
    set_mark(p, p->outlet.written, MARK_SENTENCE, take, 0);
    return true;
}

/* The words whose audio is handed on next get their marks. */
static void mark_words(struct playback *p, const struct take *take, size_t frames)
{
    const struct follow *f = &take->follow;
    for (; p->out.word < f->due.n; p->out.word++) {
        size_t frame = f->due.at[p->out.word].frame;
        if (frame >= p->out.frame + frames)
            return;
        uint64_t from = frame > p->out.frame ? frame - p->out.frame : 0;
        set_mark(p, p->outlet.written + from, MARK_WORD, take, p->out.word);
    }
}

static void note_answer(struct playback *p)
{
    if (!p->asked_ns)
        return;
    uint64_t took = outlet_now_ns() - p->asked_ns;
    p->asked_ns = 0;
    p->answers++;
    p->answer_sum_ns += took;
    if (took > p->answer_most_ns)
        p->answer_most_ns = took;
}

static void rewind_to_word(struct playback *p);

static enum status hand_on(struct playback *p, const int16_t *pcm, uint32_t frames, struct err *e)
{
    enum outlet_news news;
    enum status status = outlet_write(&p->outlet, pcm, frames, &news, e);
    if (status)
        return status;
    if (news == OUTLET_LOST)
        rewind_to_word(p);
    else
        note_answer(p);
    return STATUS_OK;
}

/* The silence, then the chime: the lead ends with it. */
static enum status write_lead(struct playback *p, uint32_t room, struct err *e)
{
    static const int16_t silence[BLOCK_FRAMES];
    const struct takes *t = &p->takes;
    bool chimes = t->line.at[p->out.take]->article != t->line.at[p->out.take - 1]->article;
    uint64_t chime = chimes ? p->chime.n : 0;
    bool silent = p->out.lead > chime;
    uint64_t left = silent ? p->out.lead - chime : p->out.lead;
    uint32_t frames = left < room ? (uint32_t)left : room;
    p->out.lead -= frames;
    const int16_t *pcm = silent ? silence : p->chime.at + (p->chime.n - p->out.lead - frames);
    return hand_on(p, pcm, frames, e);
}

static enum status write_body(struct playback *p, const struct take *take, uint32_t room,
                              struct err *e)
{
    size_t left = take->pcm.n - p->out.frame;
    uint32_t frames = left < room ? (uint32_t)left : room;
    const int16_t *pcm = take->pcm.at + p->out.frame;
    mark_words(p, take, frames);
    p->out.frame += frames;
    return hand_on(p, pcm, frames, e);
}

static void leave(struct playback *p, const struct take *take)
{
    for (; p->out.word < take->follow.due.n; p->out.word++)
        set_mark(p, p->outlet.written, MARK_WORD, take, p->out.word);
    set_mark(p, p->outlet.written, MARK_END, take, 0);
    p->out = (struct cursor){.take = p->out.take + 1};
}

/* Hands on one block, or steps over what has no sound; *done tells whether there was something. */
static enum status push(struct playback *p, bool *done, struct err *e)
{
    struct takes *t = &p->takes;
    uint32_t room = outlet_room(&p->outlet);
    *done = false;
    if (p->paused || !room || p->out.take >= t->line.n)
        return STATUS_OK;
    if (room > BLOCK_FRAMES)
        room = BLOCK_FRAMES;
    const struct take *take = t->line.at[p->out.take];
    if (!p->out.begun) {
        p->out.lead = lead_of(p, p->out.take);
        p->out.begun = true;
    }
    *done = true;
    if (p->out.lead)
        return write_lead(p, room, e);
    if (!p->out.entered && !enter(p, take)) {
        *done = false;
        return STATUS_OK;
    }
    if (p->out.frame < take->pcm.n)
        return write_body(p, take, room, e);
    *done = take->complete;
    if (take->complete)
        leave(p, take);
    return STATUS_OK;
}

/* ---- going back ---- */

/* What was handed on and not heard is gone: the next block will be the word that was heard, or what
 * is behind it where its sentence was heard whole. */
static void rewind_to_word(struct playback *p)
{
    size_t index = 0;
    p->marks.n = p->mark = 0;
    p->out = (struct cursor){.take = 0, .begun = true};
    if (!p->known || !take_of(p, p->heard_take, &index))
        return;
    if (p->heard_whole) {
        /* Who asks for sound does not want to wait for the rest of a silence. */
        p->out = (struct cursor){.take = index + 1, .begun = true};
        return;
    }
    p->out.take = index;
    drop_before(p, index);
    p->entry = (struct entry){p->heard_word, FOLLOW_NO_TOKEN, true};
}

static void cut(struct playback *p)
{
    outlet_cut(&p->outlet);
    rewind_to_word(p);
}

/* Drops all and begins anew. */
static void go(struct playback *p, struct article *a, uint32_t sentence, struct entry entry)
{
    outlet_cut(&p->outlet);
    p->marks.n = p->mark = 0;
    p->known = p->finished = false;
    p->behind = sentence >= a->sentences.n;
    takes_from(&p->takes, a, sentence);
    p->entry = entry;
    p->out = (struct cursor){.take = 0, .begun = true};
}

static void ask(struct playback *p)
{
    if (!p->paused && !p->outlet.away)
        p->asked_ns = outlet_now_ns();
}

/* ---- a step ---- */

static uint64_t buffered(const struct playback *p)
{
    uint64_t frames = 0;
    for (size_t i = p->out.take; i < p->takes.line.n; i++)
        frames += p->takes.line.at[i]->pcm.n - (i == p->out.take ? p->out.frame : 0);
    return frames;
}

static bool wants_audio(const struct playback *p)
{
    if (!takes_outstanding(&p->takes))
        return false;
    /* The entry may lie anywhere in the first sentence. */
    bool inside = p->entry.word || p->entry.token != FOLLOW_NO_TOKEN;
    if (inside && !p->out.take && !p->out.entered && p->takes.line.n < 2)
        return true;
    return buffered(p) < (uint64_t)AHEAD_SECONDS * p->outlet.rate;
}

static enum status pull(struct playback *p, bool *done, struct err *e)
{
    *done = false;
    while (wants_audio(p)) {
        bool got;
        enum status status = takes_pull(&p->takes, &got, e);
        if (status || !got)
            return status;
        *done = true;
    }
    return STATUS_OK;
}

/* The engine must have started, for its rate; the first sentences are with it already. */
static enum status start(struct playback *p, struct err *e)
{
    uint32_t rate;
    takes_feed(&p->takes);
    if (!p->takes.article) /* not there yet, or there is none */
        return p->takes.waits ? STATUS_OK : err_set(e, STATUS_INPUT, "There is nothing to speak.");
    enum status status = pool_rate(p->pool, &rate, e);
    if (status)
        return status;
    p->takes.rate = rate;
    if (p->has_chime) {
        vec_reserve(&p->chime, chime_frames(rate));
        p->chime.n = chime_frames(rate);
        chime_make(rate, p->chime.at);
    }
    return outlet_open(&p->outlet, rate, e);
}

static bool all_handed_on(const struct playback *p)
{
    return p->takes.ended && !takes_outstanding(&p->takes) && p->out.take >= p->takes.line.n;
}

static enum status judge(const struct playback *p, struct err *e)
{
    if (!p->takes.next_id)
        return err_set(e, STATUS_INPUT, "There is nothing to speak.");
    if (p->takes.lost && p->takes.lost == p->takes.begun)
        return err_set(e, STATUS_INPUT,
                       "The engine could not speak a single sentence; check the voice with "
                       "“docbao voices”, or choose another with --voice NAME.");
    return STATUS_OK;
}

static enum status move_audio(struct playback *p, struct err *e)
{
    uint64_t most = p->outlet.frames + (uint64_t)STEP_SECONDS * p->outlet.rate;
    uint64_t before = p->outlet.frames;
    bool pulled = true, pushed = true;
    while ((pulled || pushed) && p->outlet.frames < most) {
        enum status status = pull(p, &pulled, e);
        if (!status)
            status = push(p, &pushed, e);
        if (status)
            return status;
        takes_feed(&p->takes);
    }
    /* A sink without any pace has let it be heard already. */
    p->more = pulled || pushed || p->outlet.frames > before;
    return STATUS_OK;
}

static void tell_changes(struct playback *p)
{
    enum playing now = playback_state(p);
    if (now == p->told)
        return;
    p->told = now;
    if (p->client->changed)
        p->client->changed(p->client->user);
}

static enum status work(struct playback *p, struct err *e)
{
    enum outlet_news news;
    if (!p->outlet.rate) {
        enum status status = start(p, e);
        if (status || !p->outlet.rate)
            return status;
    }
    enum status status = outlet_look(&p->outlet, &news, e);
    if (status)
        return status;
    if (news == OUTLET_LOST)
        rewind_to_word(p);
    hear(p);
    takes_feed(&p->takes);
    if (p->takes.waits)
        p->asked_ns = 0; /* it is not the player that is waited for */
    status = move_audio(p, e);
    if (status || !all_handed_on(p))
        return status;
    if (p->outlet.heard < p->outlet.written || p->mark < p->marks.n || p->outlet.away)
        return STATUS_OK;
    p->finished = true;
    return judge(p, e);
}

enum status playback_step(struct playback *p, struct err *e)
{
    enum status status = work(p, e);
    if (!status)
        tell_changes(p);
    return status;
}

uint32_t playback_descriptors(struct playback *p, struct pollfd *fds, int *timeout_ms)
{
    uint32_t n = 0;
    int wait = p->finished ? -1 : p->more ? 0 : POOL_MS;
    if (p->takes.waits && wait > ASK_MS)
        wait = ASK_MS;
    if (p->outlet.rate) {
        int fd = outlet_descriptor(&p->outlet, &wait);
        if (fd >= 0)
            fds[n++] = (struct pollfd){.fd = fd, .events = POLLIN};
    } else {
        wait = p->takes.waits ? ASK_MS : 0;
    }
    if (wants_audio(p))
        n += pool_descriptors(p->pool, fds + n);
    if (wait >= 0 && (*timeout_ms < 0 || *timeout_ms > wait))
        *timeout_ms = wait;
    return n;
}

/* ---- what is asked for ---- */

bool playback_pause(struct playback *p)
{
    if (p->paused)
        return false;
    ask(p);
    p->paused = true;
    if (p->outlet.rate)
        cut(p);
    note_answer(p);
    return true;
}

bool playback_resume(struct playback *p)
{
    if (!p->paused)
        return false;
    p->paused = false;
    ask(p);
    return true;
}

void playback_go(struct playback *p, struct article *a, uint32_t sentence)
{
    ask(p);
    go(p, a, sentence, (struct entry){0, FOLLOW_NO_TOKEN, false});
    if (sentence < a->sentences.n)
        p->here = (struct spot){a, sentence, FOLLOW_NO_TOKEN};
}

/* Before anything was heard the listener is where it will begin. */
static void find_here(struct playback *p)
{
    if (!p->here.article && p->takes.fed.n)
        p->here =
            (struct spot){p->takes.fed.at[0].article, p->takes.fed.at[0].sentence, FOLLOW_NO_TOKEN};
}

/* Begins anew behind a sentence that was heard to its end. */
static void go_behind(struct playback *p, struct article *a, uint32_t sentence)
{
    if (sentence + 1 < a->sentences.n)
        p->here = (struct spot){a, sentence + 1, FOLLOW_NO_TOKEN};
    go(p, a, sentence + 1, (struct entry){0, FOLLOW_NO_TOKEN, false});
}

/* Begins anew at the word that is heard. */
static void go_on_here(struct playback *p, struct entry heard)
{
    struct spot at = p->here;
    if (!at.article)
        return;
    if ((p->known && p->heard_whole) || p->behind)
        go_behind(p, at.article, at.sentence);
    else
        go(p, at.article, at.sentence, p->known ? heard : p->entry);
}

void playback_adjust(struct playback *p, const struct synth_settings *settings)
{
    ask(p);
    pool_adjust(p->pool, settings);
    find_here(p);
    go_on_here(p, (struct entry){p->heard_word, FOLLOW_NO_TOKEN, true});
}

void playback_reread(struct playback *p, void (*reread)(void *user, struct article *a), void *user,
                     bool whole)
{
    find_here(p);
    struct spot at = p->here;
    struct article *a = at.article;
    uint32_t offset = 0;
    bool over = ((p->known && p->heard_whole) || p->behind) && !whole;
    bool again = !whole && (p->known || p->entry.again);
    if (!p->known && p->entry.token != FOLLOW_NO_TOKEN)
        at.token = p->entry.token; /* where it was on the way to */
    ask(p);
    if (a) {
        bool token = !whole && at.token != FOLLOW_NO_TOKEN;
        offset = token ? a->tokens.at[at.token].text.off : a->sentences.at[at.sentence].text.off;
    }
    if (a)
        go(p, a, at.sentence, (struct entry){0, FOLLOW_NO_TOKEN, false});
    for (size_t i = 0; i < p->takes.known.n; i++)
        reread(user, p->takes.known.at[i].article);
    if (!a || !a->sentences.n)
        return;
    uint32_t sentence = place_of_offset(a, offset);
    if (over) {
        go_behind(p, a, sentence);
        return;
    }
    struct entry entry = {0, FOLLOW_NO_TOKEN, again};
    const struct sentence *s = &a->sentences.at[sentence];
    for (uint32_t i = 0; !whole && i < s->ntok; i++)
        if (a->tokens.at[s->tok0 + i].text.off <= offset)
            entry.token = s->tok0 + i;
    p->here = (struct spot){a, sentence, FOLLOW_NO_TOKEN};
    go(p, a, sentence, entry);
}

void playback_volume(struct playback *p, uint32_t percent)
{
    outlet_volume(&p->outlet, percent);
    ask(p);
}

/* ---- what is told ---- */

enum playing playback_state(const struct playback *p)
{
    if (p->outlet.away)
        return PLAYBACK_AWAY;
    if (p->finished)
        return PLAYBACK_ENDED;
    if (p->paused)
        return PLAYBACK_PAUSED;
    bool waits = p->takes.waits && !takes_outstanding(&p->takes) && p->out.take >= p->takes.line.n;
    return waits ? PLAYBACK_FETCHING : PLAYBACK_PLAYING;
}

bool playback_paused(const struct playback *p)
{
    return p->paused;
}

struct spot playback_spot(const struct playback *p)
{
    return p->here;
}

uint32_t playback_inside_ms(const struct playback *p)
{
    size_t index;
    const struct take *take = p->known ? take_of(p, p->heard_take, &index) : NULL;
    if (!take || !take->pcm.n)
        return 0;
    size_t frame = p->heard_whole                       ? take->pcm.n
                   : p->heard_word < take->follow.due.n ? take->follow.due.at[p->heard_word].frame
                                                        : 0;
    return (uint32_t)((uint64_t)frame * MS_PER_SECOND / p->outlet.rate);
}

const char *playback_trouble(const struct playback *p)
{
    return p->outlet.rate && p->outlet.away ? p->outlet.trouble.p : "";
}

void playback_stats(const struct playback *p, struct playback_stats *stats)
{
    *stats = (struct playback_stats){
        .first_block_ns = p->outlet.first_ns,
        .frames = p->outlet.frames,
        .rate = p->outlet.rate,
        .sentences = p->takes.begun,
        .lost = p->takes.lost,
        .underruns = outlet_underruns(&p->outlet),
        .answers = p->answers,
        .answer_most_ns = p->answer_most_ns,
        .answer_sum_ns = p->answer_sum_ns,
    };
}
