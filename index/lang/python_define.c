#include "index/lang/python_define.h"

#include "index/lang/python_string.h"

enum { LONGEST_VALUE = 600, LONGEST_LINE = 200 /* bytes, of a single one */, MOST_LINES = 12 };

static Str source_of(Reader *self, TSNode node) {
    Range range = syntax_range(node);
    return str_slice(self->builder.source, range.start, range.end);
}

Str define_source(Reader *self, TSNode node) { return source_of(self, syntax_unwrap(&self->cursor, node)); }

static Text source_text(Reader *self, TSNode node) {
    return ts_node_is_null(node) ? ((Text){0}) : builder_source(&self->builder, define_source(self, node));
}

/* Appends the value of a literal to `out`; false when it is bytes or has replacement fields. */
static bool append_literal(Reader *self, TSNode string, StrBuf *out) {
    Str literal = source_of(self, string);
    StringPrefix prefix = python_string_prefix(literal);
    if (prefix.bytes || prefix.format) return false;
    python_string_value(literal, out);
    return true;
}

bool define_append_string(Reader *self, TSNode node, StrBuf *out) {
    node = syntax_unwrap(&self->cursor, node);
    Kind kind = syntax_kind(node);
    if (kind == KIND_STRING) return append_literal(self, node, out);
    if (kind != KIND_CONCATENATED_STRING) return false;
    for (bool more = syntax_first(&self->cursor, node); more; more = syntax_next(&self->cursor)) {
        if (!append_literal(self, ts_tree_cursor_current_node(&self->cursor), out)) return false;
    }
    return true;
}

bool define_string(Reader *self, TSNode node, Text *value) {
    StrBuf text;
    buf_init(&text);
    bool plain = define_append_string(self, node, &text);
    *value = plain ? builder_text(&self->builder, buf_str(&text)) : (Text){0};
    buf_release(&text);
    return plain;
}

/* The first statement of a body when it is an expression and nothing else. */
static TSNode first_expression(Reader *self, TSNode body) {
    if (ts_node_is_null(body) || !syntax_first(&self->cursor, body)) return (TSNode){0};
    TSNode statement = ts_tree_cursor_current_node(&self->cursor);
    if (syntax_kind(statement) != KIND_EXPRESSION_STATEMENT || ts_node_child_count(statement) != 1)
        return (TSNode){0};
    return ts_node_child(statement, 0);
}

void define_docstring(Reader *self, uint32_t symbol, TSNode body) {
    TSNode expression = first_expression(self, body);
    if (ts_node_is_null(expression)) return;
    StrBuf text, clean;
    buf_init(&text);
    buf_init(&clean);
    if (define_append_string(self, expression, &text)) {
        python_clean_doc(buf_str(&text), &clean);
        Symbol *owner = &self->builder.symbols.items[symbol];
        owner->doc = builder_text(&self->builder, buf_str(&clean));
        owner->flags |= SYMBOL_HAS_DOC;
    }
    buf_release(&text);
    buf_release(&clean);
}

static void push_text(Reader *self, Slice *slice, Text text) {
    if (slice->count == 0) slice->first = self->builder.texts.len;
    ARRAY_PUSH(&self->builder.texts, text);
    slice->count++;
}

static Slice read_decorators(Reader *self, TSNode decorated) {
    Slice slice = {0};
    if (ts_node_is_null(decorated)) return slice;
    Nodes children = syntax_named_children(&self->cursor, decorated);
    for (uint32_t i = 0; i < children.len; i++) {
        if (syntax_kind(children.items[i]) != KIND_DECORATOR) continue;
        TSNode expression = syntax_only_child(&self->cursor, children.items[i]);
        if (!ts_node_is_null(expression)) push_text(self, &slice, source_text(self, expression));
    }
    ARRAY_FREE(&children);
    return slice;
}

/* "name=value" or "**value" */
static Text keyword_text(Reader *self, TSNode argument) {
    StrBuf text;
    buf_init(&text);
    TSNode name = syntax_child(argument, FIELD_NAME), value = syntax_child(argument, FIELD_VALUE);
    if (ts_node_is_null(value)) value = syntax_only_child(&self->cursor, argument);
    if (!ts_node_is_null(name)) buf_append(&text, source_of(self, name));
    buf_append(&text, ts_node_is_null(name) ? STR("**") : STR("="));
    if (!ts_node_is_null(value)) buf_append(&text, define_source(self, value));
    Text result = builder_source(&self->builder, buf_str(&text));
    buf_release(&text);
    return result;
}

