/* Facts of a changed text from the facts of the text before it.
 *
 * A front end notes where each statement of a module, and of the bodies of classes in it, begins in every
 * list of the facts (a Segment). What a statement contributed stands together in each list. So when a few
 * neighbouring statements are read anew, what the others contributed is copied, with its numbers and offsets
 * shifted; the result equals facts made from scratch, but for the order of `names` and of the pool. */
#ifndef HEADWORD_INDEX_SEGMENTS_H
#define HEADWORD_INDEX_SEGMENTS_H

#include "index/facts_builder.h"

/* How long each list of a builder was at some moment. */
typedef struct {
#define LIST(field, type) uint32_t field;
    FACTS_LISTS(LIST)
#undef LIST
    uint32_t attributes, pool, comment_lines;
} Lengths;

/* A statement or comment. */
typedef struct {
    Range range;
    uint32_t parent; /* the class in whose body it stands, a segment before it; NONE: in the module */
    uint32_t after;  /* one past the last segment in it */
    uint32_t scope;  /* of a class that holds segments: that of its body; else NONE */
    bool comment;
    Lengths before;
} Segment;

typedef struct {
    Array(Segment) items; /* by place */
    Lengths end;
    Array(Symbol)
        attributes; /* all places where methods set attributes; of each class facts keep the first */
    uint32_t open;  /* while reading: the class whose body is read, or NONE */
} Segments;

/* The place to start with: no segments. */
#define SEGMENTS_NONE ((Segments){.open = NONE})

void segments_release(Segments *self);

/* Notes that a statement or comment starts here. */
void segments_note(Segments *self, const FactsBuilder *builder, Range range, bool comment);
/* Notes that the last statement is a class whose body, with that scope, starts or ends here. */
void segments_enter(Segments *self, uint32_t scope);
void segments_leave(Segments *self);
/* Notes that more statements of the body of a class, a segment that was left, follow, or, for NONE, of the
 * module's. Comments that were noted behind the class are in its body, too. */
void segments_reopen(Segments *self, uint32_t class);
/* Leaves all bodies; those that were open, and their classes, end where the last statement does (see
 * reuse_end). */
void segments_leave_all(Segments *self, FactsBuilder *builder, Range end);
/* Notes that the last statement is over; before builder_finish. */
void segments_end(Segments *self, const FactsBuilder *builder);

/* Whether the segments [first, end) are nothing but comments. */
bool segments_are_comments(const Segments *self, uint32_t first, uint32_t end);

/* Whether a segment, or the place before it, is the first in the body of `parent` (NONE: of the module),
 * comments aside. */
bool segments_begin(const Segments *self, uint32_t parent, uint32_t segment);

/* How many segments lie around one. */
uint32_t segments_depth(const Segments *self, uint32_t segment);

/* What stands before an offset in its line. */
Str segments_indentation(Str text, uint32_t start);

/* The new text has [start, new_end) in the place of [start, old_end). */
typedef struct {
    uint32_t start, old_end, new_end;
} Edit;

/* Where an offset is after the edit; in the edit's place: where that starts. */
uint32_t edit_offset(const Edit *self, uint32_t offset);

/* What is read anew: the segments [first, last) of the text before. They are all of `parent`, or they are its
 * head, whose number is `first`, and the first statements of its body. */
typedef struct {
    const Facts *facts;       /* of the text before */
    const Segments *segments; /* of the text before */
    Edit edit;
    uint32_t first, last;
    uint32_t parent; /* the class around them, or NONE */
    uint32_t start;  /* in the new text: where what is read anew starts */
} Reuse;

/* The symbol and the scope in which the segments stand. */
uint32_t reuse_symbol(const Reuse *self);
uint32_t reuse_scope(const Reuse *self);

/* Whether the segments are the first ones of the body that they stand in, among which its docstring is. */
bool reuse_is_first(const Reuse *self);

/* Copies what stands before the segments into an empty builder and empty segments. */
void reuse_begin(const Reuse *self, FactsBuilder *builder, Segments *segments);

/* Copies what stands behind them. `end` is where the statements read end, comments included and not: where
 * the classes around end too when nothing follows in them. False when what was read does not fit in: then the
 * builder is of no use. */
bool reuse_end(const Reuse *self, FactsBuilder *builder, Segments *segments, Range end);

/* The facts of the text before, as far as that goes for the new text: what stood in the edit's place is where
 * it starts, what follows is shifted. The segments, and their places in the facts, are changed alike. */
Facts *segments_move(Segments *self, const Facts *facts, const Edit *edit, Str text);

#endif
