package dev.forestall.testkit.contract;

import static dev.forestall.loop.host.StateStore.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateStore.Batch;
import dev.forestall.loop.host.StateStore.Effect;
import dev.forestall.loop.host.StateStore.Saved;
import dev.forestall.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * The law of {@link StateStore}. An implementation's test extends this and says how its stores are opened and how their
 * process dies.
 */
public abstract class StateStoreContract {

    /** Opens the store of that name; when it was closed or its process died before, it holds what it must hold. */
    protected abstract StateStore open(String name);

    /** Ends the store's process without closing it. */
    protected abstract void kill(String name, StateStore store);

    @Test
    void a_new_store_holds_nothing_and_has_read_nothing() {
        try (var store = open("store")) {
            assertThat(store.position()).isEqualTo(0);
            assertThat(store.get(bytes("customer:1"))).isEmpty();
            assertThat(store.named("definition")).isEmpty();
            assertThat(store.node(bytes("email:a"))).isEmpty();
            assertThat(store.effect(0, bytes("customer:1"), 0)).isEmpty();
            assertThat(store.due(NEVER, 10)).isEmpty();
            assertThat(subjects(store, "")).isEmpty();
            assertThat(effects(store, 0)).isEmpty();
            assertThat(inputs(store, "customer:1", 0)).isEmpty();
            assertThat(store.statistics(bytes(""))).isEqualTo(new StateStore.Statistics(0, 0, 0));
        }
    }

    @Test
    void what_is_committed_is_found_and_what_is_not_is_not() {
        try (var store = open("store")) {
            try (var batch = store.batch()) {
                batch.put(bytes("customer:1"), saved("calm", 500), NEVER)
                        .effect(effect(7, "customer:1", 0, "signal"))
                        .inputs(bytes("customer:1"), 3, 7)
                        .named("definition", bytes("abc"))
                        .node(bytes("email:a"), bytes("belongs to 1"))
                        .position(8);
                assertThat(store.get(bytes("customer:1"))).isEmpty();
                assertThat(store.node(bytes("email:a"))).isEmpty();
                assertThat(store.position()).isEqualTo(0);
                store.commit(batch);
            }
            assertThat(state(store, "customer:1")).isEqualTo("calm @500");
            assertThat(store.effect(7, bytes("customer:1"), 0)).hasValue(bytes("signal"));
            assertThat(inputs(store, "customer:1", 0)).containsExactly(3L, 7L);
            assertThat(store.named("definition")).hasValue(bytes("abc"));
            assertThat(store.node(bytes("email:a"))).hasValue(bytes("belongs to 1"));
            assertThat(store.node(bytes("customer:1"))).isEmpty();
            assertThat(store.position()).isEqualTo(8);
            try (var batch = store.batch()) {
                batch.put(bytes("customer:2"), saved("never committed", NEVER), NEVER);
            }
            assertThat(store.get(bytes("customer:2"))).isEmpty();
        }
    }

    @Test
    void a_batch_can_be_filled_again_after_its_commit_and_the_last_change_wins() {
        try (var store = open("store");
                var batch = store.batch()) {
            store.commit(batch.put(bytes("a"), saved("1", 10), NEVER).put(bytes("a"), saved("2", 20), 10));
            assertThat(state(store, "a")).isEqualTo("2 @20");
            assertThat(due(store, 100, 10)).containsExactly("20 a");
            store.commit(
                    batch.put(bytes("b"), saved("3", NEVER), NEVER).position(1).position(2));
            assertThat(state(store, "a")).isEqualTo("2 @20");
            assertThat(store.position()).isEqualTo(2);
            store.commit(batch);
            assertThat(subjects(store, "")).containsExactly("a 2 @20", "b 3 @never");
        }
    }

