#include "finn/networks/network_shape.hpp"

#include <cinttypes>
#include <utility>

#include "core/check.hpp"
#include "core/error.hpp"
#include "core/option.hpp"
#include "core/subset.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/conditioning_shape.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::require_enumerator;
using core::require_range;
using core::Status;

// The limits of each option by itself.
#define FINN_REQUIRE_OPTION(path, name, row, applies_to, sentence) \
  core::require_valid((row).described(#name, applies_to, sentence), "", shape.path);
#define FINN_REQUIRED_ELSEWHERE(...)

void require_mixture(const NetworkShape& shape) {
  if (shape.positivity == ops::Positivity::none) {
    fail(Status::ERROR_ARGUMENT,
         "positivity: FINN_POSITIVITY_NONE given for a mixture, whose components are increasing "
         "functions; an mlp may go without");
  }
  FINN_MIXTURE_OPTIONS(FINN_REQUIRE_OPTION, FINN_REQUIRED_ELSEWHERE)
}

void require_activation(const NetworkShape& shape) {
  require_enumerator(shape.activation, ActivationKind::sine, "activation");
  const auto& properties = ops::properties(shape.activation);
  if (shape.positivity == ops::Positivity::none || properties.non_negative) return;
  fail(Status::ERROR_ARGUMENT,
       "activation: %s given with positivity; a derivative of it changes sign, use "
       "FINN_ACTIVATION_SIGMA or FINN_POSITIVITY_NONE",
       properties.name);
}

void require_mlp(const NetworkShape& shape) {
  FINN_MLP_OPTIONS(FINN_REQUIRE_OPTION, FINN_REQUIRED_ELSEWHERE)
  require_activation(shape);
  require_range(shape.orthants, 1, 1 << shape.variables, "orthants");
  if (shape.orthants > 1 && shape.positivity == ops::Positivity::none) {
    fail(Status::ERROR_ARGUMENT,
         "orthants: %d given without positivity, 1 expected: free weights have all signs already",
         shape.orthants);
  }
  if (shape.skip_read_out && shape.last_activation) {
    fail(Status::ERROR_ARGUMENT,
         "skip: 1 given with output_activation, which is that of the last layer alone; 0 expected "
         "of one of both");
  }
}

#undef FINN_REQUIRE_OPTION
#undef FINN_REQUIRED_ELSEWHERE

}  // namespace

void require_valid(const NetworkShape& shape) {
  require_enumerator(shape.kind, NetworkKind::mixture, "form");
  const bool is_mixture = shape.kind == NetworkKind::mixture;
  require_range(shape.variables, 1, is_mixture ? kMaxBoxVariables : core::kMaxVariables,
                "variables");
  require_range(shape.outputs, 1, kMaxWidth, "outputs");
  require_enumerator(shape.positivity, ops::Positivity::exp, "positivity");
  if (is_mixture) return require_mixture(shape);
  require_mlp(shape);
}

std::int64_t take_parameters(std::int64_t count, std::int64_t& total) {
  if (count > kMaxParameters - total) {
    core::fail(core::Status::ERROR_ARGUMENT,
               "widths, components: the network has more than %" PRId64 " parameters",
               kMaxParameters);
  }
  return std::exchange(total, total + count);
}

}  // namespace finn::net
