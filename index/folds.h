/* What of a text an editor can fold away: the suites of compound statements, what stands in brackets, long
 * strings, runs of comments and imports, marked regions. */
#ifndef HEADWORD_INDEX_FOLDS_H
#define HEADWORD_INDEX_FOLDS_H

#include "index/text.h"

typedef enum { FOLD_CODE, FOLD_COMMENT, FOLD_IMPORTS, FOLD_REGION } FoldKind;

/* Its first line stays visible, so `range` may start anywhere in that line. It ends where the hidden text
 * does: what stands in brackets ends before the closing one. */
typedef struct {
    Range range;
    uint8_t kind; /* FoldKind */
} Fold;

typedef Array(Fold) Folds;

/* By place, outer folds before those inside of them. */
void folds_sort(Folds *self);

/* Of sorted folds, leaves those of the outermost levels, at most `limit`. */
void folds_limit(Folds *self, uint32_t limit);

/* The last line to hide by an editor that hides whole lines: a line that begins with the closing brackets
 * stays. May be the first line: then there is nothing to fold. */
uint32_t fold_last_line(const Fold *self, const Lines *lines, Str text);

#endif
