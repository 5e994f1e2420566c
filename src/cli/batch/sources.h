/*
 * The articles that a batch is made of: of lists, folders and feeds.
 *
 * Invariants:
 * - A source has a whole name: the line of a list, the path of a file from the folder on, what
 *   tells an item from those of all feeds. It decides the source's hash (SHA-256), and with it the
 *   shard, whatever else is in the list.
 * - A name that occurs again is left out.
 * - The names and some 50 bytes for each are held, and no article.
 */
#ifndef DOCBAO_CLI_BATCH_SOURCES_H
#define DOCBAO_CLI_BATCH_SOURCES_H

#include "base/buf.h"
#include "base/vec.h"
#include "cli/batch/name.h"
#include "cli/cli.h"

/* Part `index` of `count`, from 0; a count of 1 is the whole. */
struct shard {
    uint32_t index, count;
};

struct source {
    size_t name; /* where it begins in `names`, ended by NUL */
    uint64_t hash;
    uint32_t number; /* its place in the list, from 1, among all shards */
    uint32_t item;   /* of a feed */
    uint16_t origin;
    bool twin; /* another source has the same {name} */
};

struct origin {
    const char *folder;       /* the names are paths from here on; NULL: as they are */
    struct docbao_feed *feed; /* or NULL */
};

/* The {name} of a source, of any shard, by its hash. */
struct stem {
    uint64_t hash, source;
};

struct sources {
    VEC(struct source) all; /* of this shard */
    VEC(struct stem) stems; /* while twins are looked for */
    VEC(struct origin) origins;
    struct buf names;
    uint32_t count; /* of all shards */
    uint32_t again; /* names that were left out */
};

struct sources_options {
    struct shard shard;
    bool twins;         /* look for them */
    bool null;          /* names in lists end with NUL bytes, not lines */
    const char *output; /* the folder of the sound files: not searched for articles */
};

/* Adds those of an operand: a list ("-", "@file", or a file), a folder, or a feed (a file or a
 * URL). False: an error was printed. */
bool sources_add(struct sources *s, struct cli *c, const char *operand,
                 const struct sources_options *options);
/* After the last. */
void sources_finish(struct sources *s);
/* Frees what it holds, not the struct itself. */
void sources_free(struct sources *s);

/* The name. Valid as long as the sources. */
const char *source_name(const struct sources *s, const struct source *source);
/* Appends the path or URL from which it is read; of a feed the address of the item. */
void source_path(const struct sources *s, const struct source *source, struct buf *out);

#endif
