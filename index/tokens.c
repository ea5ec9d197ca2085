#include "index/tokens.h"

#include <ctype.h>

/* A bracket, the text of an f-string, or one of its fields. */
typedef enum { FRAME_BRACKET, FRAME_TEXT, FRAME_FIELD, FRAME_SPEC } FrameKind;

typedef struct {
    FrameKind kind;
    char quote; /* FRAME_TEXT */
    bool triple;
} Frame;

typedef struct {
    Tokens *out;
    Str text;
    uint32_t at, offset;
    Array(Frame) frames;
    bool line_start; /* no token of the line was read yet */
} Lexer;

bool token_in_name(char c) { return isalnum((unsigned char)c) || c == '_' || ((unsigned char)c & 0x80); }

static char peek(const Lexer *self, uint32_t ahead) {
    return self->at + ahead < self->text.len ? self->text.data[self->at + ahead] : '\0';
}

static bool is_one_of(Str word, const char *const *words) {
    for (; *words; words++) {
        if (str_eq(word, str_of(*words))) return true;
    }
    return false;
}

/* Words that no line inside of brackets begins with. */
static const char *const statement_words[] = {"def",      "class",  "import", "return", "while",   "with",
                                              "try",      "raise",  "assert", "del",    "pass",    "break",
                                              "continue", "global", "elif",   "except", "finally", NULL};

/* Words whose statement's header ends with a colon. */
static const char *const compound_words[] = {"def",     "class", "if",   "elif",  "else",
                                             "while",   "for",   "with", "try",   "except",
                                             "finally", "match", "case", "async", NULL};

bool token_begins_statement(Str text, Token token) {
    return token.kind == TOKEN_NAME && is_one_of(token_text(text, token), statement_words);
}

bool token_begins_header(Str text, Token token) {
    return token.kind == TOKEN_NAME && is_one_of(token_text(text, token), compound_words);
}

static void begin_statement(Lexer *self) {
    if (self->at <= self->offset) self->out->items.len = 0;
    self->frames.len = 0;
}

static void push_token(Lexer *self, TokenKind kind, uint32_t start, bool open) {
    ARRAY_PUSH(&self->out->items, (Token){.start = start,
                                          .end = self->at,
                                          .depth = (uint16_t)(self->frames.len & UINT16_MAX),
                                          .kind = (uint8_t)kind,
                                          .open = open});
    self->line_start = false;
}

/* --- strings ------------------------------------------------------------------------------------ */

static bool at_quote(const Lexer *self, char quote, bool triple) {
    return peek(self, 0) == quote && (!triple || (peek(self, 1) == quote && peek(self, 2) == quote));
}

static bool at_line_end(const Lexer *self) { return peek(self, 0) == '\n' || peek(self, 0) == '\r'; }

/* A backslash with what it escapes, or a brace that stands for itself. */
static bool is_pair(const Lexer *self, bool formatted) {
    if (peek(self, 0) == '\\') return self->at + 1 < self->text.len;
    return formatted && peek(self, 0) == '{' && peek(self, 1) == '{';
}

/* The text of a string up to its end; of an f-string, up to its end or its next field. */
static void read_text(Lexer *self, uint32_t start, char quote, bool triple, bool formatted) {
    bool closed = false, field = false;
    while (self->at < self->text.len && !closed && !field) {
        if (at_quote(self, quote, triple)) {
            self->at += triple ? 3 : 1;
            closed = true;
        } else if (!triple && at_line_end(self)) {
            break;
        } else if (is_pair(self, formatted)) {
            self->at += 2;
        } else if (formatted && peek(self, 0) == '{') {
            field = true;
        } else {
            self->at++;
        }
    }
    push_token(self, TOKEN_STRING, start, !closed);
    if (!field && formatted) (void)ARRAY_POP(&self->frames);
}

static void read_string(Lexer *self, uint32_t start, bool formatted) {
    char quote = peek(self, 0);
    bool triple = peek(self, 1) == quote && peek(self, 2) == quote;
    self->at += triple ? 3 : 1;
    if (formatted) ARRAY_PUSH(&self->frames, ((Frame){FRAME_TEXT, quote, triple}));
    read_text(self, start, quote, triple, formatted);
}

/* What stands behind the colon of a field: text with fields, up to the field's brace. */
static void read_spec(Lexer *self) {
    uint32_t start = self->at;
    while (self->at < self->text.len && !strchr("{}\n\r\"'", peek(self, 0))) self->at++;
    if (self->at > start) push_token(self, TOKEN_STRING, start, true);
    if (peek(self, 0) != '{') (void)ARRAY_POP(&self->frames);
}

/* --- other tokens ------------------------------------------------------------------------------- */

