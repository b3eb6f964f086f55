// Stand-in for the open header ac_fixed.h: what the ports of the emitted project use, bit for bit, for simulation without the
// headers of ac_types. A number is code * 2^(I - W). Assigning a double rounds (Q) and limits (O).
#ifndef HGQ_SIM_AC_FIXED_H
#define HGQ_SIM_AC_FIXED_H

#include "ac_int.h"

enum ac_q_mode { AC_TRN, AC_RND, AC_TRN_ZERO, AC_RND_ZERO, AC_RND_INF, AC_RND_MIN_INF, AC_RND_CONV };
enum ac_o_mode { AC_WRAP, AC_SAT, AC_SAT_ZERO, AC_SAT_SYM };

/// Whether a number goes up to the next step. What it is above the step below it is given, in steps.
inline bool ac_goes_up(double above, bool negative, bool odd, ac_q_mode q) {
  const bool tie = above == 0.5;
  switch (q) {
  case AC_TRN: return false;
  case AC_TRN_ZERO: return negative && above > 0;
  case AC_RND: return above >= 0.5;
  case AC_RND_ZERO: return tie ? negative : above > 0.5;
  case AC_RND_INF: return tie ? !negative : above > 0.5;
  case AC_RND_MIN_INF: return above > 0.5;
  case AC_RND_CONV: return tie ? odd : above > 0.5;
  }
  return false;
}

/// Number of W bits, I of them (with the sign) before the point.
template <int W, int I, bool S = true, ac_q_mode Q = AC_TRN, ac_o_mode O = AC_WRAP> struct ac_fixed {
  typedef ac_int<W, S> code_type;
  static constexpr int width = W;
  code_type code;

  constexpr ac_fixed() {}
  ac_fixed(double x) : code(limited(rounded(__builtin_ldexp(x, W - I)))) {}
  double to_double() const { return __builtin_ldexp((double)code.v, I - W); }
  template <int N> ac_int<N, S> slc(int low) const { return code.template slc<N>(low); }
  template <int N, bool S2> void set_slc(int low, const ac_int<N, S2> &x) { code.set_slc(low, x); }

private:
  static double rounded(double steps) {
    const double below = __builtin_floor(steps);
    return ac_goes_up(steps - below, steps < 0, __builtin_fmod(below, 2.0) != 0.0, Q) ? below + 1 : below;
  }
  static code_type limited(double steps) {
    const double end = __builtin_ldexp(1.0, S ? W - 1 : W), first = !S ? 0 : O == AC_SAT_SYM ? 1 - end : -end;
    if (O == AC_WRAP) {
      // Exact: a double has few bits, however large it is.
      const double turn = __builtin_ldexp(1.0, W), rest = __builtin_fmod(steps, turn);
      return whole(rest >= end ? rest - turn : rest < first ? rest + turn : rest);
    }
    return whole(steps >= first && steps < end ? steps : O == AC_SAT_ZERO ? 0 : steps < first ? first : end - 1);
  }
  static code_type whole(double steps) {
    typedef ac_word<true> wide;
    const wide::word size = (wide::word)(steps < 0 ? -steps : steps);
    return code_type((typename code_type::number)(steps < 0 ? (wide::word)0 - size : size), 0);
  }
};

#endif
