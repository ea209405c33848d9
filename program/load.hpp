#pragma once

#include <finn.hpp>
#include <string>
#include <variant>

namespace program {

// What a file holds that finn fit writes.
using Loaded = std::variant<finn::Model, finn::Chain>;

// The model or the chain of a file. Throws finn::Error and, for a file that is neither,
// std::runtime_error with what either says.
Loaded load(const std::string& path);
// The model of a file, for a command that has no answer of a chain: of a chain it throws
// std::runtime_error.
finn::Model load_model(const std::string& path);

}  // namespace program
