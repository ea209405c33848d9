#pragma once

#include <cstddef>
#include <vector>

#include "program/arguments.hpp"

namespace program {

// The limits of a flag, a number or auto for each of the usual ones, which stand for auto. Throws
// UsageError.
std::vector<double> limits_of(const Arguments& arguments, const char* flag,
                              const std::vector<double>& usual);

// The values of each --conditions [rows][count]. Throws UsageError, also where a model that has
// conditions is given none.
std::vector<double> conditions_of(const Arguments& arguments, std::size_t count);

}  // namespace program
