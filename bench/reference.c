/* How fast one thread of this machine can do the workloads of workloads.ts, without any chip: no cores, no
 * routing, no counters, one rule for all neurons. Not a bound, but what a C programmer gets in a day.
 *
 *   cc -O3 -march=native -o reference reference.c
 *   reference W2            builds the network, chooses the block size, then runs once for every line of
 *                           standard input and answers with one line of JSON; ends with the input
 *
 * W1, W2  sparse lists cut by blocks of targets, so that a block's sums stay in a cache; 32-bit sums
 * W3      rows of 8-bit weights, 64 targets in registers while all spikes of a layer stream past
 * W4      only neurons that have a bias or a state own a slot; slots are updated, neurons are not
 *
 * Recipe (splitmix.ts, workloads.ts), steps counted from 0: u decays, takes 64 * (weights arriving); v, unless
 * held, decays and takes u + bias; above the threshold it spikes, is 0 and is held for `refract` steps. u and
 * v stay within +-(2^23 - 1). A spike of step t arrives at t + delay, delay >= 1. */
#define _GNU_SOURCE
#include "reference-networks.h"
#include <time.h>
#ifdef __AVX2__
#include <immintrin.h>
#endif

enum { LIMIT = (1 << 23) - 1, LANES = 8, SPIKES = 4000000, SWEEP = 64 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- state, and one step of some neurons */

/* `ready`: the first step in which v integrates again. `sum`: what arrives, 32 or 16 bits wide. */
typedef struct { int32_t *u, *v, *bias, *ready; void *sum; u32 size; } State;

static State state_of(u32 size, size_t sum_bytes) {
  State s = {.size = (size + LANES - 1) / LANES * LANES};
  s.u = zeroed(4ul * s.size), s.v = zeroed(4ul * s.size), s.bias = zeroed(4ul * s.size);
  s.ready = zeroed(4ul * s.size), s.sum = zeroed(sum_bytes);
  return s;
}

static void free_state(State s) { free(s.u), free(s.v), free(s.bias), free(s.ready), free(s.sum); }

#ifdef __AVX2__
/* x * keep / 4096 toward zero, for |x| < 2^24: the products of even and of odd lanes, 64 bits wide. */
INLINE __m256i decay(__m256i x, __m256i keep) {
  const __m256i size = _mm256_abs_epi32(x);
  const __m256i even = _mm256_srli_epi64(_mm256_mul_epu32(size, keep), 12);
  const __m256i odd = _mm256_slli_epi64(_mm256_mul_epu32(_mm256_srli_epi64(size, 32), keep), 20);
  return _mm256_sign_epi32(_mm256_blend_epi32(even, odd, 0xAA), x);
}
/* The numbers of the bits set in a byte, a byte each: spikes are written without a branch for every one. */
static u64 lanes_of[256];
__attribute__((constructor)) static void fill_lanes(void) {
  for (u32 mask = 1; mask < 256; mask++) {
    const u32 rest = mask & (mask - 1);
    lanes_of[mask] = lanes_of[rest] << 8 | (u64)__builtin_ctz(mask);
  }
}
INLINE __m256i limited(__m256i x) {
  return _mm256_max_epi32(_mm256_set1_epi32(-LIMIT), _mm256_min_epi32(_mm256_set1_epi32(LIMIT), x));
}
#else
INLINE int32_t decay(int32_t x, int32_t keep) { return (int32_t)((int64_t)x * keep / 4096); }
INLINE int32_t limited(int32_t x) { return x > LIMIT ? LIMIT : x < -LIMIT ? -LIMIT : x; }
#endif

/* Neurons from .. to - 1 of `s` (multiples of LANES), whose sums start at `sum` and are 0 afterwards. Writes
 * the numbers of those that spike, counted from `number` at `from`; returns how many. */
INLINE u32 update(const Net *net, const State *s, u32 from, u32 to, void *sum, int narrow, int32_t t, u32 number,
                  u32 *fired) {
  u32 count = 0;
#ifdef __AVX2__
  const __m256i keep_u = _mm256_set1_epi32(4096 - net->du), keep_v = _mm256_set1_epi32(4096 - net->dv);
  const __m256i threshold = _mm256_set1_epi32(net->threshold), step = _mm256_set1_epi32(t);
  const __m256i held = _mm256_set1_epi32(t + 1 + net->refract);
#define AT(array) ((__m256i *)(s->array + i))
  for (u32 i = from; i < to; i += LANES) {
    __m256i arrived;
    if (narrow) {
      __m128i *a = (__m128i *)((int16_t *)sum + (i - from));
      arrived = _mm256_cvtepi16_epi32(*a), *a = _mm_setzero_si128();
    } else {
      __m256i *a = (__m256i *)((int32_t *)sum + (i - from));
      arrived = *a, *a = _mm256_setzero_si256();
    }
    const __m256i u = limited(_mm256_add_epi32(decay(*AT(u), keep_u), _mm256_slli_epi32(arrived, 6)));
    __m256i v = limited(_mm256_add_epi32(_mm256_add_epi32(decay(*AT(v), keep_v), u), *AT(bias)));
    v = _mm256_andnot_si256(_mm256_cmpgt_epi32(*AT(ready), step), v);
    const __m256i spikes = _mm256_cmpgt_epi32(v, threshold);
    *AT(u) = u, *AT(v) = _mm256_andnot_si256(spikes, v);
    const u32 mask = (u32)_mm256_movemask_ps(_mm256_castsi256_ps(spikes));
    if (__builtin_expect(mask != 0, 0)) {
      *AT(ready) = _mm256_blendv_epi8(*AT(ready), held, spikes);
      const __m256i lanes = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)lanes_of[mask]));
      const __m256i first = _mm256_set1_epi32((int32_t)(number + i - from));
      _mm256_storeu_si256((__m256i *)(fired + count), _mm256_add_epi32(first, lanes));
      count += (u32)__builtin_popcount(mask);
    }
  }
