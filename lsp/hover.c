/* LSP "textDocument/hover": the card of what an identifier names, or a code span in a Markdown document. */
#include "index/mention.h"
#include "index/references.h"
#include "index/resolve.h"
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/pages.h"
#include "lsp/place.h"
#include "markdown/card.h"

/* The best target: a symbol rather than a local name, a property rather than its setter unless that is where
 * the question is asked. */
static Target best_target(const Index *index, const Targets *targets, const Place *place) {
    Target best = targets->items[0];
    for (uint32_t i = 0; i < targets->len && best.symbol == NONE; i++) best = targets->items[i];
    if (best.symbol == NONE) return best;
    const Facts *facts = index_facts(index, best.file), *here = index_facts(index, place->asked);
    bool defined =
        best.file == place->asked && here->occurrences.items[place->occurrence].start == best.name.start;
    if (!defined) best.symbol = card_getter(facts, best.symbol);
    return best;
}

/* Says that nobody knows, and what bears the name. */
static void write_candidates(const Index *index, const SymbolRefs *symbols, WriterFormat format,
                             StrBuf *out) {
    bool markdown = format == WRITER_MARKDOWN;
    buf_append(out, markdown ? STR("*candidates*\n") : STR("candidates\n"));
    for (uint32_t i = 0; i < symbols->len; i++) {
        buf_append(out, markdown ? STR("\n- `") : STR("\n- "));
        index_dotted_name(index, symbols->items[i], out);
        if (markdown) buf_append_byte(out, '`');
    }
}

static void write_guesses(const Index *index, const Targets *targets, WriterFormat format, StrBuf *out) {
    SymbolRefs symbols = {0};
    for (uint32_t i = 0; i < targets->len; i++)
        ARRAY_PUSH(&symbols, ((SymbolRef){targets->items[i].file, targets->items[i].symbol}));
    write_candidates(index, &symbols, format, out);
    ARRAY_FREE(&symbols);
}

/* Appends the URL of the symbol's place on the doc page, if there is one. */
static void find_page(const Server *self, SymbolRef ref, StrBuf *url) {
    StrBuf path, anchor;
    buf_init(&path);
    buf_init(&anchor);
    if (pages_find_docs(self, index_path(self->workspace.index, ref.file), &path)) {
        convert_uri(url, buf_str(&path), &self->documents);
        index_dotted_name(self->workspace.index, ref, &anchor);
        buf_append_byte(url, '#');
        url_append_path(buf_str(&anchor), url);
    }
    buf_release(&path);
    buf_release(&anchor);
}

/* How often the symbol is referred to, when all files are read. */
static uint32_t count_references(const Server *self, SymbolRef ref, bool *more) {
    return self->workspace.scan ? 0 : references_count(self->workspace.index, ref, more);
}

/* Below the card: how often it is referred to, and where its doc page is. */
static void write_uses(const Server *self, SymbolRef ref, WriterFormat format, StrBuf *out) {
    StrBuf url;
    buf_init(&url);
    bool more = false;
    find_page(self, ref, &url);
    uint32_t count = count_references(self, ref, &more);
    card_hover_uses(count, more, buf_str(&url), format, out);
    buf_release(&url);
}

static void write_target(const Server *self, Target target, WriterFormat format, StrBuf *out) {
    card_hover_target(self->workspace.index, target, format, out);
    if (target.symbol != NONE) write_uses(self, (SymbolRef){target.file, target.symbol}, format, out);
}

/* What can be said of an identifier: a card, or candidates. What only an attached docstring tells of comes
 * before guesses. */
static void write_contents(const Server *self, const Place *place, WriterFormat format, StrBuf *out) {
    const Index *index = self->workspace.index;
    Targets targets = {0};
    DocRef attached;
    resolve_occurrence(index, place->asked, place->occurrence, &targets);
    bool known = targets.len && !targets.items[0].guess;
    if (known)
        write_target(self, best_target(index, &targets, place), format, out);
    else if (attached_find_occurrence(index, place->asked, place->occurrence, &attached))
        card_hover_attached(index, attached, format, out);
    else if (targets.len)
        write_guesses(index, &targets, format, out);
    ARRAY_FREE(&targets);
}

/* --- Markdown ----------------------------------------------------------------------------------- */

static void write_mention(const Index *index, Str name, WriterFormat format, StrBuf *out) {
    SymbolRefs symbols = {0};
    DocRef attached;
    mention_find(index, name, &symbols);
    bool is_attached = symbols.len != 1 && name.len && attached_find_name(index, name, &attached);
    if (symbols.len == 0 && !is_attached) mention_find_builtin(index, name, &symbols);
    if (symbols.len == 1)
        card_hover(index, symbols.items[0], format, out);
    else if (is_attached)
        card_hover_attached(index, attached, format, out);
    else if (symbols.len)
        write_candidates(index, &symbols, format, out);
    ARRAY_FREE(&symbols);
}

json_t *hover(Server *self, const json_t *params, RpcError *error) {
    Place place;
    LspPosition position;
    LspRange range = {0};
    Str name;
    StrBuf text;
    if (!place_read(self, params, &place, error) || !params_position(params, "position", &position, error))
        return NULL;
    bool markdown = self->client.prefers_markdown;
    WriterFormat format = markdown ? WRITER_MARKDOWN : WRITER_PLAIN;
    buf_init(&text);
    if (place.occurrence != NONE) {
        write_contents(self, &place, format, &text);
        range = place_name_range(self, &place);
    } else if (place_mention(self, &place, position, &name, &range)) {
        write_mention(self->workspace.index, name, format, &text);
    }
    json_t *result = json_null();
    if (text.len) {
        result = json_object();
        json_t *contents = json_object();
        json_object_set_new(contents, "kind", json_string(markdown ? "markdown" : "plaintext"));
        json_object_set_new(contents, "value", json_from_str(buf_str(&text)));
        json_object_set_new(result, "contents", contents);
        json_object_set_new(result, "range", json_from_range(range));
    }
    buf_release(&text);
    return result;
}
