#include "generator.h"
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void connect_all(void) {
  histogram_clear(&handshakes);
  tally.failed = 0;
  tally.reason[0] = 0;
  usage_start();
  uint64_t start = nanos();
  for (uint32_t next = 0; next < connection_count || tally.under_way;) {
    while (next < connection_count && tally.under_way < options.parallel) {
      if (connections[next].state == CLOSED) connection_start(&connections[next]);
      next++;
    }
    connections_poll(10000000);
  }
  printf("{\"seconds\":%.3f,\"open\":%lu,\"failed\":%lu,\"reason\":\"%s\",\"p50\":%.3f,\"p99\":%.3f",
         (double)(nanos() - start) / 1e9, tally.open, tally.failed, tally.reason, histogram_millis(&handshakes, 0.5),
         histogram_millis(&handshakes, 0.99));
  usage_print(stdout);
  puts("}");
}

static void hold(double seconds) {
  uint64_t end = nanos() + (uint64_t)(seconds * 1e9);
  uint64_t closed = tally.closed;
  usage_start();
  for (uint64_t now; (now = nanos()) < end;) connections_poll((int64_t)(end - now));
  printf("{\"seconds\":%.3f,\"open\":%lu,\"closed\":%lu,\"reason\":\"%s\"", seconds, tally.open, tally.closed - closed, tally.reason);
  usage_print(stdout);
  puts("}");
}

static void obey(char *line) {
  char *word = strtok(line, " \n");
  if (!word) return;
  if (!strcmp(word, "watch")) {
    char *name = strtok(NULL, " \n"), *pid = strtok(NULL, " \n");
    if (!name || !pid) fail("watch NAME PID");
    usage_watch(name, atoi(pid));
    puts("{}");
  } else if (!strcmp(word, "connect")) {
    connect_all();
  } else if (!strcmp(word, "close")) {
    for (uint32_t i = 0; i < connection_count; i++) connection_close(&connections[i]);
    puts("{}");
  } else {
    char *text = strtok(NULL, " \n");
    double seconds = text ? atof(text) : 0, rates[MAX_LOADS] = {0};
    for (int l = 0; l < MAX_LOADS && (text = strtok(NULL, " \n")); l++) rates[l] = atof(text);
    if (!strcmp(word, "step")) publish_step(seconds, rates);
    else if (!strcmp(word, "churn")) churn(seconds, rates[0] > 0 ? (uint64_t)rates[0] : UINT64_MAX);
    else if (!strcmp(word, "hold")) hold(seconds);
    else fail("unknown command %s", word);
  }
  fflush(stdout);
}

/* Between commands the sockets are still served, so that pings are answered; the end of the input ends the program. */
int main(int argc, char **argv) {
  char line[1024];
  size_t length = 0;
  options_read(argc, argv);
  connections_prepare();
  for (;;) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    connections_poll(0);
    if (poll(&input, 1, 5) <= 0) continue;
    ssize_t got = read(STDIN_FILENO, line + length, sizeof line - 1 - length);
    if (got <= 0) return 0;
    length += (size_t)got;
    line[length] = 0;
    for (char *end; (end = strchr(line, '\n'));) {
      *end = 0;
      size_t rest = length - (size_t)(end + 1 - line);
      char command[1024];
      strcpy(command, line);
      memmove(line, end + 1, rest + 1);
      length = rest;
      obey(command);
    }
  }
}
