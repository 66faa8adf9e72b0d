package dev.forestall.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.pack.Baselines.Provenance;
import dev.forestall.pack.Baselines.Share;
import dev.forestall.pack.Baselines.Times;
import java.io.IOException;
import java.time.Instant;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselinesTest {

    private static final Provenance PROVENANCE = new Provenance(
            "ab12",
            "cd34",
            214_377,
            Instant.parse("2011-09-30T22:38:44.546Z"),
            Instant.parse("2012-03-14T14:40:34.231Z"),
            "0.1.0");

    private static Baselines baselines() {
        var times = new TreeMap<String, Times>();
        times.put("unpaid", new Times(40, 1, 2, 3, 4, 5));
        var shares = new TreeMap<String, Share>();
        shares.put("crowd", new Share(200, 30));
        return new Baselines(PROVENANCE, times, shares);
    }

    @Test
    void quantiles_are_the_smallest_value_that_so_many_do_not_exceed() {
        assertThat(Times.of(LongStream.rangeClosed(1, 100).toArray())).isEqualTo(new Times(100, 50, 75, 90, 95, 99));
        assertThat(Times.of(new long[] {9, 1, 5})).isEqualTo(new Times(3, 5, 9, 9, 9, 9));
        assertThat(Times.of(new long[] {7})).isEqualTo(new Times(1, 7, 7, 7, 7, 7));
        assertThat(Times.of(new long[] {3, 1, 4, 2}).quantile("p50")).isEqualTo(2);
    }

    @Test
    void nothing_has_no_quantiles_and_no_share() {
        assertThatThrownBy(() -> Times.of(new long[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Share(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Share(3, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_written_file_reads_as_what_was_written() throws IOException {
        String text = BaselinesFile.write(baselines());
        assertThat(BaselinesFile.read(text)).isEqualTo(baselines());
        assertThat(BaselinesFile.write(BaselinesFile.read(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{ \"schema\": 1 }",
                "{ \"schema\": 2, \"provenance\": {}, \"times\": {}, \"shares\": {} }",
                "{ \"schema\": \"one\" }",
                "{ \"times\": [] }",
                "{ \"times\": { \"a\": 1 } }",
                "{ \"times\": { \"a\": { \"n\": 1.5 } } }",
                "{ \"shares\": { \"a\": { \"tried\": 99999999999999999999, \"hit\": 1 } } }",
                "{ \"provenance\": { \"data\": {} } }",
                "{ \"more\": 1 }"
            })
    void what_is_no_such_file_is_refused(String text) {
        assertThatThrownBy(() -> BaselinesFile.read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void a_file_that_lacks_something_says_what() {
        String text = BaselinesFile.write(baselines());
        assertThatThrownBy(() -> BaselinesFile.read(text.replace("\"p95\"", "\"p96\"")))
                .hasMessageContaining("'p95' is missing");
        assertThatThrownBy(() -> BaselinesFile.read(text.replace("\"hit\" : 30", "\"hit\" : 300")))
                .hasMessageContaining("300 of 200");
        assertThatThrownBy(() -> BaselinesFile.read(text.replace("2011-09-30T22", "yesterday")))
                .isInstanceOf(IOException.class);
    }
}
