/* The public body: where a listener left. */
#include "docbao_body.h"

uint64_t body_key(struct docbao_article *a)
{
    if (!a->has_key)
        a->key = fingerprint_article(&a->a);
    a->has_key = true;
    return a->key;
}
