#include "article/clean_plain.h"

void clean_plain(struct article *a)
{
    clean_raw(a);
}
