// The functions whose errors are measured, in groups that are computed together.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "ops/kernels/dispatch.hpp"
#include "ops/kernels/table.hpp"
#include "ops/kernels/unary_functions.hpp"
#include "tests/accuracy/quad_sigma.hpp"
#include "tests/accuracy/worst.hpp"

namespace finn::accuracy {

struct Row {
  std::string name;
  double floor;        // errors are relative to the result, or to this where the result is smaller
  double bound;        // in unit roundoffs
  bool rises = false;  // with its argument, so that a step down is an error
  bool positive = false;
  bool vanishes = false;  // 0 where the result would be below the smallest normal number

  template <class T>
  bool holds(const Worst<T>& worst) const {
    return worst.units <= bound && worst.subnormal <= 1 && (!rises || worst.decrease <= 1) &&
           (!positive || worst.smallest >= 0);
  }
};

template <class T>
struct Group {
  std::vector<Row> rows;
  // out[row * x.size() + i] = value of the row at x[i], by the kernels of a table.
  std::function<void(const ops::KernelTable<T>&, const std::vector<T>& x, T* out)> evaluate;
  // The same by the reference.
  std::function<void(const std::vector<T>& x, Reference* out)> refer;
};

// References for double in 113 bits: of(x)[row].
template <class Of>
auto quad_reference(Of of) {
  return [=](const std::vector<double>& x, Reference* out) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      const std::vector<Quad> values = of(x[i]);
      for (std::size_t row = 0; row < values.size(); ++row) {
        out[row * x.size() + i] = static_cast<Reference>(values[row]);
      }
    }
  };
}

// References for float: the double kernels, whose own errors are 2^-29 of those of float.
template <class Evaluate>
auto double_reference(std::size_t rows, Evaluate evaluate) {
  return [=](const std::vector<float>& x, Reference* out) {
    const std::vector<double> arguments(x.begin(), x.end());
    std::vector<double> values(rows * x.size());
    evaluate(ops::kernels<double>(), arguments, values.data());
    std::copy(values.begin(), values.end(), out);
  };
}

template <class T>
void evaluate_sigma(const ops::KernelTable<T>& table, const std::vector<T>& x, T* out) {
  const auto length = static_cast<std::ptrdiff_t>(x.size());
  table.sigma_family(kTop, kTop + 1, x.data(), length, out + kTop * length, -length,
                     std::numeric_limits<T>::min());
}

// Rows log sigma_0 .. log sigma_8, then their derivatives.
template <class T>
void evaluate_log_sigma(const ops::KernelTable<T>& table, const std::vector<T>& x, T* out) {
  const auto length = static_cast<std::ptrdiff_t>(x.size());
  for (int order = 0; order <= kTop; ++order) {
    T* log = out + order * length;
    table.log_sigma(order, x.data(), length, log, log + (kTop + 1) * length);
  }
}

template <class T>
void evaluate_elementwise(const ops::KernelTable<T>& table, const std::vector<T>& x, T* out) {
  const auto length = static_cast<std::ptrdiff_t>(x.size());
  for (const ops::UnaryFunction f :
       {ops::unary_exp, ops::unary_log, ops::unary_tanh, ops::unary_softplus}) {
    table.unary[f](x.data(), length, out);
    out += length;
  }
}

template <class T>
Group<T> sigma_group() {
  Group<T> group;
  for (int m = 0; m <= kTop; ++m) {
    group.rows.push_back(
        {"sigma_" + std::to_string(m), 0, m >= 1 && m <= 4 ? 4.0 : 8.0, m > 0, true, true});
  }
  group.evaluate = evaluate_sigma<T>;
  if constexpr (sizeof(T) == sizeof(double)) {
    group.refer = quad_reference([](double x) {
      const QuadFamily sigma = quad_sigma(x);
      return std::vector<Quad>(sigma.begin(), sigma.end());
    });
  } else {
    group.refer = double_reference(kTop + 1, evaluate_sigma<double>);
  }
  return group;
}

template <class T>
Group<T> log_sigma_group() {
  Group<T> group;
  // From order 2 on the logarithm has a zero, where only its absolute error can be small.
  for (int m = 0; m <= kTop; ++m) {
    const double floor = m < 2 ? 0.0 : 1.0;
    group.rows.push_back({"log sigma_" + std::to_string(m), floor, 8, false, false, m == 1});
  }
  for (int m = 0; m <= kTop; ++m) {
    group.rows.push_back({"slope of log sigma_" + std::to_string(m), 0, 8, false, false, m == 1});
  }
  group.evaluate = evaluate_log_sigma<T>;
  if constexpr (sizeof(T) == sizeof(double)) {
    group.refer = quad_reference([](double x) {
      const QuadLog at = quad_log_sigma(x);
      std::vector<Quad> values(at.log.begin(), at.log.end());
      values.insert(values.end(), at.slope.begin(), at.slope.end());
      return values;
    });
  } else {
    group.refer = double_reference(2 * (kTop + 1), evaluate_log_sigma<double>);
  }
  return group;
}

template <class T>
Group<T> elementwise_group() {
  Group<T> group;
  for (const char* name : {"exp", "log", "tanh", "softplus"}) {
    const bool vanishes = std::string_view(name) == "exp" || std::string_view(name) == "softplus";
    group.rows.push_back({name, 0, 4, false, false, vanishes});
  }
  group.evaluate = evaluate_elementwise<T>;
  if constexpr (sizeof(T) == sizeof(double)) {
    group.refer = quad_reference([](double x) {
      const Quad tail = log1pq(expq(-fabsq(x)));
      return std::vector<Quad>{expq(x), logq(x), tanhq(x), fmaxq(x, 0) + tail};
    });
  } else {
    group.refer = double_reference(4, evaluate_elementwise<double>);
  }
  return group;
}

}  // namespace finn::accuracy
