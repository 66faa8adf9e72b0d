package dev.forestall.connectors.files;

import static dev.forestall.connectors.files.Example.mapping;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.connectors.ConnectorError;
import dev.forestall.loop.host.FileMapping.Notation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** XES as logs of process mining write it. */
class XesTest {

    private static final String LOG = """
            <?xml version="1.0" encoding="UTF-8" ?>
            <log xes.version="1.0" xmlns="http://www.xes-standard.org/">
              <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
              <global scope="event"><string key="concept:name" value="__INVALID__"/></global>
              <classifier name="Activity" keys="concept:name"/>
              <string key="concept:name" value="a log"/>
              <trace>
                <string key="concept:name" value="case 1"/>
                <float key="AMOUNT" value="12.5"><string key="concept:name" value="within"/></float>
                <event>
                  <string key="concept:name" value="order_placed"/>
                  <date key="time:timestamp" value="2025-03-01T11:00:00.000+01:00"/>
                  <int key="items" value="3"/>
                  <boolean key="gift" value="true"/>
                  <list key="more"><values><string key="items" value="4"/></values></list>
                </event>
                <event>
                  <string key="concept:name" value="visit &amp; more"/>
                  <date key="time:timestamp" value="2025-03-01T10:00:01Z"/>
                </event>
              </trace>
              <trace>
                <string key="concept:name" value="case 2"/>
                <event>
                  <date key="time:timestamp" value="2025-03-01T10:00:02Z"/>
                  <string key="concept:name" value="contact"/>
                </event>
              </trace>
            </log>
            """;

    @TempDir
    Path directory;

    private static Example.Mapping traces() {
        return mapping()
                .only("userId", "case:concept:name")
                .type(new dev.forestall.loop.host.FileMapping.TypeFrom.Told(
                        List.of("concept:name"), new java.util.LinkedHashMap<>(), java.util.Set.of()))
                .time(
                        "time:timestamp",
                        new dev.forestall.loop.host.FileMapping.TimeFormat.Iso(java.time.ZoneOffset.UTC))
                .property("amount", "case:AMOUNT", new Notation.Plain())
                .property("items", "items", new Notation.Plain())
                .property("gift", "gift", new Notation.Plain());
    }

    private List<FileRecord> read(String content) {
        return Reads.all(Reads.file(directory, "log.xes", content), traces());
    }

    @Test
    void events_bear_their_own_attributes_and_those_of_their_trace() {
        var records = read(LOG);

        assertThat(Reads.told(records))
                .containsExactly(
                        "10: order_placed at 2025-03-01T10:00:00Z id  userId=case 1 amount=1250 items=3 gift=1",
                        "17: EVT-001 concept:name: found 'visit & more', expected one of the 3 names that the mapping and the tracking"
                                + " plan know",
                        "24: contact at 2025-03-01T10:00:02Z id  userId=case 2");
        assertThat(records).extracting(record -> record.origin().ordinal()).containsExactly(0L, 1L, 2L);
        assertThat(records.getFirst().offset()).isEqualTo(FileRecord.NO_OFFSET);
    }

    @Test
    void what_is_rejected_is_a_trace_of_one_event() {
        var rejection = (FileRecord.Rejection) read(LOG).get(1);

        assertThat(rejection.raw())
                .isEqualTo(
                        "<trace><string key=\"concept:name\" value=\"case 1\"/><float key=\"AMOUNT\" value=\"12.5\"/><event>"
                                + "<string key=\"concept:name\" value=\"visit &amp; more\"/>"
                                + "<date key=\"time:timestamp\" value=\"2025-03-01T10:00:01Z\"/></event></trace>");
        assertThat(rejection.form()).isEqualTo(new Form("xes", ""));
    }

    @Test
    void compressed_logs_and_other_encodings_are_read() {
        String latin = LOG.replace("UTF-8", "ISO-8859-1").replace("case 2", "caf\u00e9");
        Path file = Reads.file(directory, "log.xes.gz", Reads.gzip(latin.getBytes(ISO_8859_1)));

        assertThat(Reads.told(Reads.all(file, traces())).getLast()).endsWith("userId=caf\u00e9");
    }

    @Test
    void letters_that_are_not_in_the_declared_encoding_cost_their_event() {
        byte[] latin = LOG.replace("case 2", "caf\u00e9").getBytes(ISO_8859_1);

        var told = Reads.told(Reads.all(Reads.file(directory, "log.xes", latin), traces()));

        assertThat(told.get(0)).startsWith("10: order_placed");
        assertThat(told.get(2))
                .isEqualTo(
                        "24: EVT-007: found letters that are not in the encoding of the file; is it declared in the first line?");
    }

