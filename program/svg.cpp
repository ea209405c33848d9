#include "program/svg.hpp"

#include <cmath>

#include "program/text.hpp"

namespace program {
namespace {

constexpr const char* kAnchors[] = {"start", "middle", "end"};

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : clean(text)) {
    if (c == '<') {
      result += "&lt;";
    } else if (c == '&') {
      result += "&amp;";
    } else {
      result += c;
    }
  }
  return result;
}

std::string attribute(const char* name, std::string_view value) {
  return std::string(" ") + name + "=\"" + std::string(value) + "\"";
}

}  // namespace

std::string pixels(double length) { return text_of(std::round(100 * length) / 100); }

Svg::Svg(double width, double height) {
  const std::string size = pixels(width) + " " + pixels(height);
  text_ = "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", pixels(width)) +
          attribute("height", pixels(height)) + attribute("viewBox", "0 0 " + size) +
          " font-family=\"sans-serif\" font-size=\"13\">\n";
  rectangle(0, 0, width, height, "fill=\"white\"");
}

void Svg::rectangle(double x, double y, double width, double height, std::string_view style) {
  text_ += "<rect" + attribute("x", pixels(x)) + attribute("y", pixels(y)) +
           attribute("width", pixels(width)) + attribute("height", pixels(height)) + " " +
           std::string(style) + "/>\n";
}

void Svg::path(std::string_view d, std::string_view style) {
  text_ += "<path" + attribute("d", d) + " " + std::string(style) + "/>\n";
}

void Svg::text(double x, double y, Anchor anchor, std::string_view text) {
  text_ += "<text" + attribute("x", pixels(x)) + attribute("y", pixels(y)) +
           attribute("text-anchor", kAnchors[static_cast<int>(anchor)]) + ">" + escaped(text) +
           "</text>\n";
}

void Svg::upright_text(double x, double y, std::string_view text) {
  text_ += "<text" +
           attribute("transform", "translate(" + pixels(x) + " " + pixels(y) + ") rotate(-90)") +
           attribute("text-anchor", "middle") + ">" + escaped(text) + "</text>\n";
}

}  // namespace program
