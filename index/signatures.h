/* What a call may be given: the parameters of functions, overloads, constructors and dataclasses. */
#ifndef HEADWORD_INDEX_SIGNATURES_H
#define HEADWORD_INDEX_SIGNATURES_H

#include "index/expression.h"

typedef struct {
    uint16_t kind; /* ParamKind */
    bool has_value;
    Str name, type, value; /* as written; borrowed from the facts */
} SignatureParam;

typedef struct {
    SymbolRef called;             /* the function or class */
    SymbolRef function;           /* whose parameters they are; a dataclass: the class itself */
    Array(SignatureParam) params; /* without what the call gives by itself: `self` of a bound method */
} Signature;

typedef Array(Signature) Signatures;

/* The signatures of what is called before a bracket, in source order of overloads; nothing when it is not
 * known. Appended to `out`; texts are borrowed from the index. */
void signatures_find(Query *query, FileId file, const Cursor *cursor, uint32_t bracket, Signatures *out);
/* Those of a class's constructor: its fields, where these make it. */
void signatures_of_class(Query *query, SymbolRef class, Signatures *out);
/* The parameters of a function, a copy. Appended to `out`. */
void signature_add_params(Signature *self, const Facts *facts, Slice params);
void signatures_release(Signatures *self);
void signature_release(Signature *self);

/* Adds those whose keywords `**kw` of a method stands for, which it passes on to one of its name:
 * `super().__init__(**kw)`. */
void signatures_add_passed(Query *query, Signatures *self);

/* The parameter that takes the argument at the cursor, or NONE: it has none left. */
uint32_t signature_param_of(const Signature *self, const Call *call);

/* Whether it can take all arguments given, as far as their number and keywords tell. */
bool signature_takes(const Signature *self, const Call *call);

#endif
