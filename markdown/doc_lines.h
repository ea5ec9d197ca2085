/* The lines of a docstring, and what each could be the beginning of. Ranges of lines are [i, end). */
#ifndef HEADWORD_MARKDOWN_DOC_LINES_H
#define HEADWORD_MARKDOWN_DOC_LINES_H

#include "base/array.h"
#include "base/str.h"

typedef struct {
    Str text; /* without indentation and trailing blanks */
    uint32_t indent;
} DocLine;

typedef Array(DocLine) DocLines;

/* Appends the lines of `doc`, which they borrow. */
void doc_lines_read(DocLines *self, Str doc);

const DocLine *doc_line(const DocLines *self, uint32_t i);
bool doc_is_blank(const DocLines *self, uint32_t i);
uint32_t doc_skip_blank(const DocLines *self, uint32_t i, uint32_t end);
/* One past the last line, from `i` on, that is indented by more than `indent`; blank lines in between count.
 */
uint32_t doc_deeper_end(const DocLines *self, uint32_t i, uint32_t end, uint32_t indent);

bool doc_is_name(char c);
bool doc_is_underline(Str line);
bool doc_is_table_line(Str line);
bool doc_is_doctest(Str line);
bool doc_is_fence(Str line);
bool doc_is_directive(Str line);
/* Length of a list marker with the blanks behind it, or 0. *number is what a numbered item says, else
 * UINT32_MAX. */
uint32_t doc_list_marker(Str line, uint32_t *number);

/* Whether `name` is in the NULL-terminated list, letter case aside. */
bool doc_is_one_of(Str name, const char *const *names);
/* Names of sections that Google's and NumPy's styles know; of those whose body is a list of items. */
bool doc_is_section(Str name);
bool doc_is_item_section(Str name);

/* "Args:" with an indented body, or "Parameters" over a row of dashes. *body is the line where the body
 * begins. */
bool doc_section_at(const DocLines *self, uint32_t i, uint32_t end, Str *name, uint32_t *body);
/* ":param int x: text", "@return: text". *args is what stands between the field's name and the second colon.
 */
bool doc_field_at(const DocLines *self, uint32_t i, Str *name, Str *args, Str *text);
/* "name (type): text" -> name, type, text. */
bool doc_google_item(Str line, Str *name, Str *type, Str *text);
/* "name : type", or any line, over an indented text. */
bool doc_numpy_item(const DocLines *self, uint32_t i, uint32_t end, Str *name, Str *type);

/* Whether a line begins something other than more text of the paragraph before it. */
bool doc_ends_paragraph(const DocLines *self, uint32_t i, uint32_t end);

#endif
