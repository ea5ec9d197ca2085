#include "index/lang/python_name.h"

#include "base/utf8.h"
#include "index/name.h"

#include <utf8proc.h>

static bool is_keyword(Str text) {
    static const char *const keywords[] = {
        "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
        "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
        "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
        "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (str_eq(text, str_of(keywords[i]))) return true;
    }
    return false;
}

static bool starts_name(uint32_t cp) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)cp);
    bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    return cp == '_' || letter || category == UTF8PROC_CATEGORY_NL;
}

static bool continues_name(uint32_t cp) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)cp);
    return starts_name(cp) || category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_PC;
}

bool python_is_name(Str text) {
    StrBuf scratch;
    buf_init(&scratch);
    Str name = name_normal(text, &scratch);
    bool ok = name.len > 0 && utf8_valid_prefix(text.data, text.len) == text.len && !is_keyword(name);
    for (size_t at = 0, size; at < name.len && ok; at += size) {
        uint32_t cp = utf8_decode(name.data + at, name.len - at, &size);
        ok = at == 0 ? starts_name(cp) : continues_name(cp);
    }
    buf_release(&scratch);
    return ok;
}
