#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace program {

// Which columns of a CSV file are what, each by name or number from 1.
struct Roles {
  std::vector<std::string> variables;  // empty: all that are nothing else
  std::vector<std::string> conditions;
  std::vector<std::string> targets;
  std::optional<std::string> weight;
};

struct Rows {
  std::size_t count = 0;
  std::vector<std::string> variables;  // names
  std::vector<std::string> conditions;
  std::vector<std::string> targets;
  std::vector<double> x;        // [count][variables + conditions]
  std::vector<double> y;        // [count][targets]
  std::vector<double> weights;  // [count], or empty

  std::size_t columns() const { return variables.size() + conditions.size(); }
};

// Throws finn::Error for a file that finn.h refuses and std::runtime_error for one without columns
// left for the variables.
Rows read_rows(const std::string& path, const Roles& roles);

// The least and the largest value of each column of x.
struct Range {
  std::vector<double> least;
  std::vector<double> most;
};
Range range_of(const Rows& rows);

}  // namespace program
