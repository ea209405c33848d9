// Errors of the library: one list of status codes and one exception that carries a code and a
// message. A message names the argument, says what was given and what was expected. The C ABI
// (capi/) turns the exception into a finn_status; nothing is ever thrown across it.
#pragma once

#include <cstdint>
#include <exception>

namespace finn::core {

// X(name, number, text): the single source of the codes, their names and their meanings. The
// numbers are part of the C ABI and are never reused.
#define FINN_STATUS_LIST(X)                                                            \
  X(OK, 0, "success")                                                                  \
  X(ERROR_NULL, 1, "a required pointer is NULL")                                       \
  X(ERROR_ARGUMENT, 2, "a value is outside its range, or a handle is not one of ours") \
  X(ERROR_SIZE, 3, "a length or shape does not fit")                                   \
  X(ERROR_NOT_FINITE, 4, "an input or a result is NaN or infinite")                    \
  X(ERROR_INTEGRAL, 5, "the integral of the network cannot be normalised")             \
  X(ERROR_MEMORY, 6, "memory was refused")                                             \
  X(ERROR_CALLBACK, 7, "a callback reported an error of its own")                      \
  X(ERROR_INTERNAL, 8, "a defect of the library; please report it")                    \
  X(ERROR_FILE, 9, "a file cannot be read or written")                                 \
  X(ERROR_FORMAT, 10, "bytes are not what their format says")

enum class Status : std::int32_t {
#define FINN_STATUS_ENUMERATOR(name, number, text) name = number,
  FINN_STATUS_LIST(FINN_STATUS_ENUMERATOR)
#undef FINN_STATUS_ENUMERATOR
};

// "FINN_ERROR_SIZE" and the like; "FINN_UNKNOWN" for a number that is not in the list.
const char* status_name(std::int32_t status) noexcept;
const char* status_text(std::int32_t status) noexcept;

class Error : public std::exception {
 public:
  static constexpr int kMessageSize = 512;

  Error(Status status, const char* message) noexcept;
  Status status() const noexcept { return status_; }
  const char* what() const noexcept override { return message_; }

 private:
  Status status_;
  char message_[kMessageSize];  // held inside, so that reporting an error allocates nothing
};

// Throws an Error with a printf-style message.
[[noreturn, gnu::format(printf, 2, 3)]] void fail(Status status, const char* format, ...);

}  // namespace finn::core
