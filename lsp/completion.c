/* LSP "textDocument/completion" and "completionItem/resolve". */
#include "index/auto_import.h"
#include "index/complete.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "markdown/card.h"

enum { MOST_ITEMS = 150 };

/* LSP "CompletionItemKind"; those up to 18 are known to every client. */
enum {
    ITEM_TEXT = 1,
    ITEM_METHOD = 2,
    ITEM_FUNCTION = 3,
    ITEM_FIELD = 5,
    ITEM_VARIABLE = 6,
    ITEM_CLASS = 7,
    ITEM_MODULE = 9,
    ITEM_PROPERTY = 10,
    ITEM_KEYWORD = 14,
};

static int target_kind(const Index *index, const Target *target) {
    static const int kinds[] = {
        [SYMBOL_MODULE] = ITEM_MODULE, [SYMBOL_CLASS] = ITEM_CLASS,       [SYMBOL_FUNCTION] = ITEM_FUNCTION,
        [SYMBOL_METHOD] = ITEM_METHOD, [SYMBOL_VARIABLE] = ITEM_VARIABLE, [SYMBOL_ATTRIBUTE] = ITEM_FIELD,
    };
    if (target->file == NONE || target->symbol == NONE) return ITEM_VARIABLE;
    const Facts *facts = index_facts(index, target->file);
    const Symbol *symbol = &facts->symbols.items[target->symbol];
    bool property = symbol->kind == SYMBOL_METHOD && strstr(card_kind(facts, target->symbol), "property");
    bool member =
        symbol->kind == SYMBOL_VARIABLE && facts->symbols.items[symbol->parent].kind == SYMBOL_CLASS;
    return property ? ITEM_PROPERTY : member ? ITEM_FIELD : kinds[symbol->kind];
}

static int item_kind(const Index *index, const Candidate *candidate) {
    switch (candidate->kind) {
    case CANDIDATE_GUESS: return ITEM_TEXT;
    case CANDIDATE_ARGUMENT: return ITEM_VARIABLE;
    case CANDIDATE_KEYWORD: return ITEM_KEYWORD;
    case CANDIDATE_MODULE: return ITEM_MODULE;
    case CANDIDATE_NAME:
    case CANDIDATE_IMPORT:
    case CANDIDATE_OVERRIDE: break;
    }
    return target_kind(index, &candidate->target);
}

/* --- details ------------------------------------------------------------------------------------ */

/* The signature on one line; a module's dotted name. Appended to `out`. */
static void append_detail(const Index *index, const Target *target, StrBuf *out) {
    if (target->file == NONE || target->symbol == NONE) return;
    if (target->symbol == 0) {
        buf_append(out, STR("module "));
        index_module_name(index, target->file, out);
        return;
    }
    StrBuf text;
    buf_init(&text);
    card_signature(index_facts(index, target->file), target->symbol, &text);
    bool space = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i] == '\n' ? ' ' : text.data[i];
        if (c != ' ' || !space) buf_append_byte(out, c);
        space = c == ' ';
    }
    buf_release(&text);
}

static void set_details(const Server *self, const Candidate *candidate, json_t *item) {
    const Index *index = self->workspace.index;
    const Target *target = &candidate->target;
    bool symbol = target->file != NONE && target->symbol != NONE;
    StrBuf text;
    buf_init(&text);
    if (candidate->kind == CANDIDATE_GUESS) buf_append(&text, STR("candidate: the value is not known"));
    append_detail(index, target, &text);
    if (text.len) json_object_set_new(item, "detail", json_from_str(buf_str(&text)));
    if (symbol && self->client.completion_tags &&
        card_is_deprecated(index_facts(index, target->file), target->symbol))
        json_object_set_new(item, "tags", json_pack("[i]", 1)); /* CompletionItemTag.Deprecated */
    buf_clear(&text);
    if (symbol && target->symbol) {
        uint32_t parent = index_facts(index, target->file)->symbols.items[target->symbol].parent;
        index_dotted_name(index, (SymbolRef){target->file, parent}, &text);
    }
    if (text.len && self->client.label_details)
        json_object_set_new(item, "labelDetails", json_pack("{s:s}", "description", text.data));
    buf_release(&text);
}

