#include "markdown/doc_words.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c; }

static bool is_word(Str text, const char *word) {
    size_t i = 0;
    while (i < text.len && word[i] && lower(text.data[i]) == word[i]) i++;
    return i == text.len && word[i] == '\0';
}

bool doc_kind_has_items(DocKind kind) { return kind >= DOC_PARAMETERS && kind <= DOC_SEE_ALSO; }

bool doc_kind_is_value(DocKind kind) {
    return kind == DOC_RETURNS || kind == DOC_YIELDS || kind == DOC_RECEIVES;
}

static const struct {
    const char *title;
    DocKind kind;
} titles[] = {
    {"args", DOC_PARAMETERS},
    {"arguments", DOC_PARAMETERS},
    {"parameters", DOC_PARAMETERS},
    {"parameter", DOC_PARAMETERS},
    {"params", DOC_PARAMETERS},
    {"other parameters", DOC_PARAMETERS},
    {"other arguments", DOC_PARAMETERS},
    {"other args", DOC_PARAMETERS},
    {"keyword args", DOC_PARAMETERS},
    {"keyword arguments", DOC_PARAMETERS},
    {"keyword parameters", DOC_PARAMETERS},
    {"kwargs", DOC_PARAMETERS},
    {"returns", DOC_RETURNS},
    {"return", DOC_RETURNS},
    {"yields", DOC_YIELDS},
    {"yield", DOC_YIELDS},
    {"receives", DOC_RECEIVES},
    {"raises", DOC_RAISES},
    {"raise", DOC_RAISES},
    {"except", DOC_RAISES},
    {"exceptions", DOC_RAISES},
    {"warns", DOC_WARNS},
    {"attributes", DOC_ATTRIBUTES},
    {"attribute", DOC_ATTRIBUTES},
    {"class attributes", DOC_ATTRIBUTES},
    {"instance attributes", DOC_ATTRIBUTES},
    {"properties", DOC_ATTRIBUTES},
    {"methods", DOC_METHODS},
    {"see also", DOC_SEE_ALSO},
    {"example", DOC_EXAMPLES},
    {"examples", DOC_EXAMPLES},
    {"doctests", DOC_EXAMPLES},
    {"usage", DOC_EXAMPLES},
    {"note", DOC_NOTES},
    {"notes", DOC_NOTES},
    {"tip", DOC_NOTES},
    {"hint", DOC_NOTES},
    {"important", DOC_NOTES},
    {"warning", DOC_WARNINGS},
    {"warnings", DOC_WARNINGS},
    {"caution", DOC_WARNINGS},
    {"danger", DOC_WARNINGS},
    {"reference", DOC_REFERENCES},
    {"references", DOC_REFERENCES},
    {"deprecated", DOC_DEPRECATED},
    {"todo", DOC_OTHER},
    {"description", DOC_OTHER},
    {"algorithm", DOC_OTHER},
    {"complexity", DOC_OTHER},
    {"side effects", DOC_OTHER},
    {"shape", DOC_OTHER},
    {"inputs", DOC_OTHER},
    {"outputs", DOC_OTHER},
};

DocKind doc_section_kind(Str title) {
    for (size_t i = 0; i < COUNT(titles); i++) {
        if (is_word(title, titles[i].title)) return titles[i].kind;
    }
    return DOC_TEXT;
}

