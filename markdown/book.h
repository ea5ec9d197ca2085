/* A book: which doc pages a root has, how they are called, and how they link to each other.
 *
 * Built once from an index that does not change while the book lives; read-only from then on, so any number
 * of threads may render from it. Pages are named by paths relative to the out folder, "/"-separated. */
#ifndef HEADWORD_MARKDOWN_BOOK_H
#define HEADWORD_MARKDOWN_BOOK_H

#include "index/index.h"
#include "markdown/coverage.h"
#include "markdown/link.h"
#include "markdown/relations.h"

typedef enum { PAGE_SOURCE_FULL, PAGE_SOURCE_EXCERPT, PAGE_SOURCE_LINK } PageSource;

typedef enum { PAGE_DOCS, PAGE_KW } PageKind;

/* Symbols of a file from this number on have no anchor: a page could not hold them all. */
enum { BOOK_ANCHORED = 2000 };

typedef struct {
    Str root; /* absolute, normalised: what the pages describe */
    Str out;  /* folder of the pages: normalised, relative to root; absolute when it lies outside of root, and
                 then sources are linked only through source_url */
    Str project; /* shown on the pages; empty: the name of the root folder */
    PageSource source;
    const struct Interner *paths; /* of all files of the root outside of `out`, absolute; borrowed.
                                     NULL: not known */
    Str readme_path, readme;      /* the root's README, relative to it, and its text; empty: there is none */
    const struct TestRunner *runner; /* static; NULL: no file configures one */
    Str source_url; /* what links to sources start with, without the last "/"; empty: relative links */
} PageConfig;

/* "full", "excerpt", "link" -> PageSource; false for anything else. */
bool page_source_parse(Str name, PageSource *out);

typedef struct {
    FileId file;
    uint32_t folder;
    Str path;   /* relative to the root */
    Str page;   /* the pages' path without "_docs.md": `path`, with a suffix when another differs only by case
                 */
    Str stem;   /* its name without suffix */
    Str module; /* what index_module_name gives */
    bool is_test; /* named as test runners expect it: test_….py, …_test.py, conftest.py */
    bool is_text; /* no source: its symbols are of the TextSymbolKinds */
} BookFile;

typedef struct {
    Str path;                      /* relative to the root; "" for the root itself */
    uint32_t parent;               /* NONE for the root, which is folder 0 */
    uint32_t first_file, file_end; /* in files: its own, not those of folders below */
    uint32_t tree_end;             /* in folders: its descendants are (self, tree_end) */
    uint32_t subtree_file_end;     /* in files: its own and those below are [first_file, subtree_file_end) */
    uint32_t first_text, text_end; /* the same of the texts */
    uint32_t subtree_text_end;
    uint32_t clash; /* not 0: its pages bear that number, for another path differs only by case */
} BookFolder;

struct Book {
    const Index *index;
    PageConfig config; /* its strings are copies */
    Str project;
    Arena arena;
    Array(BookFile) files;     /* first the sources, then the texts; folder by folder, in each by path */
    uint32_t sources;          /* in files: how many are sources */
    Array(uint32_t) tests;     /* in files: those that are tests */
    Array(BookFolder) folders; /* parents first, by path */
    uint32_t *of_file;         /* FileId -> number in files, or NONE */
    Relations relations;
};

/* The pages of all own files under config.root that lie outside of config.out. The index is borrowed. */
Book *book_new(const Index *index, const PageConfig *config);
/* The same for showing that one file: the pages of others must not be rendered from it. */
Book *book_new_for(const Index *index, const PageConfig *config, FileId file);
void book_free(Book *self);

/* The order of folders by their paths: what lies in a folder comes right behind it. */
int book_compare_folders(Str a, Str b);

/* The number of a file in `files`, or NONE when it has no pages. */
uint32_t book_find(const Book *self, FileId file);

/* The facts of a file of the book. */
const Facts *book_facts(const Book *self, uint32_t file);
/* How many of a file's definitions have a docstring. */
Coverage book_coverage(const Book *self, uint32_t file);

/* The path of a file's page relative to the out folder: "pkg/mod.py_docs.md". Appended to `out`. */
void book_page_path(const Book *self, uint32_t file, PageKind kind, StrBuf *out);

/* The same of a folder's page, called `name` ("index.md") unless paths clash. */
void book_folder_page(const Book *self, uint32_t folder, Str name, StrBuf *out);

/* index_dotted_name, faster for files of the book. */
void book_dotted_name(const Book *self, SymbolRef ref, StrBuf *out);

/* The fragment that stands for a symbol on its file's docs page: "pkg.mod.Class.meth", with "-2" behind it
 * for the second definition of that name, … Appended to `out`. False when the symbol has no anchor. */
bool book_anchor(const Book *self, SymbolRef ref, StrBuf *out);

/* Where a page lies: in `folder` (relative to the out folder); `docs_of` is the file whose docs page it is,
 * or NONE. */
typedef struct {
    const Book *book;
    Str folder;
    FileId docs_of;
} BookPlace;
/* Links for a page at that place, which must outlive them. */
Linker book_linker(const BookPlace *place);

/* The same for a file of the root that has no page, by its path below the root. False: it is not linked. */
bool book_link_source(const BookPlace *place, Str path, StrBuf *url);

/* Appends the percent-encoded way from a page in `folder` to the page `path` (both relative to the out
 * folder). */
void book_link_page(Str folder, Str path, StrBuf *url);

#endif
