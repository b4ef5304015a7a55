/* The networks of workloads.ts for reference.c: the same draws (splitmix.ts) in the same order. */
#ifndef REFERENCE_NETWORKS_H
#define REFERENCE_NETWORKS_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define INLINE static inline __attribute__((always_inline))
typedef uint32_t u32;
typedef uint64_t u64;

/* ---- memory, random numbers */

/* Zeroed, so that its pages exist before the clock starts; huge ones where they can be had. */
static void *zeroed(size_t bytes) {
  const size_t align = bytes < (1 << 21) ? 64 : 1 << 21;
  bytes = (bytes + 64 + align - 1) / align * align;
  void *memory = aligned_alloc(align, bytes);
  if (!memory) { perror("reference"); exit(1); }
#ifdef MADV_HUGEPAGE
  if (align > 64) madvise(memory, bytes, MADV_HUGEPAGE);
#endif
  return memset(memory, 0, bytes);
}

INLINE u64 mix(u64 z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}
static u64 stream(u64 seed, u64 number) { return mix(mix(seed) + number); }
INLINE u64 draw(u64 base, u64 k) { return mix(base + (k + 1) * 0x9E3779B97F4A7C15u); }
INLINE u32 below(u64 x, u32 n) { return (u32)(((x >> 32) * n) >> 32); }

/* ---- networks */

typedef struct {
  u32 n, steps, inputs, slots; /* neurons below `inputs` are sources; slots of delay, a power of two */
  int32_t du, dv, threshold, refract;
  u32 synapses, *row; /* row[i] .. row[i + 1] are neuron i's synapses */
  u32 *target;
  int8_t *weight;
  uint8_t *delay;
  int32_t *v0, *bias;
  u32 *input, *input_row; /* sources spiking in step t: input[input_row[t]] .. */
} Net;

static void allot(Net *net, u32 capacity) {
  net->row = zeroed(4 * (net->n + 1));
  net->target = zeroed(4ul * capacity);
  net->weight = zeroed(capacity);
  net->delay = zeroed(capacity);
  net->v0 = zeroed(4ul * net->n);
  net->bias = zeroed(4ul * net->n);
}

INLINE void join(Net *net, u32 target, int weight, u32 delay) {
  net->target[net->synapses] = target;
  net->weight[net->synapses] = (int8_t)weight;
  net->delay[net->synapses++] = (uint8_t)delay;
}

static Net balanced(void) {
  Net net = {.n = 4000, .steps = 10000, .slots = 1, .du = 742, .dv = 200, .threshold = 48576, .refract = 5};
  const u64 pairs = stream(1001, 1), start = stream(1001, 2);
  allot(&net, 400000);
  for (u32 i = 0; i < net.n; i++) {
    for (u32 j = 0; j < net.n; j++)
      if (i != j && draw(pairs, (u64)i * net.n + j) >> 32 < (2ull << 32) / 100)
        join(&net, j, i < 3200 ? 6 : -67, 1);
    net.row[i + 1] = net.synapses;
    net.v0[i] = (int32_t)below(draw(start, i), (u32)net.threshold);
    net.bias[i] = 4000;
  }
  return net;
}

static Net brunel(void) {
  Net net = {.n = 100000, .steps = 1000, .slots = 16, .du = 1612, .dv = 200, .threshold = 48576, .refract = 2};
  const u64 targets = stream(1002, 1), start = stream(1002, 2), drive = stream(1002, 3);
  allot(&net, net.n * 100);
  for (u32 i = 0; i < net.n; i++) {
    for (u32 k = 0; k < 100; k++) {
      const u64 x = draw(targets, i * 100ull + k);
      const u32 j = below(x, net.n);
      join(&net, j == i ? (j + 1) % net.n : j, i < 80000 ? 10 : -100, 1 + (x & 15));
    }
    net.row[i + 1] = net.synapses;
    net.v0[i] = (int32_t)below(draw(start, i), (u32)net.threshold);
    net.bias[i] = 2700 + (int32_t)below(draw(drive, i), 801);
  }
  return net;
}

static const u32 LAYER[] = {784, 1024, 1024, 10}, FIRST[] = {0, 784, 1808, 2832, 2842};

static Net dense(void) {
  Net net = {.n = 2842, .steps = 1000, .inputs = 784, .slots = 1, .du = 742, .dv = 200};
  net.threshold = 48576, net.refract = 2;
  const u64 weights = stream(1003, 1), input = stream(1003, 2);
  allot(&net, 784 * 1024 + 1024 * 1024 + 1024 * 10);
  for (u32 layer = 0, i = 0; layer < 4; layer++)
    for (u32 end = FIRST[layer + 1]; i < end; i++) {
      for (u32 j = 0; layer < 3 && j < LAYER[layer + 1]; j++)
        join(&net, end + j, (int)below(draw(weights, net.synapses), 31) - 15, 1);
      net.row[i + 1] = net.synapses;
      net.bias[i] = layer == 0 ? 0 : 2000;
    }
  net.input = zeroed(4ul * net.steps * net.inputs);
  net.input_row = zeroed(4 * (net.steps + 1));
  for (u32 t = 0, k = 0, count = 0; t < net.steps; net.input_row[++t] = count)
    for (u32 i = 0; i < net.inputs; i++, k++)
      if (draw(input, k) >> 32 < (1ull << 32) / 10) net.input[count++] = i;
  return net;
}

static Net idle(void) {
  Net net = {.n = 1000000, .steps = 1000, .slots = 1, .du = 742, .dv = 200, .threshold = 48576, .refract = 1};
  const u64 targets = stream(1004, 1), driven = stream(1004, 2), start = stream(1004, 3);
  allot(&net, net.n * 32);
  for (u32 i = 0; i < net.n; i++) {
    for (u32 k = 0; k < 32; k++) {
      const u32 j = below(draw(targets, i * 32ull + k), net.n);
      join(&net, j == i ? (j + 1) % net.n : j, 8, 1);
    }
    net.row[i + 1] = net.synapses;
  }
  for (u32 c = 0; c < 1000; c++) {
    const u32 i = c * 1000 + below(draw(driven, c), 1000);
    net.bias[i] = 6400;
    net.v0[i] = (int32_t)below(draw(start, c), (u32)net.threshold);
  }
  return net;
}

#endif
