#pragma once

#include "program/arguments.hpp"

namespace program {

extern const Command kFit;
extern const Command kDescribe;
extern const Command kEvaluate;
extern const Command kIntegrate;
extern const Command kSample;
extern const Command kProbability;
extern const Command kQuantile;
extern const Command kPlot;
extern const Command kOptions;

}  // namespace program