    @Test
    void a_generation_of_states_is_made_beside_the_live_one_and_takes_its_place_at_once() {
        try (var store = open("store")) {
            try (var batch = store.batch()) {
                store.commit(batch.put(bytes("a"), saved("old", 10), NEVER)
                        .effect(effect(1, "a", 0, "said"))
                        .inputs(bytes("a"), 1)
                        .node(bytes("email:a"), bytes("a"))
                        .position(2));
                store.beginGeneration(1);
                store.commit(
                        batch.put(1, bytes("a"), saved("new", 5), NEVER).put(1, bytes("b"), saved("new", 7), NEVER));
                assertThat(subjects(store, "")).containsExactly("a old @10");
                assertThat(due(store, 100, 10)).containsExactly("10 a");
                assertThat(store.dueIn(1, 5)).hasSize(1);
                assertThat(store.dueIn(1, 100))
                        .extracting(StateStore.Wake::atMillis)
                        .containsExactly(5L, 7L);
                assertThat(store.generation()).isEqualTo(0);
                // What names no generation is of the one that is live until then.
                store.commit(batch.live(1)
                        .put(bytes("a"), saved("last", 11), 10)
                        .put(1, bytes("b"), saved("", NEVER), 7)
                        .position(3));
            }
            assertThat(store.generation()).isEqualTo(1);
            assertThat(subjects(store, "")).containsExactly("a new @5");
            assertThat(due(store, 100, 10)).containsExactly("5 a");
            assertThat(store.get(0, bytes("a")).map(StateStore.Saved::wakeMillis))
                    .hasValue(11L);
            assertThat(effects(store, 0)).hasSize(1);
            assertThat(inputs(store, "a", 0)).containsExactly(1L);
            assertThat(store.node(bytes("email:a"))).isPresent();
        }
        try (var store = open("store")) {
            assertThat(store.generation()).isEqualTo(1);
            assertThat(store.generations()).containsExactly(0, 1);
            assertThat(subjects(store, "")).containsExactly("a new @5");
            store.dropGeneration(0);
        }
        try (var store = open("store")) {
            assertThat(store.generations()).containsExactly(1);
            store.beginGeneration(2);
            try (var batch = store.batch()) {
                store.commit(batch.put(2, bytes("c"), saved("half done", NEVER), NEVER));
            }
            store.beginGeneration(2);
            try (var none = store.subjects(2, bytes(""))) {
                assertThat(none.hasNext()).isFalse();
            }
            assertThat(subjects(store, "")).containsExactly("a new @5");
        }
    }

    @Test
    void a_batch_copies_what_it_is_given() {
        try (var store = open("store");
                var batch = store.batch()) {
            var bytes = bytes("aaaa");
            batch.put(bytes, new Saved(bytes, 1), NEVER)
                    .effect(new Effect(1, bytes, 0, bytes))
                    .node(bytes, bytes)
                    .named("aaaa", bytes);
            Arrays.fill(bytes, (byte) 'b');
            store.commit(batch);
            assertThat(subjects(store, "")).containsExactly("aaaa aaaa @1");
            assertThat(due(store, 1, 1)).containsExactly("1 aaaa");
            assertThat(effects(store, 0)).containsExactly("1 aaaa 0 aaaa");
            assertThat(store.node(bytes("aaaa"))).hasValue(bytes("aaaa"));
            assertThat(store.named("aaaa")).hasValue(bytes("aaaa"));
        }
    }

    @Test
    void a_subject_has_at_most_one_wake_up() {
        try (var store = open("store")) {
            commit(store, batch -> batch.put(bytes("a"), saved("1", 500), NEVER));
            commit(store, batch -> batch.put(bytes("a"), saved("2", 900), 500));
            assertThat(due(store, 899, 10)).isEmpty();
            assertThat(due(store, 900, 10)).containsExactly("900 a");
            commit(store, batch -> batch.put(bytes("a"), saved("3", 300), 900));
            assertThat(due(store, 1_000, 10)).containsExactly("300 a");
            commit(store, batch -> batch.put(bytes("a"), saved("4", 300), 300));
            assertThat(due(store, 1_000, 10)).containsExactly("300 a");
            commit(store, batch -> batch.put(bytes("a"), saved("5", NEVER), 300));
            assertThat(due(store, NEVER, 10)).isEmpty();
            assertThat(state(store, "a")).isEqualTo("5 @never");
        }
    }

