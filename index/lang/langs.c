#include "index/lang/lang.h"

#include "base/path.h"

const Lang *const langs[] = {&lang_python, NULL};

static bool list_holds(const char *const *list, Str s) {
    for (; *list; list++) {
        if (str_eq(s, str_of(*list))) return true;
    }
    return false;
}

const Lang *lang_of_path(Str path) {
    Str suffix = path_suffix(path);
    for (const Lang *const *lang = langs; *lang; lang++) {
        if (list_holds((*lang)->suffixes, suffix)) return *lang;
    }
    return NULL;
}

const Lang *lang_of_id(Str id) {
    for (const Lang *const *lang = langs; *lang; lang++) {
        if (list_holds((*lang)->ids, id)) return *lang;
    }
    return NULL;
}
