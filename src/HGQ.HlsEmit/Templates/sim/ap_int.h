// Stand-in for the vendor's ap_int.h: the subset that the files of ../firmware use, bit for bit, for simulation
// without the vendor's tools. Widths 1 to 128; wider unsigned ones are words that bits are put into and taken from. Sums and products are exact modulo 2^64 (2^128 where an operand is
// wider) and have to be given a type before they are shifted or compared; the emitted code always does.
#ifndef HGQ_SIM_AP_INT_H
#define HGQ_SIM_AP_INT_H

__extension__ typedef __int128 ap_int128;
__extension__ typedef unsigned __int128 ap_uint128;

/// Exact value of a sum or product of up to 64 bits.
struct ap_sum {
  long long v;
  constexpr ap_sum(bool x) : v(x) {}
  constexpr ap_sum(int x) : v(x) {}
  constexpr ap_sum(unsigned x) : v(x) {}
  constexpr ap_sum(long x) : v(x) {}
  constexpr ap_sum(long long x) : v(x) {}
};

/// Exact value of a sum or product of up to 128 bits.
struct ap_wide_sum {
  ap_int128 v;
  constexpr ap_wide_sum(bool x) : v(x) {}
  constexpr ap_wide_sum(int x) : v(x) {}
  constexpr ap_wide_sum(unsigned x) : v(x) {}
  constexpr ap_wide_sum(long x) : v(x) {}
  constexpr ap_wide_sum(unsigned long x) : v(x) {}
  constexpr ap_wide_sum(long long x) : v(x) {}
  constexpr ap_wide_sum(unsigned long long x) : v(x) {}
  constexpr ap_wide_sum(ap_int128 x) : v(x) {}
  constexpr ap_wide_sum(const ap_sum &x) : v(x.v) {}
};

inline ap_sum operator+(ap_sum a, ap_sum b) { return (long long)((unsigned long long)a.v + (unsigned long long)b.v); }
inline ap_sum operator-(ap_sum a, ap_sum b) { return (long long)((unsigned long long)a.v - (unsigned long long)b.v); }
inline ap_sum operator*(ap_sum a, ap_sum b) { return (long long)((unsigned long long)a.v * (unsigned long long)b.v); }
inline ap_sum operator-(ap_sum a) { return (long long)(0ULL - (unsigned long long)a.v); }
inline ap_wide_sum operator+(ap_wide_sum a, ap_wide_sum b) { return (ap_int128)((ap_uint128)a.v + (ap_uint128)b.v); }
inline ap_wide_sum operator-(ap_wide_sum a, ap_wide_sum b) { return (ap_int128)((ap_uint128)a.v - (ap_uint128)b.v); }
inline ap_wide_sum operator*(ap_wide_sum a, ap_wide_sum b) { return (ap_int128)((ap_uint128)a.v * (ap_uint128)b.v); }
inline ap_wide_sum operator-(ap_wide_sum a) { return (ap_int128)((ap_uint128)0 - (ap_uint128)a.v); }

/// A number that has a type: may be compared.
struct ap_value : ap_sum {
  constexpr ap_value(long long x) : ap_sum(x) {}
};
struct ap_wide_value : ap_wide_sum {
  constexpr ap_wide_value(ap_int128 x) : ap_wide_sum(x) {}
};

inline bool operator<(const ap_value &a, const ap_value &b) { return a.v < b.v; }
inline bool operator>(const ap_value &a, const ap_value &b) { return a.v > b.v; }
inline bool operator==(const ap_value &a, const ap_value &b) { return a.v == b.v; }
inline bool operator!=(const ap_value &a, const ap_value &b) { return a.v != b.v; }
inline bool operator<(const ap_wide_value &a, const ap_wide_value &b) { return a.v < b.v; }
inline bool operator>(const ap_wide_value &a, const ap_wide_value &b) { return a.v > b.v; }
inline bool operator==(const ap_wide_value &a, const ap_wide_value &b) { return a.v == b.v; }
inline bool operator!=(const ap_wide_value &a, const ap_wide_value &b) { return a.v != b.v; }

/// How a number of W bits is kept: sign- or zero-extended in 64 or 128 bits.
template <int W, bool S, bool Wide> struct ap_storage;
template <int W> struct ap_storage<W, true, false> {
  typedef ap_value value;
  static constexpr long long fit(long long x) { return (long long)((unsigned long long)x << (64 - W)) >> (64 - W); }
  static constexpr long long fit(ap_int128 x) { return fit((long long)x); }
  static constexpr long long shl(long long x, int n) { return (long long)((unsigned long long)x << n); }
};
template <int W> struct ap_storage<W, false, false> {
  typedef ap_value value;
  static constexpr long long fit(long long x) { return (long long)((unsigned long long)x << (64 - W) >> (64 - W)); }
  static constexpr long long fit(ap_int128 x) { return fit((long long)x); }
  static constexpr long long shl(long long x, int n) { return (long long)((unsigned long long)x << n); }
};
template <int W> struct ap_storage<W, true, true> {
  typedef ap_wide_value value;
  static constexpr ap_int128 fit(ap_int128 x) { return (ap_int128)((ap_uint128)x << (128 - W)) >> (128 - W); }
  static constexpr ap_int128 shl(ap_int128 x, int n) { return (ap_int128)((ap_uint128)x << n); }
};
template <int W> struct ap_storage<W, false, true> {
  typedef ap_wide_value value;
  static constexpr ap_int128 fit(ap_int128 x) { return (ap_int128)((ap_uint128)x << (128 - W) >> (128 - W)); }
  static constexpr ap_int128 shl(ap_int128 x, int n) { return (ap_int128)((ap_uint128)x << n); }
};

