package dev.forestall.pack;

import dev.forestall.loop.risk.Fitted;
import dev.forestall.pack.grammar.Shape;
import dev.forestall.pack.grammar.Shape.Either;
import dev.forestall.pack.grammar.Shape.Fields;
import dev.forestall.pack.grammar.Shape.Named;
import dev.forestall.pack.source.Node;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Entry;
import dev.forestall.pack.source.Node.Items;
import dev.forestall.pack.source.Node.Scalar;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names a pack by what it says: the same for the same content, whatever the order of files and keys, the layout and the comments.
 * 32 hexadecimal digits, the first half of a SHA-256.
 */
final class ContentHash {

    private static final int BYTES = 16;

    private ContentHash() {}

    /** Of a pack without its baselines. */
    static String of(Node pack, Shape shape) {
        StringBuilder canonical = new StringBuilder();
        append(canonical, pack, shape);
        return hash(canonical.toString());
    }

    /** Of a pack with its baselines; what they were learned from does not count, only what was learned. */
    static String of(String packHash, Baselines baselines) {
        StringBuilder canonical = new StringBuilder(packHash);
        baselines
                .times()
                .forEach((name, times) -> canonical.append('\n').append(name).append(times));
        baselines
                .shares()
                .forEach((name, share) -> canonical.append('\n').append(name).append(share));
        return hash(canonical.toString());
    }

    /** Of a pack with its baselines and the models that answer. */
    static String of(String hash, List<Fitted> models) {
        StringBuilder canonical = new StringBuilder(hash);
        models.forEach(each ->
                canonical.append('\n').append(each.prediction()).append(' ').append(each.model()));
        return hash(canonical.toString());
    }

    /** Of some texts, in their order. */
    static String of(List<String> texts) {
        StringBuilder canonical = new StringBuilder();
        texts.forEach(each -> append(canonical, each));
        return hash(canonical.toString());
    }

    /** Texts carry their length, so that no two trees read the same. */
    private static void append(StringBuilder canonical, Node node, @Nullable Shape shape) {
        switch (node) {
            case Scalar scalar -> append(canonical.append('s'), scalar.isNothing() ? "" : scalar.text());
            case Items items -> {
                canonical.append('l').append(items.nodes().size());
                items.nodes().forEach(each -> append(canonical, each, inList(shape)));
            }
            case Entries entries -> {
                List<Entry> ordered = new ArrayList<>(entries.entries());
                if (!(named(shape) instanceof Named named) || !named.ordered()) {
                    ordered.sort(Comparator.comparing(entry -> entry.key().text()));
                }
                canonical.append('m').append(ordered.size());
                for (Entry entry : ordered) {
                    append(canonical, entry.key().text());
                    append(canonical, entry.value(), behind(shape, entry.key().text()));
                }
            }
        }
    }

    private static void append(StringBuilder canonical, String text) {
        canonical.append(text.length()).append(':').append(text);
    }

    private static @Nullable Shape named(@Nullable Shape shape) {
        return alternatives(shape).stream()
                .filter(Named.class::isInstance)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Shape inList(@Nullable Shape shape) {
        return alternatives(shape).stream()
                .filter(Shape.Many.class::isInstance)
                .map(each -> ((Shape.Many) each).each())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Shape behind(@Nullable Shape shape, String key) {
        for (Shape each : alternatives(shape)) {
            if (each instanceof Named named) {
                return named.each();
            }
            if (each instanceof Fields fields && fields.key(key).isPresent()) {
                return fields.key(key).get().shape();
            }
        }
        return null;
    }

    private static List<Shape> alternatives(@Nullable Shape shape) {
        return shape == null ? List.of() : shape instanceof Either either ? either.alternatives() : List.of(shape);
    }

    private static String hash(String canonical) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
