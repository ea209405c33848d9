// The tape: records operations on jets as they run and sweeps their transposes backwards.
//
// A tape belongs to one tile and one thread. begin() forgets the last tile and keeps the memory,
// so after the first tile nothing is allocated. Operations (ops/) ask the tape for their result,
// compute it, and record() a small struct of pointers with a transpose(), which adds the adjoint
// of the result, pulled back, to the adjoints of the operands. sweep() calls these in reverse.
// Derivatives with respect to inputs ride forward in the jets, derivatives with respect to
// parameters come back in the sweep: "reverse over forward" is one mechanism (docs/TAPE.md).
#pragma once

#include <algorithm>
#include <type_traits>

#include "core/arena.hpp"
#include "core/jet.hpp"
#include "core/subset.hpp"

namespace finn::core {

enum class Mode { evaluate, record };

template <class T>
class Tape {
 public:
  // Starts a new tile of `samples` samples, 1 .. kTileLanes<T>. Jets of the last tile die.
  void begin(int samples, Mode mode) {
    last_ = nullptr;
    sweep_scratch_size_ = 0;
    arena_.reset();
    samples_ = samples;
    lanes_ = samples <= kNarrowLanes ? kNarrowLanes : static_cast<int>(whole_packs<T>(samples));
    mode_ = mode;
  }

  // The memory that the tape holds, in bytes. reserve ends the tile and makes it at least that.
  std::int64_t capacity() const noexcept { return arena_.capacity(); }
  void reserve(std::int64_t bytes) {
    last_ = nullptr;
    sweep_scratch_size_ = 0;
    arena_.reserve(bytes);
  }

  bool recording() const noexcept { return mode_ == Mode::record; }
  int samples() const noexcept { return samples_; }
  int lanes() const noexcept { return lanes_; }

  // A jet with unset values and, when recording, zero adjoints.
  Jet<T> jet(int variables, int features) {
    Jet<T> jet = scratch_jet(variables, features);
    if (recording()) {
      jet.adjoint = arena_.template allocate<T>(jet.extent());
      std::fill_n(jet.adjoint, jet.extent(), T(0));
    }
    return jet;
  }

  // A jet without adjoints, for what is between the steps of an operation. Unset, but for what is
  // missing to a whole pack at the end of its planes: that is 0.
  Jet<T> scratch_jet(int variables, int features) {
    Jet<T> jet;
    jet.variables = variables;
    jet.features = features;
    jet.lanes = lanes_;
    jet.stride = static_cast<std::ptrdiff_t>(features) * lanes_ + kPlanePadding<T>;
    jet.value = arena_.template allocate<T>(jet.extent());
    const std::ptrdiff_t rest = whole_packs<T>(jet.size()) - jet.size();
    for (Subset s = 0; rest > 0 && s < jet.coefficients(); ++s) {
      std::fill_n(jet.row(s, features), rest, T(0));
    }
    return jet;
  }

  // A jet without variables: a plain value.
  Jet<T> value(int features) { return jet(0, features); }

  // count unset elements that live as long as the tile.
  T* scratch(std::int64_t count) { return arena_.template allocate<T>(count); }

  // count unset elements of any trivial type, which live as long as the tile.
  template <class Element>
  Element* array(std::int64_t count) {
    return arena_.template allocate<Element>(count);
  }

  // count elements for the use of one transpose() at a time: what an operation leaves there, the
  // next one may overwrite.
  T* sweep_scratch(std::int64_t count) {
    if (count > sweep_scratch_size_) {
      sweep_scratch_ = scratch(count);
      sweep_scratch_size_ = count;
    }
    return sweep_scratch_;
  }

  // Notes an operation for the sweep; does nothing unless recording.
  template <class Operation>
  void record(const Operation& operation) {
    static_assert(std::is_trivially_copyable_v<Operation>);
    if (!recording()) return;
    auto* node = arena_.template allocate<Node<Operation>>(1);
    last_ = new (node) Node<Operation>{{last_, &Node<Operation>::transpose}, operation};
  }

  // Propagates the adjoints that the caller has seeded back to every jet and parameter. Adjoints
  // of intermediate jets stay as they are: sweep a recording once.
  void sweep() const {
    for (const Link* link = last_; link != nullptr; link = link->previous) {
      link->transpose_operation(link);
    }
  }

 private:
  struct Link {
    const Link* previous;
    void (*transpose_operation)(const Link*);
  };

  template <class Operation>
  struct Node : Link {
    Operation operation;
    static void transpose(const Link* link) {
      static_cast<const Node*>(link)->operation.transpose();
    }
  };

  Arena arena_;
  const Link* last_ = nullptr;
  T* sweep_scratch_ = nullptr;
  std::int64_t sweep_scratch_size_ = 0;
  int samples_ = 0;
  int lanes_ = 0;
  Mode mode_ = Mode::evaluate;
};

}  // namespace finn::core
