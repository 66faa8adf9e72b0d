package dev.forestall.acceptance.crash;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Starts the command line in processes of their own, with the Java and the class path of this test. */
final class CommandLine {

    private static final String MAIN = "dev.forestall.cli.Main";

    private final List<String> java;

    /** @param folder for what makes the start fast: the classes as jars, which alone Java can keep an archive of */
    CommandLine(Path folder) throws IOException {
        List<String> places = new ArrayList<>();
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!Files.isDirectory(Path.of(place))) {
                places.add(place);
            } else if (!place.contains("test-classes")) {
                places.add(jar(Path.of(place), folder.resolve("classes-" + places.size() + ".jar")));
            }
        }
        this.java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-XX:SharedArchiveFile=" + folder.resolve("forestall.jsa"),
                "-XX:+AutoCreateSharedArchive",
                "-Xlog:disable",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(File.pathSeparator, places),
                MAIN);
    }

    private static String jar(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar.toString();
    }

    /** Starts a command. What it says goes to two files. */
    Process start(Path out, Path err, List<String> arguments) {
        try {
            return new ProcessBuilder(
                            Stream.concat(java.stream(), arguments.stream()).toList())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
