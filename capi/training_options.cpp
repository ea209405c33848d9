#include "capi/training_options.hpp"

#include "capi/options.hpp"
#include "capi/translate.hpp"

namespace finn::capi {
net::TrainingOptions checked_training_options(const finn_training_options* given) {
  const finn_training_options options = checked(given, "options");
  net::TrainingOptions translated;
#define FINN_TRANSLATE_OPTION(path, name, row, applies_to, sentence) \
  translate(options.name, translated.path);
  FINN_TRAINING_OPTIONS(FINN_TRANSLATE_OPTION)
#undef FINN_TRANSLATE_OPTION
  net::require_valid(translated, "options.");
  return translated;
}

finn_training_options training_options_of(const net::TrainingOptions& options) {
  auto translated = defaults<finn_training_options>();
#define FINN_TRANSLATE_OPTION(path, name, row, applies_to, sentence) \
  translate(options.path, translated.name);
  FINN_TRAINING_OPTIONS(FINN_TRANSLATE_OPTION)
#undef FINN_TRANSLATE_OPTION
  return translated;
}

}  // namespace finn::capi
