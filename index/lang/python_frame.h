/* What the walk over a Python tree knows of each node on the way down. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_FRAME_H
#define HEADWORD_INDEX_LANG_PYTHON_FRAME_H

#include "index/lang/python_syntax.h"

/* How a plain identifier in a node is used. */
typedef enum {
    USE_READ,
    USE_STORE,
    USE_DELETE,
    USE_PARAM,
    USE_DEFINITION,
    USE_TYPE_PARAM,
    USE_IMPORT,
    USE_IMPORT_PATH,
    USE_KEYWORD,
    USE_ATTRIBUTE, /* the name behind a dot */
    USE_GLOBAL,
    USE_NONLOCAL,
} Use;

typedef struct {
    TSNode node;
    uint8_t kind;      /* Kind */
    uint8_t field;     /* Field, in its parent */
    uint8_t use;       /* Use */
    uint8_t via;       /* SymbolVia, for USE_STORE */
    uint8_t flags;     /* OCCURRENCE_… that names in it get */
    uint8_t step;      /* a subscript: the Step it takes */
    bool makes_symbol; /* USE_STORE by a statement: a variable, in module and class bodies */
    bool conditional;  /* inside a compound statement's block, in the innermost definition */
    uint8_t first;     /* Kind of its first named child, once that was seen */
    bool seen;         /* a comprehension: its first `for`; a dotted name: its first part; return: a value */
    uint32_t scope;    /* where names in it are looked up */
    uint32_t inner;    /* where its parameters and body belong, for what opens a scope */
    uint32_t symbol;   /* the innermost definition around it */
    uint32_t own_symbol;  /* the symbol that ends with it, or NONE */
    uint32_t named_count; /* named children seen */
    uint32_t suite;       /* the innermost Suite around it, or NONE */
    uint32_t values;      /* how many values were known when it began */
    uint32_t split;       /* the same when its targets ended */
    uint32_t occurrences; /* how many occurrences were known when it began */
} Frame;

typedef Array(Frame) Frames;

#endif