    @Test
    void due_wake_ups_come_by_instant_and_then_by_key_up_to_a_limit() {
        try (var store = open("store")) {
            commit(
                    store,
                    batch -> batch.put(bytes("b"), saved("", 7), NEVER)
                            .put(bytes("ab"), saved("", 7), NEVER)
                            .put(bytes("a"), saved("", 7), NEVER)
                            .put(new byte[] {(byte) 0xff}, saved("", 7), NEVER)
                            .put(bytes("first"), saved("", -1_000), NEVER)
                            .put(bytes("earliest"), saved("", Long.MIN_VALUE), NEVER)
                            .put(bytes("last"), saved("", Long.MAX_VALUE - 1), NEVER));
            assertThat(due(store, 6, 10)).containsExactly("-9223372036854775808 earliest", "-1000 first");
            assertThat(due(store, 7, 5))
                    .containsExactly("-9223372036854775808 earliest", "-1000 first", "7 a", "7 ab", "7 b");
            assertThat(due(store, NEVER, 10)).hasSize(7).last().isEqualTo("9223372036854775806 last");
            assertThat(due(store, Long.MIN_VALUE, 10)).hasSize(1);
            assertThat(due(store, NEVER, 0)).isEmpty();
        }
    }

    @Test
    void a_wake_up_set_for_a_time_already_searched_is_found() {
        try (var store = open("store")) {
            commit(store, batch -> batch.put(bytes("a"), saved("", 100), NEVER));
            assertThat(due(store, 5_000, 10)).hasSize(1);
            commit(store, batch -> batch.put(bytes("a"), saved("", NEVER), 100));
            assertThat(due(store, 5_000, 10)).isEmpty();
            assertThat(due(store, NEVER, 10)).isEmpty();
            commit(store, batch -> batch.put(bytes("b"), saved("", 50), NEVER));
            assertThat(due(store, 5_000, 10)).containsExactly("50 b");
        }
    }

    @Test
    void subjects_are_listed_by_prefix_in_order_of_key() {
        try (var store = open("store")) {
            commit(
                    store,
                    batch -> batch.put(bytes("customer:2"), saved("x", 1), NEVER)
                            .put(bytes("branch:9"), saved("yyy", NEVER), NEVER)
                            .put(bytes("customer:10"), saved("", NEVER), NEVER)
                            .put(bytes("customer"), saved("", NEVER), NEVER)
                            .put(bytes("customer;"), saved("", NEVER), NEVER));
            assertThat(subjects(store, "customer:")).containsExactly("customer:10  @never", "customer:2 x @1");
            assertThat(subjects(store, "customer:2")).containsExactly("customer:2 x @1");
            assertThat(subjects(store, "d")).isEmpty();
            assertThat(subjects(store, "")).hasSize(5);
            assertThat(store.statistics(bytes("customer:"))).isEqualTo(new StateStore.Statistics(2, 21, 1));
            assertThat(store.statistics(bytes(""))).isEqualTo(new StateStore.Statistics(5, 46, 4));
        }
    }

    @Test
    void a_removed_subject_leaves_nothing_behind_and_may_come_again() {
        try (var store = open("store")) {
            commit(store, batch -> batch.put(bytes("a"), saved("1", 5), NEVER).inputs(bytes("a"), 1, 2));
            commit(store, batch -> batch.put(bytes("ab"), saved("2", 5), NEVER).inputs(bytes("ab"), 3));
            commit(store, batch -> batch.remove(bytes("a"), 5));
            assertThat(subjects(store, "")).containsExactly("ab 2 @5");
            assertThat(due(store, 10, 10)).containsExactly("5 ab");
            assertThat(inputs(store, "a", 0)).isEmpty();
            assertThat(inputs(store, "ab", 0)).containsExactly(3L);
            commit(
                    store,
                    batch -> batch.remove(bytes("ab"), 5)
                            .put(bytes("ab"), saved("3", 6), NEVER)
                            .inputs(bytes("ab"), 9));
            assertThat(subjects(store, "")).containsExactly("ab 3 @6");
            assertThat(due(store, 10, 10)).containsExactly("6 ab");
            assertThat(inputs(store, "ab", 0)).containsExactly(9L);
        }
    }

