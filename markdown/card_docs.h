/* What cards share: the docstring with all that the index adds to it (links, the signature, what is
 * inherited), and links to symbols and places. */
#ifndef HEADWORD_MARKDOWN_CARD_DOCS_H
#define HEADWORD_MARKDOWN_CARD_DOCS_H

#include "index/signatures.h"
#include "markdown/card.h"
#include "markdown/markup.h"

/* Finds what names in the docstring of `ref` mean: members of the class around it, then names of its module,
 * then dotted paths. It looks up a bounded number of names. */
typedef struct {
    const Index *index;
    SymbolRef ref;
    const Linker *links;
    uint32_t lookups;   /* left */
    SymbolRef function; /* its parameters are not looked up; symbol NONE when there is none */
    Str signature;      /* neither are words of the signature that a docstring begins with */
} DocNames;

void doc_names_init(DocNames *self, const Index *index, SymbolRef ref, const Linker *links);
NameFinder doc_names_finder(DocNames *self);

/* The card of what has no definition in source, but an attached docstring: "torch.sum". */
void card_write_attached(Writer *out, const Index *index, DocRef ref, const Linker *links);

/* Appends the signature that the attached docstring of a variable begins with; false when there is none. */
bool card_append_documented(const Index *index, SymbolRef ref, StrBuf *out);

/* Appends "name(parameters)"; wrapped as card_signature does it. */
void card_append_call(Str name, const Signature *signature, StrBuf *out);

/* The dotted name of a symbol, linked. */
void card_write_symbol(Writer *out, const Index *index, SymbolRef ref, const Linker *links);
/* "pkg/mod.py:12", linked; lines are 1-based, `first` 0 means the file as a whole. */
void card_write_place(Writer *out, const Index *index, FileId file, uint32_t first, uint32_t last,
                      const Linker *links);

/* What the docstring of a function or class says about a parameter or attribute; false when it does not
 * mention it. */
bool card_write_param(Writer *out, const Index *index, SymbolRef owner, Str name, const Linker *links);

/* "Type: `pkg.Class`": the classes of the value that is bound at an occurrence, linked, where they are known
 * and no literal's. */
void card_write_types(Writer *out, const Index *index, FileId file, uint32_t occurrence, const Linker *links);

/* The symbol whose parameters a symbol takes: itself, a class's __init__, or NONE. */
uint32_t card_signature_of(const Facts *facts, uint32_t symbol);

/* The overloads that a function belongs to: symbols from *first on, the function's own place in *number
 * (1-based); returns how many there are, 0 when it has none. Number 0 stands for all of them: an
 * implementation and, in stubs, which have none, the last. */
uint32_t card_overloads(const Facts *facts, uint32_t symbol, uint32_t *first, uint32_t *number);
/* Whether it stands for all overloads without being their implementation. */
bool card_is_last_overload(const Facts *facts, uint32_t symbol);
/* The next function of the same name directly behind `symbol`, or NONE. */
uint32_t card_next_namesake(const Facts *facts, uint32_t symbol);

#endif
