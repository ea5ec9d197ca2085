/* From a name in the text to what it names. */
#ifndef HEADWORD_INDEX_RESOLVE_H
#define HEADWORD_INDEX_RESOLVE_H

#include "index/index.h"

/* A place that a name leads to. */
typedef struct {
    FileId file;
    uint32_t symbol; /* the symbol there, or NONE for a local variable, parameter, … */
    Range name;      /* the defining identifier; {0, 0} for a module */
    bool guess;      /* the receiver is not known: a member of that name in own code */
} Target;

typedef Array(Target) Targets;

/* What the identifier at an occurrence refers to, best first; nothing when it is not known. Imports are
 * followed to the definition; a module is its file's symbol 0. What stands behind a dot is looked up in what
 * is known of the value before it. When nothing is known, members of that name in own code are returned as
 * guesses, the likeliest few (guess.c); none where builtin classes have such a member. Appended to `out`. */
void resolve_occurrence(const Index *index, FileId file, uint32_t occurrence, Targets *out);

/* A name in a string annotation is asked about in the stead of `x: "Foo"`'s Foo at what binds it: an import
 * or definition in its file, else its definition elsewhere. False when nothing known does. */
bool resolve_quoted(const Index *index, FileId file, uint32_t quoted, FileId *out, uint32_t *occurrence);

/* Likewise for a string of `__all__` at an offset of the file, whose name stands at `name`. */
bool resolve_exported(const Index *index, FileId file, uint32_t offset, Range *name, FileId *out,
                      uint32_t *occurrence);

/* The symbols that a dotted path means when written in a file's module scope, e.g. a base class "nn.Module"
 * or a cross-reference "pkg.mod.Class"; absolute module paths are tried last. Appended to `out`. */
void resolve_dotted(const Index *index, FileId file, Str dotted, Targets *out);

/* The same for an absolute path ("pkg.mod.Class.member") that stands in no file: imports in packages are
 * followed. Appended to `out`. */
void resolve_path(const Index *index, Str dotted, Targets *out);

/* What a path means among the builtins: "len", "dict.get". Appended to `out`. */
void resolve_builtin(const Index *index, Str path, Targets *out);

/* The first name of the dotted name that ends with an occurrence. */
uint32_t resolve_head(const Facts *facts, uint32_t occurrence);

/* The dotted path that an occurrence's whole name stands for, through this file's imports: "os.path.join" for
 * `join` after `from os.path import join`, and for `p.join` after `import os.path as p`; a builtin is "eval"
 * when nothing in the file binds it. False when a receiver is not known. Appended to `out`. */
bool resolve_qualified(const Index *index, FileId file, uint32_t occurrence, StrBuf *out);

/* The files that import `module`, by id, each once. Appended to `out`. */
typedef Array(FileId) FileIds;
void resolve_importers(const Index *index, FileId module, FileIds *out);

#endif
