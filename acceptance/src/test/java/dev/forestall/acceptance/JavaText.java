package dev.forestall.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java source as text, compiled while a test runs, with the class path of the test. */
public final class JavaText {
    private JavaText() {}

    /**
     * Compiles texts, keyed by the full name of the class in each, to class files below {@code into}.
     *
     * @throws AssertionError naming what the compiler objected to
     */
    public static Path compile(Path into, Map<String, String> textByClass) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        var units = textByClass.entrySet().stream()
                .map(entry -> new Unit(entry.getKey(), entry.getValue()))
                .toList();
        try (var files = compiler.getStandardFileManager(problems, Locale.ROOT, UTF_8)) {
            Files.createDirectories(into);
            var options = List.of("--release", "21", "-proc:none", "-parameters", "-d", into.toString());
            if (!compiler.getTask(null, files, problems, options, null, units).call()) {
                throw new AssertionError(problems.getDiagnostics().stream()
                        .map(problem -> problem.toString())
                        .collect(Collectors.joining("\n", "The text does not compile:\n", "")));
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return into;
    }

    private static final class Unit extends SimpleJavaFileObject {
        private final String text;

        Unit(String className, String text) {
            super(URI.create("text:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
