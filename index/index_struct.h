/* What an Index is made of; for index.c, modules.c and snapshot.c alone. */
#ifndef HEADWORD_INDEX_INDEX_STRUCT_H
#define HEADWORD_INDEX_INDEX_STRUCT_H

#include "index/index.h"

#include "base/intern.h"

typedef struct {
    Facts *facts;            /* NULL: removed; see `detached` */
    uint32_t *globals;       /* by local name: its number in Index.names */
    uint32_t revision;       /* see index_file_revision */
    bool own, library, test; /* see index_is_own, index_is_library, index_is_test */
    bool frozen;             /* just as in a snapshot */
    bool lent;               /* `globals` lies in a snapshot */
    bool detached; /* `facts` lies in a snapshot, as facts_detached gave it: but for the lists, all can be
                      read */
} File;

typedef Array(Posting) PostingList; /* by file, then by local name; may be lent */

typedef struct {
    PostingList postings;
    uint32_t symbols; /* how many bear it */
    bool own;         /* it counts, though its number is one of Lent's */
} Name;

/* What lies in the snapshot that the index was made of, and is read there until it changes. */
typedef struct {
    const char *bodies;                     /* of detached facts */
    uint32_t names;                         /* as many of the first names */
    const uint32_t *symbols, *posting_ends; /* by name */
    const Posting *postings;
} Lent;

/* A folder that modules are looked for in last. */
typedef struct {
    char *path;
    bool installed; /* what lies there is not own code, though it may lie under a root */
} Library;

struct Index {
    Interner paths; /* ids are FileIds */
    Array(File) files;
    Interner names;        /* normal forms */
    Array(Name) name_info; /* by name; see own_name */
    Array(uint64_t) masks; /* by name, see index_name_mask; apart, because every search reads them all */
    Lent lent;
    DocFilter docs;
    Array(FileId) documenting; /* see index_documenting */
    Array(char *) roots;
    Array(Library) libraries;
    uint64_t changes;              /* see index_changes */
    bool damaged;                  /* see index_is_damaged */
    const IndexListener *listener; /* or NULL */
};

/* The innermost root that holds the path, or "". */
Str index_root_of(const Index *self, Str path);

/* The file of a path, which is new or has no facts. */
FileId index_add_path(Index *self, Str path);

/* Notes whether the file has attached docstrings. */
void index_note_documenting(Index *self, FileId file);

#endif
