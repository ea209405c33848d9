// Callers who trap floating-point exceptions (feenableexcept, a Fortran compiler's -ffpe-trap) end
// with their process at the first DIVBYZERO, INVALID or OVERFLOW: good input must raise none.
#include <cfenv>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/conditioning_support.hpp"
#include "tests/capi/constraint_support.hpp"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

// The names of the exceptions that body() raises on this thread; "" for none.
template <class Body>
std::string exceptions_of(Body&& body) {
  std::feclearexcept(FE_ALL_EXCEPT);
  body();
  const int raised = std::fetestexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
  std::feclearexcept(FE_ALL_EXCEPT);
  return std::string((raised & FE_DIVBYZERO) != 0 ? "DIVBYZERO " : "") +
         ((raised & FE_INVALID) != 0 ? "INVALID " : "") +
         ((raised & FE_OVERFLOW) != 0 ? "OVERFLOW " : "");
}

template <class Body>
void expect_quiet(const char* call, Body&& body) {
  const std::string raised = exceptions_of([&] { require_ok(body); });
  EXPECT_EQ(raised, "") << "in " << call;
}

// Every query at rows x, in the type of the caller's arrays.
template <class T>
void query_quietly(const finn_model* model, finn_workspace* workspace,
                   const std::vector<double>& x) {
  const std::vector<T> rows(x.begin(), x.end());
  const auto batch = batch_of(model, rows);
  std::vector<T> f(static_cast<std::size_t>(batch * finn_model_outputs(model)));
  const std::vector<T> ones(f.size(), T(1));
  std::vector<T> parameters(static_cast<std::size_t>(finn_model_parameter_count(model)));
  std::vector<T> x_adjoint(x.size());
  expect_quiet("integrand", [&](finn_error* e) {
    return Api<T>::integrand(model, workspace, rows.data(), batch, f.data(), length_of(f), e);
  });
  expect_quiet("antiderivative", [&](finn_error* e) {
    return Api<T>::antiderivative(model, workspace, rows.data(), batch, f.data(), length_of(f), e);
  });
  expect_quiet("mixed_partial", [&](finn_error* e) {
    return Api<T>::mixed_partial(model, workspace, 1, rows.data(), batch, f.data(), length_of(f),
                                 e);
  });
  expect_quiet("integrand_vjp", [&](finn_error* e) {
    return Api<T>::integrand_vjp(model, workspace, rows.data(), batch, ones.data(), f.data(),
                                 length_of(f), parameters.data(), length_of(parameters),
                                 x_adjoint.data(), length_of(x_adjoint), e);
  });
  expect_quiet("get_parameters", [&](finn_error* e) {
    return Api<T>::get_parameters(model, parameters.data(), finn_model_parameter_count(model), e);
  });
}

// Integrals over the box [lower, upper] of u, for the conditions of rows x.
void integrate_quietly(const finn_model* model, finn_workspace* workspace,
                       const std::vector<double>& lower, const std::vector<double>& upper,
                       const std::vector<double>& x) {
  const int n = finn_model_variables(model), columns = finn_model_columns(model);
  const std::vector<double> given(x.begin() + n, x.begin() + columns);
  std::vector<double> value(static_cast<std::size_t>(finn_model_outputs(model)));
  std::vector<double> number = value, estimate = value;
  expect_quiet("integral", [&](finn_error* e) {
    return columns == n
               ? finn_integral(model, workspace, FINN_LIMITS_U, lower.data(), upper.data(),
                               value.data(), number.data(), estimate.data(), length_of(value), e)
               : finn_conditional_integral(model, workspace, FINN_LIMITS_U, lower.data(),
                                           upper.data(), given.data(), 1, value.data(),
                                           number.data(), estimate.data(), length_of(value), e);
  });
}

void train_quietly(finn_model* model, finn_workspace* workspace,
                   const finn_training_options& options, const std::vector<double>& x) {
  const bool has_targets = options.loss != FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD &&
                           options.loss != FINN_LOSS_POISSON_PROCESS;
  const std::vector<double> y(
      static_cast<std::size_t>(batch_of(model, x) * finn_model_outputs(model)), 0.5);
  finn_trainer* made = nullptr;
  expect_quiet("trainer_create",
               [&](finn_error* e) { return finn_trainer_create(model, &options, &made, e); });
  const TrainerHandle trainer(made);
  expect_quiet("fit_data", [&](finn_error* e) {
    return finn_trainer_fit_data(made, workspace, x.data(), has_targets ? y.data() : nullptr,
                                 nullptr, batch_of(model, x), nullptr, nullptr, e);
  });
}

