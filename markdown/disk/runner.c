#include "markdown/disk/runner.h"

#include "base/path.h"
#include "index/disk/file.h"

enum { MOST_BYTES = 1 << 20 };

static const TestRunner runners[] = {
    {"pytest.ini", NULL, "pytest", RUNS_PATHS},
    {".pytest.ini", NULL, "pytest", RUNS_PATHS},
    {"pyproject.toml", "[tool.pytest", "pytest", RUNS_PATHS},
    {"tox.ini", "[pytest]", "pytest", RUNS_PATHS},
    {"setup.cfg", "[tool:pytest]", "pytest", RUNS_PATHS},
    {"manage.py", NULL, "python manage.py test", RUNS_MODULES},
    {"tox.ini", "[testenv", "tox", RUNS_ALL},
    {"noxfile.py", NULL, "nox", RUNS_ALL},
};

static bool has_line(Str text, Str start) {
    for (Str line; str_next_line(&text, &line);)
        if (str_starts_with(line, start)) return true;
    return false;
}

static bool holds(const TestRunner *self, Str root) {
    StrBuf path, text, why;
    buf_init(&path);
    buf_init(&text);
    buf_init(&why);
    buf_append(&path, root);
    path_join(&path, str_of(self->config));
    bool held = file_read(path.data, MOST_BYTES, &text, &why) &&
                (!self->mark || has_line(buf_str(&text), str_of(self->mark)));
    buf_release(&path);
    buf_release(&text);
    buf_release(&why);
    return held;
}

const TestRunner *runner_find(Str root) {
    for (size_t i = 0; i < sizeof runners / sizeof *runners; i++)
        if (holds(&runners[i], root)) return &runners[i];
    return NULL;
}
