/* The eruptions of the Old Faithful geyser: rows of a duration and a wait, in minutes. */
#ifndef FINN_EXAMPLES_ERUPTIONS_H
#define FINN_EXAMPLES_ERUPTIONS_H

#include <stddef.h>
#include <stdint.h>

enum { VARIABLES = 2 };

/* The domain of the density; every row must lie in it. */
extern const double box_lower[VARIABLES];
extern const double box_upper[VARIABLES];

/* Rows are [count][VARIABLES]. After a shuffle the first held_out of shuffled are held out and
 * the rest are trained on. */
typedef struct eruptions {
  size_t count, held_out, trained_on;
  double* rows; /* in the order of the file */
  double* shuffled;
} eruptions;

/* Reads a CSV file of two columns. Returns 0, or -1 after a line on stderr that names the file;
 * eruptions_free is due in both cases. */
int eruptions_read(const char* path, eruptions* data);
void eruptions_free(eruptions* data);

/* The same order for the same seed on every machine. */
void eruptions_shuffle(eruptions* data, uint64_t seed);

/* The share of all rows that lie in [lower, upper). */
double eruptions_share(const eruptions* data, const double* lower, const double* upper);

#endif /* FINN_EXAMPLES_ERUPTIONS_H */
