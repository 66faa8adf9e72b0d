package dev.forestall.run.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ColumnTest {

    @Test
    void numbers_are_numbers_in_spite_of_one_misfit_in_five_hundred() {
        Column column = column(
                "amount", IntStream.range(0, 1_000).mapToObj(i -> i + ".50").toArray(String[]::new));
        column.add("a lot");
        assertThat(column.isNumber()).isTrue();
        assertThat(column.isWhole()).isFalse();
        assertThat(column.decimals()).isEqualTo(2);
        assertThat(column.notNumbers()).isEqualTo(1);
        assertThat(column.quantile(0.9)).isEqualTo(900.5);
        assertThat(column("amount", "1", "2", "a lot").isNumber()).isFalse();
    }

    @Test
    void a_comma_before_decimals_is_seen_and_plain_numbers_stay_plain() {
        assertThat(column("price", "12,50", "7", "0,99").isCommaNumber()).isTrue();
        assertThat(column("price", "12", "7").isCommaNumber()).isFalse();
        assertThat(column("zip", "01067", "80331").hasLeadingZeros()).isTrue();
        assertThat(column("share", "0.5", "0").hasLeadingZeros()).isFalse();
    }

    @Test
    void spellings_of_no_value_are_no_values() {
        Column column = column("age", "30", "?", null, "NULL", "40");
        assertThat(column.filled()).isEqualTo(2);
        assertThat(column.fill()).isEqualTo(0.4);
        assertThat(column.missing()).containsOnlyKeys("?", "NULL");
        assertThat(column.isWhole()).isTrue();
    }

    @Test
    void many_values_are_estimated_within_a_tenth_and_few_counted() {
        assertThat(column("c", "a", "b", "a").distinct()).isEqualTo(2);
        Column many = column(
                "c",
                IntStream.range(0, 50_000).mapToObj(i -> "user" + i % 25_000).toArray(String[]::new));
        assertThat(many.hasAllLevels()).isFalse();
        assertThat(many.distinct()).isBetween(22_500L, 27_500L);
        assertThat(many.distinctWords()).startsWith("about ");
    }

    @Test
    void addresses_are_seen_by_their_looks() {
        assertThat(column("c", "ann@example.org", "+49 89 123456").contacts()).isEqualTo(1);
        assertThat(column("c", "DE02120300000000202051").contacts()).isEqualTo(1);
        assertThat(column("c", "closed", "12345678").contacts()).isZero();
    }

    @Test
    void a_column_with_the_same_values_is_alike() {
        assertThat(column("a", "x", null, "y").isLike(column("b", "x", null, "y")))
                .isTrue();
        assertThat(column("a", "x", null, "y").isLike(column("b", "x", "y", null)))
                .isFalse();
    }

    static Column column(String name, @Nullable String... values) {
        Column column = new Column(name, 0);
        for (@Nullable String each : values) {
            column.add(each);
        }
        return column;
    }
}
