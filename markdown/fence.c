#include "markdown/fence.h"

bool fence_takes(Fence *self, Str line) {
    bool open = self->mark != 0;
    Str text = str_trim(line);
    char mark = text.len ? text.data[0] : '\0';
    size_t run = 0;
    while (run < text.len && text.data[run] == mark) run++;
    bool fence = (mark == '`' || mark == '~') && run >= 3;
    if (open && fence && mark == self->mark && run >= self->run && run == text.len)
        *self = (Fence){0};
    else if (!open && fence && (mark == '~' || str_find_byte(str_from(text, run), '`') == STR_NPOS))
        *self = (Fence){mark, run};
    return open || self->mark;
}
