// Initial parameters from the statistics of the domain (docs/INITIALISATION.md).
#pragma once

#include <cstdint>

#include "finn/model.hpp"

namespace finn::net {

// Layer by layer: draws weights (|N(0,1)| under positivity, N(0,1) otherwise), sends uniform points
// of the domain through, scales each unit so that its pre-activation has standard deviation 1 over
// the domain, and centres it up to a bias from U(-1, 1). Same seed, same draws on every platform,
// and same parameters up to the rounding of its kernels. Ends with model.update().
template <class T>
void initialise(Model<T>& model, std::uint64_t seed, CornerScratch& scratch);

extern template void initialise(Model<float>&, std::uint64_t, CornerScratch&);
extern template void initialise(Model<double>&, std::uint64_t, CornerScratch&);

}  // namespace finn::net
