/* The Python front end: one walk over the tree, in source order, without recursion.
 *
 * What an identifier means depends on where it stands (python_rules.h); each node on the way down carries
 * that in its Frame. */
#include "index/lang/lang.h"

#include "index/lang/python_attach.h"
#include "index/lang/python_comment.h"
#include "index/lang/python_decode.h"
#include "index/lang/python_enclosing.h"
#include "index/lang/python_folds.h"
#include "index/lang/python_define.h"
#include "index/lang/python_exports.h"
#include "index/lang/python_fill.h"
#include "index/lang/python_literal.h"
#include "index/lang/python_made.h"
#include "index/lang/python_mend.h"
#include "index/lang/python_name.h"
#include "index/lang/python_parts.h"
#include "index/lang/python_quoted.h"
#include "index/lang/python_remark.h"
#include "index/lang/python_rules.h"
#include "index/lang/python_string.h"
#include "index/lang/python_target.h"
#include "index/lang/python_value.h"
#include "index/piece.h"

/* By Use. */
static const uint8_t roles[] = {
    ROLE_READ,   ROLE_WRITE,       ROLE_DELETE,  ROLE_PARAM,     ROLE_DEFINITION, ROLE_TYPE_PARAM,
    ROLE_IMPORT, ROLE_IMPORT_PATH, ROLE_KEYWORD, ROLE_ATTRIBUTE, ROLE_GLOBAL,     ROLE_NONLOCAL,
};

typedef struct {
    Reader reader;
    TSTreeCursor cursor;
    Frames frames;
    Values values;
    bool has_errors;
    Array(uint32_t) bodies; /* numbers of the frames of the bodies around whose statements are segments */
    Segments *segments;     /* NULL: nobody wants them */
} Walker;

static FactsBuilder *builder(Walker *self) { return &self->reader.builder; }

/* The assignment, or the type alias, whose whole left side the frame is, parentheses aside; else a null node.
 */
static TSNode assignment_around(const Walker *self, const Frame *frame) {
    bool alias = frame->via == VIA_TYPE;
    while (frame-- > self->frames.items) {
        if (frame->kind == (alias ? KIND_TYPE_ALIAS_STATEMENT : KIND_ASSIGNMENT)) return frame->node;
        bool around = frame->kind == KIND_TUPLE_PATTERN || frame->kind == KIND_PARENTHESIZED_EXPRESSION;
        if (alias ? frame->kind == KIND_BLOCK : !around) break;
    }
    return (TSNode){0};
}

/* Whether line ends count at the innermost frame: no brackets are open around it. */
static bool is_open_line(Walker *self) {
    Str source = builder(self)->source;
    for (uint32_t i = self->frames.len - 1; i > 0 && self->frames.items[i].kind != KIND_BLOCK; i--) {
        const Frame *frame = &self->frames.items[i];
        char first = source.data[ts_node_start_byte(frame->node)];
        bool brackets = frame->kind != KIND_ATTRIBUTE && frame->kind != KIND_CALL &&
                        (first == '(' || first == '[' || first == '{');
        if (brackets || frame->field == FIELD_SUBSCRIPT) return false;
    }
    return true;
}

/* Of half-typed `a.` and `import `: whether the name of the next line was taken for theirs, as the grammar
 * lets it. */
static bool is_torn_off(Walker *self, const Frame *frame) {
    Str source = builder(self)->source;
    switch (frame->use) {
    case USE_ATTRIBUTE:
        return frame[-1].kind == KIND_ATTRIBUTE && syntax_begins_line(source, frame->node) &&
               is_open_line(self);
    case USE_IMPORT:
    case USE_IMPORT_PATH:
        return frame[-1].kind == KIND_DOTTED_NAME && frame[-1].field == FIELD_NAME &&
               (frame[-2].kind == KIND_IMPORT_STATEMENT || frame[-2].kind == KIND_IMPORT_FROM_STATEMENT) &&
               syntax_is_outside_import(source, frame[-2].node, frame->node);
    default: return false;
    }
}

/* Such a name begins a statement: it is used as all of `a.name` seems to be. */
static void tear_off(Walker *self, Frame *frame) {
    Frame *above = frame - 1;
    if (!is_torn_off(self, frame)) return;
    if (above->kind == KIND_DOTTED_NAME) above->use = USE_READ;
    frame->use = above->use == USE_STORE || above->use == USE_DELETE ? above->use : USE_READ;
    frame->via = above->via;
    frame->makes_symbol = above->makes_symbol;
    self->values.len = above->values;
}

