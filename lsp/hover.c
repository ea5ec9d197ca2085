/* LSP "textDocument/hover": the card of what the identifier names. */
#include "index/resolve.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "markdown/card.h"

/* The best symbol that an identifier leads to; false when it leads to none. */
static bool find_symbol(const Server *self, const Place *place, SymbolRef *out) {
    Targets targets = {0};
    resolve_occurrence(self->workspace.index, place->file, place->occurrence, &targets);
    bool found = false;
    for (uint32_t i = 0; i < targets.len && !found; i++) {
        *out = (SymbolRef){targets.items[i].file, targets.items[i].symbol};
        found = out->symbol != NONE;
    }
    ARRAY_FREE(&targets);
    return found;
}

static json_t *contents_new(const Server *self, SymbolRef ref) {
    bool markdown = self->client.prefers_markdown;
    StrBuf text;
    buf_init(&text);
    card_hover(self->workspace.index, ref, markdown ? WRITER_MARKDOWN : WRITER_PLAIN, &text);
    json_t *contents = json_object();
    json_object_set_new(contents, "kind", json_string(markdown ? "markdown" : "plaintext"));
    json_object_set_new(contents, "value", json_from_str(buf_str(&text)));
    buf_release(&text);
    return contents;
}

json_t *hover(Server *self, const json_t *params, RpcError *error) {
    Place place;
    SymbolRef ref;
    if (!place_read(self, params, &place, error)) return NULL;
    if (place.occurrence == NONE || !find_symbol(self, &place, &ref)) return json_null();
    json_t *result = json_object();
    json_object_set_new(result, "contents", contents_new(self, ref));
    json_object_set_new(result, "range", json_from_range(place_occurrence_range(self, &place)));
    return result;
}
