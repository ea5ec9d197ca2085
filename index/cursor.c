#include "index/cursor.h"

#include "index/query.h"

static Token token_at(const Cursor *self, uint32_t token) { return self->tokens.items.items[token]; }

static bool is(const Cursor *self, uint32_t token, const char *spelling) {
    return token_is(self->text, token_at(self, token), spelling);
}

static bool is_any(const Cursor *self, uint32_t token, const char *const *spellings) {
    for (; *spellings; spellings++) {
        if (is(self, token, *spellings)) return true;
    }
    return false;
}

/* --- scopes ------------------------------------------------------------------------------------- */

/* Whether a statement stands in the body of a symbol before it: deeper, or on its line. */
static bool is_body(const Cursor *self, const Symbol *symbol, uint32_t statement) {
    if (symbol->kind > SYMBOL_METHOD) return false;
    if (header_line_start(self->text, symbol->name_start) == header_line_start(self->text, statement))
        return symbol->name_start < statement;
    return header_indent(self->text, symbol->range.start) < header_indent(self->text, statement);
}

/* The symbol in whose body a statement stands, by its indentation: what is half-typed may lie outside of all
 * ranges. */
static uint32_t symbol_around(const Cursor *self, const Facts *facts, uint32_t statement) {
    uint32_t before = statement;
    while (before > 0 && strchr(" \t\r\n\f", self->text.data[before - 1])) before--;
    uint32_t symbol = facts_symbol_at(facts, before ? before - 1 : 0);
    while (symbol != 0 && !is_body(self, &facts->symbols.items[symbol], statement))
        symbol = facts->symbols.items[symbol].parent;
    return symbol;
}

/* Finds the scope; where the facts do not know the function around, its parameters too. */
static uint32_t find_scope(Cursor *self, const Facts *facts) {
    uint32_t statement = self->tokens.before ? token_at(self, 0).start : self->word.start;
    uint32_t symbol = symbol_around(self, facts, statement), header = header_around(self->text, statement);
    uint32_t line = header_line_start(self->text, facts->symbols.items[symbol].name_start);
    if (header != NONE && (symbol == 0 || line != header_line_start(self->text, header))) {
        header_params(self->text, header, &self->params);
        if (self->params.len) symbol = symbol_around(self, facts, header);
    }
    uint32_t scope = scope_of_body(facts, symbol);
    return scope == NONE ? 0 : scope;
}

/* The lambda or comprehension around the cursor in a scope, or that scope. */
static uint32_t inner_scope(const Facts *facts, uint32_t scope, uint32_t offset) {
    for (uint32_t i = scope + 1; i < facts->scopes.count; i++) {
        const Scope *inner = &facts->scopes.items[i];
        if (inner->range.start > offset) break;
        bool nested = inner->kind == SCOPE_LAMBDA || inner->kind == SCOPE_COMPREHENSION;
        if (nested && inner->parent == scope && offset <= inner->range.end) scope = i;
    }
    return scope;
}

/* --- imports ------------------------------------------------------------------------------------ */

/* Reads the dotted path from a token on; returns the token behind it. */
static uint32_t read_path(Cursor *self, uint32_t token) {
    for (; token < self->tokens.before && is(self, token, "."); token++) self->level++;
    for (; token < self->tokens.before && token_at(self, token).kind == TOKEN_NAME; token++) {
        if (is(self, token, "import")) break;
        if (self->path.len) buf_append_byte(&self->path, '.');
        buf_append(&self->path, token_text(self->text, token_at(self, token)));
        if (token + 1 < self->tokens.before && is(self, token + 1, ".")) token++;
    }
    return token;
}

static CursorKind read_from(Cursor *self) {
    static const char *const openers[] = {"import", ",", "(", NULL}, *const path[] = {"from", ".", NULL};
    uint32_t end = read_path(self, 1), last = self->tokens.before - 1;
    if (end == self->tokens.before && is_any(self, last, path)) return CURSOR_MODULE;
    self->place = PLACE_PATH;
    if (end == self->tokens.before) return CURSOR_NAME;
    return is(self, end, "import") && is_any(self, last, openers) ? CURSOR_IMPORTED : CURSOR_NOTHING;
}

static CursorKind read_import(Cursor *self) {
    static const char *const openers[] = {"import", ",", ".", NULL};
    uint32_t start = self->tokens.before;
    if (!is_any(self, start - 1, openers)) return CURSOR_NOTHING;
    while (start > 1 && !is(self, start - 1, ",")) start--;
    read_path(self, start);
    return CURSOR_MODULE;
}

/* --- brackets ----------------------------------------------------------------------------------- */