    @Test
    void effects_are_ordered_by_position_subject_and_index() {
        try (var store = open("store")) {
            commit(
                    store,
                    batch -> batch.effect(effect(300, "b", 0, "e5"))
                            .effect(effect(2, "b", 0, "e4"))
                            .effect(effect(2, "a", 300, "e2"))
                            .effect(effect(2, "ab", 0, "e3"))
                            .effect(effect(2, "a", 1, "e1")));
            assertThat(effects(store, 0))
                    .containsExactly("2 a 1 e1", "2 a 300 e2", "2 ab 0 e3", "2 b 0 e4", "300 b 0 e5");
            assertThat(effects(store, 3)).containsExactly("300 b 0 e5");
            commit(store, batch -> batch.dropEffect(2, bytes("a"), 300).dropEffect(2, bytes("not there"), 0));
            assertThat(effects(store, 0)).containsExactly("2 a 1 e1", "2 ab 0 e3", "2 b 0 e4", "300 b 0 e5");
            assertThat(store.effect(2, bytes("a"), 300)).isEmpty();
            assertThat(store.effect(2, bytes("a"), 1)).hasValue(bytes("e1"));
        }
    }

    @Test
    void keys_of_any_bytes_are_kept_apart_and_in_order() {
        var keys = List.of(
                new byte[] {},
                new byte[] {0},
                new byte[] {0, 0},
                new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1},
                new byte[] {0, 1},
                new byte[] {0, -1},
                new byte[] {'a'},
                new byte[] {'a', 0},
                new byte[] {'a', 0, -1},
                new byte[] {'a', 'a'},
                new byte[] {-1},
                new byte[] {-1, -1});
        try (var store = open("store")) {
            commit(store, batch -> {
                for (var key : keys.reversed()) {
                    batch.put(key, new Saved(key, NEVER), NEVER)
                            .effect(new Effect(1, key, 1, key))
                            .effect(new Effect(1, key, 0, key))
                            .inputs(key, key.length, 1_000);
                }
            });
            assertThat(list(store.subjects(bytes("")), StateStore.Subject::key))
                    .containsExactly(keys.toArray(new byte[0][]));
            var effects = list(store.effects(0), effect -> effect);
            for (int i = 0; i < keys.size(); i++) {
                assertThat(effects.get(2 * i).subject()).isEqualTo(keys.get(i));
                assertThat(effects.get(2 * i).index()).isEqualTo(0);
                assertThat(effects.get(2 * i + 1).bytes()).isEqualTo(keys.get(i));
                assertThat(list(store.inputs(keys.get(i), 0), position -> position))
                        .containsExactly((long) keys.get(i).length, 1_000L);
            }
        }
    }

    @Test
    void inputs_of_a_subject_are_read_in_order_from_any_position() {
        try (var store = open("store")) {
            commit(store, batch -> batch.inputs(bytes("a"), 1, 2, 130, 100_000).inputs(bytes("b"), 3));
            commit(
                    store,
                    batch -> batch.inputs(bytes("a"), 100_001)
                            .inputs(bytes("a"), 1L << 40, (1L << 60) + 5)
                            .inputs(bytes("b"), 200_000));
            var all = List.of(1L, 2L, 130L, 100_000L, 100_001L, 1L << 40, (1L << 60) + 5);
            for (var from : LongStream.concat(
                            all.stream().mapToLong(each -> each), LongStream.of(0, 3, 99_999, 100_002, (1L << 60) + 6))
                    .toArray()) {
                assertThat(inputs(store, "a", from))
                        .isEqualTo(all.stream().filter(each -> each >= from).toList());
            }
            assertThat(inputs(store, "b", 0)).containsExactly(3L, 200_000L);
            assertThat(inputs(store, "", 0)).isEmpty();
            assertThat(inputs(store, "c", 0)).isEmpty();
        }
    }

    @Test
    void retention_drops_effects_and_inputs_before_a_position_and_nothing_else() {
        try (var store = open("store")) {
            commit(
                    store,
                    batch -> batch.put(bytes("a"), saved("1", 5), NEVER)
                            .inputs(bytes("a"), 1, 2)
                            .inputs(bytes("b"), 4, 10, 11)
                            .effect(effect(9, "a", 0, "old"))
                            .effect(effect(10, "a", 0, "young"))
                            .position(12));
            store.retain(10);
            assertThat(effects(store, 0)).containsExactly("10 a 0 young");
            assertThat(inputs(store, "a", 0)).isEmpty();
            assertThat(inputs(store, "b", 10)).containsExactly(10L, 11L);
            assertThat(subjects(store, "")).containsExactly("a 1 @5");
            assertThat(store.position()).isEqualTo(12);
        }
    }

    @Test
    void a_cursor_sees_the_store_as_it_was_when_opened() {
        try (var store = open("store")) {
            commit(store, batch -> batch.put(bytes("a"), saved("1", 5), NEVER).effect(effect(1, "a", 0, "x")));
            try (var subjects = store.subjects(bytes(""));
                    var effects = store.effects(0)) {
                commit(
                        store,
                        batch -> batch.put(bytes("a"), saved("2", 5), 5)
                                .put(bytes("b"), saved("3", 5), NEVER)
                                .dropEffect(1, bytes("a"), 0));
                assertThat(new String(subjects.next().saved().state(), StandardCharsets.UTF_8))
                        .isEqualTo("1");
                assertThat(subjects.hasNext()).isFalse();
                assertThatThrownBy(subjects::next).isInstanceOf(NoSuchElementException.class);
                assertThat(effects.next().bytes()).isEqualTo(bytes("x"));
            }
            assertThat(subjects(store, "")).containsExactly("a 2 @5", "b 3 @5");
        }
    }

    @Test
    void closing_and_the_death_of_the_process_take_nothing_that_was_committed() {
        var store = open("store");
        commit(store, batch -> batch.put(bytes("a"), saved("1", 5), NEVER).position(1));
        store.close();
        store = open("store");
        commit(store, batch -> batch.put(bytes("b"), saved("2", 6), NEVER).position(2));
        kill("store", store);
        try (var again = open("store")) {
            assertThat(subjects(again, "")).containsExactly("a 1 @5", "b 2 @6");
            assertThat(due(again, 10, 10)).containsExactly("5 a", "6 b");
            assertThat(again.position()).isEqualTo(2);
        }
    }

    @Test
    void a_closed_store_takes_and_gives_nothing_more_and_may_be_closed_again() {
        var store = open("store");
        var batch = store.batch();
        store.close();
        store.close();
        assertThatThrownBy(() -> store.get(bytes("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.commit(batch)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.subjects(bytes(""))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.due(1, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::sync).isInstanceOf(IllegalStateException.class);
        batch.close();
    }

    @Test
    void several_threads_commit_and_each_commit_is_whole() throws Exception {
        try (var store = open("store");
                var threads = Executors.newFixedThreadPool(4)) {
            var writers = new ArrayList<Future<?>>();
            for (int thread = 0; thread < 3; thread++) {
                var name = "writer" + thread;
                writers.add(threads.submit(() -> {
                    long wake = NEVER;
                    for (int i = 0; i < 300; i++) {
                        var before = wake;
                        var state = Integer.toString(i);
                        wake = i;
                        commit(
                                store,
                                batch -> batch.put(bytes(name), saved(state, Long.parseLong(state)), before)
                                        .put(bytes(name + " twin"), saved(state, NEVER), NEVER));
                    }
                }));
            }
            while (!writers.stream().allMatch(Future::isDone)) {
                var seen = subjects(store, "");
                for (int i = 0; i < seen.size(); i += 2) {
                    assertThat(seen.get(i + 1).split(" ", -1)[2])
                            .isEqualTo(seen.get(i).split(" ", -1)[1]);
                }
                store.due(200, 10);
            }
            for (var writer : writers) {
                writer.get();
            }
            assertThat(subjects(store, "writer")).hasSize(6);
            assertThat(due(store, NEVER, 10)).containsExactly("299 writer0", "299 writer1", "299 writer2");
        }
    }

    @Test
    void random_histories_agree_with_plain_maps(TestInfo test) {
        Seeds.each(test, 12, (seed, random) -> new StoreHistory(this, "store-" + seed, random).run(150));
    }

    private static void commit(StateStore store, Consumer<Batch> changes) {
        try (var batch = store.batch()) {
            changes.accept(batch);
            store.commit(batch);
        }
    }

    private static Saved saved(String state, long wakeMillis) {
        return new Saved(bytes(state), wakeMillis);
    }

    private static Effect effect(long position, String subject, int index, String bytes) {
        return new Effect(position, bytes(subject), index, bytes(bytes));
    }

    private static String state(StateStore store, String subject) {
        return text(store.get(bytes(subject)).orElseThrow());
    }

    private static List<String> subjects(StateStore store, String prefix) {
        return list(store.subjects(bytes(prefix)), each -> text(each.key()) + " " + text(each.saved()));
    }

    @Test
    void a_snapshot_shows_what_was_committed_when_it_was_taken_whatever_comes_later() {
        try (var store = open("store")) {
            commit(
                    store,
                    batch -> batch.put(bytes("customer:1"), saved("calm", 500), NEVER)
                            .effect(effect(7, "customer:1", 0, "signal"))
                            .effect(effect(7, "customer:1", 3, "alert"))
                            .effect(effect(7, "customer:11", 0, "other"))
                            .inputs(bytes("customer:1"), 3, 7)
                            .named("definition", bytes("abc"))
                            .node(bytes("email:a"), bytes("belongs to 1"))
                            .position(8));
            try (var snapshot = store.snapshot()) {
                commit(
                        store,
                        batch -> batch.put(bytes("customer:1"), saved("cross", 900), 500)
                                .dropEffect(7, bytes("customer:1"), 0)
                                .effect(effect(8, "customer:1", 0, "later"))
                                .inputs(bytes("customer:1"), 8)
                                .named("definition", bytes("def"))
                                .node(bytes("email:a"), bytes("belongs to 2"))
                                .position(9));
                // Not even another generation taking over changes it, or the one it shows being let go.
                store.beginGeneration(1);
                commit(store, batch -> batch.live(1));
                store.dropGeneration(0);
                assertThat(snapshot.get(bytes("customer:1")).map(each -> text(each)))
                        .hasValue("calm @500");
                assertThat(list(snapshot.effects(7, bytes("customer:1")), each -> each.index() + text(each.bytes())))
                        .containsExactly("0signal", "3alert");
                assertThat(list(snapshot.effects(0), each -> text(each.bytes())))
                        .containsExactly("signal", "alert", "other");
                assertThat(snapshot.effect(8, bytes("customer:1"), 0)).isEmpty();
                assertThat(list(snapshot.inputs(bytes("customer:1"), 0), position -> position))
                        .containsExactly(3L, 7L);
                assertThat(snapshot.named("definition")).hasValue(bytes("abc"));
                assertThat(snapshot.node(bytes("email:a"))).hasValue(bytes("belongs to 1"));
                assertThat(snapshot.position()).isEqualTo(8);
            }
            assertThat(store.get(bytes("customer:1"))).isEmpty();
            assertThat(list(store.effects(7, bytes("customer:1")), each -> text(each.bytes())))
                    .containsExactly("alert");
        }
    }

    private static List<String> effects(StateStore store, long from) {
        return list(
                store.effects(from),
                each -> each.position() + " " + text(each.subject()) + " " + each.index() + " " + text(each.bytes()));
    }

    private static List<String> due(StateStore store, long untilMillis, int limit) {
        return store.due(untilMillis, limit).stream()
                .map(wake -> wake.atMillis() + " " + text(wake.subject()))
                .toList();
    }

    private static List<Long> inputs(StateStore store, String subject, long from) {
        return list(store.inputs(bytes(subject), from), position -> position);
    }

    private static <T, R> List<R> list(Cursor<T> cursor, Function<T, R> form) {
        try (cursor) {
            var list = new ArrayList<R>();
            cursor.forEachRemaining(each -> list.add(form.apply(each)));
            return list;
        }
    }

    private static String text(Saved saved) {
        return text(saved.state()) + " @" + (saved.wakeMillis() == NEVER ? "never" : saved.wakeMillis());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
