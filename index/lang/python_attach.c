#include "index/lang/python_attach.h"

#include "index/lang/python_fill.h"
#include "index/lang/python_string.h"

/* --- texts that are put together --------------------------------------------------------------- */

/* What a part of a text goes through, so that "{{", or "%%", in it means one of them. */
typedef enum { PART_PLAIN, PART_FORMAT, PART_PERCENT } PartForm;

typedef struct {
    TSNode node;
    PartForm form;
} Part;

typedef Array(Part) Parts;

static Str source_of(const Reader *reader, TSNode node) {
    if (ts_node_is_null(node)) return STR_NONE;
    return str_slice(reader->builder.source, ts_node_start_byte(node), ts_node_end_byte(node));
}

static bool is_one_of(Str name, const char *const *names) {
    for (; *names; names++) {
        if (str_eq(name, str_of(*names))) return true;
    }
    return false;
}

static TSNode nth_argument(TSNode call, uint32_t number) {
    return ts_node_named_child(ts_node_child(call, 1), number);
}

/* Puts on the stack what a call passes through: "…".format(x), "…".strip(), dedent("…"). */
static void open_call(Reader *reader, Part part, uint32_t owner, Parts *left) {
    static const char *const methods[] = {"format", "strip", "lstrip", "rstrip", NULL};
    static const char *const functions[] = {"dedent", "cleandoc", NULL};
    TSNode callee = syntax_child(part.node, FIELD_FUNCTION), name = callee, through = {0};
    if (syntax_kind(callee) == KIND_ATTRIBUTE) name = syntax_child(callee, FIELD_ATTRIBUTE);
    Str word = source_of(reader, name);
    if (is_one_of(word, functions))
        through = nth_argument(part.node, 0);
    else if (syntax_kind(callee) == KIND_ATTRIBUTE && is_one_of(word, methods))
        through = syntax_child(callee, FIELD_OBJECT);
    if (str_eq(word, STR("format"))) {
        part.form = PART_FORMAT;
        fill_read(reader, part.node, owner);
    }
    if (!ts_node_is_null(through)) ARRAY_PUSH(left, (Part){through, part.form});
}

static void open_operator(Reader *reader, Part part, uint32_t owner, Parts *left) {
    char sign = syntax_operator(part.node);
    TSNode right = syntax_child(part.node, FIELD_RIGHT);
    if (sign == '+') ARRAY_PUSH(left, (Part){right, part.form});
    if (sign == '%') {
        part.form = PART_PERCENT;
        if (!ts_node_is_null(right)) fill_read(reader, right, owner);
    }
    if (sign == '+' || sign == '%') ARRAY_PUSH(left, (Part){syntax_child(part.node, FIELD_LEFT), part.form});
}

static bool append_literal(Reader *reader, Part part, StrBuf *out) {
    StrBuf text;
    buf_init(&text);
    bool plain = define_append_string(reader, part.node, &text);
    if (plain && part.form != PART_PLAIN)
        fill_mark(buf_str(&text), part.form == PART_PERCENT, out);
    else if (plain)
        buf_append(out, buf_str(&text));
    buf_release(&text);
    return plain;
}

/* Appends the literal parts of a text, their fields marked; false when there are none. */
static bool append_text(Reader *reader, TSNode node, StrBuf *out) {
    uint32_t owner = ts_node_start_byte(node);
    Parts left = {0};
    bool found = false;
    ARRAY_PUSH(&left, (Part){node, PART_PLAIN});
    while (left.len) {
        Part part = ARRAY_POP(&left);
        if (ts_node_is_null(part.node)) continue;
        part.node = syntax_unwrap(&reader->cursor, part.node);
        switch (syntax_kind(part.node)) {
        case KIND_BINARY_OPERATOR: open_operator(reader, part, owner, &left); break;
        case KIND_CALL: open_call(reader, part, owner, &left); break;
        case KIND_STRING:
        case KIND_CONCATENATED_STRING: found |= append_literal(reader, part, out); break;
        default: break;
        }
    }
    ARRAY_FREE(&left);
    return found;
}

/* Reads a docstring into the pool; false when no part of it can be read. */
static bool read_doc(Reader *reader, TSNode node, Text *doc) {
    StrBuf text, clean, plain;
    buf_init(&text);
    buf_init(&clean);
    buf_init(&plain);
    bool found = append_text(reader, node, &text);
    if (found) {
        size_t margin = python_clean_doc(buf_str(&text), &clean);
        uint8_t cut = margin < UINT8_MAX ? (uint8_t)margin : UINT8_MAX;
        fill_take_marks(reader, buf_str(&clean), ts_node_start_byte(node), cut, &plain);
        *doc = builder_text(&reader->builder, buf_str(&plain));
    }
    buf_release(&text);
    buf_release(&clean);
    buf_release(&plain);
    return found;
}

/* --- assignments ------------------------------------------------------------------------------- */

