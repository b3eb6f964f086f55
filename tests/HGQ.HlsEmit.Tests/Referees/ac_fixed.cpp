// A double assigned to every kind of ac_fixed. With HGQ_SYSTEMC each is compared with SystemC's sc_fixed or sc_ufixed; without it the
// codes are printed, so that two headers can be compared.
#ifdef HGQ_SYSTEMC
#include <systemc.h>
#else
#include <cmath>
#endif
#include <ac_fixed.h>
#include <cstdio>

static unsigned long long seed = 11;
static long differences = 0, checks = 0;

static unsigned long long draw() {
  seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
  return seed >> 11;
}

// Eighths of a step near the point and near the ends, and any size at all.
static double sample(int width, double step) {
  const double end = std::ldexp(1.0, width);
  const double part = (double)(long long)(draw() % 65) / 8 - 4;
  switch (draw() % 5) {
  case 0: return step * part;
  case 1: return step * (end / 2 + part);
  case 2: return step * (-end / 2 + part);
  case 3: return step * ((double)(draw() % 100003) / 100003 - 0.5) * end * 3;
  default: return (draw() % 2 ? 1 : -1) * std::ldexp((double)draw(), (int)(draw() % 50) - 80);
  }
}

template <int W, int I, bool S, ac_q_mode Q, ac_o_mode O> static void report(double x, double other) {
  const ac_fixed<W, I, S, Q, O> number = x;
  checks++;
#ifdef HGQ_SYSTEMC
  if (number.to_double() != other && differences++ < 10)
    std::printf("ac_fixed<%d, %d, %d> modes %d %d: %.17g gives %.17g, SystemC %.17g\n",
                W, I, (int)S, (int)Q, (int)O, x, number.to_double(), other);
#else
  (void)other;
  std::printf("%lld\n", number.template slc<W>(0).to_int64());
#endif
}

#ifdef HGQ_SYSTEMC
#define HGQ_OTHER(type, w, i, q, o) (double)type<w, i, SC_##q, SC_##o>(x)
#else
#define HGQ_OTHER(type, w, i, q, o) 0
#endif
#define HGQ_MODE(q, o) \
  report<W, I, true, AC_##q, AC_##o>(x, HGQ_OTHER(sc_fixed, W, I, q, o)); \
  report<W, I, false, AC_##q, AC_##o>(x, HGQ_OTHER(sc_ufixed, W, I, q, o));
#define HGQ_MODES(o) \
  HGQ_MODE(TRN, o) HGQ_MODE(TRN_ZERO, o) HGQ_MODE(RND, o) HGQ_MODE(RND_ZERO, o) HGQ_MODE(RND_MIN_INF, o) \
  HGQ_MODE(RND_INF, o) HGQ_MODE(RND_CONV, o)

template <int W, int I> static void widths() {
  for (int n = 0; n < 250; n++) {
    const double x = sample(W, std::ldexp(1.0, I - W));
    HGQ_MODES(WRAP)
    HGQ_MODES(SAT)
    HGQ_MODES(SAT_SYM)
    HGQ_MODES(SAT_ZERO)
  }
}

static int run() {
  widths<2, 0>(), widths<3, 3>(), widths<6, 3>(), widths<8, -2>(), widths<9, 12>(), widths<20, 7>();
  std::printf("%ld checks, %ld differences\n", checks, differences);
  return differences != 0;
}

#ifdef HGQ_SYSTEMC
int sc_main(int, char **) { return run(); }
#else
int main() { return run(); }
#endif
