// Files that others write at the same time, that a killed process was writing, or for which the
// disk has no room.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "tests/core/file_support.hpp"
#include "tests/support/sweep.hpp"

namespace finn::core {
namespace {

using Bytes = std::vector<unsigned char>;

class FileAmongOthers : public File {};

// While it lives, no file of the process may grow beyond this size, as on a full disk.
class LimitedSize {
 public:
  explicit LimitedSize(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit tight = {bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &tight);
  }
  ~LimitedSize() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  LimitedSize(const LimitedSize&) = delete;
  LimitedSize& operator=(const LimitedSize&) = delete;

 private:
  rlimit before_ = {};
  void (*handler_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

TEST_P(FileAmongOthers, keepsTheOldOneWhenItMayNotGrow) {
  write_file(path("a").c_str(), {1, 2, 3});
  {
    const LimitedSize limited(100);
    expect_file_error([&] { write_file(path("a").c_str(), Bytes(1000, 7)); }, path("a"));
  }
  EXPECT_EQ(read_file(path("a").c_str()), (Bytes{1, 2, 3}));
  EXPECT_EQ(entries(), 1u);
}

enum class OnSmallDisk { HOLDS, FAILS, IS_REFUSED };

// Runs body() in a process of its own, on a disk of 256 KiB at this folder, which nobody else sees
// and which goes with the process: whether it returned true, or the system refused the disk.
OnSmallDisk on_small_disk(const char* folder, const std::function<bool()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    const bool is_alone =
        ::unshare(CLONE_NEWNS) == 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0;
    if (!is_alone || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", folder, "tmpfs", 0, "size=256k") != 0) {
      ::_exit(2);
    }
    bool holds = false;
    try {
      holds = body();
    } catch (...) {
    }
    ::_exit(holds ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status)) return OnSmallDisk::FAILS;
  return static_cast<OnSmallDisk>(WEXITSTATUS(status));
}

TEST_P(FileAmongOthers, keepsTheOldOneWhenTheDiskIsFull) {
  const OnSmallDisk outcome = on_small_disk(folder_.c_str(), [&] {
    const Bytes old(150'000, 7), next(150'000, 8);
    write_file(path("a").c_str(), old);
    try {
      write_file(path("a").c_str(), next);
      return false;
    } catch (const Error& error) {
      const bool says_so = std::string(error.what()).find("No space left") != std::string::npos;
      return says_so && read_file(path("a").c_str()) == old && entries() == 1;
    }
  });
  if (outcome == OnSmallDisk::IS_REFUSED) GTEST_SKIP() << "no small disk can be mounted here";
  EXPECT_EQ(outcome, OnSmallDisk::HOLDS);
}

// Kills a process while it writes `bytes` to this path, again and again; calls look() each time.
void kill_writers(const std::string& path, const Bytes& bytes, const std::function<void()>& look) {
  for (int kill = 0; kill < test::sweep(20, 200); ++kill) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      for (;;) write_file(path.c_str(), bytes);
    }
    ::usleep(static_cast<useconds_t>(997 * (1 + kill) % 20011));
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    look();
  }
}

// The old file or the new one is there whole, and at most PATH.saving beside it, which the next
// write takes over. Where a file has no name until it is whole, that one is whole too.
TEST_P(FileAmongOthers, thatAKilledProcessLeftIsTakenOver) {
  const Bytes large(std::size_t{1} << 20, 7);
  write_file(path("a").c_str(), large);
  kill_writers(path("a"), large, [&] {
    EXPECT_EQ(read_file(path("a").c_str()), large);
    EXPECT_EQ(entries(), fs::exists(path("a.saving")) ? 2u : 1u);
    if (GetParam() != Naming::LATER || entries() == 1) return;
    EXPECT_EQ(read_file(path("a.saving").c_str()), large);
  });
  std::ofstream(path("a.saving")) << "of a killed process";
  write_file(path("a").c_str(), {1, 2});
  EXPECT_EQ(read_file(path("a").c_str()), (Bytes{1, 2}));
  EXPECT_EQ(entries(), 1u);
}

// Where nothing is to be replaced, a new file gets its name when it is whole, and no other one.
TEST_P(FileAmongOthers, thatIsNewIsThereWholeOrNotAtAll) {
  if (GetParam() != Naming::LATER) return;
  const Bytes large(std::size_t{1} << 20, 7);
  for (int kill = 0; kill < test::sweep(20, 200); ++kill) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      write_file(path("a").c_str(), large);
      ::_exit(0);
    }
    ::usleep(static_cast<useconds_t>(499 * kill % 10007));
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

TEST_P(FileAmongOthers, isWholeAlthoughManyWriteIt) {
  std::vector<std::thread> threads;
  for (unsigned char writer = 0; writer < 4; ++writer) {
    threads.emplace_back([&, writer] {
      for (int k = 0; k < 20; ++k) {
        write_file(path("a").c_str(), Bytes(100000u + writer, writer));
      }
    });
  }
  for (int k = 0; k < 50; ++k) {
    if (!fs::exists(path("a"))) continue;
    const auto bytes = read_file(path("a").c_str());
    ASSERT_EQ(bytes, Bytes(100000u + bytes.at(0), bytes.at(0)));
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(entries(), 1u);
}

// Writers whose files may not grow so far fail, and remove nothing that is another's.
TEST_P(FileAmongOthers, isWholeAlthoughSomeWritersFail) {
  std::vector<std::thread> threads;
  write_file(path("a").c_str(), Bytes(1000, 0));
  const LimitedSize limited(50'000);
  for (unsigned char writer = 0; writer < 4; ++writer) {
    const bool fails = writer % 2 == 0;
    threads.emplace_back([&, writer, fails] {
      const Bytes bytes(fails ? 60'000 : 1000u + writer, writer);
      for (int k = 0; k < 40; ++k) {
        if (fails) {
          expect_file_error([&] { write_file(path("a").c_str(), bytes); }, "too large");
        } else {
          EXPECT_NO_THROW(write_file(path("a").c_str(), bytes));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const Bytes bytes = read_file(path("a").c_str());
  EXPECT_EQ(bytes, Bytes(1000u + bytes.at(0), bytes.at(0)));
  EXPECT_EQ(entries(), 1u);
}

// What another may be writing is not removed where nobody can be asked to wait.
TEST_P(FileAmongOthers, isNotTakenOverWhereItCannotBeLocked) {
  write_file(path("a").c_str(), {1});
  std::ofstream(path("a.saving")) << "of another";
  no_locks = true;
  expect_file_error([&] { write_file(path("a").c_str(), {2}); },
                    path("a.saving") + ": cannot be locked");
  no_locks = false;
  EXPECT_EQ(read_file(path("a").c_str()), (Bytes{1}));
  EXPECT_EQ(entries(), 2u);
}

INSTANTIATE_TEST_SUITE_P(Named, FileAmongOthers,
                         testing::Values(Naming::LATER, Naming::FROM_THE_BEGINNING,
                                         Naming::AFTER_ALL));

}  // namespace
}  // namespace finn::core
