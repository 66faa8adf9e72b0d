package dev.forestall.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.host.InputLog;
import dev.forestall.testkit.contract.InputLogContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryInputLogTest extends InputLogContract {

    private final Map<String, MemoryInputLog> logs = new HashMap<>();

    @Override
    protected InputLog open(String name) {
        return logs.computeIfAbsent(name, unused -> new MemoryInputLog()).reopen();
    }

    @Override
    protected void crash(String name, InputLog log) {
        ((MemoryInputLog) log).crash(3);
    }

    @Test
    void a_crash_takes_what_was_not_synced_but_for_the_lucky_first() {
        var log = new MemoryInputLog();
        log.append(new byte[] {1}, 1);
        log.sync();
        log.append(new byte[] {2}, 1);
        log.append(new byte[] {3}, 1);
        log.crash(1);
        assertThat(log.end()).isEqualTo(2);
        assertThat(log.durableEnd()).isEqualTo(2);
        log.append(new byte[] {4}, 1);
        log.crash(0);
        assertThat(log.end()).isEqualTo(2);
    }
}
