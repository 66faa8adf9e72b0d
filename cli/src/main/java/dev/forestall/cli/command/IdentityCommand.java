package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.cli.text.Table;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.Noticed;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.identity.CustomerIdentifiers;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.IdentityView;
import dev.forestall.loop.identity.Members;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.run.DataFolder;
import dev.forestall.views.Units;
import dev.forestall.views.look.Evidence;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code forestall identity}: who is who, why, and how to say that it is wrong. */
@Command(
        name = "identity",
        description = {
            "Show by which identifiers a customer is known, and which events say so;",
            "the way between two identifiers; unmerge two that are not one customer; list what was refused."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Shown; or the two are apart now.",
            "1:The two were not unmerged.",
            "2:An identifier makes no sense.",
            "3:The data directory cannot be used.",
            "4:Nobody is known under this key, or several are."
        })
final class IdentityCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            paramLabel = "CUSTOMER",
            arity = "0..1",
            description = "The key of a customer, or any identifier by which they are known.")
    private @Nullable String key;

    @Mixin
    private Data data = new Data();

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    @Spec
    private @Nullable CommandSpec spec;

    IdentityCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, PackException {
        if (key == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Which customer? Or path, unmerge or list?");
        }
        DataFolder folder = data.folder();
        Pack pack = folder.pack();
        try (EmbeddedHost host = folder.open(pack)) {
            History history = host.host().history();
            IdentityView identity = history.identity();
            Members members = identity.members(Named.one(key, history.called(key), folder.path()));
            List<Evidence> evidence = Evidence.about(members, identity, history);
            if (json.isAsked()) {
                Json.print(console, out -> write(out, members, evidence));
            } else {
                print(members, evidence);
            }
        }
        return Exit.OK.code();
    }

    private void print(Members members, List<Evidence> evidence) {
        Page page = console.page();
        page.line(Paint.BOLD, "customer " + members.customer().key());
        page.line(
                Paint.DIM, "known by " + Units.count(members.identifiers().size(), "identifier") + ", strongest first");
        Table table = new Table(2).words("").words("");
        members.identifiers().forEach(each -> table.row(each.name(), each.value()));
        page.table(table);
        if (!evidence.isEmpty()) {
            page.heading("What was said about them").blank();
            print(evidence, page);
        }
    }

    private static void print(List<Evidence> evidence, Page page) {
        Table table = new Table(2).words("").words("").words("").words("");
        for (Evidence each : evidence) {
            table.row(
                    each.edge().one().toString(),
                    each.edge().other().toString(),
                    each.standing(),
                    each.event().map(IdentityCommand::event).orElse(""));
        }
        page.table(table);
    }

    private static String event(Logged.Arrived arrived) {
        return arrived.event().type().name() + " at "
                + Units.minute(arrived.event().atMillis()) + "  "
                + arrived.origin().source() + ":"
                + arrived.origin().line();
    }

    private static void write(JsonGenerator out, Members members, List<Evidence> evidence) throws IOException {
        out.writeStartObject();
        out.writeStringField("customer", members.customer().key());
        out.writeArrayFieldStart("identifiers");
        for (Identifier each : members.identifiers()) {
            out.writeString(each.toString());
        }
        out.writeEndArray();
        write(out, "edges", evidence);
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, String name, List<Evidence> evidence) throws IOException {
        out.writeArrayFieldStart(name);
        for (Evidence each : evidence) {
            out.writeStartObject();
            out.writeStringField("one", each.edge().one().toString());
            out.writeStringField("other", each.edge().other().toString());
            out.writeStringField("state", each.edge().standing().name().toLowerCase(Locale.ROOT));
            if (each.event().isPresent()) {
                Logged.Arrived arrived = each.event().get();
                out.writeNumberField("position", each.edge().evidence());
                out.writeStringField("event", arrived.event().type().name());
                out.writeStringField("occurred_at", Units.iso(arrived.event().atMillis()));
                out.writeStringField("file", arrived.origin().source());
                out.writeNumberField("line", arrived.origin().line());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    @Command(name = "path", description = "Show why two identifiers are one customer: the shortest chain of events.")
    int path(
            @Parameters(paramLabel = "A", description = "An identifier, such as email:ann@example.org.") String one,
            @Parameters(paramLabel = "B", description = "Another one.") String other,
            @Mixin Data where,
            @Mixin Json asJson,
            @Mixin Common of)
            throws IOException, PackException {
        DataFolder folder = where.folder();
        Pack pack = folder.pack();
        try (EmbeddedHost host = folder.open(pack)) {
            History history = host.host().history();
            List<Evidence> way =
                    Evidence.along(history.identity().path(identifier(pack, one), identifier(pack, other)), history);
            if (asJson.isAsked()) {
                Json.print(console, out -> {
                    out.writeStartObject();
                    write(out, "path", way);
                    out.writeEndObject();
                });
            } else if (way.isEmpty()) {
                console.page().line("Nothing makes " + one + " and " + other + " one customer.");
            } else {
                print(way, console.page());
            }
        }
        return Exit.OK.code();
    }

    @Command(
            name = "unmerge",
            description = {
                "Say that two identifiers are not one customer. Both sides are then as if no event so far had joined them.",
                "It stands in the log like an event, so that every replay comes to the same."
            })
    int unmerge(
            @Parameters(paramLabel = "A", description = "An identifier, such as email:ann@example.org.") String one,
            @Parameters(paramLabel = "B", description = "Another one.") String other,
            @Option(names = "--for-good", description = "No later event may join the two either.") boolean forGood,
            @Mixin Data where,
            @Mixin Json asJson,
            @Mixin Common of)
            throws IOException, PackException {
        DataFolder folder = where.folder();
        Pack pack = folder.pack();
        Identifier first = identifier(pack, one);
        Identifier second = identifier(pack, other);
        if (first.equals(second)) {
            throw CliError.WRONG_VALUE.because(Exit.USAGE, one + " and " + other + " are the same identifier");
        }
        try (EmbeddedHost host = folder.open(pack)) {
            folder.noteByHand();
            List<Rejected> refused = host.host().unmerge(new Unmerge(first, second, forGood));
            IdentityView identity = host.host().history().identity();
            List<SubjectId> customers = List.of(identity.customer(first), identity.customer(second));
            if (asJson.isAsked()) {
                Json.print(console, out -> write(out, customers, refused));
            } else if (refused.isEmpty()) {
                console.page()
                        .line(one + " is customer " + customers.get(0).key() + ", " + other + " is customer "
                                + customers.get(1).key() + ".");
            } else {
                throw CliError.UNMERGED_NOTHING.because(
                        Exit.PROBLEMS, refused.stream().map(Rejected::toString).collect(Collectors.joining("; ")));
            }
            return (refused.isEmpty() ? Exit.OK : Exit.PROBLEMS).code();
        }
    }

    private static void write(JsonGenerator out, List<SubjectId> customers, List<Rejected> refused) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("customers");
        for (SubjectId each : customers) {
            out.writeString(each.key());
        }
        out.writeEndArray();
        out.writeArrayFieldStart("refused");
        for (Rejected each : refused) {
            write(out, each);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Rejected rejected) throws IOException {
        out.writeStartObject();
        writeFields(out, rejected);
        out.writeEndObject();
    }

    private static void writeFields(JsonGenerator out, Rejected rejected) throws IOException {
        out.writeStringField("code", rejected.code().code());
        out.writeStringField("title", rejected.code().title());
        out.writeStringField("field", rejected.field());
        out.writeStringField("detail", rejected.detail());
    }

    @Command(name = "list", description = "List the latest of what was refused when it was settled who is who.")
    int list(@Mixin Data where, @Mixin Json asJson, @Mixin Common of) throws IOException, PackException {
        DataFolder folder = where.folder();
        Pack pack = folder.pack();
        try (EmbeddedHost host = folder.open(pack)) {
            List<Noticed> notices = host.host().notices();
            if (asJson.isAsked()) {
                Json.print(console, out -> {
                    out.writeStartObject();
                    out.writeArrayFieldStart("notices");
                    for (Noticed each : notices) {
                        out.writeStartObject();
                        out.writeNumberField("position", each.position());
                        writeFields(out, each.rejected());
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                    out.writeEndObject();
                });
            } else if (notices.isEmpty()) {
                console.page().line("Nothing was refused.");
            } else {
                notices.forEach(each -> console.page().line(each.rejected().toString()));
            }
        }
        return Exit.OK.code();
    }

    /** An identifier as people write it: with its kind, or bare when it is of the strongest kind. */
    private static Identifier identifier(Pack pack, String text) {
        try {
            return new CustomerIdentifiers(pack.definition().plan()).namedAfter(SubjectId.customer(text));
        } catch (IllegalArgumentException unreadable) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, "'" + text + "' is no identifier of customers: " + unreadable.getMessage());
        }
    }
}
