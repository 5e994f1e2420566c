/*
 * The files of a store: whatever they hold, what is found is what was put, or nothing; and what is
 * put then is found.
 */
#include "library/store.h"

#include <stdio.h>

#include "base/file.h"
#include "fuzz/check.h"
#include "fuzz/scratch.h"
#include "fuzz/target.h"

enum {
    EDIT = 1,  /* the input changes some bytes of a good file; otherwise it is the file */
    GROWN = 2, /* it also is the file that counts the growth */
    OTHER = 4, /* the file is that of another key */
    CUT = 8,   /* the good file loses its end, too */
    MOST_BYTES = 64 * 1024,
    EDIT_BYTES = 3,
    ALIGNMENT = 16,
};

static const char key[] = "một khóa\n", other_key[] = "khóa khác\n";
static const char kept[] = "Chợ quê họp sớm, cá tươi, rau xanh; ai cũng vui.",
                  later[] = "Trời mưa.";

static void add_name(const char *of, struct buf *name)
{
    buf_addf(name, "%016llx", (unsigned long long)sv_hash(sv_of(of)));
}

/* Changes a byte for each three of the input: where, and how. */
static void edit(struct buf *file, struct sv input)
{
    const unsigned char *p = (const unsigned char *)input.p;
    for (size_t i = 0; i + EDIT_BYTES <= input.n && file->n; i += EDIT_BYTES)
        file->p[(p[i] | (size_t)p[i + 1] << 8) % file->n] ^= (char)p[i + 2];
}

/* Whether the file was changed at all. */
static bool write_edited(const char *name, struct sv input, bool cut)
{
    struct buf path = BUF_INIT, file = BUF_INIT, before = BUF_INIT;
    scratch_path(name, &path);
    if (!file_read(path.p, &file))
        broken_promise("what was put has no file");
    buf_add_sv(&before, buf_sv(&file));
    edit(&file, input);
    if (cut && input.n)
        buf_cut(&file, file.n * (unsigned char)input.p[0] / 256);
    bool changed = !sv_eq(buf_sv(&file), buf_sv(&before));
    scratch_write(name, buf_sv(&file));
    buf_free(&path);
    buf_free(&file);
    buf_free(&before);
    return changed;
}

/* Whether something is found; it must then be `wanted`, if that is not NULL. */
static bool is_found(struct store *s, const char *wanted)
{
    struct buf file = BUF_INIT;
    struct sv value;
    bool found = store_get(s, sv_of(key), &file, &value);
    if (found && (value.p < file.p || value.p + value.n > file.p + file.n))
        broken_promise("a value outside of its file");
    if (found && (size_t)(value.p - file.p) % ALIGNMENT)
        broken_promise("a value at an odd place");
    if (found && wanted && !sv_is(value, wanted))
        broken_promise("another value of %zu bytes", value.n);
    buf_free(&file);
    return found;
}

static void check_put(struct store *s, const char *value)
{
    store_put(s, sv_of(key), sv_of(value));
    if (!is_found(s, value))
        broken_promise("what was put is not found");
}

static void check_damage(struct store *s, const char *name, struct sv input, unsigned choices)
{
    if (choices & OTHER) {
        scratch_remove(name);
        store_put(s, sv_of(other_key), sv_of(kept));
        struct buf other = BUF_INIT;
        add_name(other_key, &other);
        write_edited(other.p, input, choices & CUT);
        buf_free(&other);
        if (is_found(s, NULL))
            broken_promise("the value of another key");
        return;
    }
    check_put(s, kept);
    bool changed = !(choices & EDIT) || write_edited(name, input, choices & CUT);
    if (!(choices & EDIT))
        scratch_write(name, input);
    if (is_found(s, choices & EDIT ? kept : NULL) && changed && choices & EDIT)
        broken_promise("a damaged file counts as whole");
}

static void run(struct sv input)
{
    unsigned choices = fuzz_choices(&input);
    struct buf name = BUF_INIT;
    struct store *s = store_open(scratch_folder(), MOST_BYTES);
    if (!s)
        broken_promise("the folder cannot be used");
    add_name(key, &name);
    if (choices & GROWN)
        scratch_write("grown", input);
    check_damage(s, name.p, input, choices);
    check_put(s, later);
    check_put(s, "");
    store_close(s);
    buf_free(&name);
}

static void add_seeds(const struct seeds *seeds)
{
    struct buf name = BUF_INIT, path = BUF_INIT, file = BUF_INIT;
    struct store *s = store_open(scratch_folder(), MOST_BYTES);
    store_put(s, sv_of(key), sv_of(kept));
    store_close(s);
    add_name(key, &name);
    scratch_path(name.p, &path);
    file_read(path.p, &file);
    seed_bytes(seeds, 0, buf_sv(&file));
    seed_bytes(seeds, GROWN, buf_sv(&file));
    seed_bytes(seeds, EDIT, SV("\x10\0\1\x20\0\x80"));
    seed_bytes(seeds, EDIT | CUT, SV("\xF0\0\0"));
    seed_bytes(seeds, OTHER, SV("\x18\0\1"));
    seed_text(seeds, EDIT, "");
    buf_free(&name);
    buf_free(&path);
    buf_free(&file);
}

const struct fuzz_target fuzz_store = {run, add_seeds};
