/*
 * A small reader of numeric CSV files for the examples: one header line, then one row of numbers
 * per line. It is strict, since a value that is silently wrong would end in a wrong density.
 */
#ifndef FINN_EXAMPLES_CSV_H
#define FINN_EXAMPLES_CSV_H

#include <stddef.h>

enum { CSV_MAX_COLUMNS = 64, CSV_MAX_LINE = 4096, CSV_MESSAGE_SIZE = 512 };

/* values [rows][columns], row-major; free with csv_free. */
typedef struct csv_table {
  size_t rows;
  size_t columns;
  double* values;
} csv_table;

/* Reads the file at path, which must have this many columns (1 .. CSV_MAX_COLUMNS). Fields may
 * stand in double quotes, lines may end in CR LF, blank lines may follow the last row. Anything
 * that is not a finite number in every field is an error.
 * Returns 0, or -1 with a sentence in message that names file and line; the table is then empty. */
int csv_read(const char* path, size_t columns, csv_table* table, char message[CSV_MESSAGE_SIZE]);

/* Frees the values and empties the table. */
void csv_free(csv_table* table);

/* The line of the file, counted from 1, that holds this row, counted from 0. */
size_t csv_line_of_row(size_t row);

#endif /* FINN_EXAMPLES_CSV_H */
