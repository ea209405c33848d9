#include "capi/files/chain_json.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

#include "capi/chain_options.hpp"
#include "capi/check.hpp"
#include "capi/files/options_json.hpp"
#include "capi/files/part_json.hpp"
#include "capi/finn.h"
#include "core/json_reader.hpp"
#include "core/json_writer.hpp"

namespace finn::capi {
namespace {

constexpr std::size_t kMostVariables = FINN_MAX_MIXTURE_VARIABLES;
constexpr Name kForms[] = {
    {"linear", FINN_LINK_LINEAR}, {"residual", FINN_LINK_RESIDUAL}, {"network", FINN_LINK_NETWORK}};

void write_limits(JsonWriter& json, const std::vector<double>& limits) {
  json.list([&] {
    for (const double limit : limits) json.number_or_infinity(limit);
  });
}

std::vector<double> read_limits(JsonReader& json) {
  std::vector<double> limits;
  json.list(kMostVariables, [&] { limits.push_back(json.number_or_infinity()); });
  return limits;
}

// A log likelihood, or null where it was not tried; -infinity is one, too.
void write_value(JsonWriter& json, double value) {
  if (std::isnan(value)) return json.null();
  json.number_or_infinity(value);
}
double read_value(JsonReader& json) {
  if (json.null_if_next()) return std::numeric_limits<double>::quiet_NaN();
  return json.number_or_infinity();
}

void write_link(JsonWriter& json, const net::LinkReport& report) {
  json.object([&] {
    json.key("form").string(name_of(kForms, static_cast<int>(report.form)));
    json.key("linear");
    write_value(json, report.linear);
    json.key("residual");
    write_value(json, report.residual);
    json.key("network");
    write_value(json, report.network);
  });
}

net::LinkReport read_link(JsonReader& json) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  net::LinkReport report{net::LinkForm::linear, missing, missing, missing};
  bool has_form = false;
  json.object([&](std::string_view key) {
    if (key == "form") {
      report.form = static_cast<net::LinkForm>(
          read_name<finn_link_form>(json, kForms, "linear, residual or network"));
      has_form = true;
    } else if (key == "linear") {
      report.linear = read_value(json);
    } else if (key == "residual") {
      report.residual = read_value(json);
    } else if (key == "network") {
      report.network = read_value(json);
    } else {
      json.fail_unknown(key, "form, linear, residual and network");
    }
  });
  json.require_member(has_form, "form");
  return report;
}

void require_limits(const std::string& document, const ChainDescription& description) {
  const std::size_t variables = description.lower.size();
  if (variables == 0 || description.upper.size() != variables ||
      description.reports.size() > variables) {
    fail(Status::ERROR_FORMAT,
         "%s: %zu lower limits, %zu upper limits and %zu links given, as many limits of each kind "
         "and no more links expected",
         document.c_str(), variables, description.upper.size(), description.reports.size());
  }
  for (std::size_t i = 0; i < variables; ++i) {
    if (description.lower[i] < description.upper[i]) continue;
    fail(Status::ERROR_FORMAT, "%s: limits [%g, %g] of variable %zu given, in order expected",
         document.c_str(), description.lower[i], description.upper[i], i);
  }
}

}  // namespace

std::string chain_description(const net::ChainFit& fit) {
  JsonWriter json;
  json.object([&] {
    json.key("conditions").integer(fit.conditions());
    json.key("lower");
    write_limits(json, fit.limits().lower);
    json.key("upper");
    write_limits(json, fit.limits().upper);
    json.key("options");
    write_options(json, chain_options_of(fit.options()));
    json.key("links").list([&] {
      for (const net::LinkReport& report : fit.reports()) write_link(json, report);
    });
  });
  return json.take();
}

ChainDescription read_chain_description(const std::string& document, const std::string& text) {
  ChainDescription description;
  core::JsonReader json(document, text);
  auto options = finn_chain_options{};
  finn_chain_options_init(&options, sizeof options);
  json.object([&](std::string_view key) {
    if (key == "conditions") {
      description.conditions = read_count(json);
    } else if (key == "lower") {
      description.lower = read_limits(json);
    } else if (key == "upper") {
      description.upper = read_limits(json);
    } else if (key == "options") {
      options = read_options<finn_chain_options>(json);
    } else if (key == "links") {
      json.list(kMostVariables, [&] { description.reports.push_back(read_link(json)); });
    } else {
      json.fail_unknown(key, "conditions, lower, upper, options and links");
    }
  });
  json.end();
  require_limits(document, description);
  if (description.conditions > 1024) {
    fail(Status::ERROR_FORMAT, "%s: %d conditions given, at most 1024 expected", document.c_str(),
         description.conditions);
  }
  description.options =
      as_format(document.c_str(), [&] { return checked_chain_options(&options); });
  return description;
}

}  // namespace finn::capi
