// The heads and their options through finn.h: defaults, structs of older headers, what is refused,
// and every query in more variables than jets have room for.
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

// Options of a model of the given variables, and the arrays that they point to.
struct Options : finn_model_options {
  std::vector<double> low, high;
  std::vector<std::int32_t> sizes{4, 3};

  explicit Options(int n = 2) : finn_model_options(), low(), high() {
    finn_model_options_init(this);
    variables = n;
    for (int i = 0; i < n; ++i) {
      low.push_back(-1.0 - 0.05 * i);
      high.push_back(0.5 + 0.03 * i);
    }
    lower = low.data();
    upper = high.data();
  }
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;

  void set_widths() {
    widths = sizes.data();
    hidden_layers = static_cast<std::int32_t>(sizes.size());
  }
  std::vector<double> points(std::size_t rows, std::uint64_t draw) const {
    std::vector<double> x = random_numbers<double>(rows * low.size(), 0, 1, draw);
    for (std::size_t k = 0; k < x.size(); ++k) {
      const std::size_t i = k % low.size();
      x[k] = low[i] + (high[i] - low[i]) * x[k];
    }
    return x;
  }
};

ModelHandle create(const finn_model_options& options) {
  finn_model* model = nullptr;
  require_ok([&](finn_error* e) { return finn_model_create(&options, &model, e); });
  return ModelHandle(model);
}

double integral(const finn_model* model, finn_workspace* workspace,
                const std::vector<double>& lower, const std::vector<double>& upper,
                double* kappa = nullptr) {
  double value = 0;
  require_ok([&](finn_error* e) {
    return finn_integral(model, workspace, lower.data(), upper.data(), &value, kappa, nullptr, e);
  });
  return value;
}

constexpr std::int64_t product_count(int n, int terms, int steps) {
  return std::int64_t{1} * n * terms * steps * (steps > 1 ? 3 : 2) + terms;
}

TEST(Heads, productIsTheDefault) {
  const Options options;
  EXPECT_EQ(finn_model_parameter_count(create(options).get()), product_count(2, 64, 4));
}

TEST(Heads, mlpIsTheDefaultWhereLayersAreAskedFor) {
  constexpr std::int64_t count = 3 * 32 + 33 * 32 + 33;
  struct Case {
    const char* what;
    void (*set)(Options&);
    std::int64_t count;
  };
  const Case cases[] = {
      {"widths", [](Options& o) { o.set_widths(); }, 3 * 4 + 5 * 3 + 4},
      {"no positivity", [](Options& o) { o.positivity = FINN_POSITIVITY_NONE; }, count},
      {"activation", [](Options& o) { o.activation = FINN_ACTIVATION_SIGMA; }, count},
      {"last_layer", [](Options& o) { o.output_activation = 1; }, count},
      {"patterns", [](Options& o) { o.patterns = 2; }, 2 * count},
      {"read_out", [](Options& o) { o.read_out = FINN_READ_OUT_DENSE; }, count + 32},
      {"head", [](Options& o) { o.head = FINN_NETWORK_MLP; }, count}};
  for (const Case& test : cases) {
    Options options;
    test.set(options);
    EXPECT_EQ(finn_model_parameter_count(create(options).get()), test.count) << test.what;
  }
}

// A struct of the first header, as an old program has it: what follows it is not the library's.
TEST(Heads, aStructOfAnOlderHeaderMeansTheOldDefaults) {
  Options old;
  old.struct_size = offsetof(finn_model_options, head);
  old.positivity = FINN_POSITIVITY_ABS;
  old.head = 77;
  old.patterns = -5;
  old.terms = 1000000;
  Options options;
  options.head = FINN_NETWORK_MLP;
  EXPECT_EQ(parameters_of<double>(create(old).get()), parameters_of<double>(create(options).get()));
}

