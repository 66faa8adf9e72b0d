package dev.forestall.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.forestall.pack.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Packs with random damage: whatever they hold, the check answers with problems or a pack, never with an exception. The seed is
 * fixed; {@code -Dforestall.seed} gives another, {@code -Dforestall.runs} more runs.
 */
class DamagedPacksTest {

    private static final List<String> ODD_VALUES = List.of(
            "",
            "{}",
            "[]",
            "0",
            "-1",
            "999999999999",
            "0d",
            "9999999d",
            "~",
            "true",
            "'",
            "\"",
            "a b",
            "*x",
            "&x y",
            "customer",
            "event",
            "trait.spent",
            "1 < 2",
            "((((",
            "learned(p90)",
            "expected(99%)",
            "100%",
            "1 per 1d",
            "[[]]",
            "{ not: contact }",
            "type == 'contact'",
            "has(event.note)",
            "amount * amount",
            "event.amount",
            "journey.order.value",
            "!!binary x",
            "\u0000");

    private final Random random = new Random(Long.getLong("forestall.seed", 7));
    private int broken;
    private int whole;

    @Test
    void no_damage_makes_the_check_fail() throws IOException {
        List<String> packs = List.of(
                Files.readString(Path.of("src/test/resources/every-key.yaml")),
                Files.readString(Path.of("../packs/lending/pack.yaml")));
        int runs = Integer.getInteger("forestall.runs", 150);
        for (int run = 0; run < runs; run++) {
            String text = packs.get(run % packs.size());
            int times = 1 + random.nextInt(3);
            for (int i = 0; i < times; i++) {
                text = damaged(text);
            }
            check(text);
        }
        // Both happen, or the damage would not test anything.
        assertThat(broken).isGreaterThan(runs / 4);
        assertThat(whole + broken).isEqualTo(runs);
    }

    private void check(String text) {
        assertThatCode(() -> {
                    Packs.Checked checked = Packs.checkText(text);
                    boolean hasErrors = checked.problems().stream().anyMatch(Problem::isError);
                    assertThat(checked.pack().isPresent()).isNotEqualTo(hasErrors);
                    checked.problems()
                            .forEach(problem -> assertThat(problem.toString()).contains("PCK-"));
                    if (hasErrors) {
                        broken++;
                    } else {
                        whole++;
                    }
                })
                .as("this pack:%n%s", text)
                .doesNotThrowAnyException();
    }

    private String damaged(String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int line = random.nextInt(lines.size());
        switch (random.nextInt(7)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(line, lines.get(random.nextInt(lines.size())));
            case 2 -> lines.set(line, " ".repeat(random.nextInt(4)) + lines.get(line));
            case 3 -> lines.set(line, withOddValue(lines.get(line)));
            case 4 -> lines.set(line, withOtherLetter(lines.get(line)));
            case 5 -> lines.set(line, withWordOf(lines.get(line), lines.get(random.nextInt(lines.size()))));
            default -> {
                String moved = lines.remove(line);
                lines.add(random.nextInt(lines.size() + 1), moved);
            }
        }
        return String.join("\n", lines);
    }

    private String withOddValue(String line) {
        int colon = line.lastIndexOf(": ");
        String odd = ODD_VALUES.get(random.nextInt(ODD_VALUES.size()));
        return colon < 0 ? line + odd : line.substring(0, colon + 2) + odd + (line.endsWith("}") ? " }" : "");
    }

    private String withOtherLetter(String line) {
        if (line.isEmpty()) {
            return ":";
        }
        int at = random.nextInt(line.length());
        char other = "abz019{}[],:'\"#&*!|>%@- ".charAt(random.nextInt(24));
        return line.substring(0, at) + other + line.substring(at + 1);
    }

    private String withWordOf(String line, String other) {
        String[] words = line.split(" ", -1);
        String[] others = other.strip().split(" ");
        words[random.nextInt(words.length)] = others[random.nextInt(others.length)];
        return String.join(" ", words);
    }
}
