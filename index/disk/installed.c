#include "index/disk/installed.h"

#include "base/path.h"

#include <uv.h>

static char *real_path(const char *path) {
    uv_fs_t request;
    char *real = uv_fs_realpath(NULL, &request, path, NULL) == 0 ? str_dup(str_of(request.ptr)) : NULL;
    uv_fs_req_cleanup(&request);
    return real;
}

char *installed_find(Str relative, const char *build) {
    char program[4096];
    size_t len = sizeof program;
    if (uv_exepath(program, &len) != 0) return real_path(build);
    StrBuf path;
    buf_init(&path);
    buf_append(&path, path_parent(str_make(program, len)));
    path_join(&path, relative);
    char *found = real_path(path.data);
    buf_release(&path);
    return found ? found : real_path(build);
}

char *installed_find_rules(void) {
    return installed_find(STR(HEADWORD_RULES_INSTALLED), HEADWORD_RULES_BUILD);
}
