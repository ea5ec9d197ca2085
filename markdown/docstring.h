/* Docstrings -> blocks: the sections of the model (markdown/docmodel.h) with what the source knows about
 * them. No word is lost. */
#ifndef HEADWORD_MARKDOWN_DOCSTRING_H
#define HEADWORD_MARKDOWN_DOCSTRING_H

#include "index/facts.h"
#include "markdown/docmodel.h"
#include "markdown/markup.h"

/* What a docstring is about. */
typedef struct {
    const NameFinder *names; /* may be NULL */
    const Facts *facts;
    uint32_t function;       /* the symbol whose parameters it documents, or NONE when that is not known */
    const Facts *typed;      /* where its parameters have annotations besides: its stub; or NULL */
    uint32_t typed_function; /* or NONE */
} DocSubject;

/* Writes a cleaned docstring (inspect.cleandoc) as blocks. */
void docstring_write_for(Writer *out, Str doc, const DocSubject *subject);
static inline void docstring_write(Writer *out, Str doc) {
    docstring_write_for(out, doc, &(DocSubject){.function = NONE, .typed_function = NONE});
}

/* Writes what a docstring says about one of its parameters, in an open paragraph; false when it does not
 * mention it. */
bool docstring_write_param(Writer *out, Str doc, Str name, const NameFinder *names);

/* The item of a parameter or attribute called so, or NULL. */
const DocItem *docstring_find_item(const DocModel *model, Str name);

/* Cuts the lines off `*doc` that it begins with when they say how the thing is called ("f(x) -> y"); empty
 * when it begins otherwise. */
Str docstring_take_signature(Str *doc);

/* Appends the first sentence on one line, markup as written; nothing when the docstring does not begin with
 * prose (signatures in front left out). */
void docstring_summary(Str doc, StrBuf *out);

/* Whether the docstring holds a doctest. */
bool docstring_has_doctest(Str doc);

/* The parameter of `function` that a documented name means, stars aside, or NULL. */
const Param *docstring_find_param(const Facts *facts, uint32_t function, Str name);

#endif
