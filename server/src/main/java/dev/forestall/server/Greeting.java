package dev.forestall.server;

import dev.forestall.loop.Definition;
import dev.forestall.server.ingest.Example;
import dev.forestall.server.ingest.Sources;
import dev.forestall.server.security.ApiKeys;
import dev.forestall.server.security.KeyText;
import dev.forestall.server.security.Users;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is said when a server has started; the secrets of a first start are said once, and known to nobody afterwards. */
final class Greeting {

    private static final String SERVER = "server";

    private final Optional<FirstStart> first;
    private final Definition definition;

    private record FirstStart(String password, KeyText writeKey) {}

    private Greeting(Optional<FirstStart> first, Definition definition) {
        this.first = first;
        this.definition = definition;
    }

    /** Where nobody has ever been, makes an administrator and a write key. */
    static Greeting firstStart(ApiKeys keys, Users users, Sources sources, Definition definition) {
        if (!users.areNone()) {
            return new Greeting(Optional.empty(), definition);
        }
        String password = users.add(Users.ADMINISTRATOR, List.of("administrator"), SERVER);
        String source = sources.names().getFirst();
        KeyText key = keys.create(new ApiKeys.Wish(KeyText.Kind.WRITE, "first key", source), SERVER)
                .text();
        return new Greeting(Optional.of(new FirstStart(password, key)), definition);
    }

    String writeKey() {
        return first.map(start -> start.writeKey().text()).orElse("");
    }

    String text(URI address, long startedInNanos) {
        String seconds = String.format(Locale.ROOT, "%.1f", startedInNanos / 1e9);
        String ready = "Forestall is ready in " + seconds + " s          console  " + address + System.lineSeparator();
        return ready + first.map(start -> text(start, address)).orElse("");
    }

    private String text(FirstStart start, URI address) {
        return """
                administrator  %s   one-time password  %s  (%d h, shown once)
                write key  %s   try:
                  %s
                """.formatted(
                        Users.ADMINISTRATOR,
                        start.password(),
                        Users.ONE_TIME.toHours(),
                        start.writeKey().text(),
                        Example.of(definition, start.writeKey().text(), address).good());
    }
}
