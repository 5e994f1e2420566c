/*
 * Keeps the speed and the volume that a listener chose for the next time. A file holds a line for
 * each, its name, a tab and the percent; a line that is missing or no such number means 100.
 */
#include "cli/listen.h"

#include <errno.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/replacement.h"

enum { USUAL_PERCENT = 100 };

struct levels {
    uint32_t speed, volume; /* percent */
};

static const char header[] =
    "# docbao: the speed and the volume that were chosen last while listening, in percent.\n";

/* The number of the line "NAME<TAB>NUMBER", if it is one; else what *level holds. */
static void take_line(struct sv line, const char *name, uint32_t *level)
{
    enum { MOST_PERCENT = 1000 };
    struct sv rest = line;
    if (!sv_is(sv_cut(&rest, '\t'), name) || !rest.n)
        return;
    uint32_t number = 0;
    for (size_t i = 0; i < rest.n; i++) {
        if (!ascii_is_digit(rest.p[i]) || number > MOST_PERCENT)
            return;
        number = number * 10 + (uint32_t)(rest.p[i] - '0');
    }
    if (number && number <= MOST_PERCENT)
        *level = number;
}

static struct levels recall(const struct listen *l)
{
    struct levels kept = {USUAL_PERCENT, USUAL_PERCENT};
    struct buf text = BUF_INIT;
    if (l->levels)
        file_read(l->levels, &text); /* what cannot be read says nothing */
    for (struct sv rest = buf_sv(&text); rest.n;) {
        struct sv line = sv_cut(&rest, '\n');
        take_line(line, "speed", &kept.speed);
        take_line(line, "volume", &kept.volume);
    }
    buf_free(&text);
    return kept;
}

void listen_recall_levels(const struct listen *l, struct docbao_player_options *options)
{
    struct levels kept = recall(l);
    options->volume_percent = kept.volume;
    if (!l->cli->options->rate)
        options->speed_percent = kept.speed;
}

void listen_tell_levels(struct listen *l)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    bool chosen = !l->cli->options->rate && s.speed_percent != USUAL_PERCENT;
    if (!l->ui->shows_state && (chosen || s.volume_percent != USUAL_PERCENT))
        listen_tell(l, "as last time: speed %u %%, volume %u %%; BACKSPACE: normal speed",
                    s.speed_percent, s.volume_percent);
}

/* No volume at all is a way to have silence for a while, not what anyone wants to begin with. */
static bool is_audible(uint32_t volume_percent)
{
    return volume_percent > 0;
}

static bool write_levels(const struct listen *l, struct levels levels)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%sspeed\t%u\nvolume\t%u\n", header, levels.speed, levels.volume);
    file_make_folders(l->levels);
    bool written = file_update(l->levels, buf_sv(&text));
    int why = errno;
    buf_free(&text);
    errno = why;
    return written;
}

void listen_keep_levels(struct listen *l)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    struct levels levels = recall(l);
    if (!l->levels || !(l->chose_speed || l->chose_volume))
        return;
    if (l->chose_speed)
        levels.speed = s.speed_percent;
    if (l->chose_volume && is_audible(s.volume_percent))
        levels.volume = s.volume_percent;
    if (!write_levels(l, levels))
        cli_message(l->cli,
                    "%s: the speed and the volume cannot be kept for the next time: %s; check that "
                    "its folder is yours and the disk has room",
                    l->levels, file_fault(errno));
}
