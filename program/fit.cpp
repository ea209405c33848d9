#include <unistd.h>

#include <filesystem>
#include <finn.hpp>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "program/arguments.hpp"
#include "program/commands.hpp"
#include "program/fit_chain.hpp"
#include "program/fit_report.hpp"
#include "program/interrupt.hpp"
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
    {"network", "mixture|mlp|chain",
     "the form of the network; a mixture by default, a chain for a density of many variables"},
    {"lower", "A,B",
     "lower limits of the box, a number or auto for each variable; auto, the default, is the range "
     "of the rows, wider by a tenth of it on either side, and of a chain no limit"},
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
    {"precision", "float64|float32", "in what the model computes, and a chain is trained; float64"},
    {"seed", "N", "seed of the first parameters and of the training; 0"},
    {"threads", "N", "threads at most; 0, the default, is one for each processor"},
    {"set", "NAME=VALUE", "an option by name: --set training.seed=3"},
    {"quiet", "", "no progress"},
    {"json", "", "the result as JSON"},
};

constexpr unsigned long long kAnySeed = std::numeric_limits<unsigned long long>::max();

std::vector<std::string> used_sets(const Arguments& arguments) {
  if (is_chain(arguments)) return {"chain"};
  std::vector<std::string> used = {is_mlp(arguments) ? "mlp" : "mixture", "constraint"};
  if (arguments.has("conditions")) used.emplace_back("conditioning");
  used.emplace_back("training");
  return used;
}

finn_precision precision_of(const Arguments& arguments) {
  const std::vector<std::string> precisions = {"float64", "float32"};
  return static_cast<finn_precision>(arguments.choice("precision", precisions, 0));
}

OptionSets options_of(const Arguments& arguments) {
  if (is_chain(arguments)) check_chain_flags(arguments);
  OptionSets options;
  if (!arguments.has("target")) options.training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  options.training.seed = options.chain.seed = arguments.integer("seed", 0, kAnySeed);
  options.chain.precision = precision_of(arguments);
  set_options(options, used_sets(arguments), arguments.options());
  if (options.training.loss == FINN_LOSS_CUSTOM) {
    arguments.fail("--loss custom given, which only a program of your own can have");
  }
  if (options.training.loss == FINN_LOSS_INTERVAL_LIKELIHOOD) {
    arguments.fail(
        "--loss interval_likelihood given, which only a program of your own can have: "
        "this one reads no upper ends");
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
  const std::uint64_t seed = fit.arguments.integer("seed", 0, kAnySeed);
  finn::ModelSettings settings;
  settings.constraint = constraint_of(fit);
  settings.conditioning = conditioning_of(fit);
  settings.precision = precision_of(fit.arguments);
  settings.seed = seed;
  finn::Model model(network_of(fit), domain_of(fit), settings);
  check_targets(fit, model);
  return model;
}

void run(const Arguments& arguments) {
  const std::string path = arguments.required("output");
  const OptionSets options = options_of(arguments);
  check_place(path);
  const Rows rows = rows_of(arguments);
  const FitArguments fit{arguments, options, rows};
  finn::Workspace workspace(static_cast<std::int32_t>(arguments.integer("threads", 0, 1024)));
  if (is_chain(arguments)) return fit_chain(fit, workspace);
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
  report(fit, model, trainer, workspace);
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
