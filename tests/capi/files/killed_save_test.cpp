// A model that is saved while its process is killed, again and again.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/sweep.hpp"

namespace finn::test {
namespace {

namespace fs = std::filesystem;

class KilledSave : public testing::Test {
 protected:
  KilledSave() {
    fs::remove_all(folder_);
    fs::create_directory(folder_);
  }
  ~KilledSave() override { fs::remove_all(folder_); }

  const fs::path folder_ =
      fs::temp_directory_path() / ("finn_killed_save_" + std::to_string(::getpid()));
  const std::string path_ = (folder_ / "model.safetensors").string();
};

Bytes read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Saves the two models in turn until it is killed.
[[noreturn]] void save_for_ever(const finn_model* a, const finn_model* b, const std::string& path) {
  for (;;) {
    if (finn_model_save(a, path.c_str(), nullptr) != FINN_OK) ::_exit(1);
    if (finn_model_save(b, path.c_str(), nullptr) != FINN_OK) ::_exit(1);
  }
}

// Between two calls of the system the new file has a name beside the old one; it is whole then, and
// the next save takes it over.
TEST_F(KilledSave, leavesTheOldModelOrTheNewOneAndNothingElse) {
  ModelSpec spec;
  spec.network = FINN_NETWORK_MIXTURE;
  spec.components = 2000;
  const ModelHandle a = make_model(spec);
  spec.seed = 8;
  const ModelHandle b = make_model(spec);
  const Bytes files[] = {save_model(a.get()), save_model(b.get())};
  require_ok([&](finn_error* e) { return finn_model_save(a.get(), path_.c_str(), e); });
  const auto delays = random_numbers<double>(static_cast<std::size_t>(sweep(20, 200)), 0, 20000, 1);
  int left = 0;
  for (const double delay : delays) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) save_for_ever(a.get(), b.get(), path_);
    ::usleep(static_cast<useconds_t>(delay));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
      const Bytes file = read(entry.path());
      ASSERT_TRUE(file == files[0] || file == files[1]) << entry.path();
      left += entry.path() == path_ ? 0 : 1;
    }
    require_ok([&](finn_error* e) { return finn_model_save(a.get(), path_.c_str(), e); });
    ASSERT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
    ASSERT_EQ(read(path_), files[0]);
  }
  RecordProperty("left_between_two_calls", left);
  EXPECT_LE(left, std::ssize(delays) / 4);
}

}  // namespace
}  // namespace finn::test
