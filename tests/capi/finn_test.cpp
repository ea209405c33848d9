// capi/finn.hpp: the same results as finn.h, checked lengths, and exceptions that come out whole.
#include "finn.hpp"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

static_assert(!std::is_copy_constructible_v<Model> && std::is_nothrow_move_constructible_v<Model>);
static_assert(!std::is_copy_constructible_v<Workspace> &&
              std::is_nothrow_move_constructible_v<Workspace>);

static_assert(std::is_copy_constructible_v<Domain> && std::is_copy_constructible_v<Network>);

Domain small_box() { return Domain::open_box(lower_of(2), upper_of(2)); }
Network small_network(std::int32_t outputs = 1) {
  finn_mlp_options options = mlp_options({6, 5});
  options.axis_units = 0;
  return Network::mlp(2, outputs, options);
}

// What a call throws as finn::Error; FINN_OK when it throws nothing.
template <class Function>
finn_status status_of(Function&& function) {
  try {
    function();
  } catch (const Error& error) {
    EXPECT_STRNE(error.what(), "");
    return error.status();
  }
  return FINN_OK;
}

class Wrapper : public ::testing::Test {
 protected:
  Model model_{small_network(), small_box(), {.seed = 7}};
  Workspace workspace_{1};
  const std::vector<double> x_ = random_points<double>(2, 40, 1);
};

TEST_F(Wrapper, hasTheDefaultsOfTheHeader) {
  EXPECT_EQ(mixture_options().components, 64);
  EXPECT_EQ(mlp_options().hidden_layers, 2);
  EXPECT_EQ(mlp_options({7, 8, 9}).hidden_layers, 3);
  EXPECT_EQ(mlp_options({7, 8, 9}).widths[2], 9);
  EXPECT_EQ(constraint_options().transition_width, 1);
  EXPECT_EQ(conditioning_options({4}).widths[0], 4);
  EXPECT_EQ(training_options().steps, 6000);
  const std::vector<std::int32_t> many(FINN_MAX_HIDDEN_LAYERS + 1, 2);
  EXPECT_EQ(status_of([&] { mlp_options(many); }), FINN_ERROR_SIZE);
}

