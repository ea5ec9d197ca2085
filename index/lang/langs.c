#include "index/lang/lang.h"

#include "base/path.h"

const Lang *const langs[] = {&lang_python, NULL};

const Lang *lang_of_path(Str path) {
    Str suffix = path_suffix(path);
    for (const Lang *const *lang = langs; *lang; lang++) {
        for (const char *const *own = (*lang)->suffixes; *own; own++) {
            if (str_eq(suffix, str_of(*own))) return *lang;
        }
    }
    return NULL;
}