/* The first frame from the inside that is no identifier stands for the receiver's chain: see
 * OCCURRENCE_CHAINED. */
static bool follows_chain(Walker *self, const Frame *frame) {
    FactsBuilder *b = builder(self);
    const Frame *above = frame - 1;
    if (b->occurrences.len == 0) return false;
    if (above->kind == KIND_DOTTED_NAME) return true;
    if (above->kind != KIND_ATTRIBUTE) return false;
    if (above->first == KIND_IDENTIFIER) return true;
    const Occurrence *last = ARRAY_LAST(&b->occurrences);
    return above->first == KIND_ATTRIBUTE && ((last->flags & OCCURRENCE_CHAINED) || last->role == ROLE_READ);
}

/* `self.name = …`: an attribute of every class of which the function around is a method with that first
 * parameter. */
static void note_attribute(Walker *self, const Frame *frame) {
    FactsBuilder *b = builder(self);
    if (!(ARRAY_LAST(&b->occurrences)->flags & OCCURRENCE_CHAINED)) return;
    const Occurrence *receiver = ARRAY_LAST(&b->occurrences) - 1;
    if (receiver->role != ROLE_READ) return;
    uint32_t name = receiver->name;
    for (uint32_t s = frame->symbol; s != 0; s = b->symbols.items[s].parent) {
        const Symbol *method = &b->symbols.items[s];
        if (method->kind != SYMBOL_METHOD || (method->flags & SYMBOL_CONDITIONAL) ||
            method->params.count == 0)
            continue;
        const Param *first = &b->params.items[method->params.first];
        if (first->kind > PARAM_POS || first->name != name) continue;
        bool is_static = false;
        for (uint32_t i = 0; i < method->decorators.count; i++) {
            Text decorator = b->texts.items[method->decorators.first + i];
            is_static |= str_eq(str_make(b->pool.data + decorator.at, decorator.len), STR("staticmethod"));
        }
        if (is_static) continue;
        Symbol *attribute = builder_attribute(b, method->parent, syntax_range(frame->node));
        define_assigned(&self->reader, attribute, assignment_around(self, frame - 1));
    }
}

/* Names with a meaning of their own. */
static void visit_special_name(Walker *self, const Frame *frame, Range range, uint32_t occurrence) {
    if (range.end - range.start != 7) return;
    Str name = str_slice(builder(self)->source, range.start, range.end);
    if (str_eq(name, STR("__all__"))) exports_read(&self->reader, frame);
    if (str_eq(name, STR("__doc__"))) attach_assignment(&self->reader, frame, occurrence);
}

static void visit_identifier(Walker *self, Frame *frame) {
    FactsBuilder *b = builder(self);
    Range range = syntax_range(frame->node);
    if (range.start == range.end) return; /* the parser put it in to go on */
    tear_off(self, frame);
    uint8_t role = roles[frame->use], flags = frame->flags;
    if (frame->use == USE_ATTRIBUTE) {
        const Frame *above = frame - 1;
        if (above->use == USE_STORE && above->kind == KIND_ATTRIBUTE) role = ROLE_ATTRIBUTE_WRITE;
        if (above->use == USE_DELETE) role = ROLE_ATTRIBUTE_DELETE;
    }
    bool chains = frame->use == USE_ATTRIBUTE || (frame->use == USE_IMPORT_PATH && frame[-1].named_count > 0);
    if (chains && follows_chain(self, frame)) flags |= OCCURRENCE_CHAINED;
    uint32_t occurrence =
        builder_occurrence(b, range, role, flags, frame->use == USE_PARAM ? frame->inner : frame->scope);
    value_identifier(&self->reader, &self->values, frame, occurrence);
    if (role == ROLE_ATTRIBUTE_WRITE) note_attribute(self, frame);
    visit_special_name(self, frame, range, occurrence);
    SymbolKind around = b->symbols.items[frame->symbol].kind;
    if (frame->use == USE_STORE && frame->makes_symbol &&
        (around == SYMBOL_MODULE || around == SYMBOL_CLASS)) {
        bool plain = frame->via == VIA_NONE || frame->via == VIA_TYPE;
        TSNode assignment = plain ? assignment_around(self, frame) : (TSNode){0};
        define_variable(&self->reader, range, assignment, frame->via, frame->symbol, frame->conditional);
    }
}

