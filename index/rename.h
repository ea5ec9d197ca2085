/* What has to change so that something gets another name.
 *
 * A rename that could change what a program does is refused, with a reason for people. Of a method or
 * attribute, all that override each other are renamed together. */
#ifndef HEADWORD_INDEX_RENAME_H
#define HEADWORD_INDEX_RENAME_H

#include "index/references.h"

typedef struct {
    References sure;   /* every place to change, by path and place */
    References unsure; /* places that may mean it too: what they belong to is not known */
    FileId module;     /* whose file or folder gets the name too; NONE: none has to */
    StrBuf why;        /* refused */
} Rename;

/* Finds out how to give what the name at an occurrence means the name `to`; without one (len 0), whether that
 * can be done at all. False when it cannot; release `out` in any case. */
bool rename_find(const Index *index, FileId file, uint32_t occurrence, Str to, Rename *out);
void rename_release(Rename *self);

/* The file or folder that has to move when a module gets the name `to`, by number from 0 on: a package's
 * folder, or its source and the stub beside it. False when there are no more. Appended to `from` and `into`.
 */
bool rename_move(const Index *index, FileId module, Str to, uint32_t number, StrBuf *from, StrBuf *into);

#endif
