package dev.forestall.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.Money;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

    @Test
    void one_is_singular_and_everything_else_plural() {
        assertThat(Units.count(1, "customer")).isEqualTo("1 customer");
        assertThat(Units.count(0, "customer")).isEqualTo("0 customers");
        assertThat(Units.count(10_469, "customer")).isEqualTo("10,469 customers");
        assertThat(Units.count(2, "branch")).isEqualTo("2 branches");
        assertThat(Units.count(2, "company")).isEqualTo("2 companies");
        assertThat(Units.count(2, "journey")).isEqualTo("2 journeys");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 0 %",
        "1, 1000, 0.1 %",
        "99, 1000, 9.9 %",
        "996, 10000, 10 %",
        "1, 3, 33 %",
        "10, 10, 100 %",
        "3, 0, -"
    })
    void a_share_has_a_decimal_only_where_it_is_small(double part, double whole, String text) {
        assertThat(Units.percent(part, whole)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "999, 999 ms",
        "1400, 1.4 s",
        "59999, 59 s",
        "60000, 1 min",
        "200000, 3 min 20 s",
        "3599999, 60 min",
        "3600000, 1 h",
        "86399999, 24 h",
        "1051200000, 12 d 4 h",
        "-1400, -1.4 s"
    })
    void a_length_of_time_is_told_in_its_two_largest_units(long millis, String text) {
        assertThat(Units.duration(millis)).isEqualTo(text);
    }

    @Test
    void differences_carry_their_sign_and_zero_is_not_negative() {
        assertThat(Units.points(0.0134)).isEqualTo("+1.3");
        assertThat(Units.points(-0.2)).isEqualTo("-20.0");
        assertThat(Units.points(-0.0)).isEqualTo("+0.0");
    }

    @Test
    void money_has_the_decimals_of_its_currency() {
        assertThat(Units.money(new Money(123_456_78, Currency.getInstance("EUR"))))
                .isEqualTo("123,456.78 EUR");
        assertThat(Units.money(new Money(-5, Currency.getInstance("EUR")))).isEqualTo("-0.05 EUR");
        assertThat(Units.money(new Money(1_500, Currency.getInstance("JPY")))).isEqualTo("1,500 JPY");
    }

    @Test
    void rates_and_sizes_do_not_pretend_to_more_digits_than_they_have() {
        assertThat(Units.rate(214_377, 8_412, "events")).isEqualTo("25,500 events/s");
        assertThat(Units.rate(7, 2_000, "events")).isEqualTo("4 events/s");
        assertThat(Units.bytes(999)).isEqualTo("999 B");
        assertThat(Units.bytes(22_515_964)).isEqualTo("23 MB");
        assertThat(Units.bytes(1_250)).isEqualTo("1.3 kB");
        assertThat(Units.bytes(999_999_999)).isEqualTo("1.0 GB");
    }

    @Test
    void times_are_utc_to_the_minute_for_people_and_to_the_millisecond_for_programs() {
        assertThat(Units.minute(1_328_285_359_112L)).isEqualTo("2012-02-03 16:09");
        assertThat(Units.iso(1_328_285_359_112L)).isEqualTo("2012-02-03T16:09:19.112Z");
        assertThat(Units.iso(1_328_285_359_000L)).isEqualTo("2012-02-03T16:09:19.000Z");
    }
}
