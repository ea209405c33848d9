// How many components a mixture of linear chains takes, and which ridge, by cross validation.
#pragma once

#include <cstdint>

#include "finn/chains/fit_linear_chains.hpp"

namespace finn::net {

// Of 1, 2, 3, 4, 6, 8, 12 .. components, at most `most`, and a few ridges those under which rows
// that a fit has not seen are likeliest, given their first `first` variables: by fivefold cross
// validation, of many rows by one of the five folds. More components are tried until two more steps
// have brought nothing.
LinearChoice choose_linear(const WeightedRows& rows, int first, int most, std::uint64_t seed);

}  // namespace finn::net
