/* How a saved file shall be: the profile, and the options that change it. */
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "cli/cli.h"

static bool take_decimal(const char *option, const char *text, int least, int most, double *value)
{
    double number;
    if (decimal_parse(text, &number) && number >= least && number <= most) {
        *value = number;
        return true;
    }
    usage_error("--%s takes a number from %d to %d, not “%s”", option, least, most, text);
    return false;
}

static bool take_loudness(const char *text, struct docbao_output *out)
{
    out->has_loudness = strcmp(text, "none") != 0;
    if (!out->has_loudness) {
        out->has_peak = false;
        return true;
    }
    bool good =
        take_decimal("loudness", text, DOCBAO_LOUDNESS_LEAST, DOCBAO_LOUDNESS_MOST, &out->loudness);
    out->loudness_stereo = out->loudness;
    return good;
}

static bool take_peak(const char *text, struct docbao_output *out)
{
    out->has_peak = true;
    return take_decimal("peak", text, DOCBAO_PEAK_LEAST, DOCBAO_PEAK_MOST, &out->peak);
}

/* The ending of a name is what was asked for last: its format, then, without the bit rate that was
 * meant for the other. */
static void settle_format(struct cli *c, const char *target, struct docbao_output *out)
{
    const char *format = docbao_format_of(target, NULL);
    if (!format || !out->format || strcmp(format, out->format) == 0)
        return;
    if (!c->options->quiet)
        cli_message(c,
                    "“%s” is saved as %s, as its ending says, not as %s, as the profile “%s” says.",
                    target, format, out->format, c->options->profile);
    out->bitrate = 0;
    out->variable_bitrate = false;
}

static bool take_options(const struct options *o, struct docbao_output *out)
{
    if (o->sample_rate)
        out->sample_rate = (uint32_t)o->sample_rate;
    if (o->channels)
        out->channels = (uint32_t)o->channels;
    if (o->bitrate) {
        out->bitrate = (uint32_t)o->bitrate;
        out->variable_bitrate = false;
    }
    out->rdxml |= o->rdxml;
    return (!o->loudness || take_loudness(o->loudness, out)) &&
           (!o->peak || take_peak(o->peak, out));
}

int cli_output(struct cli *c, const char *target, struct docbao_output *out)
{
    const struct options *o = c->options;
    char *own = user_folder("profiles");
    *out = (struct docbao_output){0};
    enum docbao_status status =
        o->profile ? docbao_profile(c->docbao, o->profile, own, out) : DOCBAO_OK;
    free(own);
    if (status) {
        cli_tell_error(c);
        return EXIT_USAGE;
    }
    settle_format(c, target, out);
    if (o->bitrate && !docbao_has_bitrate(docbao_format_of(target, out)))
        return usage_error("--bitrate is for .ogg, .opus, .mp3, .m4a and .m4b");
    return take_options(o, out) ? EXIT_DONE : EXIT_USAGE;
}
