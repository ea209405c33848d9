// finn_distribution: made of models and of one another.
#include <cstdint>
#include <limits>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/distribution_support.hpp"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(Distribution, countsWhatItHasAndWhatIsGiven) {
  ModelSpec spec = small_mixture();
  spec.variables = 3;
  const DistributionHandle whole = distribution_of(spec);
  const DistributionHandle given = given_of(whole, {2});
  const DistributionHandle left = marginal_of(given, {1});
  EXPECT_EQ(finn_distribution_variables(whole.get()), 3);
  EXPECT_EQ(finn_distribution_given_columns(whole.get()), 0);
  EXPECT_EQ(finn_distribution_variables(left.get()), 1);
  EXPECT_EQ(finn_distribution_columns(left.get()), 2);
  EXPECT_EQ(finn_distribution_given_columns(left.get()), 1);
  EXPECT_EQ(finn_distribution_variables(nullptr), 0);
  EXPECT_EQ(finn_distribution_columns(nullptr), 0);
  EXPECT_EQ(finn_distribution_given_columns(nullptr), 0);
  finn_distribution_destroy(nullptr);
}

TEST(Distribution, hasTheSupportOfItsBox) {
  const DistributionHandle whole = distribution_of(small_mlp());
  std::vector<double> lower(2), upper(2);
  require_ok([&](finn_error* e) {
    return finn_distribution_support(whole.get(), lower.data(), upper.data(), 2, e);
  });
  EXPECT_EQ(lower, lower_of(2));
  EXPECT_EQ(upper, upper_of(2));
  const auto call = [&](double* a, double* b, std::int64_t length) {
    return [=, &whole](finn_error* e) {
      return finn_distribution_support(whole.get(), a, b, length, e);
    };
  };
  expect_refused({"lower NULL", FINN_ERROR_NULL, "lower", call(nullptr, upper.data(), 2)});
  expect_refused({"upper NULL", FINN_ERROR_NULL, "upper", call(lower.data(), nullptr, 2)});
  expect_refused({"length", FINN_ERROR_SIZE, "length", call(lower.data(), upper.data(), 3)});
}

TEST(Distribution, outlivesItsModelAndWhatItWasMadeOf) {
  DistributionHandle whole = distribution_of(small_mlp());
  const DistributionHandle first = marginal_of(whole, {0});
  whole.reset();
  const WorkspaceHandle workspace = make_workspace();
  const double x = 10;
  double cdf = 0;
  require_ok([&](finn_error* e) {
    return finn_distribution_cdf(first.get(), workspace.get(), &x, 1, &cdf, 1, e);
  });
  EXPECT_EQ(cdf, 1);
}

TEST(Distribution, isNotMadeOfAModelThatMayBeNegative) {
  ModelSpec plain = small_mlp();
  plain.positivity = FINN_POSITIVITY_NONE;
  ModelSpec shifted = small_mlp();
  shifted.method = FINN_METHOD_SHIFT;
  for (const ModelSpec& spec : {plain, shifted}) {
    const ModelHandle model = make_model(spec);
    expect_not_made<finn_distribution>("may be negative", FINN_ERROR_ARGUMENT, "model",
                                       [&](auto** made, finn_error* e) {
                                         return finn_distribution_create(model.get(), 0, made, e);
                                       });
  }
}

TEST(Distribution, isNotMadeOfWhatIsNone) {
  const ModelHandle model = make_model(small_mlp());
  const auto create = [&](const finn_model* of, std::int32_t output) {
    return [=](finn_distribution** made, finn_error* e) {
      return finn_distribution_create(of, output, made, e);
    };
  };
  using D = finn_distribution;
  expect_not_made<D>("model NULL", FINN_ERROR_NULL, "model", create(nullptr, 0));
  expect_not_made<D>("output 1", FINN_ERROR_ARGUMENT, "output", create(model.get(), 1));
  expect_not_made<D>("output -1", FINN_ERROR_ARGUMENT, "output", create(model.get(), -1));
  expect_refused({"distribution NULL", FINN_ERROR_NULL, "distribution", [&](finn_error* e) {
                    return finn_distribution_create(model.get(), 0, nullptr, e);
                  }});
}

TEST(Distribution, refusesVariablesThatItDoesNotHave) {
  const DistributionHandle whole = distribution_of(small_mixture());
  using D = finn_distribution;
  const std::vector<std::int32_t> beyond{2}, negative{-1}, twice{1, 1}, all{0, 1};
  for (const auto make : {finn_distribution_marginal, finn_distribution_given}) {
    const auto of = [&](const D* from, const std::int32_t* variables, std::int32_t count) {
      return [=](D** made, finn_error* e) { return make(from, variables, count, made, e); };
    };
    const D* d = whole.get();
    expect_not_made<D>("NULL", FINN_ERROR_NULL, "distribution", of(nullptr, all.data(), 1));
    expect_not_made<D>("no variables", FINN_ERROR_NULL, "variables", of(d, nullptr, 1));
    expect_not_made<D>("count 0", FINN_ERROR_ARGUMENT, "count", of(d, all.data(), 0));
    expect_not_made<D>("beyond", FINN_ERROR_ARGUMENT, "variables", of(d, beyond.data(), 1));
    expect_not_made<D>("negative", FINN_ERROR_ARGUMENT, "variables", of(d, negative.data(), 1));
    expect_not_made<D>("twice", FINN_ERROR_ARGUMENT, "twice", of(d, twice.data(), 2));
  }
  expect_not_made<D>("all given", FINN_ERROR_ARGUMENT, "all", [&](D** made, finn_error* e) {
    return finn_distribution_given(whole.get(), all.data(), 2, made, e);
  });
}

TEST(Distribution, refusesLimitsThatAreReversedOrLeaveNothing) {
  const DistributionHandle whole = distribution_of(small_mixture());
  using D = finn_distribution;
  const std::vector<double> lower{-0.5, -0.5}, upper{0, 0}, far{7, 7}, bad{kNaN, 0};
  const auto cut = [&](const double* from, const double* to) {
    return [=, &whole](D** made, finn_error* e) {
      return finn_distribution_truncated(whole.get(), from, to, made, e);
    };
  };
  expect_not_made<D>("NULL", FINN_ERROR_NULL, "lower", cut(nullptr, upper.data()));
  expect_not_made<D>("NULL", FINN_ERROR_NULL, "upper", cut(lower.data(), nullptr));
  expect_not_made<D>("reversed", FINN_ERROR_ARGUMENT, "lower", cut(upper.data(), lower.data()));
  expect_not_made<D>("NaN", FINN_ERROR_NOT_FINITE, "lower", cut(bad.data(), far.data()));
  expect_not_made<D>("nothing", FINN_ERROR_ARGUMENT, "nothing", cut(upper.data(), upper.data()));
  const std::vector<double> further{8, 8};
  expect_not_made<D>("outside", FINN_ERROR_ARGUMENT, "nothing", cut(far.data(), further.data()));
}

TEST(Distribution, onADiskHasNoMarginals) {
  const DomainHandle disk = unit_disk();
  const ModelHandle model = model_on(disk.get());
  const DistributionHandle whole = make_distribution([&](auto** made, finn_error* e) {
    return finn_distribution_create(model.get(), 0, made, e);
  });
  const std::int32_t first = 0;
  expect_not_made<finn_distribution>(
      "disk", FINN_ERROR_ARGUMENT, "marginal", [&](auto** made, finn_error* e) {
        return finn_distribution_marginal(whole.get(), &first, 1, made, e);
      });
}

}  // namespace
}  // namespace finn::test
