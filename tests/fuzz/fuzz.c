/*
 * The program that holds all targets, for libFuzzer or replay.c.
 *
 *   fuzz_NAME --seeds FOLDER    writes the inputs that the target NAME begins with
 */
#include "fuzz/fuzz.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#define TARGET(name) extern const struct fuzz_target fuzz_##name;
#include "targets.def"
#undef TARGET

static const struct {
    const char *name;
    const struct fuzz_target *target;
} targets[] = {
#define TARGET(name) {#name, &fuzz_##name},
#include "targets.def"
#undef TARGET
};

/* Set once, before the first input. */
static const struct fuzz_target *chosen;

const struct fuzz_target *fuzz_choose(const char *program)
{
    const char *slash = strrchr(program, '/');
    struct sv name = sv_of(slash ? slash + 1 : program);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        if (sv_starts(name, SV("fuzz_")) && sv_is(sv_sub(name, 5, name.n - 5), targets[i].name))
            return targets[i].target;
    fprintf(stderr, "%s is called by the name of a target:\n", program);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        fprintf(stderr, "  fuzz_%s\n", targets[i].name);
    exit(1);
}

/* ---- seeds ---- */

void seed_bytes(const struct seeds *seeds, unsigned choices, struct sv bytes)
{
    struct buf input = BUF_INIT;
    buf_putc(&input, (char)choices);
    buf_add_sv(&input, bytes);
    seeds->take(seeds->user, buf_sv(&input));
    buf_free(&input);
}

void seed_text(const struct seeds *seeds, unsigned choices, const char *text)
{
    seed_bytes(seeds, choices, sv_of(text));
}

void fuzz_read_file(const char *path, struct buf *out)
{
    char block[16384];
    size_t n;
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        buf_add(out, block, n);
    fclose(f);
}

void seed_files(const struct seeds *seeds, const char *choices, size_t count, const char *pattern)
{
    struct buf path = BUF_INIT, bytes = BUF_INIT;
    glob_t found;
    buf_addf(&path, "%s/%s", DOCBAO_SOURCE, pattern);
    if (glob(path.p, 0, NULL, &found) != 0) {
        fprintf(stderr, "%s: there is no such file\n", path.p);
        exit(1);
    }
    for (size_t i = 0; i < found.gl_pathc; i++) {
        buf_clear(&bytes);
        fuzz_read_file(found.gl_pathv[i], &bytes);
        seed_bytes(seeds, (unsigned char)choices[i % count], buf_sv(&bytes));
    }
    globfree(&found);
    buf_free(&path);
    buf_free(&bytes);
}

struct seed_folder {
    const char *path;
    unsigned count;
};

static void write_seed(void *user, struct sv input)
{
    struct seed_folder *folder = user;
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/seed-%03u", folder->path, folder->count++);
    FILE *f = fopen(path.p, "wb");
    bool done = f && fwrite(input.p, 1, input.n, f) == input.n;
    if (!f || fclose(f) != 0 || !done) {
        fprintf(stderr, "%s: cannot be written\n", path.p);
        exit(1);
    }
    buf_free(&path);
}

/* ---- the interface of libFuzzer ---- */

unsigned fuzz_choices(struct sv *input)
{
    if (!input->n)
        return 0;
    unsigned choices = (unsigned char)input->p[0];
    *input = sv_sub(*input, 1, input->n - 1);
    return choices;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    chosen = fuzz_choose((*argv)[0]);
    if (*argc == 3 && strcmp((*argv)[1], "--seeds") == 0) {
        struct seed_folder folder = {(*argv)[2], 0};
        chosen->add_seeds(&(struct seeds){write_seed, &folder});
        exit(0);
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    chosen->run((struct sv){(const char *)data, size});
    return 0;
}
