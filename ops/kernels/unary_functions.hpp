// Functions of one number, one line each: name, value at x, derivative by the argument x and the
// result y. The names are defined on packs in elementwise.hpp.
#pragma once

#define FINN_UNARY_FUNCTIONS(X)           \
  X(exp, exp(x), y)                       \
  X(log, log(x), one / x)                 \
  X(tanh, tanh(x), (one - y) * (one + y)) \
  X(softplus, softplus(x), logistic(x))   \
  X(square, x* x, x + x)                  \
  X(sqrt, sqrt(x), half / y)              \
  X(abs, abs(x), sign(x))

namespace finn::ops {

// What KernelTable::unary is indexed by.
enum UnaryFunction {
#define FINN_UNARY_NAME(name, value, derivative) unary_##name,
  FINN_UNARY_FUNCTIONS(FINN_UNARY_NAME)
#undef FINN_UNARY_NAME
      unary_count
};

}  // namespace finn::ops
