#include "capi/chain_options.hpp"

#include "capi/options.hpp"
#include "capi/translate.hpp"

namespace finn::capi {

net::ChainOptions checked_chain_options(const finn_chain_options* given) {
  const finn_chain_options options = checked(given, "options");
  net::ChainOptions translated;
#define FINN_TRANSLATE_OPTION(path, name, row, applies_to, sentence) \
  translate(options.name, translated.path);
  FINN_CHAIN_OPTIONS(FINN_TRANSLATE_OPTION)
#undef FINN_TRANSLATE_OPTION
  return translated;
}

finn_chain_options chain_options_of(const net::ChainOptions& options) {
  auto translated = defaults<finn_chain_options>();
#define FINN_TRANSLATE_OPTION(path, name, row, applies_to, sentence) \
  translate(options.path, translated.name);
  FINN_CHAIN_OPTIONS(FINN_TRANSLATE_OPTION)
#undef FINN_TRANSLATE_OPTION
  return translated;
}

}  // namespace finn::capi
