#include "synth/ring.h"

#include <assert.h>
#include <sys/mman.h>

static_assert(sizeof(struct ring) == RING_TOTAL_BYTES, "a header and a ring");
static_assert(RING_BYTES % 16 == 0, "records start at multiples of 16");
static_assert(sizeof(struct record) == 16, "a record is 16 bytes");
static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "counters are shared between processes");

struct ring *rings_map(uint32_t count)
{
    unsigned char *at =
        mmap(NULL, (size_t)count * RING_TOTAL_BYTES + RING_ALIGNMENT, PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED)
        return NULL;
    size_t over = (uintptr_t)at % RING_ALIGNMENT, skip = over ? RING_ALIGNMENT - over : 0;
    if (skip)
        munmap(at, skip);
    if (skip < RING_ALIGNMENT)
        munmap(at + skip + (size_t)count * RING_TOTAL_BYTES, RING_ALIGNMENT - skip);
    return (struct ring *)(void *)(at + skip);
}

void rings_unmap(struct ring *rings, uint32_t count)
{
    munmap(rings, (size_t)count * RING_TOTAL_BYTES);
}

void ring_reset(struct ring *ring, uint64_t owner)
{
    atomic_store(&ring->written, 0);
    atomic_store(&ring->read, 0);
    atomic_store(&ring->done, 0);
    atomic_store(&ring->reader_sleeps, 1);
    atomic_store(&ring->writer_sleeps, 0);
    atomic_store(&ring->owner, owner);
}

static uint64_t padded(uint64_t bytes)
{
    return (bytes + 15) / 16 * 16;
}

static uint64_t free_bytes(struct ring *ring, uint64_t written)
{
    uint64_t used = written - atomic_load_explicit(&ring->read, memory_order_acquire);
    return used > RING_BYTES ? 0 : RING_BYTES - used;
}

static void wake_reader(struct ring_writer *w)
{
    if (atomic_load(&w->ring->reader_sleeps) && atomic_exchange(&w->ring->reader_sleeps, 0)) {
        w->woken_at = w->at;
        w->wake(w->with);
    }
}

static void wait_for_room(struct ring_writer *w, uint64_t need)
{
    if (free_bytes(w->ring, w->at) >= need)
        return;
    wake_reader(w);
    for (;;) {
        atomic_store(&w->ring->writer_sleeps, 1);
        /* Checked again after the flag is set: the reader moves first and then reads the flag. */
        if (free_bytes(w->ring, w->at) >= RING_WAKE_BYTES)
            break;
        w->sleep(w->with);
    }
    atomic_store(&w->ring->writer_sleeps, 0);
}

static void publish(struct ring_writer *w, bool whole_sentence)
{
    atomic_store(&w->ring->written, w->at);
    uint64_t most = w->batch ? RING_WAKE_BYTES : READER_WAKE_BYTES;
    uint64_t enough = w->woken_at - w->begun_at;
    if (enough > most)
        enough = most;
    bool wakes_after = whole_sentence && !w->batch;
    if (wakes_after || w->at - w->woken_at >= enough)
        wake_reader(w);
    if (wakes_after)
        w->begun_at = w->woken_at = w->at;
}

/* Writes one record with `items` of the payload, gives how many fitted before the ring's end. */
static uint32_t write_piece(struct ring_writer *w, struct record record, const void *payload,
                            size_t item, uint32_t items)
{
    uint64_t body = (w->at + sizeof record) % RING_BYTES;
    if (item && items > (RING_BYTES - body) / item)
        items = (uint32_t)((RING_BYTES - body) / item);
    uint64_t size = sizeof record + padded(items * item);
    wait_for_room(w, size);
    if (item)
        record.a = items;
    memcpy(w->ring->bytes + w->at % RING_BYTES, &record, sizeof record);
    if (item)
        memcpy(w->ring->bytes + body, payload, items * item);
    w->at += size;
    publish(w, record.kind == RECORD_SENTENCE || record.kind == RECORD_FAILED);
    return items;
}

void ring_write(struct ring_writer *w, struct record record, const void *payload, size_t item)
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

enum ring_state ring_peek(struct ring *ring, uint64_t owner, uint64_t at, struct record *record,
                          const unsigned char **payload, uint64_t *size)
{
    if (atomic_load(&ring->owner) != owner)
        return RING_EMPTY;
    uint64_t written = atomic_load(&ring->written);
    if (written == at)
        return RING_EMPTY;
    if (written < at || written - at > RING_BYTES || written % 16)
        return RING_BROKEN;
    memcpy(record, ring->bytes + at % RING_BYTES, sizeof *record);
    uint64_t item = record->kind == RECORD_AUDIO ? 2 : record->kind == RECORD_REASON ? 1 : 0;
    uint64_t body = (at + sizeof *record) % RING_BYTES;
    if (record->kind < RECORD_AUDIO || record->kind > RECORD_FAILED ||
        (item && record->a > RECORD_FRAMES_MAX) || record->a * item > RING_BYTES - body)
        return RING_BROKEN;
    *payload = ring->bytes + body;
    *size = sizeof *record + padded(record->a * item);
    return *size <= written - at ? RING_RECORD : RING_BROKEN;
}

bool ring_release(struct ring *ring, uint64_t at)
{
    atomic_store(&ring->read, at);
    return atomic_load(&ring->writer_sleeps) &&
           free_bytes(ring, atomic_load(&ring->written)) >= RING_WAKE_BYTES &&
           atomic_exchange(&ring->writer_sleeps, 0);
}
