package dev.forestall.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.embedded.SystemClock;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {

    @TempDir
    Path data;

    private Disk disk(double warn, double refuse) {
        return new Disk(data, warn, refuse, new SystemClock());
    }

    @Test
    void a_limit_that_is_passed_is_told() {
        Disk.Use use = disk(1, 1).use();
        assertThat(use.usedBytes()).isPositive();
        assertThat(use.share()).isBetween(0.0, 1.0);
        double below = use.share() / 2;
        assertThat(disk(below, 1).isFilling()).isTrue();
        assertThat(disk(below, 1).isFull()).isFalse();
        assertThat(disk(below, below).isFull()).isTrue();
    }

    @Test
    void of_a_disk_that_is_not_there_nothing_is_said() {
        Disk gone = new Disk(data.resolve("missing"), 0.85, 0.95, new SystemClock());
        assertThat(gone.isFilling()).isFalse();
        assertThat(gone.use().percent()).isZero();
    }
}
