#include "lsp/doc_actions.h"

#include "index/doc_place.h"
#include "lsp/convert.h"
#include "lsp/place.h"
#include "markdown/check.h"
#include "markdown/doc_edit.h"

/* Whose findings say themselves what mends them. */
static const RuleSet FIXED_RULES =
    RULE_BIT(RULE_wrong_default) | RULE_BIT(RULE_wrong_type) | RULE_BIT(RULE_exception_not_raised);

typedef struct {
    const char *title;
    RuleSet rules; /* what it mends; see also append_fixes */
    bool (*make)(const Facts *facts, uint32_t symbol, Str text, DocHabit habit, bool snippet, DocEdit *out);
} DocAction;

static bool update(const Facts *facts, uint32_t symbol, Str text, DocHabit habit, bool snippet,
                   DocEdit *out) {
    (void)snippet;
    return doc_edit_update(facts, symbol, text, habit, out);
}

static const DocAction doc_actions[] = {
    {"Insert docstring", RULE_BIT(RULE_undocumented), doc_edit_insert},
    {"Update docstring", RULE_BIT(RULE_unknown_parameter) | RULE_BIT(RULE_missing_parameter), update},
};

/* --- where ------------------------------------------------------------------------------------------- */

/* The definition whose header, or docstring, holds the offset; NONE when the offset is deeper in a body. */
static uint32_t symbol_at(const Facts *facts, Str text, uint32_t offset) {
    uint32_t symbol = facts_symbol_at(facts, offset), header, body;
    while (symbol != NONE && facts->symbols.items[symbol].kind > SYMBOL_METHOD)
        symbol = facts->symbols.items[symbol].parent;
    DocPlace place;
    if (symbol == NONE || !doc_place_body(facts, symbol, text, &header, &body)) return NONE;
    bool inside = offset <= doc_place_line_end(text, header);
    if (doc_place_find(facts, symbol, text, &place)) inside |= offset <= place.literal.end;
    return inside ? symbol : NONE;
}

/* --- what -------------------------------------------------------------------------------------------- */

/* LSP "TextEdit", or "SnippetTextEdit". */
static json_t *text_edit_new(const DocEdit *edit, LspRange range) {
    json_t *json = json_object(), *value = json_from_str(buf_str(&edit->text));
    json_object_set_new(json, "range", json_from_range(range));
    if (!edit->snippet) {
        json_object_set_new(json, "newText", value);
        return json;
    }
    json_t *snippet = json_object();
    json_object_set_new(snippet, "kind", json_string("snippet"));
    json_object_set_new(snippet, "value", value);
    json_object_set_new(json, "snippet", snippet);
    return json;
}

/* LSP "WorkspaceEdit". */
static json_t *workspace_edit_new(const Server *self, const Document *document, json_t *edit) {
    json_t *edits = json_array(), *result = json_object(), *changes = json_object();
    json_array_append_new(edits, edit);
    if (!self->client.document_changes) {
        StrBuf uri;
        buf_init(&uri);
        buf_append(&uri, document->uri);
        json_object_set_new(changes, uri.data, edits);
        json_object_set_new(result, "changes", changes);
        buf_release(&uri);
        return result;
    }
    json_t *identifier = json_object(), *list = json_array();
    json_object_set_new(identifier, "uri", json_from_str(document->uri));
    json_object_set_new(identifier, "version", json_integer(document->version));
    json_object_set_new(changes, "textDocument", identifier);
    json_object_set_new(changes, "edits", edits);
    json_array_append_new(list, changes);
    json_object_set_new(result, "documentChanges", list);
    return result;
}

/* The diagnostics of the request that are of some rules. */
static json_t *mended(RuleSet rules, const json_t *params) {
    json_t *list = json_array(), *diagnostic;
    size_t i;
    json_array_foreach(json_find_array(params, "context.diagnostics"), i, diagnostic) {
        Str code = json_find_str(diagnostic, "code");
        bool ours = str_eq(json_find_str(diagnostic, "source"), STR("headword"));
        for (Rule rule = 0; ours && rule < RULES; rule++) {
            if (rules & RULE_BIT(rule) && str_eq(code, str_of(rule_row(rule)->code)))
                json_array_append(list, diagnostic);
        }
    }
    return list;
}