static void read_class_arguments(Reader *self, TSNode definition, Symbol *symbol) {
    TSNode list = syntax_child(definition, FIELD_SUPERCLASSES);
    if (ts_node_is_null(list)) return;
    Nodes arguments = syntax_named_children(&self->cursor, list);
    for (int keywords = 0; keywords < 2; keywords++) {
        for (uint32_t i = 0; i < arguments.len; i++) {
            Kind kind = syntax_kind(arguments.items[i]);
            if ((kind == KIND_KEYWORD_ARGUMENT || kind == KIND_DICTIONARY_SPLAT) != (keywords == 1)) continue;
            if (keywords)
                push_text(self, &symbol->keywords, keyword_text(self, arguments.items[i]));
            else
                push_text(self, &symbol->bases, source_text(self, arguments.items[i]));
        }
    }
    ARRAY_FREE(&arguments);
}

/* The identifier of a parameter, whatever it is wrapped in. */
static TSNode parameter_name(TSNode parameter) {
    TSNode name = syntax_child(parameter, FIELD_NAME);
    TSNode node = ts_node_is_null(name) ? parameter : name;
    while (syntax_kind(node) != KIND_IDENTIFIER) {
        TSNode child = ts_node_named_child(node, 0);
        if (ts_node_is_null(child) || syntax_kind(node) == KIND_TUPLE_PATTERN) return (TSNode){0};
        node = child;
    }
    return node;
}

static bool is_splat(TSNode parameter, Kind splat) {
    return syntax_kind(parameter) == splat || (syntax_kind(parameter) == KIND_TYPED_PARAMETER &&
                                               syntax_kind(ts_node_named_child(parameter, 0)) == splat);
}

static void read_parameter(Reader *self, TSNode parameter, ParamKind *kind, Slice *slice) {
    TSNode name = parameter_name(parameter), value = syntax_child(parameter, FIELD_VALUE);
    if (ts_node_is_null(name)) return;
    Range range = syntax_range(name);
    Param param = {.kind = (uint8_t)*kind,
                   .name = builder_name(&self->builder, range),
                   .start = range.start,
                   .type = source_text(self, syntax_child(parameter, FIELD_TYPE)),
                   .value = source_text(self, value),
                   .has_value = !ts_node_is_null(value)};
    if (is_splat(parameter, KIND_LIST_SPLAT_PATTERN)) {
        param.kind = PARAM_ARGS;
        *kind = PARAM_KWONLY;
    } else if (is_splat(parameter, KIND_DICTIONARY_SPLAT_PATTERN)) {
        param.kind = PARAM_KWARGS;
    }
    if (slice->count++ == 0) slice->first = self->builder.params.len;
    ARRAY_PUSH(&self->builder.params, param);
}

static Slice read_parameters(Reader *self, TSNode definition) {
    Slice slice = {0};
    ParamKind kind = PARAM_POS;
    TSNode list = syntax_child(definition, FIELD_PARAMETERS);
    if (ts_node_is_null(list)) return slice;
    Nodes parameters = syntax_named_children(&self->cursor, list);
    for (uint32_t i = 0; i < parameters.len; i++) {
        Kind node = syntax_kind(parameters.items[i]);
        if (node == KIND_KEYWORD_SEPARATOR) {
            kind = PARAM_KWONLY;
        } else if (node == KIND_POSITIONAL_SEPARATOR) {
            for (uint32_t p = 0; p < slice.count; p++)
                self->builder.params.items[slice.first + p].kind = PARAM_POSONLY;
        } else {
            read_parameter(self, parameters.items[i], &kind, &slice);
        }
    }
    ARRAY_FREE(&parameters);
    return slice;
}

