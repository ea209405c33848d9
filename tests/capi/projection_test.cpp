// Several integrals at once, the nearest f of which is a projection: they hold for integrals,
// cubatures and all partials; gradients are those of differences; what makes no sense is refused.
#include <cmath>

#include "capi/finn.h"
#include "tests/capi/constraint_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/gauss_legendre.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

// Two outputs in two variables with the integral over the domain, the integral over a part of it, a
// first moment of the domain and a mixed moment of another part.
struct ProjectionSpec : ModelSpec {
  std::vector<double> part_low{-0.5, -0.25}, part_high{0.25, 0.5};
  std::vector<double> other_low{-1, 0}, other_high{0, 0.875};
  std::vector<std::int32_t> first{1, 0}, mixed{2, 1};
  std::vector<double> values[4] = {{1, -0.5}, {0.25, 0.75}, {-0.5, 0}, {0.125, -0.25}};

  explicit ProjectionSpec(finn_network_form wanted = FINN_NETWORK_MLP,
                          finn_positivity map = FINN_POSITIVITY_NONE)
      : ModelSpec(constrained_spec(wanted)) {
    positivity = map;
    lower = lower_of(2);
    upper = upper_of(2);
    constraint = FINN_CONSTRAINT_LINEAR;
    integrals = {{{}, {}, {}, values[0]},
                 {part_low, part_high, {}, values[1]},
                 {{}, {}, first, values[2]},
                 {other_low, other_high, mixed, values[3]}};
  }
};

struct Network {
  finn_network_form form;
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
  for (const auto& [network, positivity] : kNetworks) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      ProjectionSpec spec(network, positivity);
      spec.seed = seed;
      const ModelHandle model = make_model(spec);
      const auto all = integral(model.get(), workspace_.get(), spec.lower, spec.upper);
      const auto part = integral(model.get(), workspace_.get(), spec.part_low, spec.part_high);
      for (std::size_t j = 0; j < 2; ++j) {
        EXPECT_NEAR(all.value[j], spec.values[0][j], all.error_estimate[j]);
        EXPECT_NEAR(part.value[j], spec.values[1][j], part.error_estimate[j] + 1e-14);
      }
    }
  }
}

TEST_F(Projection, givesTheMomentsThatAreWanted) {
  for (const auto& [network, positivity] : kNetworks) {
    const ProjectionSpec spec(network, positivity);
    const ModelHandle model = make_model(spec);
    const auto all = moment(model.get(), spec.lower, spec.upper, nullptr);
    const auto part = moment(model.get(), spec.part_low, spec.part_high, nullptr);
    const auto first = moment(model.get(), spec.lower, spec.upper, spec.first.data());
    const auto mixed = moment(model.get(), spec.other_low, spec.other_high, spec.mixed.data());
    for (std::size_t j = 0; j < 2; ++j) {
      EXPECT_NEAR(all[j], spec.values[0][j], 1e-9);
      EXPECT_NEAR(part[j], spec.values[1][j], 1e-9);
      EXPECT_NEAR(first[j], spec.values[2][j], 1e-9);
      EXPECT_NEAR(mixed[j], spec.values[3][j], 1e-9);
    }
  }
}

