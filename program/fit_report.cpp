#include "program/fit_report.hpp"

#include <cmath>
#include <cstdio>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "program/json.hpp"
#include "program/rows.hpp"
#include "program/text.hpp"

namespace program {
namespace {

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
  const char* key;
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
  if (rows.y.empty()) return {"mean_log_f", "mean log f", sum / all};
  return {"root_mean_squared_error", "root mean squared error", std::sqrt(sum / all)};
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

// The sentences of a summary that warn.
std::vector<std::string> warnings_of(const std::string& text) {
  constexpr std::string_view mark = "warning: ";
  std::vector<std::string> warnings;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(mark)) warnings.push_back(line.substr(mark.size()));
  }
  return warnings;
}

void add_summary(JsonObject& object, const finn_training_summary& summary) {
  const auto count = [&](const char* key, std::int64_t value) {
    object.number(key, static_cast<double>(value));
  };
  count("steps", summary.steps);
  object.string("outcome", text_of_outcome(summary.outcome));
  object.number("loss", summary.loss).number("smoothed_loss", summary.smoothed_loss);
  object.number("last_validation_loss", summary.validation_loss);
  object.number("validation_loss", summary.best_validation_loss);
  count("best_step", summary.best_step);
  count("rows_trained_on", summary.rows);
  count("validation_rows", summary.validation_rows);
  count("rows_looked_at", summary.rows_looked_at);
  count("rows_at_floor", summary.rows_at_floor);
  object.number("floor_share", summary.floor_share).number("integral", summary.integral);
  object.add("warnings", json_list(warnings_of(finn::summary_text(summary))));
}

void print_json(const FitArguments& fit, const finn::Model& model, const Quality& quality,
                const finn_training_summary& summary) {
  const auto [lower, upper] = model.domain().limits();
  JsonObject object;
  object.string("model", fit.arguments.required("output"));
  object.number("rows", static_cast<double>(fit.rows.count));
  object.add("variables", json_list(fit.rows.variables));
  object.add("conditions", json_list(fit.rows.conditions));
  object.add("targets", json_list(fit.rows.targets));
  object.add("lower", json_list(lower)).add("upper", json_list(upper));
  object.number("parameters", static_cast<double>(model.parameter_count()));
  object.number(quality.key, quality.value);
  add_summary(object, summary);
  std::printf("%s\n", object.text().c_str());
}

void print_lines(const FitArguments& fit, const finn::Model& model, const Quality& quality,
                 const finn_training_summary& summary) {
  const auto [lower, upper] = model.domain().limits();
  const Rows& rows = fit.rows;
  std::printf("%s: %s of %s%s over [%s] .. [%s], %zu parameters\n",
              fit.arguments.required("output").c_str(),
              rows.targets.empty() ? "density" : "function", joined(rows.variables).c_str(),
              rows.conditions.empty() ? "" : (" given " + joined(rows.conditions)).c_str(),
              joined(lower).c_str(), joined(upper).c_str(), model.parameter_count());
  std::printf("%s %s over all %zu rows\n%s", quality.name, short_text(quality.value).c_str(),
              rows.count, finn::summary_text(summary).c_str());
}

}  // namespace

void report(const FitArguments& fit, const finn::Model& model, const finn::Trainer& trainer,
            finn::Workspace& workspace) {
  const Quality quality = quality_of(in_double(model), workspace, fit.rows);
  const finn_training_summary summary = trainer.summary(workspace);
  if (fit.arguments.has("json")) return print_json(fit, model, quality, summary);
  print_lines(fit, model, quality, summary);
}

}  // namespace program
