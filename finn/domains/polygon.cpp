// A convex polygon with constant determinant, cut into triangles (v_0, v_k, v_{k+1}). u_2 runs over
// them, each taking a share of [0, 1] equal to its share c_k .. c_{k+1} of the area A:
//
//   x = v_0 + sqrt(u_1) (a_k + t (a_{k+1} - a_k)),   a_k = v_k - v_0,   t = u_2 within its share
//   |det dr/du| = A
//
// The map is continuous and has no seam; it has kinks on the spokes from v_0.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/error.hpp"
#include "finn/domains/check.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"

namespace finn::net {
namespace {

struct Vector2 {
  double x, y;
};

Vector2 operator-(Vector2 a, Vector2 b) { return {a.x - b.x, a.y - b.y}; }
double cross(Vector2 a, Vector2 b) { return a.x * b.y - a.y * b.x; }
double dot(Vector2 a, Vector2 b) { return a.x * b.x + a.y * b.y; }
double length(Vector2 a) { return std::hypot(a.x, a.y); }

class Polygon final : public Domain {
 public:
  const char* kind() const noexcept override { return "polygon"; }
  // vertices go round counter-clockwise.
  Polygon(const std::vector<Vector2>& vertices, std::vector<double> given)
      : Domain(cube(2, 0, 1)), given_(std::move(given)), origin_(vertices[0]) {
    double size = 0;
    double twice_area = 0;
    for (std::size_t k = 1; k < vertices.size(); ++k) {
      spokes_.push_back(vertices[k] - origin_);
      size = std::fmax(size, length(spokes_.back()));
    }
    shares_.push_back(0);
    for (std::size_t k = 0; k < triangles(); ++k) {
      twice_area += cross(spokes_[k], spokes_[k + 1]);
      shares_.push_back(twice_area);
    }
    for (double& share : shares_) share /= twice_area;
    log_weight_ = std::log(2 / twice_area);
    const double origin[] = {origin_.x, origin_.y};
    slack_ = edge_slack(size, origin, 2) / size;
  }

  DomainRecipe recipe() const override { return {{{"vertices", given_}}}; }

 private:
  // x in a triangle: v_0 + y1 a_k + y2 (a_{k+1} - a_k), 1 >= y1 >= y2 >= 0.
  struct Place {
    std::size_t triangle;
    double y1, y2;
    bool inside;
    double t() const { return y1 > 0 ? y2 / y1 : 0.5; }
  };

  std::size_t triangles() const { return spokes_.size() - 1; }
  double width(std::size_t k) const { return shares_[k + 1] - shares_[k]; }

  Place place(const double* x) const {
    const Vector2 from_origin{x[0] - origin_.x, x[1] - origin_.y};
    const auto last = spokes_.end() - 2;
    // The spokes go round counter-clockwise within half a turn.
    const auto above = std::partition_point(spokes_.begin() + 1, last + 1, [&](Vector2 spoke) {
      return cross(spoke, from_origin) >= 0;
    });
    const auto k = static_cast<std::size_t>(above - spokes_.begin()) - 1;
    const Vector2 across = spokes_[k + 1] - spokes_[k];
    const double determinant = cross(spokes_[k], across);
    const double y1 = cross(from_origin, across) / determinant;
    const double y2 = cross(spokes_[k], from_origin) / determinant;
    Place place{k, std::fmin(std::fmax(y1, 0), 1), y2, true};
    place.y2 = std::fmin(std::fmax(y2, 0), place.y1);
    place.inside = y1 <= 1 + slack_ && y2 >= -slack_ && y2 <= y1 + slack_;
    return place;
  }

  void map(const double* u, double* x) const override {
    const auto above = std::upper_bound(shares_.begin() + 1, shares_.end() - 1, u[1]);
    const auto k = static_cast<std::size_t>(above - shares_.begin()) - 1;
    const double t = std::fmin((u[1] - shares_[k]) / width(k), 1);
    const double y1 = std::sqrt(u[0]);
    x[0] = origin_.x + y1 * ((1 - t) * spokes_[k].x + t * spokes_[k + 1].x);
    x[1] = origin_.y + y1 * ((1 - t) * spokes_[k].y + t * spokes_[k + 1].y);
  }

  double invert(const double* x, double* u) const override {
    const Place at = place(x);
    u[0] = at.y1 * at.y1;
    u[1] = shares_[at.triangle] + at.t() * width(at.triangle);
    return at.inside ? log_weight_ : kOutside;
  }

  void differentiate(const double* x, Slopes& slopes) const override {
    const Place at = place(x);
    const Vector2 spoke = spokes_[at.triangle];
    const Vector2 across = spokes_[at.triangle + 1] - spoke;
    const double determinant = cross(spoke, across);
    const double y1[] = {across.y / determinant, -across.x / determinant};
    const double y2[] = {-spoke.y / determinant, spoke.x / determinant};
    slopes = {};
    for (std::size_t i = 0; i < 2; ++i) {
      slopes.u[0][i] = 2 * at.y1 * y1[i];
      if (at.y1 <= slack_) continue;
      slopes.u[1][i] = width(at.triangle) * (y2[i] - at.t() * y1[i]) / at.y1;
    }
  }

