/* The files with a project's settings -> settings and warnings. Each warning is one line that names a file
 * and a line, and every text of the settings is a C string. The first piece is .headword.toml, if it is not
 * empty, the second pyproject.toml. */
#include "input.h"

#include "index/disk/file.h"
#include "index/disk/settings.h"

#include <unistd.h>

static char root[] = "/tmp/headword-fuzz-XXXXXX";
static bool root_made; /* the template says nothing: a folder's name may end in X */
static const char *const names[] = {"/.headword.toml", "/pyproject.toml"};

static void path_of(int file, StrBuf *out) {
    buf_clear(out);
    buf_append(out, str_of(root));
    buf_append(out, str_of(names[file]));
}

static void clean_up(void) {
    StrBuf path;
    buf_init(&path);
    for (int i = 0; i < 2; i++) {
        path_of(i, &path);
        unlink(path.data);
    }
    rmdir(root);
    buf_release(&path);
}

static void put(const char *path, Str bytes) {
    unlink(path);
    if (bytes.len == 0) return;
    FILE *file = fopen(path, "wb");
    MUST(file && fwrite(bytes.data, 1, bytes.len, file) == bytes.len && fclose(file) == 0);
}

static void check_warnings(Str rest) {
    Str line;
    while (str_next_line(&rest, &line)) {
        Str name = str_starts_with(line, STR(".")) ? STR(".headword.toml:") : STR("pyproject.toml:");
        MUST(str_starts_with(line, name) && line.len > name.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!root_made) {
        MUST(mkdtemp(root));
        root_made = true;
        atexit(clean_up);
    }
    Str rest = str_make((const char *)data, size);
    StrBuf path, warnings;
    buf_init(&path);
    buf_init(&warnings);
    for (int i = 0; i < 2; i++) {
        path_of(i, &path);
        put(path.data, input_piece(&rest));
    }
    Settings settings;
    settings_init(&settings);
    settings_load(&settings, str_of(root), &warnings);
    check_warnings(buf_str(&warnings));
    settings_release(&settings);
    buf_release(&path);
    buf_release(&warnings);
    return 0;
}
