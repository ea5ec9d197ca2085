/* What the rules of rules.def find in a file. */
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

/* What a call's first argument is. */
typedef enum { FIRST_NONE, FIRST_LITERAL, FIRST_DYNAMIC } FirstArgument;

typedef struct {
    const Rule *rule;
    uint32_t start; /* of the name */
    FirstArgument first;
} RuleHit;
typedef Array(RuleHit) RuleHits;

/* By rule, then place; a place counts for one rule. Appended to `out`. */
void rules_find(const Page *page, PageSection section, RuleHits *out);

/* "`name` with `argument=value`", in the open block. */
void rule_write_name(Page *page, const Rule *rule);

#endif
