#include "finn/data/line_reader.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "tests/finn/data/support.hpp"

namespace finn::net {
namespace {

using test::Refusal;

class Lines : public test::WithAFile {
 protected:
  std::vector<std::string> lines_of(const std::string& text) const {
    LineReader reader(write(text));
    std::vector<std::string> lines;
    while (reader.next()) {
      lines.emplace_back(reader.line());
      EXPECT_EQ(reader.number(), static_cast<std::int64_t>(lines.size()));
    }
    return lines;
  }
};

using Texts = std::vector<std::string>;

TEST_F(Lines, endAsOnUnixOrWindowsOrWithTheFile) {
  EXPECT_EQ(lines_of("a\nbc\r\n\nd"), (Texts{"a", "bc", "", "d"}));
  EXPECT_EQ(lines_of("a\n"), (Texts{"a"}));
  EXPECT_EQ(lines_of(""), (Texts{}));
  EXPECT_EQ(lines_of("\n"), (Texts{""}));
  EXPECT_EQ(lines_of("a\r"), (Texts{"a"}));
}

TEST_F(Lines, areFoundAgainWhereTheyBegin) {
  LineReader reader(
      write("\xef\xbb\xbf"
            "first\r\nsecond\n\nlast"));
  std::vector<std::int64_t> offsets;
  while (reader.next()) offsets.push_back(reader.offset());
  EXPECT_EQ(offsets, (std::vector<std::int64_t>{3, 10, 17, 18}));
  ASSERT_TRUE(reader.go_to(offsets[1]));
  EXPECT_EQ(reader.line(), "second");
  ASSERT_TRUE(reader.go_to(offsets[3]));
  EXPECT_EQ(reader.line(), "last");
  ASSERT_TRUE(reader.go_to(offsets[0]));
  EXPECT_EQ(reader.line(), "first");
  EXPECT_FALSE(reader.go_to(1000));
  ASSERT_TRUE(reader.go_to(offsets[2])) << "after one that was not there";
  EXPECT_EQ(reader.line(), "");
}

TEST_F(Lines, areNotLongerThanTheBuffer) {
  const std::string longest(LineReader::kLongestLine, 'x');
  EXPECT_EQ(lines_of("a\n" + longest + "\nb"), (Texts{"a", longest, "b"}));
  EXPECT_EQ(lines_of("a\n" + longest), (Texts{"a", longest}));
  EXPECT_EQ(refusal([&] { lines_of("a\n" + longest + "x\nb"); }),
            Refusal(core::Status::ERROR_FORMAT, "line 2: longer than 1048575 bytes"));
}

TEST_F(Lines, areNotInUtf16) {
  const Refusal refused(core::Status::ERROR_FORMAT, "text in UTF-16 given, UTF-8 expected");
  EXPECT_EQ(refusal([&] {
              lines_of(
                  std::string("\xff\xfe"
                              "1\0\n\0",
                              6));
            }),
            refused);
  EXPECT_EQ(refusal([&] {
              lines_of(
                  std::string("\xfe\xff\0"
                              "1\0\n",
                              6));
            }),
            refused);
}

}  // namespace
}  // namespace finn::net
