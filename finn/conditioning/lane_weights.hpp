// The weights of a network as the samples of a tile have them, piece by piece: the same in every
// lane, or moved or scaled by the changes that the conditions of the sample make.
#pragma once

#include "finn/networks/conditioning_shape.hpp"
#include "ops/broadcast.hpp"
#include "ops/elementwise.hpp"
#include "ops/multiply.hpp"
#include "ops/positivity.hpp"
#include "ops/rows.hpp"

namespace finn::net {

// The positivity map on the tape.
template <class T>
core::Jet<T> positive(core::Tape<T>& tape, ops::Positivity positivity, const core::Jet<T>& x) {
  switch (positivity) {
    case ops::Positivity::abs:
      return ops::abs(tape, x);
    case ops::Positivity::softplus:
      return ops::softplus(tape, x);
    case ops::Positivity::square:
      return ops::square(tape, x);
    case ops::Positivity::exp:
      return ops::exp(tape, x);
    default:
      return x;
  }
}

template <class T>
class LaneWeights {
 public:
  // weights: free parameters for a hypernetwork, mapped ones otherwise; adjoints likewise, null
  // when the tape does not record. changes are taken one after the other.
  LaneWeights(core::Tape<T>& tape, ConditioningKind kind, const T* weights, T* adjoints,
              const core::Jet<T>& changes)
      : tape_(tape), kind_(kind), weights_(weights), adjoints_(adjoints), changes_(changes) {}

  core::Tape<T>& tape() const { return tape_; }
  ConditioningKind kind() const { return kind_; }
  const T* weights() const { return weights_; }
  T* adjoints() const { return adjoints_; }

  // `count` weights from `begin` on, the same in every lane; and with the next changes added.
  core::Jet<T> shared(std::int64_t begin, std::int64_t count) const {
    return ops::broadcast(tape_, block(begin, count));
  }
  core::Jet<T> moved(std::int64_t begin, std::int64_t count) {
    return ops::move(tape_, take(count), block(begin, count));
  }
  // Positive scales: exp of the next changes; and weights times such.
  core::Jet<T> scales(std::int64_t count) { return ops::exp(tape_, take(count)); }
  core::Jet<T> scaled(std::int64_t begin, std::int64_t count) {
    return ops::multiply(tape_, shared(begin, count), scales(count));
  }

 private:
  core::Jet<T> take(std::int64_t count) {
    const int first = taken_;
    taken_ += static_cast<int>(count);
    return ops::slice(changes_, first, static_cast<int>(count));
  }
  ops::ParameterBlock<T> block(std::int64_t begin, std::int64_t count) const {
    return {weights_ + begin, adjoints_ == nullptr ? nullptr : adjoints_ + begin,
            static_cast<int>(count)};
  }

  core::Tape<T>& tape_;
  ConditioningKind kind_;
  const T* weights_;
  T* adjoints_;
  core::Jet<T> changes_;
  int taken_ = 0;
};

}  // namespace finn::net
