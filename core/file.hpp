// Whole files: read, and written so that a crash leaves the old one or the new one, never a part.
#pragma once

#include <string>
#include <vector>

namespace finn::core {

// Fails with ERROR_FILE unless path leads to a regular file, saying what it is. A pipe is not
// opened to find that out.
void require_regular_file(const char* path);

// Fails with ERROR_FILE, saying which file and what the system says.
std::vector<unsigned char> read_file(const char* path);

// Writes the file anew beside path, as PATH.saving, flushes it to the disk and renames it to path.
// When any of this fails the file at path is as it was and the other one is gone. One that a killed
// process has left is taken over. Links are followed to the file that they name; a file that is
// there keeps its owner and mode. Fails with ERROR_FILE for what is not a regular file, and for a
// file that may not be written.
void write_file(const char* path, const std::vector<unsigned char>& bytes);

}  // namespace finn::core
