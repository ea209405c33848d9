// finn_conditioning: how f depends on conditions.
#include "finn/conditioning/conditioning.hpp"

#include <algorithm>
#include <utility>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "capi/options.hpp"
#include "capi/translate.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/network_shape.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_handle;
using finn::capi::require_range;
using finn::capi::Status;

// Both limits or none of them: [-1, 1].
net::ConditionRange range_of(int32_t conditions, const double* lower, const double* upper) {
  require_range(conditions, 1, net::kMaxWidth, "conditions");
  const auto count = static_cast<std::size_t>(conditions);
  finn::capi::require_both_or_none(lower, upper);
  if (lower == nullptr) {
    constexpr bool is_given = false;
    return {std::vector<double>(count, -1.0), std::vector<double>(count, 1.0), is_given};
  }
  return {{lower, lower + count}, {upper, upper + count}};
}

finn_status make_conditioning(net::ConditioningKind kind, int32_t conditions, const double* lower,
                              const double* upper, const finn_conditioning_options* given,
                              finn_conditioning** conditioning, finn_error* error) {
  return call(error, [&] {
    require(conditioning, "conditioning");
    *conditioning = nullptr;
    net::ConditioningShape shape{kind, conditions, {}, false};
    if (kind != net::ConditioningKind::inputs) {
      const auto options = finn::capi::checked(given, "options");
#define FINN_TO_SHAPE(path, name, ...) finn::capi::translate(options.name, shape.path);
      FINN_CONDITIONING_OPTIONS(FINN_TO_SHAPE)
#undef FINN_TO_SHAPE
    }
    net::ConditionRange range = range_of(conditions, lower, upper);
    net::require_valid(shape, range);
    *conditioning =
        new finn_conditioning{finn_conditioning::kMagic, std::move(shape), std::move(range)};
  });
}

}  // namespace

extern "C" {

finn_status finn_conditioning_film(int32_t conditions, const double* lower, const double* upper,
                                   const finn_conditioning_options* options,
                                   finn_conditioning** conditioning, finn_error* error) {
  return make_conditioning(net::ConditioningKind::film, conditions, lower, upper, options,
                           conditioning, error);
}

finn_status finn_conditioning_hypernetwork(int32_t conditions, const double* lower,
                                           const double* upper,
                                           const finn_conditioning_options* options,
                                           finn_conditioning** conditioning, finn_error* error) {
  return make_conditioning(net::ConditioningKind::hypernetwork, conditions, lower, upper, options,
                           conditioning, error);
}

finn_status finn_conditioning_inputs(int32_t conditions, const double* lower, const double* upper,
                                     finn_conditioning** conditioning, finn_error* error) {
  return make_conditioning(net::ConditioningKind::inputs, conditions, lower, upper, nullptr,
                           conditioning, error);
}

void finn_conditioning_destroy(finn_conditioning* conditioning) {
  finn::capi::destroy(conditioning);
}

finn_conditioning_form finn_conditioning_get_form(const finn_conditioning* conditioning) {
  if (conditioning == nullptr) return FINN_CONDITIONING_NONE;
  return static_cast<finn_conditioning_form>(conditioning->shape.kind);
}

int32_t finn_conditioning_conditions(const finn_conditioning* conditioning) {
  return conditioning == nullptr ? 0 : conditioning->shape.conditions;
}

finn_status finn_conditioning_limits(const finn_conditioning* conditioning, double* lower,
                                     double* upper, int64_t length, finn_error* error) {
  return call(error, [&] {
    require_handle(conditioning, "conditioning");
    require(lower, "lower");
    require(upper, "upper");
    finn::capi::require_length(length, conditioning->shape.conditions,
                               "lower and of upper [conditions]");
    const net::ConditionRange& range = conditioning->range;
    std::copy(range.lower.begin(), range.lower.end(), lower);
    std::copy(range.upper.begin(), range.upper.end(), upper);
  });
}

finn_status finn_conditioning_get_options(const finn_conditioning* conditioning,
                                          finn_conditioning_options* options, finn_error* error) {
  return call(error, [&] {
    require_handle(conditioning, "conditioning");
    require(options, "options");
    auto made_of = finn::capi::defaults<finn_conditioning_options>();
#define FINN_FROM_SHAPE(path, name, ...) \
  finn::capi::translate(conditioning->shape.path, made_of.name);
    FINN_CONDITIONING_OPTIONS(FINN_FROM_SHAPE)
#undef FINN_FROM_SHAPE
    finn::capi::copy_out(made_of, options, "options");
  });
}

}  // extern "C"
