package dev.forestall.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A pack as one file, to be sent to a server: a ZIP of what makes it up. The same pack gives the same bytes. */
public final class PackArchive {

    private static final int MOST_FILES = 1_000;
    private static final long MOST_BYTES = 64L << 20;

    /** At most two folders deep, and no name begins with a dot: nothing leads out of where it is unpacked. */
    private static final Pattern NAME =
            Pattern.compile("([\\p{L}\\p{N}_-][\\p{L}\\p{N} ._-]{0,99}/){0,2}[\\p{L}\\p{N}_-][\\p{L}\\p{N} ._-]{0,99}");

    private static final FileTime NO_TIME = FileTime.fromMillis(0);

    private PackArchive() {}

    /** Packs up a pack: a folder, or a single file. */
    public static byte[] of(Path pack) throws IOException {
        Path copy = Files.createTempDirectory("forestall-pack");
        try {
            PackFiles.copy(pack, copy);
            return zip(copy);
        } finally {
            DataFolder.delete(copy);
        }
    }

    private static byte[] zip(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Path file : files(folder)) {
                ZipEntry entry = new ZipEntry(name(folder, file));
                entry.setLastModifiedTime(NO_TIME);
                zip.putNextEntry(entry);
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** All files of a folder, in the order of their names. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /**
     * Unpacks into a folder.
     *
     * @throws ZipException when it is no archive of a pack; the message says why
     */
    static void unpack(InputStream archive, Path into) throws IOException {
        long left = MOST_BYTES;
        int count = 0;
        try (ZipInputStream zip = new ZipInputStream(archive)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                if (++count > MOST_FILES || !NAME.matcher(entry.getName()).matches()) {
                    throw new ZipException("found the file '" + entry.getName() + "', expected at most " + MOST_FILES
                            + " files of a pack, at most two folders deep");
                }
                Path file = into.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                byte[] content = zip.readNBytes((int) left + 1);
                left -= content.length;
                if (left < 0) {
                    throw new ZipException("unpacked it is larger than " + MOST_BYTES + " bytes");
                }
                Files.write(file, content);
            }
        }
        if (count == 0) {
            throw new ZipException("found no file in it, expected a ZIP archive of a pack's folder");
        }
    }
}
