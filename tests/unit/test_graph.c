#include "fixture.h"
#include "markdown/graph.h"

static ImportEdges edges_of(const ImportEdge *items, uint32_t count) {
    ImportEdges edges = {0};
    for (uint32_t i = 0; i < count; i++) ARRAY_PUSH(&edges, items[i]);
    relations_sort_edges(&edges);
    return edges;
}
#define EDGES(...)                                                                                           \
    edges_of((const ImportEdge[]){__VA_ARGS__},                                                              \
             sizeof((const ImportEdge[]){__VA_ARGS__}) / sizeof(ImportEdge))

static void test_cycles_share_a_component(void **state) {
    (void)state;
    ImportEdges edges = EDGES({0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 3}, {5, 0});
    uint32_t component[6];
    assert_int_equal(graph_components(6, &edges, component), 3);
    assert_int_equal(component[0], component[1]);
    assert_int_equal(component[0], component[2]);
    assert_int_equal(component[3], component[4]);
    for (uint32_t i = 0; i < edges.len; i++)
        assert_true(component[edges.items[i].from] >= component[edges.items[i].to]);
    assert_true(component[5] > component[0] && component[0] > component[3]);
    ARRAY_FREE(&edges);
}

static void test_levels_are_longest_ways(void **state) {
    (void)state;
    ImportEdges edges = EDGES({0, 1}, {0, 2}, {1, 2}, {2, 3}, {3, 2}, {3, 4}, {5, 4});
    uint32_t level[6];
    graph_levels(6, &edges, level);
    const uint32_t expected[6] = {3, 2, 1, 1, 0, 1};
    assert_memory_equal(level, expected, sizeof expected);
    ARRAY_FREE(&edges);
}

static void test_depth_costs_no_stack(void **state) {
    (void)state;
    enum { NODES = 300000 };
    ImportEdges edges = {0};
    for (uint32_t i = 0; i + 1 < NODES; i++) ARRAY_PUSH(&edges, ((ImportEdge){i, i + 1}));
    uint32_t *level = mem_calloc(NODES, sizeof *level);
    graph_levels(NODES, &edges, level);
    assert_int_equal(level[0], NODES - 1);
    mem_free(level);
    ARRAY_FREE(&edges);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cycles_share_a_component),
        cmocka_unit_test(test_levels_are_longest_ways),
        cmocka_unit_test(test_depth_costs_no_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
