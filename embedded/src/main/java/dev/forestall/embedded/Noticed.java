package dev.forestall.embedded;

import dev.forestall.loop.event.ErrorCode;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that was refused when it was settled who is who. The input itself was used all the same.
 *
 * @param position of that input in the log
 * @param rejected what was refused, and why
 */
public record Noticed(long position, Rejected rejected) {

    static byte[] write(List<Noticed> all) {
        Writer to = new Writer();
        to.count(all.size());
        for (Noticed each : all) {
            to.count(each.position)
                    .text(each.rejected.code().code())
                    .text(each.rejected.code().title())
                    .text(each.rejected.field())
                    .text(each.rejected.detail());
        }
        return to.toBytes();
    }

    static List<Noticed> read(byte[] bytes) {
        Reader from = new Reader(bytes);
        List<Noticed> all = new ArrayList<>();
        int size = from.size();
        for (int i = 0; i < size; i++) {
            long position = from.count();
            var code = new StoredCode(from.text(), from.text());
            all.add(new Noticed(position, new Rejected(code, from.text(), from.text())));
        }
        return all;
    }

    private record StoredCode(String code, String title) implements ErrorCode {}
}
