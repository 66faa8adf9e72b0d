package dev.forestall.run;

import dev.forestall.pack.Packs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Packs that were handed in, each in a folder that is called by what its files hold: what was checked under a name is what is deployed under
 * it. Not for several threads at once.
 */
public final class KeptPacks {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final int ID_BYTES = 16;
    /** So many that nobody has deployed are kept; one of more is the one that was handed in first. */
    private static final int DRAFTS = 20;

    private final Path folder;

    KeptPacks(Path folder) {
        this.folder = folder;
    }

    /** @param path as packs are named: a folder, or a single file */
    public record Kept(String id, Path path) {}

    /**
     * Takes an archive. Whether there is a pack in it is not looked at.
     *
     * @param inUse ids of packs that must stay
     * @throws java.util.zip.ZipException when it is no archive of a pack
     */
    public Kept add(InputStream archive, Set<String> inUse) throws IOException {
        Path next = fresh();
        try {
            PackArchive.unpack(archive, next);
            Kept kept = settle(next);
            dropOld(inUse, kept.id());
            return kept;
        } finally {
            DataFolder.delete(next);
        }
    }

    /** Takes a copy of a pack. */
    public Kept add(Path pack) throws IOException {
        Path next = fresh();
        try {
            PackFiles.copy(pack, next);
            return settle(next);
        } finally {
            DataFolder.delete(next);
        }
    }

    /**
     * Takes a copy of one that is kept, with one file more, or another content of it.
     *
     * @param inUse ids of packs that must stay
     */
    public Kept addWith(Kept kept, String file, String content, Set<String> inUse) throws IOException {
        Path next = fresh();
        try {
            PackFiles.copy(kept.path(), next);
            Files.writeString(next.resolve(file), content);
            if (!Files.isDirectory(kept.path())) {
                // Only a folder has several files, and it is known by this one.
                Files.move(next.resolve(kept.path().getFileName()), next.resolve(PackFiles.MAIN));
            }
            Kept added = settle(next);
            dropOld(inUse, added.id());
            return added;
        } finally {
            DataFolder.delete(next);
        }
    }

    private Path fresh() throws IOException {
        Files.createDirectories(folder);
        return Files.createTempDirectory(folder, "next-");
    }

    private Kept settle(Path next) throws IOException {
        String id = id(next);
        Path kept = folder.resolve(id);
        if (!Files.exists(kept)) {
            Files.move(next, kept);
        }
        return new Kept(id, PackFiles.in(kept));
    }

    /** Names what the files of a pack hold. */
    private static String id(Path pack) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : PackArchive.files(pack)) {
                byte[] content = Files.readAllBytes(file);
                // With its length, so that no two packs read the same.
                digest.update(
                        (PackArchive.name(pack, file) + ' ' + content.length + '\n').getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** What is kept under an id; empty when nothing is. */
    public Optional<Kept> find(String id) throws IOException {
        Path kept = folder.resolve(id);
        return ID.matcher(id).matches() && Files.isDirectory(kept)
                ? Optional.of(new Kept(id, PackFiles.in(kept)))
                : Optional.empty();
    }

    /** All problems of a pack that is kept, and the pack when it has no errors. */
    public Packs.Checked check(Kept kept) {
        return Packs.check(kept.path());
    }

    private void dropOld(Set<String> inUse, String added) throws IOException {
        List<Path> drafts = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(each -> ID.matcher(each.getFileName().toString()).matches())
                    .filter(each -> !inUse.contains(each.getFileName().toString()))
                    .filter(each -> !each.getFileName().toString().equals(added))
                    .forEach(drafts::add);
        }
        drafts.sort(Comparator.comparing(KeptPacks::madeAt));
        for (Path old : drafts.subList(0, Math.max(0, drafts.size() - DRAFTS))) {
            DataFolder.delete(old);
        }
    }

    private static long madeAt(Path pack) {
        return pack.toFile().lastModified();
    }
}
