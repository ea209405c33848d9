// What the losses of a run say about how it went: where they came to, and whether they still fell.
#pragma once

#include <cstdint>
#include <span>

namespace finn::net {

// Over so many steps at most the loss of the end is a mean.
inline constexpr std::int64_t kSmoothedSteps = 100;
// What is less than this share of what a run has gained in all is nothing to warn of.
inline constexpr double kLeastShare = 0.01;

// The mean of the last kSmoothedSteps losses, or of all if there are fewer; NaN of none.
double smoothed_end(std::span<const double> losses);

// From the first loss to smoothed_end; 0 where that is no fall.
double gain_of(std::span<const double> losses);

// Whether the mean over the last tenth of the steps lies below that over the tenth before it, by
// more than kLeastShare of gain_of and by more than three standard errors. false for less than 30
// steps, whose tenths are too short to tell a fall from noise.
bool still_falls(std::span<const double> losses);

}  // namespace finn::net
