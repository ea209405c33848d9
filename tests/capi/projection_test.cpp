// FINN_CONSTRAINT_PROJECTION through finn.h: the constraints hold for integrals, cubatures and all
// partials; gradients are those of differences; what makes no sense is refused.
#include <cmath>
#include <limits>

#include "capi/finn.h"
#include "tests/capi/constraint_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/gauss_legendre.hpp"

namespace finn::test {
namespace {

constexpr std::uint64_t kStep = sizeof(finn_linear_constraint);

// Two outputs in two variables with the integral over the domain, the integral over a part of it, a
// first moment of the domain and a mixed moment of another part.
struct ProjectionOptions : ConstraintOptions {
  std::vector<double> part_low{-0.5, -0.25}, part_high{0.25, 0.5};
  std::vector<double> other_low{-1, 0}, other_high{0, 0.875};
  std::vector<std::int32_t> first{1, 0}, mixed{2, 1};
  std::vector<double> values[4] = {{1, -0.5}, {0.25, 0.75}, {-0.5, 0}, {0.125, -0.25}};
  std::array<finn_linear_constraint, 4> constraints{};

  explicit ProjectionOptions(finn_head wanted = FINN_NETWORK_MLP,
                             finn_positivity map = FINN_POSITIVITY_NONE)
      : ConstraintOptions(wanted) {
    positivity = map;
    epsilon = nullptr;
    constraint = FINN_CONSTRAINT_PROJECTION;
    constraints[0] = {kStep, nullptr, nullptr, nullptr, values[0].data()};
    constraints[1] = {kStep, part_low.data(), part_high.data(), nullptr, values[1].data()};
    constraints[2] = {kStep, nullptr, nullptr, first.data(), values[2].data()};
    constraints[3] = {kStep, other_low.data(), other_high.data(), mixed.data(), values[3].data()};
    linear_constraints = constraints.data();
    linear_constraint_count = 4;
  }
};

struct Network {
  finn_head head;
  finn_positivity positivity;
};
constexpr Network kNetworks[] = {{FINN_NETWORK_MLP, FINN_POSITIVITY_NONE},
                                 {FINN_NETWORK_MLP, FINN_POSITIVITY_SOFTPLUS},
                                 {FINN_NETWORK_MIXTURE, FINN_POSITIVITY_EXP}};

class Projection : public ::testing::Test {
 protected:
  // The integral of x^powers f over a box, piece by piece where f may jump.
  std::vector<double> moment(const finn_model* model, const std::vector<double>& low,
                             const std::vector<double>& high, const std::int32_t* powers) {
    const std::vector<std::vector<double>> cuts{{-1, -0.5, 0, 0.25, 0.5},
                                                {-0.75, -0.25, 0, 0.5, 0.875}};
    std::vector<double> sums(2);
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) {
        const std::vector<double> a{cuts[0][i], cuts[1][j]}, b{cuts[0][i + 1], cuts[1][j + 1]};
        if (a[0] < low[0] || b[0] > high[0] || a[1] < low[1] || b[1] > high[1]) continue;
        std::vector<double> x, weights;
        for_each_node(20, 1, a, b, [&](const double* point, double weight) {
          x.insert(x.end(), point, point + 2);
          if (powers != nullptr) {
            weight *= std::pow(point[0], powers[0]) * std::pow(point[1], powers[1]);
          }
          weights.push_back(weight);
        });
        const auto f = integrand(model, workspace_.get(), x);
        for (std::size_t k = 0; k < f.size(); ++k) sums[k % 2] += weights[k / 2] * f[k];
      }
    }
    return sums;
  }

  const WorkspaceHandle workspace_ = make_workspace();
};

TEST_F(Projection, givesTheIntegralsThatAreWantedToTheirCondition) {
  for (const auto& [head, positivity] : kNetworks) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      ProjectionOptions options(head, positivity);
      options.seed = seed;
      const ModelHandle model = make_model(options);
      const auto all = integral(model.get(), workspace_.get(), options.low, options.high);
      const auto part =
          integral(model.get(), workspace_.get(), options.part_low, options.part_high);
      for (std::size_t j = 0; j < 2; ++j) {
        EXPECT_NEAR(all.value[j], options.values[0][j], all.error_estimate[j]);
        EXPECT_NEAR(part.value[j], options.values[1][j], part.error_estimate[j] + 1e-14);
      }
    }
  }
}

