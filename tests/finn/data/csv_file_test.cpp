#include "finn/data/csv_file.hpp"

#include <gtest/gtest.h>

#include <cstdint>
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

class CsvFiles : public test::WithAFile {
 protected:
  // All numbers of the rows, one after the other.
  Numbers numbers_of(const std::string& text) const {
    CsvFile file(write(text));
    Numbers numbers;
    while (file.next_row()) {
      for (int column = 0; column < file.columns(); ++column) {
        numbers.push_back(file.number(column));
      }
    }
    return numbers;
  }

  Texts names_of(const std::string& text) const { return CsvFile(write(text)).names(); }

  Refusal refused(const std::string& text) const {
    return refusal([&] { numbers_of(text); });
  }
};

TEST_F(CsvFiles, haveNamesAndRemarksInAnyOrder) {
  const Numbers expected = {1, 2, 3, 4};
  for (const char* text :
       {"x,y\n1,2\n3,4\n", "# source\nx,y\n1,2\n3,4\n", "\nx,y\n1,2\n3,4\n",
        "\xef\xbb\xbfx,y\n1,2\n3,4", "\xef\xbb\xbf# source\n\nx,y\r\n# units\r\n1,2\r\n\n3,4",
        "\"x\",\"y\"\n1,2\n# between\n3,4\n#"}) {
    EXPECT_EQ(numbers_of(text), expected) << text;
    EXPECT_EQ(names_of(text), (Texts{"x", "y"})) << text;
  }
}

TEST_F(CsvFiles, haveNamesOnlyWhereTheLineCannotBeData) {
  EXPECT_EQ(numbers_of("0,1\n1,2\n"), (Numbers{0, 1, 1, 2}));
  EXPECT_EQ(numbers_of("\"5\",\"6\"\n1,2\n"), (Numbers{5, 6, 1, 2}));
  EXPECT_EQ(numbers_of("1.5D+03,2d-1\n1,2\n"), (Numbers{1500, 0.2, 1, 2}));
  EXPECT_EQ(numbers_of("1e-400,2\n3,4\n"), (Numbers{0, 2, 3, 4}));
  EXPECT_EQ(names_of("1,2\n3,4\n"), (Texts{"", ""}));
  for (const char* row : {"NA,NA", "nan,nan", "?,?", ",", "+-1,+-2", "1_000,2_000", "inf,inf",
                          "1e400,1e400", "0x1,0x2", "\"1,5\",\"2,5\"", "null,null"}) {
    const Refusal refusal = refused(row + std::string("\n1,2\n3,4\n"));
    EXPECT_NE(refusal.first, Status::OK) << row;
    EXPECT_EQ(refusal.second.find("line 1, column 1: "), 0u) << refusal.second;
  }
}

TEST_F(CsvFiles, sayThatALineWithANumberHoldsNoNames) {
  EXPECT_EQ(refused("year,2019,2020\n1,2,3\n"),
            Refusal(Status::ERROR_FORMAT,
                    "line 1, column 1: \"year\" given, a number expected (names of columns are no "
                    "numbers and no missing values)"));
  EXPECT_EQ(refused("1,2\na,b\n").second, "line 2, column 1: \"a\" given, a number expected");
}

TEST_F(CsvFiles, mayLackNamesOfColumns) {
  EXPECT_EQ(names_of(",x,\"y \"\"z\"\"\"\n0,1,2\n"), (Texts{"", "x", "y \"z\""}));
  const CsvFile file(write(",x\n0,1\n"));
  EXPECT_EQ(file.label(0), "1");
  EXPECT_EQ(file.label(1), "2 (x)");
  EXPECT_TRUE(file.has_names());
  EXPECT_FALSE(CsvFile(write("0,1\n")).has_names());
}

TEST_F(CsvFiles, areSeparatedAsTheirFirstLineSays) {
  const Numbers expected = {1, 2, 3, 4};
  for (const char* text : {"x;y\n1;2\n3;4\n", "x\ty\n1\t2\n 3 \t 4\n", "1;2\n3;4", "1\t2\n3\t4",
                           "# a,b\nx;y\n1;2\n3;4\n", "\"a,b\";y\n1;2\n3;4\n"}) {
    EXPECT_EQ(numbers_of(text), expected) << text;
  }
  EXPECT_EQ(refused("x;y\n1,5;2\n").second,
            "line 2, column 1 (x): \"1,5\" given, one number with a decimal point and nothing "
            "between its digits expected");
  EXPECT_EQ(refused("x,y\n1;2\n").second,
            "line 2: 1 column given, 2 between commas expected as in line 1");
}

