#include "finn/model/standards.hpp"

#include <cmath>

#include "core/error.hpp"
#include "ops/kernels/table.hpp"

namespace finn::net {
namespace {

template <class T>
std::vector<double> read_numbers(const T* first, int count) {
  return {first, first + count};
}

void require_finite(const std::vector<double>& numbers, const char* what, const char* of) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (std::isfinite(numbers[i])) continue;
    core::fail(core::Status::ERROR_ARGUMENT,
               "parameters: %g given as the %s of %s %zu, a finite number expected", numbers[i],
               what, of, i);
  }
}

// The exponentials of logarithms, by the kernel that has the same bits everywhere.
std::vector<double> exponentials(std::vector<double> logarithms, const char* what, const char* of) {
  const auto count = static_cast<std::ptrdiff_t>(logarithms.size());
  std::vector<double> numbers(logarithms.size());
  ops::kernels<double>().unary[ops::unary_exp](logarithms.data(), count, numbers.data());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] > 0 && std::isfinite(numbers[i])) continue;
    core::fail(core::Status::ERROR_ARGUMENT,
               "parameters: %g given as the logarithm of the %s of %s %zu, that of a finite number "
               "above 0 expected",
               logarithms[i], what, of, i);
  }
  return numbers;
}

template <class T>
void write_numbers(const std::vector<double>& numbers, T* to) {
  for (const double number : numbers) *to++ = static_cast<T>(number);
}

template <class T>
void write_logarithms(const std::vector<double>& numbers, T* to) {
  for (const double number : numbers) *to++ = static_cast<T>(std::log(number));
}

}  // namespace

template <class T>
Standards standards_of(const StandardsLayout& layout, const T* section) {
  const auto [n, c, m] = layout;
  Standards standards;
  standards.mean = read_numbers(section + layout.mean(), n);
  require_finite(standards.mean, "mean", "variable");
  standards.spread =
      exponentials(read_numbers(section + layout.log_spread(), n), "spread", "variable");
  standards.condition_mean = read_numbers(section + layout.condition_mean(), c);
  require_finite(standards.condition_mean, "mean", "condition");
  standards.condition_spread =
      exponentials(read_numbers(section + layout.log_condition_spread(), c), "spread", "condition");
  standards.unit = exponentials(read_numbers(section + layout.log_unit(), m), "unit", "output");
  return standards;
}

template <class T>
void write_standards(const StandardsLayout& layout, const Standards& standards, T* section) {
  write_numbers(standards.mean, section + layout.mean());
  write_logarithms(standards.spread, section + layout.log_spread());
  write_numbers(standards.condition_mean, section + layout.condition_mean());
  write_logarithms(standards.condition_spread, section + layout.log_condition_spread());
  write_logarithms(standards.unit, section + layout.log_unit());
}

Coordinates standardised(Coordinates coordinates, const Standards& standards) {
  for (std::size_t i = 0; i < standards.mean.size(); ++i) {
    coordinates.scale[i] /= standards.spread[i];
    coordinates.offset[i] = (coordinates.offset[i] - standards.mean[i]) / standards.spread[i];
  }
  return coordinates;
}

template Standards standards_of(const StandardsLayout&, const float*);
template Standards standards_of(const StandardsLayout&, const double*);
template void write_standards(const StandardsLayout&, const Standards&, float*);
template void write_standards(const StandardsLayout&, const Standards&, double*);

}  // namespace finn::net
