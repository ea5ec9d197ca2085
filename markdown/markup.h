/* The inline markup of docstrings: code in backticks, reST roles, *emphasis*, **strong**, links. */
#ifndef HEADWORD_MARKDOWN_MARKUP_H
#define HEADWORD_MARKDOWN_MARKUP_H

#include "markdown/writer.h"

/* Writes docstring text inside the open paragraph, item or cell. Every word of it appears. */
void markup_write(Writer *out, Str text);

#endif
