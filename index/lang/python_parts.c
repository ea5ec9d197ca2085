#include "index/lang/python_parts.h"

#include "index/lang/python_syntax.h"
#include "index/piece.h"

enum { DEEPEST = 8, MOST_OPEN = 8 /* strings that are taken for open */ };

/* A class around a line, whose statements can be told apart. */
typedef struct {
    uint32_t outer,
        indentation; /* of the class and, NONE before the first one, of its statements; in bytes */
    uint32_t head;   /* the part that it begins in */
} Body;

/* What is known at a place. */
typedef struct {
    uint32_t at;
    uint32_t depth;     /* of brackets */
    uint32_t decorated; /* the indentation of decorators whose definition has not come; else NONE */
    uint32_t parts;
    uint32_t body_count;
    Body bodies[DEEPEST];
} Place;

typedef struct {
    Str text;
    Parts *parts;
    Place now;
    Place suspect; /* the first line inside a string that looks as if it were none; at NONE: no such */
} Cutter;

static char char_at(const Cutter *self, uint32_t at) { return at < self->text.len ? self->text.data[at] : 0; }

static bool in_word(char c) {
    return c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c & 0x80);
}

static uint32_t skip_blanks(const Cutter *self, uint32_t at) {
    while (char_at(self, at) == ' ' || char_at(self, at) == '\t' || char_at(self, at) == '\f') at++;
    return at;
}

static uint32_t line_end(Str text, uint32_t at) {
    size_t end = str_find_byte(str_from(text, at), '\n');
    return end == STR_NPOS ? (uint32_t)text.len : at + (uint32_t)end;
}

static Str word_at(const Cutter *self, uint32_t at) {
    uint32_t end = at;
    while (in_word(char_at(self, end))) end++;
    return str_slice(self->text, at, end);
}

/* What may begin at a line's first word. */
typedef enum { NOT_SURE, STATEMENT, DEFINITION, CLASS, DECORATOR } Start;

static const struct {
    const char *word;
    Start start;
} starts[] = {
    {"class", CLASS},      {"def", DEFINITION}, {"for", STATEMENT},  {"from", STATEMENT},  {"if", STATEMENT},
    {"import", STATEMENT}, {"try", STATEMENT},  {"with", STATEMENT}, {"while", STATEMENT},
};

/* Whether `name = …` cannot be an argument: those are written without spaces, or end with a comma. */
static bool is_assignment(const Cutter *self, uint32_t at, Str word) {
    uint32_t sign = skip_blanks(self, at + (uint32_t)word.len);
    if (word.len == 0 || sign == at + word.len || char_at(self, sign) != '=' ||
        char_at(self, sign + 1) == '=')
        return false;
    return !str_ends_with(str_trim(str_slice(self->text, sign, line_end(self->text, sign))), STR(","));
}

static Start start_at(const Cutter *self, uint32_t at) {
    if (char_at(self, at) == '@') return in_word(char_at(self, at + 1)) ? DECORATOR : NOT_SURE;
    Str word = word_at(self, at);
    if (str_eq(word, STR("async"))) {
        Str next = word_at(self, skip_blanks(self, at + 5));
        return str_eq(next, STR("def")) ? DEFINITION : NOT_SURE;
    }
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (str_eq(word, str_of(starts[i].word))) return starts[i].start;
    }
    return is_assignment(self, at, word) ? STATEMENT : NOT_SURE;
}

/* The body in whose part a line of an indentation that begins so can be cut off: a number of `bodies`, or
 * `body_count` for the module. False when the line may be of what is before it. */
static bool find_body(const Place *now, Start start, uint32_t indentation, uint32_t *body) {
    *body = now->body_count;
    if (start == NOT_SURE || indentation == 0) return start != NOT_SURE;
    if (start == STATEMENT) return false;
    for (uint32_t i = now->body_count; i-- > 0;) {
        if (now->bodies[i].indentation == indentation) return *body = i, true;
    }
    return false;
}

static void cut(Cutter *self, uint32_t line, uint32_t head) {
    self->now.depth = 0;
    if (ARRAY_LAST(self->parts)->lines.start == line) return;
    ARRAY_LAST(self->parts)->lines.end = line;
    ARRAY_PUSH(self->parts, (Part){.lines = {line, (uint32_t)self->text.len}, .head = head, .segment = NONE});
    self->now.parts = self->parts->len;
}

/* Whether the line is the first of a class's body; closes the bodies that it is not in. */
static bool begins_body(Place *now, Start start, uint32_t indentation) {
    if (now->depth > 0 && start == NOT_SURE) return false;
    while (now->body_count > 0) {
        Body *body = &now->bodies[now->body_count - 1];
        if (body->indentation == NONE && indentation > body->outer) {
            body->indentation = indentation;
            now->depth = 0;
            return true;
        }
        if (body->indentation != NONE && indentation >= body->indentation) break;
        if (now->depth > 0 && indentation > 0 && body->indentation != NONE && start < DEFINITION) break;
        now->body_count--;
    }
    return false;
}

