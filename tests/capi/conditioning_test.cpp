// Conditionings by themselves: defaults, what their constructors refuse by name, and what they give
// back.
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

constexpr double kLow[] = {-0.5, 1}, kHigh[] = {1.5, 4};

// One of the three constructors; that of INPUTS takes no options.
using Make = std::function<finn_status(std::int32_t, const double*, const double*,
                                       finn_conditioning**, finn_error*)>;

std::vector<Make> constructors(const finn_conditioning_options* options = nullptr) {
  return {[=](std::int32_t q, const double* lower, const double* upper, auto** made, auto* e) {
            return finn_conditioning_film(q, lower, upper, options, made, e);
          },
          [=](std::int32_t q, const double* lower, const double* upper, auto** made, auto* e) {
            return finn_conditioning_hypernetwork(q, lower, upper, options, made, e);
          },
          [](std::int32_t q, const double* lower, const double* upper, auto** made, auto* e) {
            return finn_conditioning_inputs(q, lower, upper, made, e);
          }};
}

TEST(Conditioning, hasTheDefaultsOfTheHeader) {
  finn_conditioning_options options;
  ASSERT_EQ(finn_conditioning_options_init(&options, sizeof options), FINN_OK);
  EXPECT_EQ(options.struct_size, sizeof options);
  EXPECT_EQ(options.hidden_layers, 2);
  for (const std::int32_t width : options.widths) EXPECT_EQ(width, 64);
  EXPECT_EQ(options.reserved, 0);
}

TEST(Conditioning, ofABadRangeIsRefusedByName) {
  struct Bad {
    const char* what;
    finn_status status;
    const char* name;
    std::int32_t conditions;
    std::vector<double> lower, upper;  // empty: NULL
  };
  const Bad all[] = {
      {"no conditions", FINN_ERROR_ARGUMENT, "conditions", 0, {0, 0}, {1, 1}},
      {"negative conditions", FINN_ERROR_ARGUMENT, "conditions", -1, {0, 0}, {1, 1}},
      {"too many conditions", FINN_ERROR_ARGUMENT, "conditions", 65537, {}, {}},
      {"lower alone", FINN_ERROR_NULL, "upper", 2, {0, 0}, {}},
      {"upper alone", FINN_ERROR_NULL, "lower", 2, {}, {1, 1}},
      {"reversed", FINN_ERROR_ARGUMENT, "upper", 2, {0, 1}, {1, 0}},
      {"empty", FINN_ERROR_ARGUMENT, "upper", 2, {0, 1}, {1, 1}},
      {"lower NaN", FINN_ERROR_NOT_FINITE, "lower", 2, {kNaN, 0}, {1, 1}},
      {"upper infinite", FINN_ERROR_NOT_FINITE, "upper", 2, {0, 0}, {1, kInfinity}},
  };
  for (const Make& make : constructors()) {
    for (const Bad& bad : all) {
      expect_not_made<finn_conditioning>(bad.what, bad.status, bad.name, [&](auto** made, auto* e) {
        return make(bad.conditions, bad.lower.empty() ? nullptr : bad.lower.data(),
                    bad.upper.empty() ? nullptr : bad.upper.data(), made, e);
      });
    }
    expect_refused({"nowhere", FINN_ERROR_NULL, "conditioning",
                    [&](auto* e) { return make(2, kLow, kHigh, nullptr, e); }});
  }
}

TEST(Conditioning, ofBadOptionsIsRefusedByName) {
  using Options = finn_conditioning_options;
  const SpoiledOption<Options> all[] = {
      {"struct_size", FINN_ERROR_SIZE, "struct_size", [](Options& o) { o.struct_size = 0; }},
      {"struct_size too large", FINN_ERROR_SIZE, "struct_size",
       [](Options& o) { o.struct_size += 8; }},
      {"negative hidden_layers", FINN_ERROR_ARGUMENT, "hidden_layers",
       [](Options& o) { o.hidden_layers = -1; }},
      {"too many hidden_layers", FINN_ERROR_ARGUMENT, "hidden_layers",
       [](Options& o) { o.hidden_layers = FINN_MAX_HIDDEN_LAYERS + 1; }},
      {"width 0", FINN_ERROR_ARGUMENT, "widths", [](Options& o) { o.widths[1] = 0; }},
      {"too wide", FINN_ERROR_ARGUMENT, "widths", [](Options& o) { o.widths[0] = 65537; }},
      {"reserved", FINN_ERROR_ARGUMENT, "reserved", [](Options& o) { o.reserved = 1; }},
  };
  for (const auto& bad : all) {
    Options options;
    finn_conditioning_options_init(&options, sizeof options);
    bad.spoil(options);
    for (std::size_t form = 0; form < 2; ++form) {
      expect_not_made<finn_conditioning>(bad.what, bad.status, bad.name, [&](auto** made, auto* e) {
        return constructors(&options)[form](2, kLow, kHigh, made, e);
      });
    }
  }
}

