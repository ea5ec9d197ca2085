/* The value of an expression that has no tree yet: names, attributes, calls and subscripts up to a token. */
#ifndef HEADWORD_INDEX_EXPRESSION_H
#define HEADWORD_INDEX_EXPRESSION_H

#include "index/cursor.h"
#include "index/query.h"

/* What the expression that ends before token `end` of a cursor's statement may be; nothing when that is not
 * known. Appended to `out`. */
void expression_types(Query *self, FileId file, const Cursor *cursor, uint32_t end, Types *out);

/* What members of the type are, as values. Appended to `out`. */
void expression_member_types(Query *self, Type type, Str name, Types *out);

/* Whether nothing can be said of the expression because it begins with a name that an import brings from a
 * module that is not there. */
bool expression_is_foreign(Query *self, FileId file, const Cursor *cursor, uint32_t end);

#endif
