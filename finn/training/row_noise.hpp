// What keeps a log likelihood from learning few rows by heart where the network is no mixture: each
// time that a row is taken it is moved by noise as wide as the rows can tell. docs/TRAINING.md.
#pragma once

#include <cstdint>
#include <vector>

#include "core/random.hpp"
#include "finn/data/rows.hpp"
#include "finn/model/model.hpp"
#include "finn/training/reference_width.hpp"

namespace finn::net {

template <class T>
class RowNoise {
 public:
  // For a fit to count rows of a source: noise of variance strength / count h^2. There is none for
  // a mixture, which has a prior of widths, and none where it is below h^2 / 100.
  void begin(const Model<T>& model, RowSource& rows, std::int64_t count, double strength);
  // There is none.
  void clear() noexcept { widths_.clear(); }

  // Moves the point x [variables] of a row. It stays in the box: what would leave it comes back as
  // far inside. A point outside a domain stays where it is.
  void move(const Model<T>& model, core::Random& random, double* x) const;

 private:
  std::vector<ReferenceWidth> widths_;  // of the noise, [variables]; empty without noise
};

extern template class RowNoise<float>;
extern template class RowNoise<double>;

}  // namespace finn::net
