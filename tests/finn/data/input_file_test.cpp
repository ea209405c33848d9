#include "finn/data/input_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/error.hpp"
#include "tests/finn/data/support.hpp"

namespace finn::net {
namespace {

using test::Refusal;

class InputFile : public test::WithAFile {
 protected:
  Refusal opened(const char* path) const {
    return refusal([&] { open_input(path); });
  }
};

TEST_F(InputFile, isOpenAtItsBeginning) {
  std::ifstream file = open_input(write("ab"));
  EXPECT_EQ(file.get(), 'a');
}

TEST_F(InputFile, saysWhatItIsWhenItIsNoRegularFile) {
  EXPECT_EQ(opened(path()),
            Refusal(core::Status::ERROR_FILE, "cannot be opened: No such file or directory"));
  std::filesystem::create_directory(path());
  EXPECT_EQ(opened(path()),
            Refusal(core::Status::ERROR_FILE, "a folder given, a regular file expected"));
  std::filesystem::remove(path());
  ASSERT_EQ(::mkfifo(path(), 0600), 0);
  EXPECT_EQ(opened(path()),
            Refusal(core::Status::ERROR_FILE, "a pipe given, a regular file expected"));
  EXPECT_EQ(opened("/dev/null").second, "/dev/null: a device given, a regular file expected");
}

}  // namespace
}  // namespace finn::net
