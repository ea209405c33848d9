// Threads that are cancelled, with pthread_cancel, while they are in a call.
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

struct Shared {
  const ModelHandle model = make_model({});
  const WorkspaceHandle workspace = make_workspace();
  const TrainerHandle trainer = make_trainer(model.get(), short_training());
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("finn_cancel_test_" + std::to_string(::getpid()));
  const std::string path = (folder / "checkpoint").string();
  std::atomic<bool> has_begun{false};
};

void save_shared(Shared& shared) {
  finn_trainer_save(shared.trainer.get(), shared.path.c_str(), nullptr);
}

void load_shared(Shared& shared) {
  const ModelHandle model = make_model({});
  finn_trainer* made = nullptr;
  finn_trainer_load(model.get(), shared.path.c_str(), &made, nullptr);
  TrainerHandle trainer(made);
}

void fit_shared(Shared& shared) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training());
  Callbacks callbacks;
  callbacks.progress = [](const finn_progress&) {
    ::pthread_testcancel();
    return 0;
  };
  fit_sampler(trainer.get(), shared.workspace.get(), callbacks);
}

// Calls until it is cancelled, which happens where a call begins and not in the middle of one.
template <void (*Call)(Shared&)>
void* call_on(void* argument) {
  auto& shared = *static_cast<Shared*>(argument);
  int before = 0;
  ::pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &before);
  for (;;) {
    Call(shared);
    shared.has_begun = true;
  }
}

void expect_cancelled(Shared& shared, void* (*run)(void*)) {
  shared.has_begun = false;
  pthread_t thread = {};
  ASSERT_EQ(::pthread_create(&thread, nullptr, run, &shared), 0);
  while (!shared.has_begun) ::usleep(100);
  ::usleep(2000);
  ASSERT_EQ(::pthread_cancel(thread), 0);
  void* result = nullptr;
  ASSERT_EQ(::pthread_join(thread, &result), 0);
  EXPECT_EQ(result, PTHREAD_CANCELED);
}

TEST(Cancel, ofAThreadWaitsForTheNextCall) {
  Shared shared;
  std::filesystem::create_directory(shared.folder);
  for (int k = 0; k < 5; ++k) {
    expect_cancelled(shared, &call_on<save_shared>);
    expect_cancelled(shared, &call_on<load_shared>);
    expect_cancelled(shared, &call_on<fit_shared>);
  }
  for (const auto& entry : std::filesystem::directory_iterator(shared.folder)) {
    EXPECT_EQ(entry.path(), shared.path) << "left behind";
  }
  std::filesystem::remove_all(shared.folder);
}

}  // namespace
}  // namespace finn::test
