// What the referees of integers share: 128-bit arithmetic, random numbers, and the count of differences.
#ifndef CHECKS_H
#define CHECKS_H
#include <cstdio>

__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;

static unsigned long long state = 1;
static long differences = 0, checks = 0;

static unsigned long long next() {
  state += 0x9E3779B97F4A7C15ULL;
  unsigned long long z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

static void same(const char *what, int width, bool ok) {
  checks++;
  if (!ok && differences++ < 10)
    std::printf("%s at width %d differs\n", what, width);
}

// x modulo 2^W, read as signed or unsigned.
template <int W, bool S> static i128 wrapped(i128 x) {
  const u128 bits = (u128)x << (128 - W);
  return S ? (i128)bits >> (128 - W) : (i128)(bits >> (128 - W));
}

static i128 any() {
  const i128 x = (i128)((u128)next() << 64 | next());
  return x >> (next() % 128);
}

#endif
