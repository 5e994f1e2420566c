#include "synth/slot.h"

#include <assert.h>

enum { MAP_AHEAD_BYTES = 64 << 10 };

static_assert(sizeof(struct slot) == SLOT_BYTES, "a slot is a header and a ring");
static_assert(RING_BYTES % 16 == 0, "records start at multiples of 16");
static_assert(sizeof(struct record) == 16, "a record is 16 bytes");
static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "counters are shared between processes");

void slot_reset(struct slot *slot, uint64_t unit)
{
    atomic_store(&slot->written, 0);
    atomic_store(&slot->reader_sleeps, 1);
    atomic_store(&slot->writer_sleeps, 0);
    atomic_store(&slot->unit, unit);
}

static uint64_t padded(uint64_t bytes)
{
    return (bytes + 15) / 16 * 16;
}

static uint64_t free_bytes(struct slot *slot, uint64_t written)
{
    uint64_t used = written - atomic_load_explicit(&slot->read, memory_order_acquire);
    return used > RING_BYTES ? 0 : RING_BYTES - used;
}

static void wake_reader(struct slot_writer *w)
{
    if (atomic_load(&w->slot->reader_sleeps) && atomic_exchange(&w->slot->reader_sleeps, 0)) {
        w->woken_at = w->at;
        w->wake(w->with);
    }
}

static void wait_for_room(struct slot_writer *w, uint64_t need)
{
    if (free_bytes(w->slot, w->at) >= need)
        return;
    wake_reader(w);
    for (;;) {
        atomic_store(&w->slot->writer_sleeps, 1);
        /* Looked at again after the flag is up: the reader moves first and looks at it then. */
        if (free_bytes(w->slot, w->at) >= RING_WAKE_BYTES)
            break;
        w->sleep(w->with);
    }
    atomic_store(&w->slot->writer_sleeps, 0);
}

static void publish(struct slot_writer *w, bool whole_sentence)
{
    atomic_store(&w->slot->written, w->at);
    uint64_t enough = w->woken_at < READER_WAKE_BYTES ? w->woken_at : READER_WAKE_BYTES;
    if (whole_sentence || w->at - w->woken_at >= enough)
        wake_reader(w);
}

/* Every page the writer meets for the first time costs a fault, and a fork makes them all new. A
 * read of one byte maps the pages around it (64 KiB on Linux), a write only its own page. */
static void map_ahead(const struct slot_writer *w, uint64_t size)
{
    uint64_t next = (w->at + size) / MAP_AHEAD_BYTES * MAP_AHEAD_BYTES;
    if (w->at == 0 || w->at < next) {
        const volatile unsigned char *byte = w->slot->ring + next % RING_BYTES;
        (void)*byte;
    }
}

/* Writes one record with `items` of the payload, gives how many fitted before the ring's end. */
static uint32_t write_piece(struct slot_writer *w, struct record record, const void *payload,
                            size_t item, uint32_t items)
{
    uint64_t body = (w->at + sizeof record) % RING_BYTES;
    if (item && items > (RING_BYTES - body) / item)
        items = (uint32_t)((RING_BYTES - body) / item);
    uint64_t size = sizeof record + padded(items * item);
    wait_for_room(w, size);
    if (item)
        record.a = items;
    map_ahead(w, size);
    memcpy(w->slot->ring + w->at % RING_BYTES, &record, sizeof record);
    if (item)
        memcpy(w->slot->ring + body, payload, items * item);
    w->at += size;
    publish(w, record.kind == RECORD_SENTENCE || record.kind == RECORD_FAILED);
    return items;
}

void slot_write(struct slot_writer *w, struct record record, const void *payload, size_t item)
{
    if (!item) {
        write_piece(w, record, NULL, 0, 0);
        return;
    }
    const unsigned char *p = payload;
    for (uint32_t left = record.a; left > 0;) {
        uint32_t piece = left < RECORD_FRAMES_MAX ? left : RECORD_FRAMES_MAX;
        piece = write_piece(w, record, p, item, piece);
        p += piece * item;
        left -= piece;
    }
}

enum slot_state slot_peek(struct slot *slot, uint64_t unit, uint64_t at, struct record *record,
                          const unsigned char **payload, uint64_t *size)
{
    if (atomic_load(&slot->unit) != unit)
        return SLOT_EMPTY;
    uint64_t written = atomic_load(&slot->written);
    if (written == at)
        return SLOT_EMPTY;
    if (written < at || written - at > RING_BYTES || written % 16)
        return SLOT_BROKEN;
    memcpy(record, slot->ring + at % RING_BYTES, sizeof *record);
    uint64_t item = record->kind == RECORD_AUDIO ? 2 : record->kind == RECORD_REASON ? 1 : 0;
    uint64_t body = (at + sizeof *record) % RING_BYTES;
    if (record->kind < RECORD_AUDIO || record->kind > RECORD_FAILED ||
        (item && record->a > RECORD_FRAMES_MAX) || record->a * item > RING_BYTES - body)
        return SLOT_BROKEN;
    *payload = slot->ring + body;
    *size = sizeof *record + padded(record->a * item);
    return *size <= written - at ? SLOT_RECORD : SLOT_BROKEN;
}

bool slot_release(struct slot *slot, uint64_t at)
{
    atomic_store(&slot->read, at);
    return atomic_load(&slot->writer_sleeps) &&
           free_bytes(slot, atomic_load(&slot->written)) >= RING_WAKE_BYTES &&
           atomic_exchange(&slot->writer_sleeps, 0);
}
