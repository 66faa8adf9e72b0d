package dev.forestall.benchmarks.forestall;

import dev.forestall.benchmarks.pattern.MatchSink;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.loop.Effect;
import dev.forestall.loop.signal.Signal;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.pack.Packs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The pack that declares the four patterns, and which of its signals is which pattern. */
final class PatternsPack {

    private static final String PATTERNS = "/packs/patterns/pack.yaml";

    private PatternsPack() {}

    static Pack compile() {
        return compile(PATTERNS);
    }

    /** Another pack of the benchmarks. */
    static Pack compile(String resource) {
        try (var text = PatternsPack.class.getResourceAsStream(resource)) {
            if (text == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return Packs.compileText(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (PackException e) {
            throw new IllegalStateException(resource + " has errors: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    /**
     * Reports an effect that is a match; the end of a signal, for one, is none.
     *
     * @param cause the sequence of the activity that is being worked on
     */
    static void report(Effect effect, int cause, MatchSink matches) {
        if (effect instanceof Effect.SignalChanged changed && changed.signal() instanceof Signal.Raised raised) {
            var pattern = pattern(raised.name());
            matches.match(
                    pattern,
                    effect.subject().key(),
                    raised.atMillis(),
                    pattern == Pattern.STALL ? MatchSink.TIME : cause);
        }
    }

    private static Pattern pattern(String signal) {
        return switch (signal) {
            case "retry" -> Pattern.RETRY;
            case "stall" -> Pattern.STALL;
            case "repeated_contact" -> Pattern.REPEATED_CONTACT;
            case "decline" -> Pattern.DECLINE;
            default -> throw new IllegalArgumentException("the signal '" + signal + "' stands for no pattern");
        };
    }
}
