/// The weight of a row in a bootstrap replicate.
///
/// One documented function, so that every plugin draws the same replicates
/// whatever the threads, batches and shards: in replicate r a row weighs as
/// often as a Poisson(1) variable says that is drawn from a hash of seed,
/// replicate and row id.
#ifndef ASSAY_RESAMPLE_H
#define ASSAY_RESAMPLE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The stream of one replicate: hash it once, then once more for each row.
/// The mixer is splitmix64's (Steele, Lea and Flood 2014, variant 13 of Stafford).
static inline uint64_t assay_resample_mix(uint64_t x) {
  x += UINT64_C(0x9E3779B97F4A7C15);
  x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
  return x ^ (x >> 31);
}

static inline uint64_t assay_resample_stream(uint64_t seed, uint64_t replicate) {
  return assay_resample_mix(assay_resample_mix(seed) ^ replicate);
}

/// The weight, 0 to 12, of row `row_id` in the replicate of `stream`.
///
/// The upper 32 bits of the hash are compared with the Poisson(1) distribution
/// function times 2^32, rounded up; what lies beyond 12 has a probability under
/// 2^-32.
///
/// Test vectors, rows 0 to 11:
/// - seed 0, replicate 0: 0 0 1 0 1 1 0 2 2 0 1 0
/// - seed 0, replicate 1: 0 0 0 0 1 0 1 1 0 1 0 1
/// - seed 7, replicate 999: 1 1 0 0 0 0 1 2 1 0 2 0
static inline uint32_t assay_resample_weight(uint64_t stream, uint64_t row_id) {
  uint32_t u = (uint32_t)(assay_resample_mix(stream ^ row_id) >> 32);
  uint32_t weight = 0;
  weight += u >= UINT32_C(1580030169);
  weight += u >= UINT32_C(3160060338);
  weight += u >= UINT32_C(3950075422);
  weight += u >= UINT32_C(4213413784);
  weight += u >= UINT32_C(4279248374);
  weight += u >= UINT32_C(4292415292);
  weight += u >= UINT32_C(4294609778);
  weight += u >= UINT32_C(4294923277);
  weight += u >= UINT32_C(4294962464);
  weight += u >= UINT32_C(4294966818);
  weight += u >= UINT32_C(4294967253);
  weight += u >= UINT32_C(4294967293);
  return weight;
}

#ifdef __cplusplus
}
#endif

#endif