    @Test
    void a_log_that_breaks_off_counts_up_to_there() {
        Path file = Reads.file(directory, "log.xes", LOG.substring(0, LOG.indexOf("2025-03-01T10:00:02Z")));

        try (var source = FileSource.open(file, traces().build(), Example.PLAN, FileOptions.upTo(Example.LATEST))) {
            assertThat(source.next()).isPresent();
            assertThat(source.next()).isPresent();
            assertThatThrownBy(source::next)
                    .isInstanceOf(WrongFile.class)
                    .hasMessageStartingWith("CON-007 log.xes could not be read on at line 25: ")
                    .hasMessageEndingWith(
                            ". Events before that line were read, and count. Was the file written completely?");
        }
    }

    @Test
    void document_types_and_entities_are_refused() throws Exception {
        Path secret = Reads.file(directory, "secret.txt", "secret");
        String laughs = "<!DOCTYPE log [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        String outside = "<!DOCTYPE log [<!ENTITY b SYSTEM \"" + secret.toUri() + "\">]>";
        String elsewhere = "<!DOCTYPE log SYSTEM \"" + secret.toUri() + "\">";
        for (String type : List.of(laughs, outside, elsewhere)) {
            String log = LOG.replace("<log ", type + "<log ").replace("case 2", type.equals(elsewhere) ? "x" : "&b;");

            assertThatThrownBy(() -> read(log))
                    .isInstanceOfSatisfying(
                            WrongFile.class,
                            wrong -> assertThat(wrong.code()).isEqualTo(ConnectorError.NOT_WELL_FORMED))
                    .hasMessageContaining("document type");
        }
    }

    @Test
    void elements_nested_beyond_measure_are_refused() {
        String deep = "<list key=\"x\">".repeat(100_000);

        assertThatThrownBy(() -> read(LOG.replace("<int ", deep + "<int ")))
                .hasMessageStartingWith(
                        "CON-007 log.xes could not be read on at line 13: elements are nested more than 64 deep");
    }

    @Test
    void a_tag_without_end_is_refused_before_it_fills_the_memory() {
        Path file = Reads.file(directory, "log.xes", LOG.replace("case 2", "x".repeat(1_000_000)));

        assertThatThrownBy(() -> Reads.rest(FileSource.open(
                        file,
                        traces().build(),
                        Example.PLAN,
                        FileOptions.upTo(Example.LATEST).withRecordLimit(1 << 16))))
                .hasMessageContaining("a tag or text is longer than 131072 characters");
    }

    @Test
    void an_event_with_too_much_in_it_is_rejected() {
        String many = "<string key=\"k\" value=\"vvvvvvvvvvvvvvvvvvvv\"/>".repeat(100);
        Path file = Reads.file(directory, "log.xes", LOG.replace("<int ", many + "<int "));

        var records = Reads.all(
                file, traces().build(), FileOptions.upTo(Example.LATEST).withRecordLimit(1024));

        assertThat(Reads.told(records).getFirst())
                .isEqualTo("10: EVT-008: found attributes of more than 1024 characters, the limit for a record");
        assertThat(records).hasSize(3);
    }

    @Test
    void xml_that_is_no_log_is_refused() {
        assertThatThrownBy(() -> read("<html><body/></html>"))
                .hasMessage(
                        "CON-003 log.xes is XML, but its outermost element is 'html'; an event log in XES has 'log'");
        assertThatThrownBy(() -> read("<log></log>")).hasMessageStartingWith("CON-005 log.xes holds no records");
        assertThatThrownBy(() -> read("<log>&nothing;</log>")).hasMessageStartingWith("CON-007");
    }

    @Test
    void a_log_without_what_every_event_needs_is_refused_at_once() {
        assertThatThrownBy(() -> read(LOG.replace("\"time:timestamp\"", "\"time:complete\"")))
                .hasMessageStartingWith("CON-004 log.xes: none of the first 3 records has 'time:timestamp'")
                .hasMessageContaining("They have case:concept:name, case:AMOUNT, concept:name, time:complete");
    }

    @Test
    void an_event_outside_of_any_trace_is_read() {
        String alone = "<log><event><string key=\"concept:name\" value=\"visit\"/><string key=\"user\" value=\"u\"/>"
                + "<date key=\"time:timestamp\" value=\"2025-03-01\"/></event></log>";
        Path file = Reads.file(directory, "log.xes", alone.getBytes(UTF_8));

        assertThat(Reads.told(Reads.all(file, traces().only("userId", "user"))))
                .containsExactly("1: visit at 2025-03-01T00:00:00Z id  userId=u");
    }
}
