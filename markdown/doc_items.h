/* The items of sections and field lists: one parser for each style, one form for all. */
#ifndef HEADWORD_MARKDOWN_DOC_ITEMS_H
#define HEADWORD_MARKDOWN_DOC_ITEMS_H

#include "markdown/docmodel.h"

/* Reads the lines of `section` into items of `model`; they stay blocks when they do not read as items. */
void doc_items_read(DocModel *model, DocSection *section, bool numpy);

/* Takes "optional" and "default 3" off the end of the item's type. */
void doc_item_split_type(DocItem *item);

/* Whether a list of fields begins at line `i`; reads it into sections of `model` and returns where it ends.
 */
bool doc_fields_begin(const DocLines *lines, uint32_t i, uint32_t end);
/* Where a field's text ends: behind what is indented, or, where the author did not indent it, behind what
 * goes on as a paragraph. */
uint32_t doc_field_end(const DocLines *lines, uint32_t i, uint32_t end);
uint32_t doc_fields_read(DocModel *model, uint32_t i, uint32_t end);

#endif
