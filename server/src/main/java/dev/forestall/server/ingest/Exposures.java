package dev.forestall.server.ingest;

import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.segment.SegmentBody;
import dev.forestall.connectors.segment.SegmentCall;
import dev.forestall.server.session.Questions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What pages say of decisions that they have shown: a call {@code track} of the event {@code decision_shown} with the decision's name. It is no event of
 * the tracking plan, but a report. For any thread.
 */
public final class Exposures {

    /** What a page calls it. */
    static final String SHOWN = "decision_shown";

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Questions questions;

    public Exposures(Questions questions) {
        this.questions = questions;
    }

    /**
     * What was taken out of a body.
     *
     * @param body what is left of it
     * @param shown answer when the log has them
     */
    record Taken(SegmentBody body, List<CompletionStage<Void>> shown) {

        boolean areDurable() {
            CompletableFuture<?>[] all =
                    shown.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new);
            try {
                CompletableFuture.allOf(all).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (ExecutionException | TimeoutException not) {
                return false;
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** Takes what is about decisions that are known; all else stays, and is rejected like any event that nobody has declared. */
    Taken take(SegmentBody body) {
        List<SegmentBody.Item> left = new ArrayList<>();
        List<CompletionStage<Void>> shown = new ArrayList<>();
        for (SegmentBody.Item item : body.items()) {
            Optional<CompletionStage<Void>> noted =
                    decision(item, body.call()).flatMap(name -> questions.shown(name, "page"));
            noted.ifPresentOrElse(shown::add, () -> left.add(item));
        }
        return new Taken(
                shown.isEmpty() ? body : new SegmentBody(body.whole(), left, body.call(), body.maxItem()), shown);
    }

    private static Optional<String> decision(SegmentBody.Item item, SegmentCall call) {
        return item instanceof SegmentBody.Item.Said(Json.Entries said)
                        && (call == SegmentCall.TRACK
                                || said.scalar("type").filter("track"::equals).isPresent())
                        && said.scalar("event").filter(SHOWN::equals).isPresent()
                ? said.scalar("properties.decision")
                : Optional.empty();
    }
}
