// Initial parameters from the statistics of the domain, or of data (docs/INITIALISATION.md).
#pragma once

#include <cstdint>

#include "finn/model/model.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

// Points whose statistics the initial parameters have: rows [count][columns] of the model, of which
// the first ones are x. Without any, uniform points of the domain.
struct InitialPoints {
  const double* rows = nullptr;
  std::int64_t count = 0;
};

// mlp: layer by layer, draws weights (|N(0,1)| under positivity, N(0,1) otherwise), sends points
// through, scales each unit so that its pre-activation has standard deviation 1 over them, and
// centres it up to a bias from U(-1, 1). mixture: puts each component on a point, with
// a width from the spread of the points and the number of components. Same seed, same draws on
// every platform, and same parameters up to the rounding of its kernels. What belongs to the
// constraint is 0. Keeps the standards that the model has. Ends with model.update(); without given
// points the model is a fresh one then.
template <class T>
void initialise(Model<T>& model, std::uint64_t seed, CornerScratch& scratch,
                const InitialPoints& points = {});

extern template void initialise(Model<float>&, std::uint64_t, CornerScratch&, const InitialPoints&);
extern template void initialise(Model<double>&, std::uint64_t, CornerScratch&,
                                const InitialPoints&);

}  // namespace finn::net
