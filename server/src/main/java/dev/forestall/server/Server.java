package dev.forestall.server;

import dev.forestall.loop.host.HostClock;
import dev.forestall.server.live.LiveEffects;
import dev.forestall.server.live.Watcher;
import dev.forestall.server.settings.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A running server: from the moment on at which it can be reached until it is closed. */
public final class Server implements AutoCloseable {

    private final ServletWebServerApplicationContext context;
    private final Settings settings;

    private Server(ServletWebServerApplicationContext context, Settings settings) {
        this.context = context;
        this.settings = settings;
    }

    /**
     * Starts all parts, and answers when clients can be served.
     *
     * @throws NotStarted when a setting keeps it from starting
     * @throws dev.forestall.loop.host.StorageException when the data directory or the database cannot be used
     */
    public static Server start(Settings settings) {
        return start(settings, real -> real);
    }

    /**
     * As {@link #start(Settings)}, where time passes by another clock for all but sessions, passwords and signatures.
     *
     * @param clock makes of the machine's clock the one by which the loop and what follows from it goes
     */
    public static Server start(Settings settings, UnaryOperator<HostClock> clock) {
        // What a machine's other programs put into the environment for Spring is none of our business: ours comes in by
        // one door.
        SpringApplicationBuilder builder = new SpringApplicationBuilder(Wiring.class)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .logStartupInfo(false)
                .addCommandLineProperties(false)
                .properties(
                        "spring.threads.virtual.enabled=true",
                        "spring.main.lazy-initialization=false",
                        "server.shutdown=graceful",
                        "server.servlet.session.timeout=30m",
                        // A name that browsers take only over TLS, from this host, for all of it.
                        "server.servlet.session.cookie.name="
                                + (settings.isBehindTls() ? "__Host-forestall" : "forestall"),
                        "server.servlet.session.cookie.secure=" + settings.isBehindTls(),
                        "server.servlet.session.cookie.path=/",
                        // Behind a proxy that speaks TLS, an address with http would be none of the page's own.
                        "server.tomcat.use-relative-redirects=true",
                        "server.servlet.session.cookie.http-only=true",
                        "server.servlet.session.cookie.same-site=lax",
                        "server.max-http-request-header-size=16KB",
                        "spring.mvc.throw-exception-if-no-handler-found=true",
                        "spring.lifecycle.timeout-per-shutdown-phase=30s",
                        "server.address=" + settings.bind(),
                        "server.port=" + settings.port())
                .properties(tls(settings))
                .properties(proxies(settings))
                .initializers(context -> {
                    GenericApplicationContext parts = (GenericApplicationContext) context;
                    parts.registerBean("settings", Settings.class, () -> settings);
                    parts.registerBean("clock", HostClock.class, () -> clock.apply(EngineWiring.machine()));
                });
        try {
            return new Server((ServletWebServerApplicationContext) builder.run(), settings);
        } catch (RuntimeException failed) {
            throw explained(failed, settings);
        }
    }

    private static Map<String, Object> tls(Settings settings) {
        return settings.tls()
                .<Map<String, Object>>map(tls -> Map.of(
                        "server.ssl.certificate", tls.certificate().toUri().toString(),
                        "server.ssl.certificate-private-key", tls.key().toUri().toString(),
                        "server.ssl.enabled-protocols", "TLSv1.2,TLSv1.3"))
                .orElse(Map.of());
    }

    /** Whom a proxy speaks for is believed only of those that are named: anybody can write a header. */
    private static Map<String, Object> proxies(Settings settings) {
        return settings.trustedProxies().isEmpty()
                ? Map.of("server.forward-headers-strategy", "none")
                : Map.of(
                        "server.forward-headers-strategy", "native",
                        "server.tomcat.remoteip.remote-ip-header", "x-forwarded-for",
                        "server.tomcat.remoteip.protocol-header", "x-forwarded-proto",
                        "server.tomcat.remoteip.internal-proxies",
                                settings.trustedProxies().stream()
                                        .map(Pattern::quote)
                                        .collect(Collectors.joining("|")));
    }

    /** What is behind a failed start, in our own words where we have any. */
    private static RuntimeException explained(RuntimeException failed, Settings settings) {
        for (Throwable each = failed; each != null; each = each.getCause()) {
            if (each instanceof PortInUseException) {
                return ServerError.ADDRESS_TAKEN.because(settings.bind() + ":" + settings.port()
                        + " is in use by another process. Stop that one, or name another port: --port 8081");
            }
            if (each instanceof RuntimeException ours
                    && !(each instanceof BeanCreationException)
                    && String.valueOf(each.getMessage()).matches("(?s)[A-Z]{3}-[0-9]{3} .*")) {
                return ours;
            }
        }
        return failed;
    }

    /** Where it can be reached from this machine. */
    public URI address() {
        WebServer http = Objects.requireNonNull(context.getWebServer(), "a started server listens");
        String scheme = settings.tls().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + settings.bind() + ":" + http.getPort());
    }

    /** By which the loop goes. */
    public HostClock clock() {
        return context.getBean("clock", HostClock.class);
    }

    /** The write key that was made at this start, the first one; empty when there was one before. */
    public String firstWriteKey() {
        return context.getBean(Greeting.class).writeKey();
    }

    /** What is said when it has started: where it is, and at the first start all that is needed to use it. */
    public String greeting(long startedInNanos) {
        return context.getBean(Greeting.class).text(address(), startedInNanos);
    }

    /** An address that is answered, as it is declared. */
    public record Address(String method, String path) {}

    /** All that are answered by handlers; what is said where there is none is not among them. */
    public List<Address> addresses() {
        List<Address> addresses = new ArrayList<>();
        context.getBeansOfType(RequestMappingHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods()
                        .keySet()
                        .forEach(info -> info.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> info.getPatternValues()
                                        .forEach(path -> addresses.add(new Address(method.name(), path))))));
        return addresses;
    }

    /** Watches what happens, from now on. */
    public Watcher watch() {
        return context.getBean(LiveEffects.class).watch(Optional.empty());
    }

    /** Takes nothing more, finishes what was taken, and lets go of everything. */
    @Override
    public void close() {
        context.close();
    }
}