/* Whether `only`, if it is there, asks for the kind. */
static bool is_wanted(const json_t *params, Str kind) {
    const json_t *only = json_find_array(params, "context.only");
    size_t i;
    json_t *item;
    json_array_foreach((json_t *)only, i, item) {
        Str name = json_is_string(item) ? json_str(item) : STR_NONE;
        bool above = str_starts_with(kind, name) &&
                     (kind.len == name.len || str_starts_with(str_from(kind, name.len), STR(".")));
        if (above && name.len) return true;
    }
    return only == NULL;
}

static void append_action(const Server *self, const Document *document, const DocAction *row,
                          const json_t *params, const DocEdit *edit, LspRange range, json_t *actions) {
    json_t *diagnostics = mended(row->rules, params);
    const char *kind = json_array_size(diagnostics) ? "quickfix" : DOC_ACTION_KIND;
    if (!is_wanted(params, str_of(kind))) {
        json_decref(diagnostics);
        return;
    }
    json_t *action = json_object();
    json_object_set_new(action, "title", json_string(row->title));
    json_object_set_new(action, "kind", json_string(kind));
    if (json_array_size(diagnostics)) json_object_set(action, "diagnostics", diagnostics);
    json_decref(diagnostics);
    json_object_set_new(action, "edit", workspace_edit_new(self, document, text_edit_new(edit, range)));
    json_array_append_new(actions, action);
}

/* Of the diagnostics of the request, the one that tells of the finding; NULL when none does. */
static json_t *find_told(const json_t *diagnostics, const Finding *finding) {
    size_t i;
    json_t *diagnostic;
    json_array_foreach((json_t *)diagnostics, i, diagnostic) {
        if (str_eq(json_find_str(diagnostic, "message"), finding->message)) return diagnostic;
    }
    return NULL;
}

static void append_fix(const Server *self, const Place *place, const Finding *finding, json_t *diagnostic,
                       json_t *actions) {
    DocEdit edit = {.range = finding->fix_range};
    buf_init(&edit.text);
    buf_append(&edit.text, finding->fix);
    LspRange where = convert_range(&place->facts->lines, edit.range, self->encoding);
    json_t *action = json_object(), *told = json_array();
    json_array_append(told, diagnostic);
    json_object_set_new(action, "title", json_from_str(finding->fix_title));
    json_object_set_new(action, "kind", json_string("quickfix"));
    json_object_set_new(action, "diagnostics", told);
    json_object_set_new(action, "edit",
                        workspace_edit_new(self, place->document, text_edit_new(&edit, where)));
    json_array_append_new(actions, action);
    doc_edit_release(&edit);
}

/* What the signature has in place of what the docstring says it has; what nothing raises, taken out. */
static void append_fixes(const Server *self, const Place *place, const json_t *params, json_t *actions) {
    json_t *diagnostics = mended(FIXED_RULES, params);
    if (json_array_size(diagnostics) && is_wanted(params, STR("quickfix"))) {
        Findings findings;
        findings_init(&findings);
        check_docs(self->workspace.index, place->file, buf_str(&place->document->text), FIXED_RULES,
                   &findings);
        for (uint32_t i = 0; i < findings.items.len; i++) {
            const Finding *finding = &findings.items.items[i];
            json_t *told = finding->fix_title.len ? find_told(diagnostics, finding) : NULL;
            if (told) append_fix(self, place, finding, told, actions);
        }
        findings_release(&findings);
    }
    json_decref(diagnostics);
}

bool doc_actions_append(Server *self, const json_t *params, json_t *actions, RpcError *error) {
    Place place;
    LspRange range;
    if (!place_read_file(self, params, &place, error)) return false;
    if (!params_range(params, "range", &range, error)) return false;
    if (!place.document || !place.facts || place.document->patched || !self->client.action_literals)
        return true;
    Str text = buf_str(&place.document->text);
    uint32_t offset = convert_offset(&place.facts->lines, text, range.start, self->encoding);
    uint32_t symbol = symbol_at(place.facts, text, offset);
    append_fixes(self, &place, params, actions);
    if (symbol == NONE) return true;
    bool snippet = self->client.snippet_edits && self->client.document_changes;
    DocHabit habit = doc_edit_habit(self->workspace.index, place.file);
    for (size_t i = 0; i < sizeof doc_actions / sizeof *doc_actions; i++) {
        DocEdit edit;
        if (doc_actions[i].make(place.facts, symbol, text, habit, snippet, &edit)) {
            LspRange where = convert_range(&place.facts->lines, edit.range, self->encoding);
            append_action(self, place.document, &doc_actions[i], params, &edit, where, actions);
        }
        doc_edit_release(&edit);
    }
    return true;
}