TEST_F(Projection, givesTheMomentsThatAreWanted) {
  for (const auto& [head, positivity] : kNetworks) {
    const ProjectionOptions options(head, positivity);
    const ModelHandle model = make_model(options);
    const auto all = moment(model.get(), options.low, options.high, nullptr);
    const auto part = moment(model.get(), options.part_low, options.part_high, nullptr);
    const auto first = moment(model.get(), options.low, options.high, options.first.data());
    const auto mixed =
        moment(model.get(), options.other_low, options.other_high, options.mixed.data());
    for (std::size_t j = 0; j < 2; ++j) {
      EXPECT_NEAR(all[j], options.values[0][j], 1e-9);
      EXPECT_NEAR(part[j], options.values[1][j], 1e-9);
      EXPECT_NEAR(first[j], options.values[2][j], 1e-9);
      EXPECT_NEAR(mixed[j], options.values[3][j], 1e-9);
    }
  }
}

TEST_F(Projection, ofTheIntegralAloneIsTheShift) {
  for (const auto& [head, positivity] : kNetworks) {
    ProjectionOptions options(head, positivity);
    options.linear_constraint_count = 1;
    const ModelHandle model = make_model(options);
    ConstraintOptions shifted(head);
    shifted.positivity = positivity;
    shifted.method = FINN_METHOD_SHIFT;
    shifted.integrals = options.values[0];
    const ModelHandle reference = make_model(shifted);
    const auto x = random_points<double>(2, 40, 3, 1.2);
    const auto weights = random_numbers<double>(80, -1, 1, 9);
    for (std::uint32_t subset = 0; subset < 4; ++subset) {
      const auto values = mixed_partial(model.get(), workspace_.get(), subset, x);
      const auto expected = mixed_partial(reference.get(), workspace_.get(), subset, x);
      for (std::size_t k = 0; k < values.size(); ++k) EXPECT_NEAR(values[k], expected[k], 1e-12);
    }
    const auto adjoints = integrand_vjp(model.get(), workspace_.get(), x, weights);
    const auto expected = integrand_vjp(reference.get(), workspace_.get(), x, weights);
    for (std::size_t k = 0; k < adjoints.parameters.size(); ++k) {
      EXPECT_NEAR(adjoints.parameters[k], expected.parameters[k], 1e-10);
    }
    for (std::size_t k = 0; k < adjoints.x.size(); ++k) {
      EXPECT_NEAR(adjoints.x[k], expected.x[k], 1e-12);
    }
  }
}

// Each partial is the derivative of one over a smaller subset, at points of every part.
TEST_F(Projection, isFollowedByAllPartials) {
  constexpr double h = 1e-4;
  for (const auto& [head, positivity] : kNetworks) {
    const ModelHandle model = make_model(ProjectionOptions(head, positivity));
    const auto x = random_points<double>(2, 30, 3);
    for (std::uint32_t subset = 0; subset < 4; ++subset) {
      for (std::uint32_t i = 0; i < 2; ++i) {
        if ((subset >> i & 1) != 0) continue;
        auto above = x, below = x;
        for (std::size_t k = i; k < x.size(); k += 2) {
          above[k] += h;
          below[k] -= h;
        }
        const auto high = mixed_partial(model.get(), workspace_.get(), subset, above);
        const auto low = mixed_partial(model.get(), workspace_.get(), subset, below);
        const auto partial = mixed_partial(model.get(), workspace_.get(), subset | 1u << i, x);
        for (std::size_t k = 0; k < partial.size(); ++k) {
          EXPECT_NEAR(partial[k], (high[k] - low[k]) / (2 * h), 1e-5 * (1 + std::fabs(partial[k])));
        }
      }
    }
  }
}

double loss_of(const finn_model* model, finn_workspace* workspace, const std::vector<double>& x,
               const std::vector<double>& weights) {
  const auto f = integrand(model, workspace, x);
  double sum = 0;
  for (std::size_t k = 0; k < f.size(); ++k) sum += weights[k] * f[k];
  return sum;
}

// The slope of loss(offset); its error is of order h^4.
template <class Loss>
double slope(Loss&& loss) {
  constexpr double h = 1e-3;
  return (8 * (loss(h) - loss(-h)) - (loss(2 * h) - loss(-2 * h))) / (12 * h);
}

