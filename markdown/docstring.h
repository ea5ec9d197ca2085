/* Docstrings -> blocks.
 *
 * A light reader of what Python docstrings are made of: paragraphs, lists, doctests, literal blocks, and the
 * sections of the Google, NumPy and reST styles. What it does not know stays text or is shown verbatim; no
 * word is lost. */
#ifndef HEADWORD_MARKDOWN_DOCSTRING_H
#define HEADWORD_MARKDOWN_DOCSTRING_H

#include "markdown/writer.h"

/* Writes a cleaned docstring (inspect.cleandoc) as blocks. */
void docstring_write(Writer *out, Str doc);

/* Appends the first sentence on one line, markup as written; nothing when the docstring does not begin with
 * prose. */
void docstring_summary(Str doc, StrBuf *out);

/* Whether the docstring holds a doctest. */
bool docstring_has_doctest(Str doc);

#endif
