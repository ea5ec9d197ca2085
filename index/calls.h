/* Who calls whom. */
#ifndef HEADWORD_INDEX_CALLS_H
#define HEADWORD_INDEX_CALLS_H

#include "index/index.h"

typedef struct {
    SymbolRef symbol; /* the other side: the caller, or what is called */
    Range range;      /* the name that is called, in the caller's file */
} Call;

typedef Array(Call) Calls;

/* The calls of a function, method or class that resolve to it, decorators among them; callers are functions,
 * classes (what their bodies run) and modules. By file, caller and place. Of a class's __init__ and __new__,
 * the calls of the class are theirs. Appended to `out`. */
void calls_incoming(const Index *index, SymbolRef symbol, Calls *out);

/* What the body of a function, class or module calls, where that is known, grouped by what is called, in the
 * order of first calls. What a class's own __init__ and __new__ call is its. Appended to `out`. */
void calls_outgoing(const Index *index, SymbolRef symbol, Calls *out);

/* Whether it can call and be called: a function, method, class or module. */
bool calls_has(const Index *index, SymbolRef symbol);

#endif