/* --- what is inserted --------------------------------------------------------------------------- */

/* LSP "Snippet Syntax": these are written with a backslash. */
static void append_snippet_text(StrBuf *out, Str text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '$' || c == '}' || c == '\\') buf_append_byte(out, '\\');
        buf_append_byte(out, c);
    }
}

static const char *stars_of(const Param *param) {
    return param->kind == PARAM_ARGS ? "*" : param->kind == PARAM_KWARGS ? "**" : "";
}

/* The parameters of a method to override: what names in annotations mean here is not known, so there are
 * none. */
static void append_params(const Facts *facts, const Symbol *method, StrBuf *out) {
    bool star = false;
    for (uint32_t i = 0; i < method->params.count; i++) {
        const Param *param = &facts->params.items[method->params.first + i];
        if (i) buf_append(out, STR(", "));
        if (param->kind == PARAM_KWONLY && !star) buf_append(out, STR("*, "));
        star |= param->kind == PARAM_KWONLY || param->kind == PARAM_ARGS;
        buf_printf(out, "%s%.*s", stars_of(param), STR_ARG(facts_name(facts, param->name)));
        if (param->has_value) buf_printf(out, "=%.*s", STR_ARG(facts_text(facts, param->value)));
    }
}

/* What passes them on, without the first. */
static void append_arguments(const Facts *facts, const Symbol *method, StrBuf *out) {
    for (uint32_t i = 1; i < method->params.count; i++) {
        const Param *param = &facts->params.items[method->params.first + i];
        Str name = facts_name(facts, param->name);
        if (i > 1) buf_append(out, STR(", "));
        if (param->kind == PARAM_KWONLY) buf_printf(out, "%.*s=", STR_ARG(name));
        buf_printf(out, "%s%.*s", stars_of(param), STR_ARG(name));
    }
}

/* "name(self, x):" and, as a snippet, a body that calls the method above. */
static void append_override(const Server *self, const Target *target, StrBuf *out) {
    const Facts *facts = index_facts(self->workspace.index, target->file);
    const Symbol *method = &facts->symbols.items[target->symbol];
    StrBuf head, body;
    buf_init(&head);
    buf_init(&body);
    buf_printf(&head, "%.*s(", STR_ARG(symbol_name(facts, method)));
    append_params(facts, method, &head);
    buf_append(&head, STR("):"));
    buf_printf(&body, "return super().%.*s(", STR_ARG(symbol_name(facts, method)));
    append_arguments(facts, method, &body);
    buf_append_byte(&body, ')');
    if (self->client.snippets) {
        append_snippet_text(out, buf_str(&head));
        buf_append(out, STR("\n\t${0:"));
        append_snippet_text(out, buf_str(&body));
        buf_append_byte(out, '}');
    } else {
        buf_append(out, buf_str(&head));
    }
    buf_release(&head);
    buf_release(&body);
}

/* The edit's text: what the candidate is called, but for methods to override whose parameters do not stand
 * there yet. */
static void set_edit(const Server *self, const Place *place, Range word, const Candidate *candidate,
                     json_t *item) {
    LspRange insert = place_range(self, place->file, (Range){word.start, place->offset});
    Str behind = str_from(buf_str(&place->document->text), word.end);
    bool whole = candidate->kind == CANDIDATE_OVERRIDE && candidate->target.file != NONE &&
                 candidate->target.symbol != NONE && !str_starts_with(behind, STR("("));
    StrBuf text;
    buf_init(&text);
    if (whole)
        append_override(self, &candidate->target, &text);
    else
        buf_append(&text, candidate->name);
    if (whole && self->client.snippets) json_object_set_new(item, "insertTextFormat", json_integer(2));
    json_t *edit = json_object();
    json_object_set_new(edit, "newText", json_from_str(buf_str(&text)));
    if (self->client.insert_replace) {
        json_object_set_new(edit, "insert", json_from_range(insert));
        json_object_set_new(edit, "replace", json_from_range(place_range(self, place->file, word)));
    } else {
        json_object_set_new(edit, "range", json_from_range(insert));
    }
    json_object_set_new(item, "textEdit", edit);
    buf_release(&text);
}

