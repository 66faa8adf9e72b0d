package dev.forestall.loop.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CellsTest {

    private static final class Number {
        long value;
    }

    private static final Memory<Number> NUMBERS = new Memory<>() {
        @Override
        public Number fresh() {
            return new Number();
        }

        @Override
        public Number read(Reader from) {
            Number number = new Number();
            number.value = from.whole();
            return number;
        }

        @Override
        public void write(Number number, Writer to) {
            to.whole(number.value);
        }

        @Override
        public boolean isFresh(Number number) {
            return number.value == 0;
        }
    };

    private final Slot<Number> first = new Slot<>(0, NUMBERS);
    private final Slot<Number> second = new Slot<>(7, NUMBERS);

    private static Cells cells() {
        Cells cells = new Cells(0x7e);
        cells.load(State.EMPTY);
        return cells;
    }

    private static Cells reloaded(Cells cells) {
        Cells next = new Cells(0x7e);
        next.load(cells.save());
        return next;
    }

    @Test
    void a_cell_comes_back_under_its_slot_and_key() {
        Cells cells = cells();
        cells.advance(1_000);
        cells.open(first, "a").value = 1;
        cells.open(second, "").value = 2;
        cells.open(second, "b").value = 3;
        Cells next = reloaded(cells);
        assertThat(next.clock()).isEqualTo(1_000);
        assertThat(next.open(first, "a").value).isEqualTo(1);
        assertThat(next.open(second, "").value).isEqualTo(2);
        assertThat(next.keys(second)).containsExactly("", "b");
        assertThat(next.find(first, "b")).isNull();
    }

    @Test
    void a_fresh_cell_is_not_kept_unless_it_waits() {
        Cells cells = cells();
        cells.advance(1_000);
        cells.open(first, "gone");
        cells.open(first, "waits");
        cells.wake(first, "waits", 2_000);
        Cells next = reloaded(cells);
        assertThat(next.keys(first)).containsExactly("waits");
        assertThat(next.nextWake()).isEqualTo(2_000);
    }

    @Test
    void a_cell_that_nobody_opens_is_carried_over_as_it_is() {
        Cells cells = cells();
        cells.advance(5);
        cells.open(first, "a").value = 77;
        State before = cells.save();
        Cells other = new Cells(0x7e);
        other.load(before);
        assertThat(other.save()).isEqualTo(before);
    }

    @Test
    void the_earliest_wake_up_can_be_read_without_opening_anything() {
        Cells cells = cells();
        assertThat(Cells.nextWake(State.EMPTY)).isEqualTo(Cells.NEVER);
        cells.advance(1_000);
        cells.open(first, "a").value = 1;
        assertThat(Cells.nextWake(cells.save())).isEqualTo(Cells.NEVER);
        cells.wake(first, "a", 1_500);
        cells.open(second, "b").value = 1;
        cells.wake(second, "b", 1_000);
        assertThat(Cells.nextWake(cells.save())).isEqualTo(1_000);
        assertThat(reloaded(cells).wakeOf(first, "a")).isEqualTo(1_500);
    }

    @Test
    void a_wake_up_before_there_is_a_clock_is_kept() {
        for (long wake : new long[] {-5, 0, 5, 1_767_571_200_000L}) {
            Cells cells = cells();
            cells.open(first, "a");
            cells.wake(first, "a", wake);
            assertThat(reloaded(cells).wakeOf(first, "a")).isEqualTo(wake);
            assertThat(Cells.nextWake(cells.save())).isEqualTo(wake);
        }
    }

    @Test
    void a_wake_up_that_should_have_been_settled_is_noticed() {
        Cells cells = cells();
        cells.open(first, "a");
        cells.wake(first, "a", 10);
        cells.advance(11);
        assertThatThrownBy(cells::save).hasMessageContaining("should have been settled");
    }

    @Test
    void what_is_due_is_found_by_slot_and_key() {
        Cells cells = cells();
        cells.open(first, "b");
        cells.open(first, "a");
        cells.wake(first, "b", 10);
        cells.wake(first, "a", 20);
        assertThat(cells.firstDue(first, 9)).isNull();
        assertThat(cells.firstDue(first, 10)).isEqualTo("b");
        assertThat(cells.firstDue(first, 20)).isEqualTo("a");
        assertThat(cells.firstDue(second, 99)).isNull();
    }

    @Test
    void the_state_of_another_definition_or_schema_is_refused() {
        Cells cells = cells();
        cells.advance(1);
        State state = cells.save();
        assertThatThrownBy(() -> new Cells(0x11).load(state))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rebuild the subject from its log");
        byte[] newer = state.bytes().clone();
        newer[0] = 99;
        assertThatThrownBy(() -> new Cells(0x7e).load(State.of(newer))).hasMessageContaining("schema 99");
    }

    @Test
    void a_cell_that_holds_more_than_its_memory_reads_is_noticed() {
        Cells cells = cells();
        cells.advance(1);
        cells.open(first, "a").value = 1;
        byte[] bytes = cells.save().bytes().clone();
        // The last two bytes are the length of the content and the content.
        byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length - 2] = 2;
        Cells next = new Cells(0x7e);
        next.load(State.of(longer));
        assertThatThrownBy(() -> next.open(first, "a")).hasMessageContaining("holds more than its memory reads");
    }

    @Test
    void random_histories_equal_a_plain_map() {
        Random random = new Random(7);
        for (int run = 0; run < 300; run++) {
            TreeMap<String, Long> model = new TreeMap<>();
            Cells cells = new Cells(0x7e);
            State state = State.EMPTY;
            for (int step = 0; step < 20; step++) {
                cells.load(state);
                for (int change = 0; change < 4; change++) {
                    Slot<Number> slot = random.nextBoolean() ? first : second;
                    String key = "k" + random.nextInt(5);
                    if (random.nextInt(4) == 0) {
                        cells.drop(slot, key);
                        model.remove(slot.number() + key);
                    } else {
                        long value = 1 + random.nextInt(1_000);
                        cells.open(slot, key).value = value;
                        model.put(slot.number() + key, value);
                    }
                }
                state = cells.save();
                assertThat(all(state)).isEqualTo(flat(model));
            }
        }
    }

    private List<String> all(State state) {
        Cells cells = new Cells(0x7e);
        cells.load(state);
        List<String> all = new ArrayList<>();
        for (Slot<Number> slot : List.of(first, second)) {
            for (String key : cells.keys(slot)) {
                all.add(slot.number() + key + "=" + cells.open(slot, key).value);
            }
        }
        return all;
    }

    private static List<String> flat(TreeMap<String, Long> model) {
        return model.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList();
    }
}
