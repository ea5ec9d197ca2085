/* How far the parameters that docstrings speak of are those of the signatures, and why not. */
#ifndef HEADWORD_SURVEY_AGREEMENT_H
#define HEADWORD_SURVEY_AGREEMENT_H

#include "index/query.h"

/* The causes, worst first, with a word on each: X(enumerator, words). */
#define AGREEMENT_CAUSES(X)                                                                                  \
    X(MISREAD, "misread here: \"name:\" of a parameter begins a line that was not read as its item")         \
    X(PROSE, "the section holds text, not items")                                                            \
    X(MISSPELT, "an undocumented parameter is called nearly so")                                             \
    X(RENAMED, "another parameter is not documented, perhaps in its place")                                  \
    X(ABSENT, "no such parameter")                                                                           \
    X(STARRED, "among what *args takes")                                                                     \
    X(KEYWORDS, "all agree, some among what **kwargs takes")                                                 \
    X(AGREE, "all agree")

typedef enum {
#define X(name, words) AGREEMENT_##name,
    AGREEMENT_CAUSES(X)
#undef X
        AGREEMENT_COUNT
} AgreementCause;

typedef struct {
    bool verbose;                      /* say each place that does not agree */
    uint32_t counts[AGREEMENT_COUNT];  /* functions */
    uint32_t classes[AGREEMENT_COUNT]; /* classes, by their __init__ */
    uint32_t left_out;                 /* properties: what they return is called with such parameters */
} Agreement;

/* Counts a docstring that has a section of parameters. */
void agreement_look(Agreement *self, const Index *index, SymbolRef ref, Str doc);

void agreement_report(const Agreement *self);

#endif
