/* The history checker. Every publication carries its number, `~` and eight hexadecimal digits, as the start of its JSON value;
 * the number leads to when it was due and to its room. Every delivery carries the server's id, `<ms>-<n>.<seq>.<epoch>`.
 * Checked for each delivery: it belongs to the connection's room; its seq follows the one before without a hole; all members of the
 * room saw the same publication under that seq. Checked for each step: as many deliveries as readers at the time of sending. */
#define _GNU_SOURCE
#include "generator.h"
#include <stdlib.h>
#include <string.h>

#define PLACES (1u << 22) /* remembered (room, seq) in all */

struct publication {
  uint64_t due;
  uint32_t room, load;
  uint32_t waiting; /* readers that have not got it yet */
};
struct place {
  uint64_t epoch, seq;
  uint32_t number;
};

struct checks checks[MAX_LOADS];
struct histogram latencies[MAX_LOADS], last, acks;
static struct publication *publications;
static uint32_t published, capacity, step_first;
static uint32_t *readers, places_per_room;
static struct place *places;

void history_prepare(uint32_t rooms) {
  readers = calloc(rooms, sizeof *readers);
  for (places_per_room = 16; places_per_room < 65536 && places_per_room * 2 * rooms <= PLACES;) places_per_room *= 2;
  places = calloc((size_t)rooms * places_per_room, sizeof *places);
}

void history_reader(struct connection *connection, int change) {
  if (!connection->stalled) readers[connection->room] += (uint32_t)change;
}

uint32_t history_publish(struct connection *publisher, uint64_t due) {
  if (published == capacity) {
    capacity = capacity ? 2 * capacity : 1 << 16;
    publications = realloc(publications, capacity * sizeof *publications);
  }
  publications[published] = (struct publication){due, publisher->room, publisher->load, readers[publisher->room]};
  checks[publisher->load].sent++;
  checks[publisher->load].expected += readers[publisher->room];
  return published++;
}

void history_step(void) {
  step_first = published;
  memset(checks, 0, sizeof checks);
  for (int l = 0; l < MAX_LOADS; l++) histogram_clear(&latencies[l]);
  histogram_clear(&last);
  histogram_clear(&acks);
}

/* Text after the first `token`, looked for first where it stood the last time; NULL when it is not there. */
static const char *after(const char *text, size_t length, const char *token, size_t token_len, size_t *last) {
  const char *found;
  if (*last + token_len <= length && memcmp(text + *last, token, token_len) == 0) found = text + *last;
  else found = memmem(text, length, token, token_len);
  if (!found) return NULL;
  *last = (size_t)(found - text);
  return found + token_len;
}

static int hex(const char *digits, uint32_t *value) {
  *value = 0;
  for (int i = 0; i < 8; i++) {
    uint32_t c = (uint8_t)digits[i], digit = c - '0' < 10 ? c - '0' : c - 'a' + 10;
    if (digit > 15) return 0;
    *value = *value << 4 | digit;
  }
  return 1;
}

/* Reads `<ms>-<n>.<seq>.<epoch>"`; the epoch is told by its first eight characters. */
static int position(const char *text, const char *end, uint64_t *seq, uint64_t *epoch) {
  while (text < end && *text != '.') text++;
  *seq = 0;
  for (text++; text < end && *text != '.'; text++) *seq = *seq * 10 + (uint64_t)(*text - '0');
  *epoch = 0;
  for (text++; text < end && *text != '"'; text++) *epoch = *epoch << 8 | (uint8_t)*text;
  return text < end && *seq > 0;
}

/* Whether the connection has to take it: counts what is wrong with its place. */
static int in_order(struct connection *connection, struct checks *check, uint64_t epoch, uint64_t seq) {
  int first = connection->seq == 0 || connection->epoch != epoch;
  uint64_t before = connection->seq;
  if (!first && seq <= before) {
    check->duplicated += seq == before;
    check->disordered += seq < before;
    return 0;
  }
  if (!first) check->skipped += seq - before - 1;
  connection->epoch = epoch;
  connection->seq = seq;
  return 1;
}

static int agreed(uint32_t room, uint64_t epoch, uint64_t seq, uint32_t number) {
  struct place *place = &places[(size_t)room * places_per_room + (seq & (places_per_room - 1))];
  if (place->epoch == epoch && place->seq >= seq) return place->seq > seq || place->number == number;
  *place = (struct place){epoch, seq, number};
  return 1;
}

static void acknowledged(const char *text, size_t length, uint64_t now) {
  static size_t cid_at;
  uint32_t number;
  const char *digits = after(text, length, "\"cid\":\"~", 8, &cid_at);
  if (!digits || !hex(digits, &number) || number < step_first || number >= published) return;
  const struct publication *publication = &publications[number];
  checks[publication->load].acked++;
  histogram_add(&acks, now > publication->due ? now - publication->due : 0);
}

void history_frame(struct connection *connection, const char *text, size_t length, uint64_t now) {
  static size_t marker_at, id_at;
  uint32_t number;
  uint64_t seq, epoch;
  if (options.full && memmem(text, length < 40 ? length : 40, "\"type\":\"ack\"", 12)) {
    acknowledged(text, length, now);
    return;
  }
  const char *digits = after(text, length, "\"message\":\"~", 12, &marker_at);
  const char *id = after(text, length, "\"id\":\"", 6, &id_at);
  if (!digits || !id || text + length - digits < 9 || !hex(digits, &number) || number >= published ||
      !position(id, text + length, &seq, &epoch)) {
    tally.others++;
    if (memmem(text, length, "\"code\":", 7)) {
      tally.errors++;
      if (!tally.reason[0]) snprintf(tally.reason, sizeof tally.reason, "an error frame of %zu bytes", length);
    }
    return;
  }
  struct publication *publication = &publications[number];
  struct checks *check = &checks[publication->load];
  if (publication->room != connection->room || !agreed(connection->room, epoch, seq, number)) check->disagreeing++;
  if (!in_order(connection, check, epoch, seq)) return;
  if (number < step_first) {
    check->late++;
    return;
  }
  check->delivered++;
  uint64_t took = now > publication->due ? now - publication->due : 0;
  histogram_add(&latencies[publication->load], took);
  if (--publication->waiting == 0) histogram_add(&last, took);
}
