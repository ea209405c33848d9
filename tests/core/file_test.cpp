#include "core/file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "core/error.hpp"

namespace {

// What the system below does not do; set by tests.
bool no_unnamed_files = false, no_later_names = false;

}  // namespace

// Stand between the library and the system, for file systems where a file cannot be without a name
// and for systems where it cannot be given one later.
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

namespace finn::core {
namespace {

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

void expect_file_error(const std::function<void()>& body, const std::string& name) {
  try {
    body();
    FAIL() << "no error for " << name;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), Status::ERROR_FILE);
    EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
  }
}

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

// A limit on the size of files stands for a full disk.
TEST_P(File, keepsTheOldOneWhenTheDiskIsFull) {
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

// Kills a process while it writes `bytes` to this path, again and again; calls look() each time.
void kill_writers(const std::string& path, const std::vector<unsigned char>& bytes,
                  const std::function<void()>& look) {
  for (int kill = 0; kill < 20; ++kill) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      for (;;) write_file(path.c_str(), bytes);
    }
    ::usleep(static_cast<useconds_t>(1000 * (1 + kill)));
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    look();
  }
}

// The old file or the new one is there whole, and at most PATH.saving beside it, which the next
// write takes over. Where a file has no name until it is whole, that one is whole too.
TEST_P(File, thatAKilledProcessLeftIsTakenOver) {
  const std::vector<unsigned char> large(std::size_t{1} << 20, 7);
  write_file(path("a").c_str(), large);
  kill_writers(path("a"), large, [&] {
    EXPECT_EQ(read_file(path("a").c_str()), large);
    EXPECT_EQ(entries(), fs::exists(path("a.saving")) ? 2u : 1u);
    if (GetParam() != Naming::LATER || entries() == 1) return;
    EXPECT_EQ(read_file(path("a.saving").c_str()), large);
  });
  std::ofstream(path("a.saving")) << "of a killed process";
  write_file(path("a").c_str(), {1, 2});
  EXPECT_EQ(read_file(path("a").c_str()), (std::vector<unsigned char>{1, 2}));
  EXPECT_EQ(entries(), 1u);
}

// Where nothing is to be replaced, a new file gets its name when it is whole, and no other one.
TEST_P(File, thatIsNewIsThereWholeOrNotAtAll) {
  if (GetParam() != Naming::LATER) return;
  const std::vector<unsigned char> large(std::size_t{1} << 20, 7);
  for (int kill = 0; kill < 20; ++kill) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      write_file(path("a").c_str(), large);
      ::_exit(0);
    }
    ::usleep(static_cast<useconds_t>(500 * kill));
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    EXPECT_FALSE(fs::exists(path("a.saving")));
    if (fs::exists(path("a"))) {
      EXPECT_EQ(read_file(path("a").c_str()), large);
    }
    fs::remove(path("a"));
    EXPECT_EQ(entries(), 0u);
  }
}

// A folder of that name is nobody's left-over, and is not removed.
TEST_P(File, doesNotTakeOverAFolder) {
  write_file(path("a").c_str(), {1});
  fs::create_directory(path("a.saving"));
  expect_file_error([&] { write_file(path("a").c_str(), {2}); }, path("a.saving"));
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

TEST_P(File, isWholeAlthoughManyWriteIt) {
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

INSTANTIATE_TEST_SUITE_P(Named, File,
                         testing::Values(Naming::LATER, Naming::FROM_THE_BEGINNING,
                                         Naming::AFTER_ALL));

}  // namespace
}  // namespace finn::core