/// Bits hi to lo of a number, to be read or to be written.
template <typename T> struct ap_bits {
  T &x;
  const int hi, lo;
  ap_bits(T &number, int high, int low) : x(number), hi(high), lo(low) {}
  ap_uint128 mask() const { return ~(ap_uint128)0 >> (127 - hi + lo); }
  ap_int128 get() const { return (ap_int128)((ap_uint128)x.v >> lo & mask()); }
  void operator=(const ap_wide_sum &y) {
    x = T(ap_wide_sum((ap_int128)(((ap_uint128)x.v & ~(mask() << lo)) | ((ap_uint128)y.v & mask()) << lo)));
  }
};

template <int W, bool S> struct ap_int_base : ap_storage<W, S, (W > (S ? 64 : 63))>::value {
  static_assert(W >= 1 && W <= 128, "1 to 128 bits");
  typedef ap_storage<W, S, (W > (S ? 64 : 63))> storage;
  typedef typename storage::value value;
  enum { width = W };
  constexpr ap_int_base() : value(0) {}
  constexpr ap_int_base(const ap_sum &x) : value(storage::fit(x.v)) {}
  constexpr ap_int_base(const ap_wide_sum &x) : value(storage::fit(x.v)) {}
  constexpr ap_int_base(bool x) : value(storage::fit((long long)x)) {}
  constexpr ap_int_base(int x) : value(storage::fit((long long)x)) {}
  constexpr ap_int_base(long long x) : value(storage::fit(x)) {}
  constexpr ap_int_base(unsigned long long x) : value(storage::fit((ap_int128)x)) {}
  template <typename T> ap_int_base(const ap_bits<T> &x) : value(storage::fit(x.get())) {}
  ap_int_base operator<<(int n) const { return ap_int_base(value(storage::shl(this->v, n))); }
  ap_int_base operator>>(int n) const { return ap_int_base(value(this->v >> n)); }
  bool operator[](int bit) const { return this->v >> bit & 1; }
  ap_bits<ap_int_base> range(int hi, int lo) { return ap_bits<ap_int_base>(*this, hi, lo); }
  ap_bits<const ap_int_base> range(int hi, int lo) const { return ap_bits<const ap_int_base>(*this, hi, lo); }
  int to_int() const { return (int)this->v; }
  unsigned to_uint() const { return (unsigned)this->v; }
  long long to_int64() const { return (long long)this->v; }
};

/// Two's complement integer of W bits.
template <int W> struct ap_int : ap_int_base<W, true> {
  using ap_int_base<W, true>::ap_int_base;
  constexpr ap_int() {}
};

template <int W> struct ap_word_bits;

/// More than 128 bits, the lowest first: pieces of up to 128 bits can be put in and taken out.
template <int W> struct ap_word {
  static const int length = (W + 63) / 64;
  unsigned long long v[(unsigned)length];
  ap_word(int x = 0) {
    for (int n = 0; n < length; n++)
      v[n] = (unsigned long long)(n == 0 ? x : x < 0 ? -1 : 0);
  }
  ap_word_bits<W> range(int hi, int lo) { return ap_word_bits<W>(*this, hi, lo); }
  ap_wide_sum range(int hi, int lo) const {
    const ap_uint128 high = hi - lo > 63 ? (ap_uint128)get(lo + 64) << 64 : 0;
    return (ap_int128)((high | get(lo)) & ~(ap_uint128)0 >> (127 - hi + lo));
  }
  unsigned long long get(int lo) const {
    const int n = lo / 64, low = lo % 64;
    return low == 0 || n + 1 == length ? v[n] >> low : v[n] >> low | v[n + 1] << (64 - low);
  }
  void set(int lo, unsigned long long mask, unsigned long long x) {
    const int n = lo / 64, low = lo % 64;
    v[n] = (v[n] & ~(mask << low)) | (x & mask) << low;
    if (low > 0 && n + 1 < length)
      v[n + 1] = (v[n + 1] & ~(mask >> (64 - low))) | (x & mask) >> (64 - low);
  }
};
template <int W> struct ap_word_bits {
  ap_word<W> &x;
  const int hi, lo;
  ap_word_bits(ap_word<W> &number, int high, int low) : x(number), hi(high), lo(low) {}
  operator ap_wide_sum() const { return ((const ap_word<W> &)x).range(hi, lo); }
  void operator=(const ap_wide_sum &y) {
    const ap_uint128 mask = ~(ap_uint128)0 >> (127 - hi + lo);
    x.set(lo, (unsigned long long)mask, (unsigned long long)y.v);
    if (hi - lo > 63)
      x.set(lo + 64, (unsigned long long)(mask >> 64), (unsigned long long)((ap_uint128)y.v >> 64));
  }
};

/// Unsigned integer of W bits.
template <int W, bool Long> struct ap_uint_base {
  typedef ap_int_base<W, false> type;
};
template <int W> struct ap_uint_base<W, true> {
  typedef ap_word<W> type;
};
template <int W> struct ap_uint : ap_uint_base<W, (W > 128)>::type {
  typedef typename ap_uint_base<W, (W > 128)>::type base;
  using base::base;
  constexpr ap_uint() {}
};

#endif
