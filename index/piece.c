#include "index/piece.h"

static uint32_t line_start(Str text, uint32_t at) {
    while (at > 0 && text.data[at - 1] != '\n') at--;
    return at;
}

static uint32_t line_end(Str text, uint32_t at) {
    size_t end = str_find_byte(str_from(text, at), '\n');
    return end == STR_NPOS ? (uint32_t)text.len : at + (uint32_t)end + 1;
}

static bool is_line_start(Str text, uint32_t at) { return at == 0 || text.data[at - 1] == '\n'; }

/* Whether the line before ends with a backslash. */
static bool goes_on(Str text, uint32_t at_line) {
    if (at_line > 0 && text.data[at_line - 1] == '\n') at_line--;
    if (at_line > 0 && text.data[at_line - 1] == '\r') at_line--;
    return at_line > 0 && text.data[at_line - 1] == '\\';
}

static bool is_blank(Str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] != ' ' && s.data[i] != '\t' && s.data[i] != '\f') return false;
    }
    return true;
}

static const Segment *at(const Segments *self, uint32_t segment) { return &self->items.items[segment]; }

static bool has_body(const Segments *self, uint32_t segment) {
    return at(self, segment)->after > segment + 1;
}

/* The end of what a statement holds itself: of a class, its head up to the line of the first statement. */
static uint32_t own_end(const Segments *self, uint32_t segment, Str before) {
    return has_body(self, segment) ? line_start(before, at(self, segment + 1)->range.start)
                                   : at(self, segment)->range.end;
}

