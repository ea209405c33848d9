// Shares: softmax over groups of numbers. Like the positivity map it acts on the parameters once
// per step, not once per tile.
#pragma once

#include <cstdint>

namespace finn::ops {

// shares[g][k] = exp(x[g][k]) / sum over k of exp(x[g][k]); may be in place. They are >= 0 and add
// up to 1.
template <class T>
void softmax(const T* x, std::int64_t groups, int size, T* shares);

// adjoints[g][k], of a share on entry, becomes that of its x.
template <class T>
void pull_back_softmax(const T* x, std::int64_t groups, int size, T* adjoints);

}  // namespace finn::ops
