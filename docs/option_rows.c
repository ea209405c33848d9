/* Prints the table of options, a line a row with tabs between, for docs/generate_options.py. It is
 * also an example of how a program lists the options of the library. */
#include <finn.h>
#include <stdio.h>

static const char* const kStructs[] = {"finn_mixture_options",    "finn_mlp_options",
                                       "finn_constraint_options", "finn_conditioning_options",
                                       "finn_training_options",   "finn_chain_options"};
static const char* const kTypes[] = {"integer", "number", "flag", "choice", "integers"};

static void print_row(const char* structure, const finn_option* row) {
  printf("%s\t%s\t%s\t%s\t", structure, row->name, kTypes[row->type], row->default_value);
  printf("%.17g\t%d\t%.17g\t%d\t", row->least, row->least_is_excluded, row->most,
         row->most_is_excluded);
  printf("%s\t%s\t%s\n", row->choices, row->applies_to, row->sentence);
}

int main(void) {
  for (int32_t kind = FINN_OPTIONS_MIXTURE; kind <= FINN_OPTIONS_CHAIN; ++kind) {
    for (int32_t i = 0; i < finn_option_count((finn_options_kind)kind); ++i) {
      finn_option row = {.struct_size = sizeof row};
      finn_error error = FINN_ERROR_INIT;
      if (finn_option_row((finn_options_kind)kind, i, &row, &error) != FINN_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
      }
      print_row(kStructs[kind], &row);
    }
  }
  return 0;
}