static void read_name(Lexer *self) {
    uint32_t start = self->at;
    while (token_in_name(peek(self, 0))) self->at++;
    Str word = str_slice(self->text, start, self->at);
    bool prefix = word.len <= 2 && strspn(word.data, "rRbBuUfFtT") >= word.len;
    if (prefix && (peek(self, 0) == '"' || peek(self, 0) == '\'')) {
        bool formatted = memchr(word.data, 'f', word.len) || memchr(word.data, 'F', word.len);
        read_string(self, start, formatted);
        return;
    }
    if (self->line_start && self->frames.len && is_one_of(word, statement_words)) {
        uint32_t end = self->at;
        self->at = start;
        begin_statement(self);
        self->at = end;
    }
    push_token(self, TOKEN_NAME, start, false);
}

static void read_number(Lexer *self) {
    uint32_t start = self->at;
    while (token_in_name(peek(self, 0)) || peek(self, 0) == '.') self->at++;
    push_token(self, TOKEN_NUMBER, start, false);
}

static void read_comment(Lexer *self) {
    uint32_t start = self->at;
    while (self->at < self->text.len && !at_line_end(self)) self->at++;
    push_token(self, TOKEN_COMMENT, start, true);
}

static void open_bracket(Lexer *self, FrameKind kind) {
    self->at++;
    push_token(self, TOKEN_OPERATOR, self->at - 1, false);
    ARRAY_PUSH(&self->frames, ((Frame){.kind = kind}));
}

static void close_bracket(Lexer *self) {
    self->at++;
    FrameKind kind = self->frames.len ? ARRAY_LAST(&self->frames)->kind : FRAME_TEXT;
    if (kind != FRAME_TEXT) (void)ARRAY_POP(&self->frames);
    push_token(self, TOKEN_OPERATOR, self->at - 1, false);
}

/* The colon behind the header of a compound statement: another statement may follow on its line. */
static bool ends_header(const Lexer *self) {
    const Token *first = self->out->items.len ? &self->out->items.items[0] : NULL;
    return first && self->frames.len == 0 && token_begins_header(self->text, *first);
}

static void read_operator(Lexer *self) {
    static const char *const pairs[] = {
        "**", "//", "->", "==", "!=", "<=", ">=", ":=", "+=", "-=", "*=", "/=", "%=", "|=", "&=", NULL};
    uint32_t start = self->at;
    bool pair = is_one_of(str_slice(self->text, start, start + 2), pairs);
    self->at += pair ? 2 : 1;
    bool field = self->frames.len && ARRAY_LAST(&self->frames)->kind == FRAME_FIELD;
    bool colon = self->text.data[start] == ':' && (!pair || field);
    if (colon) self->at = start + 1;
    bool statement = self->text.data[start] == ';' || (colon && ends_header(self));
    push_token(self, TOKEN_OPERATOR, start, false);
    if (field && colon) ARRAY_LAST(&self->frames)->kind = FRAME_SPEC;
    if (statement && self->frames.len == 0) begin_statement(self);
}

/* A new line ends the statement, but in brackets; f-strings of one line end with it, whatever is open in
 * them. */
static void read_line_end(Lexer *self) {
    for (uint32_t i = 0; i < self->frames.len; i++) {
        const Frame *frame = &self->frames.items[i];
        if (frame->kind == FRAME_TEXT && !frame->triple) self->frames.len = i;
    }
    self->at++;
    self->line_start = true;
    if (self->frames.len == 0) begin_statement(self);
}

static void read_token(Lexer *self) {
    char c = peek(self, 0);
    const Frame *frame = self->frames.len ? ARRAY_LAST(&self->frames) : NULL;
    if (frame && frame->kind == FRAME_TEXT && (c != '{' || peek(self, 1) == '{'))
        read_text(self, self->at, frame->quote, frame->triple, true);
    else if (frame && frame->kind == FRAME_SPEC && !strchr("{}", c))
        read_spec(self);
    else if (c == '\n' || c == '\r')
        read_line_end(self);
    else if (c == '\\' || c == '\0' || isspace((unsigned char)c))
        self->at += c == '\\' && (peek(self, 1) == '\n' || peek(self, 1) == '\r') ? 2 : 1;
    else if (c == '#')
        read_comment(self);
    else if (c == '"' || c == '\'')
        read_string(self, self->at, false);
    else if (isdigit((unsigned char)c))
        read_number(self);
    else if (token_in_name(c))
        read_name(self);
    else if (strchr("([{", c))
        open_bracket(self, frame && (frame->kind == FRAME_TEXT || frame->kind == FRAME_SPEC) ? FRAME_FIELD
                                                                                             : FRAME_BRACKET);
    else if (strchr(")]}", c))
        close_bracket(self);
    else
        read_operator(self);
}

void tokens_read(Tokens *self, Str text, uint32_t from, uint32_t offset) {
    Lexer lexer = {.out = self, .text = text, .at = from, .offset = offset, .line_start = true};
    *self = (Tokens){0};
    while (lexer.at < text.len && (lexer.at < offset || !at_line_end(&lexer))) read_token(&lexer);
    while (self->before < self->items.len && self->items.items[self->before].start < offset) self->before++;
    ARRAY_FREE(&lexer.frames);
}
