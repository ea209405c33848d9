// A domain: a region of x, a box of u, and the map x = r(u) between them (u-substitution, eq. 12-14
// of the paper). The network, its constraint and its corner sums live in the box and never see x:
//
//   f(x) = f_u(u(x)) w(x),   w = 1/|det dr/du|,   so the integral of f over r(A) is that of f_u
//   over A.
//
// A domain is immutable and any number of threads may use it at once; mapping a point allocates
// nothing. All of it is in double. The kinds stand in finn/domains/. docs/DOMAINS.md.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "core/subset.hpp"
#include "finn/domains/box.hpp"

namespace finn::net {

// Derivatives at a point inside a domain.
struct Slopes {
  // u[j][i] = du_j/dx_i. Where u is not differentiable (centres, vertices, seams) an entry that
  // would be infinite is 0.
  std::array<std::array<double, core::kMaxVariables>, core::kMaxVariables> u;
  std::array<double, core::kMaxVariables> log_weight;  // d log w / dx_i
};

// Of one variable: du_i/dx_i and d log |du_i/dx_i| / dx_i.
struct AxisSlopes {
  double u = 0, log_weight = 0;
};

class Domain;
using DomainPointer = std::shared_ptr<const Domain>;

// With what the function of finn/domains/domains.hpp that makes a domain of this kind makes it
// again, to the same bits. What has callbacks is not made again, but found by its name.
struct DomainRecipe {
  struct Argument {
    std::string name;
    std::vector<double> values;
  };

  std::vector<Argument> arguments{};
  std::vector<DomainPointer> parts{};  // the domains that it is made of
};

class Domain {
 public:
  // The logarithm of the weight of a point outside.
  static constexpr double kOutside = -std::numeric_limits<double>::infinity();
  // How far outside, relative to the size of the domain, a point still counts as one of the edge.
  static constexpr double kEdge = 1e-12;

  // How many domains may lie over one another, each made of the one below it: every one takes its
  // share of the stack when a point is mapped.
  static constexpr int kMaxDepth = 32;

  // below: the depth of the deepest domain of which this one is made. It must be below kMaxDepth,
  // which is for the function that makes the domain to check.
  explicit Domain(const Box& box, int below = 0) : box_(box), depth_(below + 1) {}
  Domain(const Domain&) = delete;
  Domain& operator=(const Domain&) = delete;
  virtual ~Domain() = default;

  // What it is, in a word: "half-line".
  virtual const char* kind() const noexcept = 0;

  // The box in u. Both arrays of a point, x and u, are [variables].
  const Box& box() const noexcept { return box_; }
  int variables() const noexcept { return box_.variables; }
  // 1 for a domain that is made of no other.
  int depth() const noexcept { return depth_; }

  // x = r(u), finite for every u; u outside the box is first moved to its edge.
  void to_point(const double* u, double* x) const;
  // u = r^-1(x), and returns log w, kOutside for a point outside. There u is the inverse continued
  // beyond the edge and clamped to the box, so that a cdf is defined everywhere.
  double locate(const double* x, double* u) const;
  // What belongs to the partial of F over a subset: log w if the subset is full and 0 otherwise. A
  // product counts each factor by itself, so that marginals over whole factors are densities of x.
  double locate(const double* x, Subset subset, double* u) const;
  // At a point inside.
  void slopes(const double* x, Slopes& slopes) const { differentiate(x, slopes); }
  // Those of what locate(x, subset, u) gives: of the u that it clamps, and of the weight of the
  // subset. Where that weight is not 0 the point may be outside, where the u of a map that does not
  // take one variable at a time are taken for constant.
  void slopes(const double* x, Subset subset, Slopes& slopes) const {
    differentiate_subset(x, subset, slopes);
  }
  bool contains(const double* x) const;
  // The variables of which u_i is x_i itself.
  virtual Subset unmapped() const { return 0; }
  // Whether u_i is a function of x_i alone, growing or falling, for every i.
  virtual bool maps_axes() const { return false; }
  // u_i of x_i, which may be infinite, clamped to the box; only where maps_axes().
  double axis_to_box(std::size_t i, double x) const;
  // What u_i and the logarithm of its share in w change by with x_i: 0 beyond the domain, at which
  // u_i is clamped. Only where maps_axes().
  AxisSlopes axis_slopes(std::size_t i, double x) const;
  // The box of u whose image is the part of this box of x in the domain, whose limits may be
  // infinite; only where maps_axes().
  Box limits_to_box(const Box& limits) const;

  // By what name a file finds its callbacks again; null without one.
  virtual const char* name() const noexcept { return nullptr; }
  // Whether its map calls functions of the user.
  virtual bool has_callbacks() const noexcept { return false; }
  virtual DomainRecipe recipe() const { return {}; }

 private:
  // What a kind of domains implements: to_point for u in the box, locate without the clamping of u,
  // which follows, locate of a subset, and slopes.
  virtual void map(const double* u, double* x) const = 0;
  virtual double invert(const double* x, double* u) const = 0;
  virtual double invert_subset(const double* x, Subset subset, double* u) const;
  virtual void differentiate(const double* x, Slopes& slopes) const = 0;
  virtual void differentiate_subset(const double* x, Subset subset, Slopes& slopes) const;
  // axis_to_box without the clamping.
  virtual double invert_axis(std::size_t i, double x) const;

  Box box_;
  int depth_;
};

// Where the points of a model lie: in a domain or, if that is null, in a box.
struct Region {
  const Box& box;
  const Domain* domain;

  bool contains(const double* x) const {
    return domain == nullptr ? box.contains(x) : domain->contains(x);
  }

  // The point of the box at x, into u [variables]: on a domain its u, clamped to the box, with
  // Domain::kOutside for a point outside; in a box x itself, and 0.
  double to_box(const double* x, double* u) const {
    if (domain != nullptr) return domain->locate(x, u);
    std::copy_n(x, box.variables, u);
    return 0;
  }
  // The point at u of the box.
  void to_point(const double* u, double* x) const {
    if (domain != nullptr) return domain->to_point(u, x);
    std::copy_n(u, box.variables, x);
  }
};

}  // namespace finn::net
