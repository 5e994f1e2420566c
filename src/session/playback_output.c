#include "session/playback_internal.h"

#include "base/clock.h"

enum {
    MS_PER_SECOND = 1000,
    /* If the output has little room, a command is heard this much later at most. */
    BLOCK_FRAMES = 512,
};

bool playback_none_left(const struct playback *p)
{
    return !feeder_is_busy(&p->feeder) && p->cursor.clip >= p->feeder.begun;
}

bool playback_all_handed_on(const struct playback *p)
{
    return p->feeder.ended && playback_none_left(p);
}

void playback_note_request(struct playback *p)
{
    if (!transport_is_paused(p->state) && !transport_is_away(p->state))
        p->asked_ns = (uint64_t)clock_now_ns();
}

void playback_note_answer(struct playback *p)
{
    if (!p->asked_ns)
        return;
    uint64_t took = (uint64_t)clock_now_ns() - p->asked_ns;
    p->asked_ns = 0;
    p->answers++;
    p->answer_sum_ns += took;
    if (took > p->answer_most_ns)
        p->answer_most_ns = took;
}

void playback_rewind(struct playback *p)
{
    size_t index;
    p->reports.n = p->next_report = 0;
    p->cursor = CURSOR_FIRST;
    bool heard = p->progress == PROGRESS_INSIDE || p->progress == PROGRESS_AFTER;
    if (!heard || !playback_clip(p, p->heard_clip, &index))
        return;
    if (p->progress == PROGRESS_AFTER) {
        /* A listener who resumes should not wait for the rest of a silence. */
        p->cursor.clip = index + 1;
        return;
    }
    feeder_drop(&p->feeder, index);
    p->entry = (struct entry){p->heard_word, DOCBAO_NO_TOKEN};
}

static enum status write_sound(struct playback *p, const int16_t *pcm, uint32_t frames,
                               struct err *e)
{
    enum live_output_change change;
    enum status status = live_output_write(&p->output, pcm, frames, &change, e);
    if (status)
        return status;
    if (change == LIVE_OUTPUT_LOST)
        playback_apply(p, TRANSPORT_LOST);
    else
        playback_note_answer(p);
    return STATUS_OK;
}

/* ---- the gap before a clip ---- */

static bool begins_article(const struct playback *p, size_t index)
{
    struct clip *const *clips = p->feeder.clips.at;
    return clips[index]->article != clips[index - 1]->article;
}

/* A sentence without sound leaves no pause. */
static uint64_t pause_frames(const struct playback *p, const struct clip *clip, bool ends_article)
{
    uint64_t ms = clip->pcm.n ? feeder_pause_ms(&p->feeder, clip, ends_article) : 0;
    return ms * p->output.rate / MS_PER_SECOND;
}

/* The pause that the sentence before leaves. Between two articles the chime follows it, or the
 * pause of an article stands there, whichever is longer. */
static uint64_t gap_before(const struct playback *p, size_t index)
{
    if (!index)
        return 0;
    const struct clip *before = p->feeder.clips.at[index - 1];
    uint64_t pause = pause_frames(p, before, false);
    if (!begins_article(p, index))
        return pause;
    uint64_t article = pause_frames(p, before, true);
    return article > pause + p->chime.n ? article : pause + p->chime.n;
}

/* The silence first; the chime ends the gap. */
static enum status write_gap(struct playback *p, uint32_t room, struct err *e)
{
    static const int16_t silence[BLOCK_FRAMES];
    uint64_t chime = begins_article(p, p->cursor.clip) ? p->chime.n : 0;
    bool silent = p->cursor.gap > chime;
    uint64_t left = silent ? p->cursor.gap - chime : p->cursor.gap;
    uint32_t frames = left < room ? (uint32_t)left : room;
    p->cursor.gap -= frames;
    const int16_t *pcm = silent ? silence : p->chime.at + (p->chime.n - p->cursor.gap - frames);
    return write_sound(p, pcm, frames, e);
}

/* ---- a clip ---- */

