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
    {"optional parameters", DOC_PARAMETERS},
    {"optional arguments", DOC_PARAMETERS},
    {"optional args", DOC_PARAMETERS},
    {"additional parameters", DOC_PARAMETERS},
    {"additional arguments", DOC_PARAMETERS},
    {"additional args", DOC_PARAMETERS},
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
    {"param", "Parameters", DOC_PARAMETERS, FIELD_NAMED},
    {"parameter", "Parameters", DOC_PARAMETERS, FIELD_NAMED},
    {"arg", "Parameters", DOC_PARAMETERS, FIELD_NAMED},
    {"argument", "Parameters", DOC_PARAMETERS, FIELD_NAMED},
    {"key", "Parameters", DOC_PARAMETERS, FIELD_NAMED},
    {"keyword", "Parameters", DOC_PARAMETERS, FIELD_NAMED},
    {"kwarg", "Parameters", DOC_PARAMETERS, FIELD_NAMED},
    {"type", "Parameters", DOC_PARAMETERS, FIELD_TYPE},
    {"kwtype", "Parameters", DOC_PARAMETERS, FIELD_TYPE},
    {"parameters", "Parameters", DOC_PARAMETERS, FIELD_BODY},
    {"params", "Parameters", DOC_PARAMETERS, FIELD_BODY},
    {"arguments", "Arguments", DOC_PARAMETERS, FIELD_BODY},
    {"ivar", "Attributes", DOC_ATTRIBUTES, FIELD_NAMED},
    {"cvar", "Attributes", DOC_ATTRIBUTES, FIELD_NAMED},
    {"var", "Attributes", DOC_ATTRIBUTES, FIELD_NAMED},
    {"attr", "Attributes", DOC_ATTRIBUTES, FIELD_NAMED},
    {"vartype", "Attributes", DOC_ATTRIBUTES, FIELD_TYPE},
    {"ivariables", "Attributes", DOC_ATTRIBUTES, FIELD_BODY},
    {"cvariables", "Attributes", DOC_ATTRIBUTES, FIELD_BODY},
    {"variables", "Attributes", DOC_ATTRIBUTES, FIELD_BODY},
    {"attributes", "Attributes", DOC_ATTRIBUTES, FIELD_BODY},
    {"returns", "Returns", DOC_RETURNS, FIELD_VALUE},
    {"return", "Returns", DOC_RETURNS, FIELD_VALUE},
    {"rtype", "Returns", DOC_RETURNS, FIELD_OF_TYPE},
    {"returntype", "Returns", DOC_RETURNS, FIELD_OF_TYPE},
    {"yields", "Yields", DOC_YIELDS, FIELD_VALUE},
    {"yield", "Yields", DOC_YIELDS, FIELD_VALUE},
    {"ytype", "Yields", DOC_YIELDS, FIELD_OF_TYPE},
    {"raises", "Raises", DOC_RAISES, FIELD_NAMED},
    {"raise", "Raises", DOC_RAISES, FIELD_NAMED},
    {"except", "Raises", DOC_RAISES, FIELD_NAMED},
    {"exception", "Raises", DOC_RAISES, FIELD_NAMED},
    {"throws", "Raises", DOC_RAISES, FIELD_NAMED},
    {"exceptions", "Raises", DOC_RAISES, FIELD_BODY},
    {"warns", "Warns", DOC_WARNS, FIELD_NAMED},
    {"note", "Note", DOC_NOTES, FIELD_TEXT},
    {"warning", "Warning", DOC_WARNINGS, FIELD_TEXT},
    {"attention", "Attention", DOC_WARNINGS, FIELD_TEXT},
    {"bug", "Bug", DOC_WARNINGS, FIELD_TEXT},
    {"see", "See", DOC_SEE_ALSO, FIELD_TEXT},
    {"seealso", "See also", DOC_SEE_ALSO, FIELD_TEXT},
    {"deprecated", "Deprecated", DOC_DEPRECATED, FIELD_TEXT},
    {"since", "Since", DOC_ADDED, FIELD_TEXT},
    {"author", "Author", DOC_OTHER, FIELD_TEXT},
    {"authors", "Authors", DOC_OTHER, FIELD_TEXT},
    {"contact", "Contact", DOC_OTHER, FIELD_TEXT},
    {"copyright", "Copyright", DOC_OTHER, FIELD_TEXT},
    {"license", "License", DOC_OTHER, FIELD_TEXT},
    {"version", "Version", DOC_OTHER, FIELD_TEXT},
    {"todo", "To do", DOC_OTHER, FIELD_TEXT},
    {"summary", "Summary", DOC_OTHER, FIELD_TEXT},
    {"requires", "Requires", DOC_OTHER, FIELD_TEXT},
    {"precondition", "Precondition", DOC_OTHER, FIELD_TEXT},
    {"postcondition", "Postcondition", DOC_OTHER, FIELD_TEXT},
    {"invariant", "Invariant", DOC_OTHER, FIELD_TEXT},
    {"status", "Status", DOC_OTHER, FIELD_TEXT},
    {"change", "Changed", DOC_CHANGED, FIELD_TEXT},
    {"changed", "Changed", DOC_CHANGED, FIELD_TEXT},
};

