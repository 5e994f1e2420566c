/* Executes a listener's commands, however they arrived. */
#include "cli/listen.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/message.h"
#include "cli/goal.h"
#include "cli/statusline.h"

enum { SPEED_LEAST = 50, SPEED_MOST = 400, VOLUME_MOST = 100 };

static const char nothing_there[] = N_("there is nothing further that way");
static const char nothing_heard[] = N_("nothing is heard yet");

static const uint64_t minute_ns = 60ull * 1000 * 1000 * 1000;

static int32_t within(int32_t value, int32_t least, int32_t most)
{
    return value < least ? least : value > most ? most : value;
}

/* ---- playing, places ---- */

static const char *set_playing(struct listen *l, bool play)
{
    docbao_player_do(l->player, play ? DOCBAO_PLAY : DOCBAO_PAUSE, 0);
    return NULL;
}

static const char *toggle(struct listen *l)
{
    return set_playing(l, docbao_player_status(l->player).paused_while_away);
}

static const char *move(struct listen *l, enum docbao_command command, int32_t number)
{
    bool moved = docbao_player_do(l->player, command, number);
    l->sought = l->sought || moved;
    return moved ? NULL : _(nothing_there);
}

/* To a sentence that is then read, also out of a pause. */
static const char *read_from(struct listen *l, enum docbao_command command, int32_t number)
{
    const char *why = move(l, command, number);
    if (!why)
        set_playing(l, true);
    return why;
}

static const char *go_to_end(struct listen *l, bool last)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    if (!s.article)
        return _(nothing_heard);
    uint32_t sentences = docbao_head_of(s.article).sentences;
    return move(l, DOCBAO_GO, last ? (int32_t)sentences - 1 : 0);
}

static const char *seek(struct listen *l, int32_t seconds)
{
    enum { MOST_SECONDS = INT32_MAX / 1000 };
    return move(l, DOCBAO_SEEK, within(seconds, -MOST_SECONDS, MOST_SECONDS) * 1000);
}

/* ---- searching ---- */

/* The next place where the last search text stands, or the one before. */
static const char *find(struct listen *l, bool back)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    uint32_t sentence, token;
    if (!s.article)
        return _(nothing_heard);
    if (!l->search)
        return _("nothing was searched for yet: / searches");
    bool found = back ? docbao_find_back(s.article, l->search, s.sentence, &sentence, &token)
                      : docbao_find(s.article, l->search, s.sentence + 1, &sentence, &token);
    if (!found)
        return _("that does not stand in this article");
    if (sentence == s.sentence)
        listen_tell(l, "it stands nowhere else in this article");
    else if (!back && sentence < s.sentence)
        listen_tell(l, "searched on from the start of the article");
    else if (back && sentence > s.sentence)
        listen_tell(l, "searched on from the end of the article");
    return read_from(l, DOCBAO_GO, (int32_t)sentence);
}

static const char *search(struct listen *l, const char *wanted)
{
    if (*wanted) {
        free(l->search);
        l->search = mem_copy(sv_of(wanted));
    }
    return find(l, false);
}

/* ---- speed, volume, voice ---- */

static const char *set_speed(struct listen *l, int32_t percent)
{
    percent = within(percent, SPEED_LEAST, SPEED_MOST);
    l->chose_speed = true;
    docbao_player_do(l->player, DOCBAO_SPEED, percent);
    listen_tell(l, "speed %u %%", docbao_player_status(l->player).speed_percent);
    return NULL;
}

static const char *set_volume(struct listen *l, int32_t percent)
{
    percent = within(percent, 0, VOLUME_MOST);
    l->chose_volume = true;
    docbao_player_do(l->player, DOCBAO_VOLUME, percent);
    listen_tell(l, "volume %u %%", docbao_player_status(l->player).volume_percent);
    return NULL;
}

/* The next voice that works; the present one where there is no other. */
static char *next_voice(struct listen *l)
{
    struct docbao *d = l->cli->docbao;
    char *now = mem_copy(sv_of(docbao_player_status(l->player).voice));
    uint32_t count = 0, at = 0;
    if (docbao_voices(d, &count))
        return now;
    while (at < count && strcmp(docbao_voice_at(d, at).name, now) != 0)
        at++;
    bool alone = at < count && docbao_voice_at(d, at).apart;
    for (uint32_t i = 1; i <= count && !alone; i++) {
        struct docbao_voice v = docbao_voice_at(d, (at + i) % count);
        if (!v.works || (v.apart && i < count))
            continue;
        free(now);
        return mem_copy(sv_of(v.name));
    }
    return now;
}

static const char *set_voice(struct listen *l, const char *name)
{
    char *next = name ? NULL : next_voice(l);
    enum docbao_status status = docbao_player_voice(l->player, name ? name : next);
    free(next);
    if (status)
        return docbao_last_error(l->cli->docbao)->message;
    if (l->ui->reread)
        l->ui->reread(l->shown);
    listen_tell(l, "voice %s", docbao_player_status(l->player).voice);
    return NULL;
}

/* ---- the sleep timer ---- */