/* The word at which the clip is entered. False: not known yet. */
static bool find_entry(const struct playback *p, const struct clip *clip, size_t *word)
{
    struct entry entry = p->cursor.clip ? ENTRY_START : p->entry;
    *word = entry.word;
    if (entry.token != DOCBAO_NO_TOKEN)
        for (*word = 0; *word < clip->times.n; ++*word)
            if (clip->times.at[*word].token != DOCBAO_NO_TOKEN &&
                clip->times.at[*word].token >= entry.token)
                break;
    if (*word < clip->times.n || (!*word && entry.token == DOCBAO_NO_TOKEN))
        return true;
    *word = 0;
    return clip->complete;
}

/* Enters the audio of the clip. *done is false if the entry has not come yet. */
static enum status enter_clip(struct playback *p, const struct clip *clip, bool *done,
                              struct err *e)
{
    size_t word;
    *done = find_entry(p, clip, &word);
    if (!*done)
        return STATUS_OK;
    size_t frame = word ? clip->times.at[word].frame : 0;
    if (frame > clip->pcm.n) {
        frame = clip->pcm.n;
        *done = clip->complete;
        if (!*done)
            return STATUS_OK; /* the audio before the word is still to come */
    }
    p->cursor.phase = CURSOR_AUDIO;
    p->cursor.frame = frame;
    p->cursor.word = word;
    playback_add_report(p, p->output.written, REPORT_SENTENCE, clip, 0);
    return marks_sentence(&p->marks, p->output.written, clip, e);
}

static enum status announce_word(struct playback *p, const struct clip *clip, uint64_t at,
                                 struct err *e)
{
    size_t word = p->cursor.word++;
    playback_add_report(p, at, REPORT_WORD, clip, word);
    return marks_word(&p->marks, at, clip, clip->times.at[word].token, e);
}

/* Reports and marks the words that begin in the next `frames` frames. */
static enum status announce_words(struct playback *p, const struct clip *clip, size_t frames,
                                  struct err *e)
{
    size_t end = p->cursor.frame + frames;
    enum status status = STATUS_OK;
    while (!status && p->cursor.word < clip->times.n) {
        size_t frame = clip->times.at[p->cursor.word].frame;
        if (frame >= end)
            break;
        uint64_t from = frame > p->cursor.frame ? frame - p->cursor.frame : 0;
        status = announce_word(p, clip, p->output.written + from, e);
    }
    return status;
}

static enum status write_audio(struct playback *p, const struct clip *clip, uint32_t room,
                               struct err *e)
{
    size_t left = clip->pcm.n - p->cursor.frame;
    uint32_t frames = left < room ? (uint32_t)left : room;
    const int16_t *pcm = clip->pcm.at + p->cursor.frame;
    enum status status = announce_words(p, clip, frames, e);
    if (status)
        return status;
    p->cursor.frame += frames;
    return write_sound(p, pcm, frames, e);
}

/* Also words that the engine puts at the very end are reported. */
static enum status leave_clip(struct playback *p, const struct clip *clip, struct err *e)
{
    enum status status = STATUS_OK;
    while (!status && p->cursor.word < clip->times.n)
        status = announce_word(p, clip, p->output.written, e);
    playback_add_report(p, p->output.written, REPORT_END, clip, 0);
    p->cursor = (struct cursor){.clip = p->cursor.clip + 1, .phase = CURSOR_NEW};
    return status;
}

enum status playback_hand_on(struct playback *p, bool *done, struct err *e)
{
    uint32_t room = live_output_room(&p->output);
    *done = false;
    if (transport_is_paused(p->state) || !room || p->cursor.clip >= p->feeder.begun)
        return STATUS_OK;
    if (room > BLOCK_FRAMES)
        room = BLOCK_FRAMES;
    const struct clip *clip = p->feeder.clips.at[p->cursor.clip];
    *done = true;
    if (p->cursor.phase == CURSOR_NEW) {
        p->cursor.gap = gap_before(p, p->cursor.clip);
        p->cursor.phase = CURSOR_GAP;
    }
    if (p->cursor.gap)
        return write_gap(p, room, e);
    if (p->cursor.phase == CURSOR_GAP) {
        enum status status = enter_clip(p, clip, done, e);
        if (status || !*done)
            return status;
    }
    if (p->cursor.frame < clip->pcm.n)
        return write_audio(p, clip, room, e);
    *done = clip->complete;
    return clip->complete ? leave_clip(p, clip, e) : STATUS_OK;
}
