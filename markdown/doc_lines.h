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
/* The least indentation of the lines that are not blank. */
uint32_t doc_common_indent(const DocLines *self, uint32_t first, uint32_t end);
/* One past the last line, from `i` on, that is indented by more than `indent`; blank lines in between count.
 */
uint32_t doc_deeper_end(const DocLines *self, uint32_t i, uint32_t end, uint32_t indent);

bool doc_is_name(char c);
/* Nothing but names and dots. */
bool doc_is_dotted_name(Str text);
bool doc_has_word(Str text, Str word);
bool doc_is_space(char c);
bool doc_is_underline(Str line);
/* A border of a reST or Markdown table, or a row between bars. */
bool doc_is_table_line(Str line);
bool doc_is_doctest(Str line);
/* "name(x, y) -> z", as compiled functions describe themselves in their first lines. */
bool doc_is_signature(Str line);
bool doc_is_fence(Str line);
/* ".. name:: argument", also behind a substitution's ".. |x|". */
bool doc_directive(Str line, Str *name, Str *argument);
/* ".. [1] text" and ".. _name: address": what stands between the dots and the text. */
bool doc_explicit_mark(Str line, Str *mark, Str *text);
/* Length of a list marker with the blanks behind it, or 0. *number is what a numbered item says, else
 * UINT32_MAX. */
uint32_t doc_list_marker(Str line, uint32_t *number);

/* A title over a row of punctuation, perhaps below one too. *body is the line where the text below begins. */
bool doc_title_at(const DocLines *self, uint32_t i, uint32_t end, Str *title, uint32_t *body);
/* "Args:" over its text, which is indented or (*flat) a list of items that should have been. */
bool doc_header_at(const DocLines *self, uint32_t i, uint32_t end, Str *title, bool *flat);
/* ":param int x: text", "@return: text". *args is what stands between the field's name and the second colon.
 */
bool doc_field_at(const DocLines *self, uint32_t i, Str *name, Str *args, Str *text);

/* One past the block that begins at `i` and hides what its lines look like: a doctest, fence, table, list
 * item, directive; `i + 1` for any other line. */
uint32_t doc_skip_block(const DocLines *self, uint32_t i, uint32_t end);

/* Whether a line begins something other than more text of the paragraph before it. */
bool doc_ends_paragraph(const DocLines *self, uint32_t i, uint32_t end);

/* Whether the lines read as sentences, not as code or a drawing. */
bool doc_is_prose(const DocLines *self, uint32_t first, uint32_t end);

/* Whether the text begins with a name, or "name (type)", and ": " or " -- ". */
bool doc_is_item_line(Str line);
/* Length of "name" or "*name, other" at the start of an item of a section, or 0. */
size_t doc_item_name(Str line);

#endif
