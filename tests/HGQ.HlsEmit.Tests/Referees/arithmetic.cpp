// The stand-in ap_int.h against plain 128-bit arithmetic: construction, sums, products, shifts, bits, ranges, comparisons.
#include "ap_fixed.h"
#include "ap_int.h"
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

template <typename T, int W, bool S> static void one() {
  for (int n = 0; n < 1000; n++) {
    const i128 a = any(), b = any();
    const T x = T(ap_wide_sum(a)), y = T(ap_wide_sum(b));
    const i128 p = wrapped<W, S>(a), q = wrapped<W, S>(b);
    same("value", W, x.v == p && y.v == q);
    const T sum = x + y, difference = x - y, product = x * y, minus = -x;
    same("sum", W, sum.v == wrapped<W, S>((i128)((u128)p + (u128)q)));
    same("difference", W, difference.v == wrapped<W, S>((i128)((u128)p - (u128)q)));
    same("product", W, product.v == wrapped<W, S>((i128)((u128)p * (u128)q)));
    same("minus", W, minus.v == wrapped<W, S>((i128)(0 - (u128)p)));
    const int shift = (int)(next() % W);
    const T left = x << shift, right = x >> shift;
    same("left shift", W, left.v == wrapped<W, S>((i128)((u128)p << shift)));
    same("right shift", W, right.v == p >> shift);
    same("order", W, (x < y) == (p < q) && (x > y) == (p > q) && (x == y) == (p == q) && (x != y) == (p != q));
    same("bit", W, x[shift] == (bool)((u128)p >> shift & 1));
    const int low = (int)(next() % W), high = low + (int)(next() % (W - low));
    const ap_uint<W> range = x.range(high, low);
    same("range", W, (u128)range.v == ((u128)p >> low & (~(u128)0 >> (127 - high + low))));
    T target = x;
    target.range(high, low) = y;
    const u128 mask = (~(u128)0 >> (127 - high + low)) << low;
    same("range written", W, target.v == wrapped<W, S>((i128)(((u128)p & ~mask) | ((u128)q << low & mask))));
    const ap_int<W> as_signed = x;
    const ap_uint<W> as_unsigned = x;
    same("signs", W, as_signed.v == wrapped<W, true>(p) && as_unsigned.v == wrapped<W, false>(p));
    same("to_int64", W, x.to_int64() == (long long)p);
  }
}

template <int W> static void both() {
  one<ap_int<W>, W, true>();
  one<ap_uint<W>, W, false>();
}

int main() {
  both<1>(), both<2>(), both<3>(), both<7>(), both<8>(), both<16>(), both<31>(), both<32>(), both<33>();
  both<62>(), both<63>(), both<64>(), both<65>(), both<66>(), both<100>(), both<127>(), both<128>();
  static const ap_int<10> table[3] = {-512, 0, 511};
  same("table", 10, table[ap_uint<2>(2).to_uint()].to_int() == 511 && table[0].to_int() == -512);
  const ap_uint<64> largest = 18446744073709551615ULL;
  same("largest", 64, largest > ap_uint<64>(9223372036854775807LL) && (largest + 1 - largest).v == 1);
  std::printf("%ld checks, %ld differences\n", checks, differences);
  return differences != 0;
}
