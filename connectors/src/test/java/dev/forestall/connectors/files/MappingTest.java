package dev.forestall.connectors.files;

import static dev.forestall.connectors.files.Example.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.host.FileMapping.Notation;
import dev.forestall.loop.host.FileMapping.TypeFrom;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a mapping makes events of records. */
class MappingTest {

    private static final String AT = "2025-03-01T10:00:00Z";

    @TempDir
    Path directory;

    private List<String> read(Example.Mapping mapping, String... lines) {
        Path file = Reads.file(directory, "events.csv", String.join("\n", lines) + "\n");
        return Reads.told(Reads.all(file, mapping)).stream()
                .map(told -> told.replace(" at " + AT + " id ", " "))
                .toList();
    }

    private static TypeFrom told(List<String> places, Map<String, String> names, String... ignored) {
        return new TypeFrom.Told(places, new LinkedHashMap<>(names), Set.of(ignored));
    }

    @Test
    void every_property_is_read_for_the_events_that_declare_it() {
        assertThat(read(
                        mapping(),
                        "user,device,event,time,id,amount,items,channel,gift,weight,due,took,note,age",
                        "u1,d1,order_placed," + AT + ",e1,12.5,3,web,true,0.5,2025-03-05,PT5M,call,40",
                        "u1,,contact," + AT + ",e2,12.5,3,web,true,0.5,2025-03-05,PT5M,call,40",
                        ",d1,visit," + AT + ",e3,x,x,x,x,x,x,x,x,x"))
                .containsExactly(
                        "2: order_placed e1 userId=u1 device=d1 amount=1250 items=3 channel=web gift=1 weight=0.5"
                                + " due=1741132800000 took=300000",
                        "3: contact e2 userId=u1 channel=web note=call age=40",
                        "4: visit e3 device=d1");
    }

    @Test
    void several_columns_together_may_tell_the_kind_and_some_kinds_may_be_left_out() {
        var mapping = mapping()
                .only("userId", "user")
                .type(told(
                        List.of("activity", "state"),
                        Map.of("call/START", "contact", "page/", "visit"),
                        "call/SCHEDULE"));
        Path file = Reads.file(
                directory,
                "events.csv",
                String.join(
                        "\n",
                        "user,activity,state,time",
                        "u,call,START," + AT,
                        "u,call,SCHEDULE," + AT,
                        "u,page,," + AT,
                        "u,cal,START," + AT,
                        "u,contact,," + AT));

        try (var source = FileSource.open(file, mapping.build(), Example.PLAN, FileOptions.upTo(Example.LATEST))) {
            assertThat(Reads.told(Reads.rest(source)))
                    .containsExactly(
                            "2: contact at " + AT + " id  userId=u",
                            "4: visit at " + AT + " id  userId=u",
                            "5: EVT-001 activity/state: found 'cal/START', expected one of the 3 names that the mapping and the tracking"
                                    + " plan know; maybe 'call/START'?",
                            "6: EVT-001 activity/state: found 'contact/', expected one of the 3 names that the mapping and the tracking"
                                    + " plan know");
            assertThat(source.ignored()).isEqualTo(1);
        }
    }

    @Test
    void all_records_may_be_of_one_kind() {
        var mapping = mapping().only("userId", "user").type(new TypeFrom.Fixed("visit"));

        assertThat(read(mapping, "user,time", "u," + AT)).containsExactly("2: visit  userId=u");
    }

    @Test
    void an_unknown_event_is_rejected_with_the_nearest_name() {
        var mapping = mapping().only("userId", "user");

        assertThat(read(mapping, "user,event,time", "u,contcat," + AT, "u,," + AT))
                .containsExactly(
                        "2: EVT-001 event: found 'contcat', expected one of the 3 names that the mapping and the tracking plan know;"
                                + " maybe 'contact'?",
                        "3: EVT-001 event: found nothing, expected one of the 3 names that the mapping and the tracking plan know");
    }

    @Test
    void a_record_that_is_about_nobody_is_rejected() {
        var mapping = mapping().only("userId", "user", "device", "tablet");

        assertThat(read(mapping, "user,tablet,event,time", ",,visit," + AT, ",t,visit," + AT))
                .containsExactly(
                        "2: EVT-002 user, tablet: found nothing, expected whom the event is about",
                        "3: visit  device=t");
    }

    @Test
    void a_missing_property_is_rejected_only_where_it_is_required() {
        var mapping = mapping()
                .only("userId", "user")
                .property("amount", "sum", new Notation.Plain())
                .property("items", "items", new Notation.Plain());

        assertThat(read(
                        mapping,
                        "user,event,time,sum,items",
                        "u,order_placed," + AT + ",,2",
                        "u,order_placed," + AT + ",1,"))
                .containsExactly(
                        "2: EVT-005 sum: found nothing, expected an amount of EUR such as 12.50 for property amount; order_placed"
                                + " requires it",
                        "3: order_placed  userId=u amount=100");
    }

    @Test
    void a_required_property_without_a_place_is_named() {
        assertThat(read(mapping().only("userId", "user"), "user,event,time", "u,order_placed," + AT))
                .containsExactly(
                        "2: EVT-005 amount: order_placed requires it, and the file mapping says of no place where it stands");
    }

