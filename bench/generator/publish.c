/* The schedule is fixed before the step: a message is due at its time whether or not the server keeps up, and its latency counts
 * from then, so a server that falls behind cannot make the load lighter. */
#include "generator.h"
#include <string.h>

#define QUIET NANOS           /* without any delivery for so long, what is missing is lost */
#define DRAIN (10 * NANOS)    /* and it is given up after so long in any case */

static struct publisher {
  uint32_t first, count, next; /* connections that publish in turn */
  double rate;
  uint64_t sent, total;
} publishers[MAX_LOADS];

static void publish(struct publisher *publisher, uint64_t due) {
  static char text[1 << 16];
  static const char hexadecimal[] = "0123456789abcdef";
  struct connection *connection = NULL;
  for (uint32_t tries = 0; tries < publisher->count; tries++) {
    connection = &connections[publisher->first + publisher->next++ % publisher->count];
    if (connection->state == OPEN && !connection->stalled) break;
  }
  if (!connection || connection->state != OPEN) return;
  uint32_t number = history_publish(connection, due), length = options.payload - 2;
  char digits[8];
  for (int i = 0; i < 8; i++) digits[i] = hexadecimal[number >> (28 - 4 * i) & 15];
  char *end = text;
  end += sprintf(end, "{\"message\":\"~%.8s", digits);
  for (uint32_t i = 9; i < length; i++) *end++ = (char)('a' + i % 26);
  end += options.full ? sprintf(end, "\",\"cid\":\"~%.8s\"}", digits) : sprintf(end, "\"}");
  connection_send(connection, 1, text, (size_t)(end - text));
}

/* Sends what is due now, at most 256 of them; returns when the next one is due. */
static uint64_t publish_due(struct publisher *publisher, uint64_t start, uint64_t now) {
  for (int burst = 0; publisher->sent < publisher->total; burst++) {
    uint64_t due = start + (uint64_t)((double)publisher->sent * 1e9 / publisher->rate);
    if (due > now || burst == 256) return due;
    publish(publisher, due);
    publisher->sent++;
  }
  return UINT64_MAX;
}

static uint64_t missing(uint64_t *delivered) {
  uint64_t expected = *delivered = 0;
  for (int l = 0; l < options.load_count; l++) {
    expected += checks[l].expected;
    *delivered += checks[l].delivered;
  }
  return expected > *delivered ? expected - *delivered : 0;
}

static void drain(void) {
  uint64_t began = nanos(), progress = began, seen = 0, delivered;
  while (missing(&delivered) && nanos() - began < DRAIN && nanos() - progress < QUIET) {
    if (delivered != seen) {
      seen = delivered;
      progress = nanos();
    }
    connections_poll(10000000);
  }
}

static void report(double seconds) {
  printf("{\"seconds\":%.3f,\"open\":%lu,\"closed\":%lu,\"frames\":%lu,\"bytes\":%lu,\"reads\":%lu,\"others\":%lu,"
         "\"errors\":%lu,\"blocked\":%lu,\"reason\":\"%s\",\"ack\":{\"count\":%lu,\"p50\":%.3f,\"p99\":%.3f},"
         "\"last\":{\"count\":%lu,\"p50\":%.3f,\"p99\":%.3f},\"loads\":{",
         seconds, tally.open, tally.closed, tally.frames, tally.bytes, tally.reads, tally.others, tally.errors, tally.blocked,
         tally.reason, acks.count, histogram_millis(&acks, 0.5), histogram_millis(&acks, 0.99), last.count,
         histogram_millis(&last, 0.5), histogram_millis(&last, 0.99));
  for (int l = 0; l < options.load_count; l++) {
    const struct checks *c = &checks[l];
    const struct histogram *h = &latencies[l];
    printf("%s\"%s\":{\"sent\":%lu,\"expected\":%lu,\"delivered\":%lu,\"duplicated\":%lu,\"skipped\":%lu,\"disordered\":%lu,"
           "\"disagreeing\":%lu,\"late\":%lu,\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"p999\":%.3f,\"max\":%.3f}",
           l ? "," : "", options.loads[l].name, c->sent, c->expected, c->delivered, c->duplicated, c->skipped, c->disordered,
           c->disagreeing, c->late, histogram_millis(h, 0.5), histogram_millis(h, 0.9), histogram_millis(h, 0.99),
           histogram_millis(h, 0.999), (double)h->max / 1e6);
  }
  putchar('}');
}

void publish_step(double seconds, const double *rates) {
  uint32_t first = 0;
  for (int l = 0; l < options.load_count; l++) {
    struct publisher *publisher = &publishers[l];
    *publisher = (struct publisher){first, options.loads[l].connections, publisher->next, rates[l], 0, (uint64_t)(rates[l] * seconds)};
    first += options.loads[l].connections;
  }
  history_step();
  tally.frames = tally.bytes = tally.reads = tally.others = tally.errors = tally.blocked = tally.closed = 0;
  tally.reason[0] = 0;
  usage_start();
  uint64_t start = nanos(), end = start + (uint64_t)(seconds * 1e9);
  for (;;) {
    uint64_t next = UINT64_MAX, now = nanos();
    for (int l = 0; l < options.load_count; l++) {
      uint64_t due = publish_due(&publishers[l], start, now);
      if (due < next) next = due;
    }
    now = nanos();
    if (next == UINT64_MAX && now >= end) break;
    if (now > end + DRAIN) break; /* the server takes nothing any more */
    if (next > end) next = end;
    connections_poll(next <= now ? 0 : (int64_t)(next - now));
  }
  drain();
  report((double)(nanos() - start) / 1e9);
  usage_print(stdout);
  puts("}");
}
