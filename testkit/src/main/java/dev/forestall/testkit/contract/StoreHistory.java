package dev.forestall.testkit.contract;

import static dev.forestall.loop.host.StateStore.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateStore.Effect;
import dev.forestall.loop.host.StateStore.Saved;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** One random life of a store, with deaths of its process, beside plain maps of readable text. */
final class StoreHistory {

    private static final HexFormat HEX = HexFormat.of();

    private final StateStoreContract contract;
    private final String name;
    private final SplittableRandom random;
    private final TreeMap<String, Saved> subjects = new TreeMap<>();
    private final TreeMap<String, byte[]> effects = new TreeMap<>();
    private final TreeMap<String, List<Long>> inputs = new TreeMap<>();
    private final TreeMap<String, String> nodes = new TreeMap<>();
    private long position;
    private StateStore store;

    StoreHistory(StateStoreContract contract, String name, SplittableRandom random) {
        this.contract = contract;
        this.name = name;
        this.random = random;
        store = contract.open(name);
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> commit();
                case 9, 10, 11, 12 -> compareOne();
                case 13, 14, 15 -> compareDue();
                case 16 -> compareAll();
                case 17 -> retain();
                case 18 -> store.sync();
                default -> reopen();
            }
        }
        reopen();
        compareAll();
        store.close();
    }

    private void commit() {
        try (var batch = store.batch()) {
            for (int i = random.nextInt(40); i >= 0; i--) {
                position += random.nextInt(1, 200);
                change(batch, subject());
            }
            batch.position(position);
            store.commit(batch);
        }
        assertThat(store.position()).isEqualTo(position);
    }

    private void change(StateStore.Batch batch, byte[] subject) {
        var key = HEX.formatHex(subject);
        var before = subjects.get(key);
        var wakeBefore = before == null ? NEVER : before.wakeMillis();
        if (random.nextInt(30) == 0) {
            batch.remove(subject, wakeBefore);
            subjects.remove(key);
            inputs.remove(key);
            return;
        }
        var saved = new Saved(bytes(300), random.nextInt(3) == 0 ? NEVER : random.nextInt(-100, 1_000));
        batch.put(subject, saved, wakeBefore);
        subjects.put(key, saved);
        noteInputs(batch, subject, key);
        if (random.nextInt(3) == 0) {
            var node = bytes(80);
            batch.node(subject, node);
            nodes.put(key, HEX.formatHex(node));
        }
        if (random.nextInt(4) == 0) {
            var effect = new Effect(position, subject, random.nextInt(400), bytes(50));
            batch.effect(effect);
            effects.put(text(effect), effect.bytes());
        }
        if (random.nextInt(10) == 0 && !effects.isEmpty()) {
            var dropped = effects.firstKey();
            var parts = dropped.split(" ", -1);
            batch.dropEffect(Long.parseLong(parts[0]), HEX.parseHex(parts[1].substring(1)), Integer.parseInt(parts[2]));
            effects.remove(dropped);
        }
    }

    private void noteInputs(StateStore.Batch batch, byte[] subject, String key) {
        var positions = new long[random.nextInt(1, 4)];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = position;
            position += random.nextInt(1, 1_000);
        }
        batch.inputs(subject, positions);
        var noted = inputs.computeIfAbsent(key, unused -> new ArrayList<>());
        Arrays.stream(positions).forEach(noted::add);
    }

    private void compareOne() {
        var subject = subject();
        var key = HEX.formatHex(subject);
        var found = store.get(subject);
        var expected = subjects.get(key);
        assertThat(found.isPresent()).isEqualTo(expected != null);
        if (expected != null) {
            assertThat(text(found.orElseThrow())).isEqualTo(text(expected));
        }
        assertThat(store.node(subject).map(HEX::formatHex).orElse("none")).isEqualTo(nodes.getOrDefault(key, "none"));
        var from = random.nextLong(position + 10);
        assertThat(list(store.inputs(subject, from)))
                .isEqualTo(inputs.getOrDefault(key, List.of()).stream()
                        .filter(each -> each >= from)
                        .toList());
    }

    private void compareDue() {
        var until = random.nextInt(-200, 1_100);
        var limit = random.nextInt(1, 20);
        var expected = subjects.entrySet().stream()
                .filter(each -> each.getValue().wakeMillis() <= until)
                .map(each -> "%05d %s".formatted(each.getValue().wakeMillis() + 1_000, each.getKey()))
                .sorted()
                .limit(limit)
                .toList();
        assertThat(store.due(until, limit).stream()
                        .map(wake -> "%05d %s".formatted(wake.atMillis() + 1_000, HEX.formatHex(wake.subject())))
                        .toList())
                .isEqualTo(expected);
    }

    private void compareAll() {
        var expected = new ArrayList<String>();
        subjects.forEach((key, saved) -> expected.add(key + " " + text(saved)));
        assertThat(list(store.subjects(new byte[0])).stream()
                        .map(each -> HEX.formatHex(each.key()) + " " + text(each.saved())))
                .isEqualTo(expected);
        assertThat(list(store.effects(0)).stream().map(each -> text(each) + " " + HEX.formatHex(each.bytes())))
                .isEqualTo(effects.entrySet().stream()
                        .map(each -> each.getKey() + " " + HEX.formatHex(each.getValue()))
                        .toList());
        assertThat(store.position()).isEqualTo(position);
    }

    private void retain() {
        var from = random.nextLong(position + 1) / 4;
        store.retain(from);
        effects.keySet().removeIf(effect -> Long.parseLong(effect.split(" ", -1)[0]) < from);
        inputs.replaceAll((key, noted) -> {
            var kept = list(store.inputs(HEX.parseHex(key), 0));
            assertThat(noted).containsAll(kept);
            assertThat(kept)
                    .containsAll(noted.stream().filter(each -> each >= from).toList());
            return kept;
        });
    }

    private void reopen() {
        if (random.nextBoolean()) {
            store.close();
        } else {
            contract.kill(name, store);
        }
        store = contract.open(name);
        assertThat(store.position()).isEqualTo(position);
    }

    /** One of some eighty, with and without zeros and common beginnings. */
    private byte[] subject() {
        var subject = new byte[random.nextInt(1, 4)];
        for (int i = 0; i < subject.length; i++) {
            subject[i] = new byte[] {0, 1, 'a', -1}[random.nextInt(4)];
        }
        return subject;
    }

    private byte[] bytes(int longest) {
        var bytes = new byte[random.nextInt(longest)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(Saved saved) {
        return HEX.formatHex(saved.state()) + " @" + saved.wakeMillis();
    }

    /** Padded, so that text sorts as the effects do; the dash keeps a shorter subject before a longer one. */
    private static String text(Effect effect) {
        return "%012d -%s %06d".formatted(effect.position(), HEX.formatHex(effect.subject()), effect.index());
    }

    private static <T> List<T> list(Cursor<T> cursor) {
        try (cursor) {
            var list = new ArrayList<T>();
            cursor.forEachRemaining(list::add);
            return list;
        }
    }
}
