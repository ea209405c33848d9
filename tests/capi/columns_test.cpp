// The columns that a caller chooses, as finn_trainer_fit_file takes them.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

class Columns : public ::testing::Test {
 protected:
  void SetUp() override {
    std::ofstream(path_) << "y,name,x1,x2\n0.5,one,0.1,0.2\n0.25,two,-0.3,0.4\n1,three,0.2,0.1\n";
  }
  ~Columns() override { std::filesystem::remove(path_); }

  finn_status fit(const std::vector<const char*>& chosen, finn_error* error = nullptr) {
    const TrainerHandle trainer = make_trainer(model_.get(), short_training(5, 3));
    return finn_trainer_fit_file(trainer.get(), workspace_.get(), path_.c_str(), FINN_FILE_CSV,
                                 chosen.empty() ? nullptr : chosen.data(),
                                 static_cast<std::int32_t>(chosen.size()), 0, nullptr, nullptr,
                                 error);
  }

  std::string path_ =
      (std::filesystem::temp_directory_path() / ("finn_columns_test_" + std::to_string(::getpid())))
          .string();
  ModelHandle model_ = make_model({});
  WorkspaceHandle workspace_ = make_workspace();
};

TEST_F(Columns, areTakenByNameAndByNumberToTheBitsOfArrays) {
  finn_error error = FINN_ERROR_INIT;
  ASSERT_EQ(fit({"x1", "4", "y"}, &error), FINN_OK) << error.message;
  const ModelHandle other = make_model({});
  const TrainerHandle trainer = make_trainer(other.get(), short_training(5, 3));
  ASSERT_EQ(
      fit_data(trainer.get(), workspace_.get(), {0.1, 0.2, -0.3, 0.4, 0.2, 0.1}, {0.5, 0.25, 1}),
      FINN_OK);
  EXPECT_TRUE(same_bits(parameters_of<double>(model_.get()), parameters_of<double>(other.get())));
}

TEST_F(Columns, areRefusedWhereTheyAreNotThoseOfTheModel) {
  expect_refused({"two for three", FINN_ERROR_SIZE, "columns", [&](finn_error* error) {
                    return fit({"x1", "y"}, error);
                  }});
  expect_refused({"one that is not there", FINN_ERROR_ARGUMENT, "x3", [&](finn_error* error) {
                    return fit({"x1", "x3", "y"}, error);
                  }});
  expect_refused({"one twice", FINN_ERROR_ARGUMENT, "x1", [&](finn_error* error) {
                    return fit({"x1", "x1", "y"}, error);
                  }});
  expect_refused({"text", FINN_ERROR_FORMAT, "name", [&](finn_error* error) {
                    return fit({"x1", "name", "y"}, error);
                  }});
}

}  // namespace
}  // namespace finn::test
