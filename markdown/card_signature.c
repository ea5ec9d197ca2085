/* What a symbol is, and how it reads in source. */
#include "index/hierarchy.h"
#include "markdown/card_docs.h"

enum { WRAP_COLUMN = 88 };

static const Symbol *symbol_at(const Facts *facts, uint32_t symbol) { return &facts->symbols.items[symbol]; }

static Str slice_text(const Facts *facts, Slice slice, uint32_t i) {
    return facts_text(facts, facts->texts.items[slice.first + i]);
}

static bool is_constant_name(Str name) {
    bool letter = false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        if (c >= 'a' && c <= 'z') return false;
        letter |= c >= 'A' && c <= 'Z';
    }
    return letter;
}

/* Decorators that change what a method is called. A suffix stands for any receiver: "x.setter". */
static const struct {
    const char *decorator, *kind;
    bool suffix;
} method_kinds[] = {
    {"property", "property", false},
    {"cached_property", "cached property", false},
    {"functools.cached_property", "cached property", false},
    {"staticmethod", "static method", false},
    {"classmethod", "class method", false},
    {".setter", "property setter", true},
    {".deleter", "property deleter", true},
    {".getter", "property getter", true},
};

static const char *method_kind(const Facts *facts, const Symbol *symbol) {
    for (uint32_t d = 0; d < symbol->decorators.count; d++) {
        Str decorator = slice_text(facts, symbol->decorators, d);
        for (size_t k = 0; k < sizeof method_kinds / sizeof *method_kinds; k++) {
            Str wanted = str_of(method_kinds[k].decorator);
            bool hit = method_kinds[k].suffix ? str_ends_with(decorator, wanted) : str_eq(decorator, wanted);
            if (hit) return method_kinds[k].kind;
        }
    }
    return symbol->flags & SYMBOL_ASYNC ? "async method" : "method";
}

bool card_is_setter(const Facts *facts, uint32_t number) {
    const Symbol *symbol = symbol_at(facts, number);
    for (uint32_t d = 0; symbol->kind == SYMBOL_METHOD && d < symbol->decorators.count; d++) {
        Str decorator = slice_text(facts, symbol->decorators, d);
        if (str_ends_with(decorator, STR(".setter")) || str_ends_with(decorator, STR(".deleter")))
            return true;
    }
    return false;
}

static bool is_enumeration(const Facts *facts, const Symbol *class) {
    static const char *const names[] = {"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (hierarchy_any_called(facts, class->bases, str_of(names[i]))) return true;
    }
    return false;
}

/* `X: TypeAlias = …` (PEP 613) */
static bool is_alias_annotation(Str type) {
    return str_eq(str_from(type, str_rfind_byte(type, '.') + 1), STR("TypeAlias"));
}

static const char *variable_kind(const Facts *facts, const Symbol *symbol) {
    if (symbol->via == VIA_TYPE || is_alias_annotation(facts_text(facts, symbol->type))) return "type alias";
    const Symbol *parent = symbol_at(facts, symbol->parent);
    if (parent->kind == SYMBOL_CLASS)
        return is_enumeration(facts, parent) ? "enum member" : "class attribute";
    return is_constant_name(symbol_name(facts, symbol)) ? "constant" : "variable";
}

const char *card_kind(const Facts *facts, uint32_t number) {
    const Symbol *symbol = symbol_at(facts, number);
    switch ((SymbolKind)symbol->kind) {
    case SYMBOL_MODULE: return "module";
    case SYMBOL_CLASS: return "class";
    case SYMBOL_FUNCTION: return symbol->flags & SYMBOL_ASYNC ? "async function" : "function";
    case SYMBOL_METHOD: return method_kind(facts, symbol);
    case SYMBOL_VARIABLE: return variable_kind(facts, symbol);
    case SYMBOL_ATTRIBUTE: return "instance attribute";
    }
    switch ((TextSymbolKind)symbol->kind) {
    case SYMBOL_DOCUMENT: return "document";
    case SYMBOL_HEADING: return "heading";
    case SYMBOL_KEY: return "key";
    case SYMBOL_TARGET: return "target";
    case SYMBOL_ROUTINE: return "function";
    case SYMBOL_INSTRUCTION: return "instruction";
    }
    return "";
}

/* Puts `separator` between pieces: a comma, or a comma and a new line. */
static void append_separator(StrBuf *out, bool first, bool wrapped) {
    if (wrapped)
        buf_append(out, first ? STR("\n    ") : STR(",\n    "));
    else if (!first)
        buf_append(out, STR(", "));
}

/* Lines as one, without the comma that only stands there for the closing bracket on the next. */
static void append_joined(Str text, StrBuf *out) {
    Str line;
    for (size_t start = out->len; str_next_line(&text, &line);) {
        line = str_trim(line);
        bool joined = out->len > start && line.len;
        bool opened = joined && strchr("([{", out->data[out->len - 1]);
        bool closes = joined && strchr(")]}", line.data[0]);
        if (closes && out->data[out->len - 1] == ',') buf_truncate(out, out->len - 1);
        if (joined && !opened && !closes) buf_append_byte(out, ' ');
        buf_append(out, line);
    }
}

