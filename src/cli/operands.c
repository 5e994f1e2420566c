#include "cli/operands.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/message.h"
#include "base/system_text.h"
#include "cli/folder.h"

enum { LISTS_MOST = 16 /* one inside another */ };

struct walk {
    struct operands *operands;
    struct cli *cli;
    const char *lists[LISTS_MOST]; /* that are being read, one inside another */
    unsigned depth;
    uint32_t left_out; /* files of a folder */
    char *example;     /* the name of the first of them; or NULL */
};

static void add(struct walk *w, struct sv name)
{
    *vec_push(&w->operands->names) = mem_copy(name);
}

static void walk_operand(struct walk *w, const char *name);

/* ---- folders ---- */

static void leave_out(struct walk *w, const char *name)
{
    if (!w->left_out++)
        w->example = mem_copy(sv_of(name));
}

static bool walk_folder(struct walk *w, struct buf *path);

static bool walk_entry(struct walk *w, struct buf *path, const char *name)
{
    struct stat info, own;
    if (lstat(path->p, &own) != 0 || stat(path->p, &info) != 0)
        return true; /* it went meanwhile, or is a link to nothing */
    if (S_ISDIR(own.st_mode))
        return walk_folder(w, path);
    if (S_ISREG(info.st_mode) && folder_is_document(sv_of(name)))
        add(w, buf_sv(path));
    else
        leave_out(w, name);
    return true;
}

/* False: a folder cannot be read, and that was said. */
static bool walk_folder(struct walk *w, struct buf *path)
{
    struct folder_names names = {NULL, 0, 0};
    size_t length = path->n;
    bool good = folder_list(path->p, &names);
    if (!good)
        cli_message(w->cli, "The folder “%s” cannot be read: %s.", path->p, system_error(errno));
    for (size_t i = 0; i < names.n; i++) {
        buf_addf(path, "/%s", names.at[i]);
        good &= walk_entry(w, path, names.at[i]);
        buf_cut(path, length);
        free(names.at[i]);
    }
    vec_free(&names);
    return good;
}

static void tell_left_out(struct walk *w, const char *folder)
{
    if (w->left_out && !w->cli->options->quiet)
        cli_message(w->cli,
                    message_plural("%s: %u file is left out, whose name is not that of an article: "
                                   "%s",
                                   "%s: %u files are left out, whose names are not those of "
                                   "articles, such as %s",
                                   w->left_out),
                    folder, w->left_out, w->example);
    free(w->example);
    w->example = NULL;
    w->left_out = 0;
}

static void add_folder(struct walk *w, const char *folder)
{
    struct buf path = BUF_INIT;
    size_t before = w->operands->names.n;
    buf_adds(&path, folder);
    while (path.n > 1 && path.p[path.n - 1] == '/')
        buf_cut(&path, path.n - 1);
    bool good = walk_folder(w, &path);
    if (good && w->operands->names.n == before) {
        cli_message(w->cli,
                    "%s: there is no article in this folder (.txt, .html, .md, .docx, .epub, .pdf)",
                    folder);
        good = false;
    }
    w->cli->failed += !good;
    tell_left_out(w, folder);
    buf_free(&path);
}

/* ---- playlists ---- */

static bool is_list(struct sv name)
{
    return ascii_ends(name, SV(".m3u")) || ascii_ends(name, SV(".m3u8"));
}

static bool is_url(struct sv name)
{
    return ascii_starts(name, SV("http://")) || ascii_starts(name, SV("https://"));
}

/* Players write file:///b%C3%A0i.txt. */
static void add_path_of_url(struct buf *out, struct sv url)
{
    for (size_t i = 0; i < url.n; i++) {
        int high = url.p[i] == '%' && i + 2 < url.n ? ascii_hex_value(url.p[i + 1]) : -1;
        int low = high >= 0 ? ascii_hex_value(url.p[i + 2]) : -1;
        bool escaped = low >= 0 && (high || low);
        buf_putc(out, escaped ? (char)(high * 16 + low) : url.p[i]);
        i += escaped ? 2 : 0;
    }
}

/* A path is one from the folder of the list on. */
static void add_line(struct walk *w, const char *list, struct sv line)
{
    static const struct sv file_url = SV("file://");
    struct buf path = BUF_INIT;
    const char *slash = strrchr(list, '/');
    if (ascii_starts(line, file_url)) {
        add_path_of_url(&path, sv_from(line, file_url.n));
    } else {
        if (!is_url(line) && line.p[0] != '/' && slash)
            buf_add(&path, list, (size_t)(slash + 1 - list));
        buf_add_sv(&path, line);
    }
    walk_operand(w, path.p);
    buf_free(&path);
}

static void read_list(struct walk *w, const char *list, struct sv text)
{
    static const struct sv mark = {"\xEF\xBB\xBF", 3}; /* some editors begin a file with it */
    size_t before = w->operands->names.n;
    int failed = w->cli->failed;
    if (sv_starts(text, mark))
        text = sv_from(text, mark.n);
    while (text.n) {
        struct sv line = sv_trim(sv_cut(&text, '\n'));
        if (line.n && line.p[0] != '#' && !memchr(line.p, '\0', line.n))
            add_line(w, list, line);
    }
    if (w->operands->names.n > before || w->cli->failed > failed)
        return;
    cli_message(w->cli, "%s: this list names no file", list);
    w->cli->failed++;
}

static bool is_being_read(const struct walk *w, const char *list)
{
    for (unsigned i = 0; i < w->depth; i++)
        if (file_is_same(w->lists[i], list))
            return true;
    return false;
}

static void add_list(struct walk *w, const char *list)
{
    struct buf text = BUF_INIT;
    if (w->depth == LISTS_MOST || is_being_read(w, list)) {
        cli_message(w->cli, "%s: this list stands inside itself, and is left out there", list);
        w->cli->failed++;
        return;
    }
    w->lists[w->depth++] = list;
    if (file_read(list, &text)) {
        read_list(w, list, buf_sv(&text));
    } else {
        cli_message(w->cli, "%s: the list cannot be read: %s", list, system_error(errno));
        w->cli->failed++;
    }
    w->depth--;
    buf_free(&text);
}

/* ---- the whole ---- */

static void walk_operand(struct walk *w, const char *name)
{
    struct stat info;
    bool there = !is_url(sv_of(name)) && stat(name, &info) == 0;
    if (there && S_ISDIR(info.st_mode))
        add_folder(w, name);
    else if (there && S_ISREG(info.st_mode) && is_list(sv_of(name)))
        add_list(w, name);
    else
        add(w, sv_of(name));
}

void operands_expand(struct operands *operands, struct cli *c, struct options *options)
{
    struct walk w = {.operands = operands, .cli = c};
    for (int i = 0; i < options->file_count; i++) {
        size_t before = operands->names.n;
        walk_operand(&w, options->files[i]);
        bool itself = operands->names.n == before + 1 &&
                      strcmp(operands->names.at[before], options->files[i]) == 0;
        options->many = options->many || !itself;
    }
    options->many = options->many || options->file_count > 1;
    options->files = operands->names.at;
    options->file_count = (int)operands->names.n;
}

void operands_free(struct operands *operands)
{
    for (size_t i = 0; i < operands->names.n; i++)
        free(operands->names.at[i]);
    vec_free(&operands->names);
}