uint32_t define_symbol(Reader *self, TSNode definition, TSNode decorated, uint32_t parent, bool conditional) {
    bool is_class = syntax_kind(definition) == KIND_CLASS_DEFINITION;
    bool in_class = self->builder.symbols.items[parent].kind == SYMBOL_CLASS;
    TSNode name = syntax_child(definition, FIELD_NAME), body = syntax_child(definition, FIELD_BODY);
    Range range = syntax_range(definition),
          name_range = syntax_range(ts_node_is_null(name) ? definition : name);
    if (ts_node_is_null(name)) name_range.end = name_range.start;
    bool is_async = str_starts_with(str_slice(self->builder.source, range.start, range.end), STR("async"));
    Symbol symbol = {
        .kind = is_class   ? SYMBOL_CLASS
                : in_class ? SYMBOL_METHOD
                           : SYMBOL_FUNCTION,
        .flags =
            (uint8_t)((conditional ? SYMBOL_CONDITIONAL : 0) | (is_async && !is_class ? SYMBOL_ASYNC : 0)),
        .parent = parent,
        .name = builder_name(&self->builder, name_range),
        .name_start = name_range.start,
        .range = {ts_node_is_null(decorated) ? range.start : syntax_range(decorated).start,
                  syntax_statements_end(definition)},
        .decorators = read_decorators(self, decorated),
        .type = source_text(self, syntax_child(definition, FIELD_RETURN_TYPE)),
    };
    if (is_class)
        read_class_arguments(self, definition, &symbol);
    else
        symbol.params = read_parameters(self, definition);
    ARRAY_PUSH(&self->builder.symbols, symbol);
    define_docstring(self, self->builder.symbols.len - 1, body);
    return self->builder.symbols.len - 1;
}

/* The last right side of a chain of assignments. */
static TSNode assigned_value(TSNode assignment) {
    TSNode value = syntax_child(assignment, FIELD_RIGHT);
    while (!ts_node_is_null(value) && syntax_kind(value) == KIND_ASSIGNMENT)
        value = syntax_child(value, FIELD_RIGHT);
    return value;
}

static uint32_t count_lines(Str text) {
    uint32_t lines = 1;
    for (size_t i = 0; i < text.len; i++) lines += text.data[i] == '\n';
    return lines;
}

static bool in_dotted_name(char c) {
    return c == '.' || c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
           (unsigned char)c >= 0x80;
}

/* What stands for a value that is too long: the name of what is called, and what is around the rest. */
static Text cut_text(Reader *self, Str source) {
    static const char *const pairs[] = {"[]", "{}", "()", "\"\"", "''"};
    size_t head = 0;
    while (head < source.len && in_dotted_name(source.data[head])) head++;
    bool called = head > 0 && head < source.len && source.data[head] == '(';
    StrBuf text;
    buf_init(&text);
    if (called) buf_append(&text, str_slice(source, 0, head));
    const char *pair = "  ";
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char last = source.data[source.len - 1];
        if ((called || source.data[0] == pairs[i][0]) && last == pairs[i][1]) pair = pairs[i];
    }
    buf_printf(&text, "%c\xE2\x80\xA6%c", pair[0], pair[1]);
    Text result = builder_text(&self->builder, str_trim(buf_str(&text)));
    buf_release(&text);
    return result;
}

static void set_value(Reader *self, Symbol *symbol, TSNode value) {
    if (ts_node_is_null(value)) return;
    Str source = define_source(self, value);
    uint32_t lines = count_lines(source);
    if (lines > 1) source = source_of(self, value);
    bool cut = lines > MOST_LINES || source.len > (lines > 1 ? LONGEST_VALUE : LONGEST_LINE);
    symbol->value = cut ? cut_text(self, source) : builder_text(&self->builder, source);
    if (cut) symbol->flags |= SYMBOL_CUT;
}

void define_assigned(Reader *self, Symbol *symbol, TSNode assignment) {
    if (ts_node_is_null(assignment)) return;
    symbol->type = source_text(self, syntax_child(assignment, FIELD_TYPE));
    set_value(self, symbol, assigned_value(assignment));
    symbol->range.end = ts_node_end_byte(assignment);
}

