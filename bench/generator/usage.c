/* CPU time is read from the process's own clock, which counts nanoseconds where /proc counts hundredths of seconds. */
#include "generator.h"
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAX_WATCHED 8
static struct watched {
  char name[32];
  clockid_t clock;
  double start;
} watched[MAX_WATCHED];
static int watched_count;
static double self_start, busy_start, started;

static double seconds_of(clockid_t clock) {
  struct timespec time = {0};
  clock_gettime(clock, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Seconds that core 0, where everything but the generator runs, was not idle: shows whether others used it. */
static double core_busy(void) {
  char line[512];
  double busy = 0;
  FILE *stat = fopen("/proc/stat", "r");
  while (stat && fgets(line, sizeof line, stat)) {
    unsigned long user, nice, system, idle, wait, irq, softirq;
    if (sscanf(line, "cpu0 %lu %lu %lu %lu %lu %lu %lu", &user, &nice, &system, &idle, &wait, &irq, &softirq) == 7)
      busy = (double)(user + nice + system + irq + softirq) / (double)sysconf(_SC_CLK_TCK);
  }
  if (stat) fclose(stat);
  return busy;
}

void usage_watch(const char *name, int pid) {
  if (watched_count == MAX_WATCHED) fail("at most %d processes can be watched", MAX_WATCHED);
  struct watched *entry = &watched[watched_count++];
  snprintf(entry->name, sizeof entry->name, "%s", name);
  if (clock_getcpuclockid(pid, &entry->clock) != 0) fail("no process %d to watch", pid);
}

void usage_start(void) {
  for (int i = 0; i < watched_count; i++) watched[i].start = seconds_of(watched[i].clock);
  self_start = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
  busy_start = core_busy();
  started = seconds_of(CLOCK_MONOTONIC);
}

void usage_print(FILE *out) {
  double watched_sum = 0;
  fprintf(out, ",\"cpu\":{");
  for (int i = 0; i < watched_count; i++) {
    double used = seconds_of(watched[i].clock) - watched[i].start;
    watched_sum += used;
    fprintf(out, "%s\"%s\":%.6f", i ? "," : "", watched[i].name, used);
  }
  double wall = seconds_of(CLOCK_MONOTONIC) - started, self = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - self_start;
  fprintf(out, "},\"foreign\":%.3f,\"generator\":%.3f", (core_busy() - busy_start - watched_sum) / wall, self / wall);
}
