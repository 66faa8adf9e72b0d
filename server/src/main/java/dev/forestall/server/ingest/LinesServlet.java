package dev.forestall.server.ingest;

import dev.forestall.connectors.events.EventLine;
import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.segment.SegmentBody;
import dev.forestall.connectors.segment.SegmentCall;
import dev.forestall.connectors.segment.SegmentRecords;
import dev.forestall.connectors.segment.SegmentSource;
import dev.forestall.loop.event.Rejected;
import dev.forestall.server.ApiError;
import dev.forestall.server.api.JsonBody;
import dev.forestall.server.security.ApiKey;
import dev.forestall.server.security.ApiKeys;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.ZipException;

/**
 * Events line by line, each answered by a line of its own once it is durable. Who sends much and reads the answers only when all is sent asks
 * for {@code Prefer: return=minimal}.
 */
public final class LinesServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** So many lines become durable together. */
    private static final int GROUP = 500;

    private static final int GROUP_BYTES = 1 << 20;
    private static final long MAX_BODY = 1L << 30;
    private static final int RETRY_SECONDS = 2;

    private final transient Door door;
    private final transient Senders senders;
    private final transient EventLine lines;
    private final int maxLine;

    /**
     * @param maxLine how long a line may be, in bytes
     * @param depth how deep objects and lists may stand in each other
     */
    public LinesServlet(Door door, ApiKeys keys, int maxLine, int depth) {
        this.door = door;
        this.senders = new Senders(keys);
        this.lines = new EventLine(depth, maxLine);
        this.maxLine = maxLine;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!request.getMethod().equals("POST")) {
            new Answer.Refused(ApiError.WRONG_PARAMETER, "send events by POST, one a line").write(response);
            return;
        }
        if (request.getParameter("mapping") != null) {
            new Answer.Refused(
                            ApiError.WRONG_PARAMETER,
                            "mapping: lines are read as they are described; a mapping is not possible here yet")
                    .write(response);
            return;
        }
        Optional<ApiKey> key = senders.named(request);
        if (key.isEmpty()) {
            Answer.keyUnknown().write(response);
            return;
        }
        try (InputStream in = RequestBody.unpacked(request)) {
            response.setContentType("application/x-ndjson;charset=utf-8");
            response.setHeader("Cache-Control", "no-store");
            String prefer = Optional.ofNullable(request.getHeader("Prefer")).orElse("");
            boolean isMinimal = prefer.contains("return=minimal");
            if (isMinimal) {
                response.setHeader("Preference-Applied", "return=minimal");
            }
            new Dialog(key.get().source(), new Lines(in, maxLine), response.getOutputStream(), isMinimal).run();
        } catch (RequestBody.Unreadable | ZipException unreadable) {
            if (response.isCommitted()) {
                throw new IOException(unreadable);
            }
            Answer.unreadable(String.valueOf(unreadable.getMessage())).write(response);
        }
    }

    /** One request. */
    private final class Dialog {
        private final String source;
        private final Lines body;
        private final OutputStream out;
        private final boolean isMinimal;
        private int accepted;
        private int rejected;
        private int duplicates;
        private long line;
        private long bytes;

        Dialog(String source, Lines body, OutputStream out, boolean isMinimal) {
            this.source = source;
            this.body = body;
            this.out = out;
            this.isMinimal = isMinimal;
        }

        void run() throws IOException {
            while (true) {
                List<Long> numbers = new ArrayList<>();
                List<SegmentBody.Item> group = new ArrayList<>();
                boolean isMore = read(numbers, group);
                if (!group.isEmpty()) {
                    Optional<Answer> stopped = hand(numbers, group);
                    if (stopped.isPresent()) {
                        say(summary(false, numbers.getFirst()));
                        return;
                    }
                }
                if (!isMore) {
                    say(summary(true, 0));
                    return;
                }
                out.flush();
            }
        }

        /** Reads what has come, and waits only for the first. False when nothing more comes. */
        private boolean read(List<Long> numbers, List<SegmentBody.Item> group) throws IOException {
            long before = bytes;
            do {
                Optional<Lines.Line> next = bytes > MAX_BODY ? Optional.empty() : body.next();
                if (next.isEmpty()) {
                    return false;
                }
                line++;
                bytes += next.get().length() + 1;
                if (!next.get().isBlank()) {
                    numbers.add(line);
                    group.add(item(next.get()));
                }
            } while (group.isEmpty() || group.size() < GROUP && bytes - before < GROUP_BYTES && body.isReady());
            return true;
        }

        private SegmentBody.Item item(Lines.Line read) {
            if (read.length() > maxLine) {
                return new SegmentBody.Item.Unreadable(
                        SegmentSource.tooLarge(read.length(), maxLine),
                        new String(read.bytes(), StandardCharsets.UTF_8));
            }
            return lines.read(read.bytes());
        }

        /** @return why nothing of it was taken */
        private Optional<Answer> hand(List<Long> numbers, List<SegmentBody.Item> group) throws IOException {
            SegmentBody sent = new SegmentBody(Json.Entries.NONE, group, SegmentCall.BATCH, maxLine);
            return switch (door.hand(source, sent)) {
                case Door.Outcome.Not not -> Optional.of(not.answer());
                case Door.Outcome.Kept kept -> {
                    SortedSet<Integer> known = new TreeSet<>(kept.known());
                    for (int i = 0; i < group.size(); i++) {
                        answer(numbers.get(i), kept.records().items().get(i), known, kept.position());
                    }
                    yield Optional.empty();
                }
            };
        }

        private void answer(long number, SegmentRecords.Item item, SortedSet<Integer> known, String position)
                throws IOException {
            if (item.rejected().isPresent()) {
                rejected++;
                say(rejection(number, item.rejected().get()));
                return;
            }
            boolean isDuplicate = item.isDuplicate(known);
            if (isDuplicate) {
                duplicates++;
            } else {
                accepted++;
            }
            if (!isMinimal) {
                say(JsonBody.of(json -> {
                    json.writeStartObject();
                    json.writeNumberField("line", number);
                    json.writeStringField("status", isDuplicate ? "duplicate" : "accepted");
                    json.writeStringField("position", position);
                    if (!item.unknown().isEmpty()) {
                        json.writeArrayFieldStart("unknown");
                        for (String each : item.unknown()) {
                            json.writeString(each.substring(each.indexOf('.') + 1));
                        }
                        json.writeEndArray();
                    }
                    json.writeEndObject();
                }));
            }
        }

        private static byte[] rejection(long number, Rejected why) {
            return JsonBody.of(json -> {
                json.writeStartObject();
                json.writeNumberField("line", number);
                json.writeStringField("status", "rejected");
                json.writeStringField("code", why.code().code());
                if (!why.field().isEmpty()) {
                    json.writeStringField("field", why.field());
                }
                json.writeStringField("detail", why.detail());
                json.writeEndObject();
            });
        }

        private byte[] summary(boolean isComplete, long resumeLine) {
            boolean isTooLong = isComplete && bytes > MAX_BODY;
            return JsonBody.of(json -> {
                json.writeStartObject();
                json.writeObjectFieldStart("summary");
                json.writeNumberField("accepted", accepted);
                json.writeNumberField("rejected", rejected);
                json.writeNumberField("duplicates", duplicates);
                json.writeBooleanField("complete", isComplete && !isTooLong);
                if (!isComplete || isTooLong) {
                    json.writeNumberField("resume_line", isTooLong ? line + 1 : resumeLine);
                    json.writeNumberField("retry_after", RETRY_SECONDS);
                }
                json.writeEndObject();
                json.writeEndObject();
            });
        }

        private void say(byte[] json) throws IOException {
            out.write(json);
            out.write('\n');
        }
    }
}