TEST_F(Projection, ofTheIntegralAloneIsTheShift) {
  for (const auto& [network, positivity] : kNetworks) {
    ProjectionSpec spec(network, positivity);
    spec.integrals.resize(1);
    const ModelHandle model = make_model(spec);
    ModelSpec shifted = constrained_spec(network);
    shifted.positivity = positivity;
    shifted.method = FINN_METHOD_SHIFT;
    shifted.target = spec.values[0];
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
  for (const auto& [network, positivity] : kNetworks) {
    const ModelHandle model = make_model(ProjectionSpec(network, positivity));
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
  for (const auto& [network, positivity] : kNetworks) {
    const ModelHandle model = make_model(ProjectionSpec(network, positivity));
    const auto adjoints = integrand_vjp(model.get(), workspace_.get(), x, weights);
    const auto parameters = parameters_of<double>(model.get());
    for (std::size_t k = 0; k < trained_count(model.get()); ++k) {
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
  for (const auto& [network, positivity] : kNetworks) {
    ProjectionSpec spec(network, positivity);
    const ModelHandle precise = make_model(spec);
    spec.precision = FINN_FLOAT32;
    const ModelHandle coarse = make_model(spec);
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
  for (const auto& [network, positivity] : kNetworks) {
    const ModelHandle model = make_model(ProjectionSpec(network, positivity));
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
  const auto disk = make_handle<finn_domain>(
      [&](auto** made, auto* e) { return finn_domain_disk(centre, 2, made, e); });
  std::vector<double> low(2), high(2);
  require_ok(
      [&](finn_error* e) { return finn_domain_limits(disk.get(), low.data(), high.data(), 2, e); });
  const std::vector<double> half{high[0], 0.5 * (low[1] + high[1])};
  ModelSpec spec;
  spec.domain = disk.get();
  spec.widths = {32, 32};
  spec.seed = 0;
  spec.positivity = FINN_POSITIVITY_NONE;
  spec.constraint = FINN_CONSTRAINT_LINEAR;
  spec.integrals = {{{}, {}, {}, {1}}, {low, half, {}, {0.75}}};
  const ModelHandle model = make_model(spec);
  const auto over = [&](const std::vector<double>& end) {
    return integral(model.get(), workspace_.get(), low, end, FINN_LIMITS_U).value[0];
  };
  EXPECT_NEAR(over(high), 1, 1e-13);
  EXPECT_NEAR(over(half), 0.75, 1e-13);
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
  ModelSpec spec;
  spec.variables = 1;
  spec.lower = {low};
  spec.upper = {high};
  spec.widths = {32, 32};
  spec.seed = 0;
  spec.positivity = FINN_POSITIVITY_NONE;
  spec.constraint = FINN_CONSTRAINT_LINEAR;
  spec.integrals = {
      {{low}, {middle}, {}, {1}}, {{middle}, {high}, {}, {-0.5}}, {{low}, {high}, {1}, {0.25}}};
  const ModelHandle model = make_model(spec);
  std::vector<double> t, speed;
  for (int k = 0; k < 64; ++k) {
    t.push_back((k + 0.5) / 32);
    speed.push_back(std::sin(3 * t.back()));
  }
  const auto before = parameters_of<double>(model.get());
  finn_training_options options = short_training(300, 64);
  options.standardise = 0;
  const TrainerHandle trainer = make_trainer(model.get(), options);
  require_ok([&](finn_error* e) {
    return finn_trainer_fit_data(trainer.get(), workspace_.get(), t.data(), speed.data(), nullptr,
                                 64, nullptr, nullptr, e);
  });
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

using BadProjection = SpoiledOption<ModelSpec>;

const BadProjection kBadProjections[] = {
    {"no variables", FINN_ERROR_ARGUMENT, "variables", [](ModelSpec& s) { s.variables = 0; }},
    {"too many variables", FINN_ERROR_ARGUMENT, "variables",
     [](ModelSpec& s) { s.variables = FINN_MAX_VARIABLES + 1; }},
    {"no outputs", FINN_ERROR_ARGUMENT, "outputs", [](ModelSpec& s) { s.outputs = 0; }},
    {"no integral", FINN_ERROR_ARGUMENT, "count", [](ModelSpec& s) { s.integrals.clear(); }},
    {"too many integrals", FINN_ERROR_ARGUMENT, "count",
     [](ModelSpec& s) { s.integrals.resize(65, s.integrals[0]); }},
    {"reversed sub-box", FINN_ERROR_ARGUMENT, "upper",
     [](ModelSpec& s) { s.integrals[1].upper[1] = -0.5; }},
    {"flat sub-box", FINN_ERROR_ARGUMENT, "lower",
     [](ModelSpec& s) { s.integrals[1].lower[1] = 0.5; }},
    {"sub-box from infinity", FINN_ERROR_ARGUMENT, "lower",
     [](ModelSpec& s) {
       s.integrals[1].lower[0] = kInfinity;
       s.integrals[1].upper[0] = kInfinity;
     }},
    {"lower NaN", FINN_ERROR_NOT_FINITE, "lower",
     [](ModelSpec& s) { s.integrals[1].lower[0] = kNaN; }},
    {"upper NaN", FINN_ERROR_NOT_FINITE, "upper",
     [](ModelSpec& s) { s.integrals[3].upper[1] = kNaN; }},
    {"power too large", FINN_ERROR_ARGUMENT, "powers",
     [](ModelSpec& s) { s.integrals[2].powers[0] = 9; }},
    {"negative power", FINN_ERROR_ARGUMENT, "powers",
     [](ModelSpec& s) { s.integrals[3].powers[1] = -1; }},
    {"value NaN", FINN_ERROR_NOT_FINITE, "value",
     [](ModelSpec& s) { s.integrals[3].value[1] = kNaN; }},
    {"powers in four variables", FINN_ERROR_ARGUMENT, "powers",
     [](ModelSpec& s) {
       s.variables = 4;
       s.integrals = {{{}, {}, {1, 1, 1, 1}, {1, 1}}};
     }},
};

TEST_F(Projection, refusesWhatMakesNoSense) {
  for (const BadProjection& bad : kBadProjections) {
    ModelSpec spec = ProjectionSpec();
    bad.spoil(spec);
    expect_not_made<finn_constraint>(
        bad.what, bad.status, bad.name,
        [&](auto** constraint, auto* e) { return create_constraint(spec, constraint, e); });
  }
  expect_not_made<finn_constraint>(
      "no values", FINN_ERROR_NULL, "value", [](auto** constraint, auto* e) {
        return finn_constraint_linear(1, 1, 1, nullptr, nullptr, nullptr, nullptr, constraint, e);
      });
}

// What only the domain, or all integrals together, can tell.
TEST_F(Projection, isRefusedByAModelWhereItMakesNoSenseThere) {
  const BadProjection all[] = {
      {"sub-box beyond the domain", FINN_ERROR_ARGUMENT, "integral 1",
       [](ModelSpec& s) { s.integrals[1].lower[0] = -1.5; }},
      {"the same integral twice", FINN_ERROR_ARGUMENT, "constraint",
       [](ModelSpec& s) { s.integrals[3] = s.integrals[1]; }},
      {"conditions", FINN_ERROR_ARGUMENT, "constraint",
       [](ModelSpec& s) {
         s.conditioning = FINN_CONDITIONING_FILM;
         s.conditions = 1;
       }},
  };
  for (const BadProjection& bad : all) {
    ModelSpec spec = ProjectionSpec();
    bad.spoil(spec);
    expect_not_made<finn_model>(bad.what, bad.status, bad.name, [&](auto** model, auto* e) {
      return create_model(spec, model, e);
    });
  }
}

TEST_F(Projection, takesTheLimitsOfTheDomainAndNoPowersForNull) {
  const double value[] = {1, -0.5};
  const ModelSpec spec = ProjectionSpec();
  const NetworkHandle network = make_network(spec);
  const DomainHandle box = make_open_box(spec);
  const auto whole = make_handle<finn_constraint>([&](auto** made, auto* e) {
    return finn_constraint_linear(2, 2, 1, nullptr, nullptr, nullptr, value, made, e);
  });
  const auto model = make_handle<finn_model>([&](auto** made, auto* e) {
    return finn_model_create(network.get(), box.get(), whole.get(), nullptr, FINN_FLOAT64, 0, made,
                             e);
  });
  const auto found = integral(model.get(), workspace_.get(), spec.lower, spec.upper).value;
  for (std::size_t j = 0; j < 2; ++j) EXPECT_NEAR(found[j], value[j], 1e-12);
}

TEST_F(Projection, refusesDensityLosses) {
  const ModelHandle model = make_model(ProjectionSpec(FINN_NETWORK_MIXTURE, FINN_POSITIVITY_EXP));
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
