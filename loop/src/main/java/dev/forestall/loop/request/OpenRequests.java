package dev.forestall.loop.request;

import dev.forestall.loop.report.Reported;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of one customer about which something can still happen, oldest first. */
final class OpenRequests {

    /** So many at most. */
    static final int MAX = 64;

    final List<OpenRequest> all = new ArrayList<>();

    @Nullable
    OpenRequest find(Reported reported) {
        OpenRequest same = null;
        for (OpenRequest each : all) {
            if (each.id.equals(reported.id())) {
                return each;
            }
            if (same == null && each.isSame(reported)) {
                same = each;
            }
        }
        return same;
    }

    /** The one that has claimed something of a resource under this name. */
    @Nullable
    OpenRequest claiming(String claim) {
        for (OpenRequest each : all) {
            if (each.id.toString().equals(claim)) {
                return each;
            }
        }
        return null;
    }

    /** Adds one more, in the place of one of which nothing more is to come. Returns whether there was room. */
    boolean add(OpenRequest added) {
        if (all.size() >= MAX) {
            OpenRequest over = null;
            for (OpenRequest each : all) {
                if (!each.stage.isOpen() && (over == null || each.forgetMillis < over.forgetMillis)) {
                    over = each;
                }
            }
            if (over == null) {
                return false;
            }
            all.remove(over);
        }
        all.add(added);
        return true;
    }

    long next() {
        long next = Cells.NEVER;
        for (OpenRequest each : all) {
            next = Math.min(next, each.nextMillis());
        }
        return next;
    }

    static final Memory.Said<OpenRequests> MEMORY = new Memory.Said<>() {
        @Override
        public OpenRequests join(OpenRequests one, OpenRequests other) {
            other.all.stream()
                    .filter(each -> one.all.stream().noneMatch(known -> known.id.equals(each.id)))
                    .forEach(one::add);
            one.all.sort(Comparator.comparingLong((OpenRequest each) -> each.id.position())
                    .thenComparing(each -> each.id.index()));
            return one;
        }

        @Override
        public boolean isOfEveryPart() {
            return false;
        }

        @Override
        public OpenRequests fresh() {
            return new OpenRequests();
        }

        @Override
        public boolean isFresh(OpenRequests requests) {
            return requests.all.isEmpty();
        }

        @Override
        public OpenRequests read(Reader from) {
            OpenRequests requests = new OpenRequests();
            for (int left = from.size(); left > 0; left--) {
                requests.all.add(OpenRequest.read(from));
            }
            return requests;
        }

        @Override
        public void write(OpenRequests requests, Writer to) {
            to.count(requests.all.size());
            requests.all.forEach(each -> each.write(to));
        }
    };
}
