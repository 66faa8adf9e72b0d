package dev.forestall.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody to whom actions are posted: takes everything, and keeps it as it came. */
public final class Receiver {

    private final HttpServer http;
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

    /** What was posted. */
    public record Message(HttpHeaders headers, String body) {}

    private Receiver(HttpServer http) {
        this.http = http;
    }

    static Receiver open() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            Receiver receiver = new Receiver(http);
            http.createContext("/hook", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                receiver.messages.add(
                        new Message(HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true), body));
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            http.start();
            return receiver;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A page of a shop, which is none of the server's. */
    public URI page(String name, String html) {
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        http.createContext("/" + name, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        return url().resolve("/" + name);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/hook");
    }

    /** The next message, which is waited for. */
    public Message next(Duration patience) throws InterruptedException {
        Message message = messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (message == null) {
            throw new AssertionError("nothing was posted within " + patience);
        }
        return message;
    }
}
