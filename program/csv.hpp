#pragma once

#include <span>
#include <string>

#include "program/arguments.hpp"

namespace program {

// A line of names, then values [rows][names], a line for each row.
std::string csv_of(std::span<const std::string> names, std::span<const double> values);

// Writes a result to the file of --output, or to standard output. Throws std::runtime_error for a
// file that cannot be written.
void deliver(const Arguments& arguments, const std::string& text);

}  // namespace program
