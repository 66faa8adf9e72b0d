package dev.forestall.learning.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.learning.table.Column;
import dev.forestall.learning.table.Examples;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SingleColumnTest {

    @Test
    void a_flag_that_is_seldom_set_is_found_when_it_says_most() {
        SplittableRandom random = new SplittableRandom(1);
        Examples.Builder builder = Examples.of(List.of(
                new Column("noise", "noise", "noise"), new Column("flag", "flag", "a flag, set on one in twenty")));
        for (int i = 0; i < 2_000; i++) {
            boolean isSet = i % 20 == 0;
            boolean label = random.nextDouble() < (isSet ? .9 : .02);
            builder.add("s-" + i, i, new float[] {random.nextInt(100), isSet ? 1 : 0}, label, "");
        }
        Examples examples = builder.ready();

        SingleColumn best = SingleColumn.best(examples, examples.all());

        assertThat(best.column()).isEqualTo(1);
        assertThat(best.probability(new float[] {0, 1})).isGreaterThan(.7);
        assertThat(best.probability(new float[] {0, 0})).isLessThan(.05);
    }
}
