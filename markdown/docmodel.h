/* What a docstring says: its sections in the order in which they stand, and the items inside them.
 *
 * Sections of the Google and NumPy styles and the field lists of reST (Sphinx) and Epytext are read into one
 * form, each by its own style, so a docstring may mix them. What fits none of them is DOC_TEXT: blocks to be
 * shown as they are. Every line belongs to exactly one section, so nothing is lost. The model borrows the
 * docstring; lines are numbers into `lines`, ranges of lines are [first, end). Reading takes linear time. */
#ifndef HEADWORD_MARKDOWN_DOCMODEL_H
#define HEADWORD_MARKDOWN_DOCMODEL_H

#include "base/arena.h"
#include "markdown/doc_lines.h"
#include "markdown/doc_words.h"

typedef enum { STYLE_PLAIN, STYLE_GOOGLE, STYLE_NUMPY, STYLE_SPHINX, STYLE_EPYTEXT } DocStyle;

/* "a, b : int, optional, default 3" with the text below it. */
typedef struct {
    Str name;  /* as written, perhaps several ("a, b", "*args, **kwargs"); empty: only a type or a text */
    Str type;  /* as written, without "optional" and the default */
    Str value; /* the documented default */
    bool optional;
    Str text;            /* what stands on the item's own line */
    uint32_t line;       /* where the item begins */
    uint32_t first, end; /* the lines that go on with it */
} DocItem;

typedef struct {
    DocKind kind;
    Str title;                       /* as written; of fields, what they are called; may be empty */
    uint32_t first_item, item_count; /* in `items` */
    uint32_t first, end;             /* lines shown as blocks; empty when there are items */
} DocSection;

typedef struct {
    DocStyle style; /* the one that most of its sections have */
    DocLines lines;
    Array(DocSection) sections;
    Array(DocItem) items;
    Arena arena; /* for what is put together from several lines */
} DocModel;

void docmodel_read(DocModel *self, Str doc);
/* The same of what stands between the quotes of a docstring in the source: places in it can be told, as texts
 * that are not put together point into it. */
void docmodel_read_source(DocModel *self, Str value);
void docmodel_release(DocModel *self);

/* The line where a section's title stands, or its first field; UINT32_MAX when it has neither. */
uint32_t docmodel_title_line(const DocModel *self, const DocSection *section);

/* Cuts the next of several names ("a, *b") off `*rest`, without backslashes and backticks around it and the
 * stars before it; false when none is left. */
bool doc_next_name(Str *rest, Str *name, uint32_t *stars);

#endif