TEST_F(Wrapper, setsAndReadsOptionsByName) {
  finn_training_options training = training_options();
  set_option(training, "optimiser", "adamw");
  set_option(training, "learning_rate", "0.5");
  EXPECT_EQ(training.optimiser, FINN_OPTIMISER_ADAMW);
  EXPECT_EQ(training.learning_rate, 0.5);
  EXPECT_EQ(get_option(training, "optimiser"), "adamw");
  finn_mlp_options mlp = mlp_options();
  set_option(mlp, "widths", "3, 4, 5");
  EXPECT_EQ(mlp.hidden_layers, 3);
  EXPECT_EQ(get_option(mlp, "widths"), "3, 4, 5");
  EXPECT_EQ(status_of([&] { set_option(mlp, "wdths", "3"); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(status_of([&] { get_option(mlp, "wdths"); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(status_of([&] { set_option(mlp, "orthants", "none"); }), FINN_ERROR_ARGUMENT);
}

TEST_F(Wrapper, listsTheOptionsOfAStruct) {
  const auto rows = option_rows<finn_training_options>();
  ASSERT_EQ(rows.size(), static_cast<std::size_t>(finn_option_count(FINN_OPTIONS_TRAINING)));
  for (const finn_option& row : rows) {
    EXPECT_EQ(get_option(training_options(), row.name), row.default_value) << row.name;
  }
}

TEST_F(Wrapper, givesTheBitsOfTheCCalls) {
  const ModelHandle model = make_model({});
  const WorkspaceHandle workspace = make_workspace();
  EXPECT_EQ(model_.variables(), 2u);
  EXPECT_EQ(model_.outputs(), 1u);
  EXPECT_TRUE(same_bits(model_.parameters(), parameters_of<double>(model.get())));
  const auto f = test::integrand(model.get(), workspace.get(), x_);
  EXPECT_TRUE(same_bits(model_.integrand(workspace_, x_), f));
  EXPECT_TRUE(same_bits(model_.mixed_partial(workspace_, 3, x_), f));
  EXPECT_TRUE(same_bits(model_.antiderivative(workspace_, x_),
                        test::mixed_partial(model.get(), workspace.get(), 0, x_)));
  const std::vector<double> ones(40, 1.0);
  const auto ours = model_.integrand_vjp(workspace_, x_, ones);
  const auto theirs = test::integrand_vjp(model.get(), workspace.get(), x_, ones);
  EXPECT_TRUE(same_bits(ours.f, theirs.f));
  EXPECT_TRUE(same_bits(ours.parameters, theirs.parameters));
  EXPECT_TRUE(same_bits(ours.x, theirs.x));
}

TEST_F(Wrapper, differentiates) {
  const std::vector<double> ones(40, 1.0), f = model_.integrand(workspace_, x_);
  EXPECT_TRUE(same_bits(model_.derivative(workspace_, {1, 1}, x_), f));
  const auto vjp = model_.derivative_vjp(workspace_, {1, 1}, x_, ones);
  EXPECT_TRUE(same_bits(vjp.values, f));
  EXPECT_TRUE(same_bits(vjp.x, model_.integrand_vjp(workspace_, x_, ones).x));
  const auto slope = model_.derivative(workspace_, {2, 1}, x_);
  EXPECT_NEAR(slope[3], vjp.x[6], 1e-12 * std::fabs(slope[3]));
  const std::vector<float> narrow(x_.begin(), x_.end());
  std::vector<float> values(40);
  model_.derivative(workspace_, {2, 1}, narrow, values);
  EXPECT_NEAR(values[3], slope[3], 1e-3 * std::fabs(slope[3]));
  const auto sides = model_.conditional_integral_vjp(workspace_, lower_of(2), upper_of(2), {}, {1});
  EXPECT_NEAR(sides.value[0], 1, 1e-12);
  EXPECT_GT(sides.upper[1], 0);
  EXPECT_LT(sides.lower[1], 0);
  EXPECT_EQ(sides.parameters.size(), model_.parameter_count());
}

TEST_F(Wrapper, integratesToTheTarget) {
  const Model model(small_network(2), small_box(),
                    {.constraint = Constraint::equal(FINN_METHOD_SCALE, {1, 2.5})});
  const auto result = model.integral(workspace_, lower_of(2), upper_of(2));
  ASSERT_EQ(result.value.size(), 2u);
  EXPECT_NEAR(result.value[0], 1.0, 1e-12);
  EXPECT_NEAR(result.value[1], 2.5, 1e-12);
  EXPECT_GE(result.condition_number[1], 1.0);
  EXPECT_GT(result.error_estimate[1], 0.0);
}

// What a model was made of comes back, and outlives it.
TEST_F(Wrapper, givesThePartsOfAModelBack) {
  auto model = std::make_unique<Model>(
      Network::mixture(2, 2), small_box(),
      ModelSettings{.constraint = Constraint::bounded(FINN_METHOD_SCALE, {1, 2}, {}),
                    .conditioning = Conditioning::film({0}, {3}, conditioning_options({5})),
                    .precision = FINN_FLOAT32});
  const Network network = model->network();
  const Domain domain = model->domain();
  const Constraint constraint = model->constraint();
  const std::optional<Conditioning> conditioning = model->conditioning();
  EXPECT_EQ(model->precision(), FINN_FLOAT32);
  EXPECT_EQ(model->columns(), 3u);
  model.reset();
  EXPECT_EQ(network.form(), FINN_NETWORK_MIXTURE);
  EXPECT_EQ(network.variables(), 2u);
  EXPECT_EQ(network.outputs(), 2u);
  EXPECT_EQ(network.as_mixture().components, 64);
  EXPECT_EQ(status_of([&] { network.as_mlp(); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(domain.limits().first, lower_of(2));
  EXPECT_EQ(constraint.form(), FINN_CONSTRAINT_BOUNDED);
  EXPECT_EQ(constraint.outputs(), 2u);
  EXPECT_EQ(constraint.bounds().first, (std::vector<double>{1, 2}));
  EXPECT_TRUE(std::isinf(constraint.bounds().second[1]));
  ASSERT_TRUE(conditioning);
  EXPECT_EQ(conditioning->form(), FINN_CONDITIONING_FILM);
  EXPECT_EQ(conditioning->limits().second, std::vector<double>{3});
  EXPECT_EQ(conditioning->options().widths[0], 5);
  EXPECT_FALSE(model_.conditioning());
  EXPECT_EQ(model_.network().as_mlp().widths[1], 5);
}

// The conditions lie in [0, 1e6]: x is 0 or 1 with them, wherever that is.
TEST_F(Wrapper, leavesTheRangeOfConditionsToTheRowsOfAFirstFit) {
  EXPECT_EQ(Conditioning::inputs_by_rows(2).limits().first, (std::vector<double>{-1, -1}));
  EXPECT_EQ(Conditioning::hypernetwork_by_rows(3).conditions(), 3u);
  finn_mixture_options small = mixture_options();
  small.components = 4;
  Model model(Network::mixture(1, 1, small), Domain::open_box({-2}, {3}),
              {.conditioning = Conditioning::film_by_rows(1, conditioning_options({8}))});
  std::vector<double> rows;
  for (int i = 0; i < 64; ++i) {
    const double noise = 0.1 * std::sin(7.0 * i);
    rows.insert(rows.end(), {noise + (i % 2), 1e6 * (0.2 + 0.6 * (i % 2)) + 1e5 * noise});
  }
  finn_training_options training = training_options();
  training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  training.steps = 100;
  Trainer(model, training).fit(workspace_, rows, {});
  const std::vector<double> f = model.integrand(workspace_, {1, 8e5, 1, 2e5});
  EXPECT_GT(f[0], 10 * f[1]);
}

TEST_F(Wrapper, integratesForEveryRowOfConditions) {
  const Model model(small_network(), small_box(),
                    {.constraint = Constraint::per_row(FINN_METHOD_SCALE, FINN_BOUND_EQUAL),
                     .conditioning = Conditioning::inputs({-1}, {1})});
  const auto result =
      model.conditional_integral(workspace_, lower_of(2), upper_of(2), {0.5, 2, -0.5, 3});
  ASSERT_EQ(result.value.size(), 2u);
  EXPECT_NEAR(result.value[0], 2, 1e-12);
  EXPECT_NEAR(result.value[1], 3, 1e-12);
}

TEST_F(Wrapper, savesAndLoadsAModel) {
  const std::string path = testing::TempDir() + "/finn_wrapper_model";
  const auto f = model_.integrand(workspace_, x_);
  model_.save(path);
  const Model loaded = Model::load(path);
  std::remove(path.c_str());
  EXPECT_TRUE(same_bits(loaded.integrand(workspace_, x_), f));
  EXPECT_EQ(loaded.to_bytes(), model_.to_bytes());
  EXPECT_EQ(loaded.describe(), model_.describe());
  EXPECT_EQ(model_.describe().front(), '{');
  EXPECT_EQ(model_.describe().back(), '}');
  EXPECT_EQ(status_of([&] { Model::load(path); }), FINN_ERROR_FILE);
  EXPECT_EQ(status_of([&] { Model::from_bytes({1, 2, 3}); }), FINN_ERROR_FORMAT);
}

TEST_F(Wrapper, bindsAStarOfAFileByItsName) {
  const auto make = [](const std::string& name) {
    return Domain::star(
        {0, 0}, [](const double* d) { return 2 + d[0]; }, name);
  };
  const Model model(Network::mixture(2), make("egg"));
  const auto bytes = model.to_bytes();
  const Model loaded = Model::from_bytes(bytes, {make("other"), make("egg")});
  EXPECT_TRUE(same_bits(loaded.integrand(workspace_, {0.5, 0.25}),
                        model.integrand(workspace_, {0.5, 0.25})));
  EXPECT_EQ(status_of([&] { Model::from_bytes(bytes); }), FINN_ERROR_ARGUMENT);
}

TEST_F(Wrapper, takesFloatArrays) {
  const auto x = random_points<float>(2, 40, 1);
  std::vector<float> f(40), partial(40), F(40);
  model_.integrand(workspace_, x, f);
  model_.mixed_partial(workspace_, 3, x, partial);
  model_.antiderivative(workspace_, x, F);
  EXPECT_TRUE(same_bits(partial, f));
  EXPECT_TRUE(same_bits(test::mixed_partial(model_.get(), workspace_.get(), 0, x), F));
  EXPECT_TRUE(same_bits(test::integrand(model_.get(), workspace_.get(), x), f));
}

TEST_F(Wrapper, setsParametersOfACloneAlone) {
  Model clone = model_.clone();
  const auto before = model_.parameters();
  auto changed = before;
  for (double& parameter : changed) parameter += 0.25;
  clone.set_parameters(changed);
  EXPECT_TRUE(same_bits(clone.parameters(), changed));
  EXPECT_TRUE(same_bits(model_.parameters(), before));
}

TEST_F(Wrapper, holdsTheIntegralToConstraintsOfEveryForm) {
  const auto over_domain = [&](const Constraint& constraint) {
    const Model model(small_network(), small_box(), {.constraint = constraint});
    return model.integral(workspace_, lower_of(2), upper_of(2)).value[0];
  };
  const finn_transition learned = FINN_TRANSITION_LEARNED;
  EXPECT_NEAR(over_domain(Constraint::bounded(FINN_METHOD_SCALE, {1}, {2}, learned)), 1.5, 1e-12);
  EXPECT_NEAR(over_domain(Constraint::learned(FINN_METHOD_SCALE, {3})), 3, 1e-12);
  EXPECT_EQ(Constraint::none().outputs(), 0u);
  EXPECT_GT(over_domain(Constraint::none()), 0);
  std::vector<wrapper::LinearIntegral> integrals = {
      {.value = {0.5}},
      {.value = {-1}, .lower = lower_of(2), .upper = {0, 0.5}},
      {.value = {0.25}, .powers = {1, 0}}};
  const Model model(small_network(), small_box(),
                    {.constraint = Constraint::linear(2, 1, integrals)});
  EXPECT_NEAR(model.integral(workspace_, lower_of(2), upper_of(2)).value[0], 0.5, 1e-12);
  EXPECT_NEAR(model.integral(workspace_, lower_of(2), {0, 0.5}).value[0], -1, 1e-12);
  integrals[1].upper = {0};
  EXPECT_EQ(status_of([&] { Constraint::linear(2, 1, integrals); }), FINN_ERROR_SIZE);
}

TEST_F(Wrapper, throwsTheStatusAndTheMessageOfTheLibrary) {
  try {
    Domain::open_box({0, 1}, {1, 1});
    FAIL() << "no exception";
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), FINN_ERROR_ARGUMENT);
    EXPECT_TRUE(mentions(error.what(), "upper")) << error.what();
  }
}

TEST_F(Wrapper, throwsWhenALengthDoesNotFit) {
  const std::vector<double> odd(3), one(1), two(2), none;
  const auto expect_size = [](auto&& function) { EXPECT_EQ(status_of(function), FINN_ERROR_SIZE); };
  expect_size([&] { Domain::open_box({0, 0}, {1}); });
  expect_size([&] { Conditioning::film({0, 0}, {1}); });
  expect_size([&] { Constraint::bounded(FINN_METHOD_SHIFT, {0, 0}, {1}); });
  const Constraint for_two = Constraint::equal(FINN_METHOD_SCALE, {1, 2});
  expect_size([&] { Model(small_network(), small_box(), {.constraint = for_two}); });
  expect_size([&] { model_.integrand(workspace_, odd); });
  expect_size([&] { model_.antiderivative(workspace_, odd); });
  expect_size([&] { model_.integral(workspace_, one, {1, 1}); });
  expect_size([&] { model_.integral(workspace_, {0, 0}, one); });
  expect_size([&] { model_.integrand_vjp(workspace_, x_, one); });
  expect_size([&] { model_.derivative(workspace_, {1}, x_); });
  expect_size([&] { model_.derivative_vjp(workspace_, {1, 1}, x_, one); });
  expect_size([&] { model_.conditional_integral_vjp(workspace_, one, {1, 1}, {}, one); });
  expect_size([&] { model_.conditional_integral_vjp(workspace_, {0, 0}, {1, 1}, one, one); });
  expect_size([&] { model_.set_parameters(one); });
  std::vector<double> short_result(39);
  expect_size([&] { model_.integrand(workspace_, x_, short_result); });
  Trainer trainer(model_);
  expect_size([&] { trainer.fit(workspace_, odd, one); });
  expect_size([&] { trainer.fit(workspace_, x_, one); });
  expect_size([&] { trainer.fit(workspace_, two, one, two); });
}

TEST_F(Wrapper, saysSoWhenTheModelHasBeenMovedFrom) {
  const Model taken = std::move(model_);
  EXPECT_EQ(taken.integrand(workspace_, x_).size(), 40u);
  EXPECT_EQ(status_of([&] { model_.integrand(workspace_, x_); }), FINN_ERROR_NULL);
}

}  // namespace
}  // namespace finn::test