    @Test
    void words_for_no_value_are_no_values() {
        var mapping = mapping()
                .only("userId", "user")
                .property("channel", "channel", new Notation.Plain())
                .absent("NULL", "-");

        assertThat(read(
                        mapping,
                        "user,event,time,channel",
                        "u,contact," + AT + ",NULL",
                        "-,contact," + AT + ",web",
                        "u,contact,NULL,web"))
                .containsExactly(
                        "2: contact  userId=u",
                        "3: EVT-002 user: found nothing, expected whom the event is about",
                        "4: EVT-003 time: found nothing, expected a time like 2011-10-01T00:38:44.546+02:00");
    }

    @Test
    void two_columns_may_fill_one_property_and_one_column_may_be_for_some_events_only() {
        var mapping = mapping()
                .only("userId", "user")
                .property("amount", "amount", new Notation.Plain())
                .property("channel", "via", new Notation.Plain())
                .alsoProperty("channel", "channel", new Notation.Plain(), "contact");

        assertThat(read(
                        mapping,
                        "user,event,time,amount,via,channel",
                        "u,contact," + AT + ",,web,phone",
                        "u,contact," + AT + ",,,phone",
                        "u,order_placed," + AT + ",1,,phone"))
                .containsExactly(
                        "2: contact  userId=u channel=web",
                        "3: contact  userId=u channel=phone",
                        "4: order_placed  userId=u amount=100");
    }

    @Test
    void several_columns_together_may_name_the_event() {
        var mapping = mapping().only("userId", "user").eventId("file", "row");

        Path file = Reads.file(
                directory, "events.csv", "user,event,time,file,row\nu,visit," + AT + ",a,1\nu,visit," + AT + ",,\n");
        assertThat(Reads.events(Reads.all(file, mapping)))
                .extracting(event -> event.id())
                .containsExactly("a/1", "");
    }

    @Test
    void personal_data_is_not_shown() {
        var mapping = mapping()
                .only("userId", "user")
                .property("age", "age", new Notation.Plain())
                .property("note", "note", new Notation.Plain());

        assertThat(read(mapping, "user,event,time,age,note", "u,contact," + AT + ",forty-two,x"))
                .containsExactly(
                        "2: EVT-006 age: found a text of 9 letters (hidden: personal data), expected a whole number such as 42");
    }

    @Test
    void a_time_in_a_personal_column_is_not_shown() {
        var mapping = mapping().only("userId", "user").property("note", "time", new Notation.Plain());

        assertThat(read(mapping, "user,event,time", "u,contact,1700000000", "u,contact,1900-01-01")
                        .getFirst())
                .isEqualTo("2: EVT-003 time: found a text of 10 letters (hidden: personal data), expected a time like"
                        + " 2011-10-01T00:38:44.546+02:00");
        assertThat(read(mapping, "user,event,time", "u,contact,1900-01-01").getFirst())
                .doesNotContain("1900");
    }

    @Test
    void long_and_broken_values_are_shown_short_and_on_one_line() {
        var mapping = mapping().only("userId", "user");

        assertThat(read(mapping, "user,event,time", "u,\"a\nb" + "c".repeat(100) + "\"," + AT)
                        .getFirst())
                .startsWith("2: EVT-001 event: found 'a b" + "c".repeat(36) + "…', expected");
    }

    @Test
    void a_mapping_that_does_not_suit_the_tracking_plan_is_refused() {
        Path file = Reads.file(directory, "events.csv", "user,event,time\n");

        assertThatThrownBy(() -> Reads.all(file, mapping().only("customerNumber", "user")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the tracking plan has no identifier 'customerNumber'");
        assertThatThrownBy(() -> Reads.all(file, mapping().type(new TypeFrom.Fixed("birthday"))))
                .hasMessage("the tracking plan has no event 'birthday'");
        assertThatThrownBy(() -> Reads.all(file, mapping().property("colour", "colour", new Notation.Plain())))
                .hasMessage("no event of the tracking plan has a property 'colour'");
        assertThatThrownBy(
                        () -> Reads.all(file, mapping().alsoProperty("note", "note", new Notation.Plain(), "birthday")))
                .hasMessage("the tracking plan has no event 'birthday'");
    }

    @Test
    void a_mapping_is_chosen_by_the_name_of_the_file() {
        var loans = mapping().files("loans-*.csv", "LOANS?.csv").build();
        var any = mapping().build();
        var calls = mapping().files("calls.jsonl").build();
        var all = List.of(any, loans, calls);

        assertThat(FileMappings.forFile(Path.of("x/loans-2024.csv"), all)).isSameAs(loans);
        assertThat(FileMappings.forFile(Path.of("loans-2024.csv.gz"), all)).isSameAs(loans);
        assertThat(FileMappings.forFile(Path.of("LOANS1.csv"), all)).isSameAs(loans);
        assertThat(FileMappings.forFile(Path.of("calls.jsonl"), all)).isSameAs(calls);
        assertThat(FileMappings.forFile(Path.of("callsXjsonl"), all)).isSameAs(any);
        assertThatThrownBy(() -> FileMappings.forFile(Path.of("visits.csv"), List.of(loans, calls)))
                .isInstanceOf(WrongFile.class)
                .hasMessage(
                        "CON-008 no file mapping of the pack is meant for visits.csv; it has 'example' for loans-*.csv, LOANS?.csv;"
                                + " 'example' for calls.jsonl. Name a mapping, or add one to the pack.");
    }
}
