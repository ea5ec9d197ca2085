#include "index/lang/python_folds.h"

#include "index/lang/python_syntax.h"

/* Lines of one kind that follow each other, in one column. */
typedef struct {
    Range range;
    uint32_t last_row, column;
    bool open;
} Run;

typedef struct {
    uint32_t start; /* behind it */
    char closing;
} Bracket;

typedef struct {
    TSTreeCursor cursor;
    Str text;
    Folds *out;
    Run comments, imports;
    uint32_t colon; /* the last one seen */
    Array(Bracket) brackets;
    Array(uint32_t) regions; /* where those that are open begin */
    uint32_t documentation;  /* the start of the last string that is a statement of its own */
} Folder;

static void add(Folder *self, Range range, FoldKind kind) {
    if (range.start < range.end &&
        str_find_byte(str_slice(self->text, range.start, range.end), '\n') != STR_NPOS)
        ARRAY_PUSH(self->out, (Fold){range, (uint8_t)kind});
}

static void close_run(Folder *self, Run *run, FoldKind kind) {
    if (run->open) add(self, run->range, kind);
    run->open = false;
}

static void begin_run(Run *run, TSNode node) {
    *run = (Run){syntax_range(node), ts_node_end_point(node).row, ts_node_start_point(node).column, true};
}

static void extend_run(Run *run, TSNode node) {
    run->range.end = ts_node_end_byte(node);
    run->last_row = ts_node_end_point(node).row;
}

/* --- comments ---------------------------------------------------------------------------------- */

static bool stands_alone(const Folder *self, uint32_t start) {
    while (start > 0 && str_find_byte(STR(" \t\f"), self->text.data[start - 1]) != STR_NPOS) start--;
    return start == 0 || self->text.data[start - 1] == '\n' || self->text.data[start - 1] == '\r';
}

/* Whether a comment begins with a word: "# region", "#region Name". */
static bool is_marker(Str comment, Str word) {
    Str rest = str_trim(str_from(comment, 1));
    if (!str_starts_with(rest, word)) return false;
    char next = rest.len > word.len ? rest.data[word.len] : ' ';
    return next == ' ' || next == '\t' || next == ':';
}

/* The marks of regions, which editors know too; they are in no run. */
static bool visit_marker(Folder *self, Range range) {
    Str comment = str_slice(self->text, range.start, range.end);
    if (is_marker(comment, STR("region"))) {
        ARRAY_PUSH(&self->regions, range.start);
    } else if (is_marker(comment, STR("endregion"))) {
        if (self->regions.len) add(self, (Range){ARRAY_POP(&self->regions), range.end}, FOLD_REGION);
    } else {
        return false;
    }
    close_run(self, &self->comments, FOLD_COMMENT);
    return true;
}

static void visit_comment(Folder *self, TSNode node) {
    Range range = syntax_range(node);
    TSPoint at = ts_node_start_point(node);
    if (!stands_alone(self, range.start) || visit_marker(self, range)) return;
    Run *run = &self->comments;
    if (run->open && at.row == run->last_row + 1 && at.column == run->column) {
        extend_run(run, node);
        return;
    }
    close_run(self, run, FOLD_COMMENT);
    begin_run(run, node);
}

/* --- code -------------------------------------------------------------------------------------- */

static bool is_import(Kind kind) {
    return kind == KIND_IMPORT_STATEMENT || kind == KIND_IMPORT_FROM_STATEMENT ||
           kind == KIND_FUTURE_IMPORT_STATEMENT;
}

/* A run of imports goes on until another statement begins. */
static void visit_statement(Folder *self, TSNode node, Kind kind) {
    Run *run = &self->imports;
    bool goes_on = run->open && is_import(kind) && ts_node_start_point(node).column == run->column;
    if (goes_on) {
        extend_run(run, node);
    } else {
        close_run(self, run, FOLD_IMPORTS);
        if (is_import(kind)) begin_run(run, node);
    }
}

static char closing_bracket(char opening) {
    switch (opening) {
    case '(': return ')';
    case '[': return ']';
    case '{': return '}';
    default: return 0;
    }
}

static bool is_open(const Folder *self, char closing) {
    for (uint32_t i = 0; i < self->brackets.len; i++) {
        if (self->brackets.items[i].closing == closing) return true;
    }
    return false;
}

/* Where brackets do not match, a closing one ends those inside of its own. */
static void visit_bracket(Folder *self, TSNode node, char c) {
    Range range = syntax_range(node);
    char closing = closing_bracket(c);
    if (closing) {
        ARRAY_PUSH(&self->brackets, (Bracket){range.end, closing});
    } else if (is_open(self, c)) {
        Bracket bracket;
        do bracket = ARRAY_POP(&self->brackets);
        while (bracket.closing != c);
        add(self, (Range){bracket.start, range.start}, FOLD_CODE);
    }
}

static void visit_token(Folder *self, TSNode node) {
    const char *type = ts_node_type(node);
    if (type[0] == 0 || type[1] != 0 || ts_node_start_byte(node) == ts_node_end_byte(node)) return;
    if (type[0] == ':')
        self->colon = ts_node_start_byte(node);
    else if (str_find_byte(STR("()[]{}"), type[0]) != STR_NPOS)
        visit_bracket(self, node, type[0]);
}

/* Notes what the node is; false when nothing below it is of interest. */
static bool visit(Folder *self, TSNode node) {
    Kind kind = syntax_kind(node);
    if (kind == KIND_TOKEN) {
        visit_token(self, node);
        return false;
    }
    if (kind == KIND_COMMENT) {
        visit_comment(self, node);
        return false;
    }
    if (ts_node_start_byte(node) >= self->imports.range.end) visit_statement(self, node, kind);
    if (kind == KIND_BLOCK) add(self, (Range){self->colon, ts_node_end_byte(node)}, FOLD_CODE);
    if (ts_node_start_point(node).row == ts_node_end_point(node).row) return false;
    if (kind == KIND_EXPRESSION_STATEMENT) self->documentation = ts_node_start_byte(node);
    if (kind == KIND_STRING) {
        bool documents = ts_node_start_byte(node) == self->documentation;
        add(self, syntax_range(node), documents ? FOLD_COMMENT : FOLD_CODE);
    }
    return true;
}

static void walk(Folder *self) {
    for (bool more = ts_tree_cursor_goto_first_child(&self->cursor); more;) {
        bool deeper = visit(self, ts_tree_cursor_current_node(&self->cursor));
        if (deeper && ts_tree_cursor_goto_first_child(&self->cursor)) continue;
        while (more && !ts_tree_cursor_goto_next_sibling(&self->cursor))
            more = ts_tree_cursor_goto_parent(&self->cursor);
    }
}

void python_folds(const TSTree *tree, Str text, Folds *out) {
    Folder self = {.cursor = ts_tree_cursor_new(ts_tree_root_node(tree)),
                   .text = text,
                   .out = out,
                   .documentation = UINT32_MAX};
    walk(&self);
    close_run(&self, &self.comments, FOLD_COMMENT);
    close_run(&self, &self.imports, FOLD_IMPORTS);
    ARRAY_FREE(&self.brackets);
    ARRAY_FREE(&self.regions);
}
