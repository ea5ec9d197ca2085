/* Text in, facts out.
 *
 * A Parser is one thread's tool; it keeps nothing of a text once the facts are made, but some memory. */
#ifndef HEADWORD_INDEX_PARSE_H
#define HEADWORD_INDEX_PARSE_H

#include "index/facts.h"
#include "index/folds.h"

typedef struct Parser Parser;

Parser *parser_new(void);
void parser_free(Parser *self);

/* How many steps of the parser reading a whole text may take, by default ten million: a few seconds, and half
 * a gigabyte. Counted, not timed: what is read does not depend on the machine. */
void parser_limit(Parser *self, uint64_t steps);

/* The facts of `text` (well-formed UTF-8, at most TEXT_LARGEST bytes), read by the front end for `path`'s
 * suffix, or facts_new_plain when there is none; the caller's to facts_free. NULL when parsing takes too many
 * steps: a text of many megabytes in one expression, say. */
Facts *parser_facts(Parser *self, Str path, Str text);

/* The syntax of a text that is being edited: what was read last time is reused. */
typedef struct Syntax Syntax;

Syntax *syntax_new(void);
void syntax_free(Syntax *self);

/* Like parser_facts, but only what changed since the last call is parsed and read again. `last` is what the
 * last call returned, if it still exists, else NULL: then everything is read. The path must not change.
 *
 * `exact` is set when the facts are those of the text, and not when they may differ: of broken statements,
 * where they end depends on what is read with them; and where too much would have to be read at once, the
 * last facts are given, moved by the edit. What was not exact stays so until everything is read. Never NULL:
 * of a text that takes too many steps, only the lines are told. */
Facts *syntax_facts(Syntax *self, Parser *parser, Str path, Str text, const Facts *last, bool *exact);

/* A text parsed to be asked about its shape. It has to be freed before its parser, on the same thread. */
typedef struct Shape Shape;

/* NULL when no front end reads the path, and of a text that takes too many steps (usually more than a
 * megabyte): somebody waits. */
Shape *shape_new(Parser *parser, Str path, Str text);
void shape_free(Shape *self);

/* What can be folded away, sorted. Appended to `out`. */
void shape_folds(const Shape *self, Folds *out);

/* What the place at an offset lies in, from the outside in: the first is the whole text, each other one lies
 * in the one before and is shorter. Appended to `out`. */
void shape_enclosing(const Shape *self, uint32_t offset, Ranges *out);

/* Whether a front end reads files of this name. */
bool parser_reads(Str path);

/* Whether a text's facts may hold the identifier `name`; with `defined`, a symbol of that name. Judged by
 * bytes alone, so that it costs little; false is certain where the text parses. */
bool parser_may_hold(Str path, Str text, Str name, bool defined);

/* The first suffix (".py") of the language that editors call `id` ("python"), or STR_NONE. */
Str parser_suffix(Str id);

/* Appends all suffixes that front ends read, without dots: "py,pyi". */
void parser_suffixes(StrBuf *out);

#endif
