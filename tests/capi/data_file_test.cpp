// Training from files: the same bits as from arrays, and clear words about bad files.
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

class DataFile : public ::testing::Test {
 protected:
  ~DataFile() override { std::filesystem::remove(path_); }

  void write(const std::string& text) { std::ofstream(path_, std::ios::binary) << text; }

  // The rows as numbers of type U, least significant byte first.
  template <class U, class Bits>
  void write_binary(const std::vector<std::vector<double>>& rows) {
    std::string bytes;
    for (const auto& row : rows) {
      for (const double value : row) {
        const auto number = static_cast<U>(value);
        Bits bits = 0;
        std::memcpy(&bits, &number, sizeof bits);
        for (std::size_t k = 0; k < sizeof bits; ++k) {
          bytes.push_back(static_cast<char>(bits >> (8 * k)));
        }
      }
    }
    write(bytes);
  }

  void write_csv(const std::vector<std::vector<double>>& rows) {
    std::string text = "x1, x2, y\r\n# a remark\n\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t k = 0; k < rows[i].size(); ++k) {
        char number[40];
        std::snprintf(number, sizeof number, "%s%.17g", k == 0 ? (i % 2 == 0 ? " +" : "\t") : " ,",
                      rows[i][k]);
        text += i % 2 == 0 && k == 0 && rows[i][k] < 0 ? number + 2 : number;
      }
      text += i + 1 == rows.size() ? "" : i % 3 == 0 ? "\r\n" : "  \n";
    }
    write(text);
  }

  // x, y and, if there are weights, those.
  std::vector<std::vector<double>> rows_of(const std::vector<double>& weights) const {
    std::vector<std::vector<double>> rows;
    for (std::size_t i = 0; i < y_.size(); ++i) {
      rows.push_back({x_[2 * i], x_[2 * i + 1], y_[i]});
      if (!weights.empty()) rows.back().push_back(weights[i]);
    }
    return rows;
  }

  finn_status fit_file(finn_trainer* trainer, finn_file_format format, bool weighted = false,
                       finn_error* error = nullptr) {
    return finn_trainer_fit_file(trainer, workspace_.get(), path_.c_str(), format, nullptr, 0,
                                 weighted ? 1 : 0, nullptr, nullptr, error);
  }

  // Parameters and losses of a fit from the file.
  std::vector<double> result_of_file(finn_file_format format, bool weighted) {
    const ModelHandle model = make_model({});
    const TrainerHandle trainer = make_trainer(model.get(), options());
    require_ok([&](finn_error* e) { return fit_file(trainer.get(), format, weighted, e); });
    return result(trainer.get(), model.get());
  }

  std::vector<double> result_of_arrays(const std::vector<double>& x, const std::vector<double>& y,
                                       const std::vector<double>& weights) {
    const ModelHandle model = make_model({});
    const TrainerHandle trainer = make_trainer(model.get(), options());
    require_ok([&](finn_error* e) {
      return finn_trainer_fit_data(trainer.get(), workspace_.get(), x.data(), y.data(),
                                   weights.empty() ? nullptr : weights.data(), 50, nullptr, nullptr,
                                   e);
    });
    return result(trainer.get(), model.get());
  }

  static std::vector<double> result(const finn_trainer* trainer, const finn_model* model) {
    auto all = parameters_of<double>(model);
    const auto losses = history_of(trainer);
    all.insert(all.end(), losses.begin(), losses.end());
    return all;
  }

  static finn_training_options options() {
    finn_training_options options = short_training(20, 8);
    options.validation_share = 0.2;
    return options;
  }

  // A fit from the file must be refused in words that contain all of these.
  void expect_bad(finn_file_format format, finn_status status,
                  const std::vector<std::string>& words, bool weighted = false) {
    const ModelHandle model = make_model({});
    const auto before = parameters_of<double>(model.get());
    const TrainerHandle trainer = make_trainer(model.get(), short_training(3, 1));
    finn_error error = FINN_ERROR_INIT;
    EXPECT_STREQ(finn_status_name(fit_file(trainer.get(), format, weighted, &error)),
                 finn_status_name(status));
    for (const std::string& word : words) {
      EXPECT_NE(std::string(error.message).find(word), std::string::npos)
          << "\"" << word << "\" not in: " << error.message;
    }
    EXPECT_NE(std::string(error.message).find(path_), std::string::npos) << error.message;
    EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), before));
    EXPECT_EQ(finn_trainer_steps(trainer.get()), 0);
  }

  const std::string path_ = (std::filesystem::temp_directory_path() /
                             ("finn_data_file_test_" + std::to_string(::getpid())))
                                .string();
  const WorkspaceHandle workspace_ = make_workspace();
  const std::vector<double> x_ = random_points<double>(2, 50, 1), y_ = bump_of(x_);
};

