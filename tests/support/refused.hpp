// What the tests of checks share: that something is refused, and in which words.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "core/error.hpp"

namespace finn::test {

// That make() is refused with this status, by a message in which `words` occur.
template <class Make>
void expect_refused(Make&& make, const std::string& words,
                    core::Status status = core::Status::ERROR_ARGUMENT) {
  try {
    make();
    ADD_FAILURE() << "not refused: " << words;
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), status) << error.what();
    EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
  }
}

}  // namespace finn::test
