package dev.forestall.embedded;

import dev.forestall.loop.host.Positions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The segment files found in a directory, by the position of their first record. */
record SegmentFiles(TreeMap<Long, Path> byFirst) {

    static SegmentFiles in(Folder folder) throws IOException {
        var byFirst = new TreeMap<Long, Path>();
        try (var files = Files.newDirectoryStream(folder.path())) {
            for (var file : files) {
                var name = Segment.NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    byFirst.put(Long.parseLong(name.group(1)), file);
                } else if (file.toString().endsWith(SegmentLog.NEW)) {
                    folder.delete(file);
                }
            }
        }
        return new SegmentFiles(byFirst);
    }

    @Nullable
    Recovery recoverLast() throws IOException {
        var last = byFirst.lastEntry();
        return last == null ? null : Recovery.of(last.getValue(), last.getKey());
    }

    /** All but the last, each of which must be whole and end where the next begins. */
    ConcurrentSkipListMap<Long, Segment.Sealed> sealed() throws IOException {
        var sealed = new ConcurrentSkipListMap<Long, Segment.Sealed>();
        for (var entry : byFirst.entrySet()) {
            var next = byFirst.higherEntry(entry.getKey());
            if (next == null) {
                break;
            }
            var segment = Segment.Sealed.open(entry.getValue(), entry.getKey());
            if (!Positions.goesOn(segment.end(), next.getKey())) {
                throw Segment.damage(
                        segment.file(),
                        segment.tail().sealedOffset(),
                        segment.end(),
                        "the next file should begin with this record, but is %s; maybe one is missing"
                                .formatted(next.getValue().getFileName()));
            }
            sealed.put(entry.getKey(), segment);
        }
        return sealed;
    }
}
