/* Fenced code blocks of a Markdown document, line by line (CommonMark 4.5). */
#ifndef HEADWORD_MARKDOWN_FENCE_H
#define HEADWORD_MARKDOWN_FENCE_H

#include "base/str.h"

typedef struct {
    char mark;  /* of the open fence, or 0 */
    size_t run; /* how often it stands there */
} Fence;

/* Whether the next line opens or closes a fence, or stands in one. */
bool fence_takes(Fence *self, Str line);

#endif
