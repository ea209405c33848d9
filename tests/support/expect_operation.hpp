// Checks an operation on the tape against the naive reference: every coefficient of its result and
// the adjoints of all operands and parameters, in float and double, for batches of several sizes.
//
// The operation is given twice: for the tape, build(tape, operands, parameters) -> core::Jet<T>,
// and for one sample of the reference, naive(operands, parameters) -> Features.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::test {

// Whatever the operation, the check is one: it is compiled once and not by every test.
template <class T>
using BuildOperation = std::function<core::Jet<T>(core::Tape<T>&, const std::vector<core::Jet<T>>&,
                                                  const Parameters<T>&)>;
using NaiveOperation = std::function<Features(const Sample&, const std::vector<Real>&)>;

// One sample, part of a pack, part of a tile and a full tile. T is float or double.
template <class T>
void expect_operation_in(const OperationCase& operation, const BuildOperation<T>& build,
                         const NaiveOperation& naive);

template <class Build>
void expect_operation(const OperationCase& operation, const Build& build,
                      const NaiveOperation& naive) {
  expect_operation_in<float>(operation, build, naive);
  expect_operation_in<double>(operation, build, naive);
}

}  // namespace finn::test
