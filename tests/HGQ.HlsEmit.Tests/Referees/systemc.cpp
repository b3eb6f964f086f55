// The stand-in ap_fixed.h against SystemC's sc_fixed: a double assigned to every kind of number.
#include <systemc.h>
#include "ap_fixed.h"
#include <cstdio>

static unsigned long long state = 7;
static long differences = 0, checks = 0;

static unsigned long long next() {
  state += 0x9E3779B97F4A7C15ULL;
  unsigned long long z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

// Multiples of a quarter and of an eighth of a step, far and near, and anything at all.
template <int W, int I> static double any() {
  const double step = std::ldexp(1.0, I - W);
  switch (next() % 4) {
  case 0: return step * ((double)(long long)(next() % 4096) - 2048) / 8;
  case 1: return step * ((double)(long long)(next() % (1ULL << (W + 2))) - (double)(1ULL << (W + 1))) / 2;
  case 2: return std::ldexp((double)(long long)next(), (int)(next() % 40) - 84);
  default: return step * (double)((long long)(next() % 64) - 32);
  }
}

template <int W, int I, ap_q_mode Q, ap_o_mode O, sc_q_mode SQ, sc_o_mode SO> static void one() {
  for (int n = 0; n < 300; n++) {
    const double x = any<W, I>();
    const ap_fixed<W, I, Q, O> a = x;
    const sc_fixed<W, I, SQ, SO> s = x;
    const ap_ufixed<W, I, Q, O> b = x;
    const sc_ufixed<W, I, SQ, SO> t = x;
    checks += 2;
    if (a.to_double() != s.to_double() && differences++ < 10)
      std::printf("fixed<%d, %d> modes %d %d: %.17g gives %.17g, SystemC %.17g\n", W, I, (int)Q, (int)O, x, a.to_double(), s.to_double());
    if (b.to_double() != t.to_double() && differences++ < 10)
      std::printf("ufixed<%d, %d> modes %d %d: %.17g gives %.17g, SystemC %.17g\n", W, I, (int)Q, (int)O, x, b.to_double(), t.to_double());
  }
}

template <int W, int I, ap_o_mode O, sc_o_mode SO> static void roundings() {
  one<W, I, AP_TRN, O, SC_TRN, SO>();
  one<W, I, AP_TRN_ZERO, O, SC_TRN_ZERO, SO>();
  one<W, I, AP_RND, O, SC_RND, SO>();
  one<W, I, AP_RND_ZERO, O, SC_RND_ZERO, SO>();
  one<W, I, AP_RND_MIN_INF, O, SC_RND_MIN_INF, SO>();
  one<W, I, AP_RND_INF, O, SC_RND_INF, SO>();
  one<W, I, AP_RND_CONV, O, SC_RND_CONV, SO>();
}

template <int W, int I> static void modes() {
  roundings<W, I, AP_WRAP, SC_WRAP>();
  roundings<W, I, AP_SAT, SC_SAT>();
  roundings<W, I, AP_SAT_SYM, SC_SAT_SYM>();
  roundings<W, I, AP_SAT_ZERO, SC_SAT_ZERO>();
}

int sc_main(int, char **) {
  modes<1, 1>();
  modes<2, 0>();
  modes<5, 3>();
  modes<8, -2>();
  modes<8, 12>();
  modes<16, 8>();
  modes<24, 4>();
  std::printf("%ld checks, %ld differences\n", checks, differences);
  return differences != 0;
}
