#include "markdown/graph.h"

/* Tarjan, "Depth-first search and linear graph algorithms" (1972), with the stack of calls made explicit. */
typedef struct {
    const ImportEdges *edges;
    uint32_t *component;
    uint32_t *order;  /* in which nodes were found, from 1; 0: not yet */
    uint32_t *lowest; /* order of the earliest node that is known to be on a cycle with this one */
    uint32_t *next;   /* the edge to look at next */
    Array(uint32_t) path, open;
    uint32_t found, count;
} Walk;

static void enter(Walk *self, uint32_t node) {
    self->order[node] = self->lowest[node] = ++self->found;
    ARRAY_PUSH(&self->path, node);
    ARRAY_PUSH(&self->open, node);
}

static void lower(Walk *self, uint32_t node, uint32_t to) {
    if (to < self->lowest[node]) self->lowest[node] = to;
}

static void leave(Walk *self) {
    uint32_t node = ARRAY_POP(&self->path);
    if (self->lowest[node] == self->order[node]) {
        uint32_t member;
        do {
            member = ARRAY_POP(&self->open);
            self->component[member] = self->count;
        } while (member != node);
        self->count++;
    }
    if (self->path.len) lower(self, *ARRAY_LAST(&self->path), self->lowest[node]);
}

static void walk_from(Walk *self, uint32_t root) {
    enter(self, root);
    while (self->path.len) {
        uint32_t node = *ARRAY_LAST(&self->path), edge = self->next[node];
        if (edge == self->edges->len || self->edges->items[edge].from != node) {
            leave(self);
            continue;
        }
        self->next[node]++;
        uint32_t to = self->edges->items[edge].to;
        if (!self->order[to])
            enter(self, to);
        else if (self->component[to] == NONE)
            lower(self, node, self->order[to]);
    }
}

uint32_t graph_components(uint32_t nodes, const ImportEdges *edges, uint32_t *component) {
    Walk walk = {.edges = edges, .component = component};
    walk.order = mem_calloc(nodes, sizeof *walk.order);
    walk.lowest = mem_calloc(nodes, sizeof *walk.lowest);
    walk.next = mem_calloc(nodes, sizeof *walk.next);
    for (uint32_t n = 0, edge = 0; n < nodes; n++) {
        component[n] = NONE;
        while (edge < edges->len && edges->items[edge].from < n) edge++;
        walk.next[n] = edge;
    }
    for (uint32_t n = 0; n < nodes; n++) {
        if (!walk.order[n]) walk_from(&walk, n);
    }
    mem_free(walk.order);
    mem_free(walk.lowest);
    mem_free(walk.next);
    ARRAY_FREE(&walk.path);
    ARRAY_FREE(&walk.open);
    return walk.count;
}

/* Edges, by the component that they leave. */
static void order_edges(const ImportEdges *edges, const uint32_t *component, uint32_t components,
                        uint32_t *ordered) {
    uint32_t *end = mem_calloc(components + 1, sizeof *end);
    for (uint32_t i = 0; i < edges->len; i++) end[component[edges->items[i].from] + 1]++;
    for (uint32_t c = 0; c < components; c++) end[c + 1] += end[c];
    for (uint32_t i = 0; i < edges->len; i++) ordered[end[component[edges->items[i].from]]++] = i;
    mem_free(end);
}

void graph_levels(uint32_t nodes, const ImportEdges *edges, uint32_t *level) {
    uint32_t *component = mem_calloc(nodes, sizeof *component);
    uint32_t components = graph_components(nodes, edges, component);
    uint32_t *levels = mem_calloc(components, sizeof *levels);
    uint32_t *ordered = mem_calloc(edges->len, sizeof *ordered);
    order_edges(edges, component, components, ordered);
    for (uint32_t i = 0; i < edges->len; i++) { /* what an edge leads to is settled when its turn comes */
        uint32_t from = component[edges->items[ordered[i]].from], to = component[edges->items[ordered[i]].to];
        if (from != to && levels[from] <= levels[to]) levels[from] = levels[to] + 1;
    }
    for (uint32_t n = 0; n < nodes; n++) level[n] = levels[component[n]];
    mem_free(component);
    mem_free(levels);
    mem_free(ordered);
}
