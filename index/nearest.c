/* Names that are spelled nearly as a query: what to offer when nothing was found. */
#include "index/name.h"
#include "index/rank.h"
#include "index/search.h"

enum { LONGEST = 64 /* bytes of what is compared */, FAR = 3 /* edits that are too many */ };

static char fold(char c) { return name_is_capital(c) ? (char)(c + 'a' - 'A') : c; }

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* How many bytes must be put in, left out, replaced or swapped with their neighbour to make one of the other
 * (optimal string alignment), letter case aside. */
static uint32_t edit_distance(Str a, Str b) {
    uint32_t rows[3][LONGEST + 1];
    for (uint32_t j = 0; j <= b.len; j++) rows[0][j] = j;
    for (uint32_t i = 1; i <= a.len; i++) {
        uint32_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *twice = rows[(i + 1) % 3];
        row[0] = i;
        for (uint32_t j = 1; j <= b.len; j++) {
            char x = fold(a.data[i - 1]), y = fold(b.data[j - 1]);
            row[j] = least(above[j - 1] + (x != y), 1 + least(above[j], row[j - 1]));
            if (i > 1 && j > 1 && x == fold(b.data[j - 2]) && y == fold(a.data[i - 2]))
                row[j] = least(row[j], twice[j - 2] + 1);
        }
    }
    return rows[a.len % 3][b.len];
}

/* The last part of a query, without white space around it. */
static Str last_part(Str query) {
    size_t dot = str_rfind_byte(query, '.');
    return str_trim(dot == STR_NPOS ? query : str_from(query, dot + 1));
}

/* How near a name is, higher is nearer; 0: too far. One edit in three bytes is the most. */
static uint32_t nearness(const Ranking *ranking, Str query, uint32_t id) {
    Str name = index_name(ranking->index, id);
    bool defined = index_name_mask(ranking->index, id) & MASK_DEFINED;
    if (!defined || name.len > LONGEST || name.len + FAR <= query.len || query.len + FAR <= name.len)
        return 0;
    uint32_t distance = edit_distance(query, name);
    if (distance >= FAR || distance > query.len / 3) return 0;
    return (FAR - distance) * (2u * RANK_USES) + rank_name(ranking, id).use + 1;
}

uint32_t search_nearest(const Index *index, Str query, uint32_t name_ids[SEARCH_NEAREST]) {
    uint32_t found = 0, nearest[SEARCH_NEAREST];
    Ranking ranking = ranking_of(index, STR(""));
    query = last_part(query);
    if (query.len > LONGEST) return 0;
    for (uint32_t id = 0; id < index_name_end(index); id++) {
        uint32_t near = nearness(&ranking, query, id), place = found;
        if (near == 0) continue;
        while (place > 0 && nearest[place - 1] < near) place--;
        if (place == SEARCH_NEAREST) continue;
        if (found < SEARCH_NEAREST) found++;
        for (uint32_t i = found - 1; i > place; i--) {
            nearest[i] = nearest[i - 1];
            name_ids[i] = name_ids[i - 1];
        }
        nearest[place] = near;
        name_ids[place] = id;
    }
    return found;
}
