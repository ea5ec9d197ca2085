/* LSP "textDocument/signatureHelp". */
#include "index/signatures.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "markdown/card.h"
#include "markdown/docstring.h"

/* A label that is being written. Offsets into it count UTF-16 units (LSP "ParameterInformation"). */
typedef struct {
    StrBuf text;
    size_t counted; /* bytes, of so many units */
    json_int_t units;
} Label;

static json_int_t label_units(Label *self) {
    for (; self->counted < self->text.len; self->counted++) {
        unsigned char c = (unsigned char)self->text.data[self->counted];
        self->units += (c & 0xC0) != 0x80;
        self->units += c >= 0xF0;
    }
    return self->units;
}

static Str doc_of(const Index *index, SymbolRef ref) {
    CardDoc doc;
    return card_find_doc(index, ref, &doc) ? doc.text : STR_NONE;
}

static json_t *content_new(const Server *self, const StrBuf *text) {
    json_t *content = json_object();
    json_object_set_new(content, "kind",
                        json_string(self->client.signature_markdown ? "markdown" : "plaintext"));
    json_object_set_new(content, "value", json_from_str(str_trim(buf_str(text))));
    return content;
}

/* What the docstring says of a parameter; NULL for nothing. */
static json_t *param_docs_new(const Server *self, const Signature *signature, Str name) {
    const Index *index = self->workspace.index;
    StrBuf text;
    Writer writer;
    buf_init(&text);
    writer_init(&writer, &text, self->client.signature_markdown ? WRITER_MARKDOWN : WRITER_PLAIN);
    writer_open(&writer, BLOCK_PARAGRAPH);
    if (!docstring_write_param(&writer, doc_of(index, signature->function), name, NULL))
        docstring_write_param(&writer, doc_of(index, signature->called), name, NULL);
    writer_close(&writer);
    json_t *content = str_trim(buf_str(&text)).len ? content_new(self, &text) : NULL;
    buf_release(&text);
    return content;
}

static void append_param(StrBuf *out, const SignatureParam *param) {
    if (param->kind == PARAM_ARGS) buf_append_byte(out, '*');
    if (param->kind == PARAM_KWARGS) buf_append(out, STR("**"));
    buf_append(out, param->name);
    if (param->type.len) buf_printf(out, ": %.*s", STR_ARG(param->type));
    if (param->has_value) buf_printf(out, param->type.len ? " = %.*s" : "=%.*s", STR_ARG(param->value));
}

/* Appends the parameter to the label and says where it stands in it. */
static json_t *param_new(const Server *self, const Signature *signature, uint32_t number, Label *label) {
    const SignatureParam *param = &signature->params.items[number];
    json_int_t start = label_units(label);
    size_t at = label->text.len;
    append_param(&label->text, param);
    json_t *result = json_object(), *docs = param_docs_new(self, signature, param->name);
    if (self->client.label_offsets)
        json_object_set_new(result, "label", json_pack("[I,I]", start, label_units(label)));
    else
        json_object_set_new(result, "label", json_from_str(str_from(buf_str(&label->text), at)));
    if (docs) json_object_set_new(result, "documentation", docs);
    return result;
}

/* "name(a, /, b: int, *, c=1) -> str" with its parameters. */
static json_t *params_new(const Server *self, const Signature *signature, Label *label) {
    json_t *params = json_array();
    bool star = false;
    for (uint32_t i = 0; i < signature->params.len; i++) {
        uint16_t kind = signature->params.items[i].kind;
        bool last = i + 1 == signature->params.len || signature->params.items[i + 1].kind != PARAM_POSONLY;
        if (i) buf_append(&label->text, STR(", "));
        if (kind == PARAM_KWONLY && !star) buf_append(&label->text, STR("*, "));
        star |= kind == PARAM_KWONLY || kind == PARAM_ARGS;
        json_array_append_new(params, param_new(self, signature, i, label));
        if (kind == PARAM_POSONLY && last) buf_append(&label->text, STR(", /"));
    }
    return params;
}

/* The parameter at the cursor; null when there is none, which not all clients take. */
static void set_active_parameter(const Server *self, const Signature *signature, const Call *call,
                                 json_t *object) {
    uint32_t active = signature_param_of(signature, call);
    if (active != NONE)
        json_object_set_new(object, "activeParameter", json_integer(active));
    else if (self->client.no_active_parameter)
        json_object_set_new(object, "activeParameter", json_null());
}