uint32_t cursor_bracket(const Cursor *self, uint32_t token) {
    static const char *const openers[] = {"(", "[", "{", NULL}, *const closers[] = {")", "]", "}", NULL};
    uint32_t closed = 0;
    while (token-- > 0) {
        if (token_at(self, token).kind != TOKEN_OPERATOR) continue;
        if (is_any(self, token, closers)) closed++;
        if (is_any(self, token, openers) && closed-- == 0) return token;
    }
    return NONE;
}

static const char *const words_before_operand[] = {
    "and",     "assert", "async", "await", "case",  "del",    "elif",  "else", "except",
    "finally", "from",   "if",    "in",    "is",    "lambda", "match", "not",  "or",
    "raise",   "return", "while", "with",  "yield", "for",    NULL};

/* Whether a value ends with the token. */
static bool ends_operand(const Cursor *self, uint32_t token) {
    static const char *const closers[] = {")", "]", "}", NULL};
    if (token_at(self, token).kind == TOKEN_NAME) return !is_any(self, token, words_before_operand);
    return token_at(self, token).kind != TOKEN_OPERATOR || is_any(self, token, closers);
}

/* The word that begins a definition whose parameters or bases the bracket opens, or NONE. */
static uint32_t definition_of(const Cursor *self, uint32_t bracket) {
    static const char *const words[] = {"def", "class", NULL};
    return bracket != NONE && bracket >= 2 && is_any(self, bracket - 2, words) ? bracket - 2 : NONE;
}

bool cursor_is_call(const Cursor *self, uint32_t bracket) {
    return bracket > 0 && is(self, bracket, "(") && ends_operand(self, bracket - 1) &&
           definition_of(self, bracket) == NONE;
}

/* --- calls -------------------------------------------------------------------------------------- */

/* The keyword that the argument beginning at a token is given by, or "". */
static Str keyword_at(const Cursor *self, uint32_t token) {
    bool keyword = token + 1 < self->tokens.items.len && token_at(self, token).kind == TOKEN_NAME &&
                   is(self, token + 1, "=");
    return keyword ? token_text(self->text, token_at(self, token)) : STR_NONE;
}

void cursor_read_call(const Cursor *self, uint32_t bracket, Call *out) {
    *out = (Call){.bracket = bracket};
    uint32_t depth = token_at(self, bracket).depth + 1u, start = bracket + 1, position = 0;
    bool lambda = false; /* between the word and its colon */
    for (uint32_t i = start; i <= self->tokens.items.len; i++) {
        bool end = i == self->tokens.items.len || token_at(self, i).depth < depth;
        if (!end && token_at(self, i).depth == depth)
            lambda = is(self, i, "lambda") || (lambda && !is(self, i, ":"));
        if (!end && (lambda || token_at(self, i).depth != depth || !is(self, i, ","))) continue;
        Str keyword = keyword_at(self, start);
        bool here = start <= self->tokens.before && self->tokens.before <= i;
        if (here) out->keyword = keyword;
        if (here) out->position = position;
        if (!here && keyword.len) ARRAY_PUSH(&out->given, keyword);
        position += keyword.len == 0;
        start = i + 1;
        if (end) break;
    }
}

/* --- what may stand here ------------------------------------------------------------------------ */

static bool in_text(const Cursor *self) {
    if (self->tokens.before == 0) return false;
    Token last = token_at(self, self->tokens.before - 1);
    if (last.kind == TOKEN_NUMBER) return self->offset <= last.end;
    if (last.kind != TOKEN_STRING && last.kind != TOKEN_COMMENT) return false;
    return self->offset < last.end || (last.open && self->offset <= last.end);
}

static CursorKind read_name(Cursor *self) {
    static const char *const makers[] = {"class", "as", "lambda", "for", NULL};
    static const char *const params[] = {"(", ",", "*", "**", NULL};
    uint32_t before = self->tokens.before, bracket = cursor_bracket(self, before);
    self->place = PLACE_STATEMENT;
    if (self->in_type) self->wish = WISH_CLASS;
    if (self->in_type) self->place = PLACE_OPERAND;
    if (before == 0) return CURSOR_NAME;
    if (is_any(self, before - 1, makers)) return CURSOR_NOTHING;
    uint32_t definition = definition_of(self, bracket);
    bool class = definition != NONE && is(self, definition, "class");
    if (definition != NONE && !class && is_any(self, before - 1, params)) return CURSOR_NOTHING;
    if (class) self->wish = WISH_CLASS;
    self->in_bases = class;
    if (is(self, 0, "except") || is(self, before - 1, "raise")) self->wish = WISH_EXCEPTION;
    self->place = ends_operand(self, before - 1) ? PLACE_OPERATOR : PLACE_OPERAND;
    return CURSOR_NAME;
}

