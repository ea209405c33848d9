#include "tests/support/expect_operation.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <string>
#include <vector>

#include "core/random.hpp"
#include "core/subset.hpp"
#include "tests/support/deviation.hpp"

namespace finn::test {
namespace {

template <class T>
constexpr Real kValueTolerance = sizeof(T) == 4 ? 2e-5L : 1e-12L;
template <class T>
constexpr Real kGradientTolerance = sizeof(T) == 4 ? 2e-5L : 1e-9L;

template <class T>
class OperationCheck {
 public:
  OperationCheck(const OperationCase& operation, const BuildOperation<T>& build,
                 const NaiveOperation& naive)
      : operation_(operation), build_(build), naive_(naive) {}

  void run(int samples) {
    tape_.begin(samples, core::Mode::record);
    operands_ = random_operands(tape_, operation_, random_);
    parameters_ = random_values<T>(operation_.parameters, random_);
    const std::vector<T> start = random_values<T>(operation_.parameters, random_);
    adjoint_ = start;
    result_ = build_(tape_, operands_, Parameters<T>{parameters_.data(), adjoint_.data()});
    expect_values();
    expect_same_values_without_recording();
    seed_adjoints();
    const std::vector<std::vector<T>> operand_start = operand_adjoints();
    tape_.sweep();
    expect_operand_adjoints(operand_start);
    expect_parameter_adjoints(start);
  }

 private:
  std::vector<Real> exact_parameters() const { return {parameters_.begin(), parameters_.end()}; }

  void expect_values() const {
    std::vector<Deviation> deviations(core::kMaxVariables + 1);  // by size of the subset
    for (int lane = 0; lane < tape_.samples(); ++lane) {
      const Features expected = naive_(sample_of(operands_, lane), exact_parameters());
      ASSERT_EQ(expected.size(), static_cast<std::size_t>(result_.features));
      ASSERT_EQ(expected[0].size(), result_.coefficients());
      for_each_row(result_, [&](core::Subset s, int feature) {
        const NestedDual& dual = expected[static_cast<std::size_t>(feature)];
        deviations[static_cast<std::size_t>(std::popcount(s))].add(result_.row(s, feature)[lane],
                                                                   dual[s]);
      });
    }
    for (std::size_t k = 0; k < deviations.size(); ++k) {
      deviations[k].expect_within(kValueTolerance<T>, "partials of order " + std::to_string(k));
    }
  }

  void expect_same_values_without_recording() const {
    core::Tape<T> tape;
    tape.begin(tape_.samples(), core::Mode::evaluate);
    std::vector<core::Jet<T>> operands;
    for (const core::Jet<T>& jet : operands_) {
      operands.push_back(tape.jet(jet.variables, jet.features));
      std::copy_n(jet.value, extent_of(jet), operands.back().value);
    }
    const core::Jet<T> again = build_(tape, operands, Parameters<T>{parameters_.data(), nullptr});
    int different = 0;
    for_each_row(result_, [&](core::Subset s, int feature) {
      const T* row = result_.row(s, feature);
      if (!std::equal(row, row + result_.lanes, again.row(s, feature))) ++different;
    });
    EXPECT_EQ(different, 0) << "rows differ between recording and evaluating";
  }

  // Seeds a few lanes: the reference gradient is costly, and no other lane may change.
  void seed_adjoints() {
    seeded_.assign(static_cast<std::size_t>(result_.lanes), false);
    for (int i = 0; i < operation_.seeded_lanes; ++i) {
      const auto lane = random_.below(static_cast<std::uint64_t>(tape_.samples()));
      seeded_[lane] = true;
      for_each_row(result_, [&](core::Subset s, int feature) {
        result_.adjoint_row(s, feature)[lane] = random_value<T>(random_);
      });
    }
  }

  std::vector<std::vector<T>> operand_adjoints() const {
    std::vector<std::vector<T>> adjoints;
    for (const core::Jet<T>& jet : operands_) {
      adjoints.emplace_back(jet.adjoint, jet.adjoint + extent_of(jet));
    }
    return adjoints;
  }

  // What the sweep differentiates: the results of a lane, weighted by the seeds.
  Real objective(const Sample& sample, const std::vector<Real>& parameters, int lane) const {
    const Features value = naive_(sample, parameters);
    Real sum = 0;
    for_each_row(result_, [&](core::Subset s, int feature) {
      sum += result_.adjoint_row(s, feature)[lane] * value[static_cast<std::size_t>(feature)][s];
    });
    return sum;
  }

  void expect_operand_adjoints(const std::vector<std::vector<T>>& start) const {
    for (std::size_t k = 0; k < operands_.size(); ++k) {
      Deviation deviation;
      for (int lane = 0; lane < operands_[k].lanes; ++lane) {
        add_operand_adjoints(k, lane, start[k], deviation);
      }
      deviation.expect_within(kGradientTolerance<T>, "adjoint of operand " + std::to_string(k));
    }
  }

  void add_operand_adjoints(std::size_t k, int lane, const std::vector<T>& start,
                            Deviation& deviation) const {
    const core::Jet<T>& jet = operands_[k];
    const std::vector<Real> parameters = exact_parameters();
    Sample point = sample_of(operands_, lane);
    for_each_row(jet, [&](core::Subset s, int feature) {
      const T* adjoint = jet.adjoint_row(s, feature) + lane;
      Real expected = start[static_cast<std::size_t>(adjoint - jet.adjoint)];
      if (seeded_[static_cast<std::size_t>(lane)]) {
        expected += central_difference(point[k][static_cast<std::size_t>(feature)][s],
                                       [&] { return objective(point, parameters, lane); });
      }
      deviation.add(*adjoint, expected);
    });
  }

  void expect_parameter_adjoints(const std::vector<T>& start) const {
    std::vector<Real> parameters = exact_parameters();
    std::vector<Real> expected(start.begin(), start.end());
    for (int lane = 0; lane < tape_.samples(); ++lane) {
      if (!seeded_[static_cast<std::size_t>(lane)]) continue;
      const Sample point = sample_of(operands_, lane);
      for (std::size_t i = 0; i < parameters.size(); ++i) {
        expected[i] +=
            central_difference(parameters[i], [&] { return objective(point, parameters, lane); });
      }
    }
    Deviation deviation;
    for (std::size_t i = 0; i < expected.size(); ++i) deviation.add(adjoint_[i], expected[i]);
    deviation.expect_within(kGradientTolerance<T>, "adjoint of the parameters");
  }

  OperationCase operation_;
  BuildOperation<T> build_;
  NaiveOperation naive_;
  core::Random random_{42};
  core::Tape<T> tape_;
  std::vector<core::Jet<T>> operands_;
  std::vector<T> parameters_, adjoint_;
  core::Jet<T> result_;
  std::vector<bool> seeded_;  // by lane
};

}  // namespace

template <class T>
void expect_operation_in(const OperationCase& operation, const BuildOperation<T>& build,
                         const NaiveOperation& naive) {
  OperationCheck<T> check(operation, build, naive);
  std::vector<int> sizes{core::kPackLanes<T> + 1};
  if (operation.every_size) sizes.insert(sizes.end(), {1, 5, core::kTileLanes<T>});
  for (const int samples : sizes) {
    SCOPED_TRACE(std::to_string(8 * sizeof(T)) + " bits, " + std::to_string(samples) + " samples");
    check.run(samples);
  }
}

template void expect_operation_in(const OperationCase&, const BuildOperation<float>&,
                                  const NaiveOperation&);
template void expect_operation_in(const OperationCase&, const BuildOperation<double>&,
                                  const NaiveOperation&);

}  // namespace finn::test
