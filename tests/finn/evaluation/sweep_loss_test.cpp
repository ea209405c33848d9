#include "finn/evaluation/sweep_loss.hpp"

#include <gtest/gtest.h>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domain_tile.hpp"
#include "finn/domains/domains.hpp"
#include "finn/evaluation/batch.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// f is 2 at both samples; the loss is its sum.
class SweepLoss : public testing::Test {
 protected:
  SweepLoss() {
    tape_.begin(2, core::Mode::record);
    f_ = tape_.value(1);
    std::fill_n(f_.value, f_.lanes, 2.0);
  }
  SweptLoss<double> swept(const DomainTile* mapped, const Batch<double>& batch) {
    return sweep_loss(tape_, f_, mapped, batch, {0, 0, 2}, [](auto&, const auto& f, const auto&) {
      for (int i = 0; i < 2; ++i) f.adjoint_row(0, 0)[i] = 1;
      return f.value[0] + f.value[1];
    });
  }

  core::Tape<double> tape_;
  core::Jet<double> f_;
};

TEST_F(SweepLoss, handsOutTheValuesAndTheAdjointsOfF) {
  double values[2] = {};
  EXPECT_EQ(swept(nullptr, {nullptr, 2, values, nullptr}).value, 4);
  EXPECT_EQ(values[1], 2);
  EXPECT_EQ(f_.adjoint[1], 1);
}

// A box that is stretched to twice its width has the determinant 2 everywhere.
TEST_F(SweepLoss, weighsTheDensityOfADomainUnlessItIsCountedInUnits) {
  const Box box = test::box_of({0, 0}, {2, 2});
  const double shift[] = {0, 0}, stretch[] = {2, 0, 0, 1};
  const DomainPointer domain = affine_domain(box_domain(box), stretch, shift, "matrix");
  const double x[] = {1, 1, 3, 1};
  const DomainTile mapped(*domain, all_variables(2), x, 2, 2);
  double values[2] = {}, log_units[2] = {};
  Batch<double> batch{x, 2, values, nullptr};
  batch.log_units = log_units;
  EXPECT_EQ(swept(&mapped, batch).value, 4);
  tape_.begin(2, core::Mode::record);
  f_ = tape_.value(1);
  std::fill_n(f_.value, f_.lanes, 2.0);
  EXPECT_NEAR(swept(&mapped, {x, 2, values, nullptr}).value, 2, 1e-15);
  EXPECT_NEAR(values[0], 1, 1e-15);
}

}  // namespace
}  // namespace finn::net
