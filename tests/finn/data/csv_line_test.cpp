#include "finn/data/csv_line.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace finn::net {
namespace {

using Texts = std::vector<std::string>;

Texts fields_of(std::string_view line, char separator = ',') {
  std::vector<CsvField> fields;
  EXPECT_EQ(split_line(line, separator, fields), CsvQuotes::right) << line;
  Texts texts;
  for (const CsvField& field : fields) texts.push_back(field.unescaped());
  return texts;
}

TEST(CsvLine, isCutAtItsSeparators) {
  EXPECT_EQ(fields_of("1,2,3"), (Texts{"1", "2", "3"}));
  EXPECT_EQ(fields_of(" 1 ,\t2\t, 3 4 "), (Texts{"1", "2", "3 4"}));
  EXPECT_EQ(fields_of("1;2,5", ';'), (Texts{"1", "2,5"}));
  EXPECT_EQ(fields_of(" 1 \t2\t\t3", '\t'), (Texts{"1", "2", "", "3"}));
  EXPECT_EQ(fields_of("1"), (Texts{"1"}));
}

TEST(CsvLine, hasAFieldBehindItsLastSeparator) {
  EXPECT_EQ(fields_of("1,2,"), (Texts{"1", "2", ""}));
  EXPECT_EQ(fields_of(",, "), (Texts{"", "", ""}));
  EXPECT_EQ(fields_of("\t", '\t'), (Texts{"", ""}));
  std::vector<CsvField> fields;
  split_line("1, ,\"\"", ',', fields);
  EXPECT_TRUE(fields[1].is_nothing());
  EXPECT_FALSE(fields[2].is_nothing()) << "quotes with nothing in them are something";
}

TEST(CsvLine, mayHaveFieldsInQuotes) {
  EXPECT_EQ(fields_of(R"("1.5", "a,b" ,c)"), (Texts{"1.5", "a,b", "c"}));
  EXPECT_EQ(fields_of(R"("say ""so""","""")"), (Texts{"say \"so\"", "\""}));
  EXPECT_EQ(fields_of(R"(" 1 ",5" pipe,"")"), (Texts{" 1 ", "5\" pipe", ""}));
  EXPECT_EQ(fields_of("\"a\tb\"\t1", '\t'), (Texts{"a\tb", "1"}));
}

TEST(CsvLine, saysWhichFieldHasWrongQuotes) {
  std::vector<CsvField> fields;
  EXPECT_EQ(split_line(R"(1,"2,3)", ',', fields), CsvQuotes::open);
  EXPECT_EQ(fields.size(), 2u);
  EXPECT_EQ(split_line(R"(1,2,"3"")", ',', fields), CsvQuotes::open);
  EXPECT_EQ(split_line(R"("1"2,3)", ',', fields), CsvQuotes::not_the_end);
  EXPECT_EQ(fields.size(), 1u);
  EXPECT_EQ(split_line("1,\"", ',', fields), CsvQuotes::open);
}

TEST(CsvLine, decidesWhatSeparates) {
  EXPECT_EQ(separator_of("a,b;c\td"), ',');
  EXPECT_EQ(separator_of("a;b"), ';');
  EXPECT_EQ(separator_of("a;b\tc"), '\t');
  EXPECT_EQ(separator_of("a\tb;c"), '\t');
  EXPECT_EQ(separator_of(R"("a,b";"c,d")"), ';');
  EXPECT_EQ(separator_of("a"), ',');
}

TEST(CsvLine, mayBeARemark) {
  for (const char* line : {"", "  \t", "# 1,2", " \t# x", "#N/A is what Excel writes", "##"}) {
    EXPECT_EQ(is_remark(line), std::string(line) != "#N/A is what Excel writes") << line;
  }
  EXPECT_FALSE(is_remark("1 # 2"));
  EXPECT_FALSE(is_remark("\"# 1\",2"));
  for (const char* line : {"#N/A,1", "#N/A", " #DIV/0!;2"}) EXPECT_FALSE(is_remark(line)) << line;
  EXPECT_FALSE(is_remark("\t\t", '\t')) << "a row of missing values";
}

TEST(CsvLine, isShownInPart) {
  EXPECT_EQ(excerpt("a\tb\n"), "a?b?");
  EXPECT_EQ(excerpt(std::string("1\0002", 3)), "1?2");
  EXPECT_EQ(excerpt(std::string(50, 'x')), std::string(40, 'x'));
  EXPECT_EQ(excerpt(std::string(39, 'x') + "\xc3\xa4y"), std::string(39, 'x'));
  EXPECT_EQ(excerpt(std::string(38, 'x') + "\xc3\xa4y"), std::string(38, 'x') + "\xc3\xa4");
}

}  // namespace
}  // namespace finn::net
