/*
 * mkzip OUT [NAME=FILE]...: a zip archive of these files under these names, for the tests of what
 * is made of archives. `mkzip -p PASSWORD OUT ...` encrypts them.
 */
#include <stdio.h>
#include <string.h>
#include <zip.h>

static int add(zip_t *zip, char *argument, const char *password)
{
    char *file = strchr(argument, '=');
    if (!file)
        return -1;
    *file++ = '\0';
    zip_source_t *source = zip_source_file(zip, file, 0, -1);
    zip_int64_t at = source ? zip_file_add(zip, argument, source, ZIP_FL_ENC_UTF_8) : -1;
    if (at < 0)
        return -1;
    return password ? zip_file_set_encryption(zip, (zip_uint64_t)at, ZIP_EM_TRAD_PKWARE, password)
                    : 0;
}

int main(int argc, char **argv)
{
    const char *password = NULL;
    int i = 1, error;
    if (argc > 3 && strcmp(argv[1], "-p") == 0) {
        password = argv[2];
        i = 3;
    }
    zip_t *zip = i < argc ? zip_open(argv[i], ZIP_CREATE | ZIP_TRUNCATE, &error) : NULL;
    if (!zip)
        return 1;
    for (i++; i < argc; i++)
        if (add(zip, argv[i], password) < 0) {
            fprintf(stderr, "mkzip: %s: %s\n", argv[i], zip_strerror(zip));
            zip_discard(zip);
            return 1;
        }
    return zip_close(zip) ? 1 : 0;
}
