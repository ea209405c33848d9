// f >= 0 for whatever parameters: a hundred thousand points of random positive networks for each
// form, map and precision, a million by make test-long, far outside the box too, and every mixed
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

using Setting = std::tuple<finn_network_form, finn_positivity, finn_precision>;

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
  static ModelSpec random_spec(int n) {
    ModelSpec spec;
    spec.variables = n;
    spec.seed = 0;
    std::tie(spec.network, spec.positivity, spec.precision) = GetParam();
    spec.constraint = pick(0, 1) == 0 ? FINN_CONSTRAINT_NONE : FINN_CONSTRAINT_EQUAL;
    if (spec.network == FINN_NETWORK_MIXTURE) {
      spec.components = pick(1, 6);
      spec.normals_per_axis = pick(1, 4);
      return spec;
    }
    spec.widths.assign(static_cast<std::size_t>(pick(1, n > 3 ? 2 : 4)), 0);
    for (std::int32_t& width : spec.widths) width = pick(1, 4);
    spec.orthants = pick(1, 2);
    spec.skip = pick(0, 1);
    return spec;
  }

  // Of very different sizes from network to network.
  static std::vector<double> random_parameters(const finn_model* model, double largest) {
    const double spread = std::exp(uniform(std::log(0.05), std::log(largest)));
    std::vector<double> parameters(trained_count(model));
    for (double& parameter : parameters) parameter = uniform(-spread, spread);
    return parameters;
  }

  template <class T>
  static std::vector<T> points(int n, std::size_t rows) {
    return random_points<T>(n, rows, engine_(), uniform(1, 6));
  }

  // Mixed partials over all subsets that are >= 0: of several orthants the full one alone; of a
  // mixture F as well.
  template <class T>
  void add_partials(const finn_model* model, const ModelSpec& spec, Count& count) {
    const std::uint64_t full = (1u << spec.variables) - 1;
    const std::uint64_t first = spec.network == FINN_NETWORK_MIXTURE ? 0 : 1;
    const bool several = spec.network == FINN_NETWORK_MLP && spec.orthants > 1;
    const std::vector<T> x = points<T>(spec.variables, kPartialPoints);
    for (std::uint64_t s = several ? full : first; s <= full; ++s) {
      std::vector<T> values(kPartialPoints);
      const finn_status status =
          Api<T>::mixed_partial(model, workspace_.get(), s, x.data(), kPartialPoints, values.data(),
                                length_of(values), nullptr);
      EXPECT_TRUE(status == FINN_OK || status == FINN_ERROR_NOT_FINITE);
      count.add(values, status);
    }
  }

  // Returns whether f of the network can be computed: it is normalised if it has to be, and finite.
  template <class T>
  bool add_network(int n, Count& integrands, Count& partials) {
    const ModelSpec spec = random_spec(n);
    const ModelHandle model = make_model(spec);
    set_parameters(model.get(), random_parameters(model.get(), n > 3 ? 3.0 : 8.0));
    const std::vector<T> x = points<T>(n, kPoints);
    std::vector<T> f(kPoints);
    const finn_status status = Api<T>::integrand(model.get(), workspace_.get(), x.data(), kPoints,
                                                 f.data(), kPoints, nullptr);
    if (status == FINN_ERROR_INTEGRAL) return false;
    EXPECT_TRUE(status == FINN_OK || status == FINN_ERROR_NOT_FINITE);
    integrands.add(f, status);
    add_partials<T>(model.get(), spec, partials);
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
    EveryNetwork, Positivity,
    ::testing::Combine(::testing::Values(FINN_NETWORK_MLP, FINN_NETWORK_MIXTURE),
                       ::testing::Values(FINN_POSITIVITY_ABS, FINN_POSITIVITY_SOFTPLUS,
                                         FINN_POSITIVITY_SQUARE, FINN_POSITIVITY_EXP),
                       ::testing::Values(FINN_FLOAT64, FINN_FLOAT32)));

}  // namespace
}  // namespace finn::test
