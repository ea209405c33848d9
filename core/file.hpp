// Whole files: read, and written so that a crash leaves the old one or the new one, never a part.
#pragma once

#include <string>
#include <vector>

namespace finn::core {

// Fails with ERROR_FILE, saying which file and what the system says.
std::vector<unsigned char> read_file(const char* path);

// Writes a temporary file beside path, flushes it to the disk and renames it to path. When any of
// this fails the file at path is as it was and the temporary one is gone.
void write_file(const char* path, const std::vector<unsigned char>& bytes);

}  // namespace finn::core