// What a program does that was compiled with the first header: the function writes as much as that
// header's struct has.
TEST(Heads, theFirstInitFunctionWritesTheFirstStruct) {
  constexpr std::size_t first = offsetof(finn_model_options, head);
  finn_model_options options;
  std::memset(static_cast<void*>(&options), 0x5a, sizeof options);
  ASSERT_EQ((finn_model_options_init)(&options), FINN_OK);
  EXPECT_EQ(options.struct_size, first);
  EXPECT_EQ(options.positivity, FINN_POSITIVITY_ABS);
  const auto* bytes = reinterpret_cast<const unsigned char*>(&options);
  for (std::size_t i = first; i < sizeof options; ++i) EXPECT_EQ(bytes[i], 0x5a) << i;
  EXPECT_EQ((finn_model_options_init)(nullptr), FINN_ERROR_NULL);
}

TEST(Heads, initRefusesSizesThatTheLibraryDoesNotKnow) {
  finn_model_options options;
  EXPECT_EQ(finn_model_options_init_sized(&options, 8), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(finn_model_options_init_sized(&options, sizeof options + 8), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(finn_model_options_init_sized(&options, sizeof options), FINN_OK);
  EXPECT_EQ(options.struct_size, sizeof options);
}

TEST(Heads, sharesTheTrunkBetweenOutputsOrNot) {
  Options options;
  options.outputs = 3;
  options.terms = 5;
  options.steps = 2;
  EXPECT_EQ(finn_model_parameter_count(create(options).get()), 2 * 5 * 2 * 3 + 3 * 5);
  options.sharing = FINN_SHARING_NONE;
  EXPECT_EQ(finn_model_parameter_count(create(options).get()), 3 * product_count(2, 5, 2));
  Options layers;
  layers.outputs = 3;
  layers.set_widths();
  EXPECT_EQ(finn_model_parameter_count(create(layers).get()), 3 * 4 + 5 * 3 + 4 * 3);
  layers.sharing = FINN_SHARING_NONE;
  EXPECT_EQ(finn_model_parameter_count(create(layers).get()), 3 * (3 * 4 + 5 * 3 + 4));
}

const SpoiledOption<Options> kBadOptions[] = {
    {"unknown head", FINN_ERROR_ARGUMENT, "head", [](Options& o) { o.head = 3; }},
    {"negative head", FINN_ERROR_ARGUMENT, "head", [](Options& o) { o.head = -1; }},
    {"unknown sharing", FINN_ERROR_ARGUMENT, "sharing", [](Options& o) { o.sharing = 2; }},
    {"unknown read_out", FINN_ERROR_ARGUMENT, "read_out", [](Options& o) { o.read_out = 2; }},
    {"too many patterns", FINN_ERROR_ARGUMENT, "patterns", [](Options& o) { o.patterns = 5; }},
    {"negative patterns", FINN_ERROR_ARGUMENT, "patterns", [](Options& o) { o.patterns = -1; }},
    {"patterns without positivity", FINN_ERROR_ARGUMENT, "patterns",
     [](Options& o) {
       o.patterns = 2;
       o.positivity = FINN_POSITIVITY_NONE;
     }},
    {"dense read-out of a last layer with activation", FINN_ERROR_ARGUMENT, "read_out",
     [](Options& o) {
       o.read_out = FINN_READ_OUT_DENSE;
       o.output_activation = 1;
     }},
    {"negative terms", FINN_ERROR_ARGUMENT, "terms", [](Options& o) { o.terms = -1; }},
    {"too many terms", FINN_ERROR_ARGUMENT, "terms", [](Options& o) { o.terms = 65537; }},
    {"negative steps", FINN_ERROR_ARGUMENT, "steps", [](Options& o) { o.steps = -1; }},
    {"too many steps", FINN_ERROR_ARGUMENT, "steps", [](Options& o) { o.steps = 65; }},
    {"terms of an mlp", FINN_ERROR_ARGUMENT, "terms",
     [](Options& o) {
       o.set_widths();
       o.terms = 8;
     }},
    {"steps of an mlp", FINN_ERROR_ARGUMENT, "steps",
     [](Options& o) {
       o.head = FINN_NETWORK_MLP;
       o.steps = 8;
     }},
    {"widths of a product", FINN_ERROR_ARGUMENT, "widths",
     [](Options& o) {
       o.head = FINN_NETWORK_MIXTURE;
       o.set_widths();
     }},
    {"activation of a product", FINN_ERROR_ARGUMENT, "activation",
     [](Options& o) {
       o.head = FINN_NETWORK_MIXTURE;
       o.activation = FINN_ACTIVATION_SIGMA;
     }},
    {"last_layer of a product", FINN_ERROR_ARGUMENT, "last_layer",
     [](Options& o) {
       o.head = FINN_NETWORK_MIXTURE;
       o.output_activation = 1;
     }},
    {"patterns of a product", FINN_ERROR_ARGUMENT, "patterns",
     [](Options& o) {
       o.head = FINN_NETWORK_MIXTURE;
       o.patterns = 2;
     }},
    {"read_out of a product", FINN_ERROR_ARGUMENT, "read_out",
     [](Options& o) {
       o.head = FINN_NETWORK_MIXTURE;
       o.read_out = FINN_READ_OUT_DENSE;
     }},
    {"product without positivity", FINN_ERROR_ARGUMENT, "positivity",
     [](Options& o) {
       o.head = FINN_NETWORK_MIXTURE;
       o.positivity = FINN_POSITIVITY_NONE;
     }},
    {"softplus with positivity", FINN_ERROR_ARGUMENT, "activation",
     [](Options& o) { o.activation = FINN_ACTIVATION_SOFTPLUS; }},
    {"sine with positivity", FINN_ERROR_ARGUMENT, "activation",
     [](Options& o) { o.activation = FINN_ACTIVATION_SINE; }},
};

TEST(Heads, refuseBadOptions) {
  for (const SpoiledOption<Options>& bad : kBadOptions) {
    Options options;
    bad.spoil(options);
    expect_refused({bad.what, bad.status, bad.name, [&](finn_error* error) {
                      finn_model* model = nullptr;
                      const finn_status status = finn_model_create(&options, &model, error);
                      finn_model_destroy(model);
                      return status;
                    }});
  }
}

TEST(Heads, haveEachTheirLargestNumberOfVariables) {
  EXPECT_EQ(finn_max_variables(), FINN_MAX_VARIABLES);
  EXPECT_EQ(finn_max_mixture_variables(), FINN_MAX_MIXTURE_VARIABLES);
  finn_model* model = nullptr;
  Options nine(9);
  nine.head = FINN_NETWORK_MLP;
  EXPECT_EQ(finn_model_create(&nine, &model, nullptr), FINN_ERROR_ARGUMENT);
  const Options beyond(FINN_MAX_MIXTURE_VARIABLES + 1);
  EXPECT_EQ(finn_model_create(&beyond, &model, nullptr), FINN_ERROR_ARGUMENT);
  const Options most(FINN_MAX_MIXTURE_VARIABLES);
  EXPECT_EQ(finn_model_variables(create(most).get()), FINN_MAX_MIXTURE_VARIABLES);
}

// Sets one option; the name is for messages.
struct Variant {
  const char* name;
  void (*set)(Options&);
};
const Variant kVariants[] = {
    {"patterns", [](Options& o) { o.patterns = 3; }},
    {"dense", [](Options& o) { o.read_out = FINN_READ_OUT_DENSE; }},
    {"softplus",
     [](Options& o) {
       o.positivity = FINN_POSITIVITY_NONE;
       o.activation = FINN_ACTIVATION_SOFTPLUS;
     }},
    {"sine",
     [](Options& o) {
       o.positivity = FINN_POSITIVITY_NONE;
       o.activation = FINN_ACTIVATION_SINE;
     }},
    {"product", [](Options& o) { o.terms = 8; }},
    {"product without shares", [](Options& o) { o.steps = 1; }},
};

TEST(Heads, holdTheIntegralAndAddUp) {
  const WorkspaceHandle workspace = make_workspace();
  for (const Variant& variant : kVariants) {
    for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
      Options options(3);
      variant.set(options);
      options.precision = precision;
      const double epsilon = 2.5;
      options.target = &epsilon;
      const ModelHandle model = create(options);
      EXPECT_NEAR(integral(model.get(), workspace.get(), options.low, options.high), epsilon, 1e-12)
          << variant.name;
      std::vector<double> middle = options.high;
      middle[1] = 0.1;
      std::vector<double> start = options.low;
      start[1] = 0.1;
      EXPECT_NEAR(integral(model.get(), workspace.get(), options.low, middle) +
                      integral(model.get(), workspace.get(), start, options.high),
                  epsilon, 1e-11)
          << variant.name;
    }
  }
}

// The midpoint rule on f, which knows nothing of F.
TEST(Heads, haveTheIntegralOfTheirIntegrand) {
  const WorkspaceHandle workspace = make_workspace();
  for (const Variant& variant : kVariants) {
    Options options(2);
    variant.set(options);
    const ModelHandle model = create(options);
    constexpr int kSide = 300;
    std::vector<double> x;
    for (int p = 0; p < kSide * kSide; ++p) {
      x.push_back(options.low[0] + (p % kSide + 0.5) / kSide * (options.high[0] - options.low[0]));
      x.push_back(options.low[1] + (p / kSide + 0.5) / kSide * (options.high[1] - options.low[1]));
    }
    double sum = 0;
    for (const double f : integrand(model.get(), workspace.get(), x)) sum += f;
    EXPECT_NEAR(sum * volume(options.low, options.high) / (kSide * kSide), 1, 1e-3) << variant.name;
  }
}

// dLoss/dx and dLoss/dparameters along one direction, against a central difference.
void expect_vjp_of_differences(Options& options) {
  const WorkspaceHandle workspace = make_workspace();
  const ModelHandle model = create(options);
  std::vector<double> x = options.points(7, 3);
  const std::vector<double> weights(7 * static_cast<std::size_t>(options.outputs), 0.7);
  const Adjoints<double> vjp = integrand_vjp(model.get(), workspace.get(), x, weights);
  const auto loss = [&] {
    double sum = 0;
    for (const double f : integrand(model.get(), workspace.get(), x)) sum += 0.7 * f;
    return sum;
  };
  const double h = 1e-6;
  for (std::size_t k = 0; k < x.size(); ++k) {
    const double at = x[k];
    x[k] = at + h;
    const double above = loss();
    x[k] = at - h;
    const double difference = (above - loss()) / (2 * h);
    x[k] = at;
    EXPECT_NEAR(vjp.x[k], difference, 1e-6 * (1 + std::fabs(difference))) << "x " << k;
  }
  const std::vector<double> parameters = parameters_of<double>(model.get());
  const auto direction = random_numbers<double>(parameters.size(), -1, 1, 4);
  const auto moved = [&](double step) {
    std::vector<double> values = parameters;
    for (std::size_t i = 0; i < values.size(); ++i) values[i] += step * direction[i];
    set_parameters(model.get(), values);
    return loss();
  };
  double expected = 0;
  for (std::size_t i = 0; i < parameters.size(); ++i) expected += direction[i] * vjp.parameters[i];
  const double difference = (moved(h) - moved(-h)) / (2 * h);
  EXPECT_NEAR(expected, difference, 1e-5 * (1 + std::fabs(difference)));
}

TEST(Heads, haveTheGradientsOfDifferences) {
  for (const Variant& variant : kVariants) {
    SCOPED_TRACE(variant.name);
    Options options(3);
    variant.set(options);
    expect_vjp_of_differences(options);
  }
}

TEST(Heads, ofAProductHaveTheGradientsOfDifferencesInManyVariables) {
  Options options(16);
  options.terms = 4;
  options.outputs = 2;
  expect_vjp_of_differences(options);
}

TEST(Heads, ofAProductAnswerEveryQueryInThirtyTwoVariables) {
  const WorkspaceHandle workspace = make_workspace();
  Options options(32);
  options.terms = 3;
  const ModelHandle model = create(options);
  double kappa = 0;
  EXPECT_NEAR(integral(model.get(), workspace.get(), options.low, options.high, &kappa), 1, 1e-12);
  EXPECT_EQ(kappa, 1);
  const std::vector<double> x = options.points(50, 5);
  const auto f = integrand(model.get(), workspace.get(), x);
  EXPECT_EQ(mixed_partial(model.get(), workspace.get(), 0xffffffffu, x), f);
  for (const double value : f) EXPECT_GE(value, 0);
  // A partial over one variable is the difference quotient of F.
  const double h = 1e-6;
  std::vector<double> above = x, below = x;
  for (std::size_t row = 0; row < 50; ++row) {
    above[row * 32 + 31] += h;
    below[row * 32 + 31] -= h;
  }
  const auto partial = mixed_partial(model.get(), workspace.get(), 0x80000000u, x);
  const auto upper = mixed_partial(model.get(), workspace.get(), 0, above);
  const auto lower = mixed_partial(model.get(), workspace.get(), 0, below);
  for (std::size_t row = 0; row < 50; ++row) {
    const double quotient = (upper[row] - lower[row]) / (2 * h);
    EXPECT_NEAR(partial[row], quotient, 1e-6 * std::fabs(quotient) + 1e-9 * upper[row]);
  }
}

TEST(InitialiseFromData, movesTheTermsToTheData) {
  const WorkspaceHandle workspace = make_workspace();
  Options options(4);
  const ModelHandle model = create(options);
  std::vector<double> x = options.points(300, 6);
  for (std::size_t k = 0; k < x.size(); ++k) {
    x[k] = options.low[k % 4] + 0.2 * (x[k] - options.low[k % 4]);
  }
  const auto mean_log = [&] {
    double sum = 0;
    for (const double f : integrand(model.get(), workspace.get(), x)) sum += std::log(f);
    return sum / 300;
  };
  const double before = mean_log();
  require_ok([&](finn_error* e) {
    return finn_model_initialise_from_data(model.get(), x.data(), 300, 1, e);
  });
  EXPECT_GT(mean_log(), before + 2);
  EXPECT_NEAR(integral(model.get(), workspace.get(), options.low, options.high), 1, 1e-12);
}

TEST(InitialiseFromData, refusesBadData) {
  Options options(2);
  const ModelHandle model = create(options);
  const std::vector<double> before = parameters_of<double>(model.get());
  std::vector<double> x = options.points(3, 7);
  const auto call = [&](finn_model* m, const double* rows, std::int64_t count) {
    return [=](finn_error* e) { return finn_model_initialise_from_data(m, rows, count, 0, e); };
  };
  expect_refused({"model", FINN_ERROR_NULL, "model", call(nullptr, x.data(), 3)});
  expect_refused({"x", FINN_ERROR_NULL, "x", call(model.get(), nullptr, 3)});
  expect_refused({"no rows", FINN_ERROR_ARGUMENT, "rows", call(model.get(), x.data(), 0)});
  x[3] = 17;
  expect_refused({"outside", FINN_ERROR_ARGUMENT, "x", call(model.get(), x.data(), 3)});
  x[3] = std::nan("");
  expect_refused({"NaN", FINN_ERROR_NOT_FINITE, "x", call(model.get(), x.data(), 3)});
  EXPECT_EQ(parameters_of<double>(model.get()), before);
}

}  // namespace
}  // namespace finn::test
