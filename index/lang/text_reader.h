/* What the readers of text files share: lines one by one, and what is found put into facts.
 *
 * Each reader is a file of index/lang/ with one function `read_x`, named by a row of kinds.def. */
#ifndef HEADWORD_INDEX_LANG_TEXT_READER_H
#define HEADWORD_INDEX_LANG_TEXT_READER_H

#include "index/facts_builder.h"
#include "index/texts.h"

typedef struct {
    FactsBuilder builder;
    Str path, text;
    Str line;      /* the present one, without its end; "" before the first */
    uint32_t next; /* offset of the next line */
    Interner keys; /* paths of keys, each told of once */
} TextReader;

typedef void ReadText(TextReader *reader);
ReadText read_markdown, read_rest, read_toml, read_yaml, read_json, read_ini, read_cmake, read_docker,
    read_make, read_shell;

/* Goes on to the next line; false behind the last one. */
bool reader_next(TextReader *self);

/* The offset of a piece of the text. */
static inline uint32_t reader_offset(const TextReader *self, Str piece) {
    return (uint32_t)(piece.data - self->text.data);
}

/* Adds a symbol; `place` is a piece of the text, where it is shown. NULL when there are too many, or the name
 * is empty or too long to be one; else valid until the next symbol is added. */
Symbol *reader_symbol(TextReader *self, TextSymbolKind kind, Str name, Str place);

/* Adds a key by its path, once. */
void reader_key(TextReader *self, Str path, Str value, Str place);

/* The value of a symbol, when it is short enough. */
void reader_value(TextReader *self, Symbol *symbol, Str value);

void reader_mention(TextReader *self, MentionKind kind, Str text);

/* What the document says of itself, in its own words: only the first call counts. */
void reader_describe(TextReader *self, Str text);

/* Whether a text reads like an identifier, or several with dots between them. */
bool reader_is_dotted_name(Str text);

/* Comments that begin with `mark`, in front of what they are about. Feed it all lines; `text` is that of the
 * lines right above the present one. */
typedef struct {
    StrBuf text;
    bool begun; /* some line was no comment */
} Comments;
void comments_init(Comments *self);
void comments_release(Comments *self);
/* Takes the present line in; false when it is no comment. The first comment of a file describes it. */
bool comments_take(Comments *self, TextReader *reader, const char *mark);
/* Makes them the docstring of a symbol, if it is not NULL. */
void comments_describe(Comments *self, TextReader *reader, Symbol *symbol);

#endif
