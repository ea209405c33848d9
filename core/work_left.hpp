// What is left of a loop that several threads share, in one atomic number: how many indices nobody
// has taken, how many threads hold one, and how many may take part.
//
// A thread that comes from outside takes an index and says that it holds one by a single exchange,
// which fails where anything has changed. So it never enters a loop without work for it, and the
// loop is over, and may be forgotten, when no index is left and no thread holds one: whoever comes
// later finds nothing to take, or the next loop. docs/THREADS.md.
#pragma once

#include <atomic>
#include <cstdint>

namespace finn::core {

class WorkLeft {
 public:
  static constexpr std::int64_t kMost = std::int64_t{1} << 40;

  // Before it no loop runs; after it others may take. 1 <= count < kMost, threads < 4096.
  void publish(std::int64_t count, int threads) {
    word_.store(static_cast<std::uint64_t>(count) << kLeft | static_cast<std::uint64_t>(threads));
  }
  // Before the first loop, in the child of a fork too.
  void clear() { word_.store(0); }

  // Whether the thread of this number could enter now.
  bool has_work(int thread) const { return has_work(word_.load(), thread); }
  // Whether threads from outside still hold an index.
  bool is_held() const { return (word_.load() & kHolders) != 0; }

  // How many indices were left, of which one is taken; 0 if none was.
  std::int64_t take() {
    std::uint64_t word = word_.load();
    while (word >> kLeft != 0) {
      if (word_.compare_exchange_weak(word, word - kOneLeft)) return left(word);
    }
    return 0;
  }
  // As take(), by a thread from outside that holds nothing yet.
  std::int64_t enter(int thread) {
    std::uint64_t word = word_.load();
    while (has_work(word, thread)) {
      if (word_.compare_exchange_weak(word, word - kOneLeft + kOneHolder)) return left(word);
    }
    return 0;
  }
  // Ends what enter() began. True for the one with whom the loop is over.
  bool leave() { return (word_.fetch_sub(kOneHolder) & ~kThreads) == kOneHolder; }

 private:
  static constexpr int kLeft = 24;
  static constexpr std::uint64_t kOneLeft = std::uint64_t{1} << kLeft;
  static constexpr std::uint64_t kOneHolder = std::uint64_t{1} << 12;
  static constexpr std::uint64_t kThreads = kOneHolder - 1;
  static constexpr std::uint64_t kHolders = kOneLeft - kOneHolder;

  static std::int64_t left(std::uint64_t word) { return static_cast<std::int64_t>(word >> kLeft); }
  static bool has_work(std::uint64_t word, int thread) {
    return word >> kLeft != 0 && static_cast<std::uint64_t>(thread) < (word & kThreads);
  }

  std::atomic<std::uint64_t> word_ = 0;
};

}  // namespace finn::core
