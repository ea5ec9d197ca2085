#include "markdown/card.h"

#include "index/resolve.h"
#include "markdown/docstring.h"
#include "markdown/markup.h"

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

static const char *variable_kind(const Facts *facts, const Symbol *symbol) {
    if (symbol->via == VIA_TYPE) return "type alias";
    if (symbol_at(facts, symbol->parent)->kind == SYMBOL_CLASS) return "class attribute";
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
    return "";
}

/* Puts `separator` between pieces: a comma, or a comma and a new line. */
static void append_separator(StrBuf *out, bool first, bool wrapped) {
    if (wrapped)
        buf_append(out, first ? STR("\n    ") : STR(",\n    "));
    else if (!first)
        buf_append(out, STR(", "));
}

static void append_param(const Facts *facts, const Param *param, StrBuf *out) {
    if (param->kind == PARAM_ARGS) buf_append_byte(out, '*');
    if (param->kind == PARAM_KWARGS) buf_append(out, STR("**"));
    buf_append(out, facts_name(facts, param->name));
    if (param->type.len) buf_append(out, STR(": "));
    buf_append(out, facts_text(facts, param->type));
    if (!param->has_value) return;
    buf_append(out, param->type.len ? STR(" = ") : STR("="));
    buf_append(out, facts_text(facts, param->value));
}

static void append_params(const Facts *facts, Slice params, bool wrapped, StrBuf *out) {
    const Param *items = facts->params.items + params.first;
    bool star = false, first = true;
    for (uint32_t i = 0; i < params.count; i++) {
        if (items[i].kind == PARAM_KWONLY && !star) {
            append_separator(out, first, wrapped);
            buf_append_byte(out, '*');
            first = false;
        }
        star |= items[i].kind == PARAM_KWONLY || items[i].kind == PARAM_ARGS;
        append_separator(out, first, wrapped);
        append_param(facts, &items[i], out);
        first = false;
        bool last_posonly =
            items[i].kind == PARAM_POSONLY && (i + 1 == params.count || items[i + 1].kind != PARAM_POSONLY);
        if (last_posonly) {
            append_separator(out, false, wrapped);
            buf_append_byte(out, '/');
        }
    }
    if (wrapped && params.count) buf_append(out, STR(",\n"));
}

