// Stand-in for the vendor's ap_fixed.h: what the ports of the emitted project use, bit for bit, for simulation without
// the vendor's tools. A number is V * 2^(I - W). Assigning a double rounds (Q) and limits (O) as the vendor's type does.
#ifndef HGQ_SIM_AP_FIXED_H
#define HGQ_SIM_AP_FIXED_H

#include "ap_int.h"

enum ap_q_mode { AP_RND, AP_RND_ZERO, AP_RND_MIN_INF, AP_RND_INF, AP_RND_CONV, AP_TRN, AP_TRN_ZERO };
enum ap_o_mode { AP_SAT, AP_SAT_ZERO, AP_SAT_SYM, AP_WRAP, AP_WRAP_SM };

/// Rounds a whole or broken number of steps to whole steps.
inline double ap_round(double x, ap_q_mode q) {
  const double down = __builtin_floor(x), rest = x - down;
  const bool odd = __builtin_fmod(down, 2.0) != 0.0;
  switch (q) {
  case AP_RND: return rest >= 0.5 ? down + 1 : down;
  case AP_RND_ZERO: return rest > 0.5 || (rest == 0.5 && x < 0) ? down + 1 : down;
  case AP_RND_MIN_INF: return rest > 0.5 ? down + 1 : down;
  case AP_RND_INF: return rest > 0.5 || (rest == 0.5 && x >= 0) ? down + 1 : down;
  case AP_RND_CONV: return rest > 0.5 || (rest == 0.5 && odd) ? down + 1 : down;
  case AP_TRN_ZERO: return rest != 0 && x < 0 ? down + 1 : down;
  default: return down;
  }
}

/// Brings a whole number of steps into the range of W bits.
template <int W, bool S> double ap_limit(double x, ap_o_mode o) {
  const double high = __builtin_ldexp(1.0, S ? W - 1 : W), low = S ? -high : 0;
  if (o == AP_WRAP) {
    const double span = __builtin_ldexp(1.0, W), rest = __builtin_fmod(x, span);
    return rest >= high ? rest - span : rest < low ? rest + span : rest;
  }
  if (x >= low && x < high && !(o == AP_SAT_SYM && S && x == low))
    return x;
  return o == AP_SAT_ZERO ? 0 : x >= high ? high - 1 : o == AP_SAT_SYM && S ? 1 - high : low;
}

template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O> struct ap_fixed_base {
  static_assert(O != AP_WRAP_SM, "AP_WRAP_SM is not supported");
  typedef ap_int_base<W, S> raw;
  raw V;
  ap_fixed_base() {}
  ap_fixed_base(double x) : V(from_steps(ap_limit<W, S>(ap_round(__builtin_ldexp(x, W - I), Q), O))) {}
  double to_double() const { return __builtin_ldexp((double)V.v, I - W); }
  ap_bits<raw> range(int hi, int lo) { return ap_bits<raw>(V, hi, lo); }
  ap_bits<const raw> range(int hi, int lo) const { return ap_bits<const raw>(V, hi, lo); }

private:
  static raw from_steps(double x) {
    return raw(ap_wide_sum(x < 0 ? -(ap_int128)(ap_uint128)-x : (ap_int128)(ap_uint128)x));
  }
};

/// Signed number of W bits, I of them (with the sign) before the point.
template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP> struct ap_fixed : ap_fixed_base<W, I, true, Q, O> {
  using ap_fixed_base<W, I, true, Q, O>::ap_fixed_base;
  ap_fixed() {}
};

/// Unsigned number of W bits, I of them before the point.
template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP> struct ap_ufixed : ap_fixed_base<W, I, false, Q, O> {
  using ap_fixed_base<W, I, false, Q, O>::ap_fixed_base;
  ap_ufixed() {}
};

#endif
