/*
 * Stands in for libFuzzer where there is none.
 *
 *   fuzz_NAME                  gives the target NAME the inputs that it begins with
 *   fuzz_NAME FILE|FOLDER...   gives it these files, once each, or all files of a folder
 *
 * It ends with 1 if there was no input at all.
 */
#include "fuzz/fuzz.h"

#include <glob.h>
#include <stdio.h>
#include <sys/stat.h>

static void run_seed(void *user, struct sv input)
{
    unsigned *count = user;
    ++*count;
    LLVMFuzzerTestOneInput((const uint8_t *)input.p, input.n);
}

static void run_file(const char *path, unsigned *count)
{
    struct buf input = BUF_INIT;
    fprintf(stderr, "%s\n", path);
    fuzz_read_file(path, &input);
    run_seed(count, buf_sv(&input));
    buf_free(&input);
}

static void run_folder(const char *path, unsigned *count)
{
    struct buf pattern = BUF_INIT;
    glob_t found;
    buf_addf(&pattern, "%s/*", path);
    if (glob(pattern.p, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++)
            run_file(found.gl_pathv[i], count);
        globfree(&found);
    }
    buf_free(&pattern);
}

int main(int argc, char **argv)
{
    unsigned count = 0;
    struct stat info;
    LLVMFuzzerInitialize(&argc, &argv);
    if (argc == 1)
        fuzz_choose(argv[0])->add_seeds(&(struct seeds){run_seed, &count});
    for (int i = 1; i < argc; i++) {
        if (stat(argv[i], &info) == 0 && S_ISDIR(info.st_mode))
            run_folder(argv[i], &count);
        else
            run_file(argv[i], &count);
    }
    fprintf(stderr, "%u inputs\n", count);
    return count == 0;
}
