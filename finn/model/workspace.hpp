// Scratch memory of evaluations: a tape per thread, gradient slots, corner sums. It grows at first
// use and is reused; one thread at a time may use it. It serves models of either precision.
#pragma once

#include <algorithm>
#include <deque>
#include <vector>

#include "core/parallel.hpp"
#include "core/tape.hpp"
#include "core/tensor.hpp"
#include "core/thread_count.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

// Tiles are taken in waves; each tile of a wave adds its gradient to a slot of its own, and the
// slots are added to the total in the order of the tiles. So a gradient is the same sum, tile by
// tile, for every number of threads.
inline constexpr int kWaveTiles = 32;

template <class T>
struct Scratch {
  std::vector<core::Tape<T>> tapes;  // [largest team]
  core::Tensor<T> slots;             // [kWaveTiles][slot length]
  core::Tensor<T> total;             // [slot length]
  double slot_loss[kWaveTiles] = {};
};

class Workspace {
 public:
  // threads = 0 leaves the number to core::thread_count.
  explicit Workspace(int threads) : threads_(core::thread_count(threads)) {}

  // The most threads that a call uses. Fewer than were asked for once the system has refused one.
  int threads() const noexcept { return threads_; }
  // The threads for so many tiles: no more than there are tiles, and no more than can be started,
  // which is tried when a call first needs that many.
  int team_size(std::int64_t tiles) {
    const auto wanted = static_cast<int>(std::clamp<std::int64_t>(tiles, 1, threads_));
    const int size = std::min(wanted, team_.grow(wanted));
    if (size < wanted) threads_ = size;
    largest_team_ = std::max(largest_team_, size);
    if (corners_.size() < static_cast<std::size_t>(size)) {
      corners_.resize(static_cast<std::size_t>(size));
    }
    return size;
  }
  // For core::parallel_for, with as many threads as team_size has just said.
  core::Team& team() noexcept { return team_; }
  // Of a thread of the team. References live as long as the workspace.
  CornerScratch& corners(int thread = 0) noexcept {
    return corners_[static_cast<std::size_t>(thread)];
  }
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
  core::Team team_;
  Scratch<float> single_;
  Scratch<double> double_;
  std::deque<CornerScratch> corners_ = std::deque<CornerScratch>(1);  // [largest team]
  core::Tensor<double> corner_adjoint_;
};

}  // namespace finn::net
