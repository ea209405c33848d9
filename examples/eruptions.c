/* See eruptions.h. */
#include "eruptions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"

enum {
  HELD_OUT_PART = 5, /* one row in so many is held out */
  LEAST_ROWS = 10
};

const double box_lower[VARIABLES] = {1, 35};
const double box_upper[VARIABLES] = {6, 105};

static int lies_in(const double* row, const double* lower, const double* upper) {
  return row[0] >= lower[0] && row[0] < upper[0] && row[1] >= lower[1] && row[1] < upper[1];
}

static int check_rows(const char* path, const eruptions* data) {
  for (size_t i = 0; i < data->count; ++i) {
    const double* row = data->rows + i * VARIABLES;
    if (lies_in(row, box_lower, box_upper)) continue;
    fprintf(stderr, "%s:%zu: (%g, %g) lies outside the box [%g, %g) x [%g, %g)\n", path,
            csv_line_of_row(i), row[0], row[1], box_lower[0], box_upper[0], box_lower[1],
            box_upper[1]);
    return -1;
  }
  if (data->count >= LEAST_ROWS) return 0;
  fprintf(stderr, "%s: %zu rows, expected at least %d\n", path, data->count, LEAST_ROWS);
  return -1;
}

int eruptions_read(const char* path, eruptions* data) {
  char message[CSV_MESSAGE_SIZE];
  csv_table table;
  *data = (eruptions){0, 0, 0, NULL, NULL};
  if (csv_read(path, VARIABLES, &table, message) != 0) {
    fprintf(stderr, "%s\n", message);
    return -1;
  }
  data->rows = table.values;
  data->count = table.rows;
  data->held_out = (data->count + HELD_OUT_PART - 1) / HELD_OUT_PART;
  data->trained_on = data->count - data->held_out;
  if (check_rows(path, data) != 0) return -1;
  data->shuffled = malloc(data->count * VARIABLES * sizeof *data->shuffled);
  if (data->shuffled != NULL) return 0;
  fprintf(stderr, "%s: no memory for %zu rows\n", path, data->count);
  return -1;
}

void eruptions_free(eruptions* data) {
  free(data->rows);
  free(data->shuffled);
  *data = (eruptions){0, 0, 0, NULL, NULL};
}

/* SplitMix64 (Steele, Lea, Flood 2014): the standard's rand differs between machines. */
static uint64_t next_random(uint64_t* state) {
  uint64_t bits = *state += UINT64_C(0x9E3779B97F4A7C15);
  bits = (bits ^ (bits >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  bits = (bits ^ (bits >> 27)) * UINT64_C(0x94D049BB133111EB);
  return bits ^ (bits >> 31);
}

void eruptions_shuffle(eruptions* data, uint64_t seed) {
  uint64_t state = seed;
  memcpy(data->shuffled, data->rows, data->count * VARIABLES * sizeof *data->rows);
  for (size_t i = data->count - 1; i > 0; --i) {
    double kept[VARIABLES];
    double* row = data->shuffled + i * VARIABLES;
    double* other = data->shuffled + (size_t)(next_random(&state) % (i + 1)) * VARIABLES;
    memcpy(kept, row, sizeof kept);
    memmove(row, other, sizeof kept); /* they may be the same row */
    memcpy(other, kept, sizeof kept);
  }
}

double eruptions_share(const eruptions* data, const double* lower, const double* upper) {
  size_t inside = 0;
  for (size_t i = 0; i < data->count; ++i) {
    if (lies_in(data->rows + i * VARIABLES, lower, upper)) ++inside;
  }
  return (double)inside / (double)data->count;
}
