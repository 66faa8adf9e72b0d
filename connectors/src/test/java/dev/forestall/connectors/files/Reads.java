package dev.forestall.connectors.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.host.FileMapping;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Reads whole files for tests. */
final class Reads {

    private Reads() {}

    static Path file(Path directory, String name, String content) {
        return file(directory, name, content.getBytes(UTF_8));
    }

    static Path file(Path directory, String name, byte[] content) {
        try {
            return Files.write(directory.resolve(name), content);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static List<FileRecord> all(Path file, Example.Mapping mapping) {
        return all(file, mapping.build(), FileOptions.upTo(Example.LATEST));
    }

    static List<FileRecord> all(Path file, FileMapping mapping, FileOptions options) {
        try (FileSource source = FileSource.open(file, mapping, Example.PLAN, options)) {
            return rest(source);
        }
    }

    static List<FileRecord> rest(FileSource source) {
        List<FileRecord> records = new ArrayList<>();
        for (Optional<FileRecord> next = source.next(); next.isPresent(); next = source.next()) {
            records.add(next.get());
        }
        return records;
    }

    static List<Event> events(List<FileRecord> records) {
        return records.stream()
                .filter(FileRecord.Arrived.class::isInstance)
                .map(record -> ((FileRecord.Arrived) record).event())
                .toList();
    }

    static List<Rejected> rejected(List<FileRecord> records) {
        return records.stream()
                .filter(FileRecord.Rejection.class::isInstance)
                .map(record -> ((FileRecord.Rejection) record).rejected())
                .toList();
    }

    /** Line and what came of it, one text per record. */
    static List<String> told(List<FileRecord> records) {
        return records.stream()
                .map(record -> record.origin().line() + ": "
                        + switch (record) {
                            case FileRecord.Arrived arrived -> Example.told(arrived.event());
                            case FileRecord.Rejection rejection ->
                                rejection.rejected().toString();
                        })
                .toList();
    }
}
