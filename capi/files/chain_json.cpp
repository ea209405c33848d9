#include "capi/files/chain_json.hpp"

#include <cmath>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>
#include <variant>

#include "capi/chain_options.hpp"
#include "capi/check.hpp"
#include "capi/files/options_json.hpp"
#include "capi/files/part_json.hpp"
#include "capi/finn.h"
#include "core/json_reader.hpp"
#include "core/json_writer.hpp"
#include "finn/chains/chain_link.hpp"
#include "finn/chains/chain_options.hpp"
#include "finn/chains/linear_link.hpp"
#include "finn/chains/network_link.hpp"
#include "finn/chains/stacked_link.hpp"

namespace finn::capi {
namespace {

constexpr std::size_t kMostVariables = FINN_MAX_MIXTURE_VARIABLES;
constexpr Name kForms[] = {{"linear", FINN_LINK_LINEAR},
                           {"residual", FINN_LINK_RESIDUAL},
                           {"network", FINN_LINK_NETWORK},
                           {"stacked", FINN_LINK_STACKED}};
constexpr std::size_t kMostParts = 3;  // of a stack: each single form once

net::LinkForm form_of(const net::ChainLink& link) {
  if (std::holds_alternative<net::LinearLink>(link.form())) return net::LinkForm::linear;
  const auto* network = std::get_if<net::NetworkLink>(&link.form());
  if (network == nullptr) return net::LinkForm::stacked;
  const bool has_conditions = std::visit(
      [](const auto& model) { return model.conditioning().conditions() > 0; }, network->model());
  return has_conditions ? net::LinkForm::network : net::LinkForm::residual;
}

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

void write_parts(JsonWriter& json, const std::vector<LinkPart>& parts) {
  json.list([&] {
    for (const LinkPart& part : parts) {
      json.object([&] {
        json.key("form").string(name_of(kForms, static_cast<int>(part.form)));
        json.key("share").number(part.share);
      });
    }
  });
}

net::LinkForm read_form(JsonReader& json) {
  return static_cast<net::LinkForm>(
      read_name<finn_link_form>(json, kForms, "linear, residual, network or stacked"));
}

LinkPart read_part(JsonReader& json) {
  LinkPart part{net::LinkForm::stacked, 0};
  json.object([&](std::string_view key) {
    if (key == "form") {
      part.form = read_form(json);
    } else if (key == "share") {
      part.share = json.number();
    } else {
      json.fail_unknown(key, "form and share");
    }
  });
  if (part.form == net::LinkForm::stacked) {
    json.fail_given("no single form", "linear, residual or network");
  }
  if (!(part.share > 0 && part.share <= 1))
    json.fail_given("another share", "one above 0, up to 1");
  return part;
}

void write_link(JsonWriter& json, const net::LinkReport& report, const net::ChainLink& link) {
  json.object([&] {
    json.key("form").string(name_of(kForms, static_cast<int>(report.form)));
    json.key("linear");
    write_value(json, report.linear);
    json.key("residual");
    write_value(json, report.residual);
    json.key("network");
    write_value(json, report.network);
    if (report.form != net::LinkForm::stacked) return;
    json.key("parts");
    write_parts(json, parts_of(link));
  });
}

void read_link(JsonReader& json, ChainDescription& description) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  net::LinkReport report{net::LinkForm::linear, missing, missing, missing};
  std::vector<LinkPart> parts;
  bool has_form = false;
  json.object([&](std::string_view key) {
    if (key == "form") {
      report.form = read_form(json);
      has_form = true;
    } else if (key == "linear") {
      report.linear = read_value(json);
    } else if (key == "residual") {
      report.residual = read_value(json);
    } else if (key == "network") {
      report.network = read_value(json);
    } else if (key == "parts") {
      json.list(kMostParts, [&] { parts.push_back(read_part(json)); });
    } else {
      json.fail_unknown(key, "form, linear, residual, network and parts");
    }
  });
  json.require_member(has_form, "form");
  if (report.form != net::LinkForm::stacked) {
    parts = {{report.form, 1}};
  } else {
    json.require_member(parts.size() >= 2, "two parts or more");
    double sum = 0;
    for (const LinkPart& part : parts) sum += part.share;
    if (!(std::fabs(sum - 1) < 1e-12)) json.fail_given("shares", "those that sum to 1");
  }
  description.reports.push_back(report);
  description.parts.push_back(std::move(parts));
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

std::vector<LinkPart> parts_of(const net::ChainLink& link) {
  const auto* stack = std::get_if<std::shared_ptr<const net::StackedLink>>(&link.form());
  if (stack == nullptr) return {{form_of(link), 1}};
  std::vector<LinkPart> parts;
  for (std::size_t k = 0; k < (*stack)->links().size(); ++k) {
    parts.push_back({form_of((*stack)->links()[k]), (*stack)->shares()[k]});
  }
  return parts;
}

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
      for (std::size_t i = 0; i < fit.links().size(); ++i) {
        write_link(json, fit.reports()[i], fit.links()[i]);
      }
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
      json.list(kMostVariables, [&] { read_link(json, description); });
    } else {
      json.fail_unknown(key, "conditions, lower, upper, options and links");
    }
  });
  json.end();
  require_limits(document, description);
  if (description.conditions > net::kMaxChainConditions) {
    fail(Status::ERROR_FORMAT, "%s: %d conditions given, at most %d expected", document.c_str(),
         description.conditions, net::kMaxChainConditions);
  }
  description.options =
      as_format(document.c_str(), [&] { return checked_chain_options(&options); });
  return description;
}

}  // namespace finn::capi
