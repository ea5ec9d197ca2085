/* LSP "textDocument/hover": the card of what the identifier names. */
#include "index/resolve.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "markdown/card.h"

/* The best target of an identifier: a symbol rather than a local name; false when it leads nowhere that is
 * known. */
static bool find_target(const Server *self, const Place *place, Target *out) {
    Targets targets = {0};
    resolve_occurrence(self->workspace.index, place->file, place->occurrence, &targets);
    bool found = targets.len > 0 && !targets.items[0].guess;
    if (found) *out = targets.items[0];
    for (uint32_t i = 0; i < targets.len && found && out->symbol == NONE; i++) *out = targets.items[i];
    ARRAY_FREE(&targets);
    return found;
}

/* The card as the client likes it; NULL when there is nothing to say. */
static json_t *contents_new(const Server *self, Target target) {
    bool markdown = self->client.prefers_markdown;
    StrBuf text;
    buf_init(&text);
    card_hover_target(self->workspace.index, target, markdown ? WRITER_MARKDOWN : WRITER_PLAIN, &text);
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
    Target target;
    if (!place_read(self, params, &place, error)) return NULL;
    if (place.occurrence == NONE || !find_target(self, &place, &target)) return json_null();
    json_t *contents = contents_new(self, target);
    if (!contents) return json_null();
    json_t *result = json_object();
    json_object_set_new(result, "contents", contents);
    json_object_set_new(result, "range", json_from_range(place_occurrence_range(self, &place)));
    return result;
}