static bool starts_note(Str comment) {
    static const char *const words[] = {"TODO", "FIXME", "XXX", "HACK"};
    for (uint32_t i = 0; i < sizeof words / sizeof *words; i++) {
        Str word = str_of(words[i]);
        if (!str_starts_with(comment, word)) continue;
        char next = comment.len > word.len ? comment.data[word.len] : ' ';
        return next == ' ' || next == ':' || next == '(' || next == '!' || next == ',';
    }
    return false;
}

static void visit_comment(Walker *self, TSNode node) {
    FactsBuilder *b = builder(self);
    Range range = syntax_range(node);
    uint32_t before = range.start;
    while (before > 0 && (b->source.data[before - 1] == ' ' || b->source.data[before - 1] == '\t')) before--;
    if (before == 0 || b->source.data[before - 1] == '\n' || b->source.data[before - 1] == '\r')
        b->comment_lines++;
    Str comment = str_slice(b->source, range.start, range.end);
    while (comment.len && comment.data[0] == '#') comment = str_from(comment, 1);
    comment = str_trim(comment);
    remark_comment(&self->reader, range);
    if (starts_note(comment)) ARRAY_PUSH(&b->notes, (Note){range.start, builder_text(b, comment)});
}

/* -1 is a literal too. */
static void visit_unary(Walker *self, const Frame *frame) {
    Kind operand = syntax_kind(ts_node_child(frame->node, 1));
    if (operand == KIND_INTEGER) literal_read(&self->reader, frame, TYPE_INT);
    if (operand == KIND_FLOAT) literal_read(&self->reader, frame, TYPE_FLOAT);
}

static bool is_format_string(Walker *self, TSNode node) {
    Range range = syntax_range(node);
    return python_string_prefix(str_slice(builder(self)->source, range.start, range.end)).format;
}

/* `type(x).y = z` and `type[x] = y` are assignments; the grammar takes them for type aliases, and the name
 * for a keyword. */
static void visit_type_alias(Walker *self, Frame *frame) {
    TSNode left = syntax_child(frame->node, FIELD_LEFT);
    bool generic = syntax_kind(ts_node_named_child(left, 0)) == KIND_GENERIC_TYPE;
    frame->inner = generic ? builder_scope(builder(self), SCOPE_TYPE_PARAMS, frame->scope, frame->symbol,
                                           syntax_range(frame->node))
                           : frame->scope;
    Range range = syntax_range(ts_node_child(frame->node, 0));
    uint32_t next = ts_node_start_byte(left);
    char opening = next < builder(self)->source.len ? builder(self)->source.data[next] : 0;
    if (opening != '(' && opening != '[') return;
    builder_occurrence(builder(self), range, ROLE_READ, opening == '(' ? OCCURRENCE_CALLEE : 0, frame->scope);
    if (opening == '[') frame->kind = KIND_OTHER; /* what is between the brackets is read */
}

static void open_definition(Walker *self, Frame *frame) {
    FactsBuilder *b = builder(self);
    const Frame *above = frame - 1;
    TSNode decorated = above->kind == KIND_DECORATED_DEFINITION ? above->node : (TSNode){0};
    frame->own_symbol =
        define_symbol(&self->reader, frame->node, decorated, frame->symbol, frame->conditional);
    Range range = syntax_range(frame->node);
    if (!ts_node_is_null(syntax_child(frame->node, FIELD_TYPE_PARAMETERS)))
        frame->scope = builder_scope(b, SCOPE_TYPE_PARAMS, frame->scope, frame->symbol, range);
    ScopeKind kind = frame->kind == KIND_CLASS_DEFINITION ? SCOPE_CLASS : SCOPE_FUNCTION;
    frame->inner = builder_scope(b, kind, frame->scope, frame->own_symbol, range);
}

