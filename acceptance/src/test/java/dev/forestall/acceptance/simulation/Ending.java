package dev.forestall.acceptance.simulation;

import dev.forestall.embedded.Host;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.state.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a run ended, as far as anyone could tell it from another one.
 *
 * @param log every record
 * @param subjects state and wake-up of each
 * @param effects every one that is kept, in order
 * @param handedOut what a subscriber heard, by id: the same id with other content is noted as such
 * @param astray subjects whose state does not follow from the log
 * @param whoIsWho the customer behind each identifier
 * @param counts events, late inputs, what was rejected and why
 */
record Ending(
        List<String> log,
        SortedMap<String, String> subjects,
        List<String> effects,
        SortedMap<String, String> handedOut,
        List<String> astray,
        SortedMap<String, String> whoIsWho,
        String counts) {

    static Ending of(Host host, InputLog log, StateStore store, List<Effect> heard) {
        return new Ending(
                log(log),
                subjects(store),
                effects(store),
                handedOut(heard),
                astray(host, store),
                whoIsWho(host),
                counts(host));
    }

    private static List<String> log(InputLog log) {
        List<String> records = new ArrayList<>();
        try (Cursor<InputLog.Entry> entries = log.read(log.start())) {
            entries.forEachRemaining(
                    entry -> records.add(entry.position() + " " + entry.atMillis() + " " + hex(entry.bytes())));
        }
        return records;
    }

    private static SortedMap<String, String> subjects(StateStore store) {
        SortedMap<String, String> subjects = new TreeMap<>();
        try (Cursor<StateStore.Subject> all = store.subjects(new byte[0])) {
            all.forEachRemaining(subject -> subjects.put(
                    hex(subject.key()),
                    hex(subject.saved().state()) + " " + subject.saved().wakeMillis()));
        }
        return subjects;
    }

    /**
     * Works all subjects out anew. What was really said and done stands in the state alone. Where it differs from what the same past would
     * have led to, effects of one step are counted otherwise, and so are the ids that a customer's cells hold: then what is known has to
     * be equal.
     */
    private static List<String> astray(Host host, StateStore store) {
        Definition definition = host.definition();
        Loop loop = new Loop(definition);
        long atMillis = host.accepted().latestMillis();
        List<String> astray = new ArrayList<>();
        try (Cursor<StateStore.Subject> all = store.subjects(new byte[0])) {
            all.forEachRemaining(subject -> {
                String[] parts = new String(subject.key(), StandardCharsets.UTF_8).split("\0", 2);
                SubjectId id = new SubjectId(parts[0], parts[1]);
                State state = State.of(subject.saved().state());
                State folded = host.history().now(id).state();
                State anew = id.isCustomer() ? definition.said().keep(folded, state) : folded;
                boolean isKnown =
                        id.isCustomer() && loop.known(id, anew, atMillis).equals(loop.known(id, state, atMillis));
                if (!anew.equals(state) && !isKnown) {
                    astray.add(id + ": " + hex(anew.bytes()) + " and not " + hex(state.bytes()));
                }
            });
        }
        return astray;
    }

    private static SortedMap<String, String> whoIsWho(Host host) {
        SortedMap<String, String> customers = new TreeMap<>();
        var identity = host.history().identity();
        for (Identifier each : Town.identifiers()) {
            if (host.definition().plan().identifier(each.name()).isPresent()) {
                customers.put(each.toString(), identity.customer(each).toString());
            }
        }
        return customers;
    }

    private static List<String> effects(StateStore store) {
        List<String> effects = new ArrayList<>();
        try (Cursor<StateStore.Effect> all = store.effects(0)) {
            all.forEachRemaining(effect -> effects.add(effect.position() + " " + effect.index() + " "
                    + EffectCodec.read(effect.bytes()).id() + " " + hex(effect.bytes())));
        }
        return effects;
    }

    private static SortedMap<String, String> handedOut(List<Effect> heard) {
        EffectCodec codec = new EffectCodec();
        SortedMap<String, String> byId = new TreeMap<>();
        for (Effect effect : heard) {
            EffectId id = effect.id();
            byId.merge(
                    id.subject() + " " + id.position() + " " + id.index(),
                    hex(codec.write(effect)),
                    (first, again) -> first.equals(again) ? first : "told differently: " + first + " and " + again);
        }
        return byId;
    }

    private static String counts(Host host) {
        return host.progress().events() + " events, " + host.progress().late() + " late, set aside "
                + host.progress().rejected() + ", noticed " + host.notices();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
