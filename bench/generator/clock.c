#include "generator.h"
#include <time.h>

uint64_t nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * NANOS + (uint64_t)now.tv_nsec;
}