double largest(const std::vector<double>& values) {
  double result = 0;
  for (const double value : values) result = std::max(result, std::fabs(value));
  return result;
}

TEST_F(Projection, hasGradientsThroughItsCoefficients) {
  const auto x = random_points<double>(2, 5, 4);
  const auto weights = random_numbers<double>(10, -1, 1, 9);
  for (const auto& [head, positivity] : kNetworks) {
    const ModelHandle model = make_model(ProjectionOptions(head, positivity));
    const auto adjoints = integrand_vjp(model.get(), workspace_.get(), x, weights);
    const auto parameters = parameters_of<double>(model.get());
    for (std::size_t k = 0; k < parameters.size(); ++k) {
      const double reference = slope([&](double offset) {
        auto moved = parameters;
        moved[k] += offset;
        set_parameters(model.get(), moved);
        return loss_of(model.get(), workspace_.get(), x, weights);
      });
      EXPECT_NEAR(adjoints.parameters[k], reference, 1e-6 * largest(adjoints.parameters));
    }
    set_parameters(model.get(), parameters);
    for (std::size_t k = 0; k < x.size(); ++k) {
      const double reference = slope([&](double offset) {
        auto moved = x;
        moved[k] += offset;
        return loss_of(model.get(), workspace_.get(), moved, weights);
      });
      EXPECT_NEAR(adjoints.x[k], reference, 1e-6 * largest(adjoints.x));
    }
  }
}

TEST_F(Projection, holdsInFloatAsWell) {
  for (const auto& [head, positivity] : kNetworks) {
    ProjectionOptions options(head, positivity);
    const ModelHandle precise = make_model(options);
    options.precision = FINN_FLOAT32;
    const ModelHandle coarse = make_model(options);
    set_parameters(coarse.get(), parameters_of<double>(precise.get()));
    const auto x = random_points<float>(2, 50, 4);
    const auto weights = random_numbers<float>(100, -1, 1, 9);
    const auto narrow = integrand_vjp(coarse.get(), workspace_.get(), x, weights);
    const auto wide =
        integrand_vjp(precise.get(), workspace_.get(), std::vector<double>(x.begin(), x.end()),
                      std::vector<double>(weights.begin(), weights.end()));
    const auto near = [](const std::vector<float>& a, const std::vector<double>& b) {
      for (std::size_t k = 0; k < b.size(); ++k) {
        EXPECT_NEAR(static_cast<double>(a[k]), b[k], 2e-4 * largest(b));
      }
    };
    near(narrow.f, wide.f);
    near(narrow.x, wide.x);
    near(narrow.parameters, wide.parameters);
  }
}

TEST_F(Projection, givesTheSameBitsForEveryNumberOfThreads) {
  const WorkspaceHandle many = make_workspace(3);
  const auto x = random_points<double>(2, 500, 4);
  const auto weights = random_numbers<double>(1000, -1, 1, 9);
  for (const auto& [head, positivity] : kNetworks) {
    const ModelHandle model = make_model(ProjectionOptions(head, positivity));
    const auto one = integrand_vjp(model.get(), workspace_.get(), x, weights);
    const auto three = integrand_vjp(model.get(), many.get(), x, weights);
    EXPECT_TRUE(same_bits(one.f, three.f) && same_bits(one.x, three.x));
    EXPECT_TRUE(same_bits(one.parameters, three.parameters));
  }
}