const DocField *doc_find_field(Str name) {
    for (size_t i = 0; i < COUNT(fields); i++) {
        if (is_word(name, fields[i].name)) return &fields[i];
    }
    return NULL;
}

static const DocDirective directives[] = {
    {"code", "", DIRECTIVE_CODE, DOC_TEXT},
    {"code-block", "", DIRECTIVE_CODE, DOC_TEXT},
    {"sourcecode", "", DIRECTIVE_CODE, DOC_TEXT},
    {"highlight", "", DIRECTIVE_CODE, DOC_TEXT},
    {"doctest", "", DIRECTIVE_PYTHON, DOC_TEXT},
    {"testcode", "", DIRECTIVE_PYTHON, DOC_TEXT},
    {"testsetup", "", DIRECTIVE_PYTHON, DOC_TEXT},
    {"testoutput", "", DIRECTIVE_PYTHON, DOC_TEXT},
    {"ipython", "", DIRECTIVE_PYTHON, DOC_TEXT},
    {"plot", "", DIRECTIVE_PYTHON, DOC_TEXT},
    {"math", "", DIRECTIVE_RAW, DOC_TEXT},
    {"parsed-literal", "", DIRECTIVE_RAW, DOC_TEXT},
    {"productionlist", "", DIRECTIVE_RAW, DOC_TEXT},
    {"autosummary", "", DIRECTIVE_RAW, DOC_TEXT},
    {"toctree", "", DIRECTIVE_RAW, DOC_TEXT},
    {"list-table", "", DIRECTIVE_RAW, DOC_TEXT},
    {"csv-table", "", DIRECTIVE_RAW, DOC_TEXT},
    {"graphviz", "", DIRECTIVE_RAW, DOC_TEXT},
    {"raw", "", DIRECTIVE_RAW, DOC_TEXT},
    {"note", "Note", DIRECTIVE_NOTE, DOC_TEXT},
    {"warning", "Warning", DIRECTIVE_NOTE, DOC_TEXT},
    {"caution", "Caution", DIRECTIVE_NOTE, DOC_TEXT},
    {"attention", "Attention", DIRECTIVE_NOTE, DOC_TEXT},
    {"danger", "Danger", DIRECTIVE_NOTE, DOC_TEXT},
    {"error", "Error", DIRECTIVE_NOTE, DOC_TEXT},
    {"hint", "Hint", DIRECTIVE_NOTE, DOC_TEXT},
    {"important", "Important", DIRECTIVE_NOTE, DOC_TEXT},
    {"tip", "Tip", DIRECTIVE_NOTE, DOC_TEXT},
    {"todo", "To do", DIRECTIVE_NOTE, DOC_TEXT},
    {"seealso", "See also", DIRECTIVE_NOTE, DOC_TEXT},
    {"versionadded", "Added in version", DIRECTIVE_VERSION, DOC_ADDED},
    {"versionchanged", "Changed in version", DIRECTIVE_VERSION, DOC_CHANGED},
    {"versionremoved", "Removed in version", DIRECTIVE_VERSION, DOC_CHANGED},
    {"deprecated", "Deprecated since version", DIRECTIVE_VERSION, DOC_DEPRECATED},
    {"deprecated-removed", "Deprecated since version", DIRECTIVE_VERSION, DOC_DEPRECATED},
    {"admonition", "", DIRECTIVE_TITLE, DOC_TEXT},
    {"rubric", "", DIRECTIVE_TITLE, DOC_TEXT},
    {"topic", "", DIRECTIVE_TITLE, DOC_TEXT},
    {"table", "", DIRECTIVE_TITLE, DOC_TEXT},
    {"centered", "", DIRECTIVE_TITLE, DOC_TEXT},
    {"container", "", DIRECTIVE_BODY, DOC_TEXT},
    {"function", "", DIRECTIVE_OBJECT, DOC_TEXT},
    {"method", "", DIRECTIVE_OBJECT, DOC_TEXT},
    {"class", "", DIRECTIVE_OBJECT, DOC_TEXT},
    {"exception", "", DIRECTIVE_OBJECT, DOC_TEXT},
    {"attribute", "", DIRECTIVE_OBJECT, DOC_TEXT},
    {"data", "", DIRECTIVE_OBJECT, DOC_TEXT},
    {"property", "", DIRECTIVE_OBJECT, DOC_TEXT},
    {"decorator", "", DIRECTIVE_OBJECT, DOC_TEXT},
    {"image", "Image", DIRECTIVE_UNKNOWN, DOC_TEXT},
    {"figure", "Figure", DIRECTIVE_UNKNOWN, DOC_TEXT},
    {"", "", DIRECTIVE_UNKNOWN, DOC_TEXT},
};

bool doc_is_hidden_option(Str line) { return is_word(line, ":noindex:") || is_word(line, ":no-index:"); }

const DocDirective *doc_find_directive(Str name) {
    size_t i = 0;
    if (str_starts_with(name, STR("py:"))) name = str_from(name, strlen("py:"));
    while (i + 1 < COUNT(directives) && !is_word(name, directives[i].name)) i++;
    return &directives[i];
}