// A model from its creation to a step of training, in both precisions. x: good rows.
void expect_quiet_model(ModelSpec spec, const std::vector<double>& x,
                        const std::vector<double>& lower, const std::vector<double>& upper) {
  const WorkspaceHandle workspace = make_workspace(1);
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    SCOPED_TRACE(precision == FINN_FLOAT64 ? "double" : "float");
    spec.precision = precision;
    finn_model* made = nullptr;
    expect_quiet("model_create", [&](finn_error* e) { return create_model(spec, &made, e); });
    const ModelHandle model(made);
    query_quietly<double>(made, workspace.get(), x);
    query_quietly<float>(made, workspace.get(), x);
    integrate_quietly(made, workspace.get(), lower, upper, x);
    train_quietly(made, workspace.get(), short_training(1, 0), x);
    expect_quiet("initialise_from_data", [&](finn_error* e) {
      return finn_model_initialise_from_data(made, x.data(), batch_of(made, x), 1, e);
    });
  }
}

// A model without conditions on the uneven box of so many variables.
void expect_quiet_on_box(const ModelSpec& spec) {
  expect_quiet_model(spec, random_points<double>(spec.variables, 41, 3), lower_of(spec.variables),
                     upper_of(spec.variables));
}

ModelSpec network_spec(finn_network_form form, int n) {
  ModelSpec spec = constrained_spec(form);
  spec.variables = n;
  return spec;
}

TEST(FloatingPoint, isQuietForEveryMapOfWeightsAndEachNumberOfVariables) {
  for (const finn_network_form form : {FINN_NETWORK_MLP, FINN_NETWORK_MIXTURE}) {
    for (const int n : {1, 2, 3, 4}) {
      for (const finn_positivity map : kEveryPositivity) {
        if (map == FINN_POSITIVITY_NONE && form == FINN_NETWORK_MIXTURE) continue;
        SCOPED_TRACE("form " + std::to_string(form) + ", positivity " + std::to_string(map) + ", " +
                     std::to_string(n) + " variables");
        ModelSpec spec = network_spec(form, n);
        spec.positivity = map;
        expect_quiet_on_box(spec);
      }
    }
  }
}

TEST(FloatingPoint, isQuietForEveryActivationOfInputsThatAreNotScaled) {
  for (const finn_activation kind : {FINN_ACTIVATION_SIGMA, FINN_ACTIVATION_TANH,
                                     FINN_ACTIVATION_SOFTPLUS, FINN_ACTIVATION_SINE}) {
    for (const int n : {1, 2, 3}) {
      SCOPED_TRACE("activation " + std::to_string(kind) + ", " + std::to_string(n) + " variables");
      ModelSpec spec = network_spec(FINN_NETWORK_MLP, n);
      spec.positivity = FINN_POSITIVITY_NONE;
      spec.activation = kind;
      spec.input_scaling = FINN_INPUT_SCALING_NONE;
      expect_quiet_on_box(spec);
    }
  }
}

TEST(FloatingPoint, isQuietForWhatAPerceptronAndAMixtureMayHave) {
  ModelSpec orthants = network_spec(FINN_NETWORK_MLP, 2);
  orthants.orthants = 4;
  orthants.skip = 1;
  orthants.sharing = FINN_SHARING_NONE;
  expect_quiet_on_box(orthants);
  ModelSpec printed = network_spec(FINN_NETWORK_MLP, 2);
  printed.output_activation = 1;
  printed.uniform_share = 0.1;
  expect_quiet_on_box(printed);
  ModelSpec wide = network_spec(FINN_NETWORK_MIXTURE, 12);
  wide.sharing = FINN_SHARING_NONE;
  expect_quiet_on_box(wide);
  ModelSpec usual = network_spec(FINN_NETWORK_MIXTURE, 2);
  usual.components = 64;
  usual.normals_per_axis = 4;
  expect_quiet_on_box(usual);
}

TEST(FloatingPoint, isQuietForEveryConstraint) {
  for (const ConstraintCase& each : constraint_cases()) {
    SCOPED_TRACE(each.name());
    ModelSpec spec = constrained_spec(each.network);
    each.choose(spec);
    expect_quiet_on_box(spec);
  }
  ModelSpec none = constrained_spec();
  none.constraint = FINN_CONSTRAINT_NONE;
  expect_quiet_on_box(none);
}