TEST_F(DataFile, trainsToTheSameBitsAsArrays) {
  for (const bool weighted : {false, true}) {
    std::vector<double> weights;
    if (weighted) weights = random_numbers<double>(50, 0.5, 1.5, 3);
    const auto rows = rows_of(weights);
    const auto expected = result_of_arrays(x_, y_, weights);
    write_csv(rows);
    EXPECT_TRUE(same_bits(result_of_file(FINN_FILE_CSV, weighted), expected));
    write_binary<double, std::uint64_t>(rows);
    EXPECT_TRUE(same_bits(result_of_file(FINN_FILE_FLOAT64, weighted), expected));
  }
}

TEST_F(DataFile, mayBeginWithAByteOrderMark) {
  write_csv(rows_of({}));
  std::ifstream in(path_, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto expected = result_of_arrays(x_, y_, {});
  write("\xef\xbb\xbf" + text);
  EXPECT_TRUE(same_bits(result_of_file(FINN_FILE_CSV, false), expected));
  write("\xef\xbb\xbf" + text.substr(text.find("\n\n") + 2));
  EXPECT_TRUE(same_bits(result_of_file(FINN_FILE_CSV, false), expected));
}

TEST_F(DataFile, mayHoldNumbersOf32Bits) {
  const auto rounded = [](std::vector<double> values) {
    for (double& value : values) value = static_cast<double>(static_cast<float>(value));
    return values;
  };
  write_binary<float, std::uint32_t>(rows_of({}));
  EXPECT_TRUE(same_bits(result_of_file(FINN_FILE_FLOAT32, false),
                        result_of_arrays(rounded(x_), rounded(y_), {})));
}

TEST_F(DataFile, holdsNoTargetsUnderALikelihood) {
  finn_training_options options = short_training(20, 8);
  options.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  write_binary<double, std::uint64_t>(
      {{0, 0}, {0.1, 0.2}, {0.2, 0.1}, {0, 0.1}, {0.1, 0}, {0.2, 0.2}, {0.1, 0.1}, {0.3, 0.1}});
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), options);
  EXPECT_EQ(fit_file(trainer.get(), FINN_FILE_FLOAT64), FINN_OK);
}

TEST_F(DataFile, thatIsNotThereIsNamed) {
  expect_bad(FINN_FILE_CSV, FINN_ERROR_FILE, {"opened"});
  expect_bad(FINN_FILE_FLOAT64, FINN_ERROR_FILE, {"opened"});
}

TEST_F(DataFile, ofTextIsRefusedWithLineAndColumn) {
  struct Bad {
    const char* text;
    finn_status status;
    std::vector<std::string> words;
  };
  const Bad texts[] = {
      {"", FINN_ERROR_FORMAT, {"no rows"}},
      {"x,y,z\n", FINN_ERROR_FORMAT, {"no rows"}},
      {"0,0,1\n0,zero,1\n", FINN_ERROR_FORMAT, {"line 2, column 2", "\"zero\""}},
      {"a,b,c\na,b,c\n", FINN_ERROR_FORMAT, {"line 2, column 1", "\"a\""}},
      {"0,0,1\n\n0,0\n", FINN_ERROR_FORMAT, {"line 3", "2 columns", "3 expected"}},
      {"0,0,1,5\n", FINN_ERROR_FORMAT, {"line 1", "4 columns"}},
      {"0,0,1,\n", FINN_ERROR_FORMAT, {"line 1, column 4", "\"\""}},
      {"0,,1\n", FINN_ERROR_FORMAT, {"line 1, column 2"}},
      {"0 0,0,1\n0,0,1", FINN_ERROR_FORMAT, {"line 1, column 1", "\"0 0\""}},
      {"0,0,1\n0;0;1\n", FINN_ERROR_FORMAT, {"line 2, column 1"}},
      {"0,0,1\n0,0,1e999\n", FINN_ERROR_FORMAT, {"line 2, column 3"}},
      {"0,0,1\n0,0,nan\n", FINN_ERROR_NOT_FINITE, {"line 2, column 3"}},
      {"0,0,1\n0,-inf,1\n", FINN_ERROR_NOT_FINITE, {"line 2, column 2"}},
      {"0,0,1\n0,9,1\n", FINN_ERROR_ARGUMENT, {"line 2, column 2", "9 lies outside the domain"}},
      {"0,0,1\n\"0\",0,1\n", FINN_ERROR_FORMAT, {"line 2, column 1"}},
  };
  for (const Bad& bad : texts) {
    SCOPED_TRACE(bad.text);
    write(bad.text);
    expect_bad(FINN_FILE_CSV, bad.status, bad.words);
  }
  write("0,0,1\n0," + std::string(2000000, '1') + ",1\n");
  expect_bad(FINN_FILE_CSV, FINN_ERROR_FORMAT, {"line 2", "longer"});
  write(std::string("0,0,1\n0,0\0,1\n", 14));
  expect_bad(FINN_FILE_CSV, FINN_ERROR_FORMAT, {"line 2, column 2"});
  write("0,0,1,1\n0,0,1,-2\n");
  expect_bad(FINN_FILE_CSV, FINN_ERROR_ARGUMENT, {"line 2, column 4", "weight"}, true);
}

