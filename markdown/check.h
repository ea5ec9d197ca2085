/* Whether docstrings are true: what they say is compared with the code.
 *
 * A finding is what can be told from the sources for sure; where a signature takes anything, a name is not
 * known or a call may do what nobody can see, nothing is said. Each rule (doc_rules.def) is asked for by its
 * code. */
#ifndef HEADWORD_MARKDOWN_CHECK_H
#define HEADWORD_MARKDOWN_CHECK_H

#include "base/arena.h"
#include "index/index.h"

typedef enum {
#define RULE(name, code, severity, same, finds) RULE_##name,
#include "markdown/doc_rules.def"
#undef RULE
    RULES
} Rule;

typedef uint32_t RuleSet; /* bits 1 << Rule */
#define RULE_BIT(rule) ((RuleSet)1 << (rule))

/* As LSP's "DiagnosticSeverity" counts them. */
typedef enum { SEVERITY_ERROR = 1, SEVERITY_WARNING, SEVERITY_INFORMATION, SEVERITY_HINT } Severity;

typedef struct {
    const char *code, *same, *finds;
    Severity severity;
} RuleRow;

const RuleRow *rule_row(Rule rule);

/* The rules that a text asks for: codes, or "all", parted by commas or blanks; "-code" takes one away. "all"
 * leaves out those of which `linted`, codes of ruff's rules parted by blanks, has the same; "-" stands before
 * the codes that it ignores. False with a reason for a code that is not known. */
bool rules_read(Str wanted, Str linted, RuleSet *out, StrBuf *why);

typedef struct {
    Rule rule;
    uint32_t symbol; /* whose docstring it is */
    Range range;     /* in the text */
    Str message;     /* one sentence; lives as long as the findings */
    Str fix_title;   /* "Write 3"; empty when there is no fix */
    Range fix_range; /* of the text, that the fix replaces by `fix` */
    Str fix;
} Finding;

typedef struct {
    Array(Finding) items;
    Arena arena;
} Findings;

void findings_init(Findings *self);
void findings_release(Findings *self);

enum { CHECK_MOST = 1000 }; /* findings of one text */
/* Returns what was noted, valid until the next is; NULL when there are too many. */
Finding *findings_note(Findings *self, Rule rule, uint32_t symbol, Range range, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Checks one file. `text` is what its facts were read from. */
void check_docs(const Index *index, FileId file, Str text, RuleSet rules, Findings *out);

#endif
