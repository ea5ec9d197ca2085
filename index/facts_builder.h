/* Gathers facts while a front end walks a tree, then packs them into a Facts. */
#ifndef HEADWORD_INDEX_FACTS_BUILDER_H
#define HEADWORD_INDEX_FACTS_BUILDER_H

#include "index/facts.h"

#include "base/intern.h"

typedef struct {
    Str source;
    StrBuf pool;
    Interner spellings; /* ids are indices of `names` */
#define LIST(field, type) Array(type) field;
    FACTS_LISTS(LIST) /* `names` is filled, and attributes are appended to `symbols`, by builder_finish */
#undef LIST
    Array(Symbol) attributes;
    uint32_t *numbers; /* of builder_drop_names: by id in `spellings`, or NONE; else NULL */
    uint32_t comment_lines;
    struct {
        uint32_t values, returns, raises, literals;
    } sorted; /* how much of these lists builder_sort has put in order */
} FactsBuilder;

/* Starts with the module's symbol and scope. `source` must outlive the builder. */
void builder_init(FactsBuilder *self, Str source);

/* Packs everything into a new Facts and releases the builder. */
Facts *builder_finish(FactsBuilder *self);

/* Sorts the lists that are not made in order. What comes later belongs behind what is there. */
void builder_sort(FactsBuilder *self);

/* Leaves out the names that do not occur. The last call before builder_finish. */
void builder_drop_names(FactsBuilder *self);

/* For a builder whose facts nobody wants. */
void builder_release(FactsBuilder *self);

/* Facts of a text that no front end reads: its lines and the module's symbol. */
Facts *facts_new_plain(Str text);

/* Facts of an empty text that number so many names, all empty. */
Facts *facts_new_blank(uint32_t names);

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

/* The occurrence that starts at an offset; there must be one. */
uint32_t builder_occurrence_at(const FactsBuilder *self, uint32_t start);

/* Notes that a method of class `symbol` sets an attribute named so at `range`; its annotation, value and the
 * end of its statement may be added. */
Symbol *builder_attribute(FactsBuilder *self, uint32_t symbol, Range range);

#endif
