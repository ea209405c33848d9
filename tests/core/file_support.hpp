// What the tests of written files share: a folder of their own, and a system that does less.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "core/error.hpp"

namespace finn::core {

// What the system below does not do; set by tests, and looked at by the functions of file_test.cpp
// that stand between the library and the system.
extern bool no_unnamed_files, no_later_names, no_locks;

namespace fs = std::filesystem;

// How a new file comes to its name.
enum class Naming { LATER, FROM_THE_BEGINNING, AFTER_ALL };

class File : public testing::TestWithParam<Naming> {
 protected:
  File() {
    no_unnamed_files = GetParam() == Naming::FROM_THE_BEGINNING;
    no_later_names = GetParam() == Naming::AFTER_ALL;
    fs::remove_all(folder_);
    fs::create_directory(folder_);
  }
  ~File() override {
    fs::remove_all(folder_);
    no_unnamed_files = no_later_names = false;
  }

  std::string path(const char* name) const { return (folder_ / name).string(); }
  std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  const fs::path folder_ =
      fs::temp_directory_path() / ("finn_file_test_" + std::to_string(::getpid()));
};

inline void expect_file_error(const std::function<void()>& body, const std::string& name) {
  try {
    body();
    FAIL() << "no error for " << name;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), Status::ERROR_FILE);
    EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
  }
}

}  // namespace finn::core
