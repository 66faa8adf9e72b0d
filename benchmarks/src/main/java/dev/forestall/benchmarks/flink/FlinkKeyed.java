package dev.forestall.benchmarks.flink;

import dev.forestall.benchmarks.engine.Contender;
import dev.forestall.benchmarks.engine.Workload;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.benchmarks.stream.Activity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;

/**
 * Flink with a hand-written keyed function.
 *
 * @param threads the parallelism; with a shuffle, source and detection of each part run in a thread of their own
 */
public record FlinkKeyed(int threads, Form form) implements Contender {

    /** How the job is set up. */
    public enum Form {
        /** Shuffled by customer, state on the heap, no checkpoints, activities serialised by Flink: the usual job. */
        KEYED,
        /** The same with a serialiser written for the activities, as experts do where it matters. */
        TUNED,
        /** No shuffle: one thread does it all, which is right only because there is one. Flink's best case. */
        CHAINED,
        /** Shuffled by customer, state in RocksDB, an incremental checkpoint every 5 s: the usual job in production. */
        ROCKSDB
    }

    public FlinkKeyed {
        if (form == Form.CHAINED && threads != 1) {
            throw new IllegalArgumentException("without a shuffle only one thread sees all of a customer's activities");
        }
    }

    @Override
    public String name() {
        var name = switch (form) {
            case KEYED -> "flink-keyed";
            case TUNED -> "flink-tuned";
            case CHAINED -> "flink-chained";
            case ROCKSDB -> "flink-rocksdb";
        };
        return threads == 1 ? name : name + "-" + threads;
    }

    @Override
    public Set<Pattern> patterns() {
        return EnumSet.allOf(Pattern.class);
    }

    @Override
    public Race prepare(Workload workload) throws Exception {
        var type = form == Form.TUNED ? ActivityType.INSTANCE : TypeInformation.of(Activity.class);
        var plan = new FlinkJob.Plan(
                name(),
                threads,
                1,
                type,
                (activities, run) ->
                        byCustomer(activities).process(new KeyedDetection()).sinkTo(new MatchesOut(run)));
        return FlinkJob.on(workload, plan, form == Form.ROCKSDB ? rocksDb(workload) : new Configuration());
    }

    private KeyedStream<Activity, String> byCustomer(DataStream<Activity> activities) {
        return form == Form.CHAINED
                ? DataStreamUtils.reinterpretAsKeyedStream(activities, Activity::customer, Types.STRING)
                : activities.keyBy(Activity::customer, Types.STRING);
    }

    private static Configuration rocksDb(Workload workload) {
        var folder = workload.scratch();
        var configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CoreOptions.TMP_DIRS, folder.resolve("working").toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5));
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(folder.resolve("checkpoints")));
        // Else the end of the job would wait for the next checkpoint to come round.
        configuration.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1024));
        return configuration;
    }

    private static String uri(Path folder) {
        return folder.toUri().toString();
    }
}
