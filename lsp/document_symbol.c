/* LSP "textDocument/documentSymbol": a tree for clients that take one, else a list. */
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "lsp/symbols.h"

enum { DEEPEST = 100 /* levels of the tree; what lies deeper hangs at the last of them */ };

/* A symbol of the tree, by number: the symbol whose child it is shown as, its first and last child and the
 * next child of its holder. 0, which is no child, stands for none. */
typedef struct {
    uint32_t holder, first, last, next, depth;
    bool shown;
} Node;

static void link_child(Node *nodes, uint32_t holder, uint32_t child) {
    if (nodes[holder].first)
        nodes[nodes[holder].last].next = child;
    else
        nodes[holder].first = child;
    nodes[holder].last = child;
}

/* Editors refuse symbols without a name. */
static bool is_shown(const Facts *facts, const Symbol *symbol) { return symbol_name(facts, symbol).len > 0; }

static Node *nodes_new(const Facts *facts) {
    Node *nodes = mem_calloc(facts->symbols.count, sizeof *nodes);
    for (uint32_t i = 1; i < facts->symbols.count; i++) { /* parents come first */
        const Symbol *symbol = &facts->symbols.items[i];
        Node *node = &nodes[i];
        node->holder = symbol->parent;
        while (nodes[node->holder].depth >= DEEPEST || (node->holder && !nodes[node->holder].shown)) {
            node->holder = nodes[node->holder].holder;
        }
        node->depth = nodes[node->holder].depth + 1;
        node->shown = is_shown(facts, symbol);
        if (node->shown) link_child(nodes, node->holder, i);
    }
    return nodes;
}

/* A node up to where its children follow. `place`: where the one before began. */
static void open_node(const Server *self, const Facts *facts, const Symbol *symbol, LinesPlace *place,
                      StrBuf *out) {
    Range name = symbols_name_range(facts, symbol), range = symbols_range(facts, symbol);
    json_text_raw(out, "{\"name\":");
    json_text_str(out, symbol_name(facts, symbol));
    json_text_raw(out, ",\"kind\":");
    json_text_number(out, (uint32_t)symbols_kind(symbol));
    json_text_raw(out, ",\"range\":");
    json_text_range(out, convert_range_near(&facts->lines, range, self->encoding, place));
    json_text_raw(out, ",\"selectionRange\":");
    json_text_range(out, convert_range_near(&facts->lines, name, self->encoding, place));
}

/* Ends the nodes from `at` up that have no next sibling; returns that sibling, or 0 at the end. */
static uint32_t close_nodes(const Node *nodes, uint32_t at, StrBuf *out) {
    json_text_raw(out, "}");
    while (nodes[at].next == 0) {
        at = nodes[at].holder;
        if (at == 0) return 0;
        json_text_raw(out, "]}");
    }
    return nodes[at].next;
}

static void write_tree(Results *results, const Facts *facts) {
    Node *nodes = nodes_new(facts);
    StrBuf *out = results->out;
    LinesPlace place = {0};
    for (uint32_t at = nodes[0].first; at;) {
        uint32_t holder = nodes[at].holder;
        if (holder == 0)
            results_next(results);
        else if (nodes[holder].first != at)
            json_text_raw(out, ",");
        open_node(results->server, facts, &facts->symbols.items[at], &place, out);
        if (nodes[at].first) {
            json_text_raw(out, ",\"children\":[");
            at = nodes[at].first;
        } else {
            at = close_nodes(nodes, at, out);
        }
    }
    mem_free(nodes);
}

static void write_list(Results *results, FileId file, const Facts *facts) {
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const Symbol *symbol = &facts->symbols.items[i];
        if (!is_shown(facts, symbol)) continue;
        symbols_write_information(results->server, (SymbolRef){file, i}, &symbol->range,
                                  results_next(results));
    }
}

void document_symbol(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    Place place;
    if (!place_read_file(self, params, &place, error)) return;
    Results results = results_begin(self, params, result);
    if (place.facts && self->client.symbol_trees) write_tree(&results, place.facts);
    if (place.facts && !self->client.symbol_trees) write_list(&results, place.file, place.facts);
    results_end(&results);
}
