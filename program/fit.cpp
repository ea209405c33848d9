#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <finn.hpp>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "program/arguments.hpp"
#include "program/commands.hpp"
#include "program/interrupt.hpp"
#include "program/json.hpp"
#include "program/option_sets.hpp"
#include "program/parts.hpp"
#include "program/progress.hpp"
#include "program/rows.hpp"
#include "program/text.hpp"

namespace program {
namespace {

const Flag kFlags[] = {
    {"output", "MODEL", "the file of the model, which is replaced whole; needed", 'o'},
    {"columns", "A,B", "the variables, by name or number; usually all columns left over"},
    {"conditions", "C", "columns that the function depends on without being integrated over them"},
    {"target", "Y", "fits a function with these values, by squared error, and not a density"},
    {"weight", "W", "the column that says how often a row counts"},
    {"network", "mixture|mlp", "the form of the network; a mixture by default"},
    {"lower", "A,B",
     "lower limits of the box, a number or auto for each variable; auto, the default, is the range "
     "of the rows, wider by a tenth of it on either side"},
    {"upper", "A,B", "upper limits of the box"},
    {"constraint", "none|equal|bounded|learned",
     "what holds for the integral; a density has an integral of 1, a regression is free"},
    {"integral", "J", "the integral that is to be equal, or where a learned one begins; 1"},
    {"at-least", "J", "lower bound of the integral"},
    {"at-most", "J", "upper bound of the integral"},
    {"method", "scale|shift",
     "how the integral is met; by scale for a positive network, by shift otherwise"},
    {"transition", "clip|smooth|learned", "how the integral stays in its bounds; clip"},
    {"conditioning", "film|hypernetwork|inputs", "how conditions come in; film"},
    {"precision", "float64|float32", "in what the model computes; float64"},
    {"seed", "N", "seed of the first parameters and of the training; 0"},
    {"threads", "N", "threads at most; 0, the default, is one for each processor"},
    {"set", "NAME=VALUE", "an option by name: --set training.seed=3"},
    {"quiet", "", "no progress"},
    {"json", "", "the result as JSON"},
};

constexpr unsigned long long kAnySeed = std::numeric_limits<unsigned long long>::max();

std::vector<std::string> used_sets(const Arguments& arguments) {
  std::vector<std::string> used = {is_mlp(arguments) ? "mlp" : "mixture", "constraint"};
  if (arguments.has("conditions")) used.emplace_back("conditioning");
  used.emplace_back("training");
  return used;
}

OptionSets options_of(const Arguments& arguments) {
  OptionSets options;
  if (!arguments.has("target")) options.training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  options.training.seed = arguments.integer("seed", 0, kAnySeed);
  set_options(options, used_sets(arguments), arguments.options());
  if (options.training.loss == FINN_LOSS_CUSTOM) {
    arguments.fail("--loss custom given, which only a program of your own can have");
  }
  const bool has_targets = options.training.loss != FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD &&
                           options.training.loss != FINN_LOSS_POISSON_PROCESS;
  if (has_targets != arguments.has("target")) {
    arguments.fail(has_targets ? "this --loss compares with values: --target is missing"
                               : "--target given, which this --loss has no use for");
  }
  return options;
}

Rows rows_of(const Arguments& arguments) {
  return read_rows(arguments.input(0), {arguments.list("columns"), arguments.list("conditions"),
                                        arguments.list("target"), arguments.value("weight")});
}

// Found before the fit and not after it.
void check_place(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  const std::filesystem::path folder = parent.empty() ? "." : parent;
  if (std::filesystem::is_directory(path)) {
    throw std::runtime_error(path + ": a folder given, the name of a file expected");
  }
  if (!std::filesystem::is_directory(folder)) {
    throw std::runtime_error(path + ": the folder " + folder.string() + " does not exist");
  }
  if (access(folder.c_str(), W_OK) != 0) {
    throw std::runtime_error(path + ": the folder " + folder.string() + " cannot be written to");
  }
}

// A positive network without a constraint can never be below 0: no fit would come near.
void check_targets(const FitArguments& fit, const finn::Model& model) {
  const bool is_free = is_mlp(fit.arguments) && fit.options.mlp.positivity == FINN_POSITIVITY_NONE;
  if (is_free || model.constraint().form() != FINN_CONSTRAINT_NONE) return;
  for (std::size_t i = 0; i < fit.rows.y.size(); ++i) {
    if (fit.rows.y[i] >= 0) continue;
    throw std::runtime_error("row " + std::to_string(i / fit.rows.targets.size() + 1) +
                             ": target " + text_of(fit.rows.y[i]) +
                             " given, but this network is never below 0: --network mlp "
                             "--positivity none takes either sign");
  }
}

finn::Model model_of(const FitArguments& fit) {
  const std::vector<std::string> precisions = {"float64", "float32"};
  const std::uint64_t seed = fit.arguments.integer("seed", 0, kAnySeed);
  finn::ModelSettings settings;
  settings.constraint = constraint_of(fit);
  settings.conditioning = conditioning_of(fit);
  settings.precision =
      static_cast<finn_precision>(fit.arguments.choice("precision", precisions, 0));
  settings.seed = seed;
  finn::Model model(network_of(fit), domain_of(fit), settings);
  check_targets(fit, model);
  model.initialise_from_data(fit.rows.x, seed);
  return model;
}

// A model with the same parameters that computes in double: f of a float model is per volume of x,
// and may be no float where its log likelihood is a number.
finn::Model in_double(const finn::Model& model) {
  finn::ModelSettings settings;
  settings.constraint = model.constraint();
  settings.conditioning = model.conditioning();
  finn::Model copy(model.network(), model.domain(), settings);
  copy.set_parameters(model.parameters());
  return copy;
}

// "mean log likelihood" or "root mean squared error" over all rows.
struct Quality {
  const char* name;
  double value;
};

Quality quality_of(const finn::Model& model, finn::Workspace& workspace, const Rows& rows) {
  const std::vector<double> f = model.integrand(workspace, rows.x);
  const std::size_t outputs = model.outputs();
  double sum = 0, all = 0;
  for (std::size_t i = 0; i < f.size(); ++i) {
    const double weight = rows.weights.empty() ? 1 : rows.weights[i / outputs];
    const double error = rows.y.empty() ? std::log(f[i]) : (f[i] - rows.y[i]) * (f[i] - rows.y[i]);
    sum += weight == 0 ? 0 : weight * error;
    all += weight;
  }
  if (rows.y.empty()) return {"mean_log_f", sum / all};
  return {"root_mean_squared_error", std::sqrt(sum / all)};
}

const char* text_of_outcome(finn_outcome outcome) {
  switch (outcome) {
    case FINN_OUTCOME_STEPS_DONE:
      return "steps done";
    case FINN_OUTCOME_EARLY_STOPPED:
      return "stopped early by the validation rows";
    case FINN_OUTCOME_CONVERGED:
      return "converged";
    case FINN_OUTCOME_STALLED:
      return "stalled";
    case FINN_OUTCOME_STOPPED:
      return "interrupted";
    default:
      return "unfinished";
  }
}

void report(const FitArguments& fit, const finn::Model& model, const finn::Trainer& trainer,
            const Quality& quality) {
  const std::string path = fit.arguments.required("output");
  const auto [lower, upper] = model.domain().limits();
  const std::vector<double> losses = trainer.history();
  const double loss = losses.empty() ? std::nan("") : losses.back();
  if (fit.arguments.has("json")) {
    JsonObject object;
    object.string("model", path);
    object.number("rows", static_cast<double>(fit.rows.count));
    object.add("variables", json_list(fit.rows.variables));
    object.add("conditions", json_list(fit.rows.conditions));
    object.add("targets", json_list(fit.rows.targets));
    object.add("lower", json_list(lower)).add("upper", json_list(upper));
    object.number("parameters", static_cast<double>(model.parameter_count()));
    object.number("steps", static_cast<double>(trainer.steps()));
    object.string("outcome", text_of_outcome(trainer.outcome()));
    object.number("loss", loss).number(quality.name, quality.value);
    object.number("validation_loss", trainer.best().validation_loss);
    std::printf("%s\n", object.text().c_str());
    return;
  }
  std::printf("%s: %s of %s%s over [%s] .. [%s], %zu parameters\n", path.c_str(),
              fit.rows.targets.empty() ? "density" : "function", joined(fit.rows.variables).c_str(),
              fit.rows.conditions.empty() ? "" : (" given " + joined(fit.rows.conditions)).c_str(),
              joined(lower).c_str(), joined(upper).c_str(), model.parameter_count());
  std::printf("%zu rows, %lld steps (%s), loss %s, %s %s\n", fit.rows.count,
              static_cast<long long>(trainer.steps()), text_of_outcome(trainer.outcome()),
              short_text(loss).c_str(),
              fit.rows.targets.empty() ? "mean log f" : "root mean squared error",
              short_text(quality.value).c_str());
}

void run(const Arguments& arguments) {
  const std::string path = arguments.required("output");
  const OptionSets options = options_of(arguments);
  check_place(path);
  const Rows rows = rows_of(arguments);
  const FitArguments fit{arguments, options, rows};
  finn::Workspace workspace(static_cast<std::int32_t>(arguments.integer("threads", 0, 1024)));
  finn::Model model = model_of(fit);
  finn::Trainer trainer(model, options.training);
  {
    const Interrupt interrupt;
    Progress progress(arguments.has("quiet"));
    trainer.fit(workspace, rows.x, rows.y, rows.weights, [&](const finn_progress& now) {
      progress.show(now);
      return !interrupt.came();
    });
  }
  model.save(path);
  report(fit, model, trainer, quality_of(in_double(model), workspace, rows));
}

}  // namespace

const Command kFit = {"fit",
                      "rows.csv -o model.safetensors",
                      1,
                      1,
                      "Fits a density of the columns of a CSV file, or with --target a function, "
                      "and saves the model.\nCtrl-C ends the fit and saves what it has come to.",
                      kFlags,
                      true,
                      run};

}  // namespace program
