#include "finn/training/archive.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/safetensors_reader.hpp"
#include "core/safetensors_writer.hpp"

namespace finn::net {
namespace {

enum class Colour { red, green };

// One of every kind of field.
struct Record {
  double number = 0.5;
  bool flag = true;
  Colour colour = Colour::green;
  std::uint64_t word = ~std::uint64_t{0};
  std::vector<double> list{1, 2, 3};
  std::vector<std::int64_t> none{};
};

template <class Archive, class R>
void transfer(Archive& archive, R& record) {
  archive.number(record.number, "number");
  archive.number(record.flag, "flag");
  archive.number(record.colour, "colour");
  archive.number(record.word, "word");
  archive.list(record.list, "list");
  archive.list(record.none, "none");
}

std::vector<unsigned char> file_of(const Record& record) {
  core::SafetensorsWriter file;
  Save save(file);
  transfer(save, record);
  return file.bytes();
}

TEST(Archive, loadsWhatOneFunctionHasSaved) {
  const std::vector<unsigned char> bytes = file_of({});
  const core::SafetensorsReader file("record", bytes);
  Load load(file);
  Record record{0, false, Colour::red, 0, {}, {7}};
  transfer(load, record);
  EXPECT_EQ(record.number, 0.5);
  EXPECT_TRUE(record.flag);
  EXPECT_EQ(record.colour, Colour::green);
  EXPECT_EQ(record.word, ~std::uint64_t{0});
  EXPECT_EQ(record.list, (std::vector<double>{1, 2, 3}));
  EXPECT_TRUE(record.none.empty());
  EXPECT_EQ(load.fields(), file.tensors().size());
}

TEST(Archive, refusesFieldsThatAreNotThereOrOfAnotherType) {
  const std::vector<unsigned char> bytes = file_of({});
  const core::SafetensorsReader file("record", bytes);
  Load load(file);
  double number = 0;
  std::vector<double> list;
  EXPECT_THROW(load.number(number, "another"), core::Error);
  EXPECT_THROW(load.number(number, "flag"), core::Error);
  EXPECT_THROW(load.list(list, "number"), core::Error);
  EXPECT_THROW(load.list(list, "another"), core::Error);
  EXPECT_THROW(load.numbers(&number, 1, "list"), core::Error);
}

TEST(Archive, savesNothingThatCouldNotBeLoaded) {
  EXPECT_NO_THROW(Save::require(true, "parameters"));
  EXPECT_THROW(Save::require(false, "parameters"), core::Error);
}

}  // namespace
}  // namespace finn::net