static const char *set_sleep(struct listen *l, int32_t minutes)
{
    if (minutes < 0)
        return _("minutes are 0 or more");
    l->sleep_ns = minutes ? listen_now_ns() + (uint64_t)minutes * minute_ns : 0;
    if (minutes)
        listen_tell(l, "sleep timer: pause in %d minutes", (int)minutes);
    else
        listen_tell(l, "sleep timer off");
    return NULL;
}

/* 15, 30, 60 minutes, off. */
static int32_t next_sleep(const struct listen *l)
{
    uint32_t left = listen_status(l).sleep_minutes;
    return !left ? 15 : left <= 15 ? 30 : left <= 30 ? 60 : 0;
}

/* ---- readings ---- */

static const char *explain(struct listen *l)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    if (!s.article)
        return _(nothing_heard);
    char *text = explain_sentence_page(s.article, s.sentence);
    listen_page(l, _("How this sentence is read"), text);
    free(text);
    return NULL;
}

static const char *show_keys(struct listen *l)
{
    char *text = explain_keys_page();
    listen_page(l, _("Keys"), text);
    free(text);
    return NULL;
}

static const char *correct(struct listen *l, const char *written, const char *spoken)
{
    struct cli *c = l->cli;
    if (c->options->no_lexicon)
        return _("--no-lexicon was given, so that readings are not kept");
    if (!c->lexicon)
        return _("there is no folder for a lexicon: HOME is not set");
    user_make_folder();
    if (docbao_lexicon_add(c->docbao, c->lexicon, written, spoken, ""))
        return docbao_last_error(c->docbao)->message;
    docbao_player_reread(l->player);
    if (l->ui->reread)
        l->ui->reread(l->shown);
    listen_tell(l, "%s is now read: %s", written, spoken);
    return NULL;
}

/* Asks for what the word that is heard is to be written and read like. */
static const char *ask_written(struct listen *l)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    char *word = NULL;
    if (s.article && s.token != DOCBAO_NO_TOKEN) {
        struct docbao_text written = docbao_token_at(s.article, s.token).written;
        word = mem_copy((struct sv){written.p, written.n});
    }
    listen_ask(l, ASKING_WRITTEN, _("Correct the reading of:"), word);
    free(word);
    return NULL;
}

/* Returns its present reading in the article; NULL: it is no token of the present sentence. */
static char *present_reading(struct listen *l, const char *written)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    if (!s.article)
        return NULL;
    struct docbao_sentence sentence = docbao_sentence_at(s.article, s.sentence);
    for (uint32_t i = 0; i < sentence.tokens; i++) {
        struct docbao_token t = docbao_token_at(s.article, sentence.token0 + i);
        if (t.written.n != strlen(written) || memcmp(t.written.p, written, t.written.n) != 0)
            continue;
        struct docbao_text spoken = cli_without_pause(t.spoken);
        return mem_copy((struct sv){spoken.p, spoken.n});
    }
    return NULL;
}

/* ---- answers ---- */

static const char *go_to(struct listen *l, const char *answer)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    uint32_t sentence;
    if (!s.article)
        return _(nothing_heard);
    if (!goal_find(s.article, answer, s.speed_percent, &sentence))
        return _("give the number of a sentence, a share as in 50%, or a time as in 3:20");
    if (sentence >= docbao_head_of(s.article).sentences)
        return _("this article has no sentence of that number");
    return read_from(l, DOCBAO_GO, (int32_t)sentence);
}

static void ask_spoken(struct listen *l, const char *written)
{
    char *reading = present_reading(l, written);
    free(l->question.written);
    l->question.written = mem_copy(sv_of(written));
    listen_ask(l, ASKING_SPOKEN, _("Read it as:"), reading);
    free(reading);
}

/* A row that changes nothing would only be in the way of the rules. */
static const char *correct_as_answered(struct listen *l, const char *spoken)
{
    const char *written = l->question.written;
    char *reading = present_reading(l, written);
    bool same = reading && strcmp(reading, spoken) == 0;
    free(reading);
    if (!same)
        return correct(l, written, spoken);
    listen_tell(l, "%s is read so already; nothing has changed", written);
    return NULL;
}

static const char *choose_number(struct listen *l, const char *answer)
{
    char *end;
    unsigned long number = strtoul(answer, &end, 10);
    bool good = *answer >= '0' && *answer <= '9' && !*end && number && number <= UINT32_MAX;
    return good ? listen_choose(l, (uint32_t)(number - 1))
                : _("give the number of an article of the list");
}

bool listen_answered(struct listen *l, enum asking asking, const char *answer)
{
    const char *why = NULL;
    if (!*answer && !(asking == ASKING_SEARCH && l->search)) {
        listen_say(l, "cancelled");
        return true;
    }
    switch (asking) {
    case ASKING_SEARCH:
        why = search(l, answer);
        break;
    case ASKING_SENTENCE:
        why = go_to(l, answer);
        break;
    case ASKING_ARTICLE:
        why = choose_number(l, answer);
        break;
    case ASKING_WRITTEN:
        ask_spoken(l, answer);
        break;
    case ASKING_SPOKEN:
        why = correct_as_answered(l, answer);
        break;
    case ASKING_NOTHING:
        break;
    }
    if (why)
        listen_tell(l, "%s", why);
    return !why;
}

