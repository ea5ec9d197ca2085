/* What a call is given and what a name is set to, read off the source text. */
#ifndef HEADWORD_MARKDOWN_CALL_ARGUMENTS_H
#define HEADWORD_MARKDOWN_CALL_ARGUMENTS_H

#include "base/str.h"

typedef struct {
    Str name;  /* of a keyword argument; else empty */
    Str value; /* as written, "*" and "**" included; borrowed from the text */
} Argument;

/* The arguments of a call one by one. */
typedef struct {
    Str text;
    size_t at; /* where the next one begins; text.len at the end */
} Arguments;

/* Of the call whose callee ends at `end`; of what is no call there are none. */
Arguments arguments_of(Str text, size_t end);
bool arguments_next(Arguments *self, Argument *out);

/* Whether an expression consists of literals alone: strings, numbers, constants, displays of them. */
bool is_literal_expression(Str value);

/* What is assigned to the name that ends at `end`, with an annotation between them or not; empty when nothing
 * is. */
Str assigned_value(Str text, size_t end);

/* One past the token at `i`: a string with its quotes, a comment, a name or number, or one other byte. */
size_t skip_token(Str text, size_t i);

/* 1 for an opening bracket, -1 for a closing one, else 0. */
int bracket_depth(char c);

#endif
