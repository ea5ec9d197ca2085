/* Reading TOML with tree-sitter-toml: a flat list of keys and values.
 *
 * Source: TOML v1.0.0, toml.io. */
#ifndef HEADWORD_INDEX_LANG_TOML_H
#define HEADWORD_INDEX_LANG_TOML_H

#include "base/str.h"

typedef enum { TOML_STRING, TOML_INTEGER, TOML_BOOLEAN, TOML_OTHER } TomlKind;

typedef struct {
    TomlKind kind;  /* TOML_OTHER: floats, dates, arrays */
    Str source;     /* as written: a piece of the text */
    Str text;       /* a string's value */
    int64_t number; /* an integer's */
    bool flag;
} TomlValue;

typedef struct {
    void *context;
    /* Each value in the order of the text: its full dotted key ("tool.headword.pages.out") and 0-based line.
     * Inline tables are opened up. What is passed is valid during the call. */
    void (*value)(void *context, Str key, const TomlValue *value, uint32_t line);
    /* A region that is not TOML. */
    void (*error)(void *context, uint32_t line);
} TomlReader;

void toml_read(Str text, TomlReader reader);

#endif
