// A file that rows are read from, opened.
#pragma once

#include <cerrno>
#include <fstream>
#include <system_error>

#include "core/error.hpp"
#include "core/file.hpp"

namespace finn::net {

// Fails with ERROR_FILE, saying why, unless path leads to a regular file that can be opened: rows
// are read more than once, which a pipe does not allow.
inline std::ifstream open_input(const char* path) {
  core::require_regular_file(path);
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) {
    const int number = errno;
    core::fail(core::Status::ERROR_FILE, "%s: cannot be opened: %s", path,
               std::generic_category().message(number).c_str());
  }
  return file;
}

}  // namespace finn::net
