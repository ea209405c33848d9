#include "finn/data/check_row.hpp"

#include <cstdio>
#include <string>

#include "core/error.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

}  // namespace

std::string place_text(const RowPlace& place, int first, int last) {
  std::string text = std::string(place.name) + ": " + place.unit + " " +
                     std::to_string(place.number) + ", column ";
  if (place.labels == nullptr) {
    text += std::to_string(place.first_column + first);
    return last == first ? text : text + " .. " + std::to_string(place.first_column + last);
  }
  for (int column = first; column <= last; ++column) {
    text += (column == first ? "" : ", ") + place.labels[column];
  }
  return text;
}

void fail_at_column(const RowRules& rules, const RowPlace& place, int column, double value) {
  const std::string at = place_text(place, column, column);
  if (!std::isfinite(value)) {
    fail(Status::ERROR_NOT_FINITE, "%s: %g given, a finite number expected", at.c_str(), value);
  }
  if (column == rules.weight) {
    fail(Status::ERROR_ARGUMENT, "%s: a weight of %g given, 0 or more expected", at.c_str(), value);
  }
  if (rules.positive.contains(column)) {
    fail(Status::ERROR_ARGUMENT, "%s: a target of %g given, above 0 expected", at.c_str(), value);
  }
  const Box& box = rules.region->box;
  const auto i = static_cast<std::size_t>(column);
  fail(Status::ERROR_ARGUMENT, "%s: %.17g lies outside the domain, %.17g .. %.17g expected",
       at.c_str(), value, box.lower[i], box.upper[i]);
}

void fail_outside_domain(const RowPlace& place, const double* x, int variables) {
  std::string point;
  for (int i = 0; i < variables; ++i) {
    char number[32];
    std::snprintf(number, sizeof number, "%s%.9g", i == 0 ? "" : ", ", x[i]);
    point += number;
  }
  const std::string at = place_text(place, 0, variables - 1);
  fail(Status::ERROR_ARGUMENT, "%s: x = (%s) lies outside the domain", at.c_str(), point.c_str());
}

}  // namespace finn::net
