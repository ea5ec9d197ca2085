/* Names as prose writes them: "pkg.mod.Class", "Class.member", "name". */
#ifndef HEADWORD_INDEX_MENTION_H
#define HEADWORD_INDEX_MENTION_H

#include "index/index.h"

enum { MENTION_MOST = 3 };

/* The symbols that a name in prose may mean: what the path leads to, through imports too; else those of own
 * code whose dotted names end with it, outside of tests if there are any. Nothing when they are more than
 * MENTION_MOST: a word that so much is called by means none of them. Appended to `out`. */
void mention_find(const Index *index, Str name, SymbolRefs *out);

/* The builtin of that name, or member of one: "len", "dict.get". Appended to `out`, if there is one. */
void mention_find_builtin(const Index *index, Str name, SymbolRefs *out);

#endif
