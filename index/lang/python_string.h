/* String literals and docstrings as Python reads them.
 *
 * Source: The Python Language Reference 3.13, section 2.4.1 "String and Bytes literals"; inspect.cleandoc. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_STRING_H
#define HEADWORD_INDEX_LANG_PYTHON_STRING_H

#include "base/str.h"

/* What the prefix of a literal says. */
typedef struct {
    bool raw, bytes, format;
    size_t len; /* bytes of the prefix */
} StringPrefix;

StringPrefix python_string_prefix(Str literal);

/* Appends the value of one literal (prefix, quotes and all) to `out`: line ends become "\n", escapes are
 * resolved unless it is raw; \N{…} stays as written; surrogates become U+FFFD. */
void python_string_value(Str literal, StrBuf *out);

/* Appends `doc` to `out`, cleaned as inspect.cleandoc cleans it: tabs expanded, common indentation and blank
 * lines at both ends removed; returns how many characters that indentation had. */
size_t python_clean_doc(Str doc, StrBuf *out);

#endif