static void begin_line(Cutter *self) {
    Place *now = &self->now;
    uint32_t line = now->at, at = skip_blanks(self, line), indentation = at - line, body;
    char first = char_at(self, at);
    if (first == 0 || first == '#' || first == '\n' || first == '\r') return;
    Start start = start_at(self, at);
    if (begins_body(now, start, indentation)) return;
    bool decorated = now->decorated == indentation && start >= DEFINITION;
    if (!decorated && !find_body(now, start, indentation, &body)) return;
    if (!decorated) {
        uint32_t head = body < now->body_count ? now->bodies[body].head : NONE;
        now->body_count = body < now->body_count ? body + 1 : 0;
        cut(self, line, head);
    }
    now->decorated = start == DECORATOR ? indentation : NONE;
    if (start == CLASS && now->body_count < DEEPEST)
        now->bodies[now->body_count++] = (Body){indentation, NONE, self->parts->len - 1};
}

/* Notes the first line in a string at which the text could be cut if it were none. */
static void suspect_string(Cutter *self, uint32_t start, uint32_t end) {
    for (uint32_t at = line_end(self->text, start) + 1; at < end && self->suspect.at == NONE;
         at = line_end(self->text, at) + 1) {
        uint32_t word = skip_blanks(self, at), body;
        if (!find_body(&self->now, start_at(self, word), word - at, &body)) continue;
        self->suspect = self->now;
        self->suspect.at = at;
    }
}

/* Where the string that a quote begins ends; the end of the text when it does not. */
static uint32_t string_end(const Cutter *self, uint32_t at, bool *triple) {
    char quote = char_at(self, at);
    *triple = char_at(self, at + 1) == quote && char_at(self, at + 2) == quote;
    for (at += *triple ? 3 : 1; at < self->text.len; at++) {
        char c = char_at(self, at);
        if (c == '\\')
            at++;
        else if (c == '\n' && !*triple)
            return at;
        else if (c == quote && !*triple)
            return at + 1;
        else if (c == quote && char_at(self, at + 1) == quote && char_at(self, at + 2) == quote)
            return at + 3;
    }
    return NONE;
}

/* Goes on behind a string; false when it does not end. */
static bool skip_string(Cutter *self) {
    bool triple;
    uint32_t end = string_end(self, self->now.at, &triple);
    if (triple) suspect_string(self, self->now.at, end == NONE ? (uint32_t)self->text.len : end);
    self->now.at = end;
    return end != NONE || !triple;
}

/* Goes to the start of the next line, strings and escaped line ends aside; false when a string has no end. */
static bool skip_line(Cutter *self) {
    Place *now = &self->now;
    while (now->at < self->text.len) {
        char c = self->text.data[now->at];
        if (c == '"' || c == '\'') {
            if (!skip_string(self)) return false;
            continue;
        }
        if (c == '#') now->at = line_end(self->text, now->at);
        if (c == '\\') now->at++;
        if (c == '(' || c == '[' || c == '{') now->depth++;
        if ((c == ')' || c == ']' || c == '}') && now->depth > 0) now->depth--;
        if (c != '#') now->at++;
        if (c == '\n') break;
    }
    return true;
}

void python_parts(Str text, Parts *out) {
    Cutter self = {.text = text, .parts = out, .now = {.decorated = NONE, .parts = 1}, .suspect.at = NONE};
    uint32_t open = 0;
    ARRAY_PUSH(out, (Part){.lines = {0, (uint32_t)text.len}, .head = NONE, .segment = NONE});
    while (self.now.at < text.len) {
        begin_line(&self);
        if (skip_line(&self)) continue;
        if (self.suspect.at == NONE || open++ == MOST_OPEN) break;
        self.now = self.suspect;
        self.suspect.at = NONE;
        out->len = self.now.parts;
        ARRAY_LAST(out)->lines.end = (uint32_t)text.len;
    }
}

bool python_part_opens(const Part *part) {
    TSNode body = piece_body(ts_tree_root_node(part->tree), part->lines.start), last = {0};
    for (uint32_t i = ts_node_named_child_count(body); i-- > 0 && ts_node_is_null(last);) {
        TSNode child = ts_node_named_child(body, i);
        if (syntax_kind(child) != KIND_COMMENT) last = child;
    }
    if (!ts_node_is_null(last) && syntax_kind(last) == KIND_DECORATED_DEFINITION)
        last = syntax_child(last, FIELD_DEFINITION);
    return !ts_node_is_null(last) && syntax_kind(last) == KIND_CLASS_DEFINITION &&
           syntax_kind(syntax_child(last, FIELD_BODY)) == KIND_BLOCK;
}
