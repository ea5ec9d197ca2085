#include "markdown/code_shape.h"

#include "markdown/call_arguments.h"

enum { LOOPS = 32 }; /* around each other; deeper ones count no more */

static const char *const branches[] = {"if", "elif", "for", "while", "except", "and", "or"};

typedef struct {
    const Facts *facts;
    Str text;
    uint32_t symbol, child; /* the next definition in it, or NONE */
    size_t at, end;
    int depth;              /* of brackets */
    bool begins;            /* a statement begins with the next word */
    uint32_t indent[LOOPS]; /* of the loops around, innermost last */
    uint32_t loops;
    CodeShape shape;
} ShapeReader;

/* Where the body begins: behind the colon that ends the head. */
static size_t body_start(Str text, size_t name_start, size_t end) {
    int depth = 0;
    for (size_t i = name_start; i < end; i = skip_token(text, i)) {
        depth += bracket_depth(text.data[i]);
        if (depth == 0 && text.data[i] == ':') return i + 1;
    }
    return end;
}

static void next_child(ShapeReader *self) {
    self->child = facts_next_child(self->facts, self->symbol, self->child);
    if (self->child >= self->facts->tree_count) self->child = NONE;
}

/* Jumps over a definition that begins here. */
static bool skip_child(ShapeReader *self) {
    while (self->child != NONE && self->facts->symbols.items[self->child].range.start < self->at)
        next_child(self);
    if (self->child == NONE || self->facts->symbols.items[self->child].range.start != self->at) return false;
    self->at = self->facts->symbols.items[self->child].range.end;
    return true;
}

static uint32_t column(const ShapeReader *self) {
    size_t start = str_rfind_byte(str_slice(self->text, 0, self->at), '\n') + 1;
    return (uint32_t)(self->at - start);
}

/* A statement begins at `word`: loops that are not indented less have ended. */
static void begin_statement(ShapeReader *self, Str word) {
    uint32_t indent = column(self);
    while (self->loops && self->indent[self->loops - 1] >= indent) self->loops--;
    if (str_eq(word, STR("async")))
        word = str_slice(str_trim(str_from(self->text, self->at + word.len)), 0, 3);
    bool loop = str_eq(word, STR("for")) || str_eq(word, STR("while"));
    if (!loop || self->loops == LOOPS) return;
    self->indent[self->loops++] = indent;
    if (self->loops > self->shape.loops) self->shape.loops = self->loops;
}

static void read_word(ShapeReader *self, Str word) {
    if (self->begins && self->depth == 0) begin_statement(self, word);
    bool may_branch = word.len >= 2 && word.len <= 6 && word.data[0] >= 'a' && word.data[0] <= 'w';
    for (size_t i = 0; may_branch && i < sizeof branches / sizeof *branches; i++)
        self->shape.complexity += str_eq(word, str_of(branches[i]));
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f'; }

static void read_token(ShapeReader *self) {
    char c = self->text.data[self->at];
    size_t next = skip_token(self->text, self->at);
    self->depth += bracket_depth(c);
    if (c == '\n') {
        self->begins |= self->depth == 0 && self->text.data[self->at - 1] != '\\';
    } else if (c != '#' && !is_blank(c)) {
        read_word(self, str_slice(self->text, self->at, next));
        self->begins = false;
    }
    self->at = next;
}

/* The alternatives of match statements are suites in the statement's own one. */
static uint32_t count_cases(const Facts *facts, Str text, uint32_t symbol) {
    Range range = facts->symbols.items[symbol].range;
    uint32_t count = 0, low = 0, high = facts->suites.count;
    LOWER_BOUND(low, high, facts->suites.items[middle].range.start < range.start);
    for (; low < facts->suites.count && facts->suites.items[low].range.start < range.end; low++) {
        const Suite *suite = &facts->suites.items[low];
        bool inner = suite->parent != NONE && suite->statement != NONE &&
                     facts->suites.items[suite->parent].statement == suite->statement;
        bool match = inner && text.data[suite->statement] == 'm';
        count += match && facts_symbol_at(facts, suite->statement) == symbol;
    }
    return count;
}

CodeShape code_shape(const Facts *facts, Str text, uint32_t symbol) {
    const Symbol *function = &facts->symbols.items[symbol];
    ShapeReader self = {.facts = facts,
                        .text = text,
                        .symbol = symbol,
                        .child = NONE,
                        .end = function->range.end,
                        .shape = {.complexity = 1}};
    self.at = body_start(text, function->name_start, self.end);
    next_child(&self);
    while (self.at < self.end)
        if (!skip_child(&self)) read_token(&self);
    self.shape.complexity += count_cases(facts, text, symbol);
    return self.shape;
}
