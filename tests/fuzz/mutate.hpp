// Changes files of named tensors so that much of them stays sound: members and values of the JSON
// in their headers, tensors with their places, numbers, and bytes.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace finn::fuzz {

using Bytes = std::vector<unsigned char>;
using Engine = std::mt19937_64;

// A file with one change; `other` is one that pieces are taken from.
Bytes mutated(const Bytes& file, const Bytes& other, Engine& engine);

}  // namespace finn::fuzz