/* Reads what the frame's node itself says; false when nothing below it is of interest. */
static bool enter(Walker *self, Frame *frame) {
    FactsBuilder *b = builder(self);
    Kind kind = frame->kind;
    switch (kind) {
    case KIND_IDENTIFIER: visit_identifier(self, frame); return false;
    case KIND_COMMENT: visit_comment(self, frame->node); return false;
    case KIND_BLOCK: value_suite(&self->reader, &self->frames, frame); return true;
    case KIND_STRING:
        literal_read(&self->reader, frame, TYPE_STR);
        quoted_read(&self->reader, &self->frames);
        made_read(&self->reader, &self->frames);
        remark_string(&self->reader, frame);
        return is_format_string(self, frame->node);
    case KIND_CONCATENATED_STRING:
        literal_read(&self->reader, frame, TYPE_STR);
        remark_string(&self->reader, frame);
        return true;
    case KIND_UNARY_OPERATOR: visit_unary(self, frame); return true;
    case KIND_INTEGER: literal_read(&self->reader, frame, TYPE_INT); return false;
    case KIND_FLOAT: literal_read(&self->reader, frame, TYPE_FLOAT); return false;
    case KIND_TRUE:
    case KIND_FALSE: literal_read(&self->reader, frame, TYPE_BOOL); return false;
    case KIND_NONE: literal_read(&self->reader, frame, TYPE_NONE); return false;
    case KIND_FUNCTION_DEFINITION:
    case KIND_CLASS_DEFINITION: open_definition(self, frame); return true;
    case KIND_LAMBDA:
        frame->inner = builder_scope(b, SCOPE_LAMBDA, frame->scope, frame->symbol, syntax_range(frame->node));
        return true;
    case KIND_IMPORT_STATEMENT:
    case KIND_IMPORT_FROM_STATEMENT:
    case KIND_FUTURE_IMPORT_STATEMENT:
        define_import(&self->reader, frame->node, frame->scope, frame->conditional);
        return true;
    case KIND_TYPE_ALIAS_STATEMENT: visit_type_alias(self, frame); return true;
    case KIND_ERROR: ARRAY_PUSH(&b->errors, syntax_range(frame->node)); return true;
    default:
        if (rules_is_comprehension(kind))
            frame->inner =
                builder_scope(b, SCOPE_COMPREHENSION, frame->scope, frame->symbol, syntax_range(frame->node));
        return true;
    }
}

static void leave(Walker *self) {
    const Frame *last = ARRAY_LAST(&self->frames);
    bool given = last->kind == KIND_ARGUMENT_LIST && !attach_call(&self->reader, last);
    if (given || last->kind == KIND_DICTIONARY) fill_bound(&self->reader, last);
    Frame frame = ARRAY_POP(&self->frames);
    const Frame *above = self->frames.len ? ARRAY_LAST(&self->frames) : NULL;
    if (frame.kind == KIND_PARAMETERS && above && above->kind == KIND_FUNCTION_DEFINITION)
        comment_signature(&self->reader, above->node, above->own_symbol);
    if (frame.own_symbol != NONE)
        builder(self)->symbols.items[frame.own_symbol].after = builder(self)->symbols.len;
    value_leave(&self->reader, &self->values, &self->frames, &frame);
}

/* What is not in the text: the parser, or python_mend, put it in. (Empty bodies are no errors.) */
static bool is_put_in(TSNode node, Kind kind) {
    bool word = kind == KIND_TOKEN || kind == KIND_IDENTIFIER;
    return ts_node_is_missing(node) || (word && ts_node_start_byte(node) == ts_node_end_byte(node));
}

/* Pushes and reads the cursor's node; false when its children are not to be visited (it is popped again
 * then). */
static bool visit(Walker *self) {
    TSNode node = ts_tree_cursor_current_node(&self->cursor);
    Kind kind = syntax_kind(node);
    if (self->has_errors && is_put_in(node, kind)) ARRAY_PUSH(&builder(self)->errors, syntax_range(node));
    if (kind == KIND_TOKEN) return false;
    Frame *above = ARRAY_LAST(&self->frames);
    Frame frame = rules_frame_below(builder(self), self->values.len, above, node, kind,
                                    syntax_field(&self->cursor, (Kind)above->kind));
    if (kind != KIND_COMMENT && above->named_count == 0) above->first = (uint8_t)kind;
    ARRAY_PUSH(&self->frames, frame);
    bool deeper = enter(self, ARRAY_LAST(&self->frames));
    if (kind != KIND_COMMENT) self->frames.items[self->frames.len - 2].named_count++;
    if (!deeper) leave(self);
    return deeper;
}

/* At a statement whose segment counts. */
static bool in_body(Walker *self) {
    return self->segments && self->frames.len - 1 == *ARRAY_LAST(&self->bodies);
}

static void note_statement(Walker *self) {
    TSNode node = ts_tree_cursor_current_node(&self->cursor);
    if (ts_node_is_named(node))
        segments_note(self->segments, builder(self), syntax_range(node), syntax_kind(node) == KIND_COMMENT);
}

