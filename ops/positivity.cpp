#include "ops/positivity.hpp"

#include "ops/elementwise.hpp"

namespace finn::ops {

template <class T>
T mapped_weight(Positivity positivity, T parameter) {
  switch (positivity) {
    case Positivity::abs:
      return rule_abs<T>::value(parameter);
    case Positivity::softplus:
      return rule_softplus<T>::value(parameter);
    case Positivity::square:
      return rule_square<T>::value(parameter);
    case Positivity::exp:
      return rule_exp<T>::value(parameter);
    case Positivity::none:
      break;
  }
  return parameter;
}

template <class T>
T mapped_weight_derivative(Positivity positivity, T parameter) {
  const T weight = mapped_weight(positivity, parameter);
  switch (positivity) {
    case Positivity::abs:
      return rule_abs<T>::derivative(parameter, weight);
    case Positivity::softplus:
      return rule_softplus<T>::derivative(parameter, weight);
    case Positivity::square:
      return rule_square<T>::derivative(parameter, weight);
    case Positivity::exp:
      return rule_exp<T>::derivative(parameter, weight);
    case Positivity::none:
      break;
  }
  return T(1);
}

double parameter_of_weight(Positivity positivity, double weight) {
  switch (positivity) {
    case Positivity::softplus:
      return weight > 30 ? weight : std::log(std::expm1(weight));
    case Positivity::square:
      return std::sqrt(weight);
    case Positivity::exp:
      return std::log(weight);
    case Positivity::abs:
    case Positivity::none:
      break;
  }
  return weight;
}

template float mapped_weight(Positivity, float);
template double mapped_weight(Positivity, double);
template float mapped_weight_derivative(Positivity, float);
template double mapped_weight_derivative(Positivity, double);

}  // namespace finn::ops