/* How many segments start before an offset. */
static uint32_t count_before(const Segments *self, uint32_t offset) {
    uint32_t low = 0, high = self->items.len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (at(self, middle)->range.start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Segments [first, last) of one parent around *first and *last (then the last one itself). A class's head and
 * the first statements of its body need not be the whole class. */
static void lift(const Segments *self, Piece *piece) {
    uint32_t first = piece->first, last = piece->last;
    bool head = has_body(self, first) && last < at(self, first)->after;
    if (head) {
        if (last == first) last++;
        while (at(self, last)->parent != first) last = at(self, last)->parent;
    } else {
        uint32_t depth = segments_depth(self, first), depth_last = segments_depth(self, last);
        for (; depth > depth_last; depth--) first = at(self, first)->parent;
        for (; depth_last > depth; depth_last--) last = at(self, last)->parent;
        while (at(self, first)->parent != at(self, last)->parent) {
            first = at(self, first)->parent;
            last = at(self, last)->parent;
        }
    }
    piece->first = first;
    piece->last = at(self, last)->after;
    piece->parent = at(self, first)->parent;
}

/* Whether it is the head of a class and only the first statements of its body. */
static bool is_head(const Segments *self, const Piece *piece) {
    return piece->first < piece->last && piece->last < at(self, piece->first)->after;
}

static bool on_one_line(Str text, uint32_t from, uint32_t to) {
    return str_find_byte(str_slice(text, from, to), '\n') == STR_NPOS;
}

/* Takes in what stands on the same line behind the last segment. */
static void take_line(const Segments *self, Str before, Piece *piece) {
    uint32_t body = is_head(self, piece) ? piece->first : piece->parent;
    while (piece->last < self->items.len && at(self, piece->last)->parent == body &&
           on_one_line(before, at(self, piece->last - 1)->range.end, at(self, piece->last)->range.start))
        piece->last = at(self, piece->last)->after;
}

/* What stands before the statements of a body. */
static Str body_indentation(const Segments *self, Str before, uint32_t class) {
    return class == NONE ? STR("") : segments_indentation(before, at(self, class + 1)->range.start);
}

/* The piece of the segments [first, last), or more of them. */
static void take_segments(const Segments *self, Str before, Piece *piece) {
    for (;;) {
        piece->last--;
        lift(self, piece);
        take_line(self, before, piece);
        if (is_blank(segments_indentation(before, at(self, piece->first)->range.start)) || piece->first == 0)
            break;
        if (piece->parent == NONE)
            piece->first--;
        else
            piece->last = at(self, piece->first = piece->parent)->after;
    }
    piece->indentation = body_indentation(self, before, piece->parent);
}

/* Of a class's head, the class; else the class around. False when there is none. */
static bool take_class(const Segments *self, Str before, Piece *piece) {
    if (!is_head(self, piece)) piece->first = piece->parent;
    if (piece->first == NONE) return false;
    piece->last = at(self, piece->first)->after;
    take_segments(self, before, piece);
    return true;
}

/* The place of the first statement in lines, or their end. */
static uint32_t first_statement(Str text, Range lines) {
    uint32_t start = lines.start;
    for (; start < lines.end; start = line_end(text, start)) {
        Str line = str_trim(str_slice(text, start, line_end(text, start)));
        if (line.len && line.data[0] != '#') return (uint32_t)(line.data - text.data);
    }
    return lines.end;
}

/* Whether the lines of a body are told by their indentation: not when a backslash joins it to the head. */
static bool is_indented(const Segments *self, Str before, uint32_t class) {
    return class == NONE || !goes_on(before, line_start(before, at(self, class + 1)->range.start));
}

/* Between two statements: the body of which what is there now is part, by its indentation. */
static bool choose_body(const Segments *self, Str before, Str now, Piece *piece) {
    uint32_t next = piece->first, statement = first_statement(now, piece->now);
    uint32_t outermost = next < self->items.len ? at(self, next)->parent : NONE;
    piece->parent = next > 0 ? at(self, next - 1)->parent : NONE;
    if (statement == piece->now.end) {
        piece->parent = outermost;
        piece->indentation = body_indentation(self, before, outermost);
        return true;
    }
    Str wanted = segments_indentation(now, statement);
    for (;; piece->parent = at(self, piece->parent)->parent) {
        piece->indentation = body_indentation(self, before, piece->parent);
        if (str_eq(piece->indentation, wanted) && is_indented(self, before, piece->parent)) return true;
        if (piece->parent == outermost) return false;
    }
}

bool piece_find(Piece *self, const Segments *segments, const Edit *edit, Str before, Str now,
                uint32_t width) {
    uint32_t shift = edit->new_end - edit->old_end, count = segments->items.len;
    bool aligned = is_line_start(before, edit->old_end) && is_line_start(now, edit->new_end);
    Range lines = {line_start(before, edit->start),
                   aligned ? edit->old_end : line_end(before, edit->old_end)};
    uint32_t first = count_before(segments, lines.start), last = count_before(segments, lines.end);
    bool behind_head =
        first == last && first > 0 && first < count && at(segments, first)->parent == first - 1;
    if (behind_head || (first > 0 && own_end(segments, first - 1, before) > lines.start)) first--;
    *self = (Piece){.first = first, .last = last};
    if (width & PIECE_BEFORE) {
        if (self->first == 0) return false;
        self->first--;
    }
    if (width & PIECE_BEHIND) {
        if (self->last == count) return false;
        self->last++;
    }
    while (self->first < self->last && self->first > 0 && at(segments, self->first)->comment)
        self->first--; /* comments may belong to the statement before */
    if (self->first < self->last) {
        take_segments(segments, before, self);
        if (width == PIECE_CLASS && !take_class(segments, before, self)) return false;
        self->goes_behind = at(segments, self->last - 1)->range.start >= lines.end;
        uint32_t start = line_start(before, at(segments, self->first)->range.start);
        uint32_t end = line_end(before, at(segments, self->last - 1)->range.end);
        if (start < lines.start) lines.start = start;
        if (end > lines.end) lines.end = end;
    }
    self->before = lines;
    self->now = (Range){lines.start, lines.end + shift};
    if (self->first < self->last) return is_indented(segments, before, self->parent);
    return choose_body(segments, before, now, self);
}

/* Whether nothing but comments follows in the class around. */
static bool ends_body(const Piece *self, const Segments *segments) {
    return self->parent != NONE &&
           segments_are_comments(segments, self->last, at(segments, self->parent)->after);
}

/* A statement must have the indentation of the body; what follows behind a semicolon may. */
static bool is_in_body(const Piece *self, Str now, TSNode node, bool first) {
    Str indentation = segments_indentation(now, ts_node_start_byte(node));
    return str_eq(indentation, self->indentation) || (!first && !is_blank(indentation));
}

TSNode piece_body(TSNode root, uint32_t start) {
    TSNode head = ts_node_child(root, 0);
    uint32_t count = ts_node_is_null(head) ? 0 : ts_node_child_count(head);
    if (count < 2 || ts_node_start_byte(head) >= start || ts_node_is_error(head)) return root;
    TSNode last = ts_node_child(head, count - 1), before = ts_node_child(head, count - 2);
    return ts_node_start_byte(before) < start && ts_node_end_byte(last) > start ? last : root;
}

bool piece_goto_first(TSTreeCursor *cursor, uint32_t start) {
    bool more = ts_tree_cursor_goto_first_child(cursor);
    while (more && ts_node_start_byte(ts_tree_cursor_current_node(cursor)) < start)
        more = ts_tree_cursor_goto_next_sibling(cursor);
    return more;
}

static bool is_comment(TSNode node) { return ts_node_is_extra(node) && !ts_node_is_error(node); }

/* Whether there are but comments in the root behind an offset. */
static bool only_comments(TSNode root, uint32_t start) {
    for (uint32_t i = ts_node_child_count(root); i-- > 0;) {
        TSNode child = ts_node_child(root, i);
        if (ts_node_start_byte(child) < start) break;
        if (!is_comment(child)) return false;
    }
    return true;
}

bool piece_is_torn(TSNode root, uint32_t start) {
    TSNode head = ts_node_child(root, 0);
    return ts_node_eq(piece_body(root, start), root) && !ts_node_is_null(head) &&
           ts_node_start_byte(head) < start && ts_node_end_byte(head) > start;
}

bool piece_fits(const Piece *self, const Segments *segments, Str now, const TSTree *tree) {
    TSNode root = ts_tree_root_node(tree), body = piece_body(root, self->now.start);
    TSTreeCursor cursor = ts_tree_cursor_new(body);
    bool fits = true, first = true, comment = false;
    uint32_t statements = 0;
    for (bool more = piece_goto_first(&cursor, self->now.start); more && fits;
         more = ts_tree_cursor_goto_next_sibling(&cursor)) {
        TSNode node = ts_tree_cursor_current_node(&cursor);
        comment = is_comment(node);
        fits = comment ? !first || self->first == 0 : is_in_body(self, now, node, first);
        first = false;
        statements += !comment;
    }
    if (ts_node_eq(body, root)) {
        fits = fits && !piece_is_torn(root, self->now.start);
    } else {
        TSNode last = ts_node_child(root, ts_node_child_count(root) - 1);
        comment = comment || ts_node_start_byte(last) >= ts_node_end_byte(body);
        fits = fits && only_comments(root, ts_node_end_byte(body));
    }
    if (is_head(segments, self) && statements != 1) return false;
    return fits && !((comment || first) && ends_body(self, segments));
}

/* Whether what follows, up to the next statement, might become part of the piece: it stands deeper than the
 * body that it was read into. */
static bool may_grow(const Piece *self, const Segments *segments, Str before) {
    if (is_head(segments, self)) return false;
    for (uint32_t next = self->last; next < segments->items.len; next++) {
        uint32_t start = at(segments, next)->range.start;
        Str indentation = segments_indentation(before, start);
        if (goes_on(before, line_start(before, start))) return true;
        if (is_blank(indentation) && indentation.len > self->indentation.len) return true;
        if (!at(segments, next)->comment) break;
    }
    return false;
}

static bool is_string(Str text, uint32_t start) {
    while (start < text.len && strchr("rRuUbBfF", text.data[start])) start++;
    return start < text.len && (text.data[start] == '"' || text.data[start] == '\'');
}

/* Whether a string follows that is a docstring or not by what the piece leaves before it. */
static bool parts_docstring(const Piece *self, const Segments *segments, Str before) {
    if (is_head(segments, self) || !segments_begin(segments, self->parent, self->first)) return false;
    uint32_t next = self->last;
    while (next < segments->items.len && at(segments, next)->comment) next++;
    return next < segments->items.len && at(segments, next)->parent == self->parent &&
           is_string(before, at(segments, next)->range.start);
}

bool piece_is_whole(const Piece *self, const Segments *segments, Str before, Str now, const TSTree *tree) {
    return !piece_has_errors(ts_tree_root_node(tree)) && !goes_on(now, self->now.start) &&
           !goes_on(now, self->now.end) && !may_grow(self, segments, before) &&
           !parts_docstring(self, segments, before);
}
