// Version, build and status texts.
#include <cstdio>

#include "capi/finn.h"
#include "core/error.hpp"
#include "core/jet.hpp"
#include "core/subset.hpp"
#include "finn/domains/box.hpp"
#include "ops/kernels/dispatch.hpp"

#define FINN_TEXT(x) #x
#define FINN_VERSION_TEXT(major, minor, patch) \
  FINN_TEXT(major) "." FINN_TEXT(minor) "." FINN_TEXT(patch)
#ifdef __clang__
#define FINN_COMPILER "clang " __clang_version__
#else
#define FINN_COMPILER "gcc " __VERSION__
#endif
#if defined(FINN_STD_THREADS)
#define FINN_THREADS "threads"
#elif defined(_OPENMP)
#define FINN_THREADS "OpenMP"
#else
#define FINN_THREADS "no threads"
#endif

static_assert(FINN_MAX_VARIABLES == finn::core::kMaxVariables);
static_assert(FINN_MAX_MIXTURE_VARIABLES == finn::net::kMaxBoxVariables);
static_assert(FINN_ERROR_MESSAGE_SIZE == finn::core::Error::kMessageSize);
#define FINN_STATUS_CHECK(name, number, text) static_assert(FINN_##name == number);
FINN_STATUS_LIST(FINN_STATUS_CHECK)
#undef FINN_STATUS_CHECK

namespace {

struct BuildInfo {
  char text[256];
  BuildInfo() {
    std::snprintf(
        text, sizeof text, "libfinn %s; %s; %s; %s kernels%s", finn_version_string(), FINN_COMPILER,
        FINN_THREADS, finn_instruction_set(),
        finn::ops::requested_set_unavailable() ? ", as what FINN_SIMD names is not to be had" : "");
  }
};

}  // namespace

extern "C" {

int32_t finn_version_number(void) { return FINN_VERSION_NUMBER; }

const char* finn_version_string(void) {
  return FINN_VERSION_TEXT(FINN_VERSION_MAJOR, FINN_VERSION_MINOR, FINN_VERSION_PATCH);
}

const char* finn_build_info(void) {
  static const BuildInfo info;
  return info.text;
}

const char* finn_instruction_set(void) { return finn::ops::active_instruction_set().name; }

int32_t finn_max_variables(void) { return finn::core::kMaxVariables; }

int32_t finn_max_mixture_variables(void) { return finn::net::kMaxBoxVariables; }

const char* finn_status_name(finn_status status) { return finn::core::status_name(status); }

const char* finn_status_text(finn_status status) { return finn::core::status_text(status); }

}  // extern "C"
