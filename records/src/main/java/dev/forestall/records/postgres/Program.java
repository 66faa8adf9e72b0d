package dev.forestall.records.postgres;

import dev.forestall.records.RecordsError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, unpacked: {@code initdb}, {@code pg_ctl} and {@code postgres}. */
final class Program {

    private final Path home;
    private final List<String> prefix;

    private Program(Path home, List<String> prefix) {
        this.home = home;
        this.prefix = prefix;
    }

    /**
     * Unpacks the programs where they are not yet. Several installations may share the directory: it is named by what is in it, and filled
     * before it gets its name.
     */
    static Program in(Path directory) {
        String archive = "/postgres-" + system() + "-" + processor() + ".txz";
        try {
            Path home = directory.resolve("postgresql-" + hash(archive));
            if (!Files.isDirectory(home)) {
                unpack(archive, directory, home);
            }
            return new Program(home, prefix());
        } catch (IOException failed) {
            throw RecordsError.FILES_FAILED.because(
                    "the programs of PostgreSQL cannot be unpacked into " + directory + ": " + failed, failed);
        }
    }

    private static String system() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private static String processor() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> name;
        };
    }

    private static InputStream open(String archive) {
        InputStream found = Program.class.getResourceAsStream(archive);
        if (found == null) {
            throw RecordsError.PLATFORM_UNKNOWN.because(
                    "nothing named " + archive + " was built in. Give a PostgreSQL of your own: --database URL");
        }
        return found;
    }

    private static String hash(String archive) throws IOException {
        try (DigestInputStream bytes = new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(bytes.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static void unpack(String archive, Path directory, Path home) throws IOException {
        Files.createDirectories(directory);
        Path beside = Files.createTempDirectory(directory, "unpacking-");
        try {
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwxr-xr-x"));
            try (InputStream packed = new BufferedInputStream(open(archive));
                    TarArchiveInputStream entries = new TarArchiveInputStream(new XZInputStream(packed))) {
                for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    unpack(entry, entries, beside);
                }
            }
            Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException notHere) {
            throw notHere;
        } catch (FileSystemException lost) {
            // Somebody else has filled it in the meantime: theirs is as good.
            if (!Files.isDirectory(home)) {
                throw lost;
            }
        } finally {
            delete(beside);
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream bytes, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("an entry leads out of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(bytes, target);
        Files.setPosixFilePermissions(target, permissions(entry.getMode()));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if ((mode & 0100) != 0) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        return permissions;
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /**
     * PostgreSQL refuses to run as root. In a user namespace of its own it is nobody, and yet may read and write what root owns, without any
     * of root's other rights.
     */
    private static List<String> prefix() throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        List<String> unshare = List.of("unshare", "--user");
        try {
            List<String> tried = new ArrayList<>(unshare);
            tried.add("true");
            Process process = new ProcessBuilder(tried)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() == 0) {
                return unshare;
            }
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        } catch (IOException noSuchProgram) {
            // said below
        }
        throw RecordsError.SERVER_NOT_AS_ROOT.because(
                "PostgreSQL does not run as root, and this system lets root make no user namespace (unshare --user)."
                        + " Start as an ordinary user, or give a database: --database URL");
    }

    /**
     * Runs one of the programs to its end.
     *
     * @param output where what it says goes
     * @return how it ended; 0 is well
     */
    int run(Path output, Duration patience, String name, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(home.resolve("bin").resolve(name).toString());
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            process.getOutputStream().close();
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            return -1;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static IllegalStateException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while a program of PostgreSQL ran", interrupted);
    }
}
