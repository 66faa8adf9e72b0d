package dev.forestall.run;

import dev.forestall.pack.model.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files that make up a pack: those that it is read from, and those that it names. Whatever else lies beside them is none of it. */
final class PackFiles {

    static final String MAIN = "pack.yaml";
    private static final String BASELINES = "baselines.json";
    /** Folders whose files are read, or named by actions. */
    private static final List<String> FOLDERS = List.of("calendars", "messages", "workflows");

    private PackFiles() {}

    /** Makes a folder that holds a pack and nothing else, in the place of what was there. */
    static void copy(Path pack, Path to) throws IOException {
        DataFolder.delete(to);
        Files.createDirectories(to);
        Path folder = Files.isDirectory(pack) ? pack : pack.resolveSibling("").toAbsolutePath();
        for (Path file : own(pack)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
        for (String name : FOLDERS) {
            copyFolder(folder.resolve(name), to.resolve(name));
        }
        Models.of(pack).copyAnswering(Models.of(in(to)));
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static List<Path> own(Path pack) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(pack)) {
            try (Stream<Path> listed = Files.list(pack)) {
                listed.filter(PackFiles::isYaml).forEach(files::add);
            }
        } else {
            files.add(pack);
        }
        Path baselines = Files.isDirectory(pack) ? pack.resolve(BASELINES) : pack.resolveSibling(BASELINES);
        if (Files.exists(baselines)) {
            files.add(baselines);
        }
        return files;
    }

    private static boolean isYaml(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file);
    }

    /** What a pack in a folder is called by: the folder, or a single file, as the pack was. */
    static Path in(Path folder) throws IOException {
        if (Files.exists(folder.resolve(MAIN))) {
            return folder;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(PackFiles::isYaml).sorted().findFirst().orElse(folder);
        }
    }
}
