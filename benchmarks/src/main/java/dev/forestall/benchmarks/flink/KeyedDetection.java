package dev.forestall.benchmarks.flink;

import dev.forestall.benchmarks.engine.CustomerFacts;
import dev.forestall.benchmarks.pattern.MatchSink;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.benchmarks.stream.Activity;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The four patterns as a Flink programmer would write them: one value of state per customer, a timer per pending stall, left to
 * run out when it is no longer wanted, because deleting costs more.
 */
@SuppressWarnings({"initialization", "NullAway.Init"
}) // Flink opens what it has copied to a task; nothing can be set before.
final class KeyedDetection extends KeyedProcessFunction<String, Activity, Match> {

    private static final long serialVersionUID = 1;

    private transient ValueState<CustomerFacts> facts;
    private transient Forward forward;

    @Override
    public void open(OpenContext context) {
        facts = getRuntimeContext().getState(new ValueStateDescriptor<>("facts", CustomerFacts.class));
        forward = new Forward();
    }

    @Override
    public void processElement(Activity activity, Context context, Collector<Match> out) throws Exception {
        var known = facts.value();
        if (known == null) {
            known = new CustomerFacts();
        }
        forward.out = out;
        known.after(activity, true, forward);
        if (activity.type().equals("checkout_step")) {
            context.timerService().registerEventTimeTimer(known.stallsAt);
        }
        facts.update(known);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Match> out) throws Exception {
        var known = facts.value();
        if (known.stallsAt <= timestamp) {
            forward.out = out;
            known.stallBefore(timestamp + 1, context.getCurrentKey(), forward);
            facts.update(known);
        }
    }

    private static final class Forward implements MatchSink {

        private Collector<Match> out;

        @Override
        public void match(Pattern pattern, String customer, long at, int cause) {
            out.collect(new Match(pattern, customer, at, cause));
        }
    }
}
