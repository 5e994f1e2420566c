/* docbao setup: makes docbao known to other programs of this user. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/replacement.h"
#include "base/user_paths.h"
#include "cli/cli.h"
#include "cli/complain.h"
#include "cli/module_trial.h"
#include "cli/speechd_conf.h"

#define MODULE "sd_docbao"
#define SYSTEM_CONF "/etc/speech-dispatcher/speechd.conf"

/* Where all of it is. */
struct places {
    struct buf program; /* our module, as it is installed */
    struct buf data;    /* the user's data folder: speech-dispatcher looks for modules beside it */
    struct buf link;    /* the module, where speech-dispatcher looks for it */
    struct buf conf;    /* the user's speechd.conf */
    struct buf copy;    /* of it, as it was before */
    bool made, changed; /* `conf`, by this run */
};

/* ---- places ---- */

/* Looks for the program in the folder of this one, and where a package may put it. */
static bool find_module(struct buf *out)
{
    static const char *const folders[] = {"", "../libexec/docbao/", "../lib/docbao/",
                                          "../lib/speech-dispatcher-modules/"};
    struct buf self = BUF_INIT;
    bool found = false;
    if (file_add_link_target(&self, "/proc/self/exe"))
        buf_cut(&self, (size_t)(strrchr(self.p, '/') + 1 - self.p));
    for (size_t i = 0; i < sizeof folders / sizeof *folders && self.n && !found; i++) {
        buf_clear(out);
        buf_addf(out, "%s%s" MODULE, self.p, folders[i]);
        found = access(out->p, X_OK) == 0;
    }
    buf_free(&self);
    return found;
}

static bool is_absolute(const char *path)
{
    return path && *path == '/';
}

/* As GLib has it, which speech-dispatcher uses. */
static void add_folder(struct buf *out, const char *variable, const char *home, const char *in_home)
{
    const char *folder = getenv(variable);
    if (is_absolute(folder))
        buf_adds(out, folder);
    else
        buf_addf(out, "%s/%s", home, in_home);
}

static bool find_places(struct places *p)
{
    const char *home = getenv("HOME");
    *p = (struct places){BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, false, false};
    if (!is_absolute(home)) {
        complain("there is no home folder (HOME is not set)");
        return false;
    }
    add_folder(&p->data, "XDG_DATA_HOME", home, ".local/share");
    buf_addf(&p->link, "%s/../libexec/speech-dispatcher-modules/" MODULE, p->data.p);
    add_folder(&p->conf, "XDG_CONFIG_HOME", home, ".config");
    buf_adds(&p->conf, "/speech-dispatcher/speechd.conf");
    buf_addf(&p->copy, "%s.before-docbao", p->conf.p);
    return true;
}

static void free_places(struct places *p)
{
    struct buf *bufs[] = {&p->program, &p->data, &p->link, &p->conf, &p->copy};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_free(bufs[i]);
}

/* Whether a program of that name is in a folder of PATH. */
static bool is_in_path(const char *name)
{
    struct sv rest = sv_of(getenv("PATH"));
    bool found = false;
    while (rest.p && !found) {
        struct buf path = BUF_INIT;
        struct sv folder = sv_cut(&rest, ':');
        buf_addf(&path, "%.*s/%s", SV_ARG(folder), name);
        found = folder.n && access(path.p, X_OK) == 0;
        buf_free(&path);
    }
    return found;
}

/* ---- the module ---- */

/* Whether the link is one of ours: it may lead to a docbao that is gone. */
static bool is_our_link(const char *path)
{
    struct buf target = BUF_INIT;
    bool ours = file_add_link_target(&target, path) && sv_ends(buf_sv(&target), SV("/" MODULE));
    buf_free(&target);
    return ours;
}

