package dev.forestall.acceptance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.Step;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.state.State;
import dev.forestall.testkit.Dice;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * States are kept on disks. The golden files hold the states of a customer, a branch and a cohort of {@link Everything}, one of every cell
 * among them, as schema 2 writes them.
 */
class StateFormatTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private final Definition pack = Everything.pack();

    private static SubjectId subject(String kind) {
        return new SubjectId(
                kind,
                switch (kind) {
                    case SubjectId.CUSTOMER -> "c-1";
                    case SubjectId.COHORT -> "crowd=red";
                    default -> "north";
                });
    }

    private State today(String kind) {
        MemoryHost host = new MemoryHost(pack);
        Everything.stream(new Dice(20_260_105), 81).forEach(host::happened);
        return host.state(subject(kind));
    }

    private static State golden(String kind) throws IOException {
        return State.of(Files.readAllBytes(GOLDEN.resolve("state-v2-" + kind + ".bin")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer", "branch", "cohort"})
    void what_is_written_today_equals_what_was_written_then(String kind) throws IOException {
        State state = today(kind);
        if ("write".equals(System.getProperty("forestall.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.write(GOLDEN.resolve("state-v2-" + kind + ".bin"), state.bytes());
        }
        assertThat(state).isEqualTo(golden(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer", "branch", "cohort"})
    void what_was_written_then_is_read_and_lived_on_with(String kind) throws IOException {
        SubjectId subject = subject(kind);
        Input later = new Input.TimeAdvanced(9_999, 0, 1_000_000);
        Loop loop = new Loop(pack);
        Step from = loop.step(subject, golden(kind), later);
        Step live = loop.step(subject, today(kind), later);
        List<Effect> effects = from.effects();
        if (!kind.equals("branch")) {
            assertThat(effects).isNotEmpty();
        }
        assertThat(Transcript.of(effects)).isEqualTo(Transcript.of(live.effects()));
        assertThat(from.next()).isEqualTo(live.next());
        assertThat(loop.known(subject, golden(kind), 2_000)).isEqualTo(loop.known(subject, today(kind), 2_000));
    }
}
