#include "cli/folder.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"

bool folder_is_document(struct sv name)
{
    static const struct sv endings[] = {
        SV(".txt"),      SV(".html"), SV(".htm"),  SV(".xhtml"), SV(".md"),
        SV(".markdown"), SV(".docx"), SV(".epub"), SV(".pdf"),   SV(".gz"),
    };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (name.n > endings[i].n && ascii_ends(name, endings[i]))
            return true;
    return false;
}

int folder_compare_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The digits at the front, without zeros before them. */
static struct sv number_at(const char *text)
{
    const char *first = text + strspn(text, "0");
    return (struct sv){first, strspn(first, "0123456789")};
}

static int compare_numbers(struct sv a, struct sv b)
{
    if (a.n != b.n)
        return a.n < b.n ? -1 : 1;
    return a.n ? memcmp(a.p, b.p, a.n) : 0;
}

int folder_compare_naturally(const void *a, const void *b)
{
    const char *x = *(char *const *)a, *y = *(char *const *)b;
    while (*x && *y) {
        if (ascii_is_digit(*x) && ascii_is_digit(*y)) {
            struct sv m = number_at(x), n = number_at(y);
            int order = compare_numbers(m, n);
            if (order)
                return order;
            x = m.p + m.n;
            y = n.p + n.n;
        } else {
            unsigned char m = (unsigned char)ascii_lower(*x++),
                          n = (unsigned char)ascii_lower(*y++);
            if (m != n)
                return m < n ? -1 : 1;
        }
    }
    if (*x || *y)
        return *x ? 1 : -1;
    return folder_compare_bytes(a, b); /* bai01 and bai1 */
}

bool folder_list(const char *path, int (*compare)(const void *, const void *),
                 struct folder_names *names)
{
    DIR *folder = opendir(path);
    for (const struct dirent *entry; folder && (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            *vec_push(names) = mem_copy(sv_of(entry->d_name));
    if (!folder)
        return false;
    closedir(folder);
    if (names->n)
        qsort(names->at, names->n, sizeof *names->at, compare);
    return true;
}
