#include "core/descriptor.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace finn::core
