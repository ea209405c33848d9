// What a fit to rows of intervals does that one to points does not: points that stand for its rows,
// how many rows their weights are, and what noise makes of a row.
#pragma once

#include <cstdint>
#include <optional>

#include "core/random.hpp"
#include "finn/data/interval_row.hpp"
#include "finn/data/rows.hpp"
#include "finn/model/model.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/row_noise.hpp"

namespace finn::net {

template <class T>
class IntervalFit {
 public:
  // Of this model, which must live as long as the fit; nothing is to be done for another loss.
  void begin(const Model<T>& model, Loss loss);
  bool is_one() const noexcept { return reader_.has_value(); }
  const IntervalReader& reader() const { return *reader_; }

  // Some rows of a source that the order has, each as often as its weight says, as the points that
  // stand for them; and those of a batch.
  RowBlock first_points(const Model<T>& model, RowSource& rows, const RowOrder& order,
                        std::uint64_t seed) const;
  RowBlock points_of(const Model<T>& model, const RowBlock& batch) const;
  // Moves the variables of a row that are known by the noise of the point that stands for it, and
  // takes a random place in its intervals now and then.
  void move(const Model<T>& model, const RowNoise<T>& noise, core::Random& random, double* lower,
            double* upper) const;

 private:
  std::optional<IntervalReader> reader_;
};

// For how many rows count rows of a source stand, the weights of bins being counts: for as many as
// all of these together, and for no fewer than there are.
std::int64_t counted_rows(const RowSource& rows, std::int64_t count);

extern template class IntervalFit<float>;
extern template class IntervalFit<double>;

}  // namespace finn::net
