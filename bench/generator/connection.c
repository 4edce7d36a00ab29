#define _GNU_SOURCE
#include "generator.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* The sample key of RFC 6455, section 1.3, and the answer to it. */
#define KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
#define READ_BUFFER (1 << 20)

struct connection *connections;
uint32_t connection_count;
struct tally tally;
struct histogram handshakes;
static int epoll;
static char buffer[READ_BUFFER + 1];

static void note(const char *what, const char *detail) {
  if (!tally.reason[0]) snprintf(tally.reason, sizeof tally.reason, "%s %.150s", what, detail);
  for (char *c = tally.reason; *c; c++) /* the reason goes into JSON */
    if (*c < ' ' || *c == '"' || *c == '\\') *c = ' ';
}

void connections_prepare(void) {
  epoll = epoll_create1(EPOLL_CLOEXEC);
  uint32_t rooms = 0;
  for (int l = 0; l < options.load_count; l++) connection_count += options.loads[l].connections;
  connections = calloc(connection_count, sizeof *connections);
  struct connection *next = connections;
  for (int l = 0; l < options.load_count; l++) {
    const struct load_spec *load = &options.loads[l];
    for (uint32_t i = 0; i < load->connections; i++, next++) {
      *next = (struct connection){.fd = -1, .load = (uint8_t)l, .index = (uint32_t)(next - connections)};
      next->room = rooms + i % load->rooms;
      next->stalled = l == 0 && i >= load->connections - options.stalled;
    }
    rooms += load->rooms;
  }
  history_prepare(rooms);
}

static void watch(struct connection *connection, uint32_t events, int operation) {
  struct epoll_event event = {.events = events, .data.u32 = connection->index};
  epoll_ctl(epoll, operation, connection->fd, &event);
}

void connection_start(struct connection *connection) {
  int one = 1, small = 4096;
  int fd = connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) fail("socket: %s", strerror(errno));
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connection->stalled) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  if (options.sources > 1) {
    struct sockaddr_in source = {.sin_family = AF_INET};
    source.sin_addr.s_addr = htonl(0x7f000101u + connection->index % options.sources);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    if (bind(fd, (struct sockaddr *)&source, sizeof source) < 0) fail("bind: %s", strerror(errno));
  }
  struct sockaddr_in target = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  target.sin_port = htons(options.ports[connection->index % (uint32_t)options.port_count]);
  connection->state = CONNECTING;
  connection->started = nanos();
  tally.under_way++;
  if (connect(fd, (struct sockaddr *)&target, sizeof target) < 0 && errno != EINPROGRESS) {
    note("connect:", strerror(errno));
    connection_close(connection);
    return;
  }
  watch(connection, EPOLLOUT, EPOLL_CTL_ADD);
}