  std::vector<double> given_;  // [vertices][2], before corners were chosen among them
  Vector2 origin_;
  std::vector<Vector2> spokes_;  // v_k - v_0, k = 1 ..
  std::vector<double> shares_;   // c_0 = 0 .. c_triangles = 1
  double log_weight_ = 0;
  double slack_ = 0;
};

// A vertex and its place in the array that was given.
struct Vertex {
  Vector2 at;
  std::int64_t number;
};

// Whether b lies on the way from a to c, or is the same as a, by 1e-12 of the size of the polygon.
bool is_on_the_way(Vector2 a, Vector2 b, Vector2 c, double size) {
  const double slack = Domain::kEdge * size;
  if (length(b - a) <= slack) return true;
  const double whole = length(c - a);
  return whole > slack && std::fabs(cross(c - a, b - a)) <= slack * whole && dot(b - a, c - b) > 0;
}

double size_of(const std::vector<Vertex>& vertices) {
  double size = 0;
  for (const Vertex& vertex : vertices) {
    size = std::fmax(size, length(vertex.at - vertices[0].at));
  }
  return size;
}

// The corners: files repeat the first vertex at the end, and have vertices in the middle of a side.
std::vector<Vertex> corners_of(std::vector<Vertex> ring) {
  const double size = size_of(ring);
  while (ring.size() > 1 && length(ring.back().at - ring.front().at) <= Domain::kEdge * size) {
    ring.pop_back();
  }
  std::vector<Vertex> corners;
  for (std::size_t k = 0; k < ring.size(); ++k) {
    const Vector2 before = corners.empty() ? ring.back().at : corners.back().at;
    const bool is_last = k + 1 == ring.size();
    const Vector2 after =
        is_last && !corners.empty() ? corners[0].at : ring[(k + 1) % ring.size()].at;
    if (!is_on_the_way(before, ring[k].at, after, size)) corners.push_back(ring[k]);
  }
  return corners;
}

// The turn at corner k of a polygon, positive to the left.
double turn(const std::vector<Vertex>& corners, std::size_t k) {
  const std::size_t count = corners.size();
  const Vector2 in = corners[k].at - corners[(k + count - 1) % count].at;
  const Vector2 out = corners[(k + 1) % count].at - corners[k].at;
  return std::atan2(cross(in, out), dot(in, out));
}

double signed_area(const std::vector<Vertex>& corners) {
  double twice = 0;
  for (std::size_t k = 1; k + 1 < corners.size(); ++k) {
    twice += cross(corners[k].at - corners[0].at, corners[k + 1].at - corners[0].at);
  }
  return 0.5 * twice;
}

// Convex: every turn goes to the left, and together they make one turn, not two or more.
void require_convex(const std::vector<Vertex>& corners) {
  constexpr double kSmallestTurn = 1e-9;
  double sum = 0;
  for (std::size_t k = 0; k < corners.size(); ++k) {
    const double here = turn(corners, k);
    sum += here;
    if (here > kSmallestTurn && here < std::numbers::pi - kSmallestTurn) continue;
    core::fail(core::Status::ERROR_ARGUMENT,
               "vertices: not convex at vertex %lld (%g, %g); corners that bend the same way, each "
               "at another place, expected",
               static_cast<long long>(corners[k].number), corners[k].at.x, corners[k].at.y);
  }
  if (std::fabs(sum - 2 * std::numbers::pi) < 1) return;
  core::fail(core::Status::ERROR_ARGUMENT,
             "vertices: the polygon intersects itself: it goes round %.0f times",
             sum / (2 * std::numbers::pi));
}

}  // namespace

DomainPointer polygon_domain(const double* vertices, std::int64_t count) {
  if (count < 3 || count > 1 << 20) {
    core::fail(core::Status::ERROR_ARGUMENT, "count: %lld given, 3 .. %d vertices expected",
               static_cast<long long>(count), 1 << 20);
  }
  require_coordinates(vertices, 2 * count, "vertices");
  std::vector<Vertex> given;
  for (std::int64_t k = 0; k < count; ++k) {
    given.push_back({{vertices[2 * k], vertices[2 * k + 1]}, k});
  }
  std::vector<Vertex> corners = corners_of(given);
  if (corners.size() < 3) {
    core::fail(
        core::Status::ERROR_ARGUMENT,
        "vertices: %zu of the %lld are corners, 3 expected: the others repeat a corner or lie "
        "on a side",
        corners.size(), static_cast<long long>(count));
  }
  if (signed_area(corners) < 0) std::reverse(corners.begin(), corners.end());
  require_convex(corners);
  std::vector<Vector2> places;
  for (const Vertex& corner : corners) places.push_back(corner.at);
  return std::make_shared<Polygon>(places, std::vector<double>(vertices, vertices + 2 * count));
}

}  // namespace finn::net
