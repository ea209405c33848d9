/* See csv.h. */
#include "csv.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
  const char* path;
  FILE* file;
  size_t line; /* number of the line in text, counted from 1 */
  char text[CSV_MAX_LINE + 1];
  char header[CSV_MAX_LINE + 1]; /* names point into it */
  char* names[CSV_MAX_COLUMNS];
  char* message;
} reader;

typedef enum line_kind { LINE_FAILED = -1, LINE_END = 0, LINE_TEXT = 1 } line_kind;

/* Writes "PATH:LINE: " or, before the first line, "PATH: ", and then the rest. */
static int fail(const reader* source, const char* format, ...) {
  va_list arguments;
  char line[24] = "";
  int used;
  if (source->line > 0) snprintf(line, sizeof line, ":%zu", source->line);
  used = snprintf(source->message, CSV_MESSAGE_SIZE, "%.200s%s: ", source->path, line);
  va_start(arguments, format);
  vsnprintf(source->message + used, (size_t)(CSV_MESSAGE_SIZE - used), format, arguments);
  va_end(arguments);
  return -1;
}

static line_kind end_of_input(const reader* source, size_t length) {
  if (ferror(source->file) != 0) {
    fail(source, "cannot read: %s", strerror(errno));
    return LINE_FAILED;
  }
  return length > 0 ? LINE_TEXT : LINE_END;
}

/* Reads one line into text without its line end. Characters are taken one by one, as fgets would
 * hide a NUL byte in the file. */
static line_kind read_line(reader* source) {
  size_t length = 0;
  line_kind kind = LINE_TEXT;
  int character;
  ++source->line;
  while ((character = fgetc(source->file)) != EOF && character != '\n') {
    if (character == '\0') {
      fail(source, "byte %zu is 0: this is not a text file", length + 1);
      return LINE_FAILED;
    }
    if (length == CSV_MAX_LINE) {
      fail(source, "the line is longer than %d bytes", CSV_MAX_LINE);
      return LINE_FAILED;
    }
    source->text[length++] = (char)character;
  }
  if (character == EOF) kind = end_of_input(source, length);
  if (length > 0 && source->text[length - 1] == '\r') --length;
  source->text[length] = '\0';
  return kind;
}

static int is_blank(const char* text) { return text[strspn(text, " \t")] == '\0'; }

static void trim_end(char* text) {
  size_t length = strlen(text);
  while (length > 0 && strchr(" \t", text[length - 1]) != NULL) text[--length] = '\0';
}

/* Cuts the first field off at *rest, and moves *rest to the next one, or to NULL after the last.
 * Returns NULL when a quote is not closed, or is followed by something other than a comma. */
static char* cut_field(char** rest) {
  char* field = *rest + strspn(*rest, " \t");
  char* end = field;
  if (*field == '"') {
    end = strchr(++field, '"');
    if (end == NULL) return NULL;
    *end++ = '\0';
    end += strspn(end, " \t");
    if (*end != ',' && *end != '\0') return NULL;
  } else {
    end += strcspn(end, ",");
  }
  *rest = *end == ',' ? end + 1 : NULL;
  *end = '\0';
  trim_end(field);
  return field;
}

static int split(const reader* source, char* text, size_t columns, char** fields) {
  size_t count = 0;
  char* rest = text;
  while (rest != NULL) {
    char* field = cut_field(&rest);
    if (field == NULL) return fail(source, "column %zu: the quotes do not match", count + 1);
    if (count < columns) fields[count] = field;
    ++count;
  }
  if (count != columns) return fail(source, "expected %zu columns, found %zu", columns, count);
  return 0;
}

/* strtod alone would also take hexadecimal numbers. */
static int parse_number(const char* text, double* number) {
  char* end;
  *number = strtod(text, &end);
  return end != text && *end == '\0' && strpbrk(text, "xX") == NULL;
}

