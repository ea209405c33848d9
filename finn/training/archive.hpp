// Save and Load have the same functions, so that one function hands every field of a checkpoint to
// either of them: the order of the fields, and what each has to satisfy, is written once.
//
// `what` names a field in messages. require() holds for what is saved as for what is loaded.
#pragma once

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

#include "core/bytes.hpp"
#include "core/error.hpp"

namespace finn::net {

struct Save {
  core::ByteWriter& to;
  static constexpr bool kLoads = false;

  template <class U>
  void number(const U& value, const char*) {
    if constexpr (std::is_enum_v<U>) {
      to.number(static_cast<std::int32_t>(value));
    } else if constexpr (std::is_same_v<U, bool>) {
      to.number(static_cast<std::int32_t>(value));
    } else {
      to.number(value);
    }
  }
  template <class U>
  void numbers(const U* values, std::int64_t count, const char*) {
    to.numbers(values, count);
  }
  template <class U>
  void list(const std::vector<U>& values, const char*) {
    to.list(values);
  }
  void text(const std::string& letters, const char*) {
    to.list(std::vector<std::uint8_t>(letters.begin(), letters.end()));
  }
  // What could not be loaded is not saved.
  static void require(bool holds, const char* what) {
    if (holds) return;
    core::fail(core::Status::ERROR_NOT_FINITE,
               "checkpoint: nothing is saved, as %s: a number is not finite or not valid", what);
  }
};

struct Load {
  core::ByteReader& from;
  static constexpr bool kLoads = true;

  template <class U>
  void number(U& value, const char* what) {
    if constexpr (std::is_enum_v<U>) {
      value = static_cast<U>(from.number<std::int32_t>(what));
    } else if constexpr (std::is_same_v<U, bool>) {
      const auto word = from.number<std::int32_t>(what);
      from.require(word == 0 || word == 1, what);
      value = word == 1;
    } else {
      value = from.number<U>(what);
    }
  }
  template <class U>
  void numbers(U* values, std::int64_t count, const char* what) {
    from.numbers(values, count, what);
  }
  template <class U>
  void list(std::vector<U>& values, const char* what) {
    values = from.list<U>(what);
  }
  // Printable letters only, since they come to stand in messages.
  void text(std::string& letters, const char* what) {
    const auto codes = from.list<std::uint8_t>(what);
    letters.assign(codes.begin(), codes.end());
    require(std::all_of(codes.begin(), codes.end(), [](int c) { return c >= 32 && c < 127; }),
            what);
  }
  void require(bool holds, const char* what) const { from.require(holds, what); }
};

}  // namespace finn::net