/* --- what has to be imported -------------------------------------------------------------------- */

/* Says what is imported; false when it cannot be. */
static bool set_import(const Server *self, const Place *place, const Candidate *candidate, json_t *item) {
    SymbolRef ref = {candidate->target.file, candidate->target.symbol};
    StrBuf module, detail;
    buf_init(&module);
    buf_init(&detail);
    bool ok = auto_import_module(self->workspace.index, place->file, ref, &module);
    buf_printf(&detail, "from %s import %.*s", module.data, STR_ARG(candidate->name));
    if (ok) json_object_set_new(item, "detail", json_from_str(buf_str(&detail)));
    if (ok && self->client.label_details)
        json_object_set_new(item, "labelDetails", json_pack("{s:s}", "description", module.data));
    buf_release(&module);
    buf_release(&detail);
    return ok;
}

/* The edit that imports a symbol into the place's document. */
static void set_import_edit(const Server *self, const Place *place, SymbolRef ref, json_t *item) {
    StrBuf text;
    buf_init(&text);
    uint32_t at =
        auto_import_edit(self->workspace.index, place->file, buf_str(&place->document->text), ref, &text);
    if (at != NONE) {
        json_t *edit = json_object(), *edits = json_array();
        json_object_set_new(edit, "range", json_from_range(place_range(self, place->file, (Range){at, at})));
        json_object_set_new(edit, "newText", json_from_str(buf_str(&text)));
        json_array_append_new(edits, edit);
        json_object_set_new(item, "additionalTextEdits", edits);
    }
    buf_release(&text);
}

/* The document is named where the client asks for the edit later. */
static void add_import(const Server *self, const Place *place, const Candidate *candidate, json_t *item) {
    if (!self->client.resolves_imports) {
        set_import_edit(self, place, (SymbolRef){candidate->target.file, candidate->target.symbol}, item);
        return;
    }
    StrBuf uri;
    buf_init(&uri);
    place_uri(self, place->file, &uri);
    json_array_append_new(json_object_get(item, "data"), json_from_str(buf_str(&uri)));
    buf_release(&uri);
}

static void resolve_import(Server *self, const json_t *params, SymbolRef ref, json_t *item) {
    const json_t *uri = json_array_get(json_object_get(params, "data"), 3);
    Place place;
    if (!json_is_string(uri)) return;
    place_find(self, json_str(uri), (LspPosition){0}, &place);
    if (place.facts && place.document) set_import_edit(self, &place, ref, item);
}

/* --- items -------------------------------------------------------------------------------------- */

/* NULL: it cannot be offered. */
static json_t *item_new(const Server *self, const Place *place, const Completion *completion,
                        uint32_t number) {
    const Candidate *candidate = &completion->items.items[number];
    const Target *target = &candidate->target;
    char order[16];
    snprintf(order, sizeof order, "%04u", (unsigned)number);
    json_t *item = json_object();
    json_object_set_new(item, "label", json_from_str(candidate->name));
    json_object_set_new(item, "kind", json_integer(item_kind(self->workspace.index, candidate)));
    json_object_set_new(item, "sortText", json_string(order));
    set_details(self, candidate, item);
    if (candidate->kind == CANDIDATE_IMPORT && !set_import(self, place, candidate, item)) {
        json_decref(item);
        return NULL;
    }
    set_edit(self, place, completion->word, candidate, item);
    if (target->file != NONE) {
        json_int_t symbol = target->symbol == NONE ? -1 : (json_int_t)target->symbol;
        json_object_set_new(
            item, "data",
            json_pack("[I,I,I]", (json_int_t)target->file, symbol, (json_int_t)target->name.start));
    }
    if (candidate->kind == CANDIDATE_IMPORT) add_import(self, place, candidate, item);
    return item;
}

