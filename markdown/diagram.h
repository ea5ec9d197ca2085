/* Mermaid flow charts: nodes n1, n2, … with quoted labels, and edges between them. */
#ifndef HEADWORD_MARKDOWN_DIAGRAM_H
#define HEADWORD_MARKDOWN_DIAGRAM_H

#include "base/str.h"

enum { DIAGRAM_EDGES = 60 }; /* what is more is shown as a table */

/* The line that begins a chart; `direction` is Mermaid's: "LR", "BT". */
void diagram_begin(StrBuf *out, const char *direction);
/* A node; nothing in its label means anything to Mermaid. */
void diagram_node(StrBuf *out, unsigned node, Str label);
void diagram_edge(StrBuf *out, unsigned from, unsigned to);

#endif
