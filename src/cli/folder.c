#include "cli/folder.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "docbao/docbao.h"

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

static int compare_names(const void *a, const void *b)
{
    return docbao_compare_names(*(char *const *)a, *(char *const *)b);
}

bool folder_list(const char *path, struct folder_names *names)
{
    DIR *folder = opendir(path);
    for (const struct dirent *entry; folder && (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            *vec_push(names) = mem_copy(sv_of(entry->d_name));
    if (!folder)
        return false;
    closedir(folder);
    if (names->n)
        qsort(names->at, names->n, sizeof *names->at, compare_names);
    return true;
}