/* Resets the connection rather than closing it, so that no port is kept in TIME_WAIT. */
void connection_close(struct connection *connection) {
  if (connection->state == CLOSED) return;
  struct linger reset = {.l_onoff = 1};
  setsockopt(connection->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  close(connection->fd);
  if (connection->state == OPEN) {
    tally.open--;
    tally.closed++;
    history_reader(connection, -1);
  } else {
    tally.under_way--;
    tally.failed++;
  }
  free(connection->partial);
  free(connection->unsent);
  connection->fd = -1;
  connection->state = CLOSED;
  connection->partial = connection->unsent = NULL;
  connection->partial_len = connection->unsent_len = 0;
  connection->seq = 0;
}

static void write_or_keep(struct connection *connection, const char *bytes, size_t length) {
  ssize_t taken = 0;
  if (!connection->unsent_len) taken = send(connection->fd, bytes, length, MSG_NOSIGNAL);
  if (taken < 0 && errno != EAGAIN) {
    note("send:", strerror(errno));
    connection_close(connection);
    return;
  }
  if (taken < 0) taken = 0;
  if ((size_t)taken == length) return;
  tally.blocked++;
  uint32_t rest = (uint32_t)(length - (size_t)taken);
  connection->unsent = realloc(connection->unsent, connection->unsent_len + rest);
  memcpy(connection->unsent + connection->unsent_len, bytes + taken, rest);
  connection->unsent_len += rest;
  watch(connection, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
}

static void write_rest(struct connection *connection) {
  ssize_t taken = send(connection->fd, connection->unsent, connection->unsent_len, MSG_NOSIGNAL);
  if (taken <= 0) return;
  connection->unsent_len -= (uint32_t)taken;
  memmove(connection->unsent, connection->unsent + taken, connection->unsent_len);
  if (!connection->unsent_len) watch(connection, connection->stalled ? 0 : EPOLLIN, EPOLL_CTL_MOD);
}

void connection_send(struct connection *connection, int opcode, const char *payload, size_t length) {
  static char frame[(1 << 16) + 8];
  static const uint8_t mask[4] = {0x1b, 0xd4, 0x62, 0x8f};
  if (length > 65535) fail("a frame of %zu bytes is beyond what this generator sends", length);
  size_t head = 2;
  frame[0] = (char)(0x80 | opcode);
  frame[1] = (char)(0x80 | (length < 126 ? length : 126));
  if (length >= 126) {
    frame[head++] = (char)(length >> 8);
    frame[head++] = (char)length;
  }
  memcpy(frame + head, mask, 4);
  head += 4;
  for (size_t i = 0; i < length; i++) frame[head + i] = (char)(payload[i] ^ mask[i & 3]);
  write_or_keep(connection, frame, head + length);
}

static void request_upgrade(struct connection *connection) {
  char request[8192];
  const char *cookie = options.cookie_count ? options.cookies[connection->index % options.cookie_count] : NULL;
  int length = snprintf(request, sizeof request,
      "GET %sr%u%s HTTP/1.1\r\nHost: localhost:%u\r\nOrigin: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " KEY "\r\n%s%s%s%s\r\n",
      options.path_prefix, connection->room, options.path_suffix, options.ports[0], options.origin,
      options.full ? "Sec-WebSocket-Protocol: sidestream.v1.json\r\n" : "", cookie ? "Cookie: " : "",
      cookie ? cookie : "", cookie ? "\r\n" : "");
  connection->state = UPGRADING;
  watch(connection, EPOLLIN, EPOLL_CTL_MOD);
  write_or_keep(connection, request, (size_t)length);
}

/* Returns the bytes of the answer, 0 while it is incomplete; closes when it is a refusal. */
static size_t read_upgrade(struct connection *connection, char *bytes, size_t length) {
  bytes[length] = 0;
  char *end = strstr(bytes, "\r\n\r\n");
  if (!end) return 0;
  if (strncmp(bytes, "HTTP/1.1 101", 12) != 0 || !strstr(bytes, ACCEPT)) {
    note("refused:", bytes);
    connection_close(connection);
    return 0;
  }
  connection->state = OPEN;
  tally.under_way--;
  tally.open++;
  histogram_add(&handshakes, nanos() - connection->started);
  history_reader(connection, 1);
  if (connection->stalled) watch(connection, 0, EPOLL_CTL_MOD);
  return (size_t)(end + 4 - bytes);
}

static void frame(struct connection *connection, int opcode, const char *payload, size_t length, uint64_t now) {
  if (opcode == 1 || opcode == 2) {
    tally.frames++;
    tally.bytes += length;
    history_frame(connection, payload, length, now);
  } else if (opcode == 9) {
    connection_send(connection, 10, payload, length);
  } else if (opcode == 8) {
    char code[160];
    int number = length < 2 ? 1005 : (uint8_t)payload[0] << 8 | (uint8_t)payload[1];
    snprintf(code, sizeof code, "%d %.*s", number, length < 2 ? 0 : (int)length - 2, payload + 2);
    note("closed by the server:", code);
    connection_close(connection);
  }
}

/* Returns the bytes of the complete frames at the start. */
static size_t read_frames(struct connection *connection, const char *bytes, size_t length, uint64_t now) {
  size_t done = 0;
  while (connection->state == OPEN && length - done >= 2) {
    const uint8_t *head = (const uint8_t *)bytes + done;
    size_t head_len = 2, payload_len = head[1] & 0x7f;
    if (payload_len == 126) {
      if (length - done < (head_len = 4)) break;
      payload_len = (size_t)head[2] << 8 | head[3];
    } else if (payload_len == 127) {
      if (length - done < (head_len = 10)) break;
      payload_len = (size_t)head[6] << 24 | (size_t)head[7] << 16 | (size_t)head[8] << 8 | head[9];
    }
    if (length - done < head_len + payload_len) break;
    frame(connection, head[0] & 15, bytes + done + head_len, payload_len, now);
    done += head_len + payload_len;
  }
  return done;
}

static void readable(struct connection *connection) {
  size_t kept = connection->partial_len;
  if (kept) memcpy(buffer, connection->partial, kept);
  ssize_t got = recv(connection->fd, buffer + kept, READ_BUFFER - kept, 0);
  if (got <= 0) {
    if (got < 0 && errno == EAGAIN) return;
    note("lost:", got < 0 ? strerror(errno) : "end of stream");
    connection_close(connection);
    return;
  }
  tally.reads++;
  size_t length = kept + (size_t)got, used = 0;
  if (connection->state == UPGRADING) used = read_upgrade(connection, buffer, length);
  if (connection->state == OPEN) used += read_frames(connection, buffer + used, length - used, nanos());
  if (connection->state == CLOSED) return;
  uint32_t rest = (uint32_t)(length - used);
  if (rest == 0 && !kept) return;
  free(connection->partial);
  connection->partial = rest ? malloc(rest) : NULL;
  connection->partial_len = rest;
  if (rest) memcpy(connection->partial, buffer + used, rest);
}

static void connected(struct connection *connection) {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(connection->fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error) {
    note("connect:", strerror(error));
    connection_close(connection);
  } else {
    request_upgrade(connection);
  }
}

void connections_poll(int64_t timeout_nanos) {
  static struct epoll_event events[1024];
  struct timespec timeout = {.tv_sec = timeout_nanos / (int64_t)NANOS, .tv_nsec = timeout_nanos % (int64_t)NANOS};
  int count = epoll_pwait2(epoll, events, 1024, timeout_nanos < 0 ? NULL : &timeout, NULL);
  for (int i = 0; i < count; i++) {
    struct connection *connection = &connections[events[i].data.u32];
    uint32_t what = events[i].events;
    if (connection->state == CLOSED) continue;
    if (connection->state == CONNECTING) {
      connected(connection);
      continue;
    }
    if (what & EPOLLOUT && connection->unsent_len) write_rest(connection);
    if (what & EPOLLIN) readable(connection);
    else if (what & (EPOLLHUP | EPOLLERR)) {
      note("lost:", "reset by the server");
      connection_close(connection);
    }
  }
}
