// The strings of JSON: what stands between the quotes, and what it means. All text is UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace finn::core {

// Appends the text with its quotes. What must be escaped is, as shortly as can be.
void append_json_string(std::string& document, std::string_view text);

// Appends what the characters between two quotes mean. Returns NULL, or what an escape that is none
// should have been; the text is then of no use. Takes no more memory than the characters have.
const char* append_unescaped(std::string& text, std::string_view characters);

// The text as a JSON string of which at most the first 60 bytes are shown: for messages.
std::string shown(std::string_view text);

}  // namespace finn::core
