package dev.forestall.views.out;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.EffectNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputsGuideTest {

    @Test
    void the_guide_describes_each_field_of_each_output_in_its_order_with_its_type() throws IOException {
        String guide = Files.readString(Path.of("../docs/guides/outputs.md"));
        for (Output<?> output : new Outputs("hash", EffectNames.PUBLISHED).all()) {
            int start = guide.indexOf("\n## " + output.name() + "\n");
            assertThat(start).as(output.name()).isPositive();
            int end = guide.indexOf("\n## ", start + 1);
            List<String> described = guide.substring(start, end < 0 ? guide.length() : end)
                    .lines()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.split(" \\| ")[0].substring(2) + " " + line.split(" \\| ")[1])
                    .toList();
            List<String> written = output.columns().stream()
                    .map(column -> "`" + column.name() + "` " + column.type().words)
                    .toList();
            assertThat(described).as(output.name()).isEqualTo(written);
        }
    }
}
