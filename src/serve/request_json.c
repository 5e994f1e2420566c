#include <yajl/yajl_parse.h>

#include "base/utf8.h"
#include "serve/request.h"

struct reading {
    void (*take)(void *user, struct sv name, struct sv value);
    void *user;
    unsigned depth;
    struct buf name, value;
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
    buf_add_valid(&r->name, (struct sv){(const char *)text, n});
    return 1;
}

/* A browser may cut a text in the middle of an emoji: half a surrogate pair, which yajl makes to
 * bytes that are no UTF-8, is no reason to refuse the rest. */
static int on_string(void *with, const unsigned char *text, size_t n)
{
    struct reading *r = with;
    if (!r->depth || memchr(text, 0, n))
        return 0;
    buf_clear(&r->value);
    buf_add_valid(&r->value, (struct sv){(const char *)text, n});
    r->take(r->user, buf_sv(&r->name), buf_sv(&r->value));
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
    struct reading r = {.take = take, .user = user, .name = BUF_INIT, .value = BUF_INIT};
    yajl_alloc_funcs memory = {mem_for_library, mem_regrow_for_library, mem_free_for_library, NULL};
    yajl_handle parser = yajl_alloc(&callbacks, &memory, &r);
    yajl_status status = yajl_parse(parser, (const unsigned char *)body.p, body.n);
    if (status == yajl_status_ok)
        status = yajl_complete_parse(parser);
    yajl_free(parser);
    buf_free(&r.name);
    buf_free(&r.value);
    return status == yajl_status_ok && r.depth == 1;
}

struct wanted_list {
    const struct json_wanted *wanted;
    size_t count;
};

static void take_wanted(void *user, struct sv name, struct sv value)
{
    const struct wanted_list *list = user;
    for (size_t i = 0; i < list->count; i++)
        if (sv_is(name, list->wanted[i].name)) {
            buf_clear(list->wanted[i].to);
            buf_add_sv(list->wanted[i].to, value);
        }
}

bool json_read(struct sv body, const struct json_wanted *wanted, size_t count)
{
    struct wanted_list list = {wanted, count};
    return json_fields(body, take_wanted, &list);
}
