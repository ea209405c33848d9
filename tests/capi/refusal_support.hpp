// The assertion that a call is refused as finn.h says.
#pragma once

#include <gtest/gtest.h>

#include <cctype>
#include <cstddef>
#include <functional>
#include <string>

#include "finn.h"

namespace finn::test {

// Whether name stands in the message as a word of its own: "x" is not found in "expected".
inline bool mentions(const std::string& message, const std::string& name) {
  const auto in_word = [&](std::size_t at) {
    return at < message.size() &&
           (std::isalnum(static_cast<unsigned char>(message[at])) != 0 || message[at] == '_');
  };
  for (std::size_t at = message.find(name); at != std::string::npos;
       at = message.find(name, at + 1)) {
    if (!(at > 0 && in_word(at - 1)) && !in_word(at + name.size())) return true;
  }
  return false;
}

// One field of an options struct spoiled, and the refusal that has to name it.
template <class Options>
struct SpoiledOption {
  const char* what;
  finn_status status;
  const char* name;
  void (*spoil)(Options&);
};

// A call that finn.h refuses: with which status, and which argument the message names.
struct BadCall {
  std::string what;
  finn_status status;
  std::string name;
  std::function<finn_status(finn_error*)> call;
};

inline void expect_refused(const BadCall& bad) {
  SCOPED_TRACE(bad.what);
  finn_error error = FINN_ERROR_INIT;
  EXPECT_STREQ(finn_status_name(bad.call(&error)), finn_status_name(bad.status));
  EXPECT_STREQ(finn_status_name(error.status), finn_status_name(bad.status));
  EXPECT_TRUE(mentions(error.message, bad.name)) << bad.name << " not in: " << error.message;
  EXPECT_STREQ(finn_status_name(bad.call(nullptr)), finn_status_name(bad.status));
}

// A call that makes a handle, make(handle, error), is refused and leaves the handle NULL.
template <class T, class Function>
void expect_not_made(const std::string& what, finn_status status, const std::string& name,
                     Function&& make) {
  expect_refused({what, status, name, [&](finn_error* error) {
                    T* handle = reinterpret_cast<T*>(&status);  // no handle: never used as one
                    const finn_status result = make(&handle, error);
                    EXPECT_EQ(handle, nullptr) << what;
                    return result;
                  }});
}

}  // namespace finn::test
