/* LSP "textDocument/documentSymbol": a tree for clients that take one, else a list. */
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "lsp/symbols.h"

enum { DEEPEST = 100 /* levels of the tree; what lies deeper hangs at the last of them */ };

/* A symbol of the tree being built. */
typedef struct {
    json_t *children; /* borrowed; NULL until there is a child */
    json_t *node;     /* borrowed */
    uint32_t depth;
    uint32_t holder; /* the symbol whose child it is */
} Node;

static json_t *node_new(const Server *self, const Facts *facts, const Symbol *symbol) {
    Range name = symbols_name_range(facts, symbol), range = symbol->range;
    if (name.start < range.start) range.start = name.start; /* the name must lie within, says LSP */
    if (name.end > range.end) range.end = name.end;
    json_t *node = json_object();
    json_object_set_new(node, "name", json_from_str(symbol_name(facts, symbol)));
    json_object_set_new(node, "kind", json_integer(symbols_kind(symbol)));
    json_object_set_new(node, "range", json_from_range(convert_range(&facts->lines, range, self->encoding)));
    json_object_set_new(node, "selectionRange",
                        json_from_range(convert_range(&facts->lines, name, self->encoding)));
    return node;
}

/* Editors refuse symbols without a name. */
static bool is_shown(const Facts *facts, const Symbol *symbol) { return symbol_name(facts, symbol).len > 0; }

static void add_child(Node *holder, json_t *node) {
    if (holder->children == NULL) {
        holder->children = json_array();
        json_object_set_new(holder->node, "children", holder->children);
    }
    json_array_append_new(holder->children, node);
}

static json_t *tree_new(const Server *self, const Facts *facts) {
    json_t *roots = json_array();
    Node *nodes = mem_calloc(facts->symbols.count, sizeof *nodes);
    nodes[0].children = roots;
    for (uint32_t i = 1; i < facts->symbols.count; i++) { /* parents come first */
        const Symbol *symbol = &facts->symbols.items[i];
        Node *node = &nodes[i];
        node->holder = symbol->parent;
        while (nodes[node->holder].depth >= DEEPEST || (node->holder && nodes[node->holder].node == NULL)) {
            node->holder = nodes[node->holder].holder;
        }
        node->depth = nodes[node->holder].depth + 1;
        if (!is_shown(facts, symbol)) continue;
        node->node = node_new(self, facts, symbol);
        add_child(&nodes[node->holder], node->node);
    }
    mem_free(nodes);
    return roots;
}

static json_t *list_new(const Server *self, FileId file, const Facts *facts) {
    json_t *list = json_array();
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const Symbol *symbol = &facts->symbols.items[i];
        if (!is_shown(facts, symbol)) continue;
        json_array_append_new(list, symbols_information_new(self, (SymbolRef){file, i}, symbol->range));
    }
    return list;
}

json_t *document_symbol(Server *self, const json_t *params, RpcError *error) {
    Place place;
    if (!place_read_file(self, params, &place, error)) return NULL;
    if (place.facts == NULL) return json_array();
    return self->client.symbol_trees ? tree_new(self, place.facts) : list_new(self, place.file, place.facts);
}
