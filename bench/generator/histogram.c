/* Buckets are exact below 64 ns; above, each power of two is cut into 64. */
#include "generator.h"
#include <string.h>

static uint32_t bucket_of(uint64_t value) {
  if (value < 64) return (uint32_t)value;
  uint32_t shift = 57 - (uint32_t)__builtin_clzll(value); /* leaves 7 significant bits: 64..127 */
  return 64 * shift + (uint32_t)(value >> shift);
}

static uint64_t upper_end(uint32_t bucket) {
  if (bucket < 128) return bucket;
  uint32_t shift = bucket / 64 - 1;
  return ((uint64_t)(bucket - 64 * shift + 1) << shift) - 1;
}

void histogram_clear(struct histogram *histogram) { memset(histogram, 0, sizeof *histogram); }

void histogram_add(struct histogram *histogram, uint64_t value) {
  histogram->buckets[bucket_of(value)]++;
  histogram->count++;
  if (value > histogram->max) histogram->max = value;
}

double histogram_millis(const struct histogram *histogram, double quantile) {
  uint64_t rank = (uint64_t)(quantile * (double)histogram->count + 0.5), seen = 0;
  if (rank == 0) rank = 1;
  for (uint32_t i = 0; i < HISTOGRAM_BUCKETS; i++) {
    seen += histogram->buckets[i];
    if (seen >= rank) return (double)(upper_end(i) < histogram->max ? upper_end(i) : histogram->max) / 1e6;
  }
  return 0;
}
