/* Gathers facts while a front end walks a tree, then packs them into a Facts. */
#ifndef HEADWORD_INDEX_FACTS_BUILDER_H
#define HEADWORD_INDEX_FACTS_BUILDER_H

#include "index/facts.h"

#include "base/intern.h"

typedef struct {
    Str source;
    StrBuf pool;
    Interner names;
    Array(Symbol) symbols; /* tree symbols only, until builder_finish */
    Array(Symbol) attributes;
    Array(Param) params;
    Array(Text) texts;
    Array(Import) imports;
    Array(ImportName) import_names;
    Array(Scope) scopes;
    Array(Occurrence) occurrences;
    Array(ScopeRun) runs;
    Array(Literal) literals;
    Array(Note) notes;
    Array(Text) all;
    Array(Range) errors;
    bool has_all;
    uint32_t comment_lines;
} FactsBuilder;

/* Starts with the module's symbol and scope. `source` must outlive the builder. */
void builder_init(FactsBuilder *self, Str source);

/* Packs everything into a new Facts and releases the builder. */
Facts *builder_finish(FactsBuilder *self);

/* Copies into the pool. */
Text builder_text(FactsBuilder *self, Str s);

/* Copies a piece of source into the pool; its line ends become "\n". */
Text builder_source(FactsBuilder *self, Str s);

/* The number of the identifier at [range.start, range.end). */
uint32_t builder_name(FactsBuilder *self, Range range);

uint32_t builder_scope(FactsBuilder *self, ScopeKind kind, uint32_t parent, uint32_t symbol, Range range);

/* Adds an occurrence of the identifier at `range` and returns its number. Occurrences come in source order.
 */
uint32_t builder_occurrence(FactsBuilder *self, Range range, Role role, uint32_t flags, uint32_t scope);

/* Notes that a method of class `symbol` sets an attribute named so at `range`. */
void builder_attribute(FactsBuilder *self, uint32_t symbol, Range range);

#endif