void define_variable(Reader *self, Range range, TSNode assignment, SymbolVia via, uint32_t parent,
                     bool conditional) {
    Symbol symbol = {
        .kind = SYMBOL_VARIABLE,
        .via = (uint8_t)via,
        .flags = conditional ? SYMBOL_CONDITIONAL : 0,
        .parent = parent,
        .after = self->builder.symbols.len + 1,
        .name = builder_name(&self->builder, range),
        .name_start = range.start,
        .range = range,
    };
    define_assigned(self, &symbol, assignment);
    ARRAY_PUSH(&self->builder.symbols, symbol);
}

/* A dotted name without the white space that Python allows around its dots. */
static Text dotted_text(Reader *self, TSNode node) {
    if (ts_node_is_null(node)) return (Text){0};
    StrBuf text;
    buf_init(&text);
    Str source = source_of(self, node);
    bool comment = false; /* a continued line cannot hold one, parentheses can */
    for (size_t i = 0; i < source.len; i++) {
        char c = source.data[i];
        if (c == '#') comment = true;
        if (c == '\n') comment = false;
        if (!comment && c != ' ' && c != '\t' && c != '\\' && c != '\n' && c != '\r' && c != '\f')
            buf_append_byte(&text, c);
    }
    Text result = builder_text(&self->builder, buf_str(&text));
    buf_release(&text);
    return result;
}

static void read_import_module(Reader *self, TSNode module, Import *import) {
    if (ts_node_is_null(module)) return;
    if (syntax_kind(module) != KIND_RELATIVE_IMPORT) {
        import->module = dotted_text(self, module);
        return;
    }
    Nodes parts = syntax_named_children(&self->cursor, module);
    for (uint32_t i = 0; i < parts.len; i++) {
        Kind kind = syntax_kind(parts.items[i]);
        if (kind == KIND_DOTTED_NAME) import->module = dotted_text(self, parts.items[i]);
        if (kind != KIND_IMPORT_PREFIX) continue;
        Str dots = source_of(self, parts.items[i]);
        for (size_t d = 0; d < dots.len; d++) import->level += dots.data[d] == '.';
    }
    ARRAY_FREE(&parts);
}

static void read_import_name(Reader *self, TSNode node, Slice *names) {
    bool aliased = syntax_kind(node) == KIND_ALIASED_IMPORT;
    TSNode alias = aliased ? syntax_child(node, FIELD_ALIAS) : (TSNode){0};
    Range range = syntax_range(node);
    ImportName name = {.name = dotted_text(self, aliased ? syntax_child(node, FIELD_NAME) : node),
                       .alias =
                           ts_node_is_null(alias) ? NONE : builder_name(&self->builder, syntax_range(alias)),
                       .start = range.start,
                       .end = range.end};
    if (names->count++ == 0) names->first = self->builder.import_names.len;
    ARRAY_PUSH(&self->builder.import_names, name);
}

void define_import(Reader *self, TSNode statement, uint32_t scope, bool conditional) {
    Kind kind = syntax_kind(statement);
    Import import = {.flags = (uint8_t)((kind != KIND_IMPORT_STATEMENT ? IMPORT_FROM : 0) |
                                        (conditional ? IMPORT_CONDITIONAL : 0)),
                     .start = syntax_range(statement).start,
                     .scope = scope};
    TSNode module = syntax_child(statement, FIELD_MODULE_NAME);
    if (kind == KIND_FUTURE_IMPORT_STATEMENT)
        import.module = builder_text(&self->builder, STR("__future__"));
    else
        read_import_module(self, module, &import);
    Nodes children = syntax_named_children(&self->cursor, statement);
    for (uint32_t i = 0; i < children.len; i++) {
        Kind child = syntax_kind(children.items[i]);
        bool is_name =
            child == KIND_DOTTED_NAME || child == KIND_ALIASED_IMPORT || child == KIND_WILDCARD_IMPORT;
        if (!is_name || ts_node_eq(children.items[i], module) ||
            syntax_is_outside_import(self->builder.source, statement, children.items[i]))
            continue;
        if (child == KIND_WILDCARD_IMPORT) import.flags |= IMPORT_WILDCARD;
        read_import_name(self, children.items[i], &import.names);
    }
    ARRAY_FREE(&children);
    ARRAY_PUSH(&self->builder.imports, import);
}