static json_t *signature_new(const Server *self, const Signature *signature, const Call *call) {
    const Index *index = self->workspace.index;
    const Facts *facts = index_facts(index, signature->function.file);
    const Symbol *function = &facts->symbols.items[signature->function.symbol];
    const Facts *called = index_facts(index, signature->called.file);
    Label label = {0};
    StrBuf summary;
    buf_init(&label.text);
    buf_init(&summary);
    buf_append(&label.text, symbol_name(called, &called->symbols.items[signature->called.symbol]));
    buf_append_byte(&label.text, '(');
    json_t *result = json_object(), *params = params_new(self, signature, &label);
    buf_append_byte(&label.text, ')');
    bool constructor = called->symbols.items[signature->called.symbol].kind == SYMBOL_CLASS;
    if (function->type.len && !constructor)
        buf_printf(&label.text, " -> %.*s", STR_ARG(facts_text(facts, function->type)));
    json_object_set_new(result, "label", json_from_str(buf_str(&label.text)));
    json_object_set_new(result, "parameters", params);
    card_summary(index, function->doc.len ? signature->function : signature->called, &summary);
    if (summary.len == 0) card_summary(index, signature->function, &summary); /* an inherited one */
    if (summary.len) json_object_set_new(result, "documentation", json_from_str(buf_str(&summary)));
    if (self->client.active_parameters) set_active_parameter(self, signature, call, result);
    buf_release(&label.text);
    buf_release(&summary);
    return result;
}

/* The one that the user chose, if it still takes the arguments; else the first that does. */
static uint32_t active_signature(const Signatures *signatures, const Call *call, const json_t *params) {
    const json_t *chosen = json_find(params, "context.activeSignatureHelp.activeSignature");
    json_int_t number = json_is_integer(chosen) ? json_integer_value(chosen) : -1;
    if (number >= 0 && number < signatures->len && signature_takes(&signatures->items[number], call))
        return (uint32_t)number;
    for (uint32_t i = 0; i < signatures->len; i++) {
        if (signature_takes(&signatures->items[i], call)) return i;
    }
    return 0;
}

static json_t *help_new(const Server *self, const Signatures *signatures, const Call *call,
                        const json_t *params) {
    if (signatures->len == 0) return json_null();
    uint32_t active = active_signature(signatures, call, params);
    json_t *result = json_object(), *list = json_array();
    for (uint32_t i = 0; i < signatures->len; i++)
        json_array_append_new(list, signature_new(self, &signatures->items[i], call));
    json_object_set_new(result, "signatures", list);
    json_object_set_new(result, "activeSignature", json_integer(active));
    set_active_parameter(self, &signatures->items[active], call, result);
    return result;
}

/* The innermost call around the cursor, or NONE. */
static uint32_t call_around(const Cursor *cursor) {
    uint32_t bracket = cursor_bracket(cursor, cursor->tokens.before);
    while (bracket != NONE && !cursor_is_call(cursor, bracket)) bracket = cursor_bracket(cursor, bracket);
    return bracket;
}

json_t *signature_help(Server *self, const json_t *params, RpcError *error) {
    Place place;
    if (!place_read(self, params, &place, error)) return NULL;
    if (place.facts == NULL || place.document == NULL) return json_null();
    Cursor cursor;
    cursor_read(&cursor, place.facts, buf_str(&place.document->text), place.offset);
    uint32_t bracket = call_around(&cursor);
    json_t *result = bracket == NONE ? json_null() : NULL;
    if (bracket != NONE) {
        Call call;
        Query query;
        Signatures signatures = {0};
        query_init(&query, self->workspace.index);
        cursor_read_call(&cursor, bracket, &call);
        signatures_find(&query, place.file, &cursor, bracket, &signatures);
        result = help_new(self, &signatures, &call, params);
        signatures_release(&signatures);
        call_release(&call);
        query_release(&query);
    }
    cursor_release(&cursor);
    return result;
}

json_t *signature_help_capability(const Server *self) {
    (void)self;
    return json_pack("{s:[s,s],s:[s]}", "triggerCharacters", "(", ",", "retriggerCharacters", ")");
}
