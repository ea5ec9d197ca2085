/* The words that docstring styles give a meaning to: titles of sections, names of fields and directives. */
#ifndef HEADWORD_MARKDOWN_DOC_WORDS_H
#define HEADWORD_MARKDOWN_DOC_WORDS_H

#include "base/str.h"

typedef enum {
    DOC_TEXT, /* anything outside of sections */
    DOC_PARAMETERS,
    DOC_RETURNS,
    DOC_YIELDS,
    DOC_RECEIVES,
    DOC_RAISES,
    DOC_WARNS,
    DOC_ATTRIBUTES,
    DOC_METHODS,
    DOC_SEE_ALSO,
    DOC_EXAMPLES,
    DOC_NOTES,
    DOC_WARNINGS,
    DOC_REFERENCES,
    DOC_DEPRECATED,
    DOC_ADDED,
    DOC_CHANGED,
    DOC_OTHER, /* a section with a title of its own */
} DocKind;

/* Whether sections of the kind are lists of items: "name (type): text". */
bool doc_kind_has_items(DocKind kind);
/* Whether their items may be a type and no name. */
bool doc_kind_is_value(DocKind kind);

/* The kind of section that a title names, letter case aside; DOC_TEXT when it is no known title. */
DocKind doc_section_kind(Str title);

typedef enum {
    FIELD_NAMED,   /* ":param x: text" */
    FIELD_TYPE,    /* ":type x: int" */
    FIELD_VALUE,   /* ":returns: text" */
    FIELD_OF_TYPE, /* ":rtype: int" */
    FIELD_BODY,    /* ":Parameters:" over a list of items */
    FIELD_TEXT,    /* "@note: text" */
} FieldForm;

typedef struct {
    const char *name, *label;
    DocKind kind;
    FieldForm form;
} DocField;

/* NULL when no style knows a field of that name. */
const DocField *doc_find_field(Str name);

typedef enum {
    DIRECTIVE_CODE,    /* the argument is a language */
    DIRECTIVE_PYTHON,  /* a body of Python */
    DIRECTIVE_RAW,     /* shown as it is, with its argument */
    DIRECTIVE_NOTE,    /* a label, then text */
    DIRECTIVE_VERSION, /* the argument begins with a version */
    DIRECTIVE_TITLE,   /* the argument is a title */
    DIRECTIVE_BODY,    /* only the body counts */
    DIRECTIVE_OBJECT,  /* the argument is how something is called that the body describes */
    DIRECTIVE_UNKNOWN,
} DirectiveForm;

typedef struct {
    const char *name, *label;
    DirectiveForm form;
    DocKind kind; /* of the section that it makes at the top level, else DOC_TEXT */
} DocDirective;

/* Whether a line is an option of a directive that says nothing to readers: ":noindex:". */
bool doc_is_hidden_option(Str line);

/* Never NULL: a row of form DIRECTIVE_UNKNOWN for all others. */
const DocDirective *doc_find_directive(Str name);

#endif
