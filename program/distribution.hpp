#pragma once

#include <cstddef>
#include <cstdint>
#include <finn.hpp>
#include <string>
#include <vector>

#include "program/arguments.hpp"

namespace program {

// The distribution of a model, or a chain, that is left when some variables are given, with what is
// given.
struct Asked {
  finn::Distribution distribution;
  bool is_of_chain;
  std::vector<std::string> names;  // of its variables
  std::vector<double> given;       // [rows][given_columns]
  std::size_t rows;                // one for each --conditions, 1 without

  // Limits of its variables [variables], infinite where the flags do not say them.
  std::vector<double> lower;
  std::vector<double> upper;

  // The values given [count][given_columns], of the only row.
  std::vector<double> repeated(std::size_t count) const;
};

// What the arguments --names, --given, --conditions, --output-number, --lower and --upper make of
// the model or the chain of the file. Throws UsageError, finn::Error as finn.h does, and as load.
Asked asked_of(const Arguments& arguments);
// The distribution that asked_of makes, cut to the limits of --lower and --upper, for a single row
// of what is given. Throws as asked_of does.
Asked truncated_of(const Arguments& arguments);

// The names of all variables that --names gives; x1, x2 and so on without. Throws UsageError.
std::vector<std::string> names_of(const Arguments& arguments, std::size_t variables);

// Which of the names a text means, by name or number from 1. flag: the one that gave it. Throws
// UsageError.
std::int32_t index_of(const Arguments& arguments, const char* flag, const std::string& text,
                      const std::vector<std::string>& names);

}  // namespace program
