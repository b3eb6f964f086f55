// Stand-in for the open header ac_int.h: the subset that the files of ../firmware use, bit for bit, for simulation without the
// headers of ac_types. A sum, a difference and a product have all the bits that they need; a shift, by less than the number's
// bits, keeps the type of what is shifted; an assignment drops what does not fit.
#ifndef HGQ_SIM_AC_INT_H
#define HGQ_SIM_AC_INT_H

/// Where the number is kept, sign- or zero-extended.
template <bool Wide> struct ac_word {
  typedef long long number;
  typedef unsigned long long word;
  static constexpr int size = 64;
};
template <> struct ac_word<true> {
  __extension__ typedef __int128 number;
  __extension__ typedef unsigned __int128 word;
  static constexpr int size = 128;
};

/// Integer of W bits, in two's complement where it is signed.
template <int W, bool S = true> struct ac_int {
  static_assert(W >= 1 && W <= 128, "1 to 128 bits");
  typedef ac_word<(W > (S ? 64 : 63))> store;
  typedef typename store::number number;
  typedef typename store::word word;
  static constexpr int width = W;
  number v;

  constexpr ac_int() : v(0) {}
  constexpr ac_int(bool x) : v(fit((number)x)) {}
  constexpr ac_int(int x) : v(fit((number)x)) {}
  constexpr ac_int(unsigned x) : v(fit((number)x)) {}
  constexpr ac_int(long x) : v(fit((number)x)) {}
  constexpr ac_int(unsigned long x) : v(fit((number)x)) {}
  constexpr ac_int(long long x) : v(fit((number)x)) {}
  constexpr ac_int(unsigned long long x) : v(fit((number)x)) {}
  template <int W2, bool S2> constexpr ac_int(const ac_int<W2, S2> &x) : v(fit((number)x.v)) {}

  constexpr ac_int operator<<(int bits) const { return ac_int(fit((number)((word)v << bits)), 0); }
  constexpr ac_int operator>>(int bits) const { return ac_int(v >> bits, 0); }
  constexpr bool operator[](int bit) const { return (v >> bit & 1) != 0; }
  template <int N> constexpr ac_int<N, S> slc(int low) const {
    return ac_int<N, S>(ac_int<N, S>::fit((typename ac_int<N, S>::number)(v >> low)), 0);
  }
  template <int N, bool S2> void set_slc(int low, const ac_int<N, S2> &x) {
    const word mask = ((word) ~(word)0 >> (store::size - N)) << low;
    v = fit((number)(((word)v & ~mask) | ((word)x.v << low & mask)));
  }
  constexpr int to_int() const { return (int)v; }
  constexpr unsigned to_uint() const { return (unsigned)v; }
  constexpr long long to_int64() const { return (long long)v; }

  /// A number that fits already.
  constexpr ac_int(number x, char) : v(x) {}
  static constexpr number fit(number x) {
    return S ? (number)((word)x << (store::size - W)) >> (store::size - W)
             : (number)((word)x << (store::size - W) >> (store::size - W));
  }
};

/// Bits that a signed number needs to hold one of W bits.
template <int W, bool S, bool Signed> struct ac_held {
  static constexpr int bits = W + (Signed && !S ? 1 : 0);
};

/// Types of a sum, a difference and a product.
template <int W1, bool S1, int W2, bool S2> struct ac_result {
  static constexpr int left = ac_held<W1, S1, S2>::bits, right = ac_held<W2, S2, S1>::bits, wide = (left > right ? left : right) + 1;
  typedef ac_int<wide, S1 || S2> sum;
  typedef ac_int<wide, true> difference;
  typedef ac_int<W1 + W2, S1 || S2> product;
};

template <int W1, bool S1, int W2, bool S2>
constexpr typename ac_result<W1, S1, W2, S2>::sum operator+(const ac_int<W1, S1> &a, const ac_int<W2, S2> &b) {
  typedef typename ac_result<W1, S1, W2, S2>::sum type;
  return type((typename type::number)((typename type::word)a.v + (typename type::word)b.v), 0);
}
template <int W1, bool S1, int W2, bool S2>
constexpr typename ac_result<W1, S1, W2, S2>::difference operator-(const ac_int<W1, S1> &a, const ac_int<W2, S2> &b) {
  typedef typename ac_result<W1, S1, W2, S2>::difference type;
  return type((typename type::number)((typename type::word)a.v - (typename type::word)b.v), 0);
}
template <int W1, bool S1, int W2, bool S2>
constexpr typename ac_result<W1, S1, W2, S2>::product operator*(const ac_int<W1, S1> &a, const ac_int<W2, S2> &b) {
  typedef typename ac_result<W1, S1, W2, S2>::product type;
  return type((typename type::number)((typename type::word)a.v * (typename type::word)b.v), 0);
}
template <int W, bool S> constexpr ac_int<W + 1, true> operator-(const ac_int<W, S> &a) {
  typedef ac_int<W + 1, true> type;
  return type((typename type::number)(0 - (typename type::word)a.v), 0);
}

template <int W1, bool S1, int W2, bool S2> constexpr bool operator<(const ac_int<W1, S1> &a, const ac_int<W2, S2> &b) {
  return a.v < b.v;
}
template <int W1, bool S1, int W2, bool S2> constexpr bool operator>(const ac_int<W1, S1> &a, const ac_int<W2, S2> &b) {
  return a.v > b.v;
}
template <int W1, bool S1, int W2, bool S2> constexpr bool operator==(const ac_int<W1, S1> &a, const ac_int<W2, S2> &b) {
  return a.v == b.v;
}
template <int W1, bool S1, int W2, bool S2> constexpr bool operator!=(const ac_int<W1, S1> &a, const ac_int<W2, S2> &b) {
  return a.v != b.v;
}

/// Literals in sums.
template <typename T> struct ac_literal;
template <> struct ac_literal<int> {
  typedef ac_int<32, true> type;
};
template <> struct ac_literal<long long> {
  typedef ac_int<64, true> type;
};
template <> struct ac_literal<unsigned long long> {
  typedef ac_int<64, false> type;
};
template <int W, bool S, typename T>
constexpr auto operator+(const ac_int<W, S> &a, T b) -> decltype(a + typename ac_literal<T>::type(b)) {
  return a + typename ac_literal<T>::type(b);
}
template <int W, bool S, typename T>
constexpr auto operator+(T a, const ac_int<W, S> &b) -> decltype(typename ac_literal<T>::type(a) + b) {
  return typename ac_literal<T>::type(a) + b;
}
template <int W, bool S, typename T>
constexpr auto operator-(const ac_int<W, S> &a, T b) -> decltype(a - typename ac_literal<T>::type(b)) {
  return a - typename ac_literal<T>::type(b);
}
template <int W, bool S, typename T>
constexpr auto operator-(T a, const ac_int<W, S> &b) -> decltype(typename ac_literal<T>::type(a) - b) {
  return typename ac_literal<T>::type(a) - b;
}

#endif
