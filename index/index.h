/* The live index: path -> Facts, and what follows from all of them.
 *
 * The owner thread alone changes it; while nobody does, any number of threads may read it. Updating a path
 * replaces exactly what that file contributed: after any sequence of updates the index equals one built from
 * scratch. Paths are absolute, normalised, "/"-separated. What is returned as `const` is borrowed until the
 * next update. */
#ifndef HEADWORD_INDEX_INDEX_H
#define HEADWORD_INDEX_INDEX_H

#include "index/facts.h"
#include "index/doc_filter.h"

#include "base/array.h"

typedef struct Index Index;
typedef uint32_t FileId; /* counts up from 0; a removed path keeps its id, should it come back */

/* One symbol of one file. */
typedef struct {
    FileId file;
    uint32_t symbol;
} SymbolRef;

typedef Array(SymbolRef) SymbolRefs;

/* A file that a name occurs in, the name's number in that file's `names`, and the first SymbolKind among the
 * symbols there that bear it; 0 when none does (a module's symbol bears no name). */
typedef struct {
    FileId file;
    uint32_t name : 28;
    uint32_t kind : 4;
} Posting;

Index *index_new(void);
void index_free(Index *self);

/* Declares a folder whose files are the user's own code; files outside all roots count as libraries. */
void index_add_root(Index *self, Str path);
void index_remove_root(Index *self, Str path);

/* Declares a folder of libraries: modules that are not found elsewhere are looked for in it, after those that
 * were declared before. `installed`: what lies in it is not own code, even where it lies under a root. */
void index_add_library(Index *self, Str path, bool installed);
/* Takes all these declarations back. */
void index_forget_libraries(Index *self);
/* Whether the file lies in such a folder and is not own code. */
bool index_is_library(const Index *self, FileId file);

uint32_t index_root_count(const Index *self);
Str index_root(const Index *self, uint32_t root);

/* Makes `facts` (taken over) the contribution of `path`; NULL removes the path. Returns the file's id, or
 * NONE when a path was to be removed that is not there. */
FileId index_update(Index *self, Str path, Facts *facts);

/* Number of file ids given out; ids of removed files have no facts. */
uint32_t index_file_end(const Index *self);
/* How often the file was updated. */
uint32_t index_file_revision(const Index *self, FileId file);
/* NULL when the file was removed. The first look at facts that lie in a snapshot checks them. */
const Facts *index_facts(const Index *self, FileId file);
/* Which state of its file they were read from, without a look at them; NULL when the file was removed. */
const FileStamp *index_stamp(const Index *self, FileId file);
/* Notes that the facts hold for another state of the file too. */
void index_restamp(Index *self, FileId file, FileStamp stamp);

/* Whether it is just as in a snapshot. */
bool index_is_frozen(const Index *self, FileId file);

/* How often anything was updated. */
uint64_t index_changes(const Index *self);

/* Whether facts in a snapshot turned out not to be what was written: they say nothing then, and the index has
 * to be built anew. */
bool index_is_damaged(const Index *self);
/* Checks all facts now, so that threads may share the index; false when it is damaged. */
bool index_check(Index *self);
Str index_path(const Index *self, FileId file);
/* The file's id if it is there and has facts, else NONE. */
FileId index_find_file(const Index *self, Str path);

/* The path relative to the innermost root that holds it; the path itself when none does. */
Str index_relative_path(const Index *self, FileId file);
/* Whether the file lies under a root, and not in a folder inside of it that packages are installed into. */
bool index_is_own(const Index *self, FileId file);
/* Whether it looks like a test: in a folder test or tests, or named test_*. */
bool index_is_test(const Index *self, FileId file);

typedef struct {
    uint32_t files, symbols, occurrences;
    uint64_t lines, source_bytes, held_bytes;
} IndexStats;

IndexStats index_stats(const Index *self);

/* The files in which an identifier occurs, by file id; equal under Unicode NFKC, as Python compares names. */
typedef struct {
    const Posting *items;
    uint32_t count;
} Postings;
Postings index_postings(const Index *self, Str name);

/* The index-wide number of a file's name: names equal under NFKC share it. Numbers are below index_name_end.
 */
uint32_t index_name_id(const Index *self, FileId file, uint32_t local);
uint32_t index_name_end(const Index *self);
/* The number of a name; NONE when no file ever had it. */
uint32_t index_find_name(const Index *self, Str name);
Str index_name(const Index *self, uint32_t name_id);
/* How many symbols bear the name. */
uint32_t index_name_symbols(const Index *self, uint32_t name_id);
Postings index_name_postings(const Index *self, uint32_t name_id);

/* Whom questions tell what they look for, while files are still to be read: a path that has no facts; a name
 * of which every occurrence, or with `defined` every symbol, counts; what index_find_module did not find. */
typedef struct {
    void *context;
    void (*path)(void *context, Str path);
    void (*name)(void *context, Str name, bool defined);
    void (*module)(void *context, FileId from, Str name, uint32_t level);
} IndexListener;

/* `listener` is borrowed; NULL: nobody listens any more. Until then only this thread may read the index. */
void index_listen(Index *self, const IndexListener *listener);
/* Says that a question is about a name everywhere. */
void index_tell_name(const Index *self, Str name, bool defined);

/* Calls back for every symbol of that exact name, by file id and place. */
typedef void SymbolVisitor(void *context, SymbolRef ref);
void index_each_symbol_named(const Index *self, Str name, SymbolVisitor *visit, void *context);
void index_each_symbol_of_name(const Index *self, uint32_t name_id, SymbolVisitor *visit, void *context);

/* The symbols that a posting's name is borne by in its file, in `by_name` of the facts. */
Slice index_posting_symbols(const Index *self, Posting posting);

/* The letters and the starts of a name, folded (see index/name.h), and whether any symbol bears it. */
#define MASK_DEFINED ((uint64_t)1 << 63)
uint64_t index_name_mask(const Index *self, uint32_t name_id);

/* Which files have which words in their docstrings. */
const DocFilter *index_doc_filter(const Index *self);

/* The files that give docstrings to what is defined elsewhere (AttachedDoc), by id. */
typedef struct {
    const FileId *items;
    uint32_t count;
} FileList;
FileList index_documenting(const Index *self);

/* The dotted name that Python would import the file by: along the folders that hold an __init__.py, else
 * relative to its root ("src/" left out). A package's is its folder's. Appended to `out`. */
void index_module_name(const Index *self, FileId file, StrBuf *out);

/* "pkg.mod.Class.method": the module's name and the symbol's path inside it. Appended to `out`. */
void index_dotted_name(const Index *self, SymbolRef ref, StrBuf *out);

/* The file that `import name` means in file `from` (level > 0: relative, as after `from`), or NONE. `name` is
 * dotted and may be empty when level > 0. Stubs (.pyi) come after sources of the same name. */
FileId index_find_module(const Index *self, FileId from, Str name, uint32_t level);

/* The folder that `level` leading dots (at least one) of an import in a file mean. Borrowed from its path. */
Str index_relative_folder(const Index *self, FileId from, uint32_t level);

/* Is told the name of a module, without that of the package around it. */
typedef void ModuleVisitor(void *context, Str name);

/* Calls back for the folders that `import` in a file looks in, first to last, until one says true: beside the
 * outermost package of the file, the roots, the folders above that package, the libraries. */
typedef bool FolderVisitor(void *context, Str folder);
void index_each_import_folder(const Index *self, FileId from, FolderVisitor *visit, void *context);

#endif
