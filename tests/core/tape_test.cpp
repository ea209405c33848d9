#include "core/tape.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "tests/support/allocations.hpp"

namespace finn::core {
namespace {

// An operation that only notes that it was transposed.
struct Note {
  std::vector<int>* log;
  int number;
  void transpose() const { log->push_back(number); }
};

TEST(Tape, sweepsInReverseAndTransposesEachRecordOnce) {
  std::vector<int> log;
  Tape<float> tape;
  tape.begin(1, Mode::record);
  for (int i = 0; i < 5; ++i) tape.record(Note{&log, i});
  tape.sweep();
  EXPECT_EQ(log, (std::vector<int>{4, 3, 2, 1, 0}));
}

TEST(Tape, keepsACopyOfTheOperation) {
  std::vector<int> log;
  Tape<float> tape;
  tape.begin(1, Mode::record);
  Note note{&log, 1};
  tape.record(note);
  note.number = 2;
  tape.sweep();
  EXPECT_EQ(log, std::vector<int>{1});
}

TEST(Tape, forgetsItsRecordsAtBegin) {
  std::vector<int> log;
  Tape<double> tape;
  tape.begin(1, Mode::record);
  tape.record(Note{&log, 1});
  tape.begin(1, Mode::record);
  tape.record(Note{&log, 2});
  tape.sweep();
  EXPECT_EQ(log, std::vector<int>{2});
}

TEST(Tape, recordsNothingWhenItEvaluates) {
  std::vector<int> log;
  Tape<double> tape;
  tape.begin(3, Mode::evaluate);
  EXPECT_FALSE(tape.recording());
  EXPECT_EQ(tape.jet(2, 3).adjoint, nullptr);
  tape.record(Note{&log, 1});
  tape.sweep();
  EXPECT_TRUE(log.empty());
}

TEST(Tape, roundsLanesUpToWholePacksBeyondFour) {
  Tape<float> single;
  Tape<double> twice;
  for (int samples = 5; samples <= kTileLanes<double>; ++samples) {
    single.begin(samples, Mode::evaluate);
    twice.begin(samples, Mode::evaluate);
    EXPECT_EQ(single.samples(), samples);
    EXPECT_EQ(single.lanes(), (samples + 15) / 16 * 16);
    EXPECT_EQ(twice.lanes(), (samples + 7) / 8 * 8);
    EXPECT_EQ(twice.value(1).lanes, twice.lanes());
  }
}

TEST(Tape, hasFourLanesForUpToFourSamples) {
  Tape<float> tape;
  for (int samples = 1; samples <= 4; ++samples) {
    tape.begin(samples, Mode::evaluate);
    EXPECT_EQ(tape.lanes(), 4);
    EXPECT_EQ(tape.samples(), samples);
  }
}

TEST(Tape, endsThePlanesOfANarrowTileWithZeros) {
  Tape<float> tape;
  tape.begin(64, Mode::evaluate);
  const Jet<float> last = tape.jet(2, 5);
  std::fill_n(last.value, last.extent(), 1.0F);
  tape.begin(3, Mode::evaluate);
  const Jet<float> jet = tape.jet(2, 5);
  for (Subset s = 0; s < 4; ++s) {
    for (int i = 20; i < 32; ++i) EXPECT_EQ(jet.row(s, 0)[i], 0) << s << ", " << i;
  }
}

TEST(Tape, describesTheJetsItMakes) {
  Tape<float> tape;
  tape.begin(20, Mode::record);
  const Jet<float> jet = tape.jet(3, 5);
  EXPECT_EQ(jet.variables, 3);
  EXPECT_EQ(jet.features, 5);
  EXPECT_EQ(jet.lanes, 32);
  EXPECT_GE(jet.stride, 5 * 32);
  EXPECT_EQ(tape.value(4).variables, 0);
  EXPECT_EQ(tape.value(4).features, 4);
}

TEST(Tape, givesPlanesApartFromMultiplesOfAPage) {
  Tape<float> tape;
  tape.begin(64, Mode::evaluate);
  for (int features = 1; features <= 64; ++features) {
    const auto bytes = tape.jet(1, features).stride * static_cast<std::ptrdiff_t>(sizeof(float));
    EXPECT_NE(bytes % 4096, 0) << features << " features";
  }
}

TEST(Tape, alignsEveryRow) {
  Tape<double> tape;
  tape.begin(9, Mode::record);
  for (int features = 1; features < 5; ++features) {
    const Jet<double> jet = tape.jet(2, features);
    for (const double* row : {jet.row(3, features - 1), jet.adjoint_row(3, features - 1)}) {
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(row) % kPackBytes, 0u);
    }
  }
}

TEST(Tape, startsAdjointsAtZeroInReusedMemoryToo) {
  Tape<float> tape;
  for (int tile = 0; tile < 3; ++tile) {
    tape.begin(50, Mode::record);
    const Jet<float> jet = tape.jet(4, 7);
    const auto count = 16 * jet.stride;
    EXPECT_EQ(std::count(jet.adjoint, jet.adjoint + count, 0.0f), count);
    std::fill_n(jet.value, count, 1.0f);
    std::fill_n(jet.adjoint, count, 1.0f);
  }
}

void use_tile(Tape<double>& tape, Mode mode, std::vector<int>& log) {
  tape.begin(kTileLanes<double>, mode);
  for (int i = 0; i < 30; ++i) {
    tape.jet(5, 9);
    tape.scratch(1000);
    tape.record(Note{&log, i});
  }
  tape.sweep();
}

TEST(Tape, allocatesNothingFromTheSecondTileOn) {
  std::vector<int> log;
  log.reserve(1000);
  Tape<double> tape;
  EXPECT_GT(test::allocations_of([&] { use_tile(tape, Mode::record, log); }), 0);
  tape.begin(1, Mode::record);  // joins the blocks of the first tile
  for (const Mode mode : {Mode::record, Mode::evaluate, Mode::record}) {
    EXPECT_EQ(test::allocations_of([&] { use_tile(tape, mode, log); }), 0);
  }
  EXPECT_EQ(log.size(), 90u);
}

}  // namespace
}  // namespace finn::core
