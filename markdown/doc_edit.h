/* Edits that bring docstrings in line with the code: one for a definition that has none, one for a docstring
 * that the signature has left behind.
 *
 * Nothing that a person wrote is lost: texts are moved, added to and marked, never removed. After an update,
 * another one finds nothing to do. */
#ifndef HEADWORD_MARKDOWN_DOC_EDIT_H
#define HEADWORD_MARKDOWN_DOC_EDIT_H

#include "index/index.h"
#include "markdown/docmodel.h"

typedef struct {
    Range range; /* of the text, to be replaced */
    StrBuf text;
    bool snippet; /* `text` is in LSP's snippet syntax */
} DocEdit;

/* How docstrings are written. */
typedef struct {
    DocStyle style;
    bool types; /* parameters are given their types */
} DocHabit;

/* What most docstrings of the file do, else those of the repository, else Google's style without types. */
DocHabit doc_edit_habit(const Index *index, FileId file);

/* Makes a docstring for a class, function or module that has none: parameters, what it gives back and what it
 * raises; of a class, its public attributes. A snippet where `snippet` is wanted and the edit begins a line
 * (editors indent others once more). False, without an edit, where there is a docstring or no place for one.
 * The edit is released in any case.
 */
bool doc_edit_insert(const Facts *facts, uint32_t symbol, Str text, DocHabit habit, bool snippet,
                     DocEdit *out);

/* Brings the parameters that the docstring of a function, or of a class with __init__, names in line with the
 * signature: new ones are added, all are put in its order, those that are gone are marked "(removed)". Where
 * none are documented yet, `habit` is that of the new section, unless the docstring has its own style. False
 * when nothing is to be done, or where it cannot be done for sure. */
bool doc_edit_update(const Facts *facts, uint32_t symbol, Str text, DocHabit habit, DocEdit *out);

void doc_edit_release(DocEdit *self);

#endif
