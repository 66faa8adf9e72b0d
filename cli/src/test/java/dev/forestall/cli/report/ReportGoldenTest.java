package dev.forestall.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.Golden;
import dev.forestall.cli.text.Page;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.testkit.stories.SmallStories;
import dev.forestall.testkit.stories.SmallWorld;
import dev.forestall.views.report.Report;
import dev.forestall.views.report.ReportBuilder;
import dev.forestall.views.report.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** What people and programs read after a replay, for a stream of effects that never changes. */
class ReportGoldenTest {

    @Test
    void people_read_a_page_of_aligned_figures_with_their_caveats() {
        Golden.check("report.txt", text(report(SmallStories.effects()), false));
    }

    @Test
    void programs_read_one_object() throws IOException {
        StringWriter written = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(written).useDefaultPrettyPrinter()) {
            new ReportJson(json).write(report(SmallStories.effects()));
        }
        Golden.check("report.json", written + "\n");
    }

    @Test
    void colours_change_nothing_but_colours() {
        Report report = report(SmallStories.effects());
        assertThat(text(report, true)).contains("\u001b[");
        assertThat(text(report, true).replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(text(report, false));
    }

    @Test
    void a_run_without_events_has_a_report_too() {
        Report.Facts nothing = new Report.Facts(
                "empty.csv",
                "small",
                "0123456789abcdef",
                0,
                0,
                new LinkedHashMap<>(),
                0,
                0,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                3);
        Report report = new ReportBuilder(SmallWorld.definition(), EffectNames.PUBLISHED).report(nothing, List.of());
        assertThat(text(report, false))
                .contains("events       0")
                .contains("Journey application: 0 started")
                .doesNotContain("NaN")
                .doesNotContain("-9223372036854775808");
    }

    static Report report(List<Effect> effects) {
        ReportBuilder builder = new ReportBuilder(SmallWorld.definition(), EffectNames.PUBLISHED);
        effects.forEach(builder::accept);
        SequencedMap<String, Long> subjects = new LinkedHashMap<>();
        subjects.put("cohort", 1L);
        subjects.put("customer", 8L);
        Report.Facts facts = new Report.Facts(
                "events.csv",
                "small",
                "0123456789abcdef",
                57,
                57,
                subjects,
                2,
                3,
                SmallWorld.at(0),
                SmallWorld.at(42),
                1_234);
        return builder.report(
                facts,
                List.of(
                        new Report.Rejection("EVT-007", "the input cannot be read as a record", 2, "rejected.jsonl"),
                        new Report.Rejection(
                                "EVT-001", "the event's type is not in the tracking plan", 1, "rejected.jsonl")));
    }

    private static String text(Report report, boolean colours) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new ReportText(new Page(out, colours), "./forestall", "").print(report);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
