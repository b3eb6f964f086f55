// Stand-in for the open header ac_channel.h: the subset that the files of ../firmware use. A channel holds as much as is written to
// it; reading an empty one ends the program, where hardware would wait for ever.
#ifndef HGQ_SIM_AC_CHANNEL_H
#define HGQ_SIM_AC_CHANNEL_H

#include <cstdio>
#include <cstdlib>
#include <vector>

template <typename T> class ac_channel {
public:
  ac_channel() : next(0) {}
  void write(const T &x) { values.push_back(x); }
  T read() {
    if (empty()) {
      std::fprintf(stderr, "a channel is read while it is empty\n");
      std::exit(3);
    }
    const T x = values[next++];
    if (empty()) {
      values.clear();
      next = 0;
    }
    return x;
  }
  bool empty() const { return next == values.size(); }

private:
  ac_channel(const ac_channel &);
  ac_channel &operator=(const ac_channel &);
  std::vector<T> values;
  std::size_t next;
};

#endif