static int parse_field(const reader* source, size_t column, const char* text, double* number) {
  const char* name = source->names[column];
  if (*text == '\0' || strcmp(text, "NA") == 0) {
    return fail(source, "column %zu (%.80s): the value is missing", column + 1, name);
  }
  if (!parse_number(text, number)) {
    return fail(source, "column %zu (%.80s): '%.80s' is not a number", column + 1, name, text);
  }
  if (!isfinite(*number)) {
    return fail(source, "column %zu (%.80s): '%.80s' is not finite", column + 1, name, text);
  }
  return 0;
}

/* A file whose first line holds numbers has no header, and would silently lose a row. */
static int read_header(reader* source, size_t columns) {
  static const char byte_order_mark[] = "\xEF\xBB\xBF";
  char* text = source->header;
  double number;
  line_kind kind = read_line(source);
  if (kind == LINE_FAILED) return -1;
  if (kind == LINE_END) return fail(source, "the file is empty");
  strcpy(text, source->text);
  if (strncmp(text, byte_order_mark, 3) == 0) text += 3;
  if (split(source, text, columns, source->names) != 0) return -1;
  if (parse_number(source->names[0], &number)) {
    return fail(source, "'%.80s' is a number where the name of a column should be",
                source->names[0]);
  }
  return 0;
}

static int reserve_row(const reader* source, csv_table* table, size_t* capacity) {
  const size_t largest = SIZE_MAX / sizeof(double) / table->columns;
  size_t wanted = *capacity > 0 ? 2 * *capacity : 256;
  double* values;
  if (table->rows < *capacity) return 0;
  if (*capacity > largest / 2) return fail(source, "the file has too many rows");
  values = realloc(table->values, wanted * table->columns * sizeof(double));
  if (values == NULL) return fail(source, "no memory for %zu rows", wanted);
  table->values = values;
  *capacity = wanted;
  return 0;
}

static int add_row(reader* source, csv_table* table, size_t* capacity) {
  char* fields[CSV_MAX_COLUMNS];
  double* row;
  if (split(source, source->text, table->columns, fields) != 0) return -1;
  if (reserve_row(source, table, capacity) != 0) return -1;
  row = table->values + table->rows * table->columns;
  for (size_t column = 0; column < table->columns; ++column) {
    if (parse_field(source, column, fields[column], row + column) != 0) return -1;
  }
  ++table->rows;
  return 0;
}

static int read_rows(reader* source, csv_table* table) {
  size_t capacity = 0;
  size_t blank_line = 0;
  line_kind kind;
  while ((kind = read_line(source)) == LINE_TEXT) {
    if (is_blank(source->text)) {
      if (blank_line == 0) blank_line = source->line;
      continue;
    }
    if (blank_line > 0) return fail(source, "a row follows the blank line %zu", blank_line);
    if (add_row(source, table, &capacity) != 0) return -1;
  }
  if (kind == LINE_FAILED) return -1;
  if (table->rows == 0) return fail(source, "no rows follow the header");
  return 0;
}

static int read_open_file(reader* source, csv_table* table) {
  if (table->columns < 1 || table->columns > CSV_MAX_COLUMNS) {
    return fail(source, "%zu columns asked for, expected 1 to %d", table->columns, CSV_MAX_COLUMNS);
  }
  if (read_header(source, table->columns) != 0) return -1;
  return read_rows(source, table);
}

int csv_read(const char* path, size_t columns, csv_table* table, char message[CSV_MESSAGE_SIZE]) {
  reader source = {0};
  int result;
  *table = (csv_table){0, columns, NULL};
  source.path = path;
  source.message = message;
  source.file = fopen(path, "rb");
  if (source.file == NULL) return fail(&source, "cannot open: %s", strerror(errno));
  result = read_open_file(&source, table);
  fclose(source.file);
  if (result != 0) csv_free(table);
  return result;
}

void csv_free(csv_table* table) {
  free(table->values);
  *table = (csv_table){0, table->columns, NULL};
}

size_t csv_line_of_row(size_t row) { return row + 2; }