static const DocField fields[] = {
    {"param", DOC_PARAMETERS, FIELD_NAMED, "Parameters"},
    {"parameter", DOC_PARAMETERS, FIELD_NAMED, "Parameters"},
    {"arg", DOC_PARAMETERS, FIELD_NAMED, "Parameters"},
    {"argument", DOC_PARAMETERS, FIELD_NAMED, "Parameters"},
    {"key", DOC_PARAMETERS, FIELD_NAMED, "Parameters"},
    {"keyword", DOC_PARAMETERS, FIELD_NAMED, "Parameters"},
    {"kwarg", DOC_PARAMETERS, FIELD_NAMED, "Parameters"},
    {"type", DOC_PARAMETERS, FIELD_TYPE, "Parameters"},
    {"kwtype", DOC_PARAMETERS, FIELD_TYPE, "Parameters"},
    {"parameters", DOC_PARAMETERS, FIELD_BODY, "Parameters"},
    {"params", DOC_PARAMETERS, FIELD_BODY, "Parameters"},
    {"arguments", DOC_PARAMETERS, FIELD_BODY, "Arguments"},
    {"ivar", DOC_ATTRIBUTES, FIELD_NAMED, "Attributes"},
    {"cvar", DOC_ATTRIBUTES, FIELD_NAMED, "Attributes"},
    {"var", DOC_ATTRIBUTES, FIELD_NAMED, "Attributes"},
    {"attr", DOC_ATTRIBUTES, FIELD_NAMED, "Attributes"},
    {"vartype", DOC_ATTRIBUTES, FIELD_TYPE, "Attributes"},
    {"ivariables", DOC_ATTRIBUTES, FIELD_BODY, "Attributes"},
    {"cvariables", DOC_ATTRIBUTES, FIELD_BODY, "Attributes"},
    {"variables", DOC_ATTRIBUTES, FIELD_BODY, "Attributes"},
    {"attributes", DOC_ATTRIBUTES, FIELD_BODY, "Attributes"},
    {"returns", DOC_RETURNS, FIELD_VALUE, "Returns"},
    {"return", DOC_RETURNS, FIELD_VALUE, "Returns"},
    {"rtype", DOC_RETURNS, FIELD_OF_TYPE, "Returns"},
    {"returntype", DOC_RETURNS, FIELD_OF_TYPE, "Returns"},
    {"yields", DOC_YIELDS, FIELD_VALUE, "Yields"},
    {"yield", DOC_YIELDS, FIELD_VALUE, "Yields"},
    {"ytype", DOC_YIELDS, FIELD_OF_TYPE, "Yields"},
    {"raises", DOC_RAISES, FIELD_NAMED, "Raises"},
    {"raise", DOC_RAISES, FIELD_NAMED, "Raises"},
    {"except", DOC_RAISES, FIELD_NAMED, "Raises"},
    {"exception", DOC_RAISES, FIELD_NAMED, "Raises"},
    {"throws", DOC_RAISES, FIELD_NAMED, "Raises"},
    {"exceptions", DOC_RAISES, FIELD_BODY, "Raises"},
    {"warns", DOC_WARNS, FIELD_NAMED, "Warns"},
    {"note", DOC_NOTES, FIELD_TEXT, "Note"},
    {"warning", DOC_WARNINGS, FIELD_TEXT, "Warning"},
    {"attention", DOC_WARNINGS, FIELD_TEXT, "Attention"},
    {"bug", DOC_WARNINGS, FIELD_TEXT, "Bug"},
    {"see", DOC_SEE_ALSO, FIELD_TEXT, "See"},
    {"seealso", DOC_SEE_ALSO, FIELD_TEXT, "See also"},
    {"deprecated", DOC_DEPRECATED, FIELD_TEXT, "Deprecated"},
    {"since", DOC_ADDED, FIELD_TEXT, "Since"},
    {"author", DOC_OTHER, FIELD_TEXT, "Author"},
    {"authors", DOC_OTHER, FIELD_TEXT, "Authors"},
    {"contact", DOC_OTHER, FIELD_TEXT, "Contact"},
    {"copyright", DOC_OTHER, FIELD_TEXT, "Copyright"},
    {"license", DOC_OTHER, FIELD_TEXT, "License"},
    {"version", DOC_OTHER, FIELD_TEXT, "Version"},
    {"todo", DOC_OTHER, FIELD_TEXT, "To do"},
    {"summary", DOC_OTHER, FIELD_TEXT, "Summary"},
    {"requires", DOC_OTHER, FIELD_TEXT, "Requires"},
    {"precondition", DOC_OTHER, FIELD_TEXT, "Precondition"},
    {"postcondition", DOC_OTHER, FIELD_TEXT, "Postcondition"},
    {"invariant", DOC_OTHER, FIELD_TEXT, "Invariant"},
    {"status", DOC_OTHER, FIELD_TEXT, "Status"},
    {"change", DOC_CHANGED, FIELD_TEXT, "Changed"},
    {"changed", DOC_CHANGED, FIELD_TEXT, "Changed"},
};

