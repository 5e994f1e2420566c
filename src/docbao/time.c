/* The public body: how long an article takes, before it is spoken. */
#include "docbao/body.h"

uint64_t docbao_time_ms(struct docbao_article *a, uint32_t from, uint32_t to,
                        uint32_t speed_percent)
{
    return estimate_ms(&a->estimate, &a->a, from, to, speed_percent);
}
