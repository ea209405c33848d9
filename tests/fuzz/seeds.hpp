// Model files, checkpoints and chains to begin with: small, of every form of every part.
#pragma once

#include <vector>

namespace finn::fuzz {

using Bytes = std::vector<unsigned char>;

std::vector<Bytes> seeds();

}  // namespace finn::fuzz