/* The body of a class that is itself a segment, decorated or not, was entered. */
static void open_body(Walker *self) {
    uint32_t class = self->frames.len - 2, statement = *ARRAY_LAST(&self->bodies) + 1;
    const Frame *frames = self->frames.items;
    if (self->frames.len < 3 || frames[class].kind != KIND_CLASS_DEFINITION) return;
    if (frames[statement].kind == KIND_DECORATED_DEFINITION) statement++;
    if (class != statement || frames[class + 1].kind != KIND_BLOCK) return;
    segments_enter(self->segments, frames[class].inner);
    ARRAY_PUSH(&self->bodies, class + 1);
}

static void close_body(Walker *self) {
    if (self->bodies.len < 2 || *ARRAY_LAST(&self->bodies) != self->frames.len - 1) return;
    self->bodies.len--;
    segments_leave(self->segments);
}

/* Reads what is below the frame that is there, from `start` on. */
static void walk(Walker *self, uint32_t start) {
    bool more = piece_goto_first(&self->cursor, start);
    while (more) {
        if (in_body(self)) note_statement(self);
        if (visit(self)) {
            if (self->segments) open_body(self);
            if (ts_tree_cursor_goto_first_child(&self->cursor)) continue;
            close_body(self);
            leave(self);
        }
        while (!ts_tree_cursor_goto_next_sibling(&self->cursor)) {
            more = ts_tree_cursor_goto_parent(&self->cursor) && self->frames.len > 1;
            if (!more) break;
            close_body(self);
            leave(self);
        }
    }
}

/* Reads the module, or the statements that are read anew in the body of a module or class; `first`: its first
 * ones. */
static void read_body(Walker *self, TSNode body, uint32_t symbol, uint32_t scope, uint32_t start,
                      bool first) {
    self->frames.len = self->bodies.len = 0;
    ARRAY_PUSH(&self->frames, (Frame){.node = body,
                                      .kind = KIND_OTHER,
                                      .own_symbol = NONE,
                                      .suite = NONE,
                                      .named_count = first ? 0 : 1,
                                      .symbol = symbol,
                                      .scope = scope,
                                      .inner = scope});
    ARRAY_PUSH(&self->bodies, 0);
    if (syntax_kind(body) == KIND_ERROR) ARRAY_PUSH(&builder(self)->errors, syntax_range(body));
    ts_tree_cursor_reset(&self->cursor, body);
    walk(self, start);
}

/* Comments behind a body. */
static void read_comments(Walker *self, TSNode root, uint32_t start) {
    ts_tree_cursor_reset(&self->cursor, root);
    for (bool more = piece_goto_first(&self->cursor, start); more;
         more = ts_tree_cursor_goto_next_sibling(&self->cursor)) {
        note_statement(self);
        visit(self);
    }
}

/* Where the last of the statements ends, without what ends it and with it. */
static Range ends_of(TSNode body) {
    Range ends = {0, ts_node_end_byte(body)};
    for (uint32_t i = ts_node_child_count(body); i-- > 0 && ends.start == 0;) {
        TSNode last = ts_node_child(body, i);
        if (ts_node_is_named(last) && syntax_kind(last) != KIND_COMMENT)
            ends.start = syntax_statements_end(last);
    }
    return ends;
}

static void forget_docstring(Symbol *symbol) {
    symbol->doc = (Text){0};
    symbol->flags &= (uint16_t)~SYMBOL_HAS_DOC;
}

/* What holds from a statement on up to the end of the module does so beyond what is read. */
static void stretch_narrowings(Walker *self, uint32_t first, uint32_t end) {
    FactsBuilder *b = builder(self);
    for (; first < b->narrowings.len; first++) {
        if (b->narrowings.items[first].range.end == end)
            b->narrowings.items[first].range.end = (uint32_t)b->source.len;
    }
}

