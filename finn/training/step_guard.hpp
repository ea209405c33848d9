// A step of an optimiser is taken as a whole or not at all: where it leaves a parameter or a number
// of its own state that is not finite, both become those of the step before.
#pragma once

#include <cinttypes>
#include <cmath>
#include <cstring>
#include <variant>
#include <vector>

#include "core/error.hpp"
#include "finn/optimisers/optimiser.hpp"

namespace finn::net {

template <class T>
class StepGuard {
 public:
  // Takes its memory in the first step and none later.
  void remember(Optimiser<T>& optimiser, T* parameters) {
    bytes_.clear();
    visit(optimiser, parameters, [&](const auto* values, std::int64_t count) {
      const auto* first = reinterpret_cast<const unsigned char*>(values);
      bytes_.insert(bytes_.end(), first, first + static_cast<std::size_t>(count) * sizeof *values);
    });
  }

  // Fails with ERROR_NOT_FINITE when a number is not finite, after it has put back what was
  // remembered.
  void require_finite(Optimiser<T>& optimiser, T* parameters, std::int64_t step) {
    bool is_finite = true;
    visit(optimiser, parameters, [&](const auto* values, std::int64_t count) {
      for (std::int64_t i = 0; i < count; ++i) {
        is_finite = is_finite && std::isfinite(static_cast<double>(values[i]));
      }
    });
    if (is_finite) return;
    put_back(optimiser, parameters);
    core::fail(core::Status::ERROR_NOT_FINITE,
               "step %" PRId64
               ": the update is not finite; the parameters are those of the step before. A smaller "
               "learning_rate, or targets of another scale, may help",
               step);
  }

 private:
  // Calls body(values, count) for all that a step changes.
  template <class Body>
  static void visit(Optimiser<T>& optimiser, T* parameters, Body&& body) {
    std::visit(
        [&](auto& typed) {
          body(parameters, typed.size());
          typed.visit_state(body);
        },
        optimiser);
  }

  void put_back(Optimiser<T>& optimiser, T* parameters) {
    const unsigned char* from = bytes_.data();
    visit(optimiser, parameters, [&](auto* values, std::int64_t count) {
      const std::size_t size = static_cast<std::size_t>(count) * sizeof *values;
      std::memcpy(values, from, size);
      from += size;
    });
  }

  std::vector<unsigned char> bytes_;
};

}  // namespace finn::net