const DocField *doc_find_field(Str name) {
    for (size_t i = 0; i < COUNT(fields); i++) {
        if (is_word(name, fields[i].name)) return &fields[i];
    }
    return NULL;
}

static const DocDirective directives[] = {
    {"code", DIRECTIVE_CODE, "", DOC_TEXT},
    {"code-block", DIRECTIVE_CODE, "", DOC_TEXT},
    {"sourcecode", DIRECTIVE_CODE, "", DOC_TEXT},
    {"highlight", DIRECTIVE_CODE, "", DOC_TEXT},
    {"doctest", DIRECTIVE_PYTHON, "", DOC_TEXT},
    {"testcode", DIRECTIVE_PYTHON, "", DOC_TEXT},
    {"testsetup", DIRECTIVE_PYTHON, "", DOC_TEXT},
    {"testoutput", DIRECTIVE_PYTHON, "", DOC_TEXT},
    {"ipython", DIRECTIVE_PYTHON, "", DOC_TEXT},
    {"plot", DIRECTIVE_PYTHON, "", DOC_TEXT},
    {"math", DIRECTIVE_RAW, "", DOC_TEXT},
    {"parsed-literal", DIRECTIVE_RAW, "", DOC_TEXT},
    {"productionlist", DIRECTIVE_RAW, "", DOC_TEXT},
    {"autosummary", DIRECTIVE_RAW, "", DOC_TEXT},
    {"toctree", DIRECTIVE_RAW, "", DOC_TEXT},
    {"list-table", DIRECTIVE_RAW, "", DOC_TEXT},
    {"csv-table", DIRECTIVE_RAW, "", DOC_TEXT},
    {"graphviz", DIRECTIVE_RAW, "", DOC_TEXT},
    {"raw", DIRECTIVE_RAW, "", DOC_TEXT},
    {"note", DIRECTIVE_NOTE, "Note", DOC_TEXT},
    {"warning", DIRECTIVE_NOTE, "Warning", DOC_TEXT},
    {"caution", DIRECTIVE_NOTE, "Caution", DOC_TEXT},
    {"attention", DIRECTIVE_NOTE, "Attention", DOC_TEXT},
    {"danger", DIRECTIVE_NOTE, "Danger", DOC_TEXT},
    {"error", DIRECTIVE_NOTE, "Error", DOC_TEXT},
    {"hint", DIRECTIVE_NOTE, "Hint", DOC_TEXT},
    {"important", DIRECTIVE_NOTE, "Important", DOC_TEXT},
    {"tip", DIRECTIVE_NOTE, "Tip", DOC_TEXT},
    {"todo", DIRECTIVE_NOTE, "To do", DOC_TEXT},
    {"seealso", DIRECTIVE_NOTE, "See also", DOC_TEXT},
    {"versionadded", DIRECTIVE_VERSION, "Added in version", DOC_ADDED},
    {"versionchanged", DIRECTIVE_VERSION, "Changed in version", DOC_CHANGED},
    {"versionremoved", DIRECTIVE_VERSION, "Removed in version", DOC_CHANGED},
    {"deprecated", DIRECTIVE_VERSION, "Deprecated since version", DOC_DEPRECATED},
    {"deprecated-removed", DIRECTIVE_VERSION, "Deprecated since version", DOC_DEPRECATED},
    {"admonition", DIRECTIVE_TITLE, "", DOC_TEXT},
    {"rubric", DIRECTIVE_TITLE, "", DOC_TEXT},
    {"topic", DIRECTIVE_TITLE, "", DOC_TEXT},
    {"table", DIRECTIVE_TITLE, "", DOC_TEXT},
    {"centered", DIRECTIVE_TITLE, "", DOC_TEXT},
    {"container", DIRECTIVE_BODY, "", DOC_TEXT},
    {"", DIRECTIVE_UNKNOWN, "", DOC_TEXT},
};

const DocDirective *doc_find_directive(Str name) {
    size_t i = 0;
    while (i + 1 < COUNT(directives) && !is_word(name, directives[i].name)) i++;
    return &directives[i];
}
