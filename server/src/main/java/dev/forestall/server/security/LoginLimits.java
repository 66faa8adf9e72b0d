package dev.forestall.server.security;

import dev.forestall.loop.host.HostClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down who guesses passwords: after some failures in a row an account, and an address, is left alone for longer and longer. For any
 * thread.
 */
public final class LoginLimits {

    /** So many failures cost nothing: people mistype. */
    private static final int FREE = 5;

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** So many accounts and addresses are remembered; whoever brings up more has not guessed at any of them often. */
    private static final int REMEMBERED = 10_000;

    private final HostClock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Failures(int count, long untilMillis) {}

    public LoginLimits(HostClock clock) {
        this.clock = clock;
    }

    /** How long an account or an address is to be left alone; zero when it may try. */
    public synchronized Duration wait(String account, String address) {
        long until = Math.max(until("account " + account), until("address " + address));
        return Duration.ofMillis(Math.max(0, until - clock.nowMillis()));
    }

    private long until(String whose) {
        Failures known = failures.get(whose);
        return known == null ? 0 : known.untilMillis;
    }

    public synchronized void failed(String account, String address) {
        fail("account " + account);
        fail("address " + address);
    }

    private void fail(String whose) {
        Failures known = failures.get(whose);
        int count = known == null ? 1 : known.count + 1;
        long wait =
                count <= FREE ? 0 : Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(20, count - FREE - 1));
        failures.put(whose, new Failures(count, clock.nowMillis() + wait));
    }

    public synchronized void succeeded(String account, String address) {
        failures.remove("account " + account);
        failures.remove("address " + address);
    }
}
