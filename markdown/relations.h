/* What files of a book have to do with each other: who imports whom, who derives from what, how often names
 * occur.
 *
 * Computed once with the book, from the index alone; read-only. Files are numbers in Book.files. A book that
 * is to show one file only knows the relations of that file. */
#ifndef HEADWORD_MARKDOWN_RELATIONS_H
#define HEADWORD_MARKDOWN_RELATIONS_H

#include "base/array.h"
#include "index/index.h"

typedef struct Book Book;

typedef struct {
    uint32_t from, to; /* file `from` has an import that reaches file `to` */
} ImportEdge;
typedef Array(ImportEdge) ImportEdges;

typedef struct {
    SymbolRef base, derived;
    uint32_t order; /* of `derived` in the book; file ids differ from run to run */
} Derivation;

/* A class or function (0: the module) of a file uses a definition. */
typedef struct {
    SymbolRef target;
    uint32_t from, user; /* file and symbol */
    bool called;
} UseEdge;

typedef struct {
    ImportEdges imports;       /* by from, then to; each once */
    ImportEdges importers;     /* the same, by to, then from */
    ImportEdges tests;         /* from a test file to one whose functions or classes it calls; by to */
    Array(Derivation) derived; /* by base, then order */
    Array(UseEdge) uses;       /* by target; in each, tests behind other code, what lies in the target's file
                                  behind what does not, then by place */
} Relations;

void relations_build(Relations *self, const Book *book);
/* Only what the pages of that file show: the same as relations_build finds for it, in a fraction of the time.
 */
void relations_build_for(Relations *self, const Book *book, uint32_t file);
void relations_release(Relations *self);

/* The edges that begin (end) at a file: items[first .. first + count). */
Slice relations_imports(const Relations *self, uint32_t file);
Slice relations_importers(const Relations *self, uint32_t file);
Slice relations_tests(const Relations *self, uint32_t file);
/* The known direct subclasses of a class, in `derived`. */
Slice relations_derived(const Relations *self, SymbolRef base);

/* Sorts edges by from, then to, and leaves each once. */
void relations_sort_edges(ImportEdges *edges);

/* Who uses a class, function, method or module-level variable, in `uses`. */
Slice relations_uses(const Relations *self, SymbolRef target);

/* The file of the book that the import reaches: for `name` NONE the module itself, else the submodule that
 * the name-th imported name is, if it is one. NONE when there is none in the index. The id is the index's. */
FileId relations_import_target(const Index *index, FileId file, const Import *import, uint32_t name);

#endif