#undef AT
#else
  for (u32 i = from; i < to; i++) {
    int32_t *wide = (int32_t *)sum + (i - from);
    int16_t *half = (int16_t *)sum + (i - from);
    s->u[i] = limited(decay(s->u[i], 4096 - net->du) + 64 * (narrow ? *half : *wide));
    if (narrow) *half = 0; else *wide = 0;
    s->v[i] = s->ready[i] > t ? 0 : limited(decay(s->v[i], 4096 - net->dv) + s->u[i] + s->bias[i]);
    if (s->v[i] <= net->threshold) continue;
    s->v[i] = 0, s->ready[i] = t + 1 + net->refract;
    fired[count++] = number + i - from;
  }
#endif
  return count;
}

/* ---- spikes of a run: id[start[t]] .. are those of step t */

typedef struct { u32 *id, *start; double seconds; } Log;

/* ---- W1, W2: sparse lists by blocks of 2^bits targets */

/* A synapse is weight (lowest 8 bits) and, in the highest bits, slot and target within the block: adding the
 * step number to the slot wraps by itself. Neuron i's within a block start at row[i * blocks + block]. */
typedef struct { u32 bits, blocks, slot_bits, *row, *word; } Blocks;

static Blocks cut(const Net *net, u32 bits) {
  Blocks b = {.bits = bits, .blocks = ((net->n - 1) >> bits) + 1, .slot_bits = net->slots == 16 ? 4 : 0};
  b.row = zeroed(4ul * (b.blocks * net->n + 1)), b.word = zeroed(4ul * net->synapses + 256);
  u32 at = 0, *row = b.row;
  for (u32 i = 0; i < net->n; i++)
    for (u32 block = 0; block < b.blocks; block++) {
      for (u32 s = net->row[i]; s < net->row[i + 1]; s++) {
        if (net->target[s] >> bits != block) continue;
        const u32 slot = net->delay[s] & (net->slots - 1), target = net->target[s] & ((1u << bits) - 1);
        b.word[at++] = (slot << bits | target) << (32 - b.slot_bits - bits) | (uint8_t)net->weight[s];
      }
      *++row = at;
    }
  return b;
}

/* What the `count` spikes of a step add to one block. With slots (`ring`, known when compiled) four at a time is
 * 5 % slower, without them faster. `turn` is the step in the place of the slot. */
INLINE void deliver(int32_t *restrict sum, const Blocks *b, u32 block, const u32 *fired, u32 count, u32 turn, int ring) {
  const u32 *restrict row = b->row + block, *restrict word = b->word;
  const u32 pitch = b->blocks, shift = 32 - b->slot_bits - b->bits;
  for (u32 k = 0; k < count; k++) {
    if (k + 8 < count) __builtin_prefetch(row + fired[k + 8] * pitch);
    if (k + 4 < count)
      for (u32 line = 0, at = row[fired[k + 4] * pitch]; line < 6; line++) __builtin_prefetch(word + at + 16 * line);
    u32 i = row[fired[k] * pitch];
    const u32 end = row[fired[k] * pitch + 1];
    for (; !ring && i + 4 <= end; i += 4) {
      const u32 a = word[i], b = word[i + 1], c = word[i + 2], d = word[i + 3];
      sum[(a + turn) >> shift] += (int8_t)a, sum[(b + turn) >> shift] += (int8_t)b;
      sum[(c + turn) >> shift] += (int8_t)c, sum[(d + turn) >> shift] += (int8_t)d;
    }
    for (; i < end; i++) sum[(word[i] + turn) >> shift] += (int8_t)word[i];
  }
}

