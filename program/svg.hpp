#pragma once

#include <string>
#include <string_view>

namespace program {

// Where a text has its place.
enum class Anchor { start, middle, end };

// A picture in SVG 1.1, element by element; lengths are pixels from the upper left corner.
class Svg {
 public:
  Svg(double width, double height);

  void rectangle(double x, double y, double width, double height, std::string_view style);
  void path(std::string_view d, std::string_view style);
  void text(double x, double y, Anchor anchor, std::string_view text);
  // From the bottom to the top, its middle at y.
  void upright_text(double x, double y, std::string_view text);

  std::string finished() const { return text_ + "</svg>\n"; }

 private:
  std::string text_;
};

// A length as it stands in a path: two digits behind the point at most.
std::string pixels(double length);

}  // namespace program