void attach_assignment(Reader *reader, const Frame *frame, uint32_t occurrence) {
    FactsBuilder *b = &reader->builder;
    const Frame *target = frame[-1].kind == KIND_ATTRIBUTE ? frame - 1 : frame;
    if (target[-1].kind != KIND_ASSIGNMENT || target->field != FIELD_LEFT) return;
    bool owned = target != frame, chained = b->occurrences.items[occurrence].flags & OCCURRENCE_CHAINED;
    SymbolKind around = (SymbolKind)b->symbols.items[frame->symbol].kind;
    if (owned ? !chained : around != SYMBOL_MODULE && around != SYMBOL_CLASS) return;
    TSNode value = syntax_assigned(syntax_child(target[-1].node, FIELD_RIGHT));
    if (ts_node_is_null(value)) return;
    AttachedDoc doc = {.target = owned ? occurrence - 1 : occurrence, .start = ts_node_start_byte(value)};
    if (read_doc(reader, value, &doc.doc)) ARRAY_PUSH(&b->docs, doc);
}

/* --- calls ------------------------------------------------------------------------------------- */

static bool attaches(Str callee) {
    while (str_starts_with(callee, STR("_"))) callee = str_from(callee, 1);
    return str_starts_with(callee, STR("add_docstr")) || str_starts_with(callee, STR("add_newdoc"));
}

static void append_name(Str part, StrBuf *name) {
    if (name->len) buf_append_byte(name, '.');
    buf_append(name, part);
}

/* Reads a dotted name or a string that says what is documented. */
static void read_target(Reader *reader, TSNode node, AttachedDoc *doc, StrBuf *name) {
    StrBuf part;
    buf_init(&part);
    Kind kind = syntax_kind(node);
    if (kind == KIND_ATTRIBUTE) node = syntax_child(node, FIELD_ATTRIBUTE);
    if (kind == KIND_ATTRIBUTE || kind == KIND_IDENTIFIER)
        doc->target = builder_occurrence_at(&reader->builder, ts_node_start_byte(node));
    else if (define_append_string(reader, node, &part))
        append_name(buf_str(&part), name);
    buf_release(&part);
}

/* `getattr(x, "name")` stands for x and a name; a name that is no literal is left out. */
static bool read_getattr(Reader *reader, TSNode call, AttachedDoc *doc, StrBuf *name) {
    if (syntax_kind(call) != KIND_CALL) return false;
    TSNode object = nth_argument(call, 0), member = nth_argument(call, 1);
    bool fits = str_eq(source_of(reader, syntax_child(call, FIELD_FUNCTION)), STR("getattr"));
    if (!fits || ts_node_is_null(object) || ts_node_is_null(member)) return false;
    read_target(reader, object, doc, name);
    if (syntax_kind(member) != KIND_IDENTIFIER) read_target(reader, member, doc, name);
    return true;
}

static void push_doc(Reader *reader, AttachedDoc doc, const StrBuf *name, TSNode text, bool opened) {
    if (!read_doc(reader, text, &doc.doc) && !opened) return;
    doc.start = ts_node_start_byte(text);
    doc.name = builder_text(&reader->builder, buf_str(name));
    ARRAY_PUSH(&reader->builder.docs, doc);
}

/* NumPy: a member and its text. */
static bool is_member(TSNode node) {
    return syntax_kind(node) == KIND_TUPLE && ts_node_named_child_count(node) == 2;
}

static void push_member(Reader *reader, AttachedDoc doc, StrBuf *name, TSNode member) {
    size_t owner = name->len;
    read_target(reader, ts_node_named_child(member, 0), &doc, name);
    push_doc(reader, doc, name, ts_node_named_child(member, 1), false);
    buf_truncate(name, owner);
}

/* The text, a member and its text, or a list of such. */
static void push_docs(Reader *reader, AttachedDoc doc, StrBuf *name, TSNode last, bool opened) {
    if (syntax_kind(last) == KIND_LIST) {
        Nodes members = syntax_named_children(&reader->cursor, last);
        for (uint32_t i = 0; i < members.len; i++)
            if (is_member(members.items[i])) push_member(reader, doc, name, members.items[i]);
        ARRAY_FREE(&members);
    } else if (is_member(last)) {
        push_member(reader, doc, name, last);
    } else {
        push_doc(reader, doc, name, last, opened);
    }
}

bool attach_call(Reader *reader, const Frame *list) {
    FactsBuilder *b = &reader->builder;
    if (list[-1].kind != KIND_CALL || list->occurrences == 0) return false;
    uint32_t callee = list->occurrences - 1;
    if (!attaches(intern_str(&b->spellings, b->occurrences.items[callee].name))) return false;
    Nodes arguments = syntax_named_children(&reader->cursor, list->node);
    StrBuf name;
    buf_init(&name);
    AttachedDoc doc = {.target = callee};
    bool opened = false;
    for (uint32_t i = 0; i + 1 < arguments.len; i++) {
        bool getattr = read_getattr(reader, arguments.items[i], &doc, &name);
        if (!getattr) read_target(reader, arguments.items[i], &doc, &name);
        opened |= getattr;
    }
    if (arguments.len > 1) push_docs(reader, doc, &name, *ARRAY_LAST(&arguments), opened);
    buf_release(&name);
    ARRAY_FREE(&arguments);
    return true;
}