static void append_param(const SignatureParam *param, StrBuf *out) {
    if (param->kind == PARAM_ARGS) buf_append_byte(out, '*');
    if (param->kind == PARAM_KWARGS) buf_append(out, STR("**"));
    buf_append(out, param->name);
    if (param->type.len) buf_append(out, STR(": "));
    append_joined(param->type, out);
    if (!param->has_value) return;
    buf_append(out, param->type.len ? STR(" = ") : STR("="));
    append_joined(param->value, out);
}

static void append_params(const Signature *signature, bool wrapped, StrBuf *out) {
    const SignatureParam *items = signature->params.items;
    uint32_t count = signature->params.len;
    bool star = false, first = true;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].kind == PARAM_KWONLY && !star) {
            append_separator(out, first, wrapped);
            buf_append_byte(out, '*');
            first = false;
        }
        star |= items[i].kind == PARAM_KWONLY || items[i].kind == PARAM_ARGS;
        append_separator(out, first, wrapped);
        append_param(&items[i], out);
        first = false;
        bool last_posonly =
            items[i].kind == PARAM_POSONLY && (i + 1 == count || items[i + 1].kind != PARAM_POSONLY);
        if (last_posonly) {
            append_separator(out, false, wrapped);
            buf_append_byte(out, '/');
        }
    }
    if (wrapped && count) buf_append(out, STR(",\n"));
}

static void append_function(const Facts *facts, const Symbol *symbol, bool wrapped, StrBuf *out) {
    Signature signature = {0};
    signature_add_params(&signature, facts, symbol->params);
    if (symbol->flags & SYMBOL_ASYNC) buf_append(out, STR("async "));
    buf_append(out, STR("def "));
    buf_append(out, symbol_name(facts, symbol));
    buf_append_byte(out, '(');
    append_params(&signature, wrapped, out);
    buf_append_byte(out, ')');
    if (symbol->type.len) buf_append(out, STR(" -> "));
    buf_append(out, facts_text(facts, symbol->type));
    signature_release(&signature);
}

void card_append_call(Str name, const Signature *signature, StrBuf *out) {
    size_t start = out->len;
    for (int wrapped = 0; wrapped < 2; wrapped++) {
        buf_truncate(out, start);
        buf_printf(out, "%.*s(", STR_ARG(name));
        append_params(signature, wrapped, out);
        buf_append_byte(out, ')');
        if (out->len - start <= WRAP_COLUMN) break;
    }
}

static void append_class(const Facts *facts, const Symbol *symbol, bool wrapped, StrBuf *out) {
    uint32_t count = symbol->bases.count + symbol->keywords.count;
    buf_append(out, STR("class "));
    buf_append(out, symbol_name(facts, symbol));
    if (count) buf_append_byte(out, '(');
    for (uint32_t i = 0; i < count; i++) {
        append_separator(out, i == 0, wrapped);
        buf_append(out, i < symbol->bases.count
                            ? slice_text(facts, symbol->bases, i)
                            : slice_text(facts, symbol->keywords, i - symbol->bases.count));
    }
    if (wrapped && count) buf_append(out, STR(",\n"));
    if (count) buf_append_byte(out, ')');
}

static size_t blanks_before(Str line) {
    size_t blanks = 0;
    while (blanks < line.len && (line.data[blanks] == ' ' || line.data[blanks] == '\t')) blanks++;
    return blanks;
}

/* The lines of a value are moved to the left until its closing bracket stands there. */
static void append_value(Str value, StrBuf *out) {
    size_t last = str_rfind_byte(value, '\n') + 1, margin = blanks_before(str_from(value, last));
    bool closes = last && last + margin < value.len && strchr(")]}", value.data[last + margin]);
    Str line = STR_NONE;
    str_next_line(&value, &line);
    buf_append(out, line);
    while (str_next_line(&value, &line)) {
        size_t blanks = blanks_before(line);
        buf_append_byte(out, '\n');
        buf_append(out, str_from(line, !closes ? 0 : blanks < margin ? blanks : margin));
    }
}

static void append_variable(const Facts *facts, const Symbol *symbol, StrBuf *out) {
    if (symbol->via == VIA_TYPE) buf_append(out, STR("type "));
    buf_append(out, symbol_name(facts, symbol));
    if (symbol->type.len) buf_append(out, STR(": "));
    buf_append(out, facts_text(facts, symbol->type));
    if (symbol->value.len) buf_append(out, STR(" = "));
    append_value(facts_text(facts, symbol->value), out);
}

static void append_signature(const Facts *facts, const Symbol *symbol, bool wrapped, StrBuf *out) {
    switch ((SymbolKind)symbol->kind) {
    case SYMBOL_MODULE: break;
    case SYMBOL_CLASS: append_class(facts, symbol, wrapped, out); break;
    case SYMBOL_FUNCTION:
    case SYMBOL_METHOD: append_function(facts, symbol, wrapped, out); break;
    case SYMBOL_VARIABLE:
    case SYMBOL_ATTRIBUTE: append_variable(facts, symbol, out); break;
    }
}

void card_signature(const Facts *facts, uint32_t number, StrBuf *out) {
    const Symbol *symbol = symbol_at(facts, number);
    size_t start = out->len;
    append_signature(facts, symbol, false, out);
    if (out->len - start <= WRAP_COLUMN) return;
    buf_truncate(out, start);
    append_signature(facts, symbol, true, out);
}
