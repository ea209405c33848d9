#include "core/error.hpp"

#include <cstdarg>
#include <cstdio>

namespace finn::core {

const char* status_name(std::int32_t status) noexcept {
  switch (status) {
#define FINN_STATUS_NAME(name, number, text) \
  case number:                               \
    return "FINN_" #name;
    FINN_STATUS_LIST(FINN_STATUS_NAME)
#undef FINN_STATUS_NAME
    default:
      return "FINN_UNKNOWN";
  }
}

const char* status_text(std::int32_t status) noexcept {
  switch (status) {
#define FINN_STATUS_TEXT(name, number, text) \
  case number:                               \
    return text;
    FINN_STATUS_LIST(FINN_STATUS_TEXT)
#undef FINN_STATUS_TEXT
    default:
      return "not a status of this library";
  }
}

Error::Error(Status status, const char* message) noexcept : status_(status) {
  std::snprintf(message_, sizeof message_, "%s", message);
}

void fail(Status status, const char* format, ...) {
  char message[Error::kMessageSize];
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  throw Error(status, message);
}

}  // namespace finn::core
