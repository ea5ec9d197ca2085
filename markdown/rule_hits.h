/* What the rules of rules.def find in a file, and how pages list it. */
#ifndef HEADWORD_MARKDOWN_RULE_HITS_H
#define HEADWORD_MARKDOWN_RULE_HITS_H

#include "markdown/page_parts.h"

typedef enum {
    RULE_DECORATOR,
    RULE_BASE,
    RULE_CALL,
    RULE_USE,      /* called or not */
    RULE_METHOD,   /* a call by that name of an object, whatever it is */
    RULE_ASSIGNED, /* an attribute of that name of an object, whatever it is */
} RuleWhere;

typedef struct {
    PageSection section;
    RuleWhere where;
    Str name; /* as it resolves through the file's imports; with "*" behind it, what begins so */
    const char *text;
    Str condition;
    unsigned cwe; /* or 0 */
} Rule;

extern const Rule rules[];
extern const uint32_t rule_count;

/* One item per rule of the section that the file fits, with the places, in the open list. A place counts for
 * one rule. Returns how many items there were. */
uint32_t rules_write_hits(Page *page, PageSection section);

/* A paragraph: what the section looks for, whether some was `found` or not. */
void rules_write_looked_for(Page *page, PageSection section, uint32_t found);

/* Goes on in an item that lists symbols with places (that of the name of `at`); the first one opens it. */
void rules_list_place(Page *page, uint32_t *count, const char *label, uint32_t symbol, uint32_t at);

#endif
