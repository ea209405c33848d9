// Where the pieces of a gradient lie in the slot that a tile adds to: parameters, then s of each
// output, then lambda [outputs][functions] of the normaliser.
#pragma once

#include "finn/model/model.hpp"

namespace finn::net {

struct SlotLayout {
  std::int64_t parameters;
  int outputs;
  int functions;

  std::int64_t scale() const { return parameters; }
  std::int64_t coefficients() const { return parameters + outputs; }
  std::int64_t length() const { return coefficients() + std::int64_t{1} * outputs * functions; }
};

template <class T>
SlotLayout slot_layout(const Model<T>& model) {
  return {model.parameter_count(), model.outputs(), model.normaliser().functions()};
}

}  // namespace finn::net
