package dev.forestall.benchmarks.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Those who read the stream of effects, each by a connection of its own; the first notes when it hears of whom. */
public final class Readers implements AutoCloseable {

    private final Map<String, Long> heardNanos = new ConcurrentHashMap<>();
    private final AtomicLong heard = new AtomicLong();
    private final List<Socket> sockets = new ArrayList<>();

    public Readers(HttpRequest stream, int readers) throws IOException {
        URI uri = stream.uri();
        StringBuilder head = new StringBuilder(
                "GET " + uri.getPath() + "?" + uri.getQuery() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n");
        stream.headers()
                .map()
                .forEach((name, values) ->
                        head.append(name).append(": ").append(values.getFirst()).append("\r\n"));
        head.append("\r\n");
        for (int i = 0; i < readers; i++) {
            Socket socket = new Socket(uri.getHost(), uri.getPort());
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
            out.flush();
            sockets.add(socket);
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String status = lines.readLine();
            if (status == null || !status.contains(" 200")) {
                throw new IOException("the stream was refused: " + status);
            }
            boolean isFirst = i == 0;
            Thread.ofVirtual().start(() -> read(lines, isFirst));
        }
    }

    private void read(BufferedReader lines, boolean isFirst) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.startsWith("data: {") ? line.indexOf("probe-") : -1;
                if (at >= 0) {
                    heard.incrementAndGet();
                    if (isFirst) {
                        heardNanos.put(line.substring(at, line.indexOf('"', at)), System.nanoTime());
                    }
                }
            }
        } catch (IOException closed) {
            // The reader has left.
        }
    }

    /** When the first reader heard of a customer, by {@link System#nanoTime}; null when it did not. */
    public @Nullable Long heardNanos(String customer) {
        return heardNanos.get(customer);
    }

    /** How much all of them heard. */
    public long heard() {
        return heard.get();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
