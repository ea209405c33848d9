// f >= 0 for whatever parameters: a hundred thousand points of random positive networks for each
// head, map and precision, a million by make test-long, far outside the box too, and every mixed
// partial that theory says is >= 0.
#include <cmath>
#include <random>
#include <tuple>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/support/sweep.hpp"

namespace finn::test {
namespace {

constexpr std::size_t kPoints = 1000, kPartialPoints = 8;

// How many values were looked at, and what was wrong with them. Where some of a network's values
// overflow, which finn.h says in a status, NaN is no defect but a negative number is.
struct Count {
  std::int64_t values = 0, negative = 0, nan = 0;

  template <class T>
  void add(const std::vector<T>& all, finn_status status) {
    values += static_cast<std::int64_t>(all.size());
    for (const T value : all) {
      negative += value < 0;
      nan += status == FINN_OK && std::isnan(value);
    }
  }
};

using Setting = std::tuple<finn_head, finn_positivity, finn_precision>;

class Positivity : public ::testing::TestWithParam<Setting> {
 protected:
  static double uniform(double lower, double upper) {
    return lower + (upper - lower) * (static_cast<double>(engine_() >> 11) * 0x1p-53);
  }
  // An integer of lower .. upper.
  static int pick(int lower, int upper) {
    return lower + static_cast<int>(engine_() % static_cast<std::uint64_t>(upper - lower + 1));
  }

  // One to six variables; layers of any number of units, up to four of them, but two from four
  // variables on, where sigma_n of sigma_n leaves the range of float.
  static finn_model_options random_options(int n) {
    static const auto lower = lower_of(6), upper = upper_of(6);
    static std::vector<std::int32_t> widths;
    finn_model_options options;
    finn_model_options_init(&options);
    options.variables = n;
    options.lower = lower.data();
    options.upper = upper.data();
    std::tie(options.head, options.positivity, options.precision) = GetParam();
    options.constraint = pick(0, 1) == 0 ? FINN_CONSTRAINT_NONE : FINN_CONSTRAINT_SCALE;
    if (options.head == FINN_HEAD_PRODUCT) {
      options.terms = pick(1, 6);
      options.steps = pick(1, 4);
      return options;
    }
    widths.assign(static_cast<std::size_t>(pick(1, n > 3 ? 2 : 4)), 0);
    for (std::int32_t& width : widths) width = pick(1, 4);
    options.widths = widths.data();
    options.hidden_layers = static_cast<std::int32_t>(widths.size());
    options.patterns = pick(1, 2);
    options.read_out = pick(0, 1);
    return options;
  }

  // Of very different sizes from network to network.
  static std::vector<double> random_parameters(const finn_model* model, double largest) {
    const double spread = std::exp(uniform(std::log(0.05), std::log(largest)));
    std::vector<double> parameters(static_cast<std::size_t>(finn_model_parameter_count(model)));
    for (double& parameter : parameters) parameter = uniform(-spread, spread);
    return parameters;
  }

  template <class T>
  static std::vector<T> points(int n, std::size_t rows) {
    return random_points<T>(n, rows, engine_(), uniform(1, 6));
  }

  // Mixed partials over all subsets that are >= 0: of several patterns the full one alone; of a
  // product F as well.
  template <class T>
  void add_partials(const finn_model* model, const finn_model_options& options, Count& count) {
    const std::uint32_t full = (1u << options.variables) - 1;
    const std::uint32_t first = options.head == FINN_HEAD_PRODUCT ? 0 : 1;
    const std::vector<T> x = points<T>(options.variables, kPartialPoints);
    for (std::uint32_t s = options.patterns > 1 ? full : first; s <= full; ++s) {
      std::vector<T> values(kPartialPoints);
      const finn_status status = Api<T>::mixed_partial(model, workspace_.get(), s, x.data(),
                                                       kPartialPoints, values.data(), nullptr);
      EXPECT_TRUE(status == FINN_OK || status == FINN_ERROR_NOT_FINITE);
      count.add(values, status);
    }
  }

  // Returns whether f of the network can be computed: it is normalised if it has to be, and finite.
  template <class T>
  bool add_network(int n, Count& integrands, Count& partials) {
    const finn_model_options options = random_options(n);
    finn_model* made = nullptr;
    require_ok([&](finn_error* e) { return finn_model_create(&options, &made, e); });
    const ModelHandle model(made);
    set_parameters(made, random_parameters(made, n > 3 ? 3.0 : 8.0));
    const std::vector<T> x = points<T>(n, kPoints);
    std::vector<T> f(kPoints);
    const finn_status status =
        Api<T>::integrand(made, workspace_.get(), x.data(), kPoints, f.data(), nullptr);
    if (status == FINN_ERROR_INTEGRAL) return false;
    EXPECT_TRUE(status == FINN_OK || status == FINN_ERROR_NOT_FINITE);
    integrands.add(f, status);
    add_partials<T>(made, options, partials);
    return status == FINN_OK;
  }

  template <class T>
  void expect_no_negative() {
    engine_.seed(1);
    Count integrands, partials;
    const int networks = sweep(100, 1000);
    int others = 0;
    for (int k = 0; k < networks; ++k) {
      while (!add_network<T>(1 + k % 6, integrands, partials)) ++others;
    }
    EXPECT_GE(integrands.values, std::int64_t{networks} * static_cast<std::int64_t>(kPoints));
    EXPECT_EQ(integrands.negative, 0);
    EXPECT_EQ(integrands.nan, 0);
    EXPECT_EQ(partials.negative, 0);
    EXPECT_EQ(partials.nan, 0);
    EXPECT_LT(others, networks / 4);
  }

  const WorkspaceHandle workspace_ = make_workspace();
  static inline std::mt19937_64 engine_{1};
};

TEST_P(Positivity, hasNoNegativeValueInRandomNetworks) {
  if (std::get<2>(GetParam()) == FINN_FLOAT64) {
    expect_no_negative<double>();
  } else {
    expect_no_negative<float>();
  }
}

INSTANTIATE_TEST_SUITE_P(
    EveryHead, Positivity,
    ::testing::Combine(::testing::Values(FINN_HEAD_MLP, FINN_HEAD_PRODUCT),
                       ::testing::Values(FINN_POSITIVITY_ABS, FINN_POSITIVITY_SOFTPLUS,
                                         FINN_POSITIVITY_SQUARE, FINN_POSITIVITY_EXP),
                       ::testing::Values(FINN_FLOAT64, FINN_FLOAT32)));

}  // namespace
}  // namespace finn::test
