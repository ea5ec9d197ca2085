#include "index/lang/python_made.h"

#include "index/lang/python_name.h"
#include "index/lang/python_string.h"

/* By the last name of what is called; the first argument is the class's name, the second says its members. */
static const struct {
    const char *callee, *base; /* with its module */
} makers[] = {
    {"namedtuple", "typing.NamedTuple"},
    {"NamedTuple", "typing.NamedTuple"},
    {"TypedDict", "typing.TypedDict"},
    {"make_dataclass", "builtins.object"},
    {"Enum", "enum.Enum"},
    {"IntEnum", "enum.IntEnum"},
    {"StrEnum", "enum.StrEnum"},
    {"Flag", "enum.Flag"},
    {"IntFlag", "enum.IntFlag"},
};

static Str source_of(const Reader *reader, TSNode node) {
    Range range = syntax_range(node);
    return str_slice(reader->builder.source, range.start, range.end);
}

/* The base of the class that the call of an argument list makes; NULL when it makes none. */
static const char *base_of(const Reader *reader, const Frame *list) {
    Str callee = source_of(reader, ts_node_child(list[-1].node, 0));
    Str name = str_from(callee, str_rfind_byte(callee, '.') + 1);
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        if (str_eq(name, str_of(makers[i].callee))) return makers[i].base;
    }
    return NULL;
}

/* The variable of a module or class that the call is bound to, or the class that has it as base; or NONE. */
static uint32_t owner_of(const Reader *reader, const Frame *list) {
    const FactsBuilder *b = &reader->builder;
    const Frame *call = list - 1, *above = list - 2;
    if (call->kind != KIND_CALL) return NONE;
    if (above->kind == KIND_ARGUMENT_LIST && above[-1].kind == KIND_CLASS_DEFINITION)
        return above[-1].own_symbol;
    if (above->kind != KIND_ASSIGNMENT || call->field != FIELD_RIGHT) return NONE;
    uint32_t last = b->symbols.len - 1, start = ts_node_start_byte(above->node);
    bool is_its =
        b->symbols.items[last].kind == SYMBOL_VARIABLE && b->symbols.items[last].name_start == start;
    return is_its ? last : NONE;
}

static void begin_class(Reader *reader, uint32_t owner, const char *base) {
    FactsBuilder *b = &reader->builder;
    Symbol *symbol = &b->symbols.items[owner];
    if (symbol->kind == SYMBOL_CLASS) return;
    symbol->flags |= SYMBOL_MADE;
    symbol->bases = (Slice){b->texts.len, 1};
    ARRAY_PUSH(&b->texts, builder_text(b, str_of(base)));
}

/* What stands beside a name and says its type: the second of a pair, the value of a key. */
static TSNode type_beside(const Frame *above) {
    if (above->kind == KIND_PAIR) return syntax_child(above->node, FIELD_VALUE);
    return above->kind == KIND_TUPLE ? ts_node_named_child(above->node, 1) : (TSNode){0};
}

static void add_member(Reader *reader, uint32_t owner, uint32_t scope, Range name, TSNode type) {
    FactsBuilder *b = &reader->builder;
    uint32_t occurrence = builder_occurrence(b, name, ROLE_ATTRIBUTE_WRITE, 0, scope);
    Symbol *member = builder_attribute(b, owner, name);
    if (ts_node_is_null(type)) return;
    member->type = builder_source(b, define_source(reader, type));
    ARRAY_PUSH(&b->texts, member->type);
    ARRAY_PUSH(&b->values,
               (Value){.owner = occurrence, .at = b->texts.len - 1, .kind = VALUE_TYPE, .use = VALUE_BOUND});
}

static bool is_name_byte(char c) {
    return c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c & 0x80);
}

/* The names in the text [range.start, range.end), apart by blanks or commas. */
static void add_members(Reader *reader, uint32_t owner, uint32_t scope, Range range, TSNode type) {
    const char *text = reader->builder.source.data;
    for (uint32_t at = range.start, end; at < range.end; at = end + 1) {
        for (end = at; end < range.end && is_name_byte(text[end]);) end++;
        if (python_is_name(str_slice(reader->builder.source, at, end)))
            add_member(reader, owner, scope, (Range){at, end}, type);
    }
}

void made_read(Reader *reader, const Frames *frames) {
    const Frame *string = ARRAY_LAST(frames), *above = string - 1, *list = above;
    bool pair = above->kind == KIND_TUPLE && above->named_count == 0 && above[-1].kind == KIND_LIST;
    bool key = above->kind == KIND_PAIR && above->named_count == 0;
    if (pair || key) list--;
    if (list->kind == KIND_LIST || list->kind == KIND_TUPLE || list->kind == KIND_DICTIONARY) list--;
    uint32_t argument =
        list->named_count - (list < above); /* what is being read is counted once it is open */
    if (list->kind != KIND_ARGUMENT_LIST || argument > 1) return;
    bool is_name = argument == 0;
    const char *base = base_of(reader, list);
    uint32_t owner = base ? owner_of(reader, list) : NONE;
    if (owner == NONE || (is_name && list != above)) return;
    if (is_name) {
        begin_class(reader, owner, base);
        return;
    }
    Str literal = source_of(reader, string->node);
    StringPrefix prefix = python_string_prefix(literal);
    uint32_t start = (uint32_t)prefix.len, quotes = 1;
    bool plain = !prefix.bytes && !prefix.format && str_find_byte(literal, '\\') == STR_NPOS;
    const Symbol *class = &reader->builder.symbols.items[owner];
    bool begun = class->kind == SYMBOL_CLASS || class->flags & SYMBOL_MADE;
    if (!plain || !begun || literal.len < start + 2) return;
    if (literal.len >= start + 6 && literal.data[start] == literal.data[start + 1]) quotes = 3;
    Range range = syntax_range(string->node);
    bool enumeration = str_starts_with(str_of(base), STR("enum."));
    add_members(reader, owner, string->scope, (Range){range.start + start + quotes, range.end - quotes},
                pair || (key && !enumeration) ? type_beside(above) : (TSNode){0});
}
