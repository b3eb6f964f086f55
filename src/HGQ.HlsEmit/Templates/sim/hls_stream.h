// Stand-in for the vendor's hls_stream.h: the subset that the files of ../firmware use. A stream holds as much as is written to it;
// reading an empty one ends the program, where hardware would wait for ever.
#ifndef HGQ_SIM_HLS_STREAM_H
#define HGQ_SIM_HLS_STREAM_H

#include <cstdio>
#include <cstdlib>
#include <deque>

namespace hls {

template <typename T> class stream {
public:
  stream() : name("") {}
  explicit stream(const char *n) : name(n) {}
  void write(const T &x) { values.push_back(x); }
  T read() {
    if (values.empty()) {
      std::fprintf(stderr, "the stream %s is read while it is empty\n", name);
      std::exit(3);
    }
    const T x = values.front();
    values.pop_front();
    return x;
  }
  bool empty() const { return values.empty(); }

private:
  stream(const stream &);
  stream &operator=(const stream &);
  const char *name;
  std::deque<T> values;
};

} // namespace hls

#endif
