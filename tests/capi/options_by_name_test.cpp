// Options that are set and read by name.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/option_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

std::string text_of(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}

TEST(OptionsByName, beginWithTheDefaultsOfTheTable) {
  AllOptions all;
  for (const finn_options_kind kind : kKinds) {
    for (const finn_option& row : rows_of(kind)) {
      EXPECT_EQ(get_option(kind, all.of(kind), row.name), row.default_value) << row.name;
      EXPECT_EQ(after_setting(kind, row.name, row.default_value), row.default_value) << row.name;
    }
  }
}

TEST(OptionsByName, takeIntegersUpToTheirLimitsAndNotBeyond) {
  for (const finn_options_kind kind : kKinds) {
    for (const finn_option& row : rows_of(kind)) {
      if (row.type != FINN_OPTION_INTEGER || row.most > 0x1p53) continue;
      SCOPED_TRACE(row.name);
      const auto least = static_cast<std::int64_t>(row.least);
      const auto most = static_cast<std::int64_t>(row.most);
      for (const std::int64_t value : {least, most}) {
        EXPECT_EQ(after_setting(kind, row.name, std::to_string(value)), std::to_string(value));
      }
      for (const std::int64_t value : {least - 1, most + 1, INT64_MIN, INT64_MAX}) {
        EXPECT_EQ(after_setting(kind, row.name, std::to_string(value)), "refused") << value;
      }
    }
  }
}

TEST(OptionsByName, takeNumbersUpToTheirLimitsAndNotBeyond) {
  for (const finn_options_kind kind : kKinds) {
    for (const finn_option& row : rows_of(kind)) {
      if (row.type != FINN_OPTION_NUMBER) continue;
      SCOPED_TRACE(row.name);
      const auto expect_value = [&](double value, bool allowed) {
        const std::string text = after_setting(kind, row.name, text_of(value));
        EXPECT_EQ(text != "refused", allowed) << value;
        if (allowed) {
          EXPECT_EQ(std::stod(text), value);
        }
      };
      // stod refuses subnormal numbers, of which the least above 0 is one.
      const double above = row.least == 0 ? 0x1p-1022 : std::nextafter(row.least, kInfinity);
      const bool is_open = std::isinf(row.most);
      const double most = is_open ? std::numeric_limits<double>::max() : row.most;
      expect_value(row.least, row.least_is_excluded == 0);
      expect_value(above, true);
      expect_value(std::nextafter(row.least, -kInfinity), false);
      expect_value(most, row.most_is_excluded == 0);
      expect_value(std::nextafter(most, -kInfinity), true);
      expect_value(std::nextafter(most, kInfinity), false);
    }
  }
}

TEST(OptionsByName, takeEveryChoiceAndFlag) {
  for (const finn_options_kind kind : kKinds) {
    for (const finn_option& row : rows_of(kind)) {
      SCOPED_TRACE(row.name);
      for (const std::string& name : choices_of(row)) {
        std::string upper = name;
        for (char& letter : upper) letter = static_cast<char>(std::toupper(letter));
        EXPECT_EQ(after_setting(kind, row.name, name), name);
        EXPECT_EQ(after_setting(kind, row.name, upper), name);
        EXPECT_EQ(after_setting(kind, row.name, name + "x"), "refused");
      }
      if (row.type == FINN_OPTION_FLAG) {
        for (const char* name : {"true", "false"}) {
          EXPECT_EQ(after_setting(kind, row.name, name), name);
        }
      }
      if (row.type != FINN_OPTION_INTEGERS) {
        EXPECT_EQ(after_setting(kind, row.name, ""), "refused");
      }
    }
  }
}