/* ---- commands ---- */

static const char *ask(struct listen *l, enum asking asking, const char *words)
{
    if (l->terminal.fd < 0 || !l->ui->ask)
        return _("its value is missing");
    if (asking == ASKING_WRITTEN)
        return ask_written(l);
    listen_ask(l, asking, words, NULL);
    return NULL;
}

static const char *ask_goal(struct listen *l)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    if (!s.article)
        return _(nothing_heard);
    struct buf words = BUF_INIT;
    buf_add_message(&words, "Go to sentence (1 to %u, now %u), 50%%, or 3:20:",
                    docbao_head_of(s.article).sentences, s.sentence + 1);
    const char *why = ask(l, ASKING_SENTENCE, words.p);
    buf_free(&words);
    return why;
}

/* The place, for those who do not see the screen. */
static const char *tell_place(struct listen *l)
{
    struct ui_status s = listen_status(l);
    if (!s.player.article)
        return _(nothing_heard);
    char *times = status_times(&s), *words = status_words(&s, false, UINT_MAX);
    listen_tell(l, "sentence %u of %u, %s, %s", s.player.sentence + 1,
                docbao_head_of(s.player.article).sentences, times, words);
    free(times);
    free(words);
    return NULL;
}

static const char *change_sound(struct listen *l, const struct request *r)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    int32_t speed = (int32_t)s.speed_percent;
    switch (r->command) {
    case COMMAND_faster:
        return set_speed(l, speed + within(r->number, -SPEED_MOST, SPEED_MOST));
    case COMMAND_twice:
        return set_speed(l, r->number < 0 ? speed / 2 : r->number ? speed * 2 : speed);
    case COMMAND_speed:
        return set_speed(l, r->number);
    case COMMAND_louder:
        return set_volume(l,
                          (int32_t)s.volume_percent + within(r->number, -VOLUME_MOST, VOLUME_MOST));
    case COMMAND_volume:
        return set_volume(l, r->number);
    default:
        return set_voice(l, r->given ? r->text : NULL);
    }
}

/* Numbers of articles are from 1. */
static const char *queue(struct listen *l, const struct request *r)
{
    if (!r->given)
        return listen_list(l);
    return r->number < 1 ? _("there is no article of that number")
                         : listen_choose(l, (uint32_t)r->number - 1);
}

static const char *change_place(struct listen *l, const struct request *r)
{
    if (r->command == COMMAND_queue)
        return queue(l, r);
    playlist_entered(l->list); /* a choice that is on its way is withdrawn */
    switch (r->command) {
    case COMMAND_sentence:
        return move(l, DOCBAO_SENTENCE, r->number);
    case COMMAND_paragraph:
        return move(l, DOCBAO_PARAGRAPH, r->number);
    case COMMAND_part:
        return move(l, DOCBAO_PART, r->number);
    case COMMAND_article:
        return listen_move_by_articles(l, r->number) ? NULL : _(nothing_there);
    case COMMAND_repeat:
        return read_from(l, DOCBAO_SENTENCE, 0);
    case COMMAND_seek:
        return seek(l, r->number);
    case COMMAND_first:
    case COMMAND_last:
        return go_to_end(l, r->command == COMMAND_last);
    case COMMAND_found:
        return find(l, r->number < 0);
    case COMMAND_search:
        return r->given ? search(l, r->text) : ask(l, ASKING_SEARCH, _("Search:"));
    default:
        return r->given ? read_from(l, DOCBAO_GO, r->number) : ask_goal(l);
    }
}

static const char *end(struct listen *l, bool remember)
{
    l->done = true;
    l->remember = remember;
    return NULL;
}

static const char *do_command(struct listen *l, const struct request *r)
{
    switch (r->command) {
    case COMMAND_toggle:
        return toggle(l);
    case COMMAND_play:
    case COMMAND_pause:
        return set_playing(l, r->command == COMMAND_play);
    case COMMAND_faster:
    case COMMAND_twice:
    case COMMAND_speed:
    case COMMAND_louder:
    case COMMAND_volume:
    case COMMAND_voice:
        return change_sound(l, r);
    case COMMAND_sleep:
        return set_sleep(l, r->given ? r->number : next_sleep(l));
    case COMMAND_where:
        return tell_place(l);
    case COMMAND_explain:
        return explain(l);
    case COMMAND_correct:
        if (r->given && !r->spoken)
            return _("the reading is missing");
        return r->given ? correct(l, r->text, r->spoken) : ask(l, ASKING_WRITTEN, NULL);
    case COMMAND_help:
        return show_keys(l);
    case COMMAND_quit:
    case COMMAND_remember:
        return end(l, r->command == COMMAND_remember);
    case COMMAND_status:
    case COMMAND_COUNT:
        return NULL;
    default:
        return change_place(l, r);
    }
}

const char *listen_do(void *listen, const struct request *request)
{
    struct listen *l = listen;
    const char *why = do_command(l, request);
    l->status = listen_status(l);
    return why;
}
