#include <yajl/yajl_parse.h>

#include "serve/request.h"

struct reading {
    void (*take)(void *user, struct sv name, struct sv value);
    void *user;
    unsigned depth;
    struct buf name;
};

/* Only strings inside one object: with what is deeper, a parser would fill the memory. */
static int on_open(void *with)
{
    struct reading *r = with;
    return r->depth++ == 0;
}

static int on_close(void *with)
{
    (void)with;
    return 1;
}

static int on_array(void *with)
{
    (void)with;
    return 0;
}

static int on_name(void *with, const unsigned char *text, size_t n)
{
    struct reading *r = with;
    buf_clear(&r->name);
    buf_add(&r->name, text, n);
    return 1;
}

static int on_string(void *with, const unsigned char *text, size_t n)
{
    struct reading *r = with;
    if (!r->depth || memchr(text, 0, n))
        return 0;
    r->take(r->user, buf_sv(&r->name), (struct sv){(const char *)text, n});
    return 1;
}

/* As it is written. */
static int on_number(void *with, const char *text, size_t n)
{
    return on_string(with, (const unsigned char *)text, n);
}

bool json_fields(struct sv body, void (*take)(void *user, struct sv name, struct sv value),
                 void *user)
{
    static const yajl_callbacks callbacks = {.yajl_string = on_string,
                                             .yajl_number = on_number,
                                             .yajl_start_map = on_open,
                                             .yajl_map_key = on_name,
                                             .yajl_end_map = on_close,
                                             .yajl_start_array = on_array};
    struct reading r = {.take = take, .user = user, .name = BUF_INIT};
    yajl_alloc_funcs memory = {mem_for_library, mem_regrow_for_library, mem_free_for_library, NULL};
    yajl_handle parser = yajl_alloc(&callbacks, &memory, &r);
    yajl_status status = yajl_parse(parser, (const unsigned char *)body.p, body.n);
    if (status == yajl_status_ok)
        status = yajl_complete_parse(parser);
    yajl_free(parser);
    buf_free(&r.name);
    return status == yajl_status_ok && r.depth == 1;
}
