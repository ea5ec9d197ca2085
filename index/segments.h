/* Facts of a changed text from the facts of the text before it.
 *
 * A front end notes where each top-level statement begins in every list of the facts (a Segment). What a
 * statement contributed stands together in each list, so when its text and syntax are still the same it is
 * copied, with its numbers and offsets shifted, instead of being read off the tree again. The result equals
 * facts made from scratch, but for the order of `names` and of the pool. */
#ifndef HEADWORD_INDEX_SEGMENTS_H
#define HEADWORD_INDEX_SEGMENTS_H

#include "index/facts_builder.h"

/* How long each list of a builder was at some moment. */
typedef struct {
#define LIST(field, type) uint32_t field;
    FACTS_LISTS(LIST)
#undef LIST
    uint32_t pool, comment_lines;
} Lengths;

typedef struct {
    Range range;
    uint16_t kind; /* the front end's number for the statement's syntax node */
    Lengths before;
} Segment;

typedef struct {
    Array(Segment) items; /* by place */
    Lengths end;
} Segments;

void segments_release(Segments *self);

/* Notes that a statement starts here. */
void segments_note(Segments *self, const FactsBuilder *builder, Range range, uint16_t kind);
/* Notes that the last statement is over. */
void segments_end(Segments *self, const FactsBuilder *builder);

/* The difference between a text whose facts and segments are known and the text to be read now. */
typedef struct {
    const Facts *facts;       /* of the text before */
    const Segments *segments; /* of the text before */
    Range changed;            /* in the text before: outside of it, text and syntax are the same */
    uint32_t shift;           /* added (modulo 2^32) to offsets behind `changed` */
} Reuse;

/* The segment of the text before that the statement at `range` of the new text is, unchanged; else NONE. */
uint32_t reuse_find(const Reuse *self, Range range, uint16_t kind);

/* Prepares an empty builder for copying: names keep their numbers. */
void reuse_begin(const Reuse *self, FactsBuilder *builder);

/* Copies what the segments [first, last) contributed, and notes them in `segments`. They lie all before or
 * all behind the change. */
void reuse_copy(const Reuse *self, uint32_t first, uint32_t last, FactsBuilder *builder, Segments *segments);

#endif