TEST_F(DataFile, ofNumbersIsRefusedWithRowAndColumn) {
  write("");
  expect_bad(FINN_FILE_FLOAT64, FINN_ERROR_FORMAT, {"no rows"});
  write(std::string(25, '\0'));
  expect_bad(FINN_FILE_FLOAT64, FINN_ERROR_FORMAT, {"25 bytes", "multiple of 24"});
  expect_bad(FINN_FILE_FLOAT32, FINN_ERROR_FORMAT, {"25 bytes", "multiple of 12"});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  write_binary<double, std::uint64_t>({{0, 0, 1}, {0, 0, nan}});
  expect_bad(FINN_FILE_FLOAT64, FINN_ERROR_NOT_FINITE, {"row 2, column 3"});
  write_binary<double, std::uint64_t>({{0, 0, 1}, {-9, 0, 1}});
  expect_bad(FINN_FILE_FLOAT64, FINN_ERROR_ARGUMENT,
             {"row 2, column 1", "-9 lies outside the domain"});
}

// A pipe without a writer is not waited for.
TEST_F(DataFile, thatIsNoRegularFileIsRefusedAndSaysWhatItIs) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  for (const finn_file_format format : {FINN_FILE_CSV, FINN_FILE_FLOAT64}) {
    expect_bad(format, FINN_ERROR_FILE, {"a pipe given", "a regular file expected"});
  }
  std::filesystem::remove(path_);
  std::filesystem::create_directory(path_);
  for (const finn_file_format format : {FINN_FILE_CSV, FINN_FILE_FLOAT32}) {
    expect_bad(format, FINN_ERROR_FILE, {"a folder given", "a regular file expected"});
  }
}

// Cut while it is trained on: the steps done stay done.
TEST_F(DataFile, thatChangesEndsTheFit) {
  for (const finn_file_format format : {FINN_FILE_CSV, FINN_FILE_FLOAT64}) {
    if (format == FINN_FILE_CSV) {
      write_csv(rows_of({}));
    } else {
      write_binary<double, std::uint64_t>(rows_of({}));
    }
    const ModelHandle model = make_model({});
    const TrainerHandle trainer = make_trainer(model.get(), short_training(20, 50));
    Callbacks callbacks;
    callbacks.progress = [&](const finn_progress&) {
      std::filesystem::resize_file(path_, 30);
      return 0;
    };
    finn_error error = FINN_ERROR_INIT;
    const finn_status status =
        finn_trainer_fit_file(trainer.get(), workspace_.get(), path_.c_str(), format, nullptr, 0, 0,
                              callbacks.progress_function(), &callbacks, &error);
    EXPECT_STREQ(finn_status_name(status), "FINN_ERROR_FILE");
    EXPECT_NE(std::strstr(error.message, "row"), nullptr) << error.message;
    EXPECT_GE(finn_trainer_steps(trainer.get()), 1);
  }
}

TEST_F(DataFile, refusesBadArguments) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training());
  const auto fit = [&](const char* path, int format, std::int32_t weighted, finn_error* e) {
    return finn_trainer_fit_file(trainer.get(), workspace_.get(), path,
                                 static_cast<finn_file_format>(format), nullptr, 0, weighted,
                                 nullptr, nullptr, e);
  };
  const BadCall calls[] = {
      {"path", FINN_ERROR_NULL, "path", [&](auto* e) { return fit(nullptr, 0, 0, e); }},
      {"format", FINN_ERROR_ARGUMENT, "format", [&](auto* e) { return fit("x", 3, 0, e); }},
      {"weighted", FINN_ERROR_ARGUMENT, "weighted", [&](auto* e) { return fit("x", 0, 2, e); }}};
  for (const BadCall& bad : calls) expect_refused(bad);
}

}  // namespace
}  // namespace finn::test
