// The law of a variable near one of its limits: an exponential one, cut at the other limit. It is
// what a normal far outside becomes within the limits.
#pragma once

namespace finn::net {

struct EndLaw {
  double lower, upper;  // one of them finite
  double rate;          // > 0, at which the density falls from its end on
  bool is_at_upper;     // a finite end

  // That of a normal of this centre and scale, from the limit that lies nearer to the centre.
  static EndLaw of_normal(double lower, double upper, double centre, double scale);

  double log_density(double x) const;        // -infinity outside of the limits
  double share(double x, bool below) const;  // the probability on one side of x
  double quantile(double p) const;           // within the limits, which it has for 0 and 1

 private:
  double distance(double x) const { return is_at_upper ? upper - x : x - lower; }
  // The probability within a distance of the end.
  double within(double distance) const;
};

}  // namespace finn::net