static void each_module(const void *libraries, Str package, ModuleVisitor *visit, void *context) {
    libraries_each_module(libraries, package, visit, context);
}

json_t *completion(Server *self, const json_t *params, RpcError *error) {
    Place place;
    if (!place_read(self, params, &place, error)) return NULL;
    if (place.facts == NULL || place.document == NULL) return json_null();
    Completion found;
    CompletionOptions options = {
        MOST_ITEMS, self->config.settings.completion_imports, {self->workspace.libraries, each_module}};
    complete(self->workspace.index, place.file, buf_str(&place.document->text), place.offset, options,
             &found);
    json_t *items = json_array();
    for (uint32_t i = 0; i < found.items.len; i++) {
        json_t *item = item_new(self, &place, &found, i);
        if (item) json_array_append_new(items, item);
    }
    json_t *result = json_object();
    bool all = !found.more && self->workspace.scan == NULL;
    json_object_set_new(result, "isIncomplete", json_boolean(!all));
    json_object_set_new(result, "items", items);
    completion_release(&found);
    return result;
}

json_t *completion_capability(const Server *self) {
    (void)self;
    return json_pack("{s:[s],s:{s:b}}", "triggerCharacters", ".", "completionItem", "labelDetailsSupport", 1);
}

/* --- resolve ------------------------------------------------------------------------------------ */

/* What an item's data mean, if that still is what its label says. */
static bool read_data(const Index *index, const json_t *item, Target *out) {
    json_int_t file, symbol, start;
    if (json_unpack((json_t *)json_object_get(item, "data"), "[I,I,I]", &file, &symbol, &start) != 0)
        return false;
    if (file < 0 || file >= index_file_end(index) || start < 0 || start > TEXT_LARGEST) return false;
    const Facts *facts = index_facts(index, (FileId)file);
    if (facts == NULL || symbol < -1 || symbol >= facts->symbols.count) return false;
    *out = (Target){.file = (FileId)file, .symbol = symbol < 0 ? NONE : (uint32_t)symbol};
    out->name = (Range){(uint32_t)start, (uint32_t)start};
    if (symbol == 0) return true;
    uint32_t occurrence = facts_occurrence_at(facts, (uint32_t)start);
    Str name = symbol > 0           ? symbol_name(facts, &facts->symbols.items[symbol])
               : occurrence != NONE ? facts_name(facts, facts->occurrences.items[occurrence].name)
                                    : STR_NONE;
    return name.len > 0 && (symbol < 0 || facts->symbols.items[symbol].name_start == (uint32_t)start);
}

json_t *completion_resolve(Server *self, const json_t *params, RpcError *error) {
    Str label;
    Target target;
    if (!params_str(params, "label", &label, error)) return NULL;
    json_t *item = json_deep_copy(params);
    if (!read_data(self->workspace.index, params, &target)) return item;
    if (target.symbol != NONE) resolve_import(self, params, (SymbolRef){target.file, target.symbol}, item);
    bool markdown = self->client.completion_markdown;
    StrBuf text;
    buf_init(&text);
    card_hover_target(self->workspace.index, target, markdown ? WRITER_MARKDOWN : WRITER_PLAIN, &text);
    if (text.len) {
        json_t *documentation = json_object();
        json_object_set_new(documentation, "kind", json_string(markdown ? "markdown" : "plaintext"));
        json_object_set_new(documentation, "value", json_from_str(buf_str(&text)));
        json_object_set_new(item, "documentation", documentation);
    }
    buf_release(&text);
    return item;
}
