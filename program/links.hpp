#pragma once

#include <finn.hpp>
#include <span>
#include <string>

namespace program {

// What became of the links of a chain that are fitted, a line for each. names: of all its
// variables.
std::string text_of_links(const finn::Chain& chain, std::span<const std::string> names);
// What became of the links of a chain that are fitted, as a list of JSON objects.
std::string json_of_links(const finn::Chain& chain, std::span<const std::string> names);

}  // namespace program
