/* Cards of small repositories. */
#ifndef HEADWORD_TESTS_UNIT_CARD_CHECK_H
#define HEADWORD_TESTS_UNIT_CARD_CHECK_H

#include "fixture.h"

#include "index/resolve.h"
#include "markdown/card.h"

/* The card of what the name at "$" means. */
static inline void check_card(const char *files, const char *expected) {
    Fixture f = fixture(files);
    Targets targets = {0};
    StrBuf card;
    buf_init(&card);
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    assert_int_not_equal(occurrence, NONE);
    resolve_occurrence(f.index, f.cursor.file, occurrence, &targets);
    assert_true(targets.len > 0);
    card_hover_target(f.index, targets.items[0], WRITER_PLAIN, &card);
    assert_string_equal(card.data, expected);
    ARRAY_FREE(&targets);
    buf_release(&card);
    fixture_release(&f);
}

#endif
