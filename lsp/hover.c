/* LSP "textDocument/hover": the card of what the identifier names. */
#include "index/resolve.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "markdown/card.h"

/* The best target: a symbol rather than a local name. */
static Target best_target(const Targets *targets) {
    Target best = targets->items[0];
    for (uint32_t i = 0; i < targets->len && best.symbol == NONE; i++) best = targets->items[i];
    return best;
}

/* Says that nobody knows, and which members bear the name. */
static void write_candidates(const Index *index, const Targets *targets, bool markdown, StrBuf *out) {
    buf_append(out, markdown ? STR("*candidates*\n") : STR("candidates\n"));
    for (uint32_t i = 0; i < targets->len; i++) {
        buf_append(out, markdown ? STR("\n- `") : STR("\n- "));
        index_dotted_name(index, (SymbolRef){targets->items[i].file, targets->items[i].symbol}, out);
        if (markdown) buf_append_byte(out, '`');
    }
}

/* The card as the client likes it; NULL when there is nothing to say. */
static json_t *contents_new(const Server *self, const Targets *targets) {
    bool markdown = self->client.prefers_markdown;
    StrBuf text;
    buf_init(&text);
    if (targets->items[0].guess)
        write_candidates(self->workspace.index, targets, markdown, &text);
    else
        card_hover_target(self->workspace.index, best_target(targets),
                          markdown ? WRITER_MARKDOWN : WRITER_PLAIN, &text);
    json_t *contents = text.len ? json_object() : NULL;
    if (contents) {
        json_object_set_new(contents, "kind", json_string(markdown ? "markdown" : "plaintext"));
        json_object_set_new(contents, "value", json_from_str(buf_str(&text)));
    }
    buf_release(&text);
    return contents;
}

json_t *hover(Server *self, const json_t *params, RpcError *error) {
    Place place;
    Targets targets = {0};
    if (!place_read(self, params, &place, error)) return NULL;
    if (place.occurrence != NONE)
        resolve_occurrence(self->workspace.index, place.file, place.occurrence, &targets);
    json_t *contents = targets.len ? contents_new(self, &targets) : NULL;
    ARRAY_FREE(&targets);
    if (!contents) return json_null();
    json_t *result = json_object();
    json_object_set_new(result, "contents", contents);
    json_object_set_new(result, "range", json_from_range(place_occurrence_range(self, &place)));
    return result;
}
