package dev.forestall.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateStore.Durability;
import dev.forestall.loop.host.StateStore.Effect;
import dev.forestall.loop.host.StateStore.Saved;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.SplittableRandom;

/**
 * A process of its own that appends, syncs, commits what follows and says so, until it is killed. Seven subjects take
 * turns: the state of each is how many records it has had, its wake-up the last of them.
 */
final class WorkUntilKilled {

    static final int SUBJECTS = 7;
    static final DataDirectory.Options OPTIONS = new DataDirectory.Options(
            "test", new LogOptions(64 << 10, 8 << 10), new StateOptions(8 << 20, Durability.PROCESS));

    private WorkUntilKilled() {}

    /** First a directory, then a seed. */
    public static void main(String[] arguments) {
        var random = new SplittableRandom(Long.parseLong(arguments[1]));
        try (var data = DataDirectory.open(Path.of(arguments[0]), OPTIONS)) {
            var log = data.log();
            while (true) {
                LogFiles.append(log, log.end() + random.nextInt(1, 200));
                say("log " + log.sync());
                LogFiles.append(log, log.end() + random.nextInt(10));
                var position = data.state().position();
                var next = random.nextLong(position, log.durableEnd() + 1);
                try (var batch = data.state().batch()) {
                    for (int subject = 0; subject < SUBJECTS; subject++) {
                        work(batch, subject, position, next);
                    }
                    data.state().commit(batch.position(next));
                }
                say("state " + next);
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void work(StateStore.Batch batch, int subject, long from, long next) {
        var positions = new ArrayList<Long>();
        for (long position = from; position < next; position++) {
            if (position % SUBJECTS == subject) {
                positions.add(position);
                batch.effect(new Effect(position, key(subject), 0, LogFiles.record(position)));
            }
        }
        if (!positions.isEmpty()) {
            batch.put(
                    key(subject),
                    expected(subject, next),
                    expected(subject, from).wakeMillis());
            batch.inputs(
                    key(subject), positions.stream().mapToLong(each -> each).toArray());
        }
    }

    static byte[] key(int subject) {
        return ("customer:" + subject).getBytes(UTF_8);
    }

    /** What a subject is when all before a position has been worked in. */
    static Saved expected(int subject, long position) {
        var count = (position + SUBJECTS - 1 - subject) / SUBJECTS;
        var wake = count == 0 ? StateStore.NEVER : (count - 1) * SUBJECTS + subject;
        return new Saved(ByteBuffer.allocate(8).putLong(count).array(), wake);
    }
}