// On a disk the limits and powers are those of u, (share of the area, angle): here the mass of the
// upper half.
TEST_F(Projection, worksInTheBoxOfADomain) {
  const double centre[] = {0.5, -1};
  finn_domain* disk = nullptr;
  require_ok([&](finn_error* e) { return finn_domain_disk(centre, 2, &disk, e); });
  double low[2], high[2];
  require_ok([&](finn_error* e) { return finn_domain_limits(disk, low, high, e); });
  finn_model_options options;
  finn_model_options_init(&options);
  options.variables = 2;
  options.domain = disk;
  options.positivity = FINN_POSITIVITY_NONE;
  options.constraint = FINN_CONSTRAINT_PROJECTION;
  const double half[] = {high[0], 0.5 * (low[1] + high[1])};
  const double whole_value = 1, half_value = 0.75;
  const finn_linear_constraint constraints[] = {{kStep, nullptr, nullptr, nullptr, &whole_value},
                                                {kStep, low, half, nullptr, &half_value}};
  options.linear_constraints = constraints;
  options.linear_constraint_count = 2;
  const ModelHandle model = make_model(options);
  finn_domain_destroy(disk);
  const std::vector<double> lower(low, low + 2);
  EXPECT_NEAR(integral(model.get(), workspace_.get(), lower, {high, high + 2}).value[0], 1, 1e-13);
  EXPECT_NEAR(integral(model.get(), workspace_.get(), lower, {half, half + 2}).value[0], 0.75,
              1e-13);
  const std::vector<double> x{0.9, -0.3, 0.1, -1.2, 1.4, -2.1};
  const std::vector<double> weights{1, -0.5, 0.25};
  const auto adjoints = integrand_vjp(model.get(), workspace_.get(), x, weights);
  for (std::size_t k = 0; k < x.size(); ++k) {
    const double reference = slope([&](double offset) {
      auto moved = x;
      moved[k] += offset;
      return loss_of(model.get(), workspace_.get(), moved, weights);
    });
    EXPECT_NEAR(adjoints.x[k], reference, 1e-6 * largest(adjoints.x));
  }
}

// A speed in time whose way points and mean time are fixed, trained to another target: the
// constraints hold as exactly afterwards.
TEST_F(Projection, staysExactInTraining) {
  const double low = 0, high = 2, middle = 0.75;
  const double ways[] = {1, -0.5, 0.25};
  const std::int32_t first = 1;
  const finn_linear_constraint constraints[] = {{kStep, &low, &middle, nullptr, &ways[0]},
                                                {kStep, &middle, &high, nullptr, &ways[1]},
                                                {kStep, &low, &high, &first, &ways[2]}};
  finn_model_options options;
  finn_model_options_init(&options);
  options.variables = 1;
  options.lower = &low;
  options.upper = &high;
  options.positivity = FINN_POSITIVITY_NONE;
  options.constraint = FINN_CONSTRAINT_PROJECTION;
  options.linear_constraints = constraints;
  options.linear_constraint_count = 3;
  const ModelHandle model = make_model(options);
  std::vector<double> t, speed;
  for (int k = 0; k < 64; ++k) {
    t.push_back((k + 0.5) / 32);
    speed.push_back(std::sin(3 * t.back()));
  }
  const auto before = parameters_of<double>(model.get());
  const TrainerHandle trainer = make_trainer(model.get(), short_training(300, 64));
  EXPECT_EQ(fit_data(trainer.get(), model.get(), workspace_.get(), t, speed), FINN_OK);
  EXPECT_NE(parameters_of<double>(model.get()), before);
  const auto losses = history_of(trainer.get());
  EXPECT_LT(losses.back(), 0.7 * losses.front());
  EXPECT_NEAR(integral(model.get(), workspace_.get(), {0}, {0.75}).value[0], 1, 1e-13);
  EXPECT_NEAR(integral(model.get(), workspace_.get(), {0.75}, {2}).value[0], -0.5, 1e-13);
  double moment = 0;
  for (const auto& [from, to] : {std::pair{low, middle}, {middle, high}}) {
    for_each_node(20, 16, {from}, {to}, [&](const double* x, double weight) {
      moment += weight * x[0] * integrand(model.get(), workspace_.get(), std::vector{x[0]})[0];
    });
  }
  EXPECT_NEAR(moment, 0.25, 1e-12);
}

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
using Bad = SpoiledOption<ProjectionOptions>;

