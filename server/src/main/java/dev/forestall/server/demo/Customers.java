package dev.forestall.server.demo;

import dev.forestall.loop.host.HostClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sends what the customers of the demo do, when they do it, as any other sender would: over HTTP, with a write key. */
final class Customers implements AutoCloseable {

    /** Of so many events one is sent with a mistyped name too, as it happens. */
    private static final int MISTYPED = 150;

    private static final int AT_ONCE = 200;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final List<DemoEvent> future;
    private final HostClock clock;
    private final URI events;
    private final String writeKey;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread thread = new Thread(this::live, "forestall-demo");
    private volatile boolean isOver;
    private int next;

    /** @param address of the server */
    Customers(List<DemoEvent> future, HostClock clock, URI address, String writeKey) {
        this.future = future;
        this.clock = clock;
        this.events = address.resolve("/v1/events");
        this.writeKey = writeKey;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void live() {
        try {
            while (!isOver && next < future.size()) {
                List<DemoEvent> due = due();
                if (due.isEmpty()) {
                    Thread.sleep(PAUSE);
                } else if (isSent(due)) {
                    next += due.size();
                } else {
                    // Whoever is told to come again later does.
                    Thread.sleep(Duration.ofSeconds(2));
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private List<DemoEvent> due() {
        long now = clock.nowMillis();
        List<DemoEvent> due = new ArrayList<>();
        for (int i = next;
                i < future.size() && due.size() < AT_ONCE && future.get(i).atMillis() <= now;
                i++) {
            due.add(future.get(i));
        }
        return due;
    }

    private boolean isSent(List<DemoEvent> due) throws InterruptedException {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < due.size(); i++) {
            if ((next + i) % MISTYPED == MISTYPED - 1) {
                body.append(due.get(i).mistyped().line()).append('\n');
            }
            body.append(due.get(i).line()).append('\n');
        }
        HttpRequest request = HttpRequest.newBuilder(events)
                .header("Authorization", "Bearer " + writeKey)
                .header("Prefer", "return=minimal")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains("\"complete\":true");
        } catch (IOException notReached) {
            return false;
        }
    }

    @Override
    public void close() {
        isOver = true;
        thread.interrupt();
    }
}
