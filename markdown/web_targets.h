/* The names that a text gives to places on the web, as reST does: ".. _name: https://…". */
#ifndef HEADWORD_MARKDOWN_WEB_TARGETS_H
#define HEADWORD_MARKDOWN_WEB_TARGETS_H

#include "markdown/doc_lines.h"

/* Both as written, borrowed from the lines; names may hold backslashes. */
typedef struct {
    Str name, url;
} WebTarget;

typedef Array(WebTarget) WebTargets;

/* Appends those of the lines. Free with ARRAY_FREE. */
void web_targets_read(WebTargets *self, const DocLines *lines);

/* What a name leads to, or "". Letter case, backslashes and how wide blanks are make no difference. */
Str web_targets_find(const WebTargets *self, Str name);

#endif
