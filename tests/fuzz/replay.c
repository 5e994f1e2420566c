/*
 * Stands in for libFuzzer where there is none: gives files to a fuzz target, once each.
 *
 *   fuzz_frontend_replay FILE...           inputs as the fuzzer saves them
 *   fuzz_frontend_replay --text FILE...    documents: read with several choices of options
 */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_file(struct buf *out, const char *path)
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

int main(int argc, char **argv)
{
    static const char choices[] = {0, 1, 4, 13, 16, 17}; /* see frontend.c */
    bool text = argc > 1 && strcmp(argv[1], "--text") == 0;
    for (int i = text ? 2 : 1; i < argc; i++) {
        struct buf input = BUF_INIT;
        if (text)
            buf_putc(&input, choices[0]);
        read_file(&input, argv[i]);
        for (size_t k = 0; k < (text ? sizeof choices : 1); k++) {
            fprintf(stderr, "%s\n", argv[i]);
            if (text)
                input.p[0] = choices[k];
            LLVMFuzzerTestOneInput((const uint8_t *)input.p, input.n);
        }
        buf_free(&input);
    }
    return 0;
}
