/* The load generator: opens WebSocket connections, publishes on a fixed schedule, and checks every delivery.
 * One thread, one epoll set, no dependencies. Each .c file is one concern; this header is what they share. */
#ifndef GENERATOR_H
#define GENERATOR_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define MAX_LOADS 8
#define MAX_PORTS 16
#define NANOS 1000000000ull

/* options.c: what the command line said; constant after start. */
struct load_spec {
  const char *name;
  uint32_t connections, rooms;
};
extern struct options {
  uint16_t ports[MAX_PORTS];
  int port_count;
  struct load_spec loads[MAX_LOADS];
  int load_count;
  const char *path_prefix, *path_suffix; /* around the room's name */
  const char *origin;
  char **cookies; /* values of the Cookie header, taken in turn */
  uint32_t cookie_count;
  uint32_t payload;  /* bytes of the JSON value that is published */
  uint32_t stalled;  /* so many of the first load's connections never read */
  uint32_t sources;  /* so many local addresses, from 127.0.1.1 on */
  uint32_t parallel; /* handshakes under way at once */
  int full;          /* offer the full sub-protocol and send a cid */
} options;
void options_read(int argc, char **argv);
void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* histogram.c: latencies in nanoseconds, 1.6 % wide buckets. */
#define HISTOGRAM_BUCKETS (59 * 64)
struct histogram {
  uint64_t count, max, buckets[HISTOGRAM_BUCKETS];
};
void histogram_clear(struct histogram *histogram);
void histogram_add(struct histogram *histogram, uint64_t nanos);
double histogram_millis(const struct histogram *histogram, double quantile);

/* usage.c: CPU seconds of the watched processes, of this one, and of a core. */
void usage_watch(const char *name, int pid);
void usage_start(void);
void usage_print(FILE *out); /* since usage_start, as JSON members with a leading comma */

/* connection.c: one socket from connect to close. */
enum state { CLOSED, CONNECTING, UPGRADING, OPEN };
struct connection {
  int fd;
  uint8_t state, stalled, load;
  uint32_t index, room;        /* room: index into the rooms of all loads */
  uint64_t started;            /* when connect was called */
  uint64_t epoch, seq;         /* history.c: of the last delivery; seq 0 before the first */
  char *partial, *unsent;      /* bytes of a frame that has not fully come, bytes that the socket did not take */
  uint32_t partial_len, unsent_len;
};
extern struct connection *connections;
extern uint32_t connection_count;
extern struct tally {
  uint64_t open, under_way, failed, closed, frames, bytes, reads, others, errors, blocked;
  char reason[200]; /* of the first failure or close */
} tally;
extern struct histogram handshakes;
void connections_prepare(void);
void connection_start(struct connection *connection);
void connection_close(struct connection *connection);
void connection_send(struct connection *connection, int opcode, const char *payload, size_t length);
void connections_poll(int64_t timeout_nanos);

/* history.c: every publication and every delivery, checked. */
struct checks {
  uint64_t sent, expected, delivered, duplicated, skipped, disordered, disagreeing, late, acked;
};
extern struct checks checks[MAX_LOADS];
extern struct histogram latencies[MAX_LOADS], last, acks; /* last: to the last of a publication's readers */
void history_prepare(uint32_t rooms);
void history_reader(struct connection *connection, int change); /* one more or one fewer reader of its room */
uint32_t history_publish(struct connection *publisher, uint64_t due);
void history_step(void); /* deliveries of earlier publications count as late from now on */
void history_frame(struct connection *connection, const char *text, size_t length, uint64_t now);

/* clock.c */
uint64_t nanos(void);

/* publish.c: the schedule. */
void publish_step(double seconds, const double *rates);

/* churn.c: connect, upgrade, close, again, until the time or the count is used up. */
void churn(double seconds, uint64_t most);
#endif
