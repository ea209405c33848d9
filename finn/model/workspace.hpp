// Scratch memory of evaluations: a tape per thread, gradient slots, corner sums. It grows at first
// use and is reused; one thread at a time may use it. It serves models of either precision.
#pragma once

#include <algorithm>
#include <vector>

#include "core/parallel.hpp"
#include "core/tape.hpp"
#include "core/tensor.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

// Tiles are taken in waves; each tile of a wave adds its gradient to a slot of its own, and the
// slots are added to the total in the order of the tiles. So a gradient is the same sum, tile by
// tile, for every number of threads.
inline constexpr int kWaveTiles = 32;

template <class T>
struct Scratch {
  std::vector<core::Tape<T>> tapes;  // [threads of the largest team]
  core::Tensor<T> slots;             // [kWaveTiles][slot length]
  core::Tensor<T> total;             // [slot length]
  double slot_loss[kWaveTiles] = {};
};

class Workspace {
 public:
  // threads = 0 means as many as OpenMP takes by default.
  explicit Workspace(int threads) : threads_(core::thread_count(threads)) {}

  // The most threads that a call uses. Fewer than were asked for once the system has refused one.
  int threads() const noexcept { return threads_; }
  // The threads for so many tiles: no more than there are tiles, and no more than can be started,
  // which is tried when a call first needs that many.
  int team(std::int64_t tiles) {
    const auto wanted = static_cast<int>(std::clamp<std::int64_t>(tiles, 1, threads_));
    if (wanted > largest_team_) {
      largest_team_ = core::startable_threads(wanted);
      if (largest_team_ < wanted) threads_ = largest_team_;
    }
    return std::min(wanted, largest_team_);
  }
  CornerScratch& corners() noexcept { return corners_; }
  core::Tensor<double>& corner_adjoint() noexcept { return corner_adjoint_; }

  template <class T>
  Scratch<T>& scratch() noexcept {
    if constexpr (sizeof(T) == sizeof(float)) {
      return single_;
    } else {
      return double_;
    }
  }

  // The tapes, one for each thread of the largest team so far.
  template <class T>
  std::vector<core::Tape<T>>& tapes() {
    auto& tapes = scratch<T>().tapes;
    const auto needed = static_cast<std::size_t>(largest_team_);
    if (tapes.size() < needed) tapes.resize(needed);
    return tapes;
  }

  // Makes all tapes as large as the largest, once the tiles of a call are done: which thread takes
  // which tile is not defined, and one that comes late shall find its memory ready.
  template <class T>
  void level_tapes() {
    std::int64_t largest = 0;
    for (const auto& tape : tapes<T>()) largest = std::max(largest, tape.capacity());
    for (auto& tape : tapes<T>()) tape.reserve(largest);
  }

 private:
  int threads_;
  int largest_team_ = 1;
  Scratch<float> single_;
  Scratch<double> double_;
  CornerScratch corners_;
  core::Tensor<double> corner_adjoint_;
};

}  // namespace finn::net
