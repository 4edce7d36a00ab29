#include "generator.h"

void churn(double seconds, uint64_t most) {
  histogram_clear(&handshakes);
  tally.failed = tally.closed = 0;
  tally.reason[0] = 0;
  usage_start();
  uint64_t start = nanos(), end = start + (uint64_t)(seconds * 1e9);
  uint64_t begun = 0;
  uint32_t next = 0;
  while ((begun < most && nanos() < end) || tally.under_way) {
    while (begun < most && tally.under_way < options.parallel && nanos() < end) {
      struct connection *connection = &connections[next++ % connection_count];
      if (connection->state == OPEN) connection_close(connection);
      if (connection->state == CLOSED) {
        connection_start(connection);
        begun++;
      }
    }
    connections_poll(10000000);
    if (nanos() > end + 10 * NANOS) break;
  }
  printf("{\"seconds\":%.3f,\"count\":%lu,\"failed\":%lu,\"reason\":\"%s\",\"p50\":%.3f,\"p99\":%.3f",
         (double)(nanos() - start) / 1e9, handshakes.count, tally.failed, tally.reason, histogram_millis(&handshakes, 0.5),
         histogram_millis(&handshakes, 0.99));
  usage_print(stdout);
  puts("}");
}