static void run_blocks(const Net *net, const Blocks *b, Log *log) {
  const u32 size = 1u << b->bits, slots = net->slots;
  State s = state_of(b->blocks << b->bits, 4ul * slots * b->blocks << b->bits);
  memcpy(s.v, net->v0, 4ul * net->n), memcpy(s.bias, net->bias, 4ul * net->n);
  u32 total = 0;
  const double started = now();
  for (u32 t = 0; t < net->steps; t++) {
    u32 *fired = log->id + total, count = 0;
    for (u32 block = 0; block < b->blocks; block++) {
      const u32 first = block << b->bits, left = (net->n - first + LANES - 1) / LANES * LANES;
      int32_t *sum = (int32_t *)s.sum + ((size_t)block * slots + (t & (slots - 1))) * size;
      const u32 end = first + (left < size ? left : size);
      count += update(net, &s, first, end, sum, 0, (int32_t)t, first, fired + count);
    }
    log->start[t] = total, total += count;
    for (u32 block = 0; block < b->blocks; block++) {
      int32_t *sum = (int32_t *)s.sum + (size_t)block * slots * size;
      if (slots > 1) deliver(sum, b, block, fired, count, t << 28, 1);
      else deliver(sum, b, block, fired, count, 0, 0);
    }
  }
  log->start[net->steps] = total, log->seconds = now() - started;
  free_state(s);
}

/* ---- W3: rows of 8-bit weights */

typedef int16_t Shorts __attribute__((vector_size(32), aligned(2), may_alias));
#ifdef __AVX2__ /* gcc 12 makes five instructions of the other form */
#define WIDE(from) ((Shorts)_mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(from))))
#else
typedef int8_t Bytes __attribute__((vector_size(16), aligned(1), may_alias));
#define WIDE(from) __builtin_convertvector(*(const Bytes *)(from), Shorts)
#endif

static void add_rows(int16_t *sum, const int8_t *const *row, const u32 *fired, u32 count, u32 width) {
  u32 j = 0;
  for (; j + 64 <= width; j += 64) {
    Shorts *at = (Shorts *)(sum + j), a = at[0], b = at[1], c = at[2], d = at[3];
    for (u32 k = 0; k < count; k++) {
      const int8_t *w = row[fired[k]] + j;
      a += WIDE(w), b += WIDE(w + 16), c += WIDE(w + 32), d += WIDE(w + 48);
    }
    at[0] = a, at[1] = b, at[2] = c, at[3] = d;
  }
  for (; j < width; j += 16)
    for (u32 k = 0; k < count; k++) *(Shorts *)(sum + j) += WIDE(row[fired[k]] + j);
}

static void run_dense(const Net *net, const int8_t *const *row, Log *log) {
  State s = state_of(net->n, 2ul * net->n + 64);
  memcpy(s.v, net->v0, 4ul * net->n), memcpy(s.bias, net->bias, 4ul * net->n);
  u32 total = 0;
  const double started = now();
  for (u32 t = 0; t < net->steps; t++) {
    u32 *fired = log->id + total, count = net->input_row[t + 1] - net->input_row[t];
    memcpy(fired, net->input + net->input_row[t], 4ul * count);
    int16_t *own = (int16_t *)s.sum + net->inputs;
    count += update(net, &s, net->inputs, s.size, own, 1, (int32_t)t, net->inputs, fired + count);
    log->start[t] = total, total += count;
    for (u32 layer = 0, k = 0; layer < 3; layer++) {
      const u32 first = k;
      while (k < count && fired[k] < FIRST[layer + 1]) k++;
      add_rows((int16_t *)s.sum + FIRST[layer + 1], row, fired + first, k - first, (LAYER[layer + 1] + 15) / 16 * 16);
    }
  }
  log->start[net->steps] = total, log->seconds = now() - started;
  free_state(s);
}

static const int8_t **rows_of(const Net *net) { /* each padded to whole vectors */
  const int8_t **row = zeroed(sizeof *row * net->n);
  int8_t *at = zeroed(net->synapses + 1024ul * 6 + 64);
  for (u32 i = 0; i < net->n; i++) {
    const u32 width = net->row[i + 1] - net->row[i];
    row[i] = memcpy(at, net->weight + net->row[i], width);
    at += (width + 15) / 16 * 16;
  }
  return row;
}

/* ---- W4: a list of the neurons that have anything to do */

