#include "markdown/literals.h"

#include "index/resolve.h"

static const char *const environment[] = {
    "os.environ", "os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop",
    "os.getenvb", NULL};

static const char *const options[] = {"add_argument", "add_option", "option", NULL};

static bool is_one_of(Str name, const char *const *names) {
    for (; *names; names++) {
        if (str_eq(name, str_of(*names))) return true;
    }
    return false;
}

bool literal_is_environment(const Index *index, FileId file, const Literal *literal) {
    if (literal->argument != 0 || !literal->value.len) return false;
    StrBuf name;
    buf_init(&name);
    bool found =
        resolve_qualified(index, file, literal->occurrence, &name) && is_one_of(buf_str(&name), environment);
    buf_release(&name);
    return found;
}

bool literal_is_option(const Facts *facts, const Literal *literal) {
    return literal->argument != LITERAL_KEYWORD && literal->type == TYPE_STR &&
           str_starts_with(facts_text(facts, literal->value), STR("-")) &&
           is_one_of(facts_name(facts, facts->occurrences.items[literal->occurrence].name), options);
}
