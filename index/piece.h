/* Which part of an edited text is parsed anew: as few statements around the edit as tell by themselves that
 * nothing else changes.
 *
 * A piece is made of whole lines and of whole statements of one body. Parsed alone it gives what it would
 * give in the whole text if the statements before it are left as they are: so it begins with a statement of
 * the body's indentation, and all its statements have that. */
#ifndef HEADWORD_INDEX_PIECE_H
#define HEADWORD_INDEX_PIECE_H

#include "index/segments.h"

#include <tree_sitter/api.h>

typedef struct {
    uint32_t first, last, parent; /* see Reuse */
    Range before;                 /* its lines in the text before */
    Range now;                    /* its lines in the new text */
    Str indentation;              /* that its statements have */
    bool goes_behind;             /* it holds statements that start behind the lines of the edit */
} Piece;

/* How wide a piece is: just the statements that the edit touches, or also the one before, the one behind or
 * both, or all of the class around them. */
enum { PIECE_BEFORE = 1, PIECE_BEHIND = 2, PIECE_CLASS = 4, PIECE_WIDTHS };

/* Finds the piece of a width; false when there is none. */
bool piece_find(Piece *self, const Segments *segments, const Edit *edit, Str before, Str now, uint32_t width);

/* Whether a tree is of a text that does not parse, or did not before it was mended. */
static inline bool piece_has_errors(TSNode root) {
    return ts_node_has_error(root) || ts_node_has_changes(root);
}

/* The node in whose children the statements of a tree of a piece are, from `start` on; what is before it
 * serves to give them their indentation. Comments may follow outside of it. */
TSNode piece_body(TSNode root, uint32_t start);

/* Whether what is read lies in no body though it was read as one: a comment stands between the head and the
 * body, or an error does. */
bool piece_is_torn(TSNode root, uint32_t start);

/* Moves a new cursor to the first of these children; false when there is none. */
bool piece_goto_first(TSTreeCursor *cursor, uint32_t start);

/* Whether the tree of the piece fits in the place of what was there. */
bool piece_fits(const Piece *self, const Segments *segments, Str now, const TSTree *tree);

/* Whether the piece is read alone as in the whole text: it has no errors, its last line does not go on, … */
bool piece_is_whole(const Piece *self, const Segments *segments, Str before, Str now, const TSTree *tree);

#endif
