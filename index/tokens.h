/* The tokens of one statement, read off the text alone: what is being typed has no tree that could be relied
 * on.
 *
 * The Python Language Reference, 2 "Lexical analysis". Strings and brackets that nobody closed yet end where
 * they must have been meant to: a string of one line with its line, a bracket where a line begins with a word
 * that begins statements only. */
#ifndef HEADWORD_INDEX_TOKENS_H
#define HEADWORD_INDEX_TOKENS_H

#include "base/array.h"
#include "index/text.h"

typedef enum {
    TOKEN_NAME, /* keywords too */
    TOKEN_NUMBER,
    TOKEN_STRING, /* of an f-string: a piece between its fields */
    TOKEN_COMMENT,
    TOKEN_OPERATOR, /* brackets, and the braces of an f-string's fields, too */
} TokenKind;

typedef struct {
    uint32_t start, end; /* offsets */
    uint16_t depth;      /* of brackets around it; those of a pair have that of what is around them */
    uint8_t kind;        /* TokenKind */
    bool open;           /* a string or comment that goes on at its end */
} Token;

typedef struct {
    Array(Token) items;
    uint32_t before; /* how many start before the offset */
} Tokens;

/* The tokens of the statement around `offset`, up to the end of the offset's line. `from` is where some
 * statement begins, at or before `offset`. */
void tokens_read(Tokens *self, Str text, uint32_t from, uint32_t offset);
static inline void tokens_release(Tokens *self) { ARRAY_FREE(&self->items); }

static inline Str token_text(Str text, Token token) { return str_slice(text, token.start, token.end); }
static inline bool token_is(Str text, Token token, const char *spelling) {
    return token.kind != TOKEN_STRING && str_eq(token_text(text, token), str_of(spelling));
}

/* Whether it is a word that no line inside of brackets begins with; one whose statement's header ends with a
 * colon. */
bool token_begins_statement(Str text, Token token);
bool token_begins_header(Str text, Token token);

/* Whether the byte may be part of an identifier: all beyond ASCII may. */
bool token_in_name(char c);

#endif
