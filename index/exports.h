/* What `__all__` takes in, for many questions about one file: each answer is facts_exports's, but found at
 * once. */
#ifndef HEADWORD_INDEX_EXPORTS_H
#define HEADWORD_INDEX_EXPORTS_H

#include "base/intern.h"
#include "index/facts.h"

typedef struct {
    Interner names;
    Array(bool) kept; /* by name: false when it was removed */
    bool open;        /* names that are not listed may be exported */
} ExportSet;

/* Keeps nothing of the facts. */
void exports_init(ExportSet *self, const Facts *facts);
void exports_release(ExportSet *self);
bool exports_has(const ExportSet *self, Str name);

#endif