static bool is_there(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

static int cannot_write(const char *path)
{
    complain("%s cannot be written: %s", path, file_fault(errno));
    return EXIT_NOTHING;
}

/* Without the data folder, speech-dispatcher does not look beside it. */
static int link_module(const struct places *p)
{
    struct buf in_data = BUF_INIT;
    buf_addf(&in_data, "%s/.", p->data.p);
    file_make_folders(in_data.p);
    buf_free(&in_data);
    file_make_folders(p->link.p);
    if (is_our_link(p->link.p))
        unlink(p->link.p);
    if (is_there(p->link.p)) {
        complain("%s is there already, and is not a link of docbao's; move it away first",
                 p->link.p);
        return EXIT_NOTHING;
    }
    return symlink(p->program.p, p->link.p) == 0 ? EXIT_DONE : cannot_write(p->link.p);
}

/* Removes the folder that the file is in, and `more` above that, as far as they are empty. */
static void remove_empty_folders(const struct buf *file, unsigned more)
{
    struct buf folder = BUF_INIT;
    buf_add_sv(&folder, buf_sv(file));
    do
        buf_cut(&folder, (size_t)(strrchr(folder.p, '/') - folder.p));
    while (rmdir(folder.p) == 0 && more--);
    buf_free(&folder);
}

/* Removes the link, and the folders that hold nothing else: libexec, and that of the data, which
 * setup makes where there is none. */
static int unlink_module(const struct places *p)
{
    struct buf in_data = BUF_INIT;
    if (!is_our_link(p->link.p))
        return EXIT_DONE;
    if (unlink(p->link.p) != 0)
        return cannot_write(p->link.p);
    remove_empty_folders(&p->link, 1);
    buf_addf(&in_data, "%s/.", p->data.p);
    remove_empty_folders(&in_data, 1);
    buf_free(&in_data);
    return EXIT_DONE;
}

/* ---- speechd.conf ---- */

/* Gives the user's file the lines that it needs (speechd_conf.h); where there is none, but the
 * machine's needs lines, it is made from that. A file is copied before it is changed for the first
 * time. */
static int name_module(struct places *p)
{
    struct buf own = BUF_INIT, machine = BUF_INIT, changed = BUF_INIT;
    bool has_own = file_read(p->conf.p, &own);
    bool has_machine = !has_own && file_read(SYSTEM_CONF, &machine);
    const struct buf *conf = has_own ? &own : &machine;
    int code = EXIT_DONE;
    if (has_own || has_machine)
        speechd_conf_with(buf_sv(conf), &changed);
    if (!sv_eq(buf_sv(&changed), buf_sv(conf))) {
        file_make_folders(p->conf.p);
        bool copied = !has_own || is_there(p->copy.p) || file_replace(p->copy.p, buf_sv(&own));
        if (!copied || !file_replace(p->conf.p, buf_sv(&changed)))
            code = cannot_write(p->conf.p);
        p->changed = !code;
        p->made = p->changed && !has_own;
    }
    buf_free(&own);
    buf_free(&machine);
    buf_free(&changed);
    return code;
}

static bool holds_exactly(const char *path, struct sv bytes)
{
    struct buf there = BUF_INIT;
    bool same = file_read(path, &there) && sv_eq(buf_sv(&there), bytes);
    buf_free(&there);
    return same;
}

/* The copy goes when the file is again what it was; a file that was only the machine's goes too. */
static int unname_module(const struct places *p)
{
    struct buf own = BUF_INIT, without = BUF_INIT;
    int code = EXIT_DONE;
    if (file_read(p->conf.p, &own)) {
        speechd_conf_without(buf_sv(&own), &without);
        bool changed = !sv_eq(buf_sv(&own), buf_sv(&without));
        bool is_machines =
            changed && !is_there(p->copy.p) && holds_exactly(SYSTEM_CONF, buf_sv(&without));
        if (is_machines ? unlink(p->conf.p) != 0
                        : changed && !file_replace(p->conf.p, buf_sv(&without)))
            code = cannot_write(p->conf.p);
        if (!code && changed && holds_exactly(p->copy.p, buf_sv(&without)))
            unlink(p->copy.p);
        if (!code && changed)
            remove_empty_folders(&p->conf, 1);
    }
    buf_free(&own);
    buf_free(&without);
    return code;
}

/* ---- the verb ---- */

static int try_module(const struct places *p)
{
    struct buf why = BUF_INIT;
    bool sounds = module_trial(p->link.p, &why);
    if (!sounds && why.n)
        complain("the module does not speak: %s", why.p);
    else if (!sounds)
        complain("the module does not speak: %s gave no sound", p->link.p);
    buf_free(&why);
    return sounds ? EXIT_DONE : EXIT_USAGE;
}

static void tell(struct cli *c, const char *line)
{
    out_message(&c->out, "%s", line);
}

/* One sentence a line, because screen readers go by lines. */
static void tell_what_was_done(struct cli *c, const struct places *p)
{
    tell(c, _("docbao is set up for screen readers. It has made sound of a test text without a "
              "fault; you will hear the voice after the steps that follow."));
    if (p->made)
        out_message(&c->out,
                    "%s was made from the file of the machine, so that punctuation reaches docbao.",
                    p->conf.p);
    else if (p->changed)
        out_message(&c->out, "Lines were added to %s; as it was, it is kept as %s.", p->conf.p,
                    p->copy.p);
    if (!is_in_path("orca"))
        tell(c, _("The screen reader Orca is not installed; install the package orca."));
}

static void tell_what_to_choose(struct cli *c)
{
    static const char *const lines[] = {
        N_("1. Log out and in again: speech-dispatcher looks for docbao when it starts."),
        N_("2. In Orca, open the preferences with Insert+Space, or with Caps Lock+Space if Orca's "
           "keyboard layout is that of laptops."),
        N_("3. On the page Voice, choose Speech system: Speech Dispatcher; Speech synthesizer: "
           "docbao; Language: vi; Person: bac-nam, or another voice. Then choose OK."),
        N_("To hear it without Orca, after step 1: spd-say -o docbao -l vi \"Xin chào\""),
        N_("docbao setup screen-reader --remove takes all of this away."),
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        tell(c, _(lines[i]));
}

static int set_up(struct cli *c, struct places *p)
{
    if (!is_in_path("speech-dispatcher")) {
        complain("speech-dispatcher is not installed, and screen readers speak through it; install "
                 "the package speech-dispatcher, then run this again");
        return EXIT_USAGE;
    }
    if (!find_module(&p->program)) {
        complain("sd_docbao is not installed beside docbao; build it, or install the package that "
                 "holds it");
        return EXIT_USAGE;
    }
    int code = link_module(p);
    if (!code)
        code = name_module(p);
    if (!code)
        code = try_module(p);
    if (!code) {
        tell_what_was_done(c, p);
        tell_what_to_choose(c);
    }
    return code;
}

static int take_away(struct cli *c, const struct places *p)
{
    int code = unname_module(p);
    if (!code)
        code = unlink_module(p);
    if (!code)
        tell(c, _("docbao is no longer set up for screen readers. When you have logged out and in "
                  "again, Orca speaks with the usual synthesizer of speech-dispatcher, unless you "
                  "choose another in its preferences."));
    return code;
}

int verb_setup(struct cli *c)
{
    struct places p;
    if (c->options->file_count != 1 || strcmp(c->options->files[0], "screen-reader") != 0)
        return usage_error("docbao setup knows screen-reader");
    if (!find_places(&p))
        return EXIT_USAGE;
    int code = c->options->remove ? take_away(c, &p) : set_up(c, &p);
    free_places(&p);
    return code;
}
