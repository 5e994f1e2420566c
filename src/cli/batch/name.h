/*
 * The names of output files, from a template: "{date}-{slug}".
 *
 * | placeholder | stands for |
 * |---|---|
 * | {date} | the article's date, 2024-05-15, or nothing |
 * | {slug} | its title, in small letters without marks: "hop-dan-o-xa" |
 * | {slug-vi} | the same with marks: "họp-dân-ở-xã" |
 * | {title} | its title as written, without what a file name may not have |
 * | {name} | the name of the source, without folders and ending |
 * | {number} | its place in the list, from 1, with as many digits as the last, at least four |
 * | {hash} | eight letters and digits made of the source's whole name |
 *
 * Invariants:
 * - A name depends on the template, the article and the list of sources alone, so every process
 *   that has a part of the work gives the same names.
 * - No two sources of a list get the same name. Of {number} and {hash} no two are the same. Without
 *   them, the hash is added at the end: to every name where the template holds something of the
 *   article, which is known only when all articles were read; otherwise to those that are not
 *   unique in the list.
 * - Names are legal on Linux, Windows and FAT: at most 255 bytes with every ending that is written;
 *   no slash, control character or separator of paths; no dot, dash or space at an end.
 */
#ifndef DOCBAO_CLI_BATCH_NAME_H
#define DOCBAO_CLI_BATCH_NAME_H

#include "base/buf.h"
#include "base/vec.h"

enum name_field {
    FIELD_LITERAL,
    FIELD_DATE,
    FIELD_SLUG,
    FIELD_SLUG_VI,
    FIELD_TITLE,
    FIELD_NAME,
    FIELD_NUMBER,
    FIELD_HASH,
};

struct name_part {
    enum name_field field;
    struct sv literal;
};

/* How names are told apart. */
enum name_distinction {
    NAMES_DISTINCT,        /* they are */
    NAMES_SHOWN_BY_LIST,   /* they are, unless two sources have the same {name} */
    NAMES_SHOWN_BY_NOTHING /* every name needs a hash */
};

struct name_template {
    VEC(struct name_part) parts; /* views of the text */
    enum name_distinction distinction;
    size_t longest; /* bytes of one field of free length */
};

struct name_facts {
    struct sv date, title; /* of the article; may be empty; not needed if NAMES_SHOWN_BY_LIST */
    struct sv name;        /* as name_of_source gives it */
    uint64_t hash;         /* of the source's whole name */
    uint32_t number;
    unsigned digits;
    bool with_hash; /* it is added at the end */
};

/* Fills *t; the text must outlive it. False: an error was printed. */
bool name_template_parse(struct name_template *t, struct sv text);
/* Frees what it holds, not the struct itself. */
void name_template_free(struct name_template *t);

/* Appends the name without an ending. */
void name_render(const struct name_template *t, const struct name_facts *facts, struct buf *out);

/* Appends the name of a path or URL without folders and ending. */
void name_of_source(struct sv source, struct buf *out);

#endif
