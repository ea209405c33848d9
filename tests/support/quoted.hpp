// JSON within JSON, as the description of a model stands in the header of its file.
#pragma once

#include <string>

namespace finn::test {

// The text of a document as it stands between the quotes of a string.
inline std::string quoted(const std::string& json) {
  std::string text;
  for (const char character : json) {
    if (character == '"' || character == '\\') text.push_back('\\');
    text.push_back(character);
  }
  return text;
}

}  // namespace finn::test
