// The stand-in ap_int.h against plain 128-bit arithmetic: construction, sums, products, shifts, bits, ranges, comparisons.
#include "ap_fixed.h"
#include "ap_int.h"
#include "checks.h"

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
