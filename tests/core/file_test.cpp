#include "core/file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

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

// Whatever takes the name is named, and left alone; a pipe without a writer is not waited for.
TEST_F(File, isARegularOneOrRefused) {
  fs::create_directory(path("folder"));
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  for (const auto& [name, kind] : {std::pair("folder", "a folder"), std::pair("pipe", "a pipe")}) {
    const std::string expected = path(name) + ": " + kind + " given, a regular file expected";
    expect_file_error([&, at = path(name)] { read_file(at.c_str()); }, expected);
    expect_file_error([&, at = path(name)] { write_file(at.c_str(), {1}); }, expected);
  }
  EXPECT_TRUE(fs::is_fifo(path("pipe")));
  EXPECT_EQ(entries(), 2u);
  // For the superuser alone; a device of the system is not risked.
  if (::mknod(path("null").c_str(), S_IFCHR | 0600, makedev(1, 3)) != 0) return;
  expect_file_error([&] { write_file(path("null").c_str(), {1}); }, "a device given");
  EXPECT_TRUE(fs::is_character_file(path("null")));
}

TEST_F(File, isWrittenThroughLinks) {
  write_file(path("a").c_str(), {1});
  fs::create_symlink("a", path("link"));
  fs::create_symlink(path("link"), path("second"));
  fs::create_symlink("not_yet", path("dangling"));
  write_file(path("second").c_str(), {2, 2});
  write_file(path("dangling").c_str(), {3});
  EXPECT_EQ(read_file(path("a").c_str()), (std::vector<unsigned char>{2, 2}));
  EXPECT_EQ(read_file(path("not_yet").c_str()), (std::vector<unsigned char>{3}));
  for (const char* link : {"link", "second", "dangling"}) {
    EXPECT_TRUE(fs::is_symlink(path(link))) << link;
  }
  fs::create_symlink("round", path("round"));
  expect_file_error([&] { write_file(path("round").c_str(), {1}); }, path("round"));
  EXPECT_EQ(entries(), 6u);
}

TEST_F(File, keepsTheModeOfTheOldOne) {
  struct stat status = {};
  for (const mode_t mode : {mode_t{0600}, mode_t{0640}, mode_t{0755}}) {
    write_file(path("a").c_str(), {1});
    ASSERT_EQ(::chmod(path("a").c_str(), mode), 0);
    write_file(path("a").c_str(), {2});
    ASSERT_EQ(::stat(path("a").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, mode);
  }
  std::ofstream(path("usual")) << "by the umask";
  struct stat usual = {};
  ASSERT_EQ(::stat(path("usual").c_str(), &usual), 0);
  write_file(path("new").c_str(), {1});
  ASSERT_EQ(::stat(path("new").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode, usual.st_mode);
}

TEST_F(File, thatMayNotBeWrittenIsNotReplaced) {
  write_file(path("a").c_str(), {1});
  ASSERT_EQ(::chmod(path("a").c_str(), 0444), 0);
  expect_file_error([&] { write_file(path("a").c_str(), {2}); }, path("a"));
  EXPECT_EQ(read_file(path("a").c_str()), (std::vector<unsigned char>{1}));
  EXPECT_EQ(entries(), 1u);
}

// Processes that are killed while they write: at most one file stays, and the next write takes it
// over.
TEST_F(File, thatAKilledProcessLeftIsTakenOver) {
  const std::vector<unsigned char> large(std::size_t{1} << 24, 7);
  for (int kill = 0; kill < 20; ++kill) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      for (;;) write_file(path("a").c_str(), large);
    }
    ::usleep(static_cast<useconds_t>(1000 * (1 + kill)));
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    EXPECT_LE(entries(), 2u);
  }
  write_file(path("a").c_str(), {1, 2});
  EXPECT_EQ(read_file(path("a").c_str()), (std::vector<unsigned char>{1, 2}));
  EXPECT_EQ(entries(), 1u);
}

TEST_F(File, isWholeAlthoughManyWriteIt) {
  std::vector<std::thread> threads;
  for (unsigned char writer = 0; writer < 4; ++writer) {
    threads.emplace_back([&, writer] {
      for (int k = 0; k < 20; ++k) {
        write_file(path("a").c_str(), std::vector<unsigned char>(100000u + writer, writer));
      }
    });
  }
  for (int k = 0; k < 50; ++k) {
    if (!fs::exists(path("a"))) continue;
    const auto bytes = read_file(path("a").c_str());
    ASSERT_EQ(bytes, std::vector<unsigned char>(100000u + bytes.at(0), bytes.at(0)));
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(entries(), 1u);
}

}  // namespace
}  // namespace finn::core
