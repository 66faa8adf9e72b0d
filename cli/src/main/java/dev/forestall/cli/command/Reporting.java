package dev.forestall.cli.command;

import dev.forestall.cli.Console;
import dev.forestall.cli.out.OutputFiles;
import dev.forestall.cli.report.ReportText;
import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.cli.text.Progress;
import dev.forestall.embedded.Host;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.ErrorCode;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.identity.IdentityError;
import dev.forestall.loop.risk.RiskError;
import dev.forestall.run.DataFolder;
import dev.forestall.run.Ran;
import dev.forestall.run.RejectedFiles;
import dev.forestall.views.Units;
import dev.forestall.views.report.Report;
import dev.forestall.views.report.ReportBuilder;
import dev.forestall.views.report.ReportJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is told after a replay, from the effects that were committed. */
final class Reporting {

    private final Console console;
    private final String dataOption;

    Reporting(Console console, String dataOption) {
        this.console = console;
        this.dataOption = dataOption;
    }

    /** Reads all effects once, for the report and for the files, if they are asked for. */
    Report of(Host host, DataFolder folder, String source, long fresh, Optional<Path> out, Progress progress)
            throws IOException {
        Definition definition = host.definition();
        ReportBuilder builder = new ReportBuilder(definition, host.names());
        if (out.isEmpty()) {
            read(host, builder::accept, progress);
        } else {
            try (OutputFiles files = OutputFiles.in(out.get(), definition.hash(), host.names())) {
                read(
                        host,
                        effect -> {
                            builder.accept(effect);
                            files.write(effect);
                        },
                        progress);
                written(out.get(), files.complete());
            }
        }
        List<Report.Rejection> rejected = RejectedFiles.counts(folder);
        Report.Facts facts = Ran.facts(host, source, fresh, rejected, progress.elapsedMillis());
        return builder.report(
                facts, Stream.concat(rejected.stream(), refused(host)).toList());
    }

    /** What was refused when it was settled who is who, and questions without an answer. It sets no line aside, so it is in no file. */
    private static Stream<Report.Rejection> refused(Host host) {
        SequencedMap<String, Long> counts = host.progress().rejected();
        return Stream.<ErrorCode>concat(Arrays.stream(IdentityError.values()), Arrays.stream(RiskError.values()))
                .filter(error -> counts.containsKey(error.code()))
                .map(error ->
                        new Report.Rejection(error.code(), error.title(), counts.getOrDefault(error.code(), 0L), ""));
    }

    /** Takes one effect. */
    private interface Taker {
        void take(Effect effect) throws IOException;
    }

    private static void read(Host host, Taker taker, Progress progress) throws IOException {
        try (Cursor<Effect> effects = host.effects()) {
            long[] number = new long[1];
            while (effects.hasNext()) {
                taker.take(effects.next());
                number[0]++;
                progress.at("Counting what came of it", Double.NaN, millis -> Units.count(number[0], "effect"));
            }
        }
    }

    private void written(Path directory, SequencedMap<String, Long> rows) {
        String counts = rows.entrySet().stream()
                .map(each -> Units.count(each.getValue()) + " " + each.getKey())
                .collect(Collectors.joining(", "));
        console.aside().line(Paint.DIM, "Wrote " + counts + " to " + directory + " (.jsonl and .parquet).");
    }

    /**
     * Says on the side what nobody should pass over: that little of a file could be used, and what was to be read and is nowhere.
     *
     * @param remarks about the file
     */
    void warn(Report report, List<String> remarks) {
        Page page = console.aside();
        remarks.forEach(each -> page.line(Paint.WARN, "Note: " + each));
        long used = report.facts().events();
        long rejected = report.facts().rejected();
        if (rejected > used) {
            page.line(
                    Paint.WARN,
                    (used == 0 ? "None" : "Only " + Units.count(used)) + " of " + Units.count(used + rejected, "record")
                            + " could be used. Why, with examples and how to repair them: ./forestall rejected list"
                            + dataOption);
        }
    }

    void print(Report report, boolean asJson) throws IOException {
        if (asJson) {
            Json.print(console, json -> new ReportJson(json).write(report));
        } else {
            Page page = console.page();
            new ReportText(page, "./forestall", dataOption).print(report);
        }
    }
}
