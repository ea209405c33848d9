#include "core/descriptor.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

namespace finn::core {
namespace {

class DescriptorOfAFile : public testing::Test {
 protected:
  DescriptorOfAFile() { ::close(::mkstemp(path_.data())); }
  ~DescriptorOfAFile() override { std::filesystem::remove(path_); }
  int opened() const { return ::open(path_.c_str(), O_RDONLY | O_CLOEXEC); }

  std::string path_ = (std::filesystem::temp_directory_path() / "finn_XXXXXX").string();
};

TEST_F(DescriptorOfAFile, closesIt) {
  int number = -1;
  {
    const Descriptor file(opened());
    ASSERT_TRUE(file.is_open());
    number = file.number();
    EXPECT_NE(::fcntl(number, F_GETFD), -1);
  }
  EXPECT_EQ(::fcntl(number, F_GETFD), -1);
  EXPECT_FALSE(Descriptor(-1).is_open());
}

TEST_F(DescriptorOfAFile, knowsItsName) {
  const Descriptor file(opened());
  const std::string link = path_ + ".link";
  std::filesystem::create_symlink(path_, link);
  EXPECT_TRUE(file.is_named(path_.c_str()));
  EXPECT_FALSE(file.is_named(link.c_str()));
  EXPECT_FALSE(file.is_named("/nowhere"));
  std::filesystem::remove(link);
}

TEST_F(DescriptorOfAFile, locksItUntilItGoes) {
  std::atomic<bool> is_released = false;
  std::thread other;
  {
    const Descriptor file(opened());
    ASSERT_TRUE(file.lock());
    other = std::thread([&] {
      const Descriptor second(opened());
      EXPECT_TRUE(second.lock());
      EXPECT_TRUE(is_released);
    });
    ::usleep(20000);
    is_released = true;
  }
  other.join();
  EXPECT_FALSE(Descriptor(-1).lock());
}

// A process that was forked has all files open that were; a lock is not to last until it ends.
TEST_F(DescriptorOfAFile, unlocksItAlthoughAForkedProcessHasIt) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  pid_t child = 0;
  {
    const Descriptor file(opened());
    ASSERT_TRUE(file.lock());
    child = ::fork();
    char byte = 0;
    if (child == 0) ::_exit(::read(ends[0], &byte, 1) == 1 ? 0 : 1);
  }
  const Descriptor second(opened());
  EXPECT_EQ(::flock(second.number(), LOCK_EX | LOCK_NB), 0);
  EXPECT_EQ(::write(ends[1], "", 1), 1);
  EXPECT_EQ(::waitpid(child, nullptr, 0), child);
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
}  // namespace finn::core
