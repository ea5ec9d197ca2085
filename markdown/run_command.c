#include "markdown/run_command.h"

#include "base/path.h"

static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("/._-+", c);
}

/* A word of a shell's command. */
static void append_word(StrBuf *out, Str word) {
    bool plain = true;
    for (size_t i = 0; i < word.len && plain; i++) plain = word.data[i] != '\0' && is_plain(word.data[i]);
    buf_append_byte(out, ' ');
    if (plain) {
        buf_append(out, word);
        return;
    }
    buf_append_byte(out, '\'');
    for (size_t i = 0; i < word.len; i++) {
        if (word.data[i] == '\'')
            buf_append(out, STR("'\\''"));
        else
            buf_append_byte(out, word.data[i]);
    }
    buf_append_byte(out, '\'');
}

static void write_command(Page *page, Str command) {
    Str config = str_of(page->book->config.runner->config);
    StrBuf url;
    buf_init(&url);
    if (!book_link_source(&page->place, config, &url)) buf_clear(&url);
    writer_open(&page->out, BLOCK_PARAGRAPH);
    writer_text(&page->out, STR("To run them: "));
    writer_code(&page->out, command);
    writer_text(&page->out, STR(", as "));
    writer_link_code(&page->out, config, buf_str(&url));
    writer_text(&page->out, STR(" configures it."));
    writer_close(&page->out);
    buf_release(&url);
}

void run_command_write_files(Page *page, const uint32_t *files, uint32_t count) {
    const TestRunner *runner = page->book->config.runner;
    if (runner == NULL || count == 0) return;
    StrBuf command;
    buf_init(&command);
    buf_append(&command, str_of(runner->command));
    for (uint32_t i = 0; i < count && runner->takes != RUNS_ALL; i++) {
        const BookFile *file = &page->book->files.items[files[i]];
        append_word(&command, runner->takes == RUNS_PATHS ? file->path : file->module);
    }
    write_command(page, buf_str(&command));
    buf_release(&command);
}

void run_command_write_folder(Page *page, uint32_t folder) {
    const TestRunner *runner = page->book->config.runner;
    Str path = page->book->folders.items[folder].path;
    if (runner == NULL) return;
    StrBuf command, module;
    buf_init(&command);
    buf_init(&module);
    buf_append(&command, str_of(runner->command));
    for (size_t i = 0; i < path.len; i++) buf_append_byte(&module, path.data[i] == '/' ? '.' : path.data[i]);
    if (path.len && runner->takes != RUNS_ALL)
        append_word(&command, runner->takes == RUNS_PATHS ? path : buf_str(&module));
    write_command(page, buf_str(&command));
    buf_release(&command);
    buf_release(&module);
}