static void run_active(const Net *net, Log *log) {
  State s = state_of(net->n, 4ul * net->n + 64);
  u32 *neuron = zeroed(4ul * net->n), *slot = zeroed(4ul * net->n); /* slot counts from 1; 0 is none */
  int32_t *sum = s.sum;
  u32 total = 0, active = 0;
  for (u32 i = 0; i < net->n; i++)
    if (net->v0[i] || net->bias[i]) {
      s.v[active] = net->v0[i], s.bias[active] = net->bias[i], neuron[active] = i;
      slot[i] = ++active;
    }
  const double started = now();
  for (u32 t = 0; t < net->steps; t++) {
    u32 *fired = log->id + total;
    const u32 count = update(net, &s, 0, (active + LANES - 1) / LANES * LANES, sum, 0, (int32_t)t, 0, fired);
    for (u32 k = 0; k < count; k++) fired[k] = neuron[fired[k]];
    log->start[t] = total, total += count;
    for (u32 k = 0; k < count; k++) {
      if (k + 4 < count) {
        const u32 *next = net->target + net->row[fired[k + 4]];
        __builtin_prefetch(next), __builtin_prefetch(next + 16), __builtin_prefetch(next + 31);
        __builtin_prefetch(net->weight + net->row[fired[k + 4]]);
      }
      for (u32 i = net->row[fired[k]], end = net->row[fired[k] + 1]; i < end; i++) {
        const u32 j = net->target[i];
        if (__builtin_expect(slot[j] == 0, 0)) neuron[active] = j, slot[j] = ++active;
        sum[slot[j] - 1] += net->weight[i];
      }
    }
    if (t % SWEEP != SWEEP - 1) continue;
    for (u32 i = 0; i < active;) { /* the last one takes the place of one that fell silent */
      if (s.u[i] | s.v[i] | s.bias[i] | sum[i] || s.ready[i] > (int32_t)t) { i++; continue; }
      slot[neuron[i]] = 0;
      const u32 last = --active;
      s.u[i] = s.u[last], s.v[i] = s.v[last], s.bias[i] = s.bias[last], s.ready[i] = s.ready[last];
      sum[i] = sum[last];
      if (i < last) neuron[i] = neuron[last], slot[neuron[i]] = i + 1;
      s.u[last] = s.v[last] = s.bias[last] = s.ready[last] = sum[last] = 0;
    }
  }
  log->start[net->steps] = total, log->seconds = now() - started;
  free_state(s), free(neuron), free(slot);
}

/* ---- one process, many runs */

static void answer(const Net *net, const Log *log) {
  u64 hash = 0, events = 0;
  for (u32 t = 0; t < net->steps; t++)
    for (u32 k = log->start[t]; k < log->start[t + 1]; k++) {
      const u32 id = log->id[k];
      hash += mix((u64)t << 32 | id), events += net->row[id + 1] - net->row[id];
    }
  printf("{\"seconds\":%.6f,\"hash\":\"%016llx\",\"spikes\":%u,\"events\":%llu}\n", log->seconds,
         (unsigned long long)hash, log->start[net->steps], (unsigned long long)events);
  fflush(stdout);
}

/* The block size whose best of three runs is fastest. */
static Blocks fastest_blocks(const Net *net, u32 from, u32 to, Log *log) {
  Blocks best = {0};
  double best_seconds = 1e9;
  for (u32 bits = from; bits <= to; bits++) {
    Blocks b = cut(net, bits);
    double seconds = 1e9;
    for (int run = 0; run < 3; run++) {
      run_blocks(net, &b, log);
      if (log->seconds < seconds) seconds = log->seconds;
    }
    const int better = seconds < best_seconds;
    Blocks worse = better ? best : b;
    if (better) best = b, best_seconds = seconds;
    free(worse.row), free(worse.word);
  }
  return best;
}

int main(int argc, char **argv) {
  const char *name = argc == 2 ? argv[1] : "";
  const int w = name[0] == 'W' && name[1] >= '1' && name[1] <= '4' && !name[2] ? name[1] - '0' : 0;
  if (!w) { fprintf(stderr, "usage: reference W1|W2|W3|W4\n"); return 2; }
  const Net net = w == 1 ? balanced() : w == 2 ? brunel() : w == 3 ? dense() : idle();
  Log log = {.id = zeroed(4ul * SPIKES), .start = zeroed(4ul * (net.steps + 1))};
  Blocks blocks = {0};
  const int8_t **rows = NULL;
  if (w <= 2) blocks = fastest_blocks(&net, w == 1 ? 10 : 14, w == 1 ? 12 : 17, &log);
  if (w == 3) rows = rows_of(&net);
  printf("{\"workload\":\"%s\",\"variant\":\"%s\",\"block\":%u,\"synapses\":%u}\n", name,
         w <= 2 ? "sparse-i32" : w == 3 ? "dense-i8-rows" : "active-list", w <= 2 ? 1u << blocks.bits : 0,
         net.synapses);
  fflush(stdout);
  for (int c; (c = getchar()) != EOF;) {
    if (c != '\n') continue;
    if (w <= 2) run_blocks(&net, &blocks, &log);
    else if (w == 3) run_dense(&net, rows, &log);
    else run_active(&net, &log);
    answer(&net, &log);
  }
  return 0;
}
