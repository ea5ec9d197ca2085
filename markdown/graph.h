/* Directed graphs of numbered nodes: which nodes lie on common cycles, and in which order to read the rest.
 */
#ifndef HEADWORD_MARKDOWN_GRAPH_H
#define HEADWORD_MARKDOWN_GRAPH_H

#include "markdown/relations.h"

/* Gives every node below `nodes` the number of its strongly connected component: nodes that reach each other
 * share one, and an edge never leads to a component of a higher number. `edges` are sorted by from. Returns
 * how many components there are. */
uint32_t graph_components(uint32_t nodes, const ImportEdges *edges, uint32_t *component);

/* The length of the longest way out of each node, cycles counted as one node: 0 where no edge leaves. */
void graph_levels(uint32_t nodes, const ImportEdges *edges, uint32_t *level);

#endif
