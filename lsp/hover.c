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

/* What can be said of an identifier: a card, or candidates. What only an attached docstring tells of comes
 * before guesses. */
static void write_contents(const Index *index, const Place *place, WriterFormat format, StrBuf *out) {
    Targets targets = {0};
    DocRef attached;
    resolve_occurrence(index, place->file, place->occurrence, &targets);
    bool known = targets.len && !targets.items[0].guess;
    if (known)
        card_hover_target(index, best_target(&targets), format, out);
    else if (attached_find_occurrence(index, place->file, place->occurrence, &attached))
        card_hover_attached(index, attached, format, out);
    else if (targets.len)
        write_candidates(index, &targets, format == WRITER_MARKDOWN, out);
    ARRAY_FREE(&targets);
}

json_t *hover(Server *self, const json_t *params, RpcError *error) {
    Place place;
    StrBuf text;
    if (!place_read(self, params, &place, error)) return NULL;
    bool markdown = self->client.prefers_markdown;
    buf_init(&text);
    if (place.occurrence != NONE)
        write_contents(self->workspace.index, &place, markdown ? WRITER_MARKDOWN : WRITER_PLAIN, &text);
    json_t *result = json_null();
    if (text.len) {
        result = json_object();
        json_t *contents = json_object();
        json_object_set_new(contents, "kind", json_string(markdown ? "markdown" : "plaintext"));
        json_object_set_new(contents, "value", json_from_str(buf_str(&text)));
        json_object_set_new(result, "contents", contents);
        json_object_set_new(result, "range", json_from_range(place_occurrence_range(self, &place)));
    }
    buf_release(&text);
    return result;
}
