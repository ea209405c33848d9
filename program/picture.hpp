#pragma once

#include <cstddef>
#include <finn.hpp>
#include <string>
#include <vector>

namespace program {

// What is drawn: one output of a model over a box of x, for one row of conditions.
struct Subject {
  const finn::Model& model;
  std::vector<double> conditions;  // [columns - variables]
  std::size_t output;
  std::vector<double> lower;  // [variables], of the picture
  std::vector<double> upper;
  std::vector<std::string> names;  // [variables] and, if that is known, of the values
  std::vector<double> points;      // [rows][names]: data to be drawn as well
};

// The values at points x [count][variables].
std::vector<double> values_at(const Subject& subject, const std::vector<double>& x);

// One variable: f as a curve, over the data as points, or as a histogram with the integral of f.
std::string curve_of(const Subject& subject);
// Two variables: f as colours, under the data as points.
std::string heat_map_of(const Subject& subject);

}  // namespace program