TEST(FloatingPoint, isQuietForSeveralIntegralsWithMoments) {
  const std::vector<double> value{1, -0.5}, low{-0.5, -0.25}, high{0.25, 0.5};
  const std::vector<LinearIntegral> integrals{{{}, {}, {}, value},
                                              {low, high, {}, value},
                                              {{}, {}, {1, 0}, value},
                                              {low, high, {2, 8}, value}};
  for (const finn_network_form form : {FINN_NETWORK_MLP, FINN_NETWORK_MIXTURE}) {
    ModelSpec spec = constrained_spec(form);
    spec.constraint = FINN_CONSTRAINT_LINEAR;
    for (const LinearIntegral& next : integrals) {
      spec.integrals.push_back(next);
      SCOPED_TRACE(std::to_string(spec.integrals.size()) + " integrals");
      expect_quiet_on_box(spec);
    }
  }
}

TEST(FloatingPoint, isQuietForEveryFormOfConditioning) {
  for (const ConditionedCase& each : conditioned_cases()) {
    SCOPED_TRACE(each.name);
    ConditionedSpec spec;
    each.choose(spec);
    expect_quiet_model(spec, spec.rows(41), spec.lower, spec.upper);
  }
}

// Points inside, on the edge, and outside of every kind of domain.
TEST(FloatingPoint, isQuietOnEveryDomain) {
  for (const Region& region : regions()) {
    SCOPED_TRACE(region.name);
    finn_domain* made = nullptr;
    expect_quiet("domain", [&](finn_error* e) { return region.make(&made, e); });
    const DomainHandle domain(made);
    const auto n = region.inside.size();
    std::vector<double> lower(n), upper(n);
    expect_quiet("domain_limits", [&](finn_error* e) {
      return finn_domain_limits(made, lower.data(), upper.data(), length_of(lower), e);
    });
    std::vector<double> u = random_numbers<double>(32 * n, 0, 1, 9);
    for (std::size_t k = 0; k < u.size(); ++k) {
      u[k] = lower[k % n] + (upper[k % n] - lower[k % n]) * u[k];
    }
    u.insert(u.end(), lower.begin(), lower.end());
    u.insert(u.end(), upper.begin(), upper.end());
    std::vector<double> x(u.size());
    expect_quiet("domain_to_point", [&](finn_error* e) {
      return finn_domain_to_point(made, u.data(), static_cast<std::int64_t>(u.size() / n), x.data(),
                                  length_of(x), e);
    });
    std::vector<double> anywhere = x;
    anywhere.insert(anywhere.end(), region.outside.begin(), region.outside.end());
    const auto rows = static_cast<std::int64_t>(anywhere.size() / n);
    std::vector<double> back(anywhere.size()), weight(anywhere.size() / n);
    expect_quiet("domain_to_box", [&](finn_error* e) {
      return finn_domain_to_box(made, anywhere.data(), rows, back.data(), length_of(back),
                                weight.data(), e);
    });
    expect_quiet_model(spec_on(made), x, lower, upper);
    const ModelHandle model = model_on(made);
    query_quietly<double>(model.get(), make_workspace().get(), anywhere);
  }
}

TEST(FloatingPoint, isQuietForEveryLossScheduleAndOptimiser) {
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> x = random_points<double>(2, 64, 3);
  const auto train = [&](const finn_training_options& options, ModelSpec spec = {}) {
    for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
      spec.precision = precision;
      const ModelHandle model = make_model(spec);
      train_quietly(model.get(), workspace.get(), options, x);
    }
  };
  for (const finn_loss loss :
       {FINN_LOSS_SQUARED_ERROR, FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD, FINN_LOSS_ABSOLUTE_ERROR,
        FINN_LOSS_HUBER, FINN_LOSS_POISSON_PROCESS}) {
    SCOPED_TRACE("loss " + std::to_string(loss));
    finn_training_options options = short_training(3, 16);
    options.loss = loss;
    if (loss == FINN_LOSS_HUBER) options.huber_delta = 0.5;
    ModelSpec spec;
    if (loss == FINN_LOSS_POISSON_PROCESS) {
      options.poisson_events = 64;
      spec.constraint = FINN_CONSTRAINT_NONE;
    }
    train(options, spec);
  }
  for (const finn_schedule schedule :
       {FINN_SCHEDULE_COSINE, FINN_SCHEDULE_CONSTANT, FINN_SCHEDULE_LINEAR, FINN_SCHEDULE_STEP,
        FINN_SCHEDULE_EXPONENTIAL, FINN_SCHEDULE_ONE_CYCLE}) {
    SCOPED_TRACE("schedule " + std::to_string(schedule));
    finn_training_options options = short_training(3, 16);
    options.schedule = schedule;
    if (schedule == FINN_SCHEDULE_STEP || schedule == FINN_SCHEDULE_EXPONENTIAL) {
      options.decay_interval = 2;
    }
    train(options);
  }
  for (const Case& each : repeat_cases()) {
    SCOPED_TRACE(each.name);
    train(each.options);
  }
}

}  // namespace
}  // namespace finn::test
