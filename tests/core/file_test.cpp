#include "core/file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <functional>

#include "core/error.hpp"

namespace finn::core {
namespace {

namespace fs = std::filesystem;

class File : public testing::Test {
 protected:
  File() {
    fs::remove_all(folder_);
    fs::create_directory(folder_);
  }
  ~File() override { fs::remove_all(folder_); }

  std::string path(const char* name) const { return (folder_ / name).string(); }
  std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  const fs::path folder_ =
      fs::temp_directory_path() / ("finn_file_test_" + std::to_string(::getpid()));
};

void expect_file_error(const std::function<void()>& body, const std::string& name) {
  try {
    body();
    FAIL() << "no error for " << name;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), Status::ERROR_FILE);
    EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
  }
}

TEST_F(File, comesBackAsItWasWritten) {
  const std::vector<unsigned char> bytes = {0, 1, 255, 10, 13, 0};
  write_file(path("a").c_str(), bytes);
  EXPECT_EQ(read_file(path("a").c_str()), bytes);
  write_file(path("a").c_str(), {});
  EXPECT_TRUE(read_file(path("a").c_str()).empty());
  EXPECT_EQ(entries(), 1u);
}

TEST_F(File, thatCannotBeOpenedIsNamed) {
  expect_file_error([&] { read_file(path("none").c_str()); }, path("none"));
  expect_file_error([&] { read_file(folder_.c_str()); }, folder_.string());
  expect_file_error([&] { write_file(path("none/a").c_str(), {1}); }, path("none/a"));
}

// A directory cannot be replaced by a file: the rename fails, after everything was written.
TEST_F(File, leavesNothingBehindWhenItCannotBeReplaced) {
  fs::create_directory(path("taken"));
  expect_file_error([&] { write_file(path("taken").c_str(), {1, 2}); }, path("taken"));
  EXPECT_TRUE(fs::is_directory(path("taken")));
  EXPECT_EQ(entries(), 1u);
}

// A limit on the size of files stands for a full disk.
TEST_F(File, keepsTheOldOneWhenTheDiskIsFull) {
  write_file(path("a").c_str(), {1, 2, 3});
  rlimit before = {};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit tight = {100, before.rlim_max};
  const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  expect_file_error([&] { write_file(path("a").c_str(), std::vector<unsigned char>(1000, 7)); },
                    path("a"));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, ignored);
  EXPECT_EQ(read_file(path("a").c_str()), (std::vector<unsigned char>{1, 2, 3}));
  EXPECT_EQ(entries(), 1u);
}

// A reader that has the old file open goes on reading the old one.
TEST_F(File, isReplacedAtOnce) {
  write_file(path("a").c_str(), {1, 1, 1});
  struct stat before = {}, after = {};
  ASSERT_EQ(::stat(path("a").c_str(), &before), 0);
  write_file(path("a").c_str(), {2, 2});
  ASSERT_EQ(::stat(path("a").c_str(), &after), 0);
  EXPECT_NE(before.st_ino, after.st_ino);
  EXPECT_EQ(read_file(path("a").c_str()), (std::vector<unsigned char>{2, 2}));
}

}  // namespace
}  // namespace finn::core
