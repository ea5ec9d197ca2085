/* Code spans in Markdown documents: what stands between backticks in the running text. */
#ifndef HEADWORD_MARKDOWN_CODE_SPAN_H
#define HEADWORD_MARKDOWN_CODE_SPAN_H

#include "index/text.h"
#include "markdown/fence.h"

/* Goes through the code spans of a text; begin with {.text = text, .rest = text}. */
typedef struct {
    Str text, rest, line;
    size_t column;
    Fence fence;
} CodeSpans;
/* The next span with its backticks, and what they hold; false behind the last. */
bool code_span_next(CodeSpans *self, Range *whole, Range *out);

/* The code that holds the offset, without its backticks and the blanks inside them; false when there is none,
 * or in a fenced block. Spans that go over a line end are not found. */
bool code_span_at(Str text, uint32_t offset, Range *out);

/* The dotted name in a piece of code, for instance of "@pkg.f(x)"; empty when there is none. */
Str code_span_name(Str code);

#endif
