#include "index/lang/python_pass.h"

static const struct {
    const char *name;
    uint8_t argument; /* its place */
    bool alone;       /* when it is the only one, keywords aside */
    Step steps[PASS_STEPS];
} passes[] = {
    {"chain", 0, false, {STEP_ITERATE, STEP_GENERATOR}},
    {"choice", 0, false, {STEP_ITERATE}},
    {"closing", 0, false, {STEP_GENERATOR}},
    {"copy", 0, false, {STEP_NONE}},
    {"create_task", 0, false, {STEP_NONE}},
    {"deepcopy", 0, false, {STEP_NONE}},
    {"defaultdict", 0, false, {STEP_CALL, STEP_DICT}},
    {"deque", 0, false, {STEP_ITERATE, STEP_LIST}},
    {"dict", 0, false, {STEP_NONE}},
    {"ensure_future", 0, false, {STEP_NONE}},
    {"enter_async_context", 0, false, {STEP_ENTER}},
    {"enter_context", 0, false, {STEP_ENTER}},
    {"enumerate", 0, false, {STEP_ITERATE, STEP_IN + 1, STEP_GENERATOR}},
    {"filter", 1, false, {STEP_ITERATE, STEP_GENERATOR}},
    {"frozenset", 0, false, {STEP_ITERATE, STEP_SET}},
    {"gather", 0, false, {STEP_IN}},
    {"gather", 1, false, {STEP_IN + 1}},
    {"gather", 2, false, {STEP_IN + 2}},
    {"getattr", 2, false, {STEP_NONE}},
    {"islice", 0, false, {STEP_ITERATE, STEP_GENERATOR}},
    {"iter", 0, false, {STEP_NONE}},
    {"list", 0, false, {STEP_ITERATE, STEP_LIST}},
    {"map", 0, false, {STEP_CALL, STEP_GENERATOR}},
    {"max", 0, true, {STEP_ITERATE}},
    {"max", 0, false, {STEP_NONE}},
    {"max", 1, false, {STEP_NONE}},
    {"min", 0, true, {STEP_ITERATE}},
    {"min", 0, false, {STEP_NONE}},
    {"min", 1, false, {STEP_NONE}},
    {"next", 0, false, {STEP_ITERATE}},
    {"next", 1, false, {STEP_NONE}},
    {"partial", 0, false, {STEP_NONE}},
    {"property", 0, false, {STEP_CALL}},
    {"reversed", 0, false, {STEP_NONE}},
    {"set", 0, false, {STEP_ITERATE, STEP_SET}},
    {"shield", 0, false, {STEP_NONE}},
    {"sorted", 0, false, {STEP_ITERATE, STEP_LIST}},
    {"tuple", 0, false, {STEP_ITERATE, STEP_LIST}},
    {"type", 0, false, {STEP_CLASS}},
    {"wait_for", 0, false, {STEP_NONE}},
    {"zip", 0, false, {STEP_ITERATE, STEP_IN, STEP_GENERATOR}},
    {"zip", 1, false, {STEP_ITERATE, STEP_IN + 1, STEP_GENERATOR}},
    {"zip", 2, false, {STEP_ITERATE, STEP_IN + 2, STEP_GENERATOR}},
    {"zip", 3, false, {STEP_ITERATE, STEP_IN + 3, STEP_GENERATOR}},
};

const Step *pass_steps(Str name, uint32_t argument, bool alone) {
    for (size_t i = 0; i < sizeof passes / sizeof *passes; i++) {
        if (passes[i].argument != argument || (passes[i].alone && !alone)) continue;
        if (str_eq(name, str_of(passes[i].name))) return passes[i].steps;
    }
    return NULL;
}