TEST_F(CsvFiles, mayEndEachLineWithASeparator) {
  const Numbers expected = {1, 2, 3, 4};
  for (const char* text : {"1,2,\n3,4,\n", "x,y,\n1,2,\n3,4, \n", "x;y;\n1;2;\n3;4;\n"}) {
    EXPECT_EQ(numbers_of(text), expected) << text;
  }
  EXPECT_EQ(names_of("x,y,\n1,2,\n"), (Texts{"x", "y"}));
  EXPECT_EQ(names_of("x,y,\n"), (Texts{"x", "y"}));
  EXPECT_EQ(names_of("x,y,\n1,2,3\n"), (Texts{"x", "y", ""}));
}

TEST_F(CsvFiles, lackAValueWhereOnlySomeLinesEndWithASeparator) {
  const char* missing = "a number expected: leave the row out or fill the missing value in";
  EXPECT_EQ(refused("x,y,z\n1,2,\n").second,
            std::string("line 2, column 3 (z): \"\" given, ") + missing);
  EXPECT_EQ(refused("1,2,3\n4,5,\n").second,
            std::string("line 2, column 3: \"\" given, ") + missing);
  EXPECT_EQ(refused("1,2,\n3,4,5\n").second,
            "line 2, column 3: \"5\" given, nothing expected: the rows above have no value there; "
            "leave them out or fill it in");
  EXPECT_EQ(
      refused("1,2,\n3,4\n").second,
      "line 2: 2 columns given, 3 between commas expected as in line 1, the last of them empty");
  EXPECT_EQ(refused("x,y\n1,2,\n").second,
            "line 2: 3 columns given, 2 between commas expected as in line 1");
  EXPECT_EQ(refused("1,2,\"\"\n").second, std::string("line 1, column 3: \"\" given, ") + missing);
}

TEST_F(CsvFiles, refuseMissingValuesWithTheCure) {
  EXPECT_EQ(refused("duration,waiting\n1,2\n# why\n3,NA\n"),
            Refusal(Status::ERROR_FORMAT,
                    "line 4, column 2 (waiting): \"NA\" given, a number expected: leave the row "
                    "out or fill the missing value in"));
  EXPECT_EQ(refused("1,NaN\n"),
            Refusal(Status::ERROR_NOT_FINITE,
                    "line 1, column 2: \"NaN\" given, a finite number expected: leave the row out "
                    "or fill the value in"));
  EXPECT_EQ(refused("#N/A,1\n2,3\n").second.find("line 1, column 1: \"#N/A\" given"), 0u);
}

TEST_F(CsvFiles, refuseNumbersLargerThanAnyDouble) {
  EXPECT_EQ(refused("1e400,2\n3,4\n"),
            Refusal(Status::ERROR_NOT_FINITE,
                    "line 1, column 1: \"1e400\" given, a finite number expected: it is larger "
                    "than any double"));
}

TEST_F(CsvFiles, refuseWrongQuotes) {
  EXPECT_EQ(refused("1,2\n3,\"4\n5,6\n"),
            Refusal(Status::ERROR_FORMAT,
                    "line 2, column 2: quotes that are opened and not closed "
                    "given; a field ends on its line"));
  EXPECT_EQ(refused("\"1\"2,3\n").second,
            "line 1, column 1: text behind closing quotes given, a separator or the end of the "
            "line expected");
}

TEST_F(CsvFiles, refuseToBeEmpty) {
  for (const char* text : {"", "\n\n", "# nothing\n"}) {
    EXPECT_EQ(refused(text), Refusal(Status::ERROR_FORMAT, "no rows"));
  }
  CsvFile file(write("x,y\n# no row\n"));
  EXPECT_EQ(file.columns(), 2);
  EXPECT_FALSE(file.next_row());
}

TEST_F(CsvFiles, goBackToARow) {
  CsvFile file(
      write("\xef\xbb\xbf"
            "1,\"2\",\n# between\n3,four,\n"));
  std::vector<std::int64_t> offsets, lines;
  while (file.next_row()) {
    offsets.push_back(file.offset());
    lines.push_back(file.line());
  }
  EXPECT_EQ(lines, (std::vector<std::int64_t>{1, 3}));
  ASSERT_TRUE(file.go_to(offsets[0]));
  EXPECT_EQ(file.number_if_any(1), 2);
  ASSERT_TRUE(file.go_to(offsets[1]));
  EXPECT_EQ(file.number_if_any(0), 3);
  EXPECT_EQ(file.number_if_any(1), std::nullopt);
  EXPECT_FALSE(file.go_to(offsets[1] + 2)) << "fewer columns";
  EXPECT_FALSE(file.go_to(1000));
}

}  // namespace
}  // namespace finn::net
