package dev.forestall.channels.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * Connections to those who may be called. A name is looked up once, and the connection goes to the address that was looked at: what a name leads
 * to a moment later does not matter. Follows nothing, remembers nothing, tries nothing twice. For any thread.
 */
public final class WebhookClient implements AutoCloseable {

    private static final Timeout PATIENCE = Timeout.ofSeconds(15);
    private static final int CONNECTIONS = 200;
    private static final int CONNECTIONS_TO_ONE = 20;

    private final Egress egress;
    private final CloseableHttpClient outside;
    /** For the exceptions that the operator has named. */
    private final CloseableHttpClient inside;

    public WebhookClient(Egress egress) {
        this.egress = egress;
        this.outside = client(new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return egress.resolve(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        });
        this.inside = client(SystemDefaultDnsResolver.INSTANCE);
    }

    private static CloseableHttpClient client(DnsResolver resolver) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS_TO_ONE)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(PATIENCE)
                                .setSocketTimeout(PATIENCE)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(PATIENCE)
                        .setResponseTimeout(PATIENCE)
                        .build())
                .setUserAgent("Forestall")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** @throws dev.forestall.dispatch.DispatchException when the address may not be called */
    URI check(String url) {
        return egress.check(url);
    }

    CloseableHttpClient to(URI url) {
        return egress.isException(url) ? inside : outside;
    }

    @Override
    public void close() throws IOException {
        try (inside) {
            outside.close();
        }
    }
}
