// The units in which a model sees its rows and gives f: where the values of each variable and
// condition lie and how far they spread, and the size of f of each output (docs/INITIALISATION.md).
//
// They are the last parameters of a model, so that everything that holds parameters holds them too.
// All of them are 0 for a model that has seen no data. Mean and spread are those of standard
// coordinates, of the box or of the range of the conditions, in which the uniform distribution has
// mean 0 and spread 1; so they keep their digits in float, wherever the box lies. Spreads and units
// are logarithms, which any finite number is a logarithm of.
#pragma once

#include <cstdint>
#include <vector>

#include "finn/domains/box.hpp"

namespace finn::net {

// Where each of them lies in the section of the standards.
struct StandardsLayout {
  int variables = 0;
  int conditions = 0;
  int outputs = 0;

  std::int64_t mean() const noexcept { return 0; }                        // [variables]
  std::int64_t log_spread() const noexcept { return variables; }          // [variables]
  std::int64_t condition_mean() const noexcept { return 2 * variables; }  // [conditions]
  std::int64_t log_condition_spread() const noexcept { return condition_mean() + conditions; }
  std::int64_t log_unit() const noexcept { return condition_mean() + 2 * conditions; }  // [outputs]
  std::int64_t count() const noexcept { return log_unit() + outputs; }
};

// All of them as numbers to reckon with.
struct Standards {
  std::vector<double> mean, spread;                      // [variables]
  std::vector<double> condition_mean, condition_spread;  // [conditions]
  std::vector<double> unit;                              // [outputs]
};

// Of a section of parameters, whose precision is that of the model. Fails with ERROR_ARGUMENT,
// naming the number, where a mean is not finite, or where a spread or unit is 0 or not finite.
template <class T>
Standards standards_of(const StandardsLayout& layout, const T* section);

// The section of parameters that says these standards.
template <class T>
void write_standards(const StandardsLayout& layout, const Standards& standards, T* section);

// Coordinates in which what has this mean and spread in the given ones has mean 0 and spread 1.
Coordinates standardised(Coordinates coordinates, const Standards& standards);

extern template Standards standards_of(const StandardsLayout&, const float*);
extern template Standards standards_of(const StandardsLayout&, const double*);
extern template void write_standards(const StandardsLayout&, const Standards&, float*);
extern template void write_standards(const StandardsLayout&, const Standards&, double*);

}  // namespace finn::net
