#include "index/module.h"

#include "base/path.h"

bool module_is_package(Str path) { return str_starts_with(path_name(path), STR("__init__.")); }

Str module_stem(Str path) {
    if (module_is_package(path)) return path_name(path_parent(path));
    Str name = path_name(path);
    return str_slice(name, 0, name.len - path_suffix(name).len);
}
