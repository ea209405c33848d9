#include <cstdio>
#include <finn.hpp>
#include <string>
#include <vector>

#include "program/arguments.hpp"
#include "program/commands.hpp"
#include "program/json.hpp"
#include "program/option_sets.hpp"
#include "program/text.hpp"

namespace program {
namespace {

const Flag kFlags[] = {{"json", "", "the tables as JSON"}};

// "1 .. 64", "[0, 1)", "above 0", "adam, adamw".
std::string values_of(const finn_option& row) {
  if (*row.choices != '\0') return row.choices;
  if (row.type == FINN_OPTION_FLAG) return "true, false";
  const std::string least = short_text(row.least, 16), most = short_text(row.most, 16);
  if (row.type != FINN_OPTION_NUMBER) return least + " .. " + most;
  if (row.most > 1e300) return (row.least_is_excluded != 0 ? "above " : "at least ") + least;
  return (row.least_is_excluded != 0 ? "(" : "[") + least + ", " + most +
         (row.most_is_excluded != 0 ? ")" : "]");
}

void print(const OptionSet& set) {
  std::printf("%s\n", set.name.c_str());
  for (const finn_option& row : set.rows) {
    std::printf("  --%s %s    (%s)%s%s\n      %s\n", row.name, row.default_value,
                values_of(row).c_str(), *row.applies_to != '\0' ? "    for " : "", row.applies_to,
                row.sentence);
  }
}

std::string json_of(const OptionSet& set) {
  std::string all;
  for (const finn_option& row : set.rows) {
    JsonObject object;
    object.string("name", row.name).string("default", row.default_value);
    object.string("values", values_of(row)).string("applies_to", row.applies_to);
    object.string("sentence", row.sentence);
    all += (all.empty() ? "" : ", ") + object.text();
  }
  return "[" + all + "]";
}

std::vector<OptionSet> wanted(const Arguments& arguments) {
  std::vector<OptionSet> sets;
  std::vector<std::string> names;
  for (const OptionSet& set : option_sets()) {
    names.push_back(set.name);
    if (arguments.inputs() == 0 || arguments.input(0) == set.name) sets.push_back(set);
  }
  if (sets.empty()) {
    arguments.fail("\"" + arguments.input(0) + "\" given, one of " + joined(names) + " expected");
  }
  return sets;
}

void run(const Arguments& arguments) {
  JsonObject object;
  for (const OptionSet& set : wanted(arguments)) {
    object.add(set.name, json_of(set));
    if (!arguments.has("json")) print(set);
  }
  if (arguments.has("json")) std::printf("%s\n", object.text().c_str());
}

}  // namespace

const Command kOptions = {"options",
                          "[mixture|mlp|constraint|conditioning|training|chain]",
                          0,
                          1,
                          "Lists the options that finn fit takes by name, each with its default "
                          "and its values.",
                          kFlags,
                          false,
                          run};

}  // namespace program
