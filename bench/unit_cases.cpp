#include "bench/unit_cases.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "bench/normal_density.hpp"

namespace finn::bench {
namespace {

constexpr std::size_t kRows = 500;
constexpr std::int64_t kSteps = 600;
constexpr std::size_t kUnseenRows = 10000;
constexpr double kSide = 2.5;

// The function of units 1 on [0, 2.5]^2, and its integral over [0, u] x [0, v].
double shape(double u, double v) { return std::sin(u) * std::cos(v) + 1.2; }
double integral_of_shape(double u, double v) {
  return (1 - std::cos(u)) * std::sin(v) + 1.2 * u * v;
}

// A pair of normals with the correlation 0.6 in the middle of the box, of deviation 0.3.
double density(double u, double v) {
  return normal_density(u, kSide / 2, 0.3) *
         normal_density(v, kSide / 2 + 0.6 * (u - kSide / 2), 0.3 * 0.8);
}
void draw_density(std::mt19937_64& engine, double* point) {
  std::normal_distribution<double> noise;
  point[0] = kSide / 2 + 0.3 * noise(engine);
  point[1] = kSide / 2 + 0.6 * (point[0] - kSide / 2) + 0.3 * 0.8 * noise(engine);
}

void draw_events(std::mt19937_64& engine, double* point) {
  std::uniform_real_distribution<double> share;
  do {
    point[0] = kSide * share(engine);
    point[1] = kSide * share(engine);
  } while (shape(point[0], point[1]) < 2.2 * share(engine));
}

// Points [rows][2] in units 1.
std::vector<double> points(Task task, std::size_t rows, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::vector<double> u(2 * rows);
  for (std::size_t at = 0; at < u.size(); at += 2) {
    if (task == Task::kDensity) draw_density(engine, &u[at]);
    if (task == Task::kIntensity) draw_events(engine, &u[at]);
    if (task != Task::kRegression) continue;
    for (std::size_t i = 0; i < 2; ++i) {
      u[at + i] = std::uniform_real_distribution<double>(0, kSide)(engine);
    }
  }
  return u;
}

// Rows of x of these points, with the target of each row where it has one.
std::vector<double> rows_of(const std::vector<double>& u, const Units& units,
                            const UnitCase& unit_case, double integral) {
  std::vector<double> x;
  for (std::size_t at = 0; at < u.size(); at += 2) {
    x.insert(x.end(), {u[at] * units.x, u[at + 1] * units.x});
    if (unit_case.has_targets_of_rows) x.push_back(integral);
  }
  return x;
}

// f of the points, in units 1; an intensity is that of so many events.
std::vector<double> truth(const std::vector<double>& u, Task task) {
  const double unit = task == Task::kIntensity ? kRows / integral_of_shape(kSide, kSide) : 1;
  std::vector<double> values;
  for (std::size_t at = 0; at < u.size(); at += 2) {
    values.push_back(task == Task::kDensity ? density(u[at], u[at + 1])
                                            : unit * shape(u[at], u[at + 1]));
  }
  return values;
}

double relative_error(const std::vector<double>& f, const std::vector<double>& truth) {
  double error = 0;
  double square = 0;
  for (std::size_t i = 0; i < f.size(); ++i) {
    error += (f[i] - truth[i]) * (f[i] - truth[i]);
    square += truth[i] * truth[i];
  }
  return std::sqrt(error / square);
}

double excess(const std::vector<double>& f, const std::vector<double>& truth) {
  double sum = 0;
  for (std::size_t i = 0; i < f.size(); ++i) sum += std::log(truth[i]) - std::log(f[i]);
  return sum / static_cast<double>(f.size());
}

UnitCase bounded(finn_method method, const std::string& name, finn_transition transition) {
  return {Task::kRegression, "within 10 %, " + name, [=](const TrueIntegrals& of) {
            return Constraint::bounded(method, {0.9 * of.whole}, {1.1 * of.whole}, transition);
          }};
}

// The bound is twice as large as the integral, the width of the transition a tenth of it.
UnitCase at_most(finn_method method, const std::string& name) {
  return {Task::kRegression, "at most, " + name + ", smooth", [=](const TrueIntegrals& of) {
            finn_constraint_options options = constraint_options();
            if (method == FINN_METHOD_SHIFT) options.transition_width = 0.1 * of.whole;
            return Constraint::bounded(method, {}, {2 * of.whole}, FINN_TRANSITION_SMOOTH, options);
          }};
}

UnitCase learned(Task task, finn_method method, const std::string& name) {
  return {task, "learned, " + name,
          [=](const TrueIntegrals& of) { return Constraint::learned(method, {of.whole / 3}); }};
}

// A start that knows nothing of the unit.
UnitCase learned_from_1(finn_method method, const std::string& name) {
  return {Task::kRegression, "learned from 1, " + name,
          [=](const TrueIntegrals&) { return Constraint::learned(method, {1}); }};
}

UnitCase equal(Task task, finn_method method, const std::string& name, double share = 0) {
  return {task, "equal, " + name, [=](const TrueIntegrals& of) {
            finn_constraint_options options = constraint_options();
            options.uniform_share = share;
            return Constraint::equal(method, {of.whole}, options);
          }};
}

UnitCase unconstrained(Task task) {
  return {task, "none", [](const TrueIntegrals&) { return Constraint::none(); }};
}

UnitCase per_row(finn_method method, const std::string& name) {
  return {Task::kRegression, "per row, " + name,
          [=](const TrueIntegrals&) { return Constraint::per_row(method, FINN_BOUND_EQUAL); },
          true};
}

TrueIntegrals true_integrals(Task task, const Units& units) {
  const double volume = units.x * units.x * units.y;
  const double side = kSide * units.x;
  if (task == Task::kDensity) return {1, 0.5, side};
  if (task == Task::kIntensity) return {static_cast<double>(kRows), 0, side};
  return {volume * integral_of_shape(kSide, kSide), volume * integral_of_shape(kSide / 2, kSide),
          side};
}

double fitted_error(const UnitCase& unit_case, const Units& units, const TrueIntegrals& of,
                    const Model& model, Workspace& workspace) {
  const std::vector<double> u = points(unit_case.task, kUnseenRows, 987654321);
  std::vector<double> f = model.integrand(workspace, rows_of(u, units, unit_case, of.whole));
  const double unit = unit_case.task == Task::kRegression ? 1 / units.y : units.x * units.x;
  for (double& value : f) value *= unit;
  const std::vector<double> expected = truth(u, unit_case.task);
  return unit_case.task == Task::kDensity ? excess(f, expected) : relative_error(f, expected);
}

void train(const UnitCase& unit_case, const Units& units, double integral, std::uint64_t seed,
           Model& model, Workspace& workspace) {
  finn_training_options training = training_options();
  training.steps = kSteps;
  training.seed = seed;
  if (unit_case.task == Task::kDensity) training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  if (unit_case.task == Task::kIntensity) training.loss = FINN_LOSS_POISSON_PROCESS;
  const std::vector<double> u = points(unit_case.task, kRows, seed + 1000);
  std::vector<double> targets;
  if (unit_case.task == Task::kRegression) targets = truth(u, unit_case.task);
  for (double& target : targets) target *= units.y;
  Trainer trainer(model, training);
  trainer.fit(workspace, rows_of(u, units, unit_case, integral), targets);
}

}  // namespace

std::vector<UnitCase> unit_cases() {
  return {unconstrained(Task::kRegression),
          equal(Task::kRegression, FINN_METHOD_SCALE, "scale"),
          equal(Task::kRegression, FINN_METHOD_SCALE, "scale, uniform share", 0.1),
          equal(Task::kRegression, FINN_METHOD_SHIFT, "shift"),
          bounded(FINN_METHOD_SCALE, "scale, clip", FINN_TRANSITION_CLIP),
          bounded(FINN_METHOD_SCALE, "scale, smooth", FINN_TRANSITION_SMOOTH),
          bounded(FINN_METHOD_SCALE, "scale, learned", FINN_TRANSITION_LEARNED),
          bounded(FINN_METHOD_SHIFT, "shift, clip", FINN_TRANSITION_CLIP),
          bounded(FINN_METHOD_SHIFT, "shift, smooth", FINN_TRANSITION_SMOOTH),
          bounded(FINN_METHOD_SHIFT, "shift, learned", FINN_TRANSITION_LEARNED),
          at_most(FINN_METHOD_SCALE, "scale"),
          at_most(FINN_METHOD_SHIFT, "shift"),
          learned(Task::kRegression, FINN_METHOD_SCALE, "scale"),
          learned(Task::kRegression, FINN_METHOD_SHIFT, "shift"),
          learned_from_1(FINN_METHOD_SCALE, "scale"),
          learned_from_1(FINN_METHOD_SHIFT, "shift"),
          per_row(FINN_METHOD_SCALE, "scale"),
          per_row(FINN_METHOD_SHIFT, "shift"),
          {Task::kRegression, "linear, two integrals",
           [](const TrueIntegrals& of) {
             return Constraint::linear(2, 1,
                                       {{{of.whole}}, {{of.half}, {0, 0}, {of.side / 2, of.side}}});
           }},
          equal(Task::kDensity, FINN_METHOD_SCALE, "scale"),
          equal(Task::kDensity, FINN_METHOD_SCALE, "scale, uniform share", 0.01),
          unconstrained(Task::kIntensity),
          learned(Task::kIntensity, FINN_METHOD_SCALE, "scale")};
}

double error_in_units(const UnitCase& unit_case, const Network& network, const Units& units,
                      std::uint64_t seed) {
  const TrueIntegrals of = true_integrals(unit_case.task, units);
  Model model(network, Domain::open_box({0, 0}, {of.side, of.side}),
              {.constraint = unit_case.make(of), .seed = seed});
  Workspace workspace(1);
  train(unit_case, units, of.whole, seed, model, workspace);
  return fitted_error(unit_case, units, of, model, workspace);
}

}  // namespace finn::bench
