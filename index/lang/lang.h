/* A language front end: how files of one kind are recognised, decoded and read.
 *
 * One file per language fills one `Lang`; `langs` lists them. Nothing outside index/lang/ knows a language's
 * name for a syntax node. */
#ifndef HEADWORD_INDEX_LANG_LANG_H
#define HEADWORD_INDEX_LANG_LANG_H

#include "index/folds.h"
#include "index/segments.h"

#include <tree_sitter/api.h>

/* Lines of a text that are read alone. */
typedef struct {
    Range lines;
    uint32_t head;      /* the part before it whose last statement is the class in whose body this one goes
                           on; NONE: the module */
    uint32_t segment;   /* while reading: of its last statement, or NONE */
    const TSTree *tree; /* of the lines; NULL: they were read with the part before */
} Part;

typedef Array(Part) Parts;

typedef struct Lang {
    const char *name;            /* shown to people: "Python" */
    const char *const *suffixes; /* ".py", …; NULL ends the list */
    const char *const *ids;      /* LSP language identifiers: "python"; NULL ends the list */
    const TSLanguage *(*grammar)(void);
    /* Whether a text can be a name. */
    bool (*is_name)(Str text);
    /* The name of the encoding that the file declares, or STR_NONE for UTF-8. */
    Str (*declared_encoding)(Str bytes);
    /* Whether the identifier at [start, end) may name a symbol, by what stands beside it; false is certain
     * where the text parses. */
    bool (*may_define)(Str text, size_t start, size_t end);
    /* Reads the facts off a tree of `text`. Where `segments` is not NULL, its statements are noted there.
     * With `reuse`, the tree is of the statements that are read anew, and all others are taken over; NULL
     * when what it holds does not fit in. */
    Facts *(*facts)(const TSTree *tree, Str text, const Reuse *reuse, Segments *segments);
    /* Writes a text that does not parse to `out` with what it lacks, and where that stands there to `added`,
     * by place. False when nothing is lacking, as far as can be told. */
    bool (*mend)(Str text, StrBuf *out, Ranges *added);
    /* Cuts a text that does not parse into parts, by place: appends them, without trees, to `out`. */
    void (*parts)(Str text, Parts *out);
    /* Whether the last statement of a part's tree is a class whose body other parts can go on with. */
    bool (*opens)(const Part *part);
    /* Like `facts` without `reuse`, of the parts of a text, which have trees now. */
    Facts *(*facts_of_parts)(Parts *parts, Str text, Segments *segments);
    /* What can be folded away, in no order. Appended to `out`. */
    void (*folds)(const TSTree *tree, Str text, Folds *out);
    /* What the place at an offset lies in, from the outside in: the first is the whole text, each other one
     * lies in the one before and is shorter. Appended to `out`. */
    void (*enclosing)(const TSTree *tree, Str text, uint32_t offset, Ranges *out);
} Lang;

extern const Lang lang_python;

/* All front ends; NULL ends the list. */
extern const Lang *const langs[];

/* The front end for a path, by its suffix, or NULL. */
const Lang *lang_of_path(Str path);

/* The front end for an LSP language identifier, or NULL. */
const Lang *lang_of_id(Str id);

#endif
