#include "finn/data/table.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/error.hpp"
#include "tests/finn/data/support.hpp"

namespace finn::net {
namespace {

using core::Status;
using test::Refusal;
using Texts = std::vector<std::string>;
using Numbers = std::vector<double>;

class Tables : public test::WithAFile {};

TEST_F(Tables, areTheNumbersAndNamesOfAFile) {
  const Table table = read_table(write("# geyser\nduration,waiting\n3.6,79\n\"1.8\",54\n\n3,74\n"));
  EXPECT_EQ(table.names, (Texts{"duration", "waiting"}));
  EXPECT_EQ(table.values, (Numbers{3.6, 79, 1.8, 54, 3, 74}));
  EXPECT_EQ(table.rows(), 3);
  EXPECT_EQ(table.columns(), 2);
  EXPECT_EQ(read_table(write("1,2\n")).names, (Texts{"", ""}));
}

TEST_F(Tables, needNumbersInChosenColumnsOnly) {
  write("place;when;\"height, m\";n\nBern;2020-01-01;540,5;1\n\"a;b\";NA;;2\n");
  const Table table = read_table(path(), {"n"});
  EXPECT_EQ(table.names, (Texts{"n"}));
  EXPECT_EQ(table.values, (Numbers{1, 2}));
  EXPECT_EQ(read_table(write("a,b,c\n1,x,3\n4,y,6\n"), {"c", "1"}).values, (Numbers{3, 1, 6, 4}));
  EXPECT_EQ(refusal([&] {
              read_table(path(), {"a", "b"});
            }),
            Refusal(Status::ERROR_FORMAT, "line 2, column 2 (b): \"x\" given, a number expected"));
}

TEST_F(Tables, haveRows) {
  EXPECT_EQ(refusal([&] { read_table(write("a,b\n")); }), Refusal(Status::ERROR_FORMAT, "no rows"));
  EXPECT_EQ(Table().rows(), 0);
}

}  // namespace
}  // namespace finn::net
