/* Writes the parts of a docstring that follow from the code: what both inserting and updating one need. */
#ifndef HEADWORD_MARKDOWN_DOC_PEN_H
#define HEADWORD_MARKDOWN_DOC_PEN_H

#include "index/doc_place.h"
#include "markdown/docmodel.h"

/* How a file is laid out; texts are borrowed from it or constant. */
typedef struct {
    Str line_end, unit; /* of one level of indentation */
    Str quotes;         /* of docstrings */
    bool below;         /* their text begins on the line below the quotes */
} DocLayout;

void doc_layout_read(DocLayout *self, const Facts *facts, Str text);

/* The blanks that the line of an offset begins with. */
Str doc_layout_indent(Str text, uint32_t at);

/* Where field lists keep types. */
typedef enum { TYPES_NONE, TYPES_INSIDE, TYPES_APART } DocTypes; /* ":param int x:"; ":type x: int" */

typedef struct {
    StrBuf *out;
    const Facts *facts;
    DocLayout layout;
    Str indent;     /* of the docstring */
    uint32_t depth; /* by how many units the items of sections stand further in */
    DocStyle style;
    DocTypes types;
    Str keyword;  /* of fields: "param" */
    bool snippet; /* written as LSP's snippet syntax */
    uint32_t stops;
} DocPen;

/* Text as it is (in snippets: escaped); what a person has to write instead; a line end with indentation by
 * `depth` more. */
void doc_pen_text(DocPen *self, Str text);
void doc_pen_to_do(DocPen *self);
void doc_pen_line(DocPen *self, uint32_t depth);

/* The items begin on a new line. */
void doc_pen_param(DocPen *self, const Param *param);
/* What a class and its methods bind: public names, each once. */
void doc_pen_attributes(DocPen *self, uint32_t class);
void doc_pen_params(DocPen *self, uint32_t function);
void doc_pen_returns(DocPen *self, uint32_t function);
void doc_pen_raises(DocPen *self, uint32_t function, Str text);

#endif
