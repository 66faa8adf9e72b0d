package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.connectors.json.Json;
import dev.forestall.run.PackArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Lets a pack take over on a server that runs: shows what is wrong with it and what it changes, and then deploys just that. */
final class RemoteDeploy {

    private static final String DEFINITIONS = "/api/v1/definitions";

    private final Console console;
    private final RemoteServer server;
    private final boolean isJson;
    private final boolean waits;

    RemoteDeploy(Console console, RemoteServer server, boolean isJson, boolean waits) {
        this.console = console;
        this.server = server;
        this.isJson = isJson;
        this.waits = waits;
    }

    /** @param because why @param ifHash the definition that is to be in force; empty for whichever is */
    record Wish(String because, String ifHash) {
        Wish {
            if (because.isBlank()) {
                throw CliError.WRONG_VALUE.because(Exit.USAGE, "say why: --because \"...\"");
            }
        }
    }

    Exit deploy(Path pack, Wish wish) throws IOException {
        if (!Files.exists(pack)) {
            throw CliError.NO_PACK.because(Exit.USAGE, "there is no pack " + pack);
        }
        Json.Entries checked = server.post(DEFINITIONS + "/check", "application/zip", PackArchive.of(pack))
                .json();
        Page aside = console.aside();
        entries(checked, "problems").forEach(each -> aside.line(each.get("text").text()));
        if (!checked.get("ok").text().equals("true")) {
            throw CliError.DECLINED.because(Exit.USAGE, "the pack has errors; nothing was changed");
        }
        if (!isJson) {
            print(checked);
        }
        // Deployed is what was looked at: not if somebody else was quicker.
        String replaces = wish.ifHash().isEmpty() ? checked.get("replaces").text() : wish.ifHash();
        return deployed(server.post(
                DEFINITIONS + "/" + checked.get("id").text() + "/deploy", fields(wish.because(), replaces)));
    }

    Exit rollBack(Wish wish) throws IOException {
        return deployed(server.post(DEFINITIONS + "/rollback", fields(wish.because(), wish.ifHash())));
    }

    private static Map<String, String> fields(String because, String replaces) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("because", because);
        fields.put("replaces", replaces);
        return fields;
    }

    private void print(Json.Entries checked) {
        Page page = console.page();
        List<Json.Entries> changes = entries(checked, "changes");
        page.line(page.paint(
                Paint.BOLD,
                "Against definition " + brief(checked.get("replaces").text()) + ":"));
        if (changes.isEmpty()) {
            page.line("  no declaration changes");
        }
        changes.forEach(each -> page.line(
                "  " + each.get("declaration").text() + ": " + each.get("words").text()));
    }

    private Exit deployed(RemoteServer.Answer answer) {
        RemoteServer.Answer last = waits ? settled(answer) : answer;
        Json.Entries deployed = last.json();
        String state = deployed.get("state").text();
        if (isJson) {
            console.out().println(last.text());
        } else if (state.equals("begun")) {
            console.page().line("Definition " + brief(deployed.get("definition").text()) + " is taking over.");
        } else {
            print(console.page(), deployed);
        }
        return state.equals("failed") ? Exit.PROBLEMS : Exit.OK;
    }

    /** Asks until it is in force or has failed. */
    private RemoteServer.Answer settled(RemoteServer.Answer begun) {
        RemoteServer.Answer last = begun;
        while (last.json().get("state").text().equals("begun")) {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return last;
            }
            Json.Entries newest =
                    entries(server.get(DEFINITIONS + "?limit=1").json(), "data").getFirst();
            last = new RemoteServer.Answer(200, newest, newest.slice().text());
        }
        return last;
    }

    private static void print(Page page, Json.Entries deployed) {
        if (deployed.get("state").text().equals("failed")) {
            page.line(
                    Paint.BAD, "It did not take over: " + deployed.get("detail").text());
            return;
        }
        page.line("Definition " + brief(deployed.get("definition").text()) + " is in force from position "
                + deployed.get("position").text() + " on, instead of "
                + brief(deployed.get("replaced").text()) + ".");
        deployed.entries("known_since")
                .values()
                .forEach((declaration, since) ->
                        page.line("  " + declaration + " knows what happened since " + since.text()));
    }

    private static List<Json.Entries> entries(Json.Entries object, String name) {
        return object.get(name) instanceof Json.Items items
                ? items.values().stream().map(Json.Entries.class::cast).toList()
                : List.of();
    }

    private static String brief(String hash) {
        return hash.substring(0, Math.min(8, hash.length()));
    }
}
