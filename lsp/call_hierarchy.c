/* LSP "textDocument/prepareCallHierarchy", "callHierarchy/incomingCalls" and "callHierarchy/outgoingCalls".
 */
#include "index/calls.h"
#include "index/resolve.h"
#include "lsp/dispatch.h"
#include "lsp/hierarchy.h"
#include "lsp/place.h"

void call_hierarchy_prepare(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    Place place;
    Targets targets = {0};
    SymbolRefs refs = {0};
    if (!place_read(self, params, &place, error)) return;
    if (place.occurrence != NONE)
        resolve_occurrence(self->workspace.index, place.asked, place.occurrence, &targets);
    for (uint32_t i = 0; i < targets.len; i++) {
        SymbolRef ref = {targets.items[i].file, targets.items[i].symbol};
        if (calls_has(self->workspace.index, ref) && !targets.items[i].guess) ARRAY_PUSH(&refs, ref);
    }
    hierarchy_write_items(self, &refs, result);
    ARRAY_FREE(&refs);
    ARRAY_FREE(&targets);
}

/* The calls that have the first one's other side, as one item with ranges in the file of the caller; returns
 * how many. */
static uint32_t write_group(const Server *self, const Call *calls, uint32_t count, const char *key,
                            FileId callers, StrBuf *out) {
    SymbolRef other = calls->symbol;
    uint32_t end = 0;
    json_text_raw(out, "{\"");
    buf_append(out, str_of(key));
    json_text_raw(out, "\":");
    hierarchy_write_item(self, other, out);
    json_text_raw(out, ",\"fromRanges\":[");
    for (; end < count; end++) {
        const Call *call = &calls[end];
        if (call->symbol.file != other.file || call->symbol.symbol != other.symbol) break;
        if (end) json_text_raw(out, ",");
        json_text_range(out, place_range(self, callers == NONE ? other.file : callers, call->range));
    }
    json_text_raw(out, "]}");
    return end;
}

typedef void Finder(const Index *index, SymbolRef symbol, Calls *out);

/* `key` is the member that says the other side. */
static void answer(Server *self, const json_t *params, Finder *find, const char *key, StrBuf *result,
                   RpcError *error) {
    SymbolRef item;
    Calls calls = {0};
    if (!hierarchy_read_item(self, params, &item, error)) return;
    if (item.file != NONE) find(self->workspace.index, item, &calls);
    FileId callers = find == calls_outgoing ? item.file : NONE;
    Results results = results_begin(self, params, result);
    for (uint32_t i = 0; i < calls.len;)
        i += write_group(self, calls.items + i, calls.len - i, key, callers, results_next(&results));
    results_end(&results);
    ARRAY_FREE(&calls);
}

void call_hierarchy_incoming(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    answer(self, params, calls_incoming, "from", result, error);
}

void call_hierarchy_outgoing(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    answer(self, params, calls_outgoing, "to", result, error);
}

json_t *call_hierarchy_capability(const Server *self) {
    return self->client.call_hierarchies ? json_true() : NULL;
}
