/* Remembers where a listener stopped. */
#include "docbao/internal.h"

#include "library/positions.h"

uint64_t api_key(struct docbao_article *a)
{
    if (!a->has_key)
        a->key = fingerprint_article(&a->a);
    a->has_key = true;
    return a->key;
}

bool docbao_recall(struct docbao *d, const char *path, struct docbao_article *a, uint32_t *sentence)
{
    (void)d;
    return positions_recall(path, api_key(a), &a->a, sentence);
}

enum docbao_status docbao_remember(struct docbao *d, const char *path, struct docbao_article *a,
                                   uint32_t sentence)
{
    return api_result(d, positions_remember(path, api_key(a), &a->a, sentence, &d->err));
}

enum docbao_status docbao_forget(struct docbao *d, const char *path, struct docbao_article *a)
{
    return api_result(d, positions_forget(path, api_key(a), &d->err));
}

bool docbao_recall_list(struct docbao *d, const char *path, const char *const *names,
                        uint32_t count, uint32_t *index)
{
    (void)d;
    return positions_recall_list(path, names, count, index);
}

enum docbao_status docbao_remember_list(struct docbao *d, const char *path,
                                        const char *const *names, uint32_t count, uint32_t index)
{
    return api_result(d, positions_remember_list(path, names, count, index, &d->err));
}