TEST(Conditioning, givesBackWhatItWasMadeOf) {
  finn_conditioning_options options;
  finn_conditioning_options_init(&options, sizeof options);
  set_widths(options, {5, 4, 3});
  const finn_conditioning_form forms[] = {FINN_CONDITIONING_FILM, FINN_CONDITIONING_HYPERNETWORK,
                                          FINN_CONDITIONING_INPUTS};
  const std::vector<Make> all = constructors(&options);
  for (std::size_t k = 0; k < all.size(); ++k) {
    const auto made = make_handle<finn_conditioning>(
        [&](auto** handle, auto* e) { return all[k](2, kLow, kHigh, handle, e); });
    EXPECT_EQ(finn_conditioning_get_form(made.get()), forms[k]);
    EXPECT_EQ(finn_conditioning_conditions(made.get()), 2);
    double lower[2], upper[2];
    require_ok([&](auto* e) { return finn_conditioning_limits(made.get(), lower, upper, 2, e); });
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(lower[i], kLow[i]);
      EXPECT_EQ(upper[i], kHigh[i]);
    }
    finn_conditioning_options found;
    finn_conditioning_options_init(&found, sizeof found);
    require_ok([&](auto* e) { return finn_conditioning_get_options(made.get(), &found, e); });
    if (forms[k] == FINN_CONDITIONING_INPUTS) {
      EXPECT_EQ(found.hidden_layers, 0);
    } else {
      EXPECT_EQ(std::memcmp(&found, &options, sizeof found), 0);
    }
  }
}

TEST(Conditioning, withoutARangeTakesMinusOneToOne) {
  for (const Make& make : constructors()) {
    const auto made = make_handle<finn_conditioning>(
        [&](auto** handle, auto* e) { return make(3, nullptr, nullptr, handle, e); });
    std::vector<double> lower(3), upper(3);
    require_ok([&](auto* e) {
      return finn_conditioning_limits(made.get(), lower.data(), upper.data(), 3, e);
    });
    EXPECT_EQ(lower, std::vector<double>(3, -1));
    EXPECT_EQ(upper, std::vector<double>(3, 1));
  }
}

TEST(Conditioning, refusesToGiveBackIntoBadPlaces) {
  const auto made = make_handle<finn_conditioning>([](auto** handle, auto* e) {
    return finn_conditioning_film(2, kLow, kHigh, nullptr, handle, e);
  });
  double lower[] = {7, 7}, upper[] = {7, 7};
  finn_conditioning_options options;
  finn_conditioning_options_init(&options, sizeof options);
  const finn_conditioning* c = made.get();
  const BadCall calls[] = {
      {"limits of nothing", FINN_ERROR_NULL, "conditioning",
       [&](auto* e) { return finn_conditioning_limits(nullptr, lower, upper, 2, e); }},
      {"lower NULL", FINN_ERROR_NULL, "lower",
       [&](auto* e) { return finn_conditioning_limits(c, nullptr, upper, 2, e); }},
      {"upper NULL", FINN_ERROR_NULL, "upper",
       [&](auto* e) { return finn_conditioning_limits(c, lower, nullptr, 2, e); }},
      {"too short", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return finn_conditioning_limits(c, lower, upper, 1, e); }},
      {"too long", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return finn_conditioning_limits(c, lower, upper, 3, e); }},
      {"options of nothing", FINN_ERROR_NULL, "conditioning",
       [&](auto* e) { return finn_conditioning_get_options(nullptr, &options, e); }},
      {"options nowhere", FINN_ERROR_NULL, "options",
       [&](auto* e) { return finn_conditioning_get_options(c, nullptr, e); }},
      {"unknown size", FINN_ERROR_SIZE, "struct_size", [&](auto* e) {
         options.struct_size = 4;
         return finn_conditioning_get_options(c, &options, e);
       }}};
  for (const BadCall& bad : calls) expect_refused(bad);
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(lower[i] == 7 && upper[i] == 7);
  EXPECT_EQ(finn_conditioning_get_form(nullptr), FINN_CONDITIONING_NONE);
  EXPECT_EQ(finn_conditioning_conditions(nullptr), 0);
}

}  // namespace
}  // namespace finn::test
