/* The card of a symbol: what a hover shows and what a page prints under the symbol's heading.
 *
 * Signature in a fence (of a function with overloads, theirs), kind and home with a link to the line,
 * deprecation, docstring, then facts (bases, decorators, what a body raises besides what the docstring says,
 * the class of a value). A symbol without a docstring shows the one that it inherits or that stands
 * elsewhere. The same function writes both, so they are equal byte for byte except for what the Linker says.
 */
#ifndef HEADWORD_MARKDOWN_CARD_H
#define HEADWORD_MARKDOWN_CARD_H

#include "index/attached.h"
#include "index/resolve.h"
#include "markdown/link.h"
#include "markdown/writer.h"

/* Writes the card. `ref` may be any symbol, also a module (symbol 0). */
void card_write(Writer *out, const Index *index, SymbolRef ref, const Linker *links);

/* Writes only its docstring, with links, parameters and what is inherited. */
void card_write_docs(Writer *out, const Index *index, SymbolRef ref, const Linker *links);

/* The card as a string, ready for a hover answer: Markdown with file:// links, or plain text. */
void card_hover(const Index *index, SymbolRef ref, WriterFormat format, StrBuf *out);

/* What stands below a hover's card and on no page: how many references there are ("At least" so many with
 * `more`), and a link to the doc page; nothing of what is 0 or empty. */
void card_hover_uses(uint32_t count, bool more, Str page, WriterFormat format, StrBuf *out);

/* The card of what a name leads to, a parameter or local variable too: what it is, its annotation and
 * default, and what the docstring says about it. */
void card_hover_target(const Index *index, Target target, WriterFormat format, StrBuf *out);

/* The card of what only an attached docstring tells of. */
void card_hover_attached(const Index *index, DocRef ref, WriterFormat format, StrBuf *out);

/* The symbol as source, without its body and docstring: decorators are left out, a line over 88 columns is
 * wrapped one parameter a line. "class A(B)", "def f(x: int = 3) -> str", "NAME: int = 3"; nothing for a
 * module. */
void card_signature(const Facts *facts, uint32_t symbol, StrBuf *out);

/* What a symbol is, in words: "class", "async method", "property", "constant", "variable", "attribute", … */
const char *card_kind(const Facts *facts, uint32_t symbol);

/* Whether it sets or deletes a property; and the property that it belongs to: else the symbol itself. */
bool card_is_setter(const Facts *facts, uint32_t symbol);
uint32_t card_getter(const Facts *facts, uint32_t symbol);

/* Whether a decorator says that the symbol is deprecated, and what `@deprecated("Use the other one.")` (PEP
 * 702) tells of it. Appended to `why`. */
bool card_find_deprecation(const Facts *facts, uint32_t symbol, StrBuf *why);
/* Whether a decorator or its docstring says so. */
bool card_is_deprecated(const Facts *facts, uint32_t symbol);

/* The docstring of a symbol, wherever it stands. */
typedef struct {
    Str text;             /* as written: see card_doc_text */
    SymbolRef names;      /* where its names are looked up */
    DocRef attached;      /* where it is attached, or file NONE */
    SymbolRef base;       /* of what it is inherited, or file NONE */
    const char *relation; /* to where it stands, in words; NULL: its own */
} CardDoc;

/* Its own, that of an overload's or setter's namesake, an attached one, that of what a variable is another
 * name for, or such a one of a member that it overrides; false when it has none. */
bool card_find_doc(const Index *index, SymbolRef ref, CardDoc *out);

/* Its text. What is put together of several is put into `room`. */
Str card_doc_text(const Index *index, const CardDoc *doc, StrBuf *room);

/* The first sentence of the docstring as plain text on one line; empty when there is none. Appended to `out`.
 */
void card_summary(const Index *index, SymbolRef ref, StrBuf *out);

#endif
