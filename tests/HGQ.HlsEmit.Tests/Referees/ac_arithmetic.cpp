// The stand-in ac_int.h against plain 128-bit arithmetic, by what a program sees of a number, so that the open headers can be put in
// its place: types of results, sums, products, shifts, slices, bits, comparisons, conversions, literals.
#include <ac_fixed.h>
#include <ac_int.h>
#include "checks.h"

template <int W, bool S> static ac_int<W, S> number(i128 x) {
  ac_int<128, true> all = 0;
  all.set_slc(0, ac_int<64, false>((unsigned long long)x));
  all.set_slc(64, ac_int<64, false>((unsigned long long)(x >> 64)));
  return ac_int<W, S>(all);
}

template <int W, bool S> static i128 value(const ac_int<W, S> &x) {
  const ac_int<128, true> all = x;
  const unsigned long long low = (unsigned long long)all.slc<64>(0).to_int64(), high = (unsigned long long)all.slc<64>(64).to_int64();
  return (i128)((u128)high << 64 | low);
}

template <int W, bool S> static void one() {
  typedef ac_int<W, S> T;
  same("width", W, T::width == W && decltype(-T())::width == W + 1);
  for (int n = 0; n < 300; n++) {
    const i128 a = any(), b = any(), p = wrapped<W, S>(a), q = wrapped<W, S>(b);
    const T x = number<W, S>(a), y = number<W, S>(b);
    same("value", W, value(x) == p && value(y) == q);
    same("minus", W, value(-x) == wrapped<W + 1, true>(-p));
    const int shift = (int)(next() % W);
    same("left shift", W, value(x << shift) == wrapped<W, S>((i128)((u128)p << shift)) && decltype(x << shift)::width == W);
    same("right shift", W, value(x >> shift) == p >> shift && decltype(x >> shift)::width == W);
    same("bit", W, x[shift] == (((u128)p >> shift & 1) != 0));
    same("slice", W, value(x.template slc<1>(shift)) == wrapped<1, S>(p >> shift) && value(x.template slc<W>(0)) == p);
    const int part = W > 1 ? W / 2 : 1;
    const int rest = (int)(next() % (W - part + 1));
    T target = x;
    target.set_slc(rest, ac_int<part, true>(y));
    const u128 mask = (~(u128)0 >> (128 - part)) << rest;
    same("slice written", W, value(target) == wrapped<W, S>((i128)(((u128)p & ~mask) | ((u128)q << rest & mask))));
    same("order", W, (x < y) == (p < q) && (x > y) == (p > q) && (x == y) == (p == q) && (x != y) == (p != q));
    same("integers", W, x.to_int64() == (long long)p && x.to_uint() == (unsigned)p && x.to_int() == (int)p);
    const long long l = (long long)next();
    same("from 64 bits", W, value(T(l)) == wrapped<W, S>(l) && value(T((unsigned long long)l)) == wrapped<W, S>((unsigned long long)l));
    same("from 32 bits", W, value(T((int)l)) == wrapped<W, S>((int)l));
    same("choice", W, value(n % 2 == 0 ? x : T(y)) == (n % 2 == 0 ? p : q));
  }
}

// Operands of different types; the results hold everything.
template <int W, bool S, int W2, bool S2> static void two() {
  typedef ac_int<W, S> T;
  typedef ac_int<W2, S2> U;
  const int left = W + (S2 && !S), right = W2 + (S && !S2), wide = (left > right ? left : right) + 1;
  same("width of a sum", W, decltype(T() + U())::width == wide && decltype(T() - U())::width == wide);
  same("width of a product", W, decltype(T() * U())::width == W + W2);
  const bool sum_signed = value(decltype(T() + U())(-1)) < 0, product_signed = value(decltype(T() * U())(-1)) < 0;
  same("sign of a result", W, sum_signed == (S || S2) && value(decltype(T() - U())(-1)) < 0 && product_signed == (S || S2));
  for (int n = 0; n < 300; n++) {
    const i128 a = any(), b = any(), p = wrapped<W, S>(a), q = wrapped<W2, S2>(b);
    const T x = number<W, S>(a);
    const U y = number<W2, S2>(b);
    same("sum", W, value(x + y) == p + q);
    same("difference", W, value(x - y) == p - q);
    same("product", W, value(x * y) == (i128)((u128)p * (u128)q));
    same("order of two types", W, (x < y) == (p < q) && (x > y) == (p > q) && (x == y) == (p == q) && (x != y) == (p != q));
    const T narrowed = x * y - x;
    same("assignment", W, value(narrowed) == wrapped<W, S>((i128)((u128)p * (u128)q - (u128)p)));
    same("conversion", W, value(T(y)) == wrapped<W, S>(q) && value(U(x)) == wrapped<W2, S2>(p));
  }
}

template <int W> static void both() {
  one<W, true>(), one<W, false>();
}

template <int W, int W2> static void all() {
  two<W, true, W2, true>(), two<W, true, W2, false>(), two<W, false, W2, true>(), two<W, false, W2, false>();
}

template <int W, bool S> static void ports() {
  for (int n = 0; n < 100; n++) {
    const i128 a = any();
    ac_fixed<W, 3, S> port = 0;
    port.set_slc(0, number<W, S>(a));
    const int low = (int)(next() % W);
    const i128 code = wrapped<W, S>(a);
    same("port", W, value(port.template slc<W>(0)) == code && value(port.template slc<1>(low)) == wrapped<1, S>(code >> low));
  }
}

int main() {
  both<1>(), both<2>(), both<3>(), both<7>(), both<8>(), both<16>(), both<31>(), both<32>(), both<33>();
  both<62>(), both<63>(), both<64>(), both<65>(), both<66>(), both<100>(), both<126>();
  all<1, 1>(), all<1, 5>(), all<5, 1>(), all<8, 8>(), all<7, 31>(), all<32, 32>(), all<31, 33>(), all<33, 20>();
  all<62, 60>(), all<63, 1>();
  ports<1, true>(), ports<6, true>(), ports<6, false>(), ports<33, true>(), ports<64, false>(), ports<100, true>(), ports<128, true>();
  ports<128, false>();
  static const ac_int<10, true> table[3] = {-512, 0, 511};
  same("table", 10, table[ac_int<2, false>(2).to_uint()].to_int() == 511 && table[0].to_int() == -512);
  same("bool", 1, ac_int<1, false>(true).to_int() == 1 && ac_int<1, true>(true).to_int() == -1 && ac_int<5, true>(true).to_int() == 1);
  const ac_int<6, false> u = 63;
  const ac_int<4, true> s = -8;
  same("literals", 6, value(u + 3) == 66 && value(3 - u) == -60 && value(s - 5) == -13 && value(-7 + s) == -15);
  same("long literals", 6, value(u - 3000000000LL) == 63 - 3000000000LL && value(18446744073709551615ULL + s) == ((i128)1 << 64) - 9);
  same("longest literal", 6, value(s - 9223372036854775808ULL) == -((i128)1 << 63) - 8);
  same("-x of the smallest", 4, value(-s) == 8 && decltype(-s)::width == 5 && value(-u) == -63);
  std::printf("%ld checks, %ld differences\n", checks, differences);
  return differences != 0;
}
