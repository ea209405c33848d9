// Reads one JSON document (RFC 8259), strictly and without trust, from bytes that stay the
// caller's.
//
// The caller says what comes next, and gets it or an error: no tree of the document is built. What
// is read takes no more memory than the values that are returned and the keys of the objects that
// are open, and a list of numbers at most 4 times that of its text; how long lists and how large
// objects may be is for the caller to say. A key that comes twice in an object, text that is not
// UTF-8, and more than kMostDepth brackets within one another are errors.
//
//   JsonReader json("region", bytes);
//   json.object([&](std::string_view key) {
//     if (key == "kind") {
//       kind = json.string();
//     } else if (key == "lower") {
//       lower = json.numbers(8);
//     } else {
//       json.fail_unknown(key, "kind and lower");
//     }
//   });
//   json.end();
//
// All errors are ERROR_FORMAT; messages name the document, the byte (the first one is 0), what was
// found and what was expected. After an error a reader is of no more use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace finn::core {

class JsonReader {
 public:
  static constexpr int kMostDepth = 32;
  static constexpr std::size_t kMostMembers = 256;  // unless the caller gives another number

  enum class Kind { OBJECT, LIST, STRING, NUMBER, BOOLEAN, NOTHING };

  JsonReader(std::string document, std::span<const unsigned char> bytes);
  JsonReader(std::string document, std::string_view text);

  // The kind of the value that comes next, which is not read yet.
  Kind kind();

  // member(key) reads the value of each key; the key is gone when it returns.
  template <class Member>
  void object(Member&& member, std::size_t most = kMostMembers) {
    std::set<std::string, std::less<>> keys;
    enter('{', "an object");
    for (bool more = !leave_if_empty('}'); more; more = goes_on('}')) {
      require_at_most(keys.size() + 1, most, "members of an object");
      member(read_key(keys));
    }
  }

  // element() reads each value of a list of at most `most` of them.
  template <class Element>
  void list(std::size_t most, Element&& element) {
    std::size_t count = 0;
    enter('[', "a list");
    for (bool more = !leave_if_empty(']'); more; more = goes_on(']')) {
      require_at_most(++count, most, "elements of a list");
      element();
    }
  }
  std::vector<double> numbers(std::size_t most);
  std::vector<std::int64_t> integers(std::size_t most);

  std::string string();
  // A number that a double can hold; one that is rounded to infinity, or to 0 without being 0, is
  // an error.
  double number();
  double number_or_infinity();  // or one of the strings "inf" and "-inf"
  // Digits alone: neither 1.0 nor 1e3 is an integer.
  std::int64_t integer();
  std::uint64_t unsigned_integer();
  bool boolean();
  bool null_if_next();  // whether null came next, which then has been read
  void skip();          // a value of any kind, which must be as valid as one that is read

  // Nothing but spaces may follow.
  void end();

  // The byte that the value read last, or the key, begins at.
  std::size_t offset() const noexcept { return value_; }

  // Errors of what a document says, at the value or key that was read last.
  [[noreturn]] void fail_unknown(std::string_view key, const char* expected) const;
  [[noreturn]] void fail_given(std::string_view given, const char* expected) const;

  // Fails, where an object has ended, unless it had this member.
  void require_member(bool is_there, const char* key) const;

 private:
  [[noreturn]] void fail_at(std::size_t offset, const char* given, const char* expected) const;
  [[noreturn]] void fail_next(const char* expected) const;
  bool is_at_end() const noexcept { return at_ == text_.size(); }
  char next() const noexcept { return is_at_end() ? '\0' : text_[at_]; }
  void skip_spaces() noexcept;
  void begin_value(const char* expected);
  bool take(std::string_view word) noexcept;

  void enter(char bracket, const char* expected);
  bool leave_if_empty(char bracket);
  bool goes_on(char bracket);
  void require_at_most(std::size_t count, std::size_t most, const char* what) const;
  std::string_view read_key(std::set<std::string, std::less<>>& keys);

  std::string_view raw_string(const char* expected);
  std::string unescaped(std::string_view raw) const;
  std::size_t numbers_ahead(std::size_t most) const;
  void skip_digits();
  std::string_view raw_number(bool is_integer, const char* expected);
  template <class Number>
  Number parsed(std::string_view raw, const char* expected) const;

  std::string document_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t value_ = 0;
  int depth_ = 0;
};

}  // namespace finn::core