TEST(OptionsByName, takeWidthsTogetherWithTheirNumber) {
  for (const finn_options_kind kind :
       {FINN_OPTIONS_MLP, FINN_OPTIONS_CONDITIONING, FINN_OPTIONS_CHAIN}) {
    AllOptions all;
    void* options = all.of(kind);
    const auto set = [&](const char* name, const std::string& value) {
      return finn_option_set(kind, options, name, value.c_str(), nullptr);
    };
    EXPECT_EQ(set("widths", "64,  8,1"), FINN_OK);
    EXPECT_EQ(get_option(kind, options, "widths"), "64, 8, 1");
    EXPECT_EQ(get_option(kind, options, "hidden_layers"), "3");
    for (const char* bad : {"64, ", ",", "64; 8", "64 8", "0", "65537", "64, -1", "x"}) {
      EXPECT_EQ(set("widths", bad), FINN_ERROR_ARGUMENT) << bad;
      EXPECT_EQ(get_option(kind, options, "widths"), "64, 8, 1");
    }
    EXPECT_EQ(set("widths", ""), FINN_OK);
    EXPECT_EQ(get_option(kind, options, "widths"), "");
    EXPECT_EQ(get_option(kind, options, "hidden_layers"), "0");
    EXPECT_EQ(set("hidden_layers", "4"), FINN_OK);
    const std::string added = kind == FINN_OPTIONS_MLP ? "32" : "64";
    EXPECT_EQ(get_option(kind, options, "widths"), "64, 8, 1, " + added);

    std::string most = "1";
    for (int i = 1; i < FINN_MAX_HIDDEN_LAYERS; ++i) most += ", " + std::to_string(i + 1);
    EXPECT_EQ(set("widths", most), FINN_OK);
    EXPECT_EQ(get_option(kind, options, "widths"), most);
    EXPECT_EQ(set("widths", most + ", 1"), FINN_ERROR_SIZE);
    EXPECT_EQ(get_option(kind, options, "widths"), most);
  }
}

// A call of finn_option_set that is refused, and its message.
std::string message_of_setting(finn_options_kind kind, const char* name, const char* value) {
  AllOptions all, before;
  finn_error error = FINN_ERROR_INIT;
  EXPECT_NE(finn_option_set(kind, all.of(kind), name, value, &error), FINN_OK);
  for (const finn_option& row : rows_of(kind)) {
    EXPECT_EQ(get_option(kind, all.of(kind), row.name),
              get_option(kind, before.of(kind), row.name));
  }
  return error.message;
}

TEST(OptionsByName, sayWhatWasGivenAndWhatIsExpected) {
  const finn_options_kind kind = FINN_OPTIONS_TRAINING;
  EXPECT_EQ(message_of_setting(kind, "learning_rate", "-1"),
            "learning_rate: -1 given, above 0 expected");
  EXPECT_EQ(message_of_setting(kind, "lbfgs_memory", "1001"),
            "lbfgs_memory: 1001 given, 1 .. 1000 expected");
  EXPECT_EQ(message_of_setting(kind, "optimiser", "adan"),
            "optimiser: \"adan\" given, one of adam, adamw, sgd, lbfgs expected");
  EXPECT_EQ(message_of_setting(kind, "steps", "many %s"),
            "steps: \"many %s\" given, an integer, 1 .. 4294967296 expected");
}

TEST(OptionsByName, thatAreUnknownAreRefusedWithTheNearest) {
  const auto nearest = [](finn_options_kind kind, const char* name) {
    const std::string message = message_of_setting(kind, name, "1");
    EXPECT_NE(message.find(name), std::string::npos) << message;
    const std::size_t end = message.rfind('"'), begin = message.rfind('"', end - 1);
    return message.substr(begin + 1, end - begin - 1);
  };
  EXPECT_EQ(nearest(FINN_OPTIONS_TRAINING, "learnig_rate"), "learning_rate");
  EXPECT_EQ(nearest(FINN_OPTIONS_TRAINING, "Steps"), "steps");
  EXPECT_EQ(nearest(FINN_OPTIONS_TRAINING, "optimizer"), "optimiser");
  EXPECT_EQ(nearest(FINN_OPTIONS_MLP, "width"), "widths");
  EXPECT_EQ(nearest(FINN_OPTIONS_MIXTURE, "component"), "components");
  const std::string long_name(100000, 'x');
  AllOptions all;
  EXPECT_EQ(finn_option_set(FINN_OPTIONS_MLP, &all.mlp, long_name.c_str(), "1", nullptr),
            FINN_ERROR_ARGUMENT);
}

