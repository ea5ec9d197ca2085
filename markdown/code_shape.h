/* What the text of a function shows of its control flow. */
#ifndef HEADWORD_MARKDOWN_CODE_SHAPE_H
#define HEADWORD_MARKDOWN_CODE_SHAPE_H

#include "index/facts.h"

/* Of the body, without functions and classes defined in it. */
typedef struct {
    uint32_t
        complexity; /* cyclomatic: 1 and the `if`, `elif`, `for`, `while`, `except`, `case`, `and`, `or` */
    uint32_t loops; /* most `for` and `while` statements around each other */
} CodeShape;

/* `text` is what the facts were read from; `symbol` is a function or method. */
CodeShape code_shape(const Facts *facts, Str text, uint32_t symbol);

#endif
