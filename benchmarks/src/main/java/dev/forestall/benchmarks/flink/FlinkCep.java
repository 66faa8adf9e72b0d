package dev.forestall.benchmarks.flink;

import static java.util.Objects.requireNonNull;

import dev.forestall.benchmarks.engine.Contender;
import dev.forestall.benchmarks.engine.CustomerFacts;
import dev.forestall.benchmarks.engine.Workload;
import dev.forestall.benchmarks.pattern.MatchSink;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.benchmarks.stream.Activity;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/**
 * Flink's pattern library, each pattern on a stream that was filtered before for the types it needs. P4 is left out: a count over
 * two windows is not a pattern there.
 *
 * @param threads the parallelism
 */
public record FlinkCep(int threads) implements Contender {

    private static final String LAST = "last";

    @Override
    public String name() {
        return threads == 1 ? "flink-cep" : "flink-cep-" + threads;
    }

    @Override
    public Set<Pattern> patterns() {
        return EnumSet.complementOf(EnumSet.of(Pattern.DECLINE));
    }

    @Override
    public Race prepare(Workload workload) throws Exception {
        var configuration = new Configuration();
        if (workload.form() == Workload.Form.PACED) {
            // A match waits for the next watermark; the default of 200 ms is for throughput.
            configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(1));
        }
        return FlinkJob.on(
                workload, new FlinkJob.Plan(name(), threads, 3, ActivityType.INSTANCE, FlinkCep::build), configuration);
    }

    private static void build(DataStream<Activity> activities, Run run) {
        // Three in a row, the first within (t - 10 min, t] of the last: a window of 10 min, its end excluded.
        find(
                activities,
                run,
                Pattern.RETRY,
                List.of("login_failed"),
                only("first").next("second").next(LAST).within(Duration.ofMinutes(10)));
        // An activity at exactly 30 min still counts, so the window ends one millisecond later.
        find(
                activities,
                run,
                Pattern.STALL,
                List.of("checkout_step", "purchase"),
                only(LAST)
                        .where(SimpleCondition.of(activity -> activity.type().equals("checkout_step")))
                        .notFollowedBy("progress")
                        .within(Duration.ofMillis(CustomerFacts.STALL_MILLIS + 1)));
        find(
                activities,
                run,
                Pattern.REPEATED_CONTACT,
                List.of("contact"),
                only("first").next(LAST).within(Duration.ofDays(7)));
    }

    private static org.apache.flink.cep.pattern.Pattern<Activity, Activity> only(String name) {
        return org.apache.flink.cep.pattern.Pattern.begin(name);
    }

    private static void find(
            DataStream<Activity> activities,
            Run run,
            Pattern pattern,
            List<String> types,
            org.apache.flink.cep.pattern.Pattern<Activity, ?> steps) {
        var wanted = List.copyOf(types);
        var byCustomer =
                activities.filter(activity -> wanted.contains(activity.type())).keyBy(Activity::customer, Types.STRING);
        CEP.pattern(byCustomer, steps).process(new Report(pattern)).sinkTo(new MatchesOut(run));
    }

    private static final class Report extends PatternProcessFunction<Activity, Match> {

        private static final long serialVersionUID = 1;

        private final Pattern pattern;

        Report(Pattern pattern) {
            this.pattern = pattern;
        }

        @Override
        public void processMatch(Map<String, List<Activity>> match, Context context, Collector<Match> out) {
            var last = requireNonNull(match.get(LAST)).getFirst();
            out.collect(
                    pattern == Pattern.STALL
                            ? new Match(
                                    pattern, last.customer(), last.at() + CustomerFacts.STALL_MILLIS, MatchSink.TIME)
                            : new Match(pattern, last.customer(), last.at(), last.sequence()));
        }
    }
}
