package dev.forestall.channels.webhook;

import dev.forestall.dispatch.Answer;
import dev.forestall.dispatch.Channel;
import dev.forestall.dispatch.Delivery;
import dev.forestall.dispatch.DispatchException;
import dev.forestall.dispatch.Endpoint;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.report.Report.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Posts actions to an endpoint, by Standard Webhooks 1.0. Receivers tell a message that comes again by its id, so whatever is in doubt is sent
 * again. For any thread.
 */
public final class WebhookChannel implements Channel {

    /** The whole exchange may take so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Longer than this no receiver is left alone at its own wish. */
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private static final int LARGEST_ANSWER = 64 * 1024;

    private final WebhookClient client;
    private final Endpoint endpoint;
    private final HostClock clock;

    public WebhookChannel(WebhookClient client, Endpoint endpoint, HostClock clock) {
        this.client = client;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /** A new secret for an endpoint, to be shown to the receiver once. */
    public static String newSecret() {
        return Signatures.newSecret();
    }

    @Override
    public String provider() {
        return "webhook";
    }

    @Override
    public boolean honoursKeys() {
        return true;
    }

    @Override
    public Answer send(Delivery delivery) {
        URI url;
        try {
            url = client.check(endpoint.url());
        } catch (DispatchException forbidden) {
            return new Answer.Refused(Failure.REFUSED, String.valueOf(forbidden.getMessage()));
        }
        HttpPost post = post(url, delivery);
        HostClock.Alarm alarm = clock.after(PATIENCE, post::cancel);
        try {
            return client.to(url).execute(post, this::answer);
        } catch (TooLong endless) {
            return endless.answer();
        } catch (Egress.ForbiddenHost forbidden) {
            return new Answer.Refused(Failure.REFUSED, String.valueOf(forbidden.getMessage()));
        } catch (IOException broken) {
            return new Answer.Lost("no answer: " + broken.getClass().getSimpleName());
        } finally {
            alarm.cancel();
        }
    }

    private HttpPost post(URI url, Delivery delivery) {
        byte[] body = WebhookBody.of(delivery);
        long seconds = clock.nowMillis() / 1000;
        HttpPost post = new HttpPost(url);
        post.setHeader("webhook-id", delivery.key());
        post.setHeader("webhook-timestamp", Long.toString(seconds));
        post.setHeader("webhook-signature", Signatures.of(delivery.key(), seconds, body, endpoint.secrets()));
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        return post;
    }

    private Answer answer(ClassicHttpResponse response) throws IOException {
        Answer answer = meaning(response);
        HttpEntity entity = response.getEntity();
        if (entity != null && entity.getContent() != null) {
            try (InputStream content = entity.getContent()) {
                if (content.readNBytes(LARGEST_ANSWER + 1).length > LARGEST_ANSWER) {
                    throw new TooLong(answer);
                }
            }
        }
        return answer;
    }

    private Answer meaning(ClassicHttpResponse response) {
        int status = response.getCode();
        String detail = "status " + status;
        if (status >= 200 && status < 300) {
            return new Answer.Taken("", detail);
        }
        if (status >= 300 && status < 400) {
            return new Answer.Refused(Failure.REFUSED, detail + ": redirects are not followed");
        }
        return switch (status) {
            case 410 -> new Answer.Gone(detail + ": the receiver wants nothing any more");
            case 429, 502, 503, 504 -> new Answer.NotNow(retryAfter(response), detail);
            default -> new Answer.NotNow(Optional.empty(), detail);
        };
    }

    /** The receiver says more than anybody reads: its status counts, and the connection is dropped. */
    private static final class TooLong extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        TooLong(Answer answer) {
            super("an answer of more than " + LARGEST_ANSWER + " bytes");
            this.answer = answer;
        }

        Answer answer() {
            return answer;
        }
    }

    private Optional<Duration> retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Retry-After");
        if (header == null) {
            return Optional.empty();
        }
        String text = header.getValue().strip();
        try {
            Duration after = text.chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.ofMillis(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant()
                                    .toEpochMilli()
                            - clock.nowMillis());
            return after.isPositive()
                    ? Optional.of(after.compareTo(LONGEST_PAUSE) < 0 ? after : LONGEST_PAUSE)
                    : Optional.empty();
        } catch (NumberFormatException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
