#include "finn/training/archive.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/error.hpp"

namespace finn::net {
namespace {

enum class Colour { red, green };

// One of every kind of field.
struct Record {
  double number = 0.5;
  bool flag = true;
  Colour colour = Colour::green;
  std::vector<double> list{1, 2, 3};
  std::string text = "box";
};

template <class Archive, class R>
void transfer(Archive& archive, R& record) {
  archive.number(record.number, "number");
  archive.number(record.flag, "flag");
  archive.number(record.colour, "colour");
  archive.list(record.list, "list");
  archive.text(record.text, "text");
}

TEST(Archive, loadsWhatOneFunctionHasSaved) {
  core::ByteWriter writer;
  Save save{writer};
  const Record saved;
  transfer(save, saved);
  core::ByteReader reader("record", writer.bytes().data(), writer.bytes().size());
  Load load{reader};
  Record record{0, false, Colour::red, {}, ""};
  transfer(load, record);
  EXPECT_EQ(record.number, 0.5);
  EXPECT_TRUE(record.flag);
  EXPECT_EQ(record.colour, Colour::green);
  EXPECT_EQ(record.list, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(record.text, "box");
}

TEST(Archive, refusesFlagsAndLettersThatNoOneSaves) {
  core::ByteWriter writer;
  writer.number(std::int32_t{2});
  core::ByteReader flags("record", writer.bytes().data(), writer.bytes().size());
  bool flag = false;
  EXPECT_THROW(Load{flags}.number(flag, "flag"), core::Error);
  core::ByteWriter letters;
  letters.list(std::vector<std::uint8_t>{'a', 27});
  core::ByteReader bell("record", letters.bytes().data(), letters.bytes().size());
  std::string text;
  EXPECT_THROW(Load{bell}.text(text, "text"), core::Error);
}

TEST(Archive, savesNothingThatCouldNotBeLoaded) {
  EXPECT_NO_THROW(Save::require(true, "parameters"));
  EXPECT_THROW(Save::require(false, "parameters"), core::Error);
}

}  // namespace
}  // namespace finn::net