/* Reads the tree of the statements that `reuse` says, and takes the others over. */
static bool read_anew(Walker *self, TSNode root, const Reuse *reuse) {
    uint32_t symbol = reuse_symbol(reuse);
    TSNode body = piece_body(root, reuse->start);
    reuse_begin(reuse, builder(self), self->segments);
    if (reuse_is_first(reuse)) {
        forget_docstring(&builder(self)->symbols.items[symbol]);
        define_docstring(&self->reader, symbol, body);
    }
    uint32_t narrowings = builder(self)->narrowings.len;
    read_body(self, body, symbol, reuse_scope(reuse), reuse->start, reuse_is_first(reuse));
    if (reuse->parent == NONE) stretch_narrowings(self, narrowings, ts_node_end_byte(root));
    if (!ts_node_eq(body, root)) read_comments(self, root, ts_node_end_byte(body));
    return reuse_end(reuse, builder(self), self->segments, ends_of(body));
}

/* The last statement in the body of a class, or NONE for the module's, if it came behind the first `known`
 * segments; else NONE. */
static uint32_t last_statement(const Segments *segments, uint32_t class, uint32_t known) {
    const Segment *items = segments->items.items;
    for (uint32_t last = segments->items.len; last-- > known;) {
        if (!items[last].comment && items[last].parent == class) return last;
    }
    return NONE;
}

static void read_part(Walker *self, Part *part, uint32_t class) {
    TSNode root = ts_tree_root_node(part->tree);
    uint32_t start = part->lines.start, known = self->segments->items.len;
    bool in_module = class == NONE;
    TSNode body = in_module ? root : piece_body(root, start);
    const Segment *around = in_module ? NULL : &self->segments->items.items[class];
    uint32_t symbol = in_module ? 0 : around->before.symbols, scope = in_module ? 0 : around->scope;
    uint32_t narrowings = builder(self)->narrowings.len;
    self->has_errors = piece_has_errors(root);
    segments_reopen(self->segments, class);
    read_body(self, body, symbol, scope, start, start == 0);
    if (in_module) stretch_narrowings(self, narrowings, ts_node_end_byte(root));
    if (!ts_node_eq(body, root)) read_comments(self, root, ts_node_end_byte(body));
    Range ends = ends_of(body);
    if (ends.start < start) ends = (Range){start, start}; /* nothing but errors */
    part->segment = last_statement(self->segments, class, known);
    segments_leave_all(self->segments, builder(self), ends);
}

static Walker walker_make(const TSTree *tree, Str text, Segments *segments) {
    TSNode root = ts_tree_root_node(tree);
    Walker self = {.cursor = ts_tree_cursor_new(root),
                   .reader = {.cursor = ts_tree_cursor_new(root)},
                   .has_errors = piece_has_errors(root),
                   .segments = segments};
    builder_init(&self.reader.builder, text);
    return self;
}

/* NULL, unless what was read fits. */
static Facts *walker_finish(Walker *self, bool fits) {
    if (self->segments) segments_end(self->segments, builder(self));
    ARRAY_FREE(&self->frames);
    ARRAY_FREE(&self->values);
    ARRAY_FREE(&self->bodies);
    if (fits) return builder_finish(builder(self));
    builder_release(builder(self));
    return NULL;
}

static Facts *python_facts(const TSTree *tree, Str text, const Reuse *reuse, Segments *segments) {
    TSNode root = ts_tree_root_node(tree);
    Walker self = walker_make(tree, text, segments);
    if (reuse) return walker_finish(&self, read_anew(&self, root, reuse));
    define_docstring(&self.reader, 0, root);
    read_body(&self, root, 0, 0, 0, true);
    return walker_finish(&self, true);
}

static Facts *python_facts_of_parts(Parts *parts, Str text, Segments *segments) {
    Walker self = walker_make(parts->items[0].tree, text, segments);
    define_docstring(&self.reader, 0, ts_tree_root_node(parts->items[0].tree));
    for (uint32_t i = 0; i < parts->len; i++) {
        Part *part = &parts->items[i];
        if (part->tree) read_part(&self, part, part->head == NONE ? NONE : parts->items[part->head].segment);
    }
    return walker_finish(&self, true);
}

static const char *const suffixes[] = {".py", ".pyi", ".pyw", NULL};
static const char *const ids[] = {"python", NULL};

const Lang lang_python = {
    .name = "Python",
    .suffixes = suffixes,
    .ids = ids,
    .grammar = tree_sitter_python,
    .is_name = python_is_name,
    .declared_encoding = python_declared_encoding,
    .may_define = python_may_define,
    .facts = python_facts,
    .mend = python_mend,
    .parts = python_parts,
    .opens = python_part_opens,
    .facts_of_parts = python_facts_of_parts,
    .folds = python_folds,
    .enclosing = python_enclosing,
};
