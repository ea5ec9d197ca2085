/* What each identifier of a file is, for editors that colour names by their meaning.
 *
 * Told by what a name is bound to in the file; imports are followed to the definition, attributes of modules,
 * classes, `self` and `cls` are looked up there. Types are not inferred, so that a whole file costs little:
 * an attribute of anything else is a method when it is called, else a property. */
#ifndef HEADWORD_INDEX_SEMANTICS_H
#define HEADWORD_INDEX_SEMANTICS_H

#include "index/index.h"

/* Those of LSP "SemanticTokenTypes" that identifiers have. */
typedef enum {
    SEMANTIC_NAMESPACE,
    SEMANTIC_CLASS,
    SEMANTIC_TYPE, /* `type X = …` */
    SEMANTIC_ENUM,
    SEMANTIC_TYPE_PARAMETER,
    SEMANTIC_FUNCTION,
    SEMANTIC_METHOD,
    SEMANTIC_DECORATOR,
    SEMANTIC_VARIABLE,
    SEMANTIC_PROPERTY,
    SEMANTIC_ENUM_MEMBER,
    SEMANTIC_PARAMETER,
    SEMANTIC_NONE, /* not known: it is no token */
} SemanticType;

/* Those of LSP "SemanticTokenModifiers" that we tell, as bits. */
enum {
    SEMANTIC_DECLARATION = 1, /* the place that binds the name, for a variable the first */
    SEMANTIC_DEFINITION = 2,  /* the name in `def` or `class` */
    SEMANTIC_READONLY = 4,    /* CAPITALS, or annotated with Final */
    SEMANTIC_STATIC = 8,      /* a static or class method */
    SEMANTIC_DEPRECATED = 16,
    SEMANTIC_ABSTRACT = 32,
    SEMANTIC_ASYNC = 64,
    SEMANTIC_MODIFICATION = 128,
    SEMANTIC_DEFAULT_LIBRARY = 256, /* defined in the standard library */
};

typedef struct {
    Range range;
    uint16_t type; /* SemanticType */
    uint16_t modifiers;
} SemanticToken;

typedef Array(SemanticToken) SemanticTokens;

/* The identifiers in a range, by place. Appended to `out`. */
void semantics_read(const Index *index, FileId file, Range range, SemanticTokens *out);

#endif
