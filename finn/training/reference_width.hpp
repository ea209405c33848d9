// How wide a kernel density estimate of rows would smooth around a place: what keeps fits to few
// rows from being narrower than the rows can tell. docs/TRAINING.md, "Few rows".
#pragma once

#include <cstdint>
#include <vector>

#include "finn/data/rows.hpp"
#include "finn/model/model.hpp"

namespace finn::net {

// h of one variable: a function of its coordinate, linear between knots and constant outside.
struct ReferenceWidth {
  std::vector<double> at, width;  // [knots], at increasing

  double operator()(double coordinate) const;
};

// h = 1.06 rows^(-1 / (variables + 4)) deviation, the rule of D. W. Scott, "Multivariate density
// estimation" (1992), with the deviation around a coordinate: that of the normal distribution whose
// middle has the fifth of the values, at least one, that lies closest together around it.
ReferenceWidth reference_width(std::vector<double> values, std::int64_t rows, int variables);

// h of each variable in the coordinates of the network, for a fit to count rows of a source, from
// up to kFirstRows of them, evenly spread. Empty where all of these are outside a domain.
template <class T>
std::vector<ReferenceWidth> reference_widths(const Model<T>& model, RowSource& rows,
                                             std::int64_t count);

extern template std::vector<ReferenceWidth> reference_widths(const Model<float>&, RowSource&,
                                                             std::int64_t);
extern template std::vector<ReferenceWidth> reference_widths(const Model<double>&, RowSource&,
                                                             std::int64_t);

}  // namespace finn::net
