/* What the rules share: the docstring being checked, and the way findings are noted. */
#ifndef HEADWORD_MARKDOWN_CHECK_PARTS_H
#define HEADWORD_MARKDOWN_CHECK_PARTS_H

#include "index/doc_place.h"
#include "markdown/check.h"
#include "markdown/dangling.h"
#include "markdown/docmodel.h"

enum {
    CHECK_PARAMS =
        256, /* most parameters of a signature that is compared: docstring_find_param sees no more */
    CHECK_RAISES = 64, /* most raise statements of a function that are */
};

typedef struct {
    const Index *index;
    FileId file;
    const Facts *facts;
    Str text;
    RuleSet rules;
    Findings *out;
    uint32_t symbol;   /* whose docstring it is */
    uint32_t function; /* whose parameters it documents, or NONE */
    DocPlace place;
    DocModel model;  /* of what stands in the text */
    NameCheck names; /* of this file */
} Check;

static inline bool check_wants(const Check *self, Rule rule) { return self->rules & RULE_BIT(rule); }

/* The place of a piece of the model, which may be put together from several lines: then that of `line`. */
Range check_range(const Check *self, Str piece, uint32_t line);
#define check_note(self, rule, range, ...)                                                                   \
    findings_note((self)->out, rule, (self)->symbol, range, __VA_ARGS__)

/* The finding, if it is there, would be mended by `fix` in place of `piece`, a part of the text: noted where
 * both can stand in the docstring as they are. */
void check_offer(const Check *self, Finding *finding, Str piece, Str fix);
/* Likewise by taking out the item's lines, or its section's when it has no other item. */
void check_offer_removal(const Check *self, Finding *finding, const DocSection *section, const DocItem *item);

/* Whether a documented name can be one of a parameter. */
bool check_is_name(Str name);
/* Whether the line before is joined with the item's by a backslash: it is no item. */
bool check_goes_on(const Check *self, const DocItem *item);
/* Whether the item is marked as of a parameter that is gone; see markdown/doc_edit.h. */
bool check_is_removed(const DocItem *item);
/* Whether the function takes what its signature does not name. */
bool check_takes_anything(const Facts *facts, uint32_t function);
/* Whether a docstring is expected to name the parameter: it is no receiver, takes one argument and is public.
 */
bool check_wants_param(const Facts *facts, uint32_t function, uint32_t number);
/* Whether a name stands in the text as a word. */
bool check_has_word(Str text, Str name);
/* Whether one of the parameter sections names the parameter, or speaks of it. */
bool check_names_param(const DocModel *model, Str name);
/* Whether one of them names one that the function has. */
bool check_documents_params(const Facts *facts, uint32_t function, const DocModel *model);

/* The rules; each is told of a docstring whose model is read. */
void check_params(Check *self);
void check_raises(Check *self);
void check_references(Check *self);

#endif