static CursorKind read_kind(Cursor *self, const Facts *facts) {
    static const char *const outer[] = {"global", "nonlocal", NULL};
    uint32_t before = self->tokens.before;
    if (in_text(self)) return CURSOR_NOTHING;
    if (before && is(self, 0, "from")) return read_from(self);
    if (before && is(self, 0, "import")) return read_import(self);
    if (before && is_any(self, 0, outer)) return CURSOR_OUTER;
    if (before && is(self, before - 1, ".")) return CURSOR_MEMBER;
    if (before && is(self, before - 1, "def"))
        return facts->scopes.items[self->scope].kind == SCOPE_CLASS ? CURSOR_METHOD : CURSOR_NOTHING;
    return read_name(self);
}

static bool has_body(const Symbol *symbol) {
    return symbol->kind >= SYMBOL_CLASS && symbol->kind <= SYMBOL_METHOD;
}

/* Where the last definition before the offset begins: some statement does there. */
static uint32_t statement_before(const Facts *facts, uint32_t offset) {
    uint32_t low = 0, high = facts->tree_count;
    LOWER_BOUND(low, high, facts->symbols.items[middle].range.start < offset);
    while (low-- > 1) {
        if (has_body(&facts->symbols.items[low])) return facts->symbols.items[low].range.start;
    }
    return 0;
}

/* --- strings that stand for types --------------------------------------------------------------- */

/* Whether a colon begins an annotation: no lambda's, slice's or dictionary's. */
static bool is_annotation(const Cursor *self, uint32_t colon) {
    uint32_t bracket = cursor_bracket(self, colon);
    if (bracket != NONE) return is(self, bracket, "(") && definition_of(self, bracket) != NONE;
    for (uint32_t i = 0; i < colon; i++) {
        if (is(self, i, "lambda")) return false;
    }
    return true;
}

/* Whether what begins at a token is part of a type: `x: A | "…"`, `-> list["…"]`, `cast("…"`, `bound="…"`. */
static bool is_type(const Cursor *self, uint32_t token) {
    static const char *const inside[] = {".", "|", ",", ")", "]", NULL}, *const values[] = {"Literal", NULL};
    uint32_t depth = token_at(self, token).depth;
    bool first = true; /* no comma on the way, in the innermost bracket */
    for (uint32_t i = token; i-- > 0;) {
        Token at = token_at(self, i);
        if (at.depth > depth) continue;
        if (at.depth < depth) {
            if (is(self, i, "(")) return first && i > 0 && is(self, i - 1, "cast");
            if (!is(self, i, "[") || i == 0 || is_any(self, i - 1, values)) return false;
            depth = at.depth;
            first = true;
            continue;
        }
        if (is(self, i, "->")) return true;
        if (is(self, i, ":")) return is_annotation(self, i);
        if (is(self, i, "=")) return i > 0 && is(self, i - 1, "bound");
        if (is(self, i, ",")) first = false;
        if (at.kind == TOKEN_OPERATOR && !is_any(self, i, inside)) return false;
    }
    return false;
}

/* In a string that stands for a type, what is typed there counts: its tokens take the statement's place. */
static void enter_type(Cursor *self) {
    if (self->tokens.before == 0) return;
    Token last = token_at(self, self->tokens.before - 1);
    char quote = self->text.data[last.start];
    bool in = in_text(self) && last.kind == TOKEN_STRING && (quote == '"' || quote == '\'');
    if (!in || !is_type(self, self->tokens.before - 1)) return;
    bool triple =
        str_starts_with(str_from(self->text, last.start + 1), str_make((const char[]){quote, quote}, 2));
    uint32_t quotes = triple ? 3 : 1, end = last.end - (last.open ? 0 : quotes);
    if (self->word.start < last.start + quotes) return;
    tokens_release(&self->tokens);
    tokens_read(&self->tokens, str_slice(self->text, 0, end), last.start + quotes, self->offset);
    self->in_type = true;
}

/* The word at hand does not count as before itself. */
static void leave_word_out(Cursor *self) {
    if (self->tokens.before == 0) return;
    Token last = token_at(self, self->tokens.before - 1);
    if (last.start == self->word.start && last.kind == TOKEN_NAME) self->tokens.before--;
}

void cursor_read(Cursor *self, const Facts *facts, Str text, uint32_t offset) {
    uint32_t len = (uint32_t)text.len, at = offset < len ? offset : len;
    *self = (Cursor){.text = text, .offset = at, .word = {at, at}};
    buf_init(&self->path);
    while (self->word.start > 0 && token_in_name(text.data[self->word.start - 1])) self->word.start--;
    while (self->word.end < len && token_in_name(text.data[self->word.end])) self->word.end++;
    tokens_read(&self->tokens, text, statement_before(facts, self->word.start), at);
    leave_word_out(self);
    self->scope = inner_scope(facts, find_scope(self, facts), at);
    enter_type(self);
    leave_word_out(self);
    self->kind = read_kind(self, facts);
}

void cursor_release(Cursor *self) {
    tokens_release(&self->tokens);
    ARRAY_FREE(&self->params);
    buf_release(&self->path);
}
