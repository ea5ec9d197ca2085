#include "index/lang/python_mend.h"

#include "index/tokens.h"

enum { MOST_ADDED = 256 };

/* A statement up to the line that was read last. */
typedef struct {
    uint32_t indentation;
    Token first, last; /* comments aside */
    bool colon;        /* one stands outside of all brackets */
    bool bracket;      /* some bracket was opened */
    bool dangling;     /* it ends with the dot behind a value */
} Statement;

typedef struct {
    Str text;
    StrBuf *out;
    Ranges *added;
    uint32_t copied; /* bytes of the text that are in `out` */
    Statement now;   /* of no token: `first` is empty */
    StrBuf closers;  /* of the brackets that are open, the outermost first */
} Mender;

static bool is(const Mender *self, Token token, const char *spelling) {
    return token_is(self->text, token, spelling);
}

static bool is_any(const Mender *self, Token token, const char *const *spellings) {
    for (; *spellings; spellings++) {
        if (is(self, token, *spellings)) return true;
    }
    return false;
}

static bool is_closer(const Mender *self, Token token) {
    static const char *const closers[] = {")", "]", "}", NULL};
    return is_any(self, token, closers);
}

static bool ends_operand(const Mender *self, Token token) {
    return (token.kind < TOKEN_COMMENT && token.end > 0) || is_closer(self, token);
}

static bool is_import(const Mender *self) {
    static const char *const words[] = {"import", "from", NULL};
    return is_any(self, self->now.first, words);
}

static bool is_definition(const Mender *self) {
    static const char *const words[] = {"def", "class", "async", NULL};
    return is_any(self, self->now.first, words);
}

/* Puts something in behind a token. */
static void add(Mender *self, uint32_t at, Str what) {
    if (what.len == 0 || self->added->len == MOST_ADDED) return;
    buf_append(self->out, str_slice(self->text, self->copied, at));
    self->copied = at;
    ARRAY_PUSH(self->added, ((Range){(uint32_t)self->out->len, (uint32_t)(self->out->len + what.len)}));
    buf_append(self->out, what);
}

/* Puts in what the statement lacks at its end; `deeper`: a body follows. */
static void end_statement(Mender *self, bool deeper) {
    static const char *const soft[] = {"match", "case", NULL};
    Statement now = self->now;
    StrBuf what;
    buf_init(&what);
    if (now.dangling) buf_append(&what, STR("_"));
    while (self->closers.len) buf_append_byte(&what, self->closers.data[--self->closers.len]);
    bool header = token_begins_header(self->text, now.first) && !now.colon;
    if (header && (deeper || !is_any(self, now.first, soft))) {
        if (is(self, now.first, "def") && !now.bracket) buf_append(&what, STR("()"));
        buf_append(&what, deeper ? STR(":") : STR(": ..."));
    }
    add(self, now.last.end, buf_str(&what));
    buf_release(&what);
    self->now = (Statement){0};
}

/* Whether a line that begins in brackets can only be the next statement: nobody closed them. */
static bool begins_statement(const Mender *self, const Tokens *tokens, uint32_t indentation) {
    static const char *const joints[] = {"and", "as", "async", "else", "for", "if",
                                         "in",  "is", "not",   "or",   NULL};
    Token first = tokens->items.items[0], last = *ARRAY_LAST(&tokens->items);
    if (token_begins_statement(self->text, first)) return true;
    if (indentation > self->now.indentation || is_closer(self, first)) return false;
    if (is_definition(self)) return true;
    if (token_begins_header(self->text, first) && is(self, last, ":")) return true;
    if (first.kind != TOKEN_NAME || is_any(self, first, joints)) return false;
    return ends_operand(self, self->now.last) ||
           (tokens->items.len > 1 && is(self, tokens->items.items[1], "="));
}

static void read_bracket(Mender *self, Token token) {
    static const char pairs[] = "()[]{}";
    const char *pair = strchr(pairs, self->text.data[token.start]);
    if (pair == NULL) return;
    if ((pair - pairs) % 2 == 0)
        buf_append_byte(&self->closers, pair[1]);
    else if (self->closers.len)
        self->closers.len--;
    self->now.bracket = true;
}

static void read_token(Mender *self, Token token, const Token *next) {
    bool dot = is(self, token, ".") && ends_operand(self, self->now.last) && !is_import(self);
    if (dot && next && next->kind != TOKEN_NAME) add(self, token.end, STR("_"));
    self->now.dangling = dot;
    if (token.kind == TOKEN_OPERATOR) read_bracket(self, token);
    if (is(self, token, ":") && self->closers.len == 0) self->now.colon = true;
    self->now.last = token;
}

static void read_line(Mender *self, const Tokens *tokens, uint32_t indentation) {
    const Token *items = tokens->items.items;
    if (self->now.first.end && (self->closers.len == 0 || begins_statement(self, tokens, indentation)))
        end_statement(self, indentation > self->now.indentation);
    if (self->now.first.end == 0) self->now = (Statement){.indentation = indentation, .first = items[0]};
    for (uint32_t i = 0; i < tokens->items.len; i++)
        read_token(self, items[i], i + 1 < tokens->items.len ? &items[i + 1] : NULL);
}

bool python_mend(Str text, StrBuf *out, Ranges *added) {
    Mender self = {.text = text, .out = out, .added = added};
    buf_init(&self.closers);
    for (uint32_t line = 0; line < text.len;) {
        Tokens tokens;
        tokens_read(&tokens, text, line, line);
        if (tokens.items.len && ARRAY_LAST(&tokens.items)->kind == TOKEN_COMMENT) tokens.items.len--;
        uint32_t end = line;
        if (tokens.items.len) {
            end = ARRAY_LAST(&tokens.items)->end;
            read_line(&self, &tokens, tokens.items.items[0].start - line);
        }
        tokens_release(&tokens);
        size_t rest = str_find_byte(str_from(text, end), '\n');
        line = rest == STR_NPOS ? (uint32_t)text.len : end + (uint32_t)rest + 1;
    }
    if (self.now.first.end) end_statement(&self, false);
    buf_append(out, str_from(text, self.copied));
    buf_release(&self.closers);
    return added->len > 0;
}
