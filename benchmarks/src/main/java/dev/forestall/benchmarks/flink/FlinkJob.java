package dev.forestall.benchmarks.flink;

import dev.forestall.benchmarks.engine.Contender;
import dev.forestall.benchmarks.engine.Track;
import dev.forestall.benchmarks.engine.Workload;
import dev.forestall.benchmarks.engine.Workload.Form;
import dev.forestall.benchmarks.stream.Activity;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink job on a cluster inside this process. The cluster is started once; only the jobs are measured. */
final class FlinkJob implements Contender.Race {

    private final Workload workload;
    private final Plan plan;
    private final Configuration configuration;
    private final MiniCluster cluster;

    /**
     * A job.
     *
     * @param sinks how many sinks there are in each of the parallel tasks
     * @param type how activities travel between threads
     */
    record Plan(String name, int parallelism, int sinks, TypeInformation<Activity> type, Topology topology) {}

    /** What stands between the source and the sinks. */
    @FunctionalInterface
    interface Topology {
        void build(DataStream<Activity> activities, Run run);
    }

    private FlinkJob(Workload workload, Plan plan, Configuration configuration, MiniCluster cluster) {
        this.workload = workload;
        this.plan = plan;
        this.configuration = configuration;
        this.cluster = cluster;
    }

    static FlinkJob on(Workload workload, Plan plan, Configuration extra) throws Exception {
        var configuration = new Configuration(extra);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        if (workload.form() == Form.PACED) {
            // The default of 100 ms is for throughput.
            configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(1));
        }
        var cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(plan.parallelism)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .withRandomPorts()
                .build());
        cluster.start();
        return new FlinkJob(workload, plan, configuration, cluster);
    }

    @Override
    public void run(Track track) throws Exception {
        var run = Run.start(workload, track, plan.sinks * plan.parallelism);
        try (var environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration)) {
            environment.setParallelism(plan.parallelism);
            // The source puts activities in event-time order, so a watermark may follow each at once.
            var inOrder = WatermarkStrategy.<Activity>forMonotonousTimestamps()
                    .withTimestampAssigner((activity, before) -> activity.at());
            var source = new TrafficSource(run, plan.parallelism);
            plan.topology.build(environment.fromSource(source, inOrder, "traffic", plan.type), run);
            var graph = environment.getStreamGraph();
            graph.setJobName(plan.name);
            cluster.executeJobBlocking(graph.getJobGraph());
        } finally {
            run.end();
        }
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
