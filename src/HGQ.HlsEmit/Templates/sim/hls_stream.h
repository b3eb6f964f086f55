// Stand-in for the vendor's hls_stream.h: the subset that the files of ../firmware use. A stream holds as much as is written to it;
// reading an empty one ends the program, where hardware would wait for ever. Made by hand, because a compiler reads it for every type.
#ifndef HGQ_SIM_HLS_STREAM_H
#define HGQ_SIM_HLS_STREAM_H

#include <cstdio>
#include <cstdlib>

namespace hls {

inline void end_of_stream(const char *name) {
  std::fprintf(stderr, "the stream %s is read while it is empty\n", name);
  std::exit(3);
}

template <typename T> class stream {
public:
  explicit stream(const char *n = "") : name(n), values(new T[16]), capacity(16), first(0), count(0) {}
  ~stream() { delete[] values; }
  void write(const T &x) {
    if (count == capacity)
      grow();
    values[(first + count++) % capacity] = x;
  }
  T read() {
    if (count == 0)
      end_of_stream(name);
    const std::size_t at = first;
    first = (first + 1) % capacity;
    count--;
    return values[at];
  }
  bool empty() const { return count == 0; }

private:
  stream(const stream &);
  stream &operator=(const stream &);
  void grow() {
    T *more = new T[2 * capacity];
    for (std::size_t i = 0; i < count; i++)
      more[i] = values[(first + i) % capacity];
    delete[] values;
    values = more;
    capacity *= 2;
    first = 0;
  }
  const char *name;
  T *values;
  std::size_t capacity, first, count;
};

} // namespace hls

#endif