TEST(OptionsByName, thatAreNoneOfAStructAreNotItsOptions) {
  for (const finn_options_kind kind : kKinds) {
    for (const char* name : {"struct_size", "reserved", ""}) {
      EXPECT_EQ(after_setting(kind, name, "0"), "refused") << name;
    }
  }
}

TEST(OptionsByName, areHeldToAKindAStructANameAndAValue) {
  AllOptions all;
  const finn_options_kind kind = FINN_OPTIONS_MLP;
  const auto unknown = static_cast<finn_options_kind>(6);
  std::int64_t size = 0;
  char text[8];
  const auto set = [](finn_options_kind of, void* options, const char* name, const char* value) {
    return [=](finn_error* error) { return finn_option_set(of, options, name, value, error); };
  };
  const auto get = [&](finn_options_kind of, const void* options, const char* name) {
    return [=, &size](finn_error* error) {
      return finn_option_get(of, options, name, nullptr, 0, &size, error);
    };
  };
  expect_refused({"kind", FINN_ERROR_ARGUMENT, "kind", set(unknown, &all.mlp, "skip", "true")});
  expect_refused({"options", FINN_ERROR_NULL, "options", set(kind, nullptr, "skip", "true")});
  expect_refused({"name", FINN_ERROR_NULL, "name", set(kind, &all.mlp, nullptr, "true")});
  expect_refused({"value", FINN_ERROR_NULL, "value", set(kind, &all.mlp, "skip", nullptr)});
  expect_refused({"kind", FINN_ERROR_ARGUMENT, "kind", get(unknown, &all.mlp, "skip")});
  expect_refused({"options", FINN_ERROR_NULL, "options", get(kind, nullptr, "skip")});
  expect_refused({"name", FINN_ERROR_NULL, "name", get(kind, &all.mlp, nullptr)});
  expect_refused({"name", FINN_ERROR_ARGUMENT, "name", get(kind, &all.mlp, "skipp")});
  expect_refused({"capacity", FINN_ERROR_SIZE, "capacity", [&](finn_error* error) {
                    return finn_option_get(kind, &all.mlp, "skip", text, 5, &size, error);
                  }});
  EXPECT_EQ(size, 0);
  EXPECT_EQ(finn_option_get(kind, &all.mlp, "skip", text, 6, &size, nullptr), FINN_OK);
  EXPECT_EQ(size, 6);
  EXPECT_STREQ(text, "false");
}

TEST(OptionsByName, refuseAStructOfNoKnownSize) {
  AllOptions all;
  for (const std::uint64_t size : {std::uint64_t{0}, sizeof all.mlp - 8, sizeof all.mlp + 8}) {
    all.mlp.struct_size = size;
    expect_refused({"size", FINN_ERROR_SIZE, "struct_size", [&](finn_error* error) {
                      return finn_option_set(FINN_OPTIONS_MLP, &all.mlp, "skip", "true", error);
                    }});
  }
  EXPECT_EQ(all.mlp.skip, 0);
}

// A field that a program has filled with something else is not read as an option.
TEST(OptionsByName, areNotReadFromBadFields) {
  AllOptions all;
  all.mlp.hidden_layers = 65;
  all.mlp.activation = static_cast<finn_activation>(5);
  all.mlp.skip = 2;
  for (const char* name : {"widths", "activation", "skip"}) {
    EXPECT_EQ(finn_option_get(FINN_OPTIONS_MLP, &all.mlp, name, nullptr, 0, nullptr, nullptr),
              FINN_ERROR_ARGUMENT)
        << name;
  }
}

}  // namespace
}  // namespace finn::test
