// Changes a JSON text by its tokens, so that it often stays JSON and says something else.
#pragma once

#include <random>
#include <string>

namespace finn::fuzz {

using Engine = std::mt19937_64;

// The text with one change; `other` is one that values are taken from.
std::string mutated_json(const std::string& text, const std::string& other, Engine& engine);

// A number from 0 to count - 1; count is above 0.
inline std::size_t below(std::size_t count, Engine& engine) {
  return static_cast<std::size_t>(engine() % count);
}

}  // namespace finn::fuzz