static void append_function(const Facts *facts, const Symbol *symbol, bool wrapped, StrBuf *out) {
    if (symbol->flags & SYMBOL_ASYNC) buf_append(out, STR("async "));
    buf_append(out, STR("def "));
    buf_append(out, symbol_name(facts, symbol));
    buf_append_byte(out, '(');
    append_params(facts, symbol->params, wrapped, out);
    buf_append_byte(out, ')');
    if (symbol->type.len) buf_append(out, STR(" -> "));
    buf_append(out, facts_text(facts, symbol->type));
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

static void append_variable(const Facts *facts, const Symbol *symbol, StrBuf *out) {
    if (symbol->via == VIA_TYPE) buf_append(out, STR("type "));
    buf_append(out, symbol_name(facts, symbol));
    if (symbol->type.len) buf_append(out, STR(": "));
    buf_append(out, facts_text(facts, symbol->type));
    if (symbol->value.len) buf_append(out, STR(" = "));
    buf_append(out, facts_text(facts, symbol->value));
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

void card_summary(const Facts *facts, uint32_t symbol, StrBuf *out) {
    StrBuf raw, plain;
    buf_init(&raw);
    buf_init(&plain);
    docstring_summary(facts_text(facts, symbol_at(facts, symbol)->doc), &raw);
    Writer writer;
    writer_init(&writer, &plain, WRITER_PLAIN);
    writer_open(&writer, BLOCK_PARAGRAPH);
    markup_write(&writer, buf_str(&raw));
    writer_close(&writer);
    buf_append(out, str_trim_end(buf_str(&plain)));
    buf_release(&raw);
    buf_release(&plain);
}

static void write_signature(Writer *out, const Index *index, SymbolRef ref) {
    StrBuf text;
    buf_init(&text);
    if (ref.symbol == 0) {
        buf_append(&text, STR("module "));
        index_module_name(index, ref.file, &text);
    } else {
        card_signature(index_facts(index, ref.file), ref.symbol, &text);
    }
    writer_fence(out, "python", buf_str(&text));
    buf_release(&text);
}

/* "method of pkg.mod.Class, pkg/mod.py:12" */
static void write_home(Writer *out, const Index *index, SymbolRef ref, const Linker *links) {
    const Facts *facts = index_facts(index, ref.file);
    const Symbol *symbol = symbol_at(facts, ref.symbol);
    StrBuf text, url;
    buf_init(&text);
    buf_init(&url);
    writer_open(out, BLOCK_PARAGRAPH);
    writer_text(out, str_of(card_kind(facts, ref.symbol)));
    if (ref.symbol) {
        bool member = symbol_at(facts, symbol->parent)->kind == SYMBOL_CLASS;
        writer_text(out, member ? STR(" of ") : STR(" in "));
        SymbolRef parent = {ref.file, symbol->parent};
        index_dotted_name(index, parent, &text);
        if (!links->symbol(links->context, parent, &url)) buf_clear(&url);
        writer_link_code(out, buf_str(&text), buf_str(&url));
    }
    writer_text(out, STR(", "));
    uint32_t first = lines_line(&facts->lines, symbol->name_start) + 1;
    uint32_t last = lines_line(&facts->lines, symbol->range.end) + 1;
    buf_clear(&text);
    buf_clear(&url);
    buf_append(&text, index_relative_path(index, ref.file));
    if (ref.symbol) buf_printf(&text, ":%u", (unsigned)first);
    links->source(links->context, ref.file, first, ref.symbol ? last : first, &url);
    writer_link_open(out, buf_str(&url));
    writer_text(out, buf_str(&text));
    writer_link_close(out);
    writer_close(out);
    buf_release(&text);
    buf_release(&url);
}

/* The dotted name that an expression begins with: "Generic" of "Generic[T]", nothing of "f(x)". */
static Str dotted_head(Str text) {
    size_t bracket = str_find_byte(text, '[');
    if (bracket != STR_NPOS) text = str_slice(text, 0, bracket);
    return strchr(")]}\"'", text.len ? text.data[text.len - 1] : ')') ? STR("") : text;
}

static void write_resolved(Writer *out, const Index *index, FileId file, Str text, Str prefix,
                           const Linker *links) {
    Targets targets = {0};
    StrBuf url, shown;
    buf_init(&url);
    buf_init(&shown);
    Str name = dotted_head(text);
    if (name.len) resolve_dotted(index, file, name, &targets);
    if (targets.len && targets.items[0].symbol != NONE) {
        SymbolRef ref = {targets.items[0].file, targets.items[0].symbol};
        if (!links->symbol(links->context, ref, &url)) buf_clear(&url);
    }
    buf_append(&shown, prefix);
    buf_append(&shown, text);
    writer_link_code(out, buf_str(&shown), buf_str(&url));
    buf_release(&url);
    buf_release(&shown);
    ARRAY_FREE(&targets);
}

/* "Bases: `A`, `B`", each linked to its definition where that is known. */
static void write_list(Writer *out, const Index *index, SymbolRef ref, const char *label, Slice slice,
                       Str prefix, const Linker *links) {
    if (slice.count == 0) return;
    const Facts *facts = index_facts(index, ref.file);
    writer_open(out, BLOCK_PARAGRAPH);
    writer_text(out, str_of(label));
    for (uint32_t i = 0; i < slice.count; i++) {
        writer_text(out, i ? STR(", ") : STR(": "));
        write_resolved(out, index, ref.file, slice_text(facts, slice, i), prefix, links);
    }
    writer_close(out);
}

void card_write(Writer *out, const Index *index, SymbolRef ref, const Linker *links) {
    const Facts *facts = index_facts(index, ref.file);
    const Symbol *symbol = symbol_at(facts, ref.symbol);
    write_signature(out, index, ref);
    write_home(out, index, ref, links);
    docstring_write(out, facts_text(facts, symbol->doc));
    write_list(out, index, ref, "Bases", symbol->bases, STR(""), links);
    write_list(out, index, ref, "Decorators", symbol->decorators, STR("@"), links);
}

void card_hover(const Index *index, SymbolRef ref, WriterFormat format, StrBuf *out) {
    Linker links = format == WRITER_MARKDOWN ? linker_file(index) : linker_none();
    Writer writer;
    writer_init(&writer, out, format);
    card_write(&writer, index, ref, &links);
}