const Bad kBadProjections[] = {
    {"constraints NULL", FINN_ERROR_NULL, "linear_constraints",
     [](ProjectionOptions& o) { o.linear_constraints = nullptr; }},
    {"no constraint", FINN_ERROR_ARGUMENT, "linear_constraint_count",
     [](ProjectionOptions& o) { o.linear_constraint_count = 0; }},
    {"negative count", FINN_ERROR_ARGUMENT, "linear_constraint_count",
     [](ProjectionOptions& o) { o.linear_constraint_count = -1; }},
    {"too many constraints", FINN_ERROR_ARGUMENT, "linear_constraint_count",
     [](ProjectionOptions& o) { o.linear_constraint_count = 65; }},
    {"constraints of a shift", FINN_ERROR_ARGUMENT, "linear_constraints",
     [](ProjectionOptions& o) { o.method = FINN_METHOD_SHIFT; }},
    {"epsilon", FINN_ERROR_ARGUMENT, "epsilon",
     [](ProjectionOptions& o) { o.target = o.integrals.data(); }},
    {"bound", FINN_ERROR_ARGUMENT, "bound",
     [](ProjectionOptions& o) { o.bound = FINN_BOUND_AT_MOST; }},
    {"approach", FINN_ERROR_ARGUMENT, "approach",
     [](ProjectionOptions& o) { o.approach = FINN_APPROACH_LEARNED; }},
    {"floor", FINN_ERROR_ARGUMENT, "floor", [](ProjectionOptions& o) { o.uniform_share = 0.1; }},
    {"sub-box beyond the domain", FINN_ERROR_ARGUMENT, "linear_constraints[1].lower",
     [](ProjectionOptions& o) { o.part_low[0] = -1.5; }},
    {"reversed sub-box", FINN_ERROR_ARGUMENT, "upper",
     [](ProjectionOptions& o) { o.part_high[1] = -0.5; }},
    {"limits NaN", FINN_ERROR_NOT_FINITE, "upper",
     [](ProjectionOptions& o) { o.part_high[1] = kNaN; }},
    {"power too large", FINN_ERROR_ARGUMENT, "powers",
     [](ProjectionOptions& o) { o.first[0] = 9; }},
    {"negative power", FINN_ERROR_ARGUMENT, "powers",
     [](ProjectionOptions& o) { o.mixed[1] = -1; }},
    {"value NULL", FINN_ERROR_NULL, "value",
     [](ProjectionOptions& o) { o.constraints[2].value = nullptr; }},
    {"value NaN", FINN_ERROR_NOT_FINITE, "value",
     [](ProjectionOptions& o) { o.values[3][1] = kNaN; }},
    {"struct_size not set", FINN_ERROR_ARGUMENT, "linear_constraints[0].struct_size",
     [](ProjectionOptions& o) { o.constraints[0].struct_size = 0; }},
    {"struct_size of a header that is not known yet", FINN_ERROR_ARGUMENT,
     "linear_constraints[0].struct_size",
     [](ProjectionOptions& o) { o.constraints[0].struct_size = kStep + 8; }},
    {"struct_size of another header in one element", FINN_ERROR_ARGUMENT,
     "linear_constraints[2].struct_size",
     [](ProjectionOptions& o) { o.constraints[2].struct_size = kStep - 8; }},
    {"the same constraint twice", FINN_ERROR_ARGUMENT, "linear_constraints",
     [](ProjectionOptions& o) { o.constraints[3] = o.constraints[1]; }},
};

TEST_F(Projection, refusesWhatMakesNoSense) {
  for (const Bad& bad : kBadProjections) {
    ProjectionOptions options;
    bad.spoil(options);
    expect_refused({bad.what, bad.status, bad.name, [&](finn_error* error) {
                      finn_model* model = nullptr;
                      const finn_status status = finn_model_create(&options, &model, error);
                      finn_model_destroy(model);
                      return status;
                    }});
  }
}

TEST_F(Projection, takesConstraintsThatBeginWithTheMacro) {
  ProjectionOptions options;
  finn_linear_constraint whole = FINN_LINEAR_CONSTRAINT_INIT;
  EXPECT_EQ(whole.struct_size, sizeof whole);
  whole.value = options.values[0].data();
  options.linear_constraints = &whole;
  options.linear_constraint_count = 1;
  const ModelHandle model = make_model(options);
  const std::vector<double> found =
      integral(model.get(), make_workspace().get(), lower_of(2), upper_of(2)).value;
  for (std::size_t j = 0; j < 2; ++j) EXPECT_NEAR(found[j], options.values[0][j], 1e-12);
}

TEST_F(Projection, refusesDensityLosses) {
  const ModelHandle model =
      make_model(ProjectionOptions(FINN_NETWORK_MIXTURE, FINN_POSITIVITY_EXP));
  for (const finn_loss loss : {FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD, FINN_LOSS_POISSON_PROCESS}) {
    finn_training_options training = short_training();
    training.loss = loss;
    expect_refused({"loss", FINN_ERROR_ARGUMENT, "loss", [&](finn_error* e) {
                      finn_trainer* trainer = nullptr;
                      return finn_trainer_create(model.get(), &training, &trainer, e);
                    }});
  }
}

}  // namespace
}  // namespace finn::test
