// The options of constraints: X(name, row, applies_to, sentence) for each, in the order of the
// struct finn_constraint_options.
#pragma once

#include "core/option.hpp"

namespace finn::net {

#define FINN_CONSTRAINT_OPTIONS(X)                                                         \
  X(uniform_share, core::number("0").at_least(0).below(1), "scale",                        \
    "share of the integral that is spread evenly over the domain, which keeps log f "      \
    "finite")                                                                              \
  X(transition_width, core::number("1").above(0), "smooth at one bound, with shift",       \
    "width of the transition at the bound, in units of the integral: the size of a slack " \
    "that does no harm")

}  // namespace finn::net
