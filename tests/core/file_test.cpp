#include "core/file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>

#include "tests/core/file_support.hpp"

namespace finn::core {

bool no_unnamed_files = false, no_later_names = false, no_locks = false;

}  // namespace finn::core

using finn::core::no_later_names;
using finn::core::no_locks;
using finn::core::no_unnamed_files;

// Stand between the library and the system, for file systems where a file cannot be without a name
// or cannot be locked, and for systems where it cannot be given a name later.
extern "C" int open(const char* path, int flags, ...) {
  std::va_list arguments;
  va_start(arguments, flags);
  const auto mode =
      static_cast<mode_t>((flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, int) : 0);
  va_end(arguments);
  if (no_unnamed_files && (flags & O_TMPFILE) == O_TMPFILE) {
    errno = EOPNOTSUPP;
    return -1;
  }
  return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

extern "C" int linkat(int from_folder, const char* from, int to_folder, const char* to,
                      int flags) noexcept {
  if (no_later_names) {
    errno = ENOENT;
    return -1;
  }
  return static_cast<int>(::syscall(SYS_linkat, from_folder, from, to_folder, to, flags));
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // the system has a struct of that name
extern "C" int flock(int file, int operation) noexcept {
  if (no_locks) {
    errno = ENOLCK;
    return -1;
  }
  return static_cast<int>(::syscall(SYS_flock, file, operation));
}
#pragma GCC diagnostic pop

namespace finn::core {
namespace {

TEST_P(File, comesBackAsItWasWritten) {
  const std::vector<unsigned char> bytes = {0, 1, 255, 10, 13, 0};
  write_file(path("a").c_str(), bytes);
  EXPECT_EQ(read_file(path("a").c_str()), bytes);
  write_file(path("a").c_str(), {});
  EXPECT_TRUE(read_file(path("a").c_str()).empty());
  EXPECT_EQ(entries(), 1u);
}

TEST_P(File, thatCannotBeOpenedIsNamed) {
  expect_file_error([&] { read_file(path("none").c_str()); }, path("none"));
  expect_file_error([&] { read_file(folder_.c_str()); }, folder_.string());
  expect_file_error([&] { write_file(path("none/a").c_str(), {1}); }, path("none/a"));
}

// A directory cannot be replaced by a file: the rename fails, after everything was written.
TEST_P(File, leavesNothingBehindWhenItCannotBeReplaced) {
  fs::create_directory(path("taken"));
  expect_file_error([&] { write_file(path("taken").c_str(), {1, 2}); }, path("taken"));
  EXPECT_TRUE(fs::is_directory(path("taken")));
  EXPECT_EQ(entries(), 1u);
}

// A reader that has the old file open goes on reading the old one.
TEST_P(File, isReplacedAtOnce) {
  write_file(path("a").c_str(), {1, 1, 1});
  struct stat before = {}, after = {};
  ASSERT_EQ(::stat(path("a").c_str(), &before), 0);
  write_file(path("a").c_str(), {2, 2});
  ASSERT_EQ(::stat(path("a").c_str(), &after), 0);
  EXPECT_NE(before.st_ino, after.st_ino);
  EXPECT_EQ(read_file(path("a").c_str()), (std::vector<unsigned char>{2, 2}));
}

// Whatever takes the name is named, and left alone; a pipe without a writer is not waited for.
TEST_P(File, isARegularOneOrRefused) {
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

TEST_P(File, isWrittenThroughLinks) {
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

TEST_P(File, keepsTheModeOfTheOldOne) {
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

TEST_P(File, thatMayNotBeWrittenIsNotReplaced) {
  write_file(path("a").c_str(), {1});
  ASSERT_EQ(::chmod(path("a").c_str(), 0444), 0);
  expect_file_error([&] { write_file(path("a").c_str(), {2}); }, path("a"));
  EXPECT_EQ(read_file(path("a").c_str()), (std::vector<unsigned char>{1}));
  EXPECT_EQ(entries(), 1u);
}

// A folder of that name is nobody's left-over, and is not removed.
TEST_P(File, doesNotTakeOverAFolder) {
  write_file(path("a").c_str(), {1});
  fs::create_directory(path("a.saving"));
  expect_file_error([&] { write_file(path("a").c_str(), {2}); },
                    path("a.saving") + ": cannot be removed");
  EXPECT_EQ(read_file(path("a").c_str()), (std::vector<unsigned char>{1}));
  EXPECT_EQ(entries(), 2u);
}

TEST_P(File, hasAName) {
  expect_file_error([&] { write_file("", {1}); }, "\"\": the name of a file expected");
  expect_file_error([&] { write_file(path("a/").c_str(), {1}); },
                    "\"" + path("a/") + "\": the name of a file expected");
  EXPECT_EQ(entries(), 0u);
}

// Such a link leads to a name that nobody can open; it is what it leads to that is refused.
TEST_P(File, isNotAPipeBehindALinkOfTheSystem) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const std::string link = "/proc/self/fd/" + std::to_string(ends[1]);
  expect_file_error([&] { write_file(link.c_str(), {1}); },
                    link + ": a pipe given, a regular file expected");
  ::close(ends[0]);
  ::close(ends[1]);
}

INSTANTIATE_TEST_SUITE_P(Named, File,
                         testing::Values(Naming::LATER, Naming::FROM_THE_BEGINNING,
                                         Naming::AFTER_ALL));

}  // namespace
}  // namespace finn::core
