// Files of rows for the tests of the room finn/data.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "core/error.hpp"

namespace finn::test {

// A test with a path of its own, where nothing lies before it and afterwards.
class WithAFile : public testing::Test {
 protected:
  ~WithAFile() override { std::filesystem::remove(path_); }

  const char* path() const { return path_.c_str(); }
  const char* write(const std::string& text) const {
    std::ofstream(path_, std::ios::binary) << text;
    return path();
  }

  // Status and message of what a call fails with, without the path and what follows it, ": "; OK
  // and "" when it does not fail.
  template <class Call>
  std::pair<core::Status, std::string> refusal(const Call& call) const {
    try {
      call();
      return {core::Status::OK, ""};
    } catch (const core::Error& error) {
      const std::string message = error.what();
      const bool names_path = message.starts_with(path_ + ": ");
      return {error.status(), names_path ? message.substr(path_.size() + 2) : message};
    }
  }

  const std::string path_ =
      (std::filesystem::temp_directory_path() / ("finn_data_test_" + std::to_string(::getpid())))
          .string();
};

using Refusal = std::pair<core::Status, std::string>;

}  // namespace finn::test
